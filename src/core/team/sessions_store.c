/* sessions_store — see sessions_store.h. */
#include "core/team/sessions_store.h"
#include "db/db.h"

/* More are not listed; ending the others ends them, too. */
enum { SESSIONS_MAX = 100 };

DB_SQL(list_sessions, "SELECT id, device, created_us,"
                      "       CASE WHEN used_us > created_us THEN used_us ELSE created_us END"
                      "  FROM credential"
                      " WHERE merchant_id = $1 AND subject_id = $2 AND kind = 'ses'"
                      "   AND expires_us > $3"
                      " ORDER BY 4 DESC, id DESC"
                      " LIMIT $4");

enum err
sessions_store_list(struct ctx *ctx, team_member_id member, struct session **sessions, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_sessions,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(member.v),
                                            db_int(ctx->now_us), db_int(SESSIONS_MAX)));

    *sessions = ARENA_ARRAY(ctx->arena, struct session, SESSIONS_MAX);
    for (*count = 0; *count < SESSIONS_MAX && db_next(rows); (*count)++) {
        (*sessions)[*count] = (struct session){
            .id = {db_col_int(rows, 0)},
            .device = db_col_text(rows, 1),
            .created_us = db_col_int(rows, 2),
            .used_us = db_col_int(rows, 3),
        };
    }
    return db_done(rows);
}

DB_SQL(remove_session, "DELETE FROM credential"
                       " WHERE merchant_id = $1 AND subject_id = $2 AND id = $3 AND kind = 'ses'");

enum err
sessions_store_remove(struct ctx *ctx, team_member_id member, session_id id, bool *found)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &remove_session,
                  DB_BIND(db_int(ctx->merchant.v), db_int(member.v), db_int(id.v)), &changed));
    *found = changed == 1;
    return OK;
}

DB_SQL(remove_other_sessions, "DELETE FROM credential"
                              " WHERE merchant_id = $1 AND subject_id = $2 AND id <> $3"
                              "   AND kind = 'ses'");

enum err
sessions_store_remove_others(struct ctx *ctx, team_member_id member, session_id kept)
{
    return db_exec(ctx, &remove_other_sessions,
                   DB_BIND(db_int(ctx->merchant.v), db_int(member.v), db_int(kept.v)));
}

DB_SQL(note_session_used, "UPDATE credential"
                          "   SET used_us = $3"
                          " WHERE merchant_id = $1 AND id = $2 AND id <> 0 AND used_us < $3");

enum err
sessions_store_note_used(struct ctx *ctx, session_id id, int64_t at_us)
{
    return db_exec(ctx, &note_session_used,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(at_us)));
}

DB_SQL(unlimit_sessions, "UPDATE credential"
                         "   SET limited = FALSE"
                         " WHERE merchant_id = $1 AND subject_id = $2 AND kind = 'ses'");

enum err
sessions_store_unlimit(struct ctx *ctx, team_member_id member)
{
    return db_exec(ctx, &unlimit_sessions, DB_BIND(db_int(ctx->merchant.v), db_int(member.v)));
}

/* Member by member: a million customers are signed in, too. */
DB_SQL(shorten_sessions, "UPDATE credential"
                         "   SET expires_us = $2"
                         " WHERE merchant_id = $1 AND kind = 'ses' AND expires_us > $2"
                         "   AND subject_id IN (SELECT m.id"
                         "                        FROM team_member m"
                         "                        LEFT JOIN second_factor f"
                         "                          ON f.merchant_id = m.merchant_id"
                         "                             AND f.team_member_id = m.id"
                         "                       WHERE m.merchant_id = $1"
                         "                         AND COALESCE(f.since_us, 0) = 0)");

enum err
sessions_store_shorten(struct ctx *ctx, int64_t until_us)
{
    return db_exec(ctx, &shorten_sessions, DB_BIND(db_int(ctx->merchant.v), db_int(until_us)));
}
