/* team_store — the rows of team.h. */
#pragma once
#include "base/hash.h"
#include "core/team/team.h"

struct db_rows;

/* ---- members and keys ---- */
/* What every statement reads of a member, and from where. */
#define TEAM_MEMBER_COLUMNS                                                                        \
    "m.id, m.email, m.name, m.role, COALESCE(m.role_id, 0), COALESCE(r.permissions, 0),"           \
    " m.password_hash, m.active, m.created_us, m.pin_hash IS NOT NULL, COALESCE(r.name, '')"
#define TEAM_MEMBER_TABLES                                                                         \
    "team_member AS m"                                                                             \
    "  LEFT JOIN team_role AS r ON r.merchant_id = m.merchant_id AND r.id = m.role_id"
struct team_member team_store_read_member(struct ctx *ctx, struct db_rows *rows);
/* Of a role; own: of its row, when it is the merchant's own. */
uint64_t team_store_permissions(struct ctx *ctx, struct str role, int64_t own);
MUST_USE enum err team_store_add(struct ctx *ctx, const struct team_member *member);
MUST_USE enum err team_store_find(struct ctx *ctx, team_member_id id, struct team_member *member);
/* Of any merchant: fills ctx->merchant. */
MUST_USE enum err team_store_find_by_email(struct ctx *ctx, struct str email,
                                           struct team_member *member);
MUST_USE enum err team_store_add_key(struct ctx *ctx, const struct api_key *key);

/* ---- credentials ---- */
/* What a token's row says, joined with whom it is for. */
struct credential_row {
    struct str kind; /* "ses", "key", "dev", "cst" */
    int64_t subject, expires_us;
    struct str csrf_hash; /* empty: none was given */
    enum credential_proof proof;
    struct str role;    /* ses */
    int64_t own;        /* ses: what their own role may */
    bool member_active; /* ses */
    int64_t serving;    /* ses: who said by PIN that they serve; 0: nobody */
    struct str serving_role;
    int64_t serving_own;
    bool serving_active;
    int64_t id;           /* ses */
    bool limited;         /* ses */
    uint64_t permissions; /* key */
    int64_t location;     /* dev; 0: there is no such tablet any more */
    bool found;
};
MUST_USE enum err team_store_add_credential(struct ctx *ctx, struct str kind,
                                            const struct credential *credential);
MUST_USE enum err team_store_find_credential(struct ctx *ctx, const uint8_t hash[static HASH_LEN],
                                             struct credential_row *row);
MUST_USE enum err team_store_remove_credential(struct ctx *ctx,
                                               const uint8_t hash[static HASH_LEN]);
/* A customer's sessions that a link began. */
MUST_USE enum err team_store_remove_unproven(struct ctx *ctx, customer_id customer);
MUST_USE enum err team_store_remove_credentials_of(struct ctx *ctx, int64_t subject);
struct customer_session {
    int64_t created_us, used_us, expires_us;
};
MUST_USE enum err team_store_list_customer_sessions(struct ctx *ctx, customer_id customer,
                                                    struct customer_session **sessions, int *count);
MUST_USE enum err team_store_note_used(struct ctx *ctx, int64_t subject, int64_t at_us);

/* ---- lock-outs: before a merchant is known, so of merchant 0 ---- */
struct lockout_key {
    struct str scope;
    const uint8_t *subject; /* HASH_LEN bytes */
};
/* 0: never locked. */
MUST_USE enum err team_store_read_lockout(struct ctx *ctx, struct lockout_key key,
                                          int64_t *until_us);
/* One more failure; those before window_us are forgotten. Gives how many there are now. */
MUST_USE enum err team_store_count_failure(struct ctx *ctx, struct lockout_key key,
                                           int64_t window_us, int64_t *failures);
MUST_USE enum err team_store_lock(struct ctx *ctx, struct lockout_key key, int64_t until_us);
MUST_USE enum err team_store_clear_lockout(struct ctx *ctx, struct lockout_key key);
MUST_USE enum err team_store_forget_failures(struct ctx *ctx, int64_t before_us, int max,
                                             int64_t *forgotten);
