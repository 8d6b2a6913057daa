/* orders_store — the rows of orders.h: orders, and the facts that their state is made of. */
#pragma once
#include "core/orders/orders.h"

enum order_status { ORDER_OPEN, ORDER_COMPLETED, ORDER_CANCELED };

struct order_card {
    struct str hash; /* 32 bytes; empty: none */
    struct str brand, last_4;
};

/* A row of order_head. */
struct order_row {
    order_id id; /* 0: not stored yet */
    integration_id integration;
    struct str vendor_order;
    enum order_status status;
    struct str establishment, vendor_register;
    location_id location; /* 0: the establishment is not associated */
    register_id reg;
    struct str currency;
    int64_t total_minor, tax_minor, tip_minor, refunded_minor;
    int64_t closed_us, received_us, updated_us;
    struct str external_customer;
    struct order_card card;
    enum claim_state claim;
    int64_t claim_until_us; /* 0: was never complete */
    account_id account;
    int64_t points;
    team_member_id team_member; /* who closed it on our till; 0: a POS's */
    customer_id customer;       /* not stored: whom the till named, until there is an account */
};

struct str order_status_name(enum order_status status);
struct str order_claim_name(enum claim_state claim);
/* What a statement selects whose rows orders_store_read_page reads, to the end. */
#define ORDER_COLUMNS                                                                              \
    "id, integration_id, vendor_order, status, establishment, vendor_register, location_id,"       \
    " register_id, currency, total_minor, tax_minor, tip_minor, refunded_minor, closed_us,"        \
    " received_us, updated_us, external_customer, card_hash, card_brand, card_last_4,"             \
    " claim_state, claim_until_us, account_id, points, team_member_id"
struct db_rows;
MUST_USE enum err orders_store_read_page(struct ctx *ctx, struct db_rows *page,
                                         struct order_row **rows, int *count);
MUST_USE enum err orders_store_find(struct ctx *ctx, order_id id, struct order_row *row);
/* By its natural key; row->id stays 0 when there is none. */
MUST_USE enum err orders_store_match(struct ctx *ctx, integration_id integration,
                                     struct str vendor_order, struct order_row *row);
/* added is false when the natural key is there already: a lost race. */
MUST_USE enum err orders_store_add(struct ctx *ctx, const struct order_row *row, bool *added);
MUST_USE enum err orders_store_change(struct ctx *ctx, const struct order_row *row);
/* Whose it is, and its points: what the other columns' indexes are in stays as it is. */
MUST_USE enum err orders_store_change_claim(struct ctx *ctx, const struct order_row *row);
/* The newest first. */
MUST_USE enum err orders_store_list_waiting(struct ctx *ctx, register_id reg, int max,
                                            struct order_row **rows, int *count);
/* Waiting past their time, oldest first. */
MUST_USE enum err orders_store_list_overdue(struct ctx *ctx, int max, struct order_row **rows,
                                            int *count);
/* Without a location, of an establishment. */
MUST_USE enum err orders_store_list_unplaced(struct ctx *ctx, integration_id integration,
                                             struct str establishment, int max,
                                             struct order_row **rows, int *count);

/* ---- search: search_store.c ---- */
struct order_filter {
    int64_t from_us, until_us; /* closed; until is exclusive */
    struct str card_last_4;    /* empty: any */
    account_id account;        /* 0: any */
    bool in_any_state;
    enum claim_state claim; /* otherwise in this one */
    const int64_t *locations;
    int location_count;
    team_member_id of; /* at their places; 0: anywhere */
    int64_t before_us; /* closed before then, */
    order_id before;   /* or then and made before this one */
    int limit;
};
/* The newest first. */
MUST_USE enum err orders_store_search(struct ctx *ctx, const struct order_filter *filter,
                                      struct order_row **rows, int *count);

/* ---- lines ---- */
MUST_USE enum err orders_store_remove_lines(struct ctx *ctx, order_id order);
MUST_USE enum err orders_store_add_lines(struct ctx *ctx, order_id order,
                                         const struct pos_line *lines, int count);
/* As they were told, and what of the catalog they were. */
MUST_USE enum err orders_store_list_lines(struct ctx *ctx, order_id order, struct pos_line **lines,
                                          int *count);

/* ---- payments ---- */
struct order_payment {
    integration_id integration;
    struct str vendor_payment;
    order_id order;
    int64_t amount_minor, tip_minor; /* 0 unless completed */
    bool completed;
    int64_t updated_us, paid_us;
    struct str establishment, vendor_register, external_customer;
    struct order_card card;
};
/* changed is false when what is stored is newer, or the same. */
MUST_USE enum err orders_store_put_payment(struct ctx *ctx, const struct order_payment *payment,
                                           bool *changed);
/* Completed ones, the last told first. */
MUST_USE enum err orders_store_list_payments(struct ctx *ctx, order_id order,
                                             struct order_payment **payments, int *count);
/* The order that a payment belongs to; 0: no such payment yet. */
MUST_USE enum err orders_store_find_payment(struct ctx *ctx, integration_id integration,
                                            struct str vendor_payment, order_id *order);

/* ---- refunds ---- */
struct order_void;
struct order_refund {
    integration_id integration;
    struct str vendor_refund, vendor_order, vendor_payment;
    int64_t amount_minor, at_us;
    /* Of our own till alone; see struct pos_message. */
    struct str reason;
    team_member_id team_member;
    credit_note_id credit_note;
};
MUST_USE enum err orders_store_put_refund(struct ctx *ctx, const struct order_refund *refund,
                                          bool *changed);
/* By the integration's name for it; its vendor_refund stays empty when there is none. */
MUST_USE enum err orders_store_find_refund(struct ctx *ctx, integration_id integration,
                                           struct str vendor_refund, struct order_refund *refund);
/* What of which lines a refund gave back, in place of what was told of it before. */
MUST_USE enum err orders_store_put_refund_lines(struct ctx *ctx, const struct order_refund *refund,
                                                const struct pos_refund_line *lines, int count);
/* Of one refund, line by line. */
MUST_USE enum err orders_store_list_refund_lines(struct ctx *ctx, const struct order_refund *refund,
                                                 struct pos_refund_line **lines, int *count);
/* Of all of an order's refunds, added up by line. */
MUST_USE enum err orders_store_sum_refund_lines(struct ctx *ctx, const struct order_row *row,
                                                struct pos_refund_line **lines, int *count);
/* All that was given back of an order, by its own key or its payments'. */
MUST_USE enum err orders_store_sum_refunds(struct ctx *ctx, const struct order_row *row,
                                           int64_t *sum_minor);

/* ---- void sales of our till ---- */
/* The first stays. */
MUST_USE enum err orders_store_add_void(struct ctx *ctx, order_id order,
                                        const struct order_void *gone);
/* at_us stays 0 when it is not void, or a POS said so. */
MUST_USE enum err orders_store_find_void(struct ctx *ctx, order_id order, struct order_void *gone);

/* Oldest first. */
struct order_refund_seen;
MUST_USE enum err orders_store_list_refunds(struct ctx *ctx, const struct order_row *row, int max,
                                            struct order_refund_seen **refunds, int *count);

/* ---- erasure ---- */
MUST_USE enum err orders_store_erase_account(struct ctx *ctx, account_id account);
