/* second_factor — see second_factor.h. */
#include "core/team/second_factor.h"
#include "base/code.h"
#include "base/settings.h"
#include "base/totp.h"
#include "core/merchants/merchants.h"
#include "core/team/letters.h"
#include "core/team/second_factor_store.h"
#include "core/team/sessions.h"
#include "db/db.h"
#include "db/write_lane.h"
#include <inttypes.h>
#include <sodium.h>

#define SCOPE       STR("second_factor")
#define TOLD_FOR_US (7 * 24 * INT64_C(3600000000))

/* What a secret is sealed to, and a recovery code hashed with: a row of another member is none. */
static struct str
place_of(struct ctx *ctx, team_member_id member, const char *what)
{
    return str_format(ctx->arena, "%s %" PRId64 " %" PRId64 " ", what, ctx->merchant.v, member.v);
}

/* Guesses are counted for the member, and not for where they come from. */
static struct str
guesser(struct ctx *ctx, team_member_id member)
{
    return id_format(ctx->arena, ID_team_member, member.v);
}

static void
hash_code(struct ctx *ctx, team_member_id member, const char code[static CODE_SHORT_LEN],
          uint8_t hash[static HASH_LEN])
{
    struct str key = {(const char *)ctx->settings->server_key, sizeof ctx->settings->server_key};

    hash_hmac(key, place_of(ctx, member, "recovery code"), (struct str){code, CODE_SHORT_LEN},
              hash);
}

enum err
second_factor_find(struct ctx *ctx, team_member_id member, struct second_factor *factor)
{
    struct second_factor_row row;

    TRY(second_factor_store_find(ctx, member, &row));
    factor->since_us = row.since_us;
    return second_factor_store_count_codes(ctx, member, &factor->recovery_codes_left);
}

enum err
second_factor_is_missing(struct ctx *ctx, team_member_id member, bool *missing)
{
    struct second_factor_row row;
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    TRY(second_factor_store_find(ctx, member, &row));
    *missing = merchant.second_factor_required && row.since_us == 0;
    return OK;
}

/* ---- codes that come in ---- */

/* Whether it is a code of this sealed secret's app; *step is which. */
static enum err
match_app(struct ctx *ctx, team_member_id member, struct str sealed, struct totp_try *tried,
          int64_t *step, bool *matches)
{
    struct str secret;

    TRY(unseal(ctx->arena, ctx->settings->server_key, sealed,
               place_of(ctx, member, "second factor"), &secret));
    ASSERT(secret.len == TOTP_SECRET_LEN);
    tried->secret = (const uint8_t *)secret.at;
    tried->at_us = ctx->now_us;
    *matches = totp_match(tried, step);
    sodium_memzero((void *)(uintptr_t)secret.at, secret.len);
    return OK;
}

static enum err
take_code(struct ctx *ctx, team_member_id member, const struct second_factor_row *row,
          struct str typed, bool *taken)
{
    struct totp_try tried = {.code = code_digits_read(ctx->arena, typed), .used = row->last_step};
    char code[CODE_SHORT_LEN];
    uint8_t hash[HASH_LEN];
    int64_t step = 0;

    TRY(match_app(ctx, member, row->secret_sealed, &tried, &step, taken));
    if (*taken) return second_factor_store_use_step(ctx, member, step, taken);
    if (!code_short_parse(typed, code)) return OK;
    hash_code(ctx, member, code, hash);
    return second_factor_store_use_code(ctx, member, hash, taken);
}

static enum err
count_wrong(struct ctx *ctx, team_member_id member)
{
    enum err err = lockout_count(ctx, SCOPE, guesser(ctx, member), ERR_SECOND_FACTOR_WRONG,
                                 ERR_SECOND_FACTOR_LOCKED);

    ctx->field = "code";
    return err;
}

enum err
second_factor_check(struct ctx *ctx, team_member_id member, struct str code)
{
    struct second_factor_row row;
    bool taken = false;

    ASSERT(db_in_tx(ctx->db));
    TRY(second_factor_store_find(ctx, member, &row));
    if (row.since_us == 0) return OK;
    TRY(lockout_check(ctx, SCOPE, guesser(ctx, member), ERR_SECOND_FACTOR_LOCKED));
    if (code.len == 0) return fail_field(ctx, ERR_SECOND_FACTOR_ASKED, "code");
    TRY(take_code(ctx, member, &row, code, &taken));
    if (!taken) return count_wrong(ctx, member);
    return lockout_clear(ctx, SCOPE, guesser(ctx, member));
}

/* ---- setting one up ---- */

enum err
second_factor_offer(struct ctx *ctx, const struct team_member *member,
                    struct second_factor_offer *offer)
{
    uint8_t secret[TOTP_SECRET_LEN];
    struct merchant merchant;

