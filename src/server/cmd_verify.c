/*
 * cmd_verify — `habitue verify`: makes every seal over the ledger anew, and says what differs.
 *
 *     habitue verify --db …                        with the server key's public key
 *     habitue verify --db … --public-key HEX       also, or without the key file only, with this
 * one habitue verify --db … --noted HASH           and a seal with this hash must be in a chain
 */
#include "base/clock.h"
#include "base/json.h"
#include "core/ledger/verify.h"
#include "db/db.h"
#include "db/migrate.h"
#include "server/cmd.h"
#include "server/commands.h"
#include "server/settings.h"
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

struct verifying {
    struct ledger_verify_wish wish;
    const char *key_from; /* whence the first key is */
    bool wants_noted;
    struct json_out *json; /* NULL: as text, at once */
    int64_t merchants, seals, transfers, unsealed, differences;
    bool has_noted;
};

static struct str
hex_of(struct ctx *ctx, const uint8_t *bytes)
{
    return hash_hex(ctx->arena, bytes, HASH_LEN);
}

static void
print_merchant(struct ctx *ctx, const struct ledger_verified *found)
{
    struct str id = id_format(ctx->arena, ID_merchant, found->merchant.v);

    printf("%.*s  %" PRId64 " seals agree, over %" PRId64 " transfers; %" PRId64
           " transfers behind them\n",
           STR_ARG(id), found->seals, found->transfers, found->unsealed);
    if (found->last.number > 0) {
        printf("    seal %" PRId64 " of %.*s has the hash %.*s\n", found->last.number,
               STR_ARG(clock_format(ctx->arena, found->last.sealed_us)),
               STR_ARG(hex_of(ctx, found->last_hash)));
    }
    if (found->difference != NULL) printf("DIFFERS  %s\n", found->difference);
}

static void
put_merchant(struct ctx *ctx, struct json_out *out, const struct ledger_verified *found)
{
    json_put_object(out, NULL);
    json_put_text(out, "merchant_id", id_format(ctx->arena, ID_merchant, found->merchant.v));
    json_put_int(out, "seals", found->seals);
    json_put_int(out, "transfers", found->transfers);
    json_put_int(out, "unsealed", found->unsealed);
    if (found->last.number > 0) {
        json_put_object(out, "last_seal");
        json_put_int(out, "number", found->last.number);
        json_put_text(out, "sealed_at", clock_format(ctx->arena, found->last.sealed_us));
        json_put_text(out, "hash", hex_of(ctx, found->last_hash));
        json_end_object(out);
    }
    if (found->difference != NULL) json_put_text(out, "difference", str_of(found->difference));
    json_end_object(out);
}

static void
tell_merchant(void *self, struct ctx *ctx, const struct ledger_verified *found)
{
    struct verifying *verifying = self;

    verifying->merchants++;
    verifying->seals += found->seals;
    verifying->transfers += found->transfers;
    verifying->unsealed += found->unsealed;
    verifying->differences += found->difference != NULL;
    verifying->has_noted |= found->has_noted;
    if (verifying->json != NULL) {
        put_merchant(ctx, verifying->json, found);
    } else {
        print_merchant(ctx, found);
    }
}

static bool
is_noted_missing(const struct verifying *verifying)
{
    return verifying->wants_noted && !verifying->has_noted;
}

static bool
agrees(const struct verifying *verifying)
{
    return verifying->differences == 0 && !is_noted_missing(verifying);
}

/*
 * The public key: of the key file, which is not made when it is absent; else the given one; else
 * what the database says, which proves least.
 */
static enum err
choose_keys(struct ctx *ctx, struct verifying *verifying, bool has_given)
{
    struct ledger_verify_wish *wish = &verifying->wish;
    struct settings settings = *ctx->settings;
    struct sign_pair pair;
    bool found;

    if (access(settings.key_file, F_OK) == 0) {
        TRY(settings_read_key(ctx, &settings));
        ledger_seal_pair(settings.server_key, &pair);
        if (has_given) memcpy(wish->keys[1], wish->keys[0], SIGN_PUBLIC_LEN);
        memcpy(wish->keys[0], pair.public_key, SIGN_PUBLIC_LEN);
        sign_pair_clear(&pair);
        wish->key_count = has_given ? 2 : 1;
        verifying->key_from = "of the server key";
    } else if (has_given) {
        wish->key_count = 1;
        verifying->key_from = "as given";
    } else {
        TRY(ledger_seal_find_key(ctx, wish->keys[0], &found));
        wish->key_count = found;
        verifying->key_from = "as the database says; the key file is not here";
    }
    return OK;
}

