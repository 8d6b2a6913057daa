/*
 * orders — what was bought, told by the POS; and its points, waiting at the counter or given at
 * once.
 *
 * The natural key (integration, vendor's order id) makes a message harmless however often and in
 * whatever sequence it comes. A `tablet_claim` vendor's order waits on the tablet of its register;
 * a `direct` vendor's is credited to the customer or linked card that it names, and waits like the
 * others when it names nobody known. Which tablet is decided by the register alone, and an order
 * of an establishment that nobody associated with a location is kept, and shown to nobody yet.
 *
 * Live events, on topic "register:<id>": "order" when one waits or gives other points than before,
 * "order_gone" with the reason when it does no longer.
 */
#pragma once
#include "core/loyalty/earnings.h"
#include "core/orders/pos_link.h"

/* ---- integrations: a merchant's connections to POS vendors ---- */
struct integration {
    integration_id id;
    struct str vendor; /* a name that pos_link_find knows */
    const struct pos_link *link;
    struct str secret; /* what its deliveries are signed with, if any; stored sealed */
    bool active;
};
/*
 * Fills id when 0, and link. The secret is sealed with the server's key, for this row alone.
 * Within:   a transaction
 * Errors:   ERR_FIELD_VALUE   (vendor) there is no such vendor
 */
MUST_USE enum err integrations_add(struct ctx *ctx, struct integration *integration);
/*
 * By id alone, for a webhook: fills ctx->merchant and opens the secret.
 * Errors:   ERR_INTEGRATION_UNKNOWN, ERR_INTEGRATION_INACTIVE
 *           ERR_SECRET_UNREADABLE   it was sealed with another server's key
 */
MUST_USE enum err integrations_find(struct ctx *ctx, integration_id id,
                                    struct integration *integration);
/*
 * Says which location a vendor's establishment is. Orders that were kept for it, the first 1,000,
 * now have a place, and wait or are credited like new ones.
 *
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_INTEGRATION_UNKNOWN, ERR_LOCATION_UNKNOWN
 */
MUST_USE enum err integrations_associate(struct ctx *ctx, integration_id id,
                                         struct str establishment, location_id location);

/* ---- orders ---- */
enum claim_state {
    CLAIM_NONE,     /* nothing to give: not paid yet, too little, or at no register of ours */
    CLAIM_WAITING,  /* on the tablet of its register */
    CLAIM_CLAIMED,  /* given to account */
    CLAIM_EXPIRED,  /* waited too long */
    CLAIM_CANCELED, /* cancelled or wholly refunded before anybody claimed it */
};
struct order {
    order_id id; /* 0: none */
    integration_id integration;
    struct str vendor_order;
    struct str status; /* "OPEN", "COMPLETED", "CANCELED" */
    struct str currency;
    location_id location; /* 0: its establishment is not associated */
    register_id reg;
    int64_t total_minor, tax_minor, tip_minor; /* total: without the tip, before refunds */
    int64_t refunded_minor;                    /* at most total */
    int64_t closed_us;
    enum claim_state claim;
    int64_t claim_until_us;
    account_id account;
    int64_t points; /* waiting: what it would give; claimed: what it gave, before refunds */
    bool has_card;  /* it was paid by a card that can be known again */
    team_member_id team_member; /* who closed it on our till; 0: not told */
};
/*
 * Takes in one message, and makes of the order what it has come to.
 *
 * Within:   a write batch
 * Repeat:   harmless, in any sequence
 * Gives:    the order as it is now; id 0 when the message is for none: POS_NOTHING, or a refund
 *           that came before its sale, which is kept for it
 * Errors:   ERR_FIELD_RANGE        total, tip or tax negative or above 10^12, or so in sum
 *           ERR_CURRENCY_DIFFERS   (currency) not the merchant's
 *           ERR_IDEMPOTENCY_KEY_REUSED   a refund's name is that of another order's
 */
MUST_USE enum err orders_receive(struct ctx *ctx, const struct integration *integration,
                                 const struct pos_message *message, struct order *order);
/*
 * What an order would earn in a program (0: the main one) if it came now, for this account (0:
 * somebody new), less what was refunded of it.
 * Errors: ERR_ORDER_UNKNOWN, and those of earnings_calculate
 */
