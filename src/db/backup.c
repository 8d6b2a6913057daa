/* backup — writing: see backup.h. */
#include "db/backup.h"
#include "db/backup_file.h"
#include "db/backup_walk.h"
#include "db/engine.h"
#include "db/schema.h"

DB_SQL(find_schema, "SELECT number, sha256"
                    "  FROM schema_migration"
                    " ORDER BY number DESC"
                    " LIMIT 1");

struct writing {
    struct backup_file file;
    const struct backup_watch *watch;
    struct backup_figures *figures;
};

static enum err
write_head(struct ctx *ctx, struct writing *writing)
{
    struct db_rows *rows = db_query(ctx, &find_schema, NULL, 0);
    bool found = db_next(rows);

    if (found) {
        writing->figures->schema = db_col_int(rows, 0);
        writing->figures->made_us = ctx->now_us;
        backup_file_begin(&writing->file, RECORD_HEAD);
        backup_file_put_number(&writing->file, writing->figures->made_us);
        backup_file_put_number(&writing->file, writing->figures->schema);
        backup_file_put_text(&writing->file, db_col_text(rows, 1));
    }
    TRY(db_done(rows));
    if (!found) return fail(ctx, ERR_DB_FAILED, "the database has no schema");
    return backup_file_end(ctx, &writing->file);
}

static enum err
write_table_head(struct ctx *ctx, struct backup_file *file, const struct schema_table *table)
{
    backup_file_begin(file, RECORD_TABLE);
    backup_file_put_text(file, table->name);
    backup_file_put_number(file, table->column_count);
    for (int i = 0; i < table->column_count; i++) {
        backup_file_put_text(file, table->columns[i].name);
        backup_file_put_byte(file, (uint8_t)table->columns[i].type);
    }
    return backup_file_end(ctx, file);
}

static void
put_value(struct backup_file *file, enum schema_type type, struct db_rows *rows, int column)
{
    if (db_col_is_null(rows, column)) {
        backup_file_put_byte(file, BACKUP_NULL);
        return;
    }
    backup_file_put_byte(file, (uint8_t)type);
    switch (type) {
    case SCHEMA_BIGINT:
        backup_file_put_number(file, db_col_int(rows, column));
        break;
    case SCHEMA_BOOLEAN:
        backup_file_put_byte(file, db_col_bool(rows, column));
        break;
    case SCHEMA_TEXT:
    case SCHEMA_BYTEA:
        backup_file_put_text(file, engine_col_borrowed(rows, column));
        break;
    }
}

static enum err
write_row(struct ctx *ctx, struct writing *writing, const struct schema_table *table,
          struct db_rows *rows)
{
    backup_file_begin(&writing->file, RECORD_ROW);
    for (int i = 0; i < table->column_count; i++)
        put_value(&writing->file, table->columns[i].type, rows, i);
    TRY(backup_file_end(ctx, &writing->file));
    backup_count_row(writing->watch, writing->figures, writing->file.file_len);
    return OK;
}

static enum err
write_table(struct ctx *ctx, struct writing *writing, const struct schema_table *table)
{
    int64_t rows_before = writing->figures->rows;
    enum err err = OK;

    writing->figures->table = str_z(ctx->arena, table->name);
    TRY(write_table_head(ctx, &writing->file, table));
    struct db_rows *rows = engine_stream(ctx, schema_select(ctx->arena, table));
    while (err == OK && db_next(rows))
        err = write_row(ctx, writing, table, rows);
    enum err done = db_done(rows);
    if (err == OK) err = done;
    if (err != OK) return err;

    backup_file_begin(&writing->file, RECORD_TABLE_END);
    backup_file_put_number(&writing->file, writing->figures->rows - rows_before);
    writing->figures->tables++;
    return backup_file_end(ctx, &writing->file);
}

static enum err
write_all(struct ctx *ctx, struct writing *writing)
{
    struct schema_table *tables;
    int count;

    TRY(write_head(ctx, writing));
    TRY(schema_list(ctx, &tables, &count));
    for (int i = 0; i < count; i++) {
        TRY(write_table(ctx, writing, &tables[i]));
    }
    backup_file_begin(&writing->file, RECORD_END);
    backup_file_put_number(&writing->file, writing->figures->tables);
    backup_file_put_number(&writing->file, writing->figures->rows);
    TRY(backup_file_end(ctx, &writing->file));
    return backup_file_finish(ctx, &writing->file);
}

enum err
backup_write(struct ctx *ctx, const char *path, const struct backup_watch *watch,
             struct backup_figures *figures)
{
    struct writing writing = {.watch = watch, .figures = figures};

    *figures = (struct backup_figures){0};
    enum err err = backup_file_create(ctx, path, &writing.file);
    if (err == OK) err = db_snapshot_begin(ctx);
    if (err == OK) {
        err = write_all(ctx, &writing);
        db_snapshot_end(ctx);
    }
    figures->file_len = writing.file.file_len;
    backup_file_close(&writing.file);
    if (err == OK) backup_tell_end(watch, figures);
    return err;
}
