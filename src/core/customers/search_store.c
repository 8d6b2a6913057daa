/* search_store — pages of customers, by words and times; see customers_store.h. */
#include "base/list.h"
#include "core/customers/customers_store.h"
#include "db/db.h"

static enum err
read_page(struct ctx *ctx, struct db_rows *rows, struct customer **customers, int *count)
{
    *customers = NULL;
    *count = 0;
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, *customers, *count, customers_store_read(rows));
    }
    return db_done(rows);
}

/* Bounds that are open hold the first or last number there is, so that the clause stays one that
 * an index can be entered by. */
static int64_t
until_or_never(int64_t until_us)
{
    return until_us == 0 ? INT64_MAX : until_us;
}

#define PAGE_FILTER                                                                                \
    "   AND ($3 = '' OR c.source = $3)"                                                            \
    "   AND c.created_us >= $4 AND c.created_us < $5"                                              \
    "   AND c.updated_us >= $6 AND c.updated_us < $7"

DB_SQL(list_oldest, "SELECT " CUSTOMER_COLUMNS "  FROM customer c"
                    " WHERE c.merchant_id = $1 AND c.id > $2" PAGE_FILTER " ORDER BY c.id"
                    " LIMIT $8");
DB_SQL(list_newest, "SELECT " CUSTOMER_COLUMNS "  FROM customer c"
                    " WHERE c.merchant_id = $1 AND c.id < $2" PAGE_FILTER " ORDER BY c.id DESC"
                    " LIMIT $8");

static enum err
list_all(struct ctx *ctx, const struct customer_query *query, struct customer **customers,
         int *count)
{
    int64_t after = query->newest_first && query->after == 0 ? INT64_MAX : query->after;
    const struct db_sql *sql = query->newest_first ? &list_newest : &list_oldest;

    return read_page(
        ctx,
        db_query(ctx, sql,
                 DB_BIND(db_int(ctx->merchant.v), db_int(after), db_text(query->source),
                         db_int(query->created_from_us),
                         db_int(until_or_never(query->created_until_us)),
                         db_int(query->updated_from_us),
                         db_int(until_or_never(query->updated_until_us)), db_int(query->limit))),
        customers, count);
}

#define ALSO_IN(from, until)                                                                       \
    "   AND (" from " = '' OR c.id IN (SELECT w.customer_id FROM customer_word w"                  \
    "        WHERE w.merchant_id = $1 AND w.word >= " from " AND w.word < " until "))"

/* $2 is 1 for oldest first and -1 for newest first: sorting by id times it serves both, and what
 * is sorted is only what the words found. */
/* clang-format off */
DB_SQL(list_by_words, "SELECT " CUSTOMER_COLUMNS
                      "  FROM customer c"
                      " WHERE c.merchant_id = $1"
                      "   AND c.id IN (SELECT w.customer_id FROM customer_word w"
                      "        WHERE w.merchant_id = $1 AND w.word >= $10 AND w.word < $11)"
                      ALSO_IN("$12", "$13") ALSO_IN("$14", "$15") ALSO_IN("$16", "$17")
                      ALSO_IN("$18", "$19") ALSO_IN("$20", "$21")
                      "   AND c.id * $2 > $9"
                      PAGE_FILTER
                      " ORDER BY c.id * $2"
                      " LIMIT $8");
/* clang-format on */

static enum err
list_by_ranges(struct ctx *ctx, const struct customer_scan *scan, struct customer **customers,
               int *count)
{
    const struct customer_query *query = scan->query;
    const struct word_range *ranges = scan->ranges;
    int64_t direction = query->newest_first ? -1 : 1;
    int64_t after = query->after == 0 ? INT64_MIN : query->after * direction;

    return read_page(
        ctx,
        db_query(
            ctx, &list_by_words,
            DB_BIND(db_int(ctx->merchant.v), db_int(direction), db_text(query->source),
                    db_int(query->created_from_us), db_int(until_or_never(query->created_until_us)),
                    db_int(query->updated_from_us), db_int(until_or_never(query->updated_until_us)),
                    db_int(query->limit), db_int(after), db_text(ranges[0].from),
                    db_text(ranges[0].until), db_text(ranges[1].from), db_text(ranges[1].until),
                    db_text(ranges[2].from), db_text(ranges[2].until), db_text(ranges[3].from),
                    db_text(ranges[3].until), db_text(ranges[4].from), db_text(ranges[4].until),
                    db_text(ranges[5].from), db_text(ranges[5].until))),
        customers, count);
}

