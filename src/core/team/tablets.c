/* tablets — counter tablets and how a device becomes one; see team.h. */
#include "core/team/team_store.h"

/* Without I, L, O, 0 and 1, which people take for one another: 31^8, about 40 bits, for a code
 * that lives minutes and may be guessed five times. */
#define CODE_ALPHABET "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
enum { CODE_LEN = 8, CODE_HALF = CODE_LEN / 2, CODE_SIGNS = sizeof CODE_ALPHABET - 1 };
enum { CODE_TRIES = 8 };
#define PAIRING STR("pairing")

enum err
tablets_add(struct ctx *ctx, struct tablet *tablet)
{
    ASSERT(ctx->merchant.v != 0);
    ASSERT(tablet->location.v != 0);
    if (tablet->id.v == 0) tablet->id.v = id_next(ctx);
    if (tablet->created_us == 0) tablet->created_us = ctx->now_us;
    return team_store_add_tablet(ctx, tablet);
}

enum err
tablets_find(struct ctx *ctx, tablet_id id, struct tablet *tablet)
{
    return team_store_find_tablet(ctx, id, tablet);
}

enum err
tablets_note_seen(struct ctx *ctx, tablet_id id, int64_t at_us)
{
    return team_store_note_tablet_seen(ctx, id, at_us);
}

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
    TRY(tablets_find(ctx, id, &tablet));
    TRY(team_store_remove_codes(ctx, id));
    for (int i = 0; i < CODE_TRIES && !added; i++) {
        for (int at = 0; at < CODE_LEN; at++)
            signs[at] = random_sign();
        hash_code(signs, hash);
        TRY(team_store_add_code(ctx, id, hash, ctx->now_us + keep_us, &added));
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
    TRY(team_store_take_code(ctx, hash, id, &expires_us));
    if (expires_us > ctx->now_us) return OK;
    *id = (tablet_id){0};
    ctx->merchant = (merchant_id){0};
    return OK;
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
    TRY(tablets_find(ctx, id, tablet));
    TRY(team_store_remove_credentials_of(ctx, id.v));
    *credential =
        (struct credential){.kind = CREDENTIAL_DEVICE, .subject = id.v, .expires_us = INT64_MAX};
    return credentials_add(ctx, credential);
}
