/* restore — reading a backup: see backup.h. */
#include "db/backup.h"
#include "db/backup_file.h"
#include "db/backup_walk.h"
#include "db/engine.h"
#include "db/migrate.h"
#include "db/schema.h"

enum { ROWS_BETWEEN_TELLS = 20000 };

void
backup_count_row(const struct backup_watch *watch, struct backup_figures *figures, int64_t file_len)
{
    figures->rows++;
    figures->file_len = file_len;
    if (watch && figures->rows % ROWS_BETWEEN_TELLS == 0) watch->tell(watch->self, figures);
}

void
backup_tell_end(const struct backup_watch *watch, struct backup_figures *figures)
{
    figures->table = NULL;
    if (watch) watch->tell(watch->self, figures);
}

/* A backup being read. Without tables to fill it is only verified. */
struct reading {
    struct backup_file file;
    const struct backup_watch *watch;
    struct backup_figures *figures;
    struct str schema_sha256;
    int migrations;               /* how many of ours make its schema */
    struct schema_table *targets; /* of the database; NULL: verifying */
    int target_count;
    struct schema_table table; /* as the backup describes it */
    struct db_sql insert;
};

static enum err
unreadable(struct ctx *ctx, const struct reading *reading, const char *what)
{
    return fail(ctx, ERR_BACKUP_UNREADABLE, "%s: %s, at byte %lld", reading->file.path, what,
                (long long)reading->file.file_len);
}

/* ---- head and tables ---- */

static enum err
read_head(struct ctx *ctx, struct reading *reading)
{
    struct backup_file *file = &reading->file;

    TRY(backup_file_next(ctx, file));
    reading->figures->made_us = backup_file_take_number(file);
    reading->figures->schema = backup_file_take_number(file);
    reading->schema_sha256 = str_copy(ctx->arena, backup_file_take_text(file));
    if (file->kind != RECORD_HEAD || !backup_file_taken_whole(file)) {
        return unreadable(ctx, reading, "it has no head");
    }
    if (reading->figures->schema > migrations[migration_count - 1].number) {
        return unreadable(ctx, reading, "it was made by a newer program");
    }
    for (int i = 0; i < migration_count; i++) {
        if (migrations[i].number == reading->figures->schema) reading->migrations = i + 1;
    }
    if (reading->migrations == 0) return unreadable(ctx, reading, "no program had its schema");
    return OK;
}

/* Names go into SQL: only what our migrations would write. */
static bool
is_name(struct str name)
{
    if (name.len == 0 || name.len > BACKUP_NAME_MAX) return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    }
    return true;
}

static bool
is_type(uint8_t type)
{
    return type == SCHEMA_BIGINT || type == SCHEMA_TEXT || type == SCHEMA_BOOLEAN ||
           type == SCHEMA_BYTEA;
}

static bool
take_table(struct ctx *ctx, struct backup_file *file, struct schema_table *table)
{
    table->name = str_copy(ctx->arena, backup_file_take_text(file));
    int64_t count = backup_file_take_number(file);
    if (!is_name(table->name) || count < 1 || count > DB_ARGS_MAX) return false;
    for (int i = 0; i < count; i++) {
        struct schema_column *column = &table->columns[i];
        column->name = str_copy(ctx->arena, backup_file_take_text(file));
        uint8_t type = backup_file_take_byte(file);
        if (!is_name(column->name) || !is_type(type)) return false;
        column->type = (enum schema_type)type;
    }
    table->column_count = (int)count;
    return backup_file_taken_whole(file);
}

static bool
is_same_table(const struct schema_table *a, const struct schema_table *b)
{
    if (!str_is(a->name, b->name) || a->column_count != b->column_count) return false;
    for (int i = 0; i < a->column_count; i++) {
        if (!str_is(a->columns[i].name, b->columns[i].name)) return false;
        if (a->columns[i].type != b->columns[i].type) return false;
    }
    return true;
}

static enum err
start_table(struct ctx *ctx, struct reading *reading)
{
    struct schema_table *table = &reading->table;

    *table = (struct schema_table){0};
    if (!take_table(ctx, &reading->file, table)) return unreadable(ctx, reading, "a bad table");
    reading->figures->table = str_z(ctx->arena, table->name);
    if (!reading->targets) return OK;
    for (int i = 0; i < reading->target_count; i++) {
        if (!is_same_table(table, &reading->targets[i])) continue;
        engine_empty_cache(ctx->db); /* insert is the name of another statement from here on */
        reading->insert = (struct db_sql){"restore", schema_insert(ctx->arena, table)};
        return OK;
    }
    return unreadable(ctx, reading, "a table that the schema does not have");
}

/* ---- rows ---- */

static bool
take_value(struct backup_file *file, enum schema_type type, struct db_arg *arg)
{
    uint8_t tag = backup_file_take_byte(file);
    bool is_null = tag == BACKUP_NULL;

    if (!is_null && tag != (uint8_t)type) return false;
    switch (type) {
    case SCHEMA_BIGINT:
        *arg = db_int(is_null ? 0 : backup_file_take_number(file));
        break;
    case SCHEMA_BOOLEAN:
        *arg = db_bool(!is_null && backup_file_take_byte(file) != 0);
        break;
    case SCHEMA_TEXT:
        *arg = db_text(is_null ? STR("") : backup_file_take_text(file));
        break;
    case SCHEMA_BYTEA:
        *arg = db_text(is_null ? STR("") : backup_file_take_text(file));
        arg->type = DB_BYTES;
        break;
    }
    arg->is_null = is_null;
    return true;
}

