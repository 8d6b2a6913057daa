/* till_summary_store — the statements of till_summary.h. For this module only. */
#pragma once
#include "core/insight/till_summary.h"

/* What is added up: one till's, of a time. */
struct till_span {
    integration_id till;
    location_id location;
    int64_t from_us, until_us;
};
/* The merchant's own till; 0: it has none. */
MUST_USE enum err till_summary_store_find(struct ctx *ctx, integration_id *till);

struct till_sale {
    int64_t closed_us, total_minor, points;
    bool is_void, is_known;
    team_member_id team_member;
};
typedef void till_sale_add(void *self, const struct till_sale *sale);
/* Each sale of it that was closed; in no sequence. */
MUST_USE enum err till_summary_store_read_sales(struct ctx *ctx, const struct till_span *span,
                                                till_sale_add *add, void *self);
MUST_USE enum err till_summary_store_count_people(struct ctx *ctx, const struct till_span *span,
                                                  struct till_summary *summary);
MUST_USE enum err till_summary_store_sum_discounts(struct ctx *ctx, const struct till_span *span,
                                                   struct till_summary *summary);
MUST_USE enum err till_summary_store_sum_refunds(struct ctx *ctx, const struct till_span *span,
                                                 struct till_summary *summary);
