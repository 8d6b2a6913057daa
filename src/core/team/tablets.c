/* tablets — see tablets.h. */
#include "core/team/tablets.h"
#include "base/json.h"
#include "core/merchants/merchants.h"
#include "core/team/places.h"
#include "core/team/tablets_store.h"
#include "core/team/team_store.h"
#include "db/write_lane.h"

/* Without I, L, O, 0 and 1, which people take for one another: 31^8, about 40 bits, for a code
 * that lives minutes and may be guessed five times. */
#define CODE_ALPHABET "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
enum { CODE_LEN = 8, CODE_HALF = CODE_LEN / 2, CODE_SIGNS = sizeof CODE_ALPHABET - 1 };
enum { CODE_TRIES = 8 };
#define PAIRING STR("pairing")

bool
tablets_is_online(const struct ctx *ctx, const struct tablet *tablet)
{
    return tablet->paired && tablet->seen_us + TABLET_ONLINE_US > ctx->now_us;
}

struct str
tablets_topic(struct arena *arena, tablet_id id)
{
    return str_format(arena, "tablet:%.*s", STR_ARG(id_format(arena, ID_tablet, id.v)));
}

/* The dashboard's lists show what changed. */
static enum err
tell_team(struct ctx *ctx)
{
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

/* ---- what they are ---- */

/* Orders go by register: one of another place would show its customers' purchases here. */
static enum err
check_place(struct ctx *ctx, const struct tablet *tablet)
{
    struct location location;
    struct shop_register reg;

    TRY(locations_find(ctx, tablet->location, &location));
    TRY(places_check(ctx, tablet->location));
    if (tablet->reg.v == 0) return OK;
    TRY(registers_find(ctx, tablet->reg, &reg));
    if (reg.location.v == tablet->location.v) return OK;
    return fail_field(ctx, ERR_FIELD_VALUE, "tablet.register_id");
}

/* The tablet, when ctx->actor works where it stands. */
static enum err
find_within_reach(struct ctx *ctx, tablet_id id, struct tablet *tablet)
{
    TRY(tablets_find(ctx, id, tablet));
    return places_check(ctx, tablet->location);
}

enum err
tablets_add(struct ctx *ctx, struct tablet *tablet)
{
    ASSERT(ctx->merchant.v != 0);
    ASSERT(tablet->location.v != 0);
    TRY(check_place(ctx, tablet));
    if (tablet->id.v == 0) tablet->id.v = id_next(ctx);
    if (tablet->created_us == 0) tablet->created_us = ctx->now_us;
    TRY(tablets_store_add(ctx, tablet));
    return tell_team(ctx);
}

enum err
tablets_find(struct ctx *ctx, tablet_id id, struct tablet *tablet)
{
    return tablets_store_find(ctx, id, tablet);
}

enum err
tablets_list(struct ctx *ctx, struct tablet **tablets, int *count)
{
    return tablets_store_list(ctx, tablets, count);
}

enum err
tablets_change(struct ctx *ctx, const struct tablet *tablet)
{
    struct tablet before;
    bool found;

    ASSERT(tablet->location.v != 0);
    TRY(find_within_reach(ctx, tablet->id, &before));
    TRY(check_place(ctx, tablet));
    TRY(tablets_store_change(ctx, tablet, &found));
    if (!found) return fail(ctx, ERR_TABLET_UNKNOWN, "tablet %lld", (long long)tablet->id.v);
    /* Its stream watches the register it had: it reads its state, and listens, anew. */
    TRY(write_live_hint(ctx, tablets_topic(ctx->arena, tablet->id), STR("resync")));
    return tell_team(ctx);
}

enum err
tablets_remove(struct ctx *ctx, tablet_id id)
{
    struct tablet tablet;
    bool found;

    TRY(find_within_reach(ctx, id, &tablet));
    TRY(tablets_store_remove_codes(ctx, id));
    TRY(team_store_remove_credentials_of(ctx, id.v));
    TRY(tablets_store_remove(ctx, id, &found));
    if (!found) return fail(ctx, ERR_TABLET_UNKNOWN, "tablet %lld", (long long)id.v);
    return tell_team(ctx);
}

enum err
tablets_note_seen(struct ctx *ctx, tablet_id id, int64_t at_us)
{
    return tablets_store_note_seen(ctx, id, at_us);
}

enum err
tablets_identify(struct ctx *ctx, tablet_id id)
{
    struct tablet tablet;
    struct json_out out;

    TRY(find_within_reach(ctx, id, &tablet));
    json_out_open(&out, ctx->arena);
    json_put_object(&out, NULL);
    json_put_time(&out, "until", ctx->now_us + TABLET_IDENTIFY_US);
    json_end_object(&out);
    return write_live_event(ctx, tablets_topic(ctx->arena, id), STR("identify"),
                            json_out_text(&out));
}

/* ---- becoming one ---- */

static char
random_sign(void)
{
    uint8_t byte;

    /* Of 256 values, those past the last whole alphabet would make some signs likelier. */
    do {
        random_bytes(&byte, 1);
    } while (byte >= 256 / CODE_SIGNS * CODE_SIGNS);
    return CODE_ALPHABET[byte % CODE_SIGNS];
}

static void
hash_code(const char code[static CODE_LEN], uint8_t hash[static HASH_LEN])
{
    hash_sha256((struct str){code, CODE_LEN}, hash);
}

enum err
tablets_make_code(struct ctx *ctx, tablet_id id, int64_t keep_us, struct str *code)
{
    struct tablet tablet;
    char signs[CODE_LEN];
    uint8_t hash[HASH_LEN];
    bool added = false;

    ASSERT(keep_us > 0);
    TRY(find_within_reach(ctx, id, &tablet));
    TRY(tablets_store_remove_codes(ctx, id));
    for (int i = 0; i < CODE_TRIES && !added; i++) {
        for (int at = 0; at < CODE_LEN; at++)
            signs[at] = random_sign();
        hash_code(signs, hash);
        TRY(tablets_store_add_code(ctx, id, hash, ctx->now_us + keep_us, &added));
    }
    ASSERT(added); /* eight codes taken out of 31^8 is a broken source of random numbers */
    *code = str_format(ctx->arena, "%.*s-%.*s", CODE_HALF, signs, CODE_HALF, signs + CODE_HALF);
    return OK;
}

/* As it was typed, perhaps in lower case, with or without the dash. */
static bool
parse_code(struct str text, char code[static CODE_LEN])
{
    int len = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '-' || c == ' ') continue;
        if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
        if (c == '\0' || !strchr(CODE_ALPHABET, c) || len == CODE_LEN) return false;
        code[len++] = c;
    }
    return len == CODE_LEN;
}

