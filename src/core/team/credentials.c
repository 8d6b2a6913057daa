/* credentials — the tokens of team.h: made, checked, ended. */
#include "core/team/team_store.h"
#include "core/team/tokens.h"

enum { CSRF_BYTES = 16 };

static struct str
kind_name(enum credential_kind kind)
{
    switch (kind) {
    case CREDENTIAL_SESSION:
        return STR("ses");
    case CREDENTIAL_KEY:
        return STR("key");
    case CREDENTIAL_DEVICE:
        return STR("dev");
    case CREDENTIAL_CUSTOMER:
        return STR("cst");
    }
    ASSERT(!"a kind of credential");
    return STR("");
}

static bool
is_for_pages(enum credential_kind kind)
{
    return kind != CREDENTIAL_KEY;
}

struct str
credentials_csrf(struct arena *arena, struct str token)
{
    uint8_t code[HASH_LEN];

    hash_hmac(token, STR("habitue csrf"), STR(""), code);
    return hash_hex(arena, code, CSRF_BYTES);
}

enum err
credentials_add(struct ctx *ctx, struct credential *credential)
{
    struct str kind = kind_name(credential->kind);

    ASSERT(credential->subject != 0);
    ASSERT(credential->expires_us > ctx->now_us);
    ASSERT((credential->kind == CREDENTIAL_CUSTOMER) == (credential->proof != PROOF_NONE));
    ASSERT(!credential->limited || credential->kind == CREDENTIAL_SESSION);
    if (credential->kind == CREDENTIAL_SESSION) credential->id = (session_id){id_next(ctx)};
    credential->token = tokens_new(ctx, kind);
    credential->csrf = is_for_pages(credential->kind)
                           ? credentials_csrf(ctx->arena, credential->token)
                           : (struct str){0};
    return team_store_add_credential(ctx, kind, credential);
}

/* Who stands where a member signed in: that one, or whoever said by PIN that they serve now. Nobody
 * when that one may not any more: their end must not hand the till to who signed it in. */
static struct actor
staff_of(struct ctx *ctx, const struct credential_row *row)
{
    struct actor actor = {
        .kind = ACTOR_STAFF, .id = row->subject, .session = row->id, .limited = row->limited};

    actor.permissions = team_store_permissions(ctx, row->role, row->own) | PERM_OF_MEMBERS;
    if (row->limited) actor.permissions = PERM_OF_MEMBERS;
    if (row->limited || row->serving == 0) return actor;
    if (!row->serving_active) return (struct actor){0};
    actor.id = row->serving;
    actor.holder = row->subject;
    actor.permissions =
        team_store_permissions(ctx, row->serving_role, row->serving_own) & PERM_BY_PIN;
    return actor;
}

/* What the row allows; kind ACTOR_NONE when whom it was for is gone or may not sign in. */
static struct actor
actor_of(struct ctx *ctx, const struct credential_row *row)
{
    struct actor actor = {.id = row->subject, .permissions = PERM_SELF};

    if (str_is(row->kind, STR("ses")) && row->member_active) {
        actor = staff_of(ctx, row);
    } else if (str_is(row->kind, STR("key")) && row->permissions != 0) {
        actor.kind = ACTOR_KEY;
        actor.permissions = row->permissions & ~(uint64_t)PERM_PROFILE;
    } else if (str_is(row->kind, STR("dev")) && row->location != 0) {
        actor.kind = ACTOR_TABLET;
        actor.location = row->location;
        actor.permissions = PERM_OF_TABLETS;
    } else if (str_is(row->kind, STR("cst"))) {
        actor.kind = ACTOR_CUSTOMER;
        actor.permissions = PERM_OF_CUSTOMERS;
    }
    return actor;
}

static bool
is_csrf(const struct credential_row *row, struct str csrf)
{
    uint8_t hash[HASH_LEN];

    hash_sha256(csrf, hash);
    return row->csrf_hash.len == HASH_LEN && hash_same(row->csrf_hash.at, hash, HASH_LEN);
}

/* The token's row, with ctx->merchant set; refused when it proves nobody. */
static enum err
find_holder(struct ctx *ctx, struct str token, struct credential_row *row, struct actor *actor)
{
    uint8_t hash[HASH_LEN];

    if (!tokens_parse(token, &ctx->merchant)) return ERR_UNAUTHENTICATED;
    hash_sha256(token, hash);
    TRY(team_store_find_credential(ctx, hash, row));
    if (!row->found || row->expires_us <= ctx->now_us) return ERR_UNAUTHENTICATED;
    *actor = actor_of(ctx, row);
    return actor->kind == ACTOR_NONE ? ERR_UNAUTHENTICATED : OK;
}

enum err
credentials_check(struct ctx *ctx, struct str token, struct str csrf, enum csrf_check check)
{
    struct credential_row row;
    struct actor actor;

    enum err err = find_holder(ctx, token, &row, &actor);
    if (err != OK) {
        ctx->merchant = (merchant_id){0};
        return err == ERR_UNAUTHENTICATED ? fail(ctx, err, "token") : err;
    }
    if (check == CSRF_CHECKED && !is_csrf(&row, csrf)) return fail(ctx, ERR_CSRF, "csrf");
    ctx->actor = actor;
    return OK;
}

enum err
credentials_read_proof(struct ctx *ctx, struct str token, enum credential_proof *proof)
{
    uint8_t hash[HASH_LEN];
    struct credential_row row;

    hash_sha256(token, hash);
    TRY(team_store_find_credential(ctx, hash, &row));
    *proof = row.proof;
    return OK;
}

enum err
credentials_end_unproven(struct ctx *ctx, customer_id customer)
{
    ASSERT(customer.v != 0);
    return team_store_remove_unproven(ctx, customer);
}

enum err
credentials_remove(struct ctx *ctx, struct str token)
{
    uint8_t hash[HASH_LEN];

    hash_sha256(token, hash);
    return team_store_remove_credential(ctx, hash);
}

enum err
credentials_note_used(struct ctx *ctx, int64_t subject, int64_t at_us)
{
    return team_store_note_used(ctx, subject, at_us);
}

enum err
api_keys_add(struct ctx *ctx, struct api_key *key)
{
    struct credential credential = {.kind = CREDENTIAL_KEY, .expires_us = INT64_MAX};

    ASSERT(ctx->merchant.v != 0);
    if (key->id.v == 0) key->id.v = id_next(ctx);
    TRY(team_store_add_key(ctx, key));
    credential.subject = key->id.v;
    TRY(credentials_add(ctx, &credential));
    key->token = credential.token;
    return OK;
}

enum err
team_end_customer_sessions(struct ctx *ctx, customer_id id)
{
    ASSERT(id.v != 0);
    return team_store_remove_credentials_of(ctx, id.v);
}

enum err
team_erase_customer(struct ctx *ctx, customer_id id)
{
    return team_end_customer_sessions(ctx, id);
}