    ASSERT(db_in_tx(ctx->db));
    TRY(merchants_find(ctx, &merchant));
    random_bytes(secret, sizeof secret);
    offer->secret = totp_secret_text(ctx->arena, secret);
    offer->address = totp_address(ctx->arena, secret, merchant.name, member->email);
    struct str sealed = seal(ctx->arena, ctx->settings->server_key,
                             (struct str){(const char *)secret, sizeof secret},
                             place_of(ctx, member->id, "second factor"));
    sodium_memzero(secret, sizeof secret);
    return second_factor_store_offer(ctx, member->id, sealed);
}

/* Ten new ones, given as they are shown and kept as hashes. */
static enum err
make_codes(struct ctx *ctx, team_member_id member, struct str *codes)
{
    char code[CODE_SHORT_LEN];
    uint8_t hash[HASH_LEN];

    TRY(second_factor_store_remove_codes(ctx, member));
    for (int i = 0; i < SECOND_FACTOR_RECOVERY_CODES; i++) {
        codes[i] = code_short_new(ctx->arena);
        bool parsed = code_short_parse(codes[i], code);
        ASSERT(parsed);
        hash_code(ctx, member, code, hash);
        TRY(second_factor_store_add_code(ctx, member, hash));
    }
    return OK;
}

enum err
second_factor_confirm(struct ctx *ctx, team_member_id member, struct str code,
                      struct str *recovery_codes)
{
    struct totp_try tried = {.code = code_digits_read(ctx->arena, code)};
    struct second_factor_row row;
    int64_t step = 0;
    bool matches;

    ASSERT(db_in_tx(ctx->db));
    TRY(lockout_check(ctx, SCOPE, guesser(ctx, member), ERR_SECOND_FACTOR_LOCKED));
    TRY(second_factor_store_find(ctx, member, &row));
    if (row.offered_sealed.len == 0) return fail(ctx, ERR_SECOND_FACTOR_OFF, "none offered");
    TRY(match_app(ctx, member, row.offered_sealed, &tried, &step, &matches));
    if (!matches) return count_wrong(ctx, member);
    TRY(second_factor_store_confirm(ctx, member, step));
    TRY(lockout_clear(ctx, SCOPE, guesser(ctx, member)));
    TRY(sessions_unlimit(ctx, member));
    return make_codes(ctx, member, recovery_codes);
}

enum err
second_factor_renew_codes(struct ctx *ctx, team_member_id member, struct str *recovery_codes)
{
    struct second_factor_row row;

    ASSERT(db_in_tx(ctx->db));
    TRY(second_factor_store_find(ctx, member, &row));
    if (row.since_us == 0) return fail(ctx, ERR_SECOND_FACTOR_OFF, "none in use");
    return make_codes(ctx, member, recovery_codes);
}

/* ---- going without ---- */

enum err
second_factor_forget(struct ctx *ctx, team_member_id member)
{
    TRY(second_factor_store_remove(ctx, member));
    TRY(second_factor_store_remove_codes(ctx, member));
    return lockout_clear(ctx, SCOPE, guesser(ctx, member));
}

enum err
second_factor_end(struct ctx *ctx, team_member_id member)
{
    struct merchant merchant;

    ASSERT(db_in_tx(ctx->db));
    TRY(merchants_find(ctx, &merchant));
    if (merchant.second_factor_required) {
        return fail(ctx, ERR_SECOND_FACTOR_REQUIRED, "of everybody");
    }
    return second_factor_forget(ctx, member);
}

enum err
second_factor_reset(struct ctx *ctx, team_member_id member)
{
    struct second_factor_row row;
    struct team_member found;

    ASSERT(db_in_tx(ctx->db));
    TRY(team_find(ctx, member, &found));
    TRY(second_factor_store_find(ctx, member, &row));
    TRY(second_factor_forget(ctx, member));
    if (row.since_us == 0) return OK;
    TRY(sessions_end_others(ctx, member, (session_id){0}));
    const struct letter letter = {
        .member = member,
        .to = found.email,
        .purpose = STR("second_factor_reset"),
        .subject = WORDS_KEY("second_factor_reset.subject"),
        .body = WORDS_KEY("second_factor_reset.body"),
        .value = {"name", found.name},
        .keep_us = TOLD_FOR_US,
    };
    return letters_tell(ctx, &letter);
}

/* ---- the team's ---- */

enum err
second_factor_require(struct ctx *ctx, enum second_factor_rule rule)
{
    const struct merchant_change change = {
        .changes_second_factor = true,
        .second_factor_required = rule == SECOND_FACTOR_FOR_ALL,
    };
    struct merchant merchant;

    ASSERT(db_in_tx(ctx->db));
    TRY(merchants_find(ctx, &merchant));
    if (merchant.second_factor_required == change.second_factor_required) return OK;
    TRY(merchants_change(ctx, &change, &merchant));
    if (rule == SECOND_FACTOR_FREE) return OK;
    return sessions_shorten(ctx, ctx->now_us + SECOND_FACTOR_GRACE_US);
}

enum err
second_factor_list(struct ctx *ctx, team_member_id **members, int *count)
{
    return second_factor_store_list(ctx, members, count);
}