MUST_USE enum err orders_calculate(struct ctx *ctx, order_id id, program_id program,
                                   account_id account, struct earning_told *told);
/* Errors: ERR_ORDER_UNKNOWN */
MUST_USE enum err orders_find(struct ctx *ctx, order_id id, struct order *order);
/* The last 50 waiting on a register, the newest at the end. */
MUST_USE enum err orders_list_waiting(struct ctx *ctx, register_id reg, struct order **orders,
                                      int *count);

/* ---- claims ---- */
struct claim_order {
    order_id order;
    register_id reg;                     /* the tablet's; 0: any, but not for a tablet */
    struct str phone;                    /* E.164 */
    account_id account;                  /* instead of phone; 0: by phone */
    struct str notice_version, language; /* the notice shown; a new customer needs one */
    bool link_card;                      /* they agreed to be recognised by the card that paid */
    bool joins; /* also when the order earns nothing: they become its customer all the same */
};
/* What the claimer may see: their points, never who they are. */
struct claim {
    order_id order;
    int64_t points;       /* moved by this claim, pending ones too */
    bool is_new;          /* the account was made for it */
    customer_id newcomer; /* its customer, when nobody had the number before; 0: somebody did */
    account_id account;
    program_id program; /* the account's */
    int64_t balance;
    struct str next_name; /* the first reward out of reach; empty: none is */
    int64_t next_points, next_missing;
    struct str available_name; /* the best one in reach; empty: none is */
    int64_t available_points;
    struct settled settled; /* in all programs */
};
/* Fills what an account has: the members from account on. Errors: ERR_ACCOUNT_UNKNOWN */
MUST_USE enum err orders_describe_account(struct ctx *ctx, account_id account, struct claim *claim);
/*
 * Gives a waiting order's points to the account of this phone, made when new. With link_card, the
 * card that paid and the POS's customer id recognise them from now on, and the consent is noted.
 *
 * Within:   a write batch
 * Errors:   ERR_ORDER_UNKNOWN           also another register's
 *           ERR_ORDER_EARNS_NOTHING     unless somebody joins by it
 *           ERR_ORDER_ALREADY_CLAIMED
 *           ERR_ORDER_CLAIM_EXPIRED     its time is over, or it was cancelled or refunded
 *           ERR_NOTICE_REQUIRED         a new customer, and no notice was shown
 *           and those of accounts_find (by account) and accounts_create (by phone)
 */
MUST_USE enum err orders_claim(struct ctx *ctx, const struct claim_order *claim,
                               struct claim *done);
/*
 * Gives a waiting order's points to an account: a program's way to claim, which asks nobody and
 * tells no more than what was earned.
 *
 * Within:   a write batch
 * Errors:   those of orders_claim and of accounts_settle_order
 */
MUST_USE enum err orders_accumulate(struct ctx *ctx, order_id order, account_id account,
                                    struct settled *settled);
/*
 * Gives an order's credit to another customer: what it earned is taken from the one it was given
 * to, as a refund would, and given to the other, whose the order is from now on.
 *
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_ORDER_UNKNOWN
 *           ERR_ORDER_NOT_CREDITED   nobody has it
 *           ERR_LOCATION_FORBIDDEN   ctx->actor does not work where it was
 *           ERR_CUSTOMER_UNKNOWN
 *           and those of earnings_hand_over
 */
MUST_USE enum err orders_move_credit(struct ctx *ctx, order_id order, customer_id into);
/* Ends claims past their time, at most max; tells how many. Within: a write batch. */
MUST_USE enum err orders_expire_claims(struct ctx *ctx, int max, int *expired);
/* The part of telling a person all that is known of them that is this module's: what they bought.
 */
struct dossier;
MUST_USE enum err orders_export_customer(struct ctx *ctx, customer_id customer,
                                         struct dossier *dossier);
/* The part of erasing a customer that is this module's, for each of their accounts: the order
 * stays, without the card and the POS's customer id. */
MUST_USE enum err orders_erase_account(struct ctx *ctx, account_id account);
