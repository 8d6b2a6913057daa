/*
 * api_orders — orders that a program makes over the API, as with Square: opened, then paid.
 *
 * They are the vendor "api"'s, at its register of a location, both made when first used. An open
 * order is no sale: it earns nothing. Once paid it waits as any POS's order does: on the register's
 * tablet, and for accumulating by order.
 */
#pragma once
#include "core/orders/tills.h"

#define API_VENDOR "api"
enum { API_REFERENCE_CHARS_MAX = 40 };

struct order_draft {
    location_id location;
    struct str reference; /* how the caller calls it; may be empty */
    struct sale_line *lines;
    int line_count;         /* 1 … POS_LINES_MAX */
    int64_t discount_minor; /* off the whole; at most what it comes to */
};
/*
 * Within:   a write batch
 * Repeat:   adds another
 * Errors:   ERR_LOCATION_UNKNOWN, ERR_INTEGRATION_INACTIVE, and those of a sale's lines
 */
MUST_USE enum err api_orders_open(struct ctx *ctx, const struct order_draft *draft,
                                  struct order *order);
/*
 * It is paid, as far as we need to know: now it earns.
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_ORDER_UNKNOWN      also one that no program made
 *           ERR_ORDER_CANCELED
 */
MUST_USE enum err api_orders_pay(struct ctx *ctx, order_id id, struct order *order);
/* How the caller calls an order of this natural key; empty: it told nothing. */
struct str api_orders_reference(struct str vendor_order);
