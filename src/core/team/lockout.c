/* lockout — wrong codes and passwords, counted durably; see team.h. */
#include "base/clock.h"
#include "core/team/team_store.h"

static int
seconds_until(struct ctx *ctx, int64_t until_us)
{
    return (int)((until_us - ctx->now_us + CLOCK_SECOND_US - 1) / CLOCK_SECOND_US);
}

enum err
lockout_check(struct ctx *ctx, struct str scope, struct str subject, enum err locked)
{
    uint8_t hash[HASH_LEN];
    int64_t until_us;

    hash_sha256(subject, hash);
    TRY(team_store_read_lockout(ctx, (struct lockout_key){scope, hash}, &until_us));
    if (until_us <= ctx->now_us) return OK;
    ctx->retry_after_s = seconds_until(ctx, until_us);
    return fail(ctx, locked, "%.*s", STR_ARG(scope));
}

enum err
lockout_count(struct ctx *ctx, struct str scope, struct str subject, enum err wrong,
              enum err locked)
{
    uint8_t hash[HASH_LEN];
    int64_t failures;

    hash_sha256(subject, hash);
    const struct lockout_key key = {scope, hash};
    TRY(team_store_count_failure(ctx, key, LOCKOUT_US, &failures));
    if (failures < LOCKOUT_TRIES) return fail_keep(ctx, wrong, "%.*s", STR_ARG(scope));

    TRY(team_store_lock(ctx, key, ctx->now_us + LOCKOUT_US));
    ctx->retry_after_s = seconds_until(ctx, ctx->now_us + LOCKOUT_US);
    return fail_keep(ctx, locked, "%.*s", STR_ARG(scope));
}

enum err
lockout_spend(struct ctx *ctx, struct str scope, struct str subject, int tries_max, enum err locked)
{
    uint8_t hash[HASH_LEN];
    int64_t spent;

    ASSERT(tries_max > 0);
    TRY(lockout_check(ctx, scope, subject, locked));
    hash_sha256(subject, hash);
    const struct lockout_key key = {scope, hash};
    TRY(team_store_count_failure(ctx, key, LOCKOUT_US, &spent));
    return spent < tries_max ? OK : team_store_lock(ctx, key, ctx->now_us + LOCKOUT_US);
}

enum err
lockout_clear(struct ctx *ctx, struct str scope, struct str subject)
{
    uint8_t hash[HASH_LEN];

    hash_sha256(subject, hash);
    return team_store_clear_lockout(ctx, (struct lockout_key){scope, hash});
}

enum err
lockout_forget(struct ctx *ctx, int max, int64_t *forgotten)
{
    return team_store_forget_failures(ctx, ctx->now_us - LOCKOUT_US, max, forgotten);
}
