/* intake_store — see intake_store.h. */
#include "core/people/intake_store.h"
#include "base/list.h"
#include "db/db.h"

static const char *const states[INTAKE_STATE_COUNT] = {
    [INTAKE_UPLOADING] = "uploading", [INTAKE_READING] = "reading",   [INTAKE_READY] = "ready",
    [INTAKE_CHECKING] = "checking",   [INTAKE_CHECKED] = "checked",   [INTAKE_RUNNING] = "running",
    [INTAKE_DONE] = "done",           [INTAKE_CANCELED] = "canceled", [INTAKE_FAILED] = "failed",
};
static const char *const modes[INTAKE_MODE_COUNT] = {
    [INTAKE_ADD] = "add", [INTAKE_REPLACE] = "replace"};
static const char *const passes[INTAKE_PASS_COUNT] = {
    [INTAKE_CHECK] = "check", [INTAKE_RUN] = "run"};

const char *
intake_state_name(enum intake_state state)
{
    ASSERT(state < INTAKE_STATE_COUNT);
    return states[state];
}

const char *
intake_mode_name(enum intake_mode mode)
{
    ASSERT(mode < INTAKE_MODE_COUNT);
    return modes[mode];
}

/* The table's CHECK lets no other name in. */
static int
index_of(struct str name, const char *const *names, int count)
{
    int found = -1;

    for (int i = 0; i < count; i++) {
        if (str_is(name, str_of(names[i]))) found = i;
    }
    ASSERT(found >= 0);
    return found;
}

/* ---- imports ---- */

DB_SQL(add_import,
       "INSERT INTO customer_import (merchant_id, id, state, name, file_id, refused_id, size,"
       "                             received, refused_size, refused_until_us, sha256, utf8,"
       "                             columns, mode, program_id, country, consent, source_id,"
       "                             round, failure, cleared, actor_kind, actor_id, created_us,"
       "                             updated_us)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, $8, FALSE, '', 'add', 0, $9, '', 0, 0, '',"
       "         FALSE, $10, $11, $12, $12)");

enum err
intake_store_add(struct ctx *ctx, const struct intake *intake)
{
    return db_exec(ctx, &add_import,
                   DB_BIND(db_int(ctx->merchant.v), db_int(intake->id.v),
                           db_text(str_of(states[intake->state])), db_text(intake->name),
                           db_int(intake->file.v), db_int(intake->refused.v), db_int(intake->size),
                           db_bytes("", 0), db_text(intake->country), db_int(intake->actor_kind),
                           db_int(intake->actor), db_int(intake->created_us)));
}

DB_SQL(change_import,
       "UPDATE customer_import"
       "   SET state = $3, received = $4, refused_size = $5, refused_until_us = $6, sha256 = $7,"
       "       utf8 = $8, columns = $9, mode = $10, program_id = $11, country = $12,"
       "       consent = $13, source_id = $14, round = $15, failure = $16, cleared = $17,"
       "       actor_kind = $18, actor_id = $19, updated_us = $20"
       " WHERE merchant_id = $1 AND id = $2");

enum err
intake_store_change(struct ctx *ctx, const struct intake *intake)
{
    return db_exec(ctx, &change_import,
                   DB_BIND(db_int(ctx->merchant.v), db_int(intake->id.v),
                           db_text(str_of(states[intake->state])), db_int(intake->received),
                           db_int(intake->refused_size), db_int(intake->refused_until_us),
                           db_bytes(intake->sha256, intake->has_sha256 ? HASH_LEN : 0),
                           db_bool(intake->is_utf8), db_text(intake->columns),
                           db_text(str_of(modes[intake->mode])), db_int(intake->program.v),
                           db_text(intake->country), db_text(intake->consent),
                           db_int(intake->source), db_int(intake->round), db_text(intake->failure),
                           db_bool(intake->cleared), db_int(intake->actor_kind),
                           db_int(intake->actor), db_int(intake->updated_us)));
}

#define COLUMNS                                                                                    \
    " id, state, name, file_id, refused_id, size, received, refused_size, refused_until_us,"       \
    " sha256, utf8, columns, mode, program_id, country, consent, source_id, round, failure,"       \
    " cleared, actor_kind, actor_id, created_us, updated_us "

