/*
 * shop — a world with a shop in it: a main program of one point for each euro, a signed feed and a
 * Square integration, both associated with the only location.
 *
 *     struct shop s = shop_open();
 *     struct order order = shop_tell(&s, &s.feed, shop_sale("98211", 1250));
 *     shop_close(&s);
 */
#pragma once
#include "core/loyalty/accounts.h"
#include "core/orders/orders.h"
#include "support/world.h"

#define SHOP_FEED_PLACE   "rue-des-halles"
#define SHOP_SQUARE_PLACE "LFOURNIL75011"

struct shop {
    struct world w;
    struct integration feed, square;
    struct program program; /* 1 point a euro, from 1.00; rewards of 10 and 50 points */
};

struct shop shop_open(void);
void shop_close(struct shop *s);

/* Whole messages of the feed, closed at the till "caisse-1" now. */
struct pos_message shop_sale(const struct shop *s, const char *sale, int64_t total_minor);
struct pos_message shop_refund(const struct shop *s, const char *refund, const char *sale,
                               int64_t amount_minor);
struct pos_message shop_cancel(const struct shop *s, const char *sale);
/* A completed payment and its refund, as Square tells them; updated_us orders two tellings. */
struct pos_message shop_payment(const struct shop *s, const char *payment, const char *order,
                                int64_t amount_minor);
struct pos_message shop_payment_refund(const struct shop *s, const char *refund,
                                       const char *payment, int64_t amount_minor);

/* Takes a message in, in a transaction of its own. */
struct order shop_tell(struct shop *s, const struct integration *integration,
                       struct pos_message message);
struct order shop_find(struct shop *s, order_id id);

/* An account of the main program, with this phone. */
struct loyalty_account shop_account(struct shop *s, const char *phone);
int64_t shop_balance(struct shop *s, account_id id);
/* How many live events there are with this name on a register's topic; the last one's body. */
int shop_count_events(struct shop *s, register_id reg, const char *name, struct str *body);
