/* planner — see planner.h. */
#include "db/planner.h"
#include "db/db.h"

/* ANALYZE of one small table makes sqlite_stat1, that of sqlite_schema reads it anew. A merchant
 * has few integrations, so that naming one chooses as little as naming the merchant. */
static const char tell_planner[] =
    "ANALYZE server_fact;"
    "DELETE FROM sqlite_stat1;"
    "INSERT INTO sqlite_stat1 (tbl, idx, stat)"
    " SELECT t.name,"
    "        CASE WHEN i.origin = 'pk' AND instr(t.sql, 'WITHOUT ROWID') > 0"
    "             THEN t.name ELSE i.name END,"
    "        '1000000' ||"
    "        (SELECT group_concat(chosen, '')"
    "           FROM (SELECT CASE WHEN i.\"unique\" AND c.seqno = (SELECT MAX(seqno)"
    "                                  FROM pragma_index_xinfo(i.name) WHERE key) THEN ' 1'"
    "                             WHEN c.name IN ('merchant_id', 'integration_id')"
    "                             THEN ' 1000000'"
    "                             ELSE ' ' || (20 - c.seqno) END AS chosen"
    "                   FROM pragma_index_xinfo(i.name) AS c"
    "                  WHERE c.key"
    "                  ORDER BY c.seqno))"
    "   FROM sqlite_schema AS t, pragma_index_list(t.name) AS i"
    "  WHERE t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_';"
    "ANALYZE sqlite_schema;";

DB_SQL(find_statistics, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'");

enum err
planner_is_told(struct ctx *ctx, bool *told)
{
    ASSERT(db_engine_of(ctx->db) == DB_SQLITE);
    struct db_rows *rows = db_query(ctx, &find_statistics, NULL, 0);

    *told = db_next(rows) && db_col_int(rows, 0) == 1;
    return db_done(rows);
}

enum err
planner_tell(struct ctx *ctx)
{
    ASSERT(db_engine_of(ctx->db) == DB_SQLITE);
    ASSERT(db_in_tx(ctx->db));
    return db_run_script(ctx, tell_planner);
}