static struct intake
read_import(struct db_rows *rows)
{
    struct str sha256 = db_col_text(rows, 9);
    struct intake intake = {
        .id = {db_col_int(rows, 0)},
        .state = (enum intake_state)index_of(db_col_text(rows, 1), states, INTAKE_STATE_COUNT),
        .name = db_col_text(rows, 2),
        .file = {db_col_int(rows, 3)},
        .refused = {db_col_int(rows, 4)},
        .size = db_col_int(rows, 5),
        .received = db_col_int(rows, 6),
        .refused_size = db_col_int(rows, 7),
        .refused_until_us = db_col_int(rows, 8),
        .has_sha256 = sha256.len == HASH_LEN,
        .is_utf8 = db_col_bool(rows, 10),
        .columns = db_col_text(rows, 11),
        .mode = (enum intake_mode)index_of(db_col_text(rows, 12), modes, INTAKE_MODE_COUNT),
        .program = {db_col_int(rows, 13)},
        .country = db_col_text(rows, 14),
        .consent = db_col_text(rows, 15),
        .source = db_col_int(rows, 16),
        .round = db_col_int(rows, 17),
        .failure = db_col_text(rows, 18),
        .cleared = db_col_bool(rows, 19),
        .actor_kind = (enum actor_kind)db_col_int(rows, 20),
        .actor = db_col_int(rows, 21),
        .created_us = db_col_int(rows, 22),
        .updated_us = db_col_int(rows, 23),
    };

    if (intake.has_sha256) memcpy(intake.sha256, sha256.at, HASH_LEN);
    return intake;
}

DB_SQL(list_passes, "SELECT kind, at_byte, at_line, rows_read, added, by_phone, by_email,"
                    "       by_reference, again, twice, refused, points, points_before,"
                    "       points_moved, points_after"
                    "  FROM customer_import_pass"
                    " WHERE merchant_id = $1 AND import_id = $2");

static enum err
read_passes(struct ctx *ctx, struct intake *intake)
{
    struct db_rows *rows =
        db_query(ctx, &list_passes, DB_BIND(db_int(ctx->merchant.v), db_int(intake->id.v)));

    while (db_next(rows)) {
        intake->passes[index_of(db_col_text(rows, 0), passes, INTAKE_PASS_COUNT)] =
            (struct intake_pass){
                .at = db_col_int(rows, 1),
                .lines = db_col_int(rows, 2),
                .rows = db_col_int(rows, 3),
                .added = db_col_int(rows, 4),
                .by_phone = db_col_int(rows, 5),
                .by_email = db_col_int(rows, 6),
                .by_reference = db_col_int(rows, 7),
                .again = db_col_int(rows, 8),
                .twice = db_col_int(rows, 9),
                .refused = db_col_int(rows, 10),
                .points = db_col_int(rows, 11),
                .points_before = db_col_int(rows, 12),
                .points_moved = db_col_int(rows, 13),
                .points_after = db_col_int(rows, 14),
            };
    }
    return db_done(rows);
}

DB_SQL(find_import, "SELECT" COLUMNS "  FROM customer_import"
                    " WHERE merchant_id = $1 AND id = $2");

enum err
intake_store_find(struct ctx *ctx, intake_id id, struct intake *intake)
{
    struct db_rows *rows =
        db_query(ctx, &find_import, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *intake = read_import(rows);
    TRY(db_done(rows));
    if (!found) return fail(ctx, ERR_IMPORT_UNKNOWN, "import %lld", (long long)id.v);
    return read_passes(ctx, intake);
}

DB_SQL(list_imports, "SELECT" COLUMNS "  FROM customer_import"
                     " WHERE merchant_id = $1"
                     " ORDER BY id DESC"
                     " LIMIT $2");

enum err
intake_store_list(struct ctx *ctx, int limit, struct intake **intakes, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_imports, DB_BIND(db_int(ctx->merchant.v), db_int(limit)));

    *intakes = NULL;
    *count = 0;
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, *intakes, *count, read_import(rows));
    }
    TRY(db_done(rows));
    for (int i = 0; i < *count; i++) {
        TRY(read_passes(ctx, &(*intakes)[i]));
    }
    return OK;
}

