/* search_store — the statements of search.h, joined from pieces. For this module only. */
#pragma once
#include "core/customers/search.h"
#include "core/customers/words.h"

/* What a search's texts come to: words that all have to be there. */
struct search_words {
    struct word_range exact[6]; /* each a range of words */
    int exact_count;
    struct typed_words typed; /* each any of three, the rarest first */
};

MUST_USE enum err search_store_list(struct ctx *ctx, const struct customer_query *query,
                                    const struct search_words *words, struct customer_found **found,
                                    int *count);
MUST_USE enum err search_store_count(struct ctx *ctx, const struct customer_query *query,
                                     const struct search_words *words, int64_t *count);
MUST_USE enum err search_store_list_ids(struct ctx *ctx, const struct customer_query *query,
                                        const struct search_words *words, int max,
                                        customer_id **ids, int *count);
/*
 * By the first typed word alone, by id: the next ids behind query->after, which may be there
 * several times, one behind the other. *whole: these are all there are.
 */
MUST_USE enum err search_store_list_typed(struct ctx *ctx, const struct customer_query *query,
                                          const struct search_words *words, customer_id **ids,
                                          int *count, bool *whole);
/* How many names begin with a word, counted up to so many. */
enum { WORD_ROWS_MAX = 50000 };
MUST_USE enum err search_store_measure(struct ctx *ctx, const struct typed_word *word,
                                       int64_t *rows);
