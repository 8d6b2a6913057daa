/* legal_store — see legal_store.h. */
#include "core/legal/legal_store.h"
#include "db/db.h"

DB_SQL(find_identity, "SELECT company, registration, address, email, phone, publisher,"
                      "       privacy_officer, privacy_contact, host, changed_us"
                      "  FROM legal_identity"
                      " WHERE merchant_id = $1");

enum err
legal_store_find_identity(struct ctx *ctx, struct legal_identity *identity)
{
    struct db_rows *rows = db_query(ctx, &find_identity, DB_BIND(db_int(ctx->merchant.v)));

    *identity = (struct legal_identity){0};
    if (db_next(rows)) {
        *identity = (struct legal_identity){
            .company = db_col_text(rows, 0),
            .registration = db_col_text(rows, 1),
            .address = db_col_text(rows, 2),
            .email = db_col_text(rows, 3),
            .phone = db_col_text(rows, 4),
            .publisher = db_col_text(rows, 5),
            .privacy_officer = db_col_text(rows, 6),
            .privacy_contact = db_col_text(rows, 7),
            .host = db_col_text(rows, 8),
            .changed_us = db_col_int(rows, 9),
        };
    }
    return db_done(rows);
}

DB_SQL(put_identity,
       "INSERT INTO legal_identity (merchant_id, company, registration, address, email, phone,"
       "                            publisher, privacy_officer, privacy_contact, host, changed_us)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
       " ON CONFLICT (merchant_id) DO UPDATE"
       "   SET company = EXCLUDED.company, registration = EXCLUDED.registration,"
       "       address = EXCLUDED.address, email = EXCLUDED.email, phone = EXCLUDED.phone,"
       "       publisher = EXCLUDED.publisher, privacy_officer = EXCLUDED.privacy_officer,"
       "       privacy_contact = EXCLUDED.privacy_contact, host = EXCLUDED.host,"
       "       changed_us = EXCLUDED.changed_us");

enum err
legal_store_put_identity(struct ctx *ctx, const struct legal_identity *identity)
{
    return db_exec(ctx, &put_identity,
                   DB_BIND(db_int(ctx->merchant.v), db_text(identity->company),
                           db_text(identity->registration), db_text(identity->address),
                           db_text(identity->email), db_text(identity->phone),
                           db_text(identity->publisher), db_text(identity->privacy_officer),
                           db_text(identity->privacy_contact), db_text(identity->host),
                           db_int(identity->changed_us)));
}

DB_SQL(find_wording, "SELECT number, text, created_us"
                     "  FROM legal_text"
                     " WHERE merchant_id = $1 AND kind = $2 AND language = $3 AND number <= $4"
                     " ORDER BY number DESC"
                     " LIMIT 1");

enum err
legal_store_find(struct ctx *ctx, struct str kind, struct str language, int64_t number,
                 struct wording *wording)
{
    struct db_rows *rows = db_query(
        ctx, &find_wording,
        DB_BIND(db_int(ctx->merchant.v), db_text(kind), db_text(language), db_int(number)));

    *wording = (struct wording){0};
    if (db_next(rows)) {
        *wording = (struct wording){.number = db_col_int(rows, 0),
                                    .text = db_col_text(rows, 1),
                                    .created_us = db_col_int(rows, 2)};
    }
    return db_done(rows);
}

DB_SQL(find_number, "SELECT MAX(number)"
                    "  FROM legal_text"
                    " WHERE merchant_id = $1");

enum err
legal_store_find_number(struct ctx *ctx, int64_t *number)
{
    struct db_rows *rows = db_query(ctx, &find_number, DB_BIND(db_int(ctx->merchant.v)));

    *number = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(add_wording, "INSERT INTO legal_text (merchant_id, kind, language, number, text, actor_kind,"
                    "                        actor_id, created_us)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");

enum err
legal_store_add(struct ctx *ctx, struct str kind, struct str language,
                const struct wording *wording)
{
    return db_exec(ctx, &add_wording,
                   DB_BIND(db_int(ctx->merchant.v), db_text(kind), db_text(language),
                           db_int(wording->number), db_text(wording->text), db_int(ctx->actor.kind),
                           db_int(ctx->actor.id), db_int(wording->created_us)));
}
