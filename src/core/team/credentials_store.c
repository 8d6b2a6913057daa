/* credentials_store — the tokens' rows of team_store.h. */
#include "base/list.h"
#include "core/team/team_store.h"
#include "db/db.h"

static const char *const proofs[] = {
    [PROOF_NONE] = "", [PROOF_LINK] = "link", [PROOF_CODE] = "code"};

static enum credential_proof
parse_proof(struct str text)
{
    for (int i = PROOF_LINK; i <= PROOF_CODE; i++) {
        if (str_is(text, str_of(proofs[i]))) return (enum credential_proof)i;
    }
    return PROOF_NONE;
}

DB_SQL(add_credential, "INSERT INTO credential (merchant_id, token_hash, kind, subject_id,"
                       "                        csrf_hash, created_us, expires_us, used_us, proof,"
                       "                        id, device, limited)"
                       " VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11)");

enum err
team_store_add_credential(struct ctx *ctx, struct str kind, const struct credential *credential)
{
    uint8_t token_hash[HASH_LEN], csrf_hash[HASH_LEN];

    hash_sha256(credential->token, token_hash);
    hash_sha256(credential->csrf, csrf_hash);
    size_t csrf_len = credential->csrf.len > 0 ? HASH_LEN : 0;

    return db_exec(ctx, &add_credential,
                   DB_BIND(db_int(ctx->merchant.v), db_bytes(token_hash, HASH_LEN), db_text(kind),
                           db_int(credential->subject), db_bytes_or_null(csrf_hash, csrf_len),
                           db_int(ctx->now_us), db_int(credential->expires_us),
                           db_text(str_of(proofs[credential->proof])), db_int(credential->id.v),
                           db_text(credential->device), db_bool(credential->limited)));
}

/* One query for every kind, since every request asks it. */
DB_SQL(find_credential,
       "SELECT c.kind, c.subject_id, c.expires_us, c.csrf_hash,"
       "       m.role, m.active, k.permissions, t.location_id, c.proof,"
       "       c.id, c.limited,"
       "       COALESCE(r.permissions, 0), COALESCE(c.serving_id, 0), s.role,"
       "       COALESCE(q.permissions, 0), s.active"
       "  FROM credential c"
       "  LEFT JOIN team_member m"
       "    ON c.kind = 'ses' AND m.merchant_id = c.merchant_id AND m.id = c.subject_id"
       "  LEFT JOIN team_role r ON r.merchant_id = m.merchant_id AND r.id = m.role_id"
       "  LEFT JOIN team_member s ON s.merchant_id = c.merchant_id AND s.id = c.serving_id"
       "  LEFT JOIN team_role q ON q.merchant_id = s.merchant_id AND q.id = s.role_id"
       "  LEFT JOIN api_key k"
       "    ON c.kind = 'key' AND k.merchant_id = c.merchant_id AND k.id = c.subject_id"
       "  LEFT JOIN tablet t"
       "    ON c.kind = 'dev' AND t.merchant_id = c.merchant_id AND t.id = c.subject_id"
       " WHERE c.merchant_id = $1 AND c.token_hash = $2");

enum err
team_store_find_credential(struct ctx *ctx, const uint8_t hash[static HASH_LEN],
                           struct credential_row *row)
{
    struct db_rows *rows =
        db_query(ctx, &find_credential, DB_BIND(db_int(ctx->merchant.v), db_bytes(hash, HASH_LEN)));

    *row = (struct credential_row){0};
    if (db_next(rows)) {
        *row = (struct credential_row){
            .found = true,
            .kind = db_col_text(rows, 0),
            .subject = db_col_int(rows, 1),
            .expires_us = db_col_int(rows, 2),
            .csrf_hash = db_col_text(rows, 3),
            .role = db_col_text(rows, 4),
            .member_active = !db_col_is_null(rows, 5) && db_col_bool(rows, 5),
            .permissions = (uint64_t)db_col_int(rows, 6),
            .location = db_col_int(rows, 7),
            .proof = parse_proof(db_col_text(rows, 8)),
            .id = db_col_int(rows, 9),
            .limited = db_col_bool(rows, 10),
            .own = db_col_int(rows, 11),
            .serving = db_col_int(rows, 12),
            .serving_role = db_col_text(rows, 13),
            .serving_own = db_col_int(rows, 14),
            .serving_active = !db_col_is_null(rows, 15) && db_col_bool(rows, 15),
        };
    }
    return db_done(rows);
}

DB_SQL(list_customer_sessions, "SELECT created_us, used_us, expires_us"
                               "  FROM credential"
                               " WHERE merchant_id = $1 AND subject_id = $2 AND kind = 'cst'"
                               " ORDER BY created_us DESC");

enum err
team_store_list_customer_sessions(struct ctx *ctx, customer_id customer,
                                  struct customer_session **sessions, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_customer_sessions,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));

    *sessions = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct customer_session session = {db_col_int(rows, 0), db_col_int(rows, 1),
                                                 db_col_int(rows, 2)};
        LIST_ADD(ctx->arena, *sessions, *count, session);
    }
    return db_done(rows);
}

DB_SQL(remove_credential, "DELETE FROM credential"
                          " WHERE merchant_id = $1 AND token_hash = $2");

enum err
team_store_remove_credential(struct ctx *ctx, const uint8_t hash[static HASH_LEN])
{
    return db_exec(ctx, &remove_credential,
                   DB_BIND(db_int(ctx->merchant.v), db_bytes(hash, HASH_LEN)));
}

DB_SQL(remove_unproven, "DELETE FROM credential"
                        " WHERE merchant_id = $1 AND subject_id = $2"
                        "   AND kind = 'cst' AND proof = 'link'");

enum err
team_store_remove_unproven(struct ctx *ctx, customer_id customer)
{
    return db_exec(ctx, &remove_unproven, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));
}

DB_SQL(remove_credentials_of, "DELETE FROM credential"
                              " WHERE merchant_id = $1 AND subject_id = $2");

enum err
team_store_remove_credentials_of(struct ctx *ctx, int64_t subject)
{
    return db_exec(ctx, &remove_credentials_of, DB_BIND(db_int(ctx->merchant.v), db_int(subject)));
}

DB_SQL(note_used, "UPDATE credential"
                  "   SET used_us = $3"
                  " WHERE merchant_id = $1 AND subject_id = $2 AND used_us < $3");

enum err
team_store_note_used(struct ctx *ctx, int64_t subject, int64_t at_us)
{
    return db_exec(ctx, &note_used,
                   DB_BIND(db_int(ctx->merchant.v), db_int(subject), db_int(at_us)));
}