/* On a reading connection: a server may be running on this database. */
static enum err
verify(struct ctx *ctx, struct verifying *verifying, bool has_given)
{
    TRY(db_open(ctx, ctx->settings->db, DB_READ_ONLY, &ctx->db));
    TRY(migrate_check(ctx));
    TRY(choose_keys(ctx, verifying, has_given));
    return ledger_verify(ctx, &verifying->wish, tell_merchant, verifying);
}

static void
print_all(struct ctx *ctx, const struct verifying *verifying)
{
    printf("%" PRId64 " merchants, %" PRId64 " seals, %" PRId64 " transfers sealed, %" PRId64
           " not yet\n",
           verifying->merchants, verifying->seals, verifying->transfers, verifying->unsealed);
    if (verifying->wish.key_count > 0) {
        printf("Public key %.*s (%s)\n", STR_ARG(hex_of(ctx, verifying->wish.keys[0])),
               verifying->key_from);
    }
    if (is_noted_missing(verifying)) printf("DIFFERS  no seal has the noted hash\n");
    printf(agrees(verifying) ? "All seals agree with the ledger.\n"
                             : "The ledger is NOT as it was sealed.\n");
}

static enum err
print_json(struct ctx *ctx, struct verifying *verifying, bool has_given)
{
    struct json_out out;

    json_out_open(&out, ctx->arena);
    verifying->json = &out;
    json_put_object(&out, NULL);
    json_put_array(&out, "merchants");
    TRY(verify(ctx, verifying, has_given));
    json_end_array(&out);
    if (verifying->wish.key_count > 0) {
        json_put_text(&out, "public_key", hex_of(ctx, verifying->wish.keys[0]));
        json_put_text(&out, "public_key_from", str_of(verifying->key_from));
    }
    json_put_int(&out, "seals", verifying->seals);
    json_put_int(&out, "transfers", verifying->transfers);
    json_put_int(&out, "unsealed", verifying->unsealed);
    if (verifying->wants_noted) json_put_bool(&out, "has_noted", verifying->has_noted);
    json_put_bool(&out, "agrees", agrees(verifying));
    json_end_object(&out);
    printf("%.*s\n", STR_ARG(json_out_text(&out)));
    return OK;
}

static bool
read_hex(const char *flag, const char *text, uint8_t *bytes)
{
    if (text == NULL || hash_parse_hex(str_of(text), bytes, HASH_LEN)) return true;
    fprintf(stderr, "habitue verify: %s is 64 hexadecimal digits\n", flag);
    return false;
}

int
cmd_verify(struct ctx *ctx, int argc, char **argv)
{
    struct verifying verifying = {0};
    const char *key = NULL;
    const char *noted = NULL;
    bool as_json = false;
    const struct cmd_flag flags[] = {
        {.name = "--json", .given = &as_json},
        {.name = "--public-key", .into = &key},
        {.name = "--noted", .into = &noted},
    };

    if (!cmd_read_flags(argc, argv, CMD_FLAGS(flags), NULL, 0)) return CMD_WRONG_USAGE;
    if (!read_hex("--public-key", key, verifying.wish.keys[0])) return CMD_WRONG_USAGE;
    if (!read_hex("--noted", noted, verifying.wish.noted)) return CMD_WRONG_USAGE;
    verifying.wants_noted = noted != NULL;
    enum err err =
        as_json ? print_json(ctx, &verifying, key != NULL) : verify(ctx, &verifying, key != NULL);
    if (err == OK && !as_json) print_all(ctx, &verifying);
    cmd_close_db(ctx);
    if (err != OK) return cmd_tell(ctx, err, "the seals could not be verified");
    return agrees(&verifying) ? CMD_OK : CMD_FAILED;
}
