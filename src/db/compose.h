/*
 * compose — the one place where a statement is put together at run time: of constant pieces.
 *
 * A search with twenty filters and five orders cannot be one statement: an optional filter written
 * as `($3 = 0 OR …)` keeps every index from being used. So a *_store.c names pieces, constants like
 * any DB_SQL, and a search joins the ones it wants:
 *
 *     DB_HEAD(ids_by_age, "SELECT l.id FROM listing AS l WHERE l.merchant_id = $1");
 *     DB_FILTER(by_visits, " AND l.visits >= @");
 *     DB_TAIL(age_down, " ORDER BY l.id DESC LIMIT @");
 *
 *     struct db_composition search = db_compose(ctx, &ids_by_age, NULL, 0);
 *     db_compose_add(&search, &by_visits, DB_BIND(db_int(5)));
 *     rows = db_query_composed(&search);
 *
 * $1 is the merchant; each @ is the next parameter, in the order the pieces are added. A piece's
 * text never depends on what somebody sent: that is bound, as everywhere. A head with a # has a
 * source there: a SELECT of the rows it goes through (db_compose_of).
 *
 * tools/check_sql.py joins the pieces of a file, each head named …_by_NAME with the tails named
 * NAME_…, with each filter and each pair of them, and each source; it prepares what comes of it on
 * both engines. tools/check_plans.py looks at the plans.
 */
#pragma once
#include "db/db.h"

struct db_piece {
    const char *name, *text;
};
#define DB_HEAD(name, text)   static const struct db_piece name = {#name, text}
#define DB_FILTER(name, text) static const struct db_piece name = {#name, text}
#define DB_TAIL(name, text)   static const struct db_piece name = {#name, text}
#define DB_SOURCE(name, text) static const struct db_piece name = {#name, text}
/* A head that is a statement with its source, and has neither filters nor tails. */
#define DB_ALONE(name, text) static const struct db_piece name = {#name, text}

enum { DB_COMPOSED_LEN_MAX = 16 << 10 };

struct db_composition {
    struct ctx *ctx;
    char *text;
    size_t len;
    const char *name; /* of the head, for logs */
    struct db_arg args[DB_ARGS_MAX];
    int arg_count;
};
/* Requires: ctx has a merchant; as many args as the piece has @ (asserted), also below. */
struct db_composition db_compose(struct ctx *ctx, const struct db_piece *head,
                                 const struct db_arg *args, int arg_count);
/* A head with a source where its # is; the args as they come in the text of both. */
struct db_composition db_compose_of(struct ctx *ctx, const struct db_piece *head,
                                    const struct db_piece *source, const struct db_arg *args,
                                    int arg_count);
void db_compose_add(struct db_composition *composition, const struct db_piece *piece,
                    const struct db_arg *args, int arg_count);
/* As db_query. It is prepared, run once and forgotten. Errors: those of db_exec */
struct db_rows *db_query_composed(struct db_composition *composition);
