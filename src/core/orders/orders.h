/*
 * orders — what was bought, told by the POS; and its points, waiting at the counter or given at
 * once.
 *
 * The natural key (integration, vendor's order id) makes a message harmless however often and in
 * whatever order it comes. A `tablet_claim` vendor's order waits on the tablet of its register; a
 * `direct` vendor's is credited to the customer or linked card that it names, and waits like the
 * others when it names nobody known. A13: routing is strictly by register id.
 */
#pragma once
#include "base/ctx.h"
#include "core/orders/pos_link.h"

struct integration {
    integration_id id;
    const struct pos_link *link;
    struct str vendor, secret;
    bool active;
};
/* secret is sealed with the server key before it is stored. Fills id. */
MUST_USE enum err integrations_add(struct ctx *ctx, struct integration *integration);
/* By id alone, for a webhook: fills ctx->merchant and the unsealed secret. Errors:
 * ERR_INTEGRATION_UNKNOWN, ERR_INTEGRATION_INACTIVE, ERR_SECRET_UNREADABLE */
MUST_USE enum err integrations_find(struct ctx *ctx, integration_id id,
                                    struct integration *integration);
MUST_USE enum err integrations_associate(struct ctx *ctx, integration_id id,
                                         struct str establishment, location_id location);

enum claim_state { CLAIM_NONE, CLAIM_WAITING, CLAIM_CLAIMED, CLAIM_EXPIRED, CLAIM_CANCELED };
struct order {
    order_id id;
    integration_id integration;
    struct str vendor_order, status, currency;
    location_id location;
    register_id reg;
    int64_t total_minor, tax_minor, tip_minor, refunded_minor, closed_us;
    enum claim_state claim;
    int64_t claim_until_us;
    account_id account;
    int64_t points; /* waiting: what it would give; given: what it gave */
};
/*
 * Takes in one message. Within: a write batch. Repeat: harmless.
 * Credits (direct) or puts it on the tablet of its register (live event "order" on topic
 * "register:<id>"). Errors: ERR_CURRENCY_DIFFERS (field currency), ERR_FIELD_RANGE
 */
MUST_USE enum err orders_receive(struct ctx *ctx, const struct integration *integration,
                                 const struct pos_message *message, struct order *order);
MUST_USE enum err orders_find(struct ctx *ctx, order_id id,
                              struct order *order); /* ERR_ORDER_UNKNOWN */
/* The last 50 waiting on a register, the newest at the end. */
MUST_USE enum err orders_list_waiting(struct ctx *ctx, register_id reg, struct order **orders,
                                      int *count);

struct claim_order {
    order_id order;
    register_id reg;  /* 0: any (API) */
    struct str phone; /* E.164 */
    struct str notice_version, language;
    account_id account; /* instead of phone */
    bool link_card;     /* they agreed to be recognised by the card that paid (C8) */
};
struct claim {
    order_id order;
    int64_t points;
    bool is_new;
    account_id account;
    int64_t balance;
    struct str next_name;
    int64_t next_points, next_missing;
    struct str available_name;
    int64_t available_points;
};
/*
 * Gives a waiting order's points to the account of this phone, made when new. Ends the waiting on
 * all tablets ("order_gone"). With link_card, links the order's card and external customer to the
 * claimer, and notes the consent. Errors:
 * ERR_ORDER_UNKNOWN (or another register's), ERR_ORDER_ALREADY_CLAIMED, ERR_ORDER_CLAIM_EXPIRED,
 * ERR_NOTICE_REQUIRED, ERR_ORDER_EARNS_NOTHING
 */
MUST_USE enum err orders_claim(struct ctx *ctx, const struct claim_order *claim,
                               struct claim *done);
/* Ends claims past their time, at most max. */
MUST_USE enum err orders_expire_claims(struct ctx *ctx, int max, int *expired);
/* The part of erasing a customer that is this module's, for each of their accounts: the order
 * stays, without the card and the POS's customer id. */
MUST_USE enum err orders_erase_account(struct ctx *ctx, account_id account);
