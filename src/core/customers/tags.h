/*
 * tags — words that staff put on customers: "terrasse", "allergique aux noix". Square calls them
 * customer groups. A tag that is removed is taken from everybody.
 */
#pragma once
#include "core/customers/customers.h"

enum { TAGS_MAX = 100 /* of a merchant */, TAG_NAME_MAX = 60 /* characters */ };

struct tag {
    tag_id id;
    struct str name;
    int64_t customers; /* who have it; read by tags_list */
    int64_t created_us, updated_us;
};
/*
 * Within:   a transaction
 * Errors:   ERR_FIELD_REQUIRED   a name without a letter or digit
 *           ERR_TAG_EXISTS       another has this name, but for case and accents
 *           ERR_TAGS_FULL        TAGS_MAX are there
 */
MUST_USE enum err tags_add(struct ctx *ctx, struct tag *tag);
/* Gives it another name. Errors: ERR_TAG_UNKNOWN, and those of tags_add */
MUST_USE enum err tags_change(struct ctx *ctx, struct tag *tag);
/* Errors: ERR_TAG_UNKNOWN. Cost: a row for each customer who has it */
MUST_USE enum err tags_remove(struct ctx *ctx, tag_id id);
/* Errors: ERR_TAG_UNKNOWN */
MUST_USE enum err tags_find(struct ctx *ctx, tag_id id, struct tag *tag);
/* All of them, by name. Cost: an index entry for each customer who has one */
MUST_USE enum err tags_list(struct ctx *ctx, struct tag **tags, int *count);

/* ---- who has them ---- */
enum { TAGS_OF_CUSTOMER_MAX = 30 };
/*
 * Within:   a transaction
 * Repeat:   harmless
 * Gives:    *changed: they did not have it before
 * Errors:   ERR_TAGS_FULL   they have TAGS_OF_CUSTOMER_MAX
 */
MUST_USE enum err tags_put_on(struct ctx *ctx, customer_id customer, tag_id tag, bool *changed);
/* Repeat: harmless. Gives: *changed: they had it */
MUST_USE enum err tags_take_off(struct ctx *ctx, customer_id customer, tag_id tag, bool *changed);
MUST_USE enum err tags_list_of(struct ctx *ctx, customer_id customer, tag_id **tags, int *count);
MUST_USE enum err tags_forget_customer(struct ctx *ctx, customer_id customer);
