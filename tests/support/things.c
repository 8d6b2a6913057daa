/* things — see things.h. */
#include "support/things.h"
#include "db/db.h"

DB_SQL(add_thing, "INSERT INTO thing (id, number, words, yes, bytes)"
                  " VALUES ($1, $2, $3, TRUE, $4)");
DB_SQL(count_things, "SELECT CAST(COUNT(*) AS BIGINT) FROM thing");

const char things_tables[] =
    "CREATE TABLE thing (id BIGINT NOT NULL PRIMARY KEY, number BIGINT, words TEXT,"
    "                    yes BOOLEAN, bytes BYTEA, CHECK (number < 1000));"
    "CREATE TABLE part (id BIGINT NOT NULL PRIMARY KEY,"
    "                   thing_id BIGINT NOT NULL REFERENCES thing (id));";

struct world
things_open(void)
{
    struct world w = world_open_empty();

    EXPECT_OK(db_run_script(&w.ctx, things_tables));
    return w;
}

enum err
things_add(struct ctx *ctx, int64_t id, int64_t number, const char *words)
{
    return db_exec(ctx, &add_thing,
                   DB_BIND(db_int(id), db_int(number), db_text(str_of(words)), db_bytes(NULL, 0)));
}

int64_t
things_count(struct ctx *ctx)
{
    struct db_rows *rows = db_query(ctx, &count_things, NULL, 0);

    EXPECT_TRUE(db_next(rows));
    int64_t found = db_col_int(rows, 0);
    EXPECT_OK(db_done(rows));
    return found;
}
