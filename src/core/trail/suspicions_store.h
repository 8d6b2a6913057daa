/* suspicions_store — the SQL of suspicions.h. */
#pragma once
#include "core/trail/suspicions.h"

/* is_news: there was none of that kind for that member and day, or fewer were counted. */
MUST_USE enum err suspicions_store_keep(struct ctx *ctx, const struct suspicion *suspicion,
                                        bool *is_news);
MUST_USE enum err suspicions_store_list(struct ctx *ctx, const struct suspicion_query *query,
                                        struct suspicion **suspicions, int *count);
/* first: the oldest one; 0: none is open. */
MUST_USE enum err suspicions_store_count_open(struct ctx *ctx, int64_t *count, suspicion_id *first);
MUST_USE enum err suspicions_store_find(struct ctx *ctx, suspicion_id id,
                                        struct suspicion *suspicion, bool *found);
MUST_USE enum err suspicions_store_close(struct ctx *ctx, const struct suspicion *suspicion);
MUST_USE enum err suspicions_store_erase_customer(struct ctx *ctx, customer_id customer);
MUST_USE enum err suspicions_store_forget(struct ctx *ctx, int64_t before, int max,
                                          int64_t *forgotten);
