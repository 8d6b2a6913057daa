/*
 * sheets — orders as staff read them: what was sold, where, what became of the points, who paid.
 *
 * An order is what the POS told and what we made of it; its sheet is that with the names a list or
 * a page shows beside it. Reads only.
 */
#pragma once
#include "core/merchants/merchants.h"
#include "core/orders/discounts.h"
#include "core/orders/orders.h"

/* That our till's sale is void: when, by whom, why. */
struct order_void {
    int64_t at_us;              /* 0: it is not, or a POS said so */
    team_member_id team_member; /* 0: not told */
    struct str reason;          /* "MISTAKE"; empty: not told */
};
struct order_sheet {
    struct order order;
    int64_t received_us;
    struct str vendor, vendor_name; /* "square", "Square" */
    struct str card_brand, card_last_4;
    struct shop_register reg; /* id 0: none */
    struct pos_line *lines;
    int line_count;
    struct order_discount *discounts; /* what it was paid with beside money */
    int discount_count;
    struct order_void gone;
    customer_id customer;  /* who got the points; 0: nobody yet, or somebody removed since */
    customer_id payer;     /* whose card it was or whom the POS named, else the customer */
    struct str payer_name; /* empty: none is known */
};

enum { ORDER_LOCATIONS_MAX = 8, ORDERS_PAGE_MAX = 100 };
struct order_query {
    int64_t from_us, until_us; /* closed; 0: open; from inclusive, until exclusive */
    struct str card_last_4;    /* empty: any */
    customer_id customer;      /* who got the points; 0: any */
    bool in_any_state;
    enum claim_state claim; /* otherwise in this one */
    int64_t *locations;     /* none: any */
    int location_count;
    order_id before; /* cursor: what was closed before this one; 0: the newest */
    int limit;       /* 1 … ORDERS_PAGE_MAX */
};
/*
 * The newest first, by when they were closed; where ctx->actor works.
 *
 * Errors:   ERR_FIELD_RANGE   more than ORDER_LOCATIONS_MAX locations
 * Cost:     some six small reads for each order; what is rare (a state, a location) is looked for
 *           through the orders of that time, card or customer
 */
MUST_USE enum err orders_search(struct ctx *ctx, const struct order_query *query,
                                struct order_sheet **sheets, int *count);
/* Errors: ERR_ORDER_UNKNOWN */
MUST_USE enum err orders_find_sheet(struct ctx *ctx, order_id id, struct order_sheet *sheet);
/* The same for ctx->actor to see. Errors: ERR_ORDER_UNKNOWN, ERR_LOCATION_FORBIDDEN */
MUST_USE enum err orders_open_sheet(struct ctx *ctx, order_id id, struct order_sheet *sheet);

struct order_refund_seen {
    struct str vendor_refund;
    int64_t amount_minor, at_us;
    /* Of our till alone. */
    struct str reason;          /* "MISTAKE"; empty: not told */
    team_member_id team_member; /* who gave it back; 0: not told */
    credit_note_id credit_note; /* given instead of money; 0: it was money */
};
/* What took points back from an order at a moment: that it became void, or a refund of it. */
struct order_return {
    bool is_void;
    struct str reason; /* "MISTAKE"; empty: not told, or nothing of our till did */
};
/* Errors: ERR_ORDER_UNKNOWN */
MUST_USE enum err orders_find_return(struct ctx *ctx, order_id id, int64_t at_us,
                                     struct order_return *found);
/* Oldest first; at most 100. Errors: ERR_ORDER_UNKNOWN */
MUST_USE enum err orders_list_refunds(struct ctx *ctx, order_id id,
                                      struct order_refund_seen **refunds, int *count);
/* What refunds gave back of which lines, added up. Errors: ERR_ORDER_UNKNOWN */
MUST_USE enum err orders_list_returned(struct ctx *ctx, order_id id, struct pos_refund_line **lines,
                                       int *count);