enum err
customers_store_scan(struct ctx *ctx, const struct customer_scan *scan, struct customer **customers,
                     int *count)
{
    if (scan->range_count == 0) return list_all(ctx, scan->query, customers, count);
    return list_by_ranges(ctx, scan, customers, count);
}

/* ---- by what was typed ---- */

/* clang-format off */
#define WORDS_BETWEEN(from, until)                                                                 \
    "FROM customer_word w WHERE w.merchant_id = $1 AND w.word >= " from " AND w.word < " until
/* Whoever has a word like this in a name, an address or at the end of a number. */
#define HAS_TYPED(n, n_until, e, e_until, p, p_until)                                              \
    "c.id IN (SELECT w.customer_id " WORDS_BETWEEN(n, n_until)                                     \
    " UNION ALL SELECT w.customer_id " WORDS_BETWEEN(e, e_until)                                   \
    " UNION ALL SELECT w.customer_id " WORDS_BETWEEN(p, p_until) ")"

DB_SQL(list_typed, "SELECT " CUSTOMER_COLUMNS
                   "  FROM customer c"
                   " WHERE c.merchant_id = $1"
                   "   AND " HAS_TYPED("$10", "$11", "$12", "$13", "$14", "$15")
                   "   AND ($16 = '' OR " HAS_TYPED("$16", "$17", "$18", "$19", "$20", "$21") ")"
                   "   AND ($22 = '' OR " HAS_TYPED("$22", "$23", "$24", "$25", "$26", "$27") ")"
                   "   AND ($28 = '' OR " HAS_TYPED("$28", "$29", "$30", "$31", "$32", "$33") ")"
                   "   AND c.id * $2 > $9"
                   PAGE_FILTER
                   " ORDER BY c.id * $2"
                   " LIMIT $8");
/* clang-format on */
enum { PAGE_ARGS = 9, RANGES_A_WORD = 3, TYPED_ARGS = PAGE_ARGS + WORDS_TYPED_MAX * 6 };
_Static_assert(WORDS_TYPED_MAX == 4, "list_typed has four");

enum err
search_store_list(struct ctx *ctx, const struct customer_query *query,
                  const struct typed_words *typed, struct customer **customers, int *count)
{
    int64_t direction = query->newest_first ? -1 : 1;
    struct db_arg args[TYPED_ARGS] = {
        db_int(ctx->merchant.v),
        db_int(direction),
        db_text(query->source),
        db_int(query->created_from_us),
        db_int(until_or_never(query->created_until_us)),
        db_int(query->updated_from_us),
        db_int(until_or_never(query->updated_until_us)),
        db_int(query->limit),
        db_int(query->after == 0 ? INT64_MIN : query->after * direction),
    };
    int arg_count = PAGE_ARGS;

    for (int i = 0; i < WORDS_TYPED_MAX; i++) {
        struct typed_word none = {0};
        struct typed_word word = i < typed->count ? typed->at[i] : none;
        const struct word_range ranges[RANGES_A_WORD] = {word.name, word.email, word.phone};

        for (int r = 0; r < RANGES_A_WORD; r++) {
            args[arg_count++] = db_text(ranges[r].from);
            args[arg_count++] = db_text(ranges[r].until);
        }
    }
    ASSERT(arg_count == TYPED_ARGS);
    return read_page(ctx, db_query(ctx, &list_typed, args, arg_count), customers, count);
}
