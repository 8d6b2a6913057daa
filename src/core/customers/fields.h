/* fields — a customer's fields by their number, and steps of changing the directory that others in
 * this module take, too. For this module only. */
#pragma once
#include "core/customers/customers.h"

struct str *customer_field(struct customer *customer, enum customer_field field);

/* The row and its words, out of the directory and into it; for a merge and its undoing. */
MUST_USE enum err customers_take_out(struct ctx *ctx, const struct customer *customer);
MUST_USE enum err customers_put_in(struct ctx *ctx, const struct customer *customer);
/* What recognises an id: cards, links, codes. */
MUST_USE enum err customers_remove_marks(struct ctx *ctx, customer_id id);
/* What merges keep of a customer: merges.c. */
MUST_USE enum err customers_erase_merges(struct ctx *ctx, customer_id id);
