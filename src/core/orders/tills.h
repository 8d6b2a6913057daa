/*
 * tills — our own till: what it sells goes the way of any POS's order.
 *
 * A till is a register of the vendor "till" at a location; the merchant's integration of that
 * vendor and the register are made when they are first used. A sale becomes a message that
 * orders_receive takes in, so that routing, claims, points and refunds are the same for both.
 *
 * What a sale comes to is computed here, never by a screen. Its key is the order's natural key: a
 * sale sent twice, even by somebody else after a session ended, is counted once, and what it is
 * paid with beside money is used once.
 */
#pragma once
#include "core/loyalty/earnings.h"
#include "core/merchants/merchants.h"
#include "core/orders/discounts.h"
#include "core/orders/orders.h"

#define TILL_VENDOR "till"

struct till {
    struct integration integration;
    struct location location;
    struct shop_register reg;
};
/*
 * The till of a location (0: the first where ctx->actor works).
 *
 * Within:   a write batch
 * Repeat:   harmless: it is the same till
 * Errors:   ERR_LOCATION_UNKNOWN, ERR_LOCATION_FORBIDDEN
 *           ERR_INTEGRATION_INACTIVE   the merchant's till is switched off
 */
MUST_USE enum err tills_open(struct ctx *ctx, location_id location, struct till *till);

enum sale_price {
    SALE_PRICE_OF_ITEM, /* what the catalog says now */
    SALE_PRICE_OF_ONE,  /* amount_minor, for a quantity of 1 */
    SALE_PRICE_OF_LINE, /* amount_minor, for all of it */
};
struct sale_line {
    variation_id variation; /* what of the catalog it is; 0: */
    item_id item;           /* the first variation of this article; 0: none of the catalog's */
    struct str name;        /* empty: the item's */
    struct str quantity;    /* quantity_parse reads it; kept as it was written */
    enum sale_price kind;   /* of what amount_minor is the price */
    int64_t amount_minor;   /* less than nothing, of no article: a discount that the staff typed */
};
struct sale {
    struct str key; /* the caller's name for it, for ever */
    location_id location;
    customer_id customer; /* who gets the points; 0: nobody yet */
    struct sale_line *lines;
    int line_count; /* 1 … POS_LINES_MAX */
    /* What it is paid with beside money. */
    const int64_t *rewards;    /* reward_id; in any sequence, none twice */
    int reward_count;          /* at most SALE_REWARDS_MAX */
    account_id credit_account; /* of a cashback program; 0: none */
    int64_t credit_minor;      /* at most this much of it */
    const struct sale_note *notes;
    int note_count; /* at most SALE_NOTES_MAX */
};
/* A credit note, by its id or by its code. */
struct sale_note {
    credit_note_id id;
    struct str code;
    int64_t amount_minor; /* at most this much of it; 0: all it has */
};
enum { SALE_REWARDS_MAX = 10, SALE_NOTES_MAX = 10 };
/* One of these, and what it takes off. */
struct sale_discount {
    struct order_discount taken;
    struct str reason; /* why it gives nothing: "BELOW_MINIMUM", "REWARD_USED"; empty: it does */
    enum err refusal;  /* with which a sale is refused for it; OK: it is not */
    const char *field;
};
/* What a sale would come to, and give. */
struct quote {
    int64_t subtotal_minor, total_minor, tax_minor; /* the tax is in the total */
    struct sale_discount *discounts;                /* in the sequence in which they count */
    int discount_count;
    struct earning_told *earns; /* in each program, the main one first */
    int earns_count;
};
/*
 * What a sale would come to if it was closed now; changes nothing. Discounts that cannot be used,
 * or give nothing, are not refused here: they say why.
 *
 * Errors:   those of tills_sell for its lines, customer and location, and
 *           ERR_REWARD_UNKNOWN, ERR_CREDIT_NOTE_UNKNOWN, ERR_ACCOUNT_UNKNOWN
 *           ERR_FIELD_VALUE   one is told twice, or the credit is another customer's
 */
MUST_USE enum err tills_quote(struct ctx *ctx, const struct sale *sale, struct quote *quote);

struct sold {
    struct order order;
    struct claim earned;    /* account 0: nothing was credited to anybody */
    int64_t waiting_points; /* what it gives to whoever claims it */
};
/*
 * Records a sale that was just paid. Points go to the customer's account in the main program; a
 * customer without one, like nobody, leaves them waiting. Without a program that runs, the sale is
 * recorded all the same. Rewards are used, credit is spent, and what is left is what earns.
 *
 * Within:   a write batch
 * Repeat:   harmless: gives the sale as it is now
 * Errors:   ERR_LOCATION_UNKNOWN, ERR_INTEGRATION_INACTIVE, ERR_CUSTOMER_UNKNOWN
 *           ERR_ITEM_UNKNOWN, ERR_VARIATION_UNKNOWN   with the line's field
 *           ERR_FIELD_REQUIRED   a line has neither a name nor an item, or no price
 *           ERR_FIELD_VALUE      a quantity is no decimal
 *           ERR_FIELD_RANGE      a quantity or the total is not more than nothing, an article's
 *                                price is less than nothing, or any of them is beyond 10^12
 *           ERR_IDEMPOTENCY_KEY_REUSED   it is another sale's key
 *           ERR_REWARD_GIVES_NOTHING     a reward would be used up for nothing
 *           those of tills_quote, rewards_check, accounts_check_spend and credit_check, with the
 *           field
 */
MUST_USE enum err tills_sell(struct ctx *ctx, const struct sale *sale, struct sold *sold);

/* Somebody says yes to "would you like to join?". */
struct till_claim {
    order_id order;
    struct str phone;                    /* E.164 */
    struct str notice_version, language; /* the notice shown; a new customer needs one */
    struct str given_name, family_name, email, birthday; /* what else they told; may be empty */
};
/*
 * Gives a sale's points to whoever has this phone, made a customer when new. What they told is
 * filled in where the directory has nothing: what it has is never replaced by it, and an e-mail
 * address, being a way in, is a newcomer's only.
 *
 * Within:   a write batch
 * Errors:   those of orders_claim, and of customers_change
 */
MUST_USE enum err tills_claim(struct ctx *ctx, const struct till_claim *told, struct claim *done,
                              customer_id *customer);
/*
 * Who stands at the till: by the phone of their account in the main program or in the directory.
 * Errors:   ERR_CUSTOMER_UNKNOWN
 */
MUST_USE enum err tills_identify(struct ctx *ctx, struct str phone, customer_id *customer);
