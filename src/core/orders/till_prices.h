/*
 * till_prices — what the lines of a sale come to, before anything is taken off. For this module
 * only.
 *
 * Prices are what is paid: a tax that is not in an article's price is added to its line here. A
 * line keeps, until what is taken off is known, its whole amount in total_minor.
 */
#pragma once
#include "core/loyalty/rewards_discount.h"
#include "core/orders/tills.h"

struct priced_sale {
    struct pos_line *lines;
    struct discount_basket basket; /* the same lines, for rewards */
    int64_t *tax_rates;            /* of each line: millionths */
    int line_count;
    int64_t subtotal_minor;
};
/*
 * Errors:   ERR_ITEM_UNKNOWN, ERR_VARIATION_UNKNOWN, ERR_FIELD_REQUIRED, ERR_FIELD_VALUE,
 *           ERR_FIELD_RANGE, as tills.h says, with the line's field
 */
MUST_USE enum err till_prices_make(struct ctx *ctx, const struct sale *sale,
                                   struct priced_sale *priced);
/* Takes off the lines what the basket says, and makes the tax of what is left, of all of them. */
int64_t till_prices_settle(struct priced_sale *priced);