static enum err
read_id(struct db_rows *rows, intake_id *id)
{
    *id = (intake_id){db_next(rows) ? db_col_int(rows, 0) : 0};
    return db_done(rows);
}

DB_SQL(find_open, "SELECT id"
                  "  FROM customer_import"
                  " WHERE merchant_id = $1 AND NOT cleared"
                  "   AND (state NOT IN ('uploading', 'ready', 'checked') OR updated_us < $2)"
                  " ORDER BY id"
                  " LIMIT 1");

enum err
intake_store_find_open(struct ctx *ctx, int64_t untouched_since_us, intake_id *id)
{
    return read_id(
        db_query(ctx, &find_open, DB_BIND(db_int(ctx->merchant.v), db_int(untouched_since_us))),
        id);
}

DB_SQL(find_kept, "SELECT id"
                  "  FROM customer_import"
                  " WHERE merchant_id = $1 AND refused_until_us > 0 AND refused_until_us <= $2"
                  " ORDER BY refused_until_us"
                  " LIMIT 1");

enum err
intake_store_find_kept(struct ctx *ctx, intake_id *id)
{
    return read_id(db_query(ctx, &find_kept, DB_BIND(db_int(ctx->merchant.v), db_int(ctx->now_us))),
                   id);
}

DB_SQL(end_keeping, "UPDATE customer_import"
                    "   SET refused_until_us = $2"
                    " WHERE merchant_id = $1 AND refused_until_us > $2");

enum err
intake_store_end_keeping(struct ctx *ctx)
{
    return db_exec(ctx, &end_keeping, DB_BIND(db_int(ctx->merchant.v), db_int(ctx->now_us)));
}

DB_SQL(find_source, "SELECT source_id"
                    "  FROM customer_import"
                    " WHERE merchant_id = $1 AND sha256 = $2 AND program_id = $3"
                    "   AND source_id <> 0"
                    " ORDER BY id"
                    " LIMIT 1");

enum err
intake_store_find_source(struct ctx *ctx, const struct intake *intake, int64_t *source)
{
    ASSERT(intake->has_sha256);
    struct db_rows *rows =
        db_query(ctx, &find_source,
                 DB_BIND(db_int(ctx->merchant.v), db_bytes(intake->sha256, HASH_LEN),
                         db_int(intake->program.v)));

    *source = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(put_pass,
       "INSERT INTO customer_import_pass (merchant_id, import_id, kind, at_byte, at_line,"
       "                                  rows_read, added, by_phone, by_email, by_reference, "
       "again, twice,"
       "                                  refused, points, points_before, points_moved,"
       "                                  points_after)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
       "     ON CONFLICT (merchant_id, import_id, kind)"
       "     DO UPDATE SET at_byte = $4, at_line = $5, rows_read = $6, added = $7, by_phone = $8,"
       "                   by_email = $9, by_reference = $10, again = $11, twice = $12,"
       "                   refused = $13, points = $14, points_before = $15, points_moved = $16,"
       "                   points_after = $17");

enum err
intake_store_put_pass(struct ctx *ctx, intake_id id, enum intake_pass_kind kind,
                      const struct intake_pass *pass)
{
    ASSERT(pass->rows == pass->added + pass->by_phone + pass->by_email + pass->by_reference +
                             pass->again + pass->twice + pass->refused);
    return db_exec(ctx, &put_pass,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_text(str_of(passes[kind])),
                           db_int(pass->at), db_int(pass->lines), db_int(pass->rows),
                           db_int(pass->added), db_int(pass->by_phone), db_int(pass->by_email),
                           db_int(pass->by_reference), db_int(pass->again), db_int(pass->twice),
                           db_int(pass->refused), db_int(pass->points), db_int(pass->points_before),
                           db_int(pass->points_moved), db_int(pass->points_after)));
}

/* ---- keys of rows ---- */

DB_SQL(find_key, "SELECT line"
                 "  FROM customer_import_key"
                 " WHERE merchant_id = $1 AND import_id = $2 AND round = $3 AND hash = $4");