/* Uses the code up; id stays 0 when it is wrong, used already or too old. */
static enum err
take_code(struct ctx *ctx, struct str text, tablet_id *id)
{
    char code[CODE_LEN];
    uint8_t hash[HASH_LEN];
    int64_t expires_us = 0;

    *id = (tablet_id){0};
    if (!parse_code(text, code)) return OK;
    hash_code(code, hash);
    TRY(tablets_store_take_code(ctx, hash, id, &expires_us));
    if (expires_us > ctx->now_us) return OK;
    *id = (tablet_id){0};
    ctx->merchant = (merchant_id){0};
    return OK;
}

enum err
tablets_appoint(struct ctx *ctx, tablet_id id, struct tablet *tablet, struct credential *credential)
{
    TRY(find_within_reach(ctx, id, tablet));
    TRY(team_store_remove_credentials_of(ctx, id.v));
    *credential =
        (struct credential){.kind = CREDENTIAL_DEVICE, .subject = id.v, .expires_us = INT64_MAX};
    TRY(credentials_add(ctx, credential));
    TRY(tablets_note_seen(ctx, id, ctx->now_us));
    tablet->paired = true;
    tablet->seen_us = ctx->now_us;
    return tell_team(ctx);
}

enum err
tablets_activate(struct ctx *ctx, struct str code, struct tablet *tablet,
                 struct credential *credential)
{
    tablet_id id;

    TRY(lockout_check(ctx, PAIRING, ctx->remote, ERR_PAIRING_LOCKED));
    TRY(take_code(ctx, code, &id));
    if (id.v == 0) {
        enum err err =
            lockout_count(ctx, PAIRING, ctx->remote, ERR_PAIRING_CODE_WRONG, ERR_PAIRING_LOCKED);
        ctx->field = "code";
        return err;
    }
    TRY(lockout_clear(ctx, PAIRING, ctx->remote));
    return tablets_appoint(ctx, id, tablet, credential);
}

enum err
tablets_leave(struct ctx *ctx, struct str token)
{
    TRY(credentials_remove(ctx, token));
    return tell_team(ctx);
}