static enum err
read_row(struct ctx *ctx, struct reading *reading)
{
    struct db_arg args[DB_ARGS_MAX];
    const struct schema_table *table = &reading->table;

    for (int i = 0; i < table->column_count; i++) {
        if (take_value(&reading->file, table->columns[i].type, &args[i])) continue;
        return unreadable(ctx, reading, "a value of another type");
    }
    if (table->column_count == 0 || !backup_file_taken_whole(&reading->file)) {
        return unreadable(ctx, reading, "a bad row");
    }
    if (reading->targets) TRY(db_exec(ctx, &reading->insert, args, table->column_count));
    backup_count_row(reading->watch, reading->figures, reading->file.file_len);
    return OK;
}

/* ---- all of it ---- */

static enum err
end_table(struct ctx *ctx, struct reading *reading, int64_t *rows_before)
{
    int64_t noted = backup_file_take_number(&reading->file);

    if (noted != reading->figures->rows - *rows_before ||
        !backup_file_taken_whole(&reading->file)) {
        return unreadable(ctx, reading, "a table has another number of rows than it says");
    }
    *rows_before = reading->figures->rows;
    reading->figures->tables++;
    reading->table.column_count = 0; /* no row may follow */
    return OK;
}

static enum err
end_all(struct ctx *ctx, struct reading *reading)
{
    int64_t tables = backup_file_take_number(&reading->file);
    int64_t rows = backup_file_take_number(&reading->file);

    if (tables != reading->figures->tables || rows != reading->figures->rows) {
        return unreadable(ctx, reading, "tables or rows are missing");
    }
    return backup_file_check_end(ctx, &reading->file);
}

static enum err
read_records(struct ctx *ctx, struct reading *reading)
{
    int64_t rows_before = 0;

    for (;;) {
        TRY(backup_file_next(ctx, &reading->file));
        switch (reading->file.kind) {
        case RECORD_TABLE:
            TRY(start_table(ctx, reading));
            break;
        case RECORD_ROW:
            TRY(read_row(ctx, reading));
            break;
        case RECORD_TABLE_END:
            TRY(end_table(ctx, reading, &rows_before));
            break;
        case RECORD_END:
            return end_all(ctx, reading);
        case RECORD_HEAD:
        default: /* whatever a damaged file has there */
            return unreadable(ctx, reading, "an unknown record");
        }
    }
}

enum err
backup_verify(struct ctx *ctx, const char *path, const struct backup_watch *watch,
              struct backup_figures *figures)
{
    struct reading reading = {.watch = watch, .figures = figures};

    *figures = (struct backup_figures){0};
    enum err err = backup_file_open(ctx, path, &reading.file);
    if (err == OK) err = read_head(ctx, &reading);
    if (err == OK) err = read_records(ctx, &reading);
    figures->file_len = reading.file.file_len;
    backup_file_close(&reading.file);
    if (err == OK) backup_tell_end(watch, figures);
    return err;
}

/* ---- into a database ---- */

/* The schema that the backup was taken from, and not one that only has its number. */
static enum err
make_schema(struct ctx *ctx, struct reading *reading)
{
    int ran, count = reading->migrations;

    if (!str_is(reading->schema_sha256, migrate_checksum(ctx->arena, &migrations[count - 1]))) {
        return unreadable(ctx, reading, "its schema is not one of this program's");
    }
    TRY(migrate_run_list(ctx, migrations, count, &ran));
    return schema_list(ctx, &reading->targets, &reading->target_count);
}

static enum err
check_empty(struct ctx *ctx, const struct reading *reading)
{
    for (int i = 0; i < reading->target_count; i++) {
        struct str name = reading->targets[i].name;
        struct str text = str_format(ctx->arena, "SELECT 1 FROM \"%.*s\" LIMIT 1", STR_ARG(name));
        struct db_rows *rows = engine_stream(ctx, text.at);
        bool has_rows = db_next(rows);
        TRY(db_done(rows));
        if (!has_rows) continue;
        return fail(ctx, ERR_BACKUP_NOT_EMPTY, "table %.*s has rows", STR_ARG(name));
    }
    return OK;
}

static enum err
fill(struct ctx *ctx, struct reading *reading)
{
    TRY(db_begin(ctx));
    enum err err = check_empty(ctx, reading);
    if (err == OK) err = read_records(ctx, reading);
    if (err == OK) {
        err = db_commit(ctx);
    } else {
        db_rollback(ctx);
    }
    engine_empty_cache(ctx->db); /* reading->insert goes */
    return err;
}

/* Without figures of what the tables hold now, PostgreSQL would plan for empty ones, and take
 * minutes for what takes it a second, until its own look at them some minutes later. */
static enum err
let_engine_look(struct ctx *ctx)
{
    return db_engine_of(ctx->db) == DB_POSTGRES ? db_run_script(ctx, "ANALYZE") : OK;
}

enum err
backup_restore(struct ctx *ctx, const char *path, const struct backup_watch *watch,
               struct backup_figures *figures)
{
    struct reading reading = {.watch = watch, .figures = figures};
    int ran;

    *figures = (struct backup_figures){0};
    enum err err = backup_file_open(ctx, path, &reading.file);
    if (err == OK) err = read_head(ctx, &reading);
    if (err == OK) err = make_schema(ctx, &reading);
    if (err == OK) err = fill(ctx, &reading);
    if (err == OK) err = migrate_run(ctx, &ran);
    if (err == OK) err = let_engine_look(ctx);
    figures->file_len = reading.file.file_len;
    backup_file_close(&reading.file);
    if (err == OK) backup_tell_end(watch, figures);
    return err;
}
