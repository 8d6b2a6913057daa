/*
 * duplicates — who may be the same person as a customer: by their number, their address, their
 * name, or a card of theirs that paid for the other. A suggestion, for somebody to decide on.
 */
#pragma once
#include "core/customers/customers.h"

enum { DUPLICATES_MAX = 10 };
enum duplicate_by {
    DUPLICATE_BY_PHONE = 1,
    DUPLICATE_BY_EMAIL = 2,
    DUPLICATE_BY_CARD = 4,
    DUPLICATE_BY_NAME = 8, /* given and family name */
};
struct duplicate {
    struct customer customer;
    unsigned by; /* bits of enum duplicate_by */
};
/*
 * The surest first; at most DUPLICATES_MAX.
 * Errors:   ERR_CUSTOMER_UNKNOWN
 * Cost:     four looks into the directory's words, and the customer's last 30 orders; the same for
 *           any number of customers
 */
MUST_USE enum err people_list_duplicates(struct ctx *ctx, customer_id id,
                                         struct duplicate **duplicates, int *count);
