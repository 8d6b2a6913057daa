/* pins — see pins.h. */
#include "core/team/pins.h"
#include "base/settings.h"
#include "core/team/pins_store.h"
#include "db/db.h"
#include <inttypes.h>

#define SCOPE STR("pin")

/* With the server's key: a million PINs are soon tried. */
static void
hash_pin(struct ctx *ctx, struct str pin, uint8_t hash[static HASH_LEN])
{
    struct str key = {(const char *)ctx->settings->server_key, sizeof ctx->settings->server_key};
    struct str what = str_format(ctx->arena, "personal pin %" PRId64 " ", ctx->merchant.v);

    hash_hmac(key, what, pin, hash);
}

static bool
is_pin(struct str text)
{
    if (text.len < PIN_LEN_MIN || text.len > PIN_LEN_MAX) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') return false;
    }
    return true;
}

/* 0000, 1234, 9876: what is tried first. */
static bool
is_easy(struct str pin)
{
    int step = pin.at[1] - pin.at[0];

    if (step < -1 || step > 1) return false;
    for (size_t i = 1; i < pin.len; i++) {
        if (pin.at[i] - pin.at[i - 1] != step) return false;
    }
    return true;
}

/* Who guesses is who signed in: whoever stands there, it is at their session. */
static struct str
guesser(struct ctx *ctx)
{
    int64_t holder = ctx->actor.holder != 0 ? ctx->actor.holder : ctx->actor.id;

    return str_format(ctx->arena, "%" PRId64 " %d %" PRId64, ctx->merchant.v, ctx->actor.kind,
                      holder);
}

/* A right PIN does not begin the count anew: who has one could guess for ever between two. */
static enum err
count_guess(struct ctx *ctx, enum err err)
{
    TRY(lockout_spend(ctx, SCOPE, guesser(ctx), PIN_TRIES, ERR_PIN_LOCKED));
    return fail_keep(ctx, err, "a guess");
}

enum err
pins_change(struct ctx *ctx, team_member_id id, struct str pin)
{
    struct team_member member;
    uint8_t hash[HASH_LEN];
    team_member_id owner;

    ASSERT(db_in_tx(ctx->db));
    TRY(team_find(ctx, id, &member));
    if (pin.len == 0) return pins_store_change(ctx, id, NULL, 0);
    if (!is_pin(pin)) return fail_field(ctx, ERR_FIELD_VALUE, "pin");
    if (is_easy(pin)) return fail_field(ctx, ERR_PIN_EASY, "pin");
    TRY(lockout_check(ctx, SCOPE, guesser(ctx), ERR_PIN_LOCKED));
    hash_pin(ctx, pin, hash);
    TRY(pins_store_find(ctx, hash, &owner));
    if (owner.v == id.v) return OK;
    if (owner.v == 0) return pins_store_change(ctx, id, hash, HASH_LEN);
    enum err err = count_guess(ctx, ERR_PIN_TAKEN);
    if (err == ERR_PIN_TAKEN) ctx->field = "pin";
    return err;
}

/* Whose it is; refused and counted when nobody's who may sign in. */
static enum err
find_server(struct ctx *ctx, struct str pin, struct team_member *member)
{
    uint8_t hash[HASH_LEN];
    team_member_id id;

    hash_pin(ctx, pin, hash);
    TRY(pins_store_find(ctx, hash, &id));
    if (id.v == 0) return count_guess(ctx, ERR_PIN_WRONG);
    TRY(team_find(ctx, id, member));
    return member->active ? OK : count_guess(ctx, ERR_PIN_WRONG);
}

enum err
pins_serve(struct ctx *ctx, struct str token, struct str pin)
{
    struct team_member member;
    uint8_t token_hash[HASH_LEN];

    ASSERT(db_in_tx(ctx->db));
    ASSERT(ctx->actor.kind == ACTOR_STAFF);
    if (ctx->actor.limited) return fail(ctx, ERR_FORBIDDEN, "a second factor is required first");
    TRY(lockout_check(ctx, SCOPE, guesser(ctx), ERR_PIN_LOCKED));
    TRY(find_server(ctx, pin, &member));
    int64_t holder = ctx->actor.holder != 0 ? ctx->actor.holder : ctx->actor.id;
    bool is_holder = member.id.v == holder;

    hash_sha256(token, token_hash);
    TRY(pins_store_serve(ctx, token_hash, is_holder ? (team_member_id){0} : member.id));
    ctx->actor.id = member.id.v;
    ctx->actor.holder = is_holder ? 0 : holder;
    ctx->actor.permissions = is_holder ? member.permissions : member.permissions & PERM_BY_PIN;
    return OK;
}
