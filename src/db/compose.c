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

/* Numbers the parameters of a text behind those that are there; gives how many it has. */
static int
append_text(struct db_composition *composition, const char *from, size_t len, int before)
{
    const char *end = from + len;
    int given = 0;

    for (const char *at = memchr(from, '@', len); at != NULL;
         at = memchr(from, '@', (size_t)(end - from))) {
        char number[16];
        int number_len =
            snprintf(number, sizeof number, "$%d", composition->arg_count + before + ++given);

        append(composition, from, (size_t)(at - from));
        append(composition, number, (size_t)number_len);
        from = at + 1;
    }
    append(composition, from, (size_t)(end - from));
    return given;
}

static void
bind(struct db_composition *composition, const struct db_arg *args, int arg_count)
{
    ASSERT(composition->arg_count + arg_count <= DB_ARGS_MAX);
    for (int i = 0; i < arg_count; i++) {
        composition->args[composition->arg_count++] = args[i];
    }
}

void
db_compose_add(struct db_composition *composition, const struct db_piece *piece,
               const struct db_arg *args, int arg_count)
{
    int given = append_text(composition, piece->text, strlen(piece->text), 0);

    ASSERT(given == arg_count);
    bind(composition, args, arg_count);
}

static struct db_composition
begin(struct ctx *ctx, const struct db_piece *head)
{
    ASSERT(ctx->merchant.v != 0);
    return (struct db_composition){
        .ctx = ctx,
        .text = arena_alloc(ctx->arena, DB_COMPOSED_LEN_MAX),
        .name = head->name,
        .args = {db_int(ctx->merchant.v)},
        .arg_count = 1,
    };
}

struct db_composition
db_compose(struct ctx *ctx, const struct db_piece *head, const struct db_arg *args, int arg_count)
{
    struct db_composition composition = begin(ctx, head);

    ASSERT(strchr(head->text, '#') == NULL);
    db_compose_add(&composition, head, args, arg_count);
    return composition;
}

struct db_composition
db_compose_of(struct ctx *ctx, const struct db_piece *head, const struct db_piece *source,
              const struct db_arg *args, int arg_count)
{
    struct db_composition composition = begin(ctx, head);
    const char *hole = strchr(head->text, '#');

    ASSERT(hole != NULL);
    int given = append_text(&composition, head->text, (size_t)(hole - head->text), 0);
    given += append_text(&composition, source->text, strlen(source->text), given);
    given += append_text(&composition, hole + 1, strlen(hole + 1), given);
    ASSERT(given == arg_count);
    bind(&composition, args, arg_count);
    return composition;
}

struct db_rows *
db_query_composed(struct db_composition *composition)
{
    struct db_sql *sql = arena_alloc(composition->ctx->arena, sizeof *sql);

    *sql = (struct db_sql){composition->name, composition->text};
    return engine_query_once(composition->ctx, sql, composition->args, composition->arg_count);
}
