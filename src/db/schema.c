/* schema — see schema.h. */
#include "db/schema.h"
#include "db/engine.h"

enum { TABLES_MAX = 500 };

static enum err
parse_type(struct ctx *ctx, const struct schema_table *table, struct str text,
           enum schema_type *type)
{
    static const struct {
        const char *name;
        enum schema_type type;
    } known[] = {{"bigint", SCHEMA_BIGINT},
                 {"text", SCHEMA_TEXT},
                 {"boolean", SCHEMA_BOOLEAN},
                 {"bytea", SCHEMA_BYTEA}};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (!str_is(text, str_of(known[i].name))) continue;
        *type = known[i].type;
        return OK;
    }
    return fail(ctx, ERR_DB_FAILED, "table %.*s has a column of type %.*s", STR_ARG(table->name),
                STR_ARG(text));
}

static enum err
list_columns(struct ctx *ctx, struct schema_table *table)
{
    struct db_rows *rows =
        db_query(ctx, ctx->db->engine->list_columns, DB_BIND(db_text(table->name)));
    enum err err = OK;

    while (err == OK && db_next(rows)) {
        ASSERT(table->column_count < DB_ARGS_MAX); /* of our migrations */
        struct schema_column *column = &table->columns[table->column_count++];
        column->name = db_col_text(rows, 0);
        column->key_place = (int)db_col_int(rows, 2);
        err = parse_type(ctx, table, db_col_text(rows, 1), &column->type);
    }
    enum err done = db_done(rows);
    return err != OK ? err : done;
}

enum err
schema_list(struct ctx *ctx, struct schema_table **tables, int *count)
{
    struct schema_table *found = ARENA_ARRAY(ctx->arena, struct schema_table, TABLES_MAX);
    struct db_rows *rows = db_query(ctx, ctx->db->engine->list_tables, NULL, 0);

    *count = 0;
    while (db_next(rows)) {
        ASSERT(*count < TABLES_MAX);
        found[(*count)++].name = db_col_text(rows, 0);
    }
    TRY(db_done(rows));
    for (int i = 0; i < *count; i++) {
        TRY(list_columns(ctx, &found[i]));
    }
    *tables = found;
    return OK;
}

/* ---- composed SQL ---- */

static struct str
add_name(struct arena *arena, struct str text, const char *before, struct str name)
{
    return str_format(arena, "%.*s%s\"%.*s\"", STR_ARG(text), before, STR_ARG(name));
}

/* The columns one after the other, or those of the primary key in its order. */
static struct str
add_columns(struct arena *arena, struct str text, const struct schema_table *table)
{
    for (int i = 0; i < table->column_count; i++)
        text = add_name(arena, text, i > 0 ? ", " : "", table->columns[i].name);
    return text;
}

static struct str
add_key(struct arena *arena, struct str text, const struct schema_table *table)
{
    int added = 0;

    /* PostgreSQL's places may begin with 2: so all that could be are looked for. */
    for (int place = 1; place <= table->column_count + 1; place++) {
        for (int i = 0; i < table->column_count; i++) {
            if (table->columns[i].key_place != place) continue;
            text = add_name(arena, text, added++ > 0 ? ", " : "", table->columns[i].name);
        }
    }
    return added > 0 ? text : add_columns(arena, text, table);
}

const char *
schema_select(struct arena *arena, const struct schema_table *table)
{
    struct str text = add_columns(arena, STR("SELECT "), table);

    text = add_name(arena, text, " FROM ", table->name);
    text = str_format(arena, "%.*s ORDER BY ", STR_ARG(text));
    return add_key(arena, text, table).at;
}

const char *
schema_insert(struct arena *arena, const struct schema_table *table)
{
    struct str text = add_name(arena, STR(""), "INSERT INTO ", table->name);

    text = str_format(arena, "%.*s (", STR_ARG(text));
    text = add_columns(arena, text, table);
    text = str_format(arena, "%.*s) VALUES (", STR_ARG(text));
    for (int i = 0; i < table->column_count; i++)
        text = str_format(arena, "%.*s%s$%d", STR_ARG(text), i > 0 ? ", " : "", i + 1);
    return str_format(arena, "%.*s)", STR_ARG(text)).at;
}
