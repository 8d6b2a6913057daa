/* rewards_discount — see rewards_discount.h. */
#include "core/loyalty/rewards_discount.h"
#include "base/calc.h"
#include "base/quantity.h"

int64_t
discount_subtotal(const struct discount_basket *basket)
{
    int64_t sum = 0;

    for (int i = 0; i < basket->line_count; i++)
        sum += basket->lines[i].total_minor;
    return sum;
}

int64_t
discount_left(const struct discount_basket *basket)
{
    int64_t off = 0;

    for (int i = 0; i < basket->line_count; i++)
        off += basket->lines[i].off_minor;
    return discount_subtotal(basket) - off;
}

/* ---- which lines ---- */

static bool
is_for(const struct reward_tier *tier, const struct discount_line *line)
{
    for (int i = 0; i < tier->object_count; i++) {
        const struct catalog_ref *object = &tier->objects[i];

        if (object->id == (object->is_category ? line->category : line->variation)) return true;
    }
    return tier->object_count == 0;
}

static bool
has_any(const struct reward_tier *tier, const struct discount_basket *basket)
{
    for (int i = 0; i < basket->line_count; i++) {
        const struct discount_line *line = &basket->lines[i];

        if (line->total_minor > 0 && is_for(tier, line)) return true;
    }
    return false;
}

/* What a line still comes to; nothing of one that was typed as a discount. */
static int64_t
left_of(const struct discount_line *line)
{
    return calc_max(line->total_minor - line->off_minor, 0);
}

/* What the lines still come to that a tier is for; all of them without a tier. */
static int64_t
left_for(const struct reward_tier *tier, const struct discount_basket *basket)
{
    int64_t sum = 0;

    for (int i = 0; i < basket->line_count; i++) {
        if (tier == NULL || is_for(tier, &basket->lines[i])) sum += left_of(&basket->lines[i]);
    }
    return sum;
}

/* Lays an amount, at most their sum, on those lines. Each gets its part of the running sum less
 * what those before it got: no cent is lost, and none gets more than it comes to. */
static void
spread(const struct reward_tier *tier, struct discount_basket *basket, int64_t amount)
{
    int64_t sum = left_for(tier, basket), passed = 0, given = 0;

    ASSERT(amount <= sum);
    for (int i = 0; i < basket->line_count; i++) {
        struct discount_line *line = &basket->lines[i];

        if (tier != NULL && !is_for(tier, line)) continue;
        passed += left_of(line);
        if (passed == 0) continue;
        int64_t until = calc_share(amount, passed, sum, ROUND_DOWN);
        line->off_minor += until - given;
        given = until;
    }
    ASSERT(given == amount);
}

/* ---- what each kind takes ---- */

/* What the first `units` of a line cost. */
static int64_t
price_of(const struct discount_line *line, int64_t units)
{
    return calc_share(line->total_minor, units, line->units, ROUND_HALF_UP);
}

static int64_t
units_of_next(const struct discount_line *line)
{
    return calc_min(line->units - line->units_free, QUANTITY_ONE);
}

static int64_t
price_of_next(const struct discount_line *line)
{
    int64_t until = line->units_free + units_of_next(line);

    return price_of(line, until) - price_of(line, line->units_free);
}

static int64_t
take_item(const struct reward_tier *tier, struct discount_basket *basket)
{
    struct discount_line *dearest = NULL;
    int64_t most = 0;

    for (int i = 0; i < basket->line_count; i++) {
        struct discount_line *line = &basket->lines[i];

        ASSERT(line->units > 0);
        if (line->total_minor <= 0 || !is_for(tier, line)) continue;
        if (line->units_free == line->units || price_of_next(line) <= most) continue;
        most = price_of_next(line);
        dearest = line;
    }
    if (dearest == NULL) return 0;
    int64_t off = calc_min(most, discount_left(basket));
    if (tier->max_minor > 0) off = calc_min(off, tier->max_minor);
    off = calc_max(calc_min(off, left_of(dearest)), 0);
    dearest->off_minor += off;
    if (off > 0) dearest->units_free += units_of_next(dearest);
    return off;
}

/* At most what the lines come to, and never more than the whole basket does: staff may have typed a
 * discount, too. */
static int64_t
take_amount(const struct reward_tier *tier, struct discount_basket *basket, int64_t amount)
{
    int64_t off = calc_min(amount, left_for(tier, basket));

    off = calc_max(calc_min(off, discount_left(basket)), 0);
    if (off > 0) spread(tier, basket, off);
    return off;
}

static int64_t
take_percentage(const struct reward_tier *tier, struct discount_basket *basket)
{
    int64_t base = calc_min(left_for(tier, basket), discount_left(basket));
    int64_t off = calc_share(calc_max(base, 0), tier->value, 1000000, ROUND_HALF_UP);

    if (tier->max_minor > 0) off = calc_min(off, tier->max_minor);
    return take_amount(tier, basket, off);
}

int64_t
discount_by_tier(const struct reward_tier *tier, struct discount_basket *basket,
                 enum discount_reason *reason)
{
    int64_t off = 0;

    *reason = DISCOUNT_GIVEN;
    if (discount_subtotal(basket) < tier->minimum_minor) {
        *reason = DISCOUNT_BELOW_MINIMUM;
        return 0;
    }
    switch (tier->kind) {
    case TIER_OTHER:
        return 0;
    case TIER_CREDIT:
        *reason = DISCOUNT_NOTHING_QUALIFIES;
        return 0;
    case TIER_PERCENTAGE:
        off = take_percentage(tier, basket);
        break;
    case TIER_AMOUNT:
        off = take_amount(tier, basket, tier->value);
        break;
    case TIER_ITEM:
        off = take_item(tier, basket);
        break;
    }
    if (off == 0) {
        *reason = has_any(tier, basket) ? DISCOUNT_NOTHING_LEFT : DISCOUNT_NOTHING_QUALIFIES;
    }
    return off;
}

int64_t
discount_by_credit(int64_t amount_minor, struct discount_basket *basket)
{
    ASSERT(amount_minor >= 0);
    return take_amount(NULL, basket, amount_minor);
}

int
discount_rank(enum tier_kind kind)
{
    switch (kind) {
    case TIER_ITEM:
        return 0;
    case TIER_PERCENTAGE:
        return 1;
    case TIER_AMOUNT:
        return 2;
    case TIER_OTHER:
    case TIER_CREDIT:
        return 3;
    }
    ASSERT(!"a kind without a rank");
    return 0;
}
