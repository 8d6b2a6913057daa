/* compose — see compose.h. */
#include "db/compose.h"
#include "db/engine.h"
#include <stdio.h>
#include <string.h>

static void
append(struct db_composition *composition, const char *text, size_t len)
{
    ASSERT(composition->len + len < DB_COMPOSED_LEN_MAX);
    memcpy(composition->text + composition->len, text, len);
    composition->len += len;
    composition->text[composition->len] = '\0';
}

/* Numbers the parameters of a piece behind those that are there. */
static void
append_piece(struct db_composition *composition, const struct db_piece *piece, int arg_count)
{
    const char *from = piece->text;
    int given = 0;

    for (const char *at = strchr(from, '@'); at != NULL; at = strchr(from, '@')) {
        char number[16];
        int len = snprintf(number, sizeof number, "$%d", composition->arg_count + ++given);

        append(composition, from, (size_t)(at - from));
        append(composition, number, (size_t)len);
        from = at + 1;
    }
    append(composition, from, strlen(from));
    ASSERT(given == arg_count);
}

void
db_compose_add(struct db_composition *composition, const struct db_piece *piece,
               const struct db_arg *args, int arg_count)
{
    append_piece(composition, piece, arg_count);
    ASSERT(composition->arg_count + arg_count <= DB_ARGS_MAX);
    for (int i = 0; i < arg_count; i++) {
        composition->args[composition->arg_count++] = args[i];
    }
}

struct db_composition
db_compose(struct ctx *ctx, const struct db_piece *head, const struct db_arg *args, int arg_count)
{
    struct db_composition composition = {
        .ctx = ctx,
        .text = arena_alloc(ctx->arena, DB_COMPOSED_LEN_MAX),
        .name = head->name,
        .args = {db_int(ctx->merchant.v)},
        .arg_count = 1,
    };

    ASSERT(ctx->merchant.v != 0);
    db_compose_add(&composition, head, args, arg_count);
    return composition;
}

struct db_rows *
db_query_composed(struct db_composition *composition)
{
    struct db_sql *sql = arena_alloc(composition->ctx->arena, sizeof *sql);

    *sql = (struct db_sql){composition->name, composition->text};
    return engine_query_once(composition->ctx, sql, composition->args, composition->arg_count);
}
