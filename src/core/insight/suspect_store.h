/* suspect_store — what the database adds up for suspect.c. */
#pragma once
#include "core/insight/suspect.h"

/* A time, and what it is divided into: hours or weeks from its beginning on. */
struct suspect_span {
    int64_t from_us, until_us;
    int64_t part_us;
};

/* What a member gave in a part of the span; customer: to them alone, 0: to anybody. */
struct suspect_count {
    team_member_id member;
    customer_id customer;
    int64_t part; /* the first is 0 */
    int64_t credits;
};
/* Of each member and hour. by_hand: sales do not count. */
MUST_USE enum err suspect_store_count_hours(struct ctx *ctx, const struct suspect_span *span,
                                            bool by_hand, struct suspect_count **counts,
                                            int *count);
/* Of each member and customer in the whole span, where it was more than so often. */
MUST_USE enum err suspect_store_count_customers(struct ctx *ctx, const struct suspect_span *span,
                                                int64_t more_than, struct suspect_count **counts,
                                                int *count);

/* How many parts of the span had so many credits, the smallest first. */
struct suspect_bar {
    int64_t credits, parts;
    int64_t first; /* the id of the first credit of them */
};
MUST_USE enum err suspect_store_list_hand_hours(struct ctx *ctx, const struct suspect_span *span,
                                                struct suspect_bar **bars, int *count);
MUST_USE enum err suspect_store_list_customer_weeks(struct ctx *ctx,
                                                    const struct suspect_span *span,
                                                    struct suspect_bar **bars, int *count);
/* How many orders were closed in each part of the span that had any. */
struct suspect_sales {
    int64_t part, orders;
};
MUST_USE enum err suspect_store_list_sales(struct ctx *ctx, const struct suspect_span *span,
                                           struct suspect_sales **sales, int *count);

/* Who a member and a customer are, as both are written. */
struct suspect_names {
    struct str member_email, member_name;
    struct str customer_email, given_name, family_name;
};
/* found: both are there still. */
MUST_USE enum err suspect_store_find_names(struct ctx *ctx, team_member_id member,
                                           customer_id customer, struct suspect_names *names,
                                           bool *found);
