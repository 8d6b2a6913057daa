/* retention_store — the rows of retention.h. */
#pragma once
#include "core/people/retention.h"

struct retention_row {
    struct retention retention;
    int64_t checked_id; /* how far the job has looked; 0: it begins */
};
MUST_USE enum err retention_store_find(struct ctx *ctx, struct retention_row *row);
MUST_USE enum err retention_store_put(struct ctx *ctx, const struct retention *wanted);
MUST_USE enum err retention_store_check(struct ctx *ctx, int64_t checked_id);

/* A customer with the newest of each kind of trace; 0: none. */
struct trace_row {
    struct quiet_customer customer;
    int64_t created_us, contact_us, session_us, order_us;
    int64_t event_id; /* the newest of an account of theirs */
};
/* Those who became known before a time, by id. */
MUST_USE enum err retention_store_list(struct ctx *ctx, int64_t after, int64_t created_before_us,
                                       int max, struct trace_row **rows, int *count);
MUST_USE enum err retention_store_put_contact(struct ctx *ctx, customer_id customer, int64_t at_us);
/* 0: none. */
MUST_USE enum err retention_store_find_contact(struct ctx *ctx, customer_id customer,
                                               int64_t *at_us);
MUST_USE enum err retention_store_remove_contact(struct ctx *ctx, customer_id customer);
