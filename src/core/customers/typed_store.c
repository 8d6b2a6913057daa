/*
 * typed_store — by typed words alone: the ids are sorted as they come out of the word index, and
 * nothing is looked up for those that are not shown. See search_store.h.
 */
#include "base/list.h"
#include "core/customers/search_store.h"
#include "db/compose.h"

#define WORD_IN "FROM customer_word AS w WHERE w.merchant_id = $1 AND w.word >= @ AND w.word < @"
#define ANY_OF_THREE                                                                               \
    "(SELECT w.customer_id " WORD_IN " UNION ALL SELECT w.customer_id " WORD_IN                    \
    " UNION ALL SELECT w.customer_id " WORD_IN ")"

DB_HEAD(ids_by_typed, "SELECT x.customer_id FROM " ANY_OF_THREE " AS x WHERE x.customer_id > 0");
DB_TAIL(typed_up, " AND x.customer_id > @ ORDER BY x.customer_id LIMIT @");
DB_TAIL(typed_down, " AND x.customer_id < @ ORDER BY x.customer_id DESC LIMIT @");

/* A customer has few words that begin alike; of those that one word finds, others may mean few. */
enum { ROWS_EACH = 8, ROWS_FOR_OTHERS = 2000 };

enum err
search_store_list_typed(struct ctx *ctx, const struct customer_query *query,
                        const struct search_words *words, customer_id **ids, int *count,
                        bool *whole)
{
    const struct db_piece *tail = query->newest_first ? &typed_down : &typed_up;
    const struct typed_word *word = &words->typed.at[0];
    int64_t edge = query->newest_first ? INT64_MAX : 0;
    int max = words->typed.count > 1 ? ROWS_FOR_OTHERS : query->limit * ROWS_EACH;

    ASSERT(words->typed.count > 0);
    struct db_composition search = db_compose(
        ctx, &ids_by_typed,
        DB_BIND(db_text(word->name.from), db_text(word->name.until), db_text(word->email.from),
                db_text(word->email.until), db_text(word->phone.from), db_text(word->phone.until)));
    db_compose_add(&search, tail,
                   DB_BIND(db_int(query->after != 0 ? query->after : edge), db_int(max)));
    struct db_rows *rows = db_query_composed(&search);
    *ids = NULL;
    *count = 0;
    while (db_next(rows)) {
        const customer_id id = {db_col_int(rows, 0)};

        LIST_ADD(ctx->arena, *ids, *count, id);
    }
    *whole = *count < max;
    return db_done(rows);
}

DB_SQL(measure_word, "SELECT COUNT(*)"
                     "  FROM (SELECT 1 FROM customer_word AS w"
                     "         WHERE w.merchant_id = $1 AND w.word >= $2 AND w.word < $3"
                     "         LIMIT $4) AS found");

enum err
search_store_measure(struct ctx *ctx, const struct typed_word *word, int64_t *rows)
{
    struct db_rows *found = db_query(ctx, &measure_word,
                                     DB_BIND(db_int(ctx->merchant.v), db_text(word->name.from),
                                             db_text(word->name.until), db_int(WORD_ROWS_MAX)));

    *rows = db_next(found) ? db_col_int(found, 0) : 0;
    return db_done(found);
}