enum err
intake_store_find_key(struct ctx *ctx, const struct intake *intake, int64_t hash, int64_t *line)
{
    struct db_rows *rows = db_query(ctx, &find_key,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(intake->id.v),
                                            db_int(intake->round), db_int(hash)));

    *line = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(add_key, "INSERT INTO customer_import_key (merchant_id, import_id, round, hash, line)"
                " VALUES ($1, $2, $3, $4, $5)"
                "     ON CONFLICT DO NOTHING");

enum err
intake_store_add_key(struct ctx *ctx, const struct intake *intake, int64_t hash, int64_t line)
{
    return db_exec(ctx, &add_key,
                   DB_BIND(db_int(ctx->merchant.v), db_int(intake->id.v), db_int(intake->round),
                           db_int(hash), db_int(line)));
}

DB_SQL(remove_keys, "DELETE FROM customer_import_key"
                    " WHERE merchant_id = $1 AND import_id = $2"
                    "   AND (round, hash) IN (SELECT round, hash"
                    "                           FROM customer_import_key"
                    "                          WHERE merchant_id = $1 AND import_id = $2"
                    "                          LIMIT $3)");

enum err
intake_store_remove_keys(struct ctx *ctx, intake_id id, int max, int64_t *removed)
{
    return db_change(ctx, &remove_keys, DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(max)),
                     removed);
}

/* ---- rows that were taken ---- */

static enum err
read_has(struct db_rows *rows, bool *has)
{
    *has = db_next(rows);
    return db_done(rows);
}

DB_SQL(find_row, "SELECT customer_id"
                 "  FROM customer_import_row"
                 " WHERE merchant_id = $1 AND source_id = $2 AND line = $3");

enum err
intake_store_has_row(struct ctx *ctx, int64_t source, int64_t line, bool *has)
{
    return read_has(
        db_query(ctx, &find_row, DB_BIND(db_int(ctx->merchant.v), db_int(source), db_int(line))),
        has);
}

DB_SQL(find_row_of, "SELECT line"
                    "  FROM customer_import_row"
                    " WHERE merchant_id = $1 AND source_id = $2 AND customer_id = $3");

enum err
intake_store_has_customer(struct ctx *ctx, int64_t source, customer_id customer, bool *has)
{
    return read_has(db_query(ctx, &find_row_of,
                             DB_BIND(db_int(ctx->merchant.v), db_int(source), db_int(customer.v))),
                    has);
}

DB_SQL(add_row, "INSERT INTO customer_import_row (merchant_id, source_id, line, customer_id)"
                " VALUES ($1, $2, $3, $4)");

enum err
intake_store_add_row(struct ctx *ctx, const struct intake_taken *taken)
{
    return db_exec(ctx, &add_row,
                   DB_BIND(db_int(ctx->merchant.v), db_int(taken->source), db_int(taken->line),
                           db_int(taken->customer.v)));
}

/* ---- what columns were said to be ---- */

DB_SQL(find_columns, "SELECT columns"
                     "  FROM customer_import_columns"
                     " WHERE merchant_id = $1 AND header_hash = $2");

enum err
intake_store_find_columns(struct ctx *ctx, const uint8_t header[static HASH_LEN],
                          struct str *columns)
{
    struct db_rows *rows =
        db_query(ctx, &find_columns, DB_BIND(db_int(ctx->merchant.v), db_bytes(header, HASH_LEN)));

    *columns = db_next(rows) ? db_col_text(rows, 0) : STR("");
    return db_done(rows);
}

DB_SQL(put_columns, "INSERT INTO customer_import_columns (merchant_id, header_hash, columns)"
                    " VALUES ($1, $2, $3)"
                    "     ON CONFLICT (merchant_id, header_hash) DO UPDATE SET columns = $3");

enum err
intake_store_put_columns(struct ctx *ctx, const uint8_t header[static HASH_LEN], struct str columns)
{
    return db_exec(ctx, &put_columns,
                   DB_BIND(db_int(ctx->merchant.v), db_bytes(header, HASH_LEN), db_text(columns)));
}
