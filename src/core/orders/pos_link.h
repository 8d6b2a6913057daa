/*
 * pos_link — what the platform needs from a POS vendor: its messages, checked and put in our words.
 *
 * Each vendor is one file in src/integrations/pos that fills in this struct, and one row in
 * src/integrations/registry.c.
 */
#pragma once
#include "base/ctx.h"

enum pos_credit { POS_TABLET_CLAIM, POS_DIRECT };
enum pos_kind {
    POS_NOTHING, /* nothing for us: answered with 200 */
    POS_ORDER,   /* a whole order, closed */
    POS_PAYMENT, /* a payment of an order (vendors that tell payments) */
    POS_REFUND,  /* money back */
    POS_CANCEL,  /* the order is void */
};
enum { POS_LINES_MAX = 500 };

struct pos_line {
    struct str sku, name, category, quantity;
    int64_t total_minor, tax_minor; /* tax: 0 when it is told of the whole order alone */
    int64_t discount_minor;         /* what rewards and credit took off it; not in the total */
    /* What of our catalog it is, found when the order is taken in; 0: nothing that we know. */
    variation_id variation_found;
    category_id category_found;
};
/* A line of the order, or a part of it, that a refund gave back. */
struct pos_refund_line {
    int line; /* the first is 0 */
    int64_t amount_minor;
    int64_t units; /* how much of it, in millionths; 0: not told */
};

/* One message of a vendor, as our own; texts in the ctx's arena. */
struct pos_message {
    enum pos_kind kind;
    struct str vendor_order;   /* ORDER, PAYMENT, CANCEL; REFUND: the order refunded, or empty */
    struct str vendor_payment; /* PAYMENT; REFUND: the payment refunded, or empty */
    struct str vendor_refund;  /* REFUND: its own id */
    struct str establishment, vendor_register, currency;
    int64_t total_minor, tip_minor,
        tax_minor;      /* total without tip; REFUND: the amount given back */
    int64_t at_us;      /* closed, paid or refunded at */
    int64_t updated_us; /* PAYMENT: the vendor's version of it */
    bool completed;     /* PAYMENT */
    struct str external_customer, phone, email; /* as the POS wrote them; may be empty */
    struct str card_fingerprint, card_brand, card_last_4;
    /* Our own till alone knows these; 0: not told. */
    customer_id customer;       /* who gets the points */
    team_member_id team_member; /* who closed the sale, or gives it back */
    struct str refund_reason;   /* REFUND: "MISTAKE" */
    credit_note_id refund_note; /* REFUND: given instead of money */
    struct pos_line *lines;
    int line_count;
    struct pos_refund_line *refund_lines; /* REFUND, where it is told; each line once */
    int refund_line_count;
};

/* The raw delivery. */
struct pos_delivery {
    struct str url;       /* the exact notification URL as registered with the vendor */
    struct str signature; /* the value of the link's signature_header; "" when absent */
    struct str body;      /* as received */
};

struct pos_link {
    const char *vendor;           /* "feed" */
    const char *name;             /* as people know it: "Square" */
    const char *signature_header; /* "X-Habitue-Signature" */
    enum pos_credit credit;
    /*
     * NULL for our own till, which sends no deliveries.
     *
     * Checks the signature, then reads the body. Touches no database.
     * Errors: ERR_SIGNATURE_WRONG, ERR_SIGNATURE_STALE, ERR_JSON_MALFORMED, ERR_FIELD_… with the
     * field
     */
    enum err (*read)(struct ctx *ctx, struct str secret, const struct pos_delivery *delivery,
                     struct pos_message *message);
};
/* By name; NULL when there is no such vendor. In integrations/registry.c. */
const struct pos_link *pos_link_find(struct str vendor);
