/* profile_store — see profile_store.h. */
#include "core/team/profile_store.h"
#include "db/db.h"

DB_SQL(find_profile, "SELECT language, time_zone, photo_file_id"
                     "  FROM team_profile"
                     " WHERE merchant_id = $1 AND team_member_id = $2");

enum err
profile_store_find(struct ctx *ctx, team_member_id member, struct profile *profile)
{
    struct db_rows *rows =
        db_query(ctx, &find_profile, DB_BIND(db_int(ctx->merchant.v), db_int(member.v)));

    *profile = (struct profile){0};
    if (db_next(rows)) {
        profile->language = db_col_text(rows, 0);
        profile->time_zone = db_col_text(rows, 1);
        profile->photo.v = db_col_int(rows, 2);
    }
    return db_done(rows);
}

DB_SQL(put_profile, "INSERT INTO team_profile (merchant_id, team_member_id, language, time_zone,"
                    "                          photo_file_id)"
                    " VALUES ($1, $2, $3, $4, $5)"
                    " ON CONFLICT (merchant_id, team_member_id) DO UPDATE"
                    "   SET language = $3, time_zone = $4, photo_file_id = $5");

enum err
profile_store_put(struct ctx *ctx, team_member_id member, const struct profile *profile)
{
    return db_exec(ctx, &put_profile,
                   DB_BIND(db_int(ctx->merchant.v), db_int(member.v), db_text(profile->language),
                           db_text(profile->time_zone), db_int_or_null(profile->photo.v)));
}

DB_SQL(remove_profile, "DELETE FROM team_profile"
                       " WHERE merchant_id = $1 AND team_member_id = $2");

enum err
profile_store_remove(struct ctx *ctx, team_member_id member)
{
    return db_exec(ctx, &remove_profile, DB_BIND(db_int(ctx->merchant.v), db_int(member.v)));
}

DB_SQL(change_member_name, "UPDATE team_member"
                           "   SET name = $3"
                           " WHERE merchant_id = $1 AND id = $2");

enum err
profile_store_change_name(struct ctx *ctx, team_member_id member, struct str name)
{
    return db_exec(ctx, &change_member_name,
                   DB_BIND(db_int(ctx->merchant.v), db_int(member.v), db_text(name)));
}

DB_SQL(change_member_email, "UPDATE team_member"
                            "   SET email = $3"
                            " WHERE merchant_id = $1 AND id = $2");

enum err
profile_store_change_email(struct ctx *ctx, team_member_id member, struct str email)
{
    return db_exec(ctx, &change_member_email,
                   DB_BIND(db_int(ctx->merchant.v), db_int(member.v), db_text(email)));
}

/* ---- another e-mail address ---- */
DB_SQL(find_email_change, "SELECT email, code_hash, tries, created_us, expires_us"
                          "  FROM email_change"
                          " WHERE merchant_id = $1 AND team_member_id = $2");

enum err
profile_store_find_email(struct ctx *ctx, team_member_id member, struct email_change_row *row)
{
    struct db_rows *rows =
        db_query(ctx, &find_email_change, DB_BIND(db_int(ctx->merchant.v), db_int(member.v)));

    *row = (struct email_change_row){0};
    if (db_next(rows)) {
        row->email = db_col_text(rows, 0);
        row->code_hash = db_col_text(rows, 1);
        row->tries = db_col_int(rows, 2);
        row->created_us = db_col_int(rows, 3);
        row->expires_us = db_col_int(rows, 4);
    }
    return db_done(rows);
}

DB_SQL(put_email_change, "INSERT INTO email_change (merchant_id, team_member_id, email, code_hash,"
                         "                          tries, created_us, expires_us)"
                         " VALUES ($1, $2, $3, $4, 0, $5, $6)"
                         " ON CONFLICT (merchant_id, team_member_id) DO UPDATE"
                         "   SET email = $3, code_hash = $4, tries = 0, created_us = $5,"
                         "       expires_us = $6");

enum err
profile_store_put_email(struct ctx *ctx, team_member_id member, const struct email_change_row *row)
{
    return db_exec(ctx, &put_email_change,
                   DB_BIND(db_int(ctx->merchant.v), db_int(member.v), db_text(row->email),
                           db_bytes(row->code_hash.at, row->code_hash.len), db_int(row->created_us),
                           db_int(row->expires_us)));
}

DB_SQL(count_email_try, "UPDATE email_change"
                        "   SET tries = tries + 1"
                        " WHERE merchant_id = $1 AND team_member_id = $2");

enum err
profile_store_count_try(struct ctx *ctx, team_member_id member)
{
    return db_exec(ctx, &count_email_try, DB_BIND(db_int(ctx->merchant.v), db_int(member.v)));
}

DB_SQL(remove_email_change, "DELETE FROM email_change"
                            " WHERE merchant_id = $1 AND team_member_id = $2");

enum err
profile_store_remove_email(struct ctx *ctx, team_member_id member)
{
    return db_exec(ctx, &remove_email_change, DB_BIND(db_int(ctx->merchant.v), db_int(member.v)));
}

DB_SQL(forget_email_changes, "DELETE FROM email_change"
                             " WHERE merchant_id = $1"
                             "   AND team_member_id IN (SELECT team_member_id"
                             "                            FROM email_change"
                             "                           WHERE merchant_id = $1"
                             "                             AND expires_us < $2"
                             "                           LIMIT $3)");

enum err
profile_store_forget_emails(struct ctx *ctx, int64_t before_us, int max, int64_t *forgotten)
{
    return db_change(ctx, &forget_email_changes,
                     DB_BIND(db_int(ctx->merchant.v), db_int(before_us), db_int(max)), forgotten);
}
