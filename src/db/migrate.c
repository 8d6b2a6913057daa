/* migrate — see migrate.h. */
#include "db/migrate.h"
#include "base/hash.h"
#include "db/db.h"
#include "db/engine.h"
#include "db/planner.h"
#include <inttypes.h>

/* Where two servers that start at once meet; "habitue" and a number above the shards' (tx.c). */
#define SCHEMA_LOCK INT64_C(0x68616269747565FF)

static const char make_list[] = "CREATE TABLE IF NOT EXISTS schema_migration ("
                                "    number BIGINT NOT NULL PRIMARY KEY,"
                                "    name   TEXT   NOT NULL,"
                                "    sha256 TEXT   NOT NULL," /* of the file, in hex */
                                "    ran_us BIGINT NOT NULL"
                                ")";

DB_SQL(list_ran, "SELECT number, name, sha256"
                 "  FROM schema_migration"
                 " ORDER BY number");
DB_SQL(find_ran, "SELECT sha256"
                 "  FROM schema_migration"
                 " WHERE number = $1");
DB_SQL(note_ran, "INSERT INTO schema_migration (number, name, sha256, ran_us)"
                 " VALUES ($1, $2, $3, $4)");

struct str
migrate_checksum(struct arena *arena, const struct migration *migration)
{
    uint8_t digest[HASH_LEN];

    hash_sha256(str_of(migration->text), digest);
    return hash_hex(arena, digest, sizeof digest);
}

/* SQLite reads what stands in a sqlite comment, which PostgreSQL takes for a comment. */
static char *
text_for(struct ctx *ctx, const struct migration *migration)
{
    static const char opening[] = "/*sqlite:";
    char *text = str_z(ctx->arena, str_of(migration->text));

    if (db_engine_of(ctx->db) != DB_SQLITE) return text;
    for (char *at = strstr(text, opening); at; at = strstr(at, opening)) {
        char *end = strstr(at, "*/");
        ASSERT(end); /* migrations are ours, and tested */
        memset(at, ' ', sizeof opening - 1);
        memset(end, ' ', 2);
    }
    return text;
}

static enum err
check_same(struct ctx *ctx, const struct migration *migration, struct str noted)
{
    if (str_is(noted, migrate_checksum(ctx->arena, migration))) return OK;
    return fail(ctx, ERR_DB_FAILED, "migration %04d_%s is not the one that ran here",
                migration->number, migration->name);
}

/* What ran here must be the front part of the list. Gives how many ran. */
static enum err
check_ran(struct ctx *ctx, const struct migration *list, int count, int *ran)
{
    struct db_rows *rows = db_query(ctx, &list_ran, NULL, 0);
    enum err err = OK;

    *ran = 0;
    while (err == OK && db_next(rows)) {
        int64_t number = db_col_int(rows, 0);
        if (*ran >= count || number > list[count - 1].number) {
            err = fail(ctx, ERR_DB_FAILED,
                       "the database is newer than this program: %04" PRId64 "_%.*s ran on it",
                       number, STR_ARG(db_col_text(rows, 1)));
        } else if (number != list[*ran].number) {
            err = fail(ctx, ERR_DB_FAILED, "migration %04d never ran, but a later one did",
                       list[*ran].number);
        } else {
            err = check_same(ctx, &list[*ran], db_col_text(rows, 2));
            (*ran)++;
        }
    }
    enum err done = db_done(rows);
    return err != OK ? err : done;
}

/* Another server may have run it between our look and our lock. */
static enum err
has_run(struct ctx *ctx, const struct migration *migration, bool *found)
{
    struct db_rows *rows = db_query(ctx, &find_ran, DB_BIND(db_int(migration->number)));

    *found = db_next(rows);
    return db_done(rows);
}

static enum err
run_one(struct ctx *ctx, void *arg)
{
    const struct migration *migration = arg;
    bool found;

    TRY(engine_lock(ctx, SCHEMA_LOCK));
    TRY(has_run(ctx, migration, &found));
    if (found) return OK;
    TRY(db_run_script(ctx, text_for(ctx, migration)));
    return db_exec(ctx, &note_ran,
                   DB_BIND(db_int(migration->number), db_text(str_of(migration->name)),
                           db_text(migrate_checksum(ctx->arena, migration)), db_int(ctx->now_us)));
}

static enum err
make_list_table(struct ctx *ctx, void *arg)
{
    (void)arg;
    TRY(engine_lock(ctx, SCHEMA_LOCK));
    return db_run_script(ctx, make_list);
}

enum err
migrate_run_list(struct ctx *ctx, const struct migration *list, int count, int *ran)
{
    int before;

    TRY(db_tx(ctx, make_list_table, NULL));
    TRY(check_ran(ctx, list, count, &before));
    for (int i = before; i < count; i++) {
        struct migration migration = list[i];
        ASSERT(migration.number > (i == 0 ? 0 : list[i - 1].number));
        TRY(db_tx(ctx, run_one, &migration));
    }
    *ran = count - before;
    return OK;
}

static enum err
tell_planner(struct ctx *ctx, void *arg)
{
    (void)arg;
    return planner_tell(ctx);
}

enum err
migrate_run(struct ctx *ctx, int *ran)
{
    TRY(migrate_run_list(ctx, migrations, migration_count, ran));
    if (db_engine_of(ctx->db) != DB_SQLITE) return OK;
    /* A restored database has its schema, and nobody told its planner yet. */
    bool told;
    TRY(planner_is_told(ctx, &told));
    if (told && *ran == 0) return OK;
    return db_tx(ctx, tell_planner, NULL);
}

enum err
migrate_check(struct ctx *ctx)
{
    int ran;

    TRY(check_ran(ctx, migrations, migration_count, &ran));
    if (ran == migration_count) return OK;
    return fail(ctx, ERR_DB_FAILED, "%d migrations are missing: habitue migrate",
                migration_count - ran);
}
