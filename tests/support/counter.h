/*
 * counter — a shop with a counter: a catalog with a coffee, somebody with 100 points, a till that
 * sells for rewards, cashback and credit notes.
 *
 * Closing it expects that all audits agree.
 */
#pragma once
#include "core/credit/credit.h"
#include "core/loyalty/rewards.h"
#include "core/orders/tills.h"
#include "support/shop.h"

#define COUNTER_ANNA  "+33612345678"
#define COUNTER_BRUNO "+33687654321"

struct counter {
    struct shop shop;
    struct loyalty_account anna;
    variation_id coffee;       /* 2.50, a tenth of it tax */
    struct sale_line lines[2]; /* two coffees and a cake: 9.50 */
};
struct counter counter_open(void);
void counter_close(struct counter *c);

void counter_give_points(struct counter *c, account_id account, int64_t points);
/* Anna takes a reward of a new tier, for 10 points. */
struct reward counter_take(struct counter *c, struct reward_tier tier);
struct reward counter_find(struct counter *c, int64_t reward);
struct credit_note counter_issue(struct counter *c, int64_t amount_minor);
int64_t counter_balance(struct counter *c, credit_note_id note);
/* Her account in a cashback program of 5 %, with so much in it. */
struct loyalty_account counter_save(struct counter *c, int64_t amount_minor);

/* A sale of the lines to Anna, on its way. */
struct selling {
    struct sale sale;
    struct sold sold;
    enum err result;
};
struct selling counter_sale(struct counter *c, const char *key);
MUST_USE enum err counter_run_sell(struct ctx *ctx, void *selling);
struct order counter_sell(struct counter *c, struct selling *selling);
MUST_USE enum err counter_refusal(struct counter *c, struct selling *selling);
/* The till's sale of this key is void, or a part of it is given back. */
struct order counter_cancel(struct counter *c, const char *key);
struct order counter_refund(struct counter *c, const char *refund, const char *key,
                            int64_t amount_minor);
struct till counter_open_till(struct counter *c);
