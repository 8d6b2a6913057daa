/* accrual — see accrual.h. */
#include "core/loyalty/accrual.h"
#include "base/calc.h"
#include "base/quantity.h"
#include "core/ledger/ledger.h"

int64_t
basket_units(struct str quantity)
{
    int64_t millionths;

    if (quantity_parse(quantity, &millionths) != OK || millionths <= 0) return 1;
    return millionths % QUANTITY_ONE == 0 ? millionths / QUANTITY_ONE : 1;
}

static const char *const reason_names[ACCRUAL_REASON_COUNT] = {
    [ACCRUAL_GIVEN] = "",
    [ACCRUAL_BELOW_MINIMUM] = "BELOW_MINIMUM",
    [ACCRUAL_NOTHING_QUALIFIES] = "NOTHING_QUALIFIES",
    [ACCRUAL_COOLDOWN] = "COOLDOWN",
    [ACCRUAL_VISITS_DAY] = "VISITS_DAY",
    [ACCRUAL_CAP_PURCHASE] = "CAP_PURCHASE",
    [ACCRUAL_CAP_DAY] = "CAP_DAY",
    [ACCRUAL_CAP_MONTH] = "CAP_MONTH",
    [ACCRUAL_PROGRAM_INACTIVE] = "PROGRAM_INACTIVE",
    [ACCRUAL_PROGRAM_ENDED] = "PROGRAM_ENDED",
    [ACCRUAL_NO_BASE_POINTS] = "NO_BASE_POINTS",
    [ACCRUAL_SPEND_MINIMUM] = "SPEND_MINIMUM",
    [ACCRUAL_LIMIT_REACHED] = "LIMIT_REACHED",
    [ACCRUAL_ANOTHER_GIVES_MORE] = "ANOTHER_GIVES_MORE",
};

const char *
accrual_reason_name(enum accrual_reason reason)
{
    ASSERT(reason >= 0);
    ASSERT(reason < ACCRUAL_REASON_COUNT);
    return reason_names[reason];
}

enum accrual_reason
accrual_reason_parse(struct str name)
{
    for (int i = 0; i < ACCRUAL_REASON_COUNT; i++) {
        if (str_is(name, str_of(reason_names[i]))) return (enum accrual_reason)i;
    }
    ASSERT(!"only those names are stored");
    return ACCRUAL_GIVEN;
}

/* ---- arithmetic ---- */

/* count x each, at most what the ledger can move. */
static int64_t
times(int64_t count, int64_t each)
{
    int64_t points;

    if (!calc_mul_div(count, each, 1, ROUND_DOWN, &points)) return LEDGER_AMOUNT_MAX;
    return calc_min(LEDGER_AMOUNT_MAX, points);
}

int64_t
accrual_taken(const struct accrual_part *part)
{
    return calc_share(part->points, part->refunded, part->basis, ROUND_DOWN);
}

/* ---- what a scope counts ---- */

struct scope {
    const struct catalog_ref *refs;
    int count;
    bool excludes;
};

static bool
is_in(const struct scope *scope, const struct basket_line *line)
{
    for (int i = 0; i < scope->count; i++) {
        int64_t id = scope->refs[i].is_category ? line->category : line->variation;

        if (id == scope->refs[i].id) return true;
    }
    return false;
}

/* The lines in a scope, added up; and all lines. */
struct counted {
    int64_t total, tax, refunded, units, units_refunded;
    int64_t all_total, all_tax, all_refunded;
};

static struct counted
add_up(const struct basket *basket, const struct scope *scope)
{
    struct counted sum = {0};

    for (int i = 0; i < basket->line_count; i++) {
        const struct basket_line *line = &basket->lines[i];
        int64_t refunded = calc_max(0, calc_min(line->refunded_minor, line->total_minor));

        /* What was free earns no stamp; what is less than nothing is taken off the whole. */
        if (line->total_minor <= 0) continue;
        sum.all_total += line->total_minor;
        sum.all_tax += line->tax_minor;
        sum.all_refunded += refunded;
        if (!is_in(scope, line)) continue;
        sum.total += line->total_minor;
        sum.tax += line->tax_minor;
        sum.refunded += refunded;
        sum.units += line->units;
        sum.units_refunded += calc_share(line->units, refunded, line->total_minor, ROUND_DOWN);
    }
    return sum;
}

/* What of a basket counts, and what of that was given back. */
struct amount {
    int64_t counts, refunded;
};

/*
 * What refunds that named no line take of an amount, beside what those took that did.
 * When nothing is left of the whole, nothing is left of any part of it.
 */
static struct amount
less_refunds(const struct basket *basket, const struct counted *sum, struct amount amount)
{
    int64_t named = calc_min(sum->all_refunded, basket->refunded_minor);
    int64_t left = basket->total_minor - named;

    amount.refunded = calc_min(amount.refunded, amount.counts);
    if (basket->refunded_minor >= basket->total_minor) {
        amount.refunded = amount.counts;
    } else {
        amount.refunded += calc_share(amount.counts - amount.refunded,
                                      basket->refunded_minor - named, left, ROUND_DOWN);
    }
    return amount;
}

/* The whole's tax, as far as a tax can be of it. */
static int64_t
whole_tax(const struct basket *basket)
{
    return calc_min(basket->total_minor, calc_max(0, basket->tax_minor));
}

static struct amount
whole_amount(const struct basket *basket, bool before_tax)
{
    int64_t tax = before_tax ? whole_tax(basket) : 0;
    struct amount amount = {.counts = basket->total_minor - tax};

    amount.refunded =
        calc_share(amount.counts, basket->refunded_minor, basket->total_minor, ROUND_DOWN);
    return amount;
}

/* An amount of the lines as one of the total: smaller, when something was taken off the whole. */
static int64_t
scaled(const struct basket *basket, const struct counted *sum, int64_t amount)
{
    if (sum->all_total <= basket->total_minor) return amount;
    return calc_share(amount, basket->total_minor, sum->all_total, ROUND_DOWN);
}

static struct amount
scoped_amount(const struct basket *basket, const struct scope *scope, bool before_tax)
{
    struct counted sum = add_up(basket, scope);
    int64_t in_scope = calc_min(basket->total_minor, scaled(basket, &sum, sum.total));
    struct amount amount = {.counts = in_scope, .refunded = sum.refunded};
    int64_t tax = calc_share(whole_tax(basket), in_scope, basket->total_minor, ROUND_DOWN);

    if (sum.all_tax > 0) tax = calc_min(in_scope, scaled(basket, &sum, sum.tax));
    if (scope->excludes) {
        amount.counts = basket->total_minor - in_scope;
        amount.refunded = sum.all_refunded - sum.refunded;
        tax = whole_tax(basket) - calc_min(tax, whole_tax(basket));
    }
    if (before_tax) {
        int64_t with_tax = amount.counts;

        amount.counts = calc_max(0, with_tax - calc_max(0, tax));
        amount.refunded =
            calc_share(amount.counts, calc_min(amount.refunded, with_tax), with_tax, ROUND_DOWN);
    }
    return less_refunds(basket, &sum, amount);
}

static struct amount
rule_amount(const struct accrual_rule *rule, const struct basket *basket)
{
    const struct scope scope = {rule->scope, rule->scope_count, rule->scope_excludes};

    if (basket->total_minor <= 0) return (struct amount){0};
    if (scope.count == 0) return whole_amount(basket, rule->before_tax);
    return scoped_amount(basket, &scope, rule->before_tax);
}

static struct amount
rule_units(const struct accrual_rule *rule, const struct basket *basket)
{
    const struct scope scope = {rule->scope, rule->scope_count, false};
    struct counted sum = add_up(basket, &scope);

    if (basket->total_minor <= 0) return (struct amount){0};
    return less_refunds(basket, &sum, (struct amount){sum.units, sum.units_refunded});
}

/* ---- rules ---- */

static struct accrual_part
part_of(struct amount amount, int64_t points)
{
    return (struct accrual_part){
        .basis = amount.counts,
        .refunded = amount.refunded,
        .points = points,
        .reason = amount.counts > 0 ? ACCRUAL_GIVEN : ACCRUAL_NOTHING_QUALIFIES,
    };
}

static struct accrual_part
visit(const struct accrual_rule *rule, const struct basket *basket)
{
    struct amount amount = rule_amount(rule, basket);
    bool is_enough = amount.counts >= rule->amount_minor;
    struct accrual_part part = part_of(amount, 0);

    if (amount.counts > 0 && is_enough) part.points = rule->points;
    if (amount.counts > 0 && !is_enough) part.reason = ACCRUAL_BELOW_MINIMUM;
    return part;
}

/*
 * The first SPEND rule: whole amounts out of what was carried and what is new. What it counted is
 * never less than before; that it counts less now is as if the rest had been given back.
 */
static struct accrual_part
spend_and_carry(const struct accrual_rule *rule, const struct basket *basket,
                const struct accrual_before *before, int64_t *carry)
{
    struct amount now = rule_amount(rule, basket);
    int64_t grown = before->grows ? calc_max(0, now.counts - before->spend_minor) : 0;
    /* A carry that a refund made negative gives no points, and takes none. */
    int64_t total = *carry + grown;
    int64_t count = grown > 0 && total > 0 ? total / rule->amount_minor : 0;
    struct amount amount = {.counts = before->spend_minor + grown};

    amount.refunded = calc_max(0, amount.counts - (now.counts - now.refunded));
    *carry = total - count * rule->amount_minor;
    int64_t points = before->spend_points + times(count, rule->points);
    return part_of(amount, calc_min(LEDGER_AMOUNT_MAX, points));
}

static struct accrual_part
spend(const struct accrual_rule *rule, const struct basket *basket)
{
    struct amount amount = rule_amount(rule, basket);

    return part_of(amount, times(amount.counts / rule->amount_minor, rule->points));
}

static struct accrual_part
articles(const struct accrual_rule *rule, const struct basket *basket)
{
    struct amount units = rule_units(rule, basket);

    return part_of(units, times(units.counts, rule->points));
}

struct accrual
accrual_calculate(const struct program *program, const struct basket *basket, int64_t carry,
                  const struct accrual_before *before)
{
    struct accrual accrual = {.carrying = -1, .carry_after = carry};

    for (int i = 0; i < program->rule_count; i++) {
        const struct accrual_rule *rule = &program->rules[i];
        struct accrual_part *part = &accrual.parts[accrual.part_count++];

        switch (rule->kind) {
        case ACCRUAL_VISIT:
            *part = visit(rule, basket);
            break;
        case ACCRUAL_ITEM_VARIATION:
        case ACCRUAL_CATEGORY:
            *part = articles(rule, basket);
            break;
        case ACCRUAL_SPEND:
            if (accrual.carrying >= 0) {
                *part = spend(rule, basket);
                break;
            }
            *part = spend_and_carry(rule, basket, before, &accrual.carry_after);
            accrual.carrying = i;
            break;
        }
    }
    return accrual;
}

/* ---- promotions ---- */

/*
 * What of an order a promotion's points stand for: all of it, so that they go as the order goes;
 * and when what had to be bought is given back sooner than the rest, as that goes.
 */
static struct amount
promoted_amount(const struct promotion *promotion, const struct basket *basket)
{
    const struct scope scope = {promotion->scope, promotion->scope_count, false};
    struct amount whole = {basket->total_minor, basket->refunded_minor};

    if (scope.count == 0 || basket->total_minor <= 0) return whole;
    struct amount bought = scoped_amount(basket, &scope, false);
    if (bought.counts == 0) return (struct amount){0};
    int64_t gone = calc_share(whole.counts, bought.refunded, bought.counts, ROUND_DOWN);
    whole.refunded = calc_max(whole.refunded, gone);
    return whole;
}

static void
try_promotion(struct promotion_chance *chance, const struct basket *basket, int64_t base)
{
    const struct promotion *promotion = chance->promotion;
    int64_t limit = promotion->limit_times;
    int64_t multiplied =
        calc_share(base, promotion->multiplier - PROMOTION_ONCE, PROMOTION_ONCE, ROUND_DOWN);

    chance->points = 0;
    chance->reason = ACCRUAL_GIVEN;
    if (base == 0) {
        chance->reason = ACCRUAL_NO_BASE_POINTS;
    } else if (basket->total_minor < promotion->minimum_minor) {
        chance->reason = ACCRUAL_SPEND_MINIMUM;
    } else if (promoted_amount(promotion, basket).counts == 0) {
        chance->reason = ACCRUAL_NOTHING_QUALIFIES;
    } else if (limit > 0 && chance->times >= limit) {
        chance->reason = ACCRUAL_LIMIT_REACHED;
    } else {
        chance->points = promotion->is_multiplier ? multiplied : promotion->addition;
        chance->points = calc_min(LEDGER_AMOUNT_MAX, calc_max(0, chance->points));
    }
}

void
accrual_promote(struct accrual *accrual, const struct basket *basket,
                struct promotion_chance *chances, int count)
{
    int64_t base = accrual_points(accrual);
    struct promotion_chance *best = NULL;

    ASSERT(accrual->promotion.v == 0);
    for (int i = 0; i < count; i++) {
        try_promotion(&chances[i], basket, base);
        if (chances[i].reason != ACCRUAL_GIVEN) continue;
        if (best == NULL || chances[i].points > best->points) best = &chances[i];
    }
    for (int i = 0; i < count; i++) {
        bool is_beaten = chances[i].reason == ACCRUAL_GIVEN && &chances[i] != best;

        if (is_beaten) chances[i].reason = ACCRUAL_ANOTHER_GIVES_MORE;
    }
    if (best == NULL || best->points == 0) return;
    accrual->promotion = best->promotion->id;
    accrual->parts[accrual->part_count++] =
        part_of(promoted_amount(best->promotion, basket), best->points);
}

/* ---- all of it ---- */

int64_t
accrual_points(const struct accrual *accrual)
{
    int64_t points = 0;

    for (int i = 0; i < accrual->part_count; i++) {
        points += accrual->parts[i].points;
    }
    return calc_min(LEDGER_AMOUNT_MAX, points);
}

int64_t
accrual_promotion_points(const struct accrual *accrual)
{
    return accrual->promotion.v == 0 ? 0 : accrual->parts[accrual->part_count - 1].points;
}

int64_t
accrual_taken_back(const struct accrual *accrual)
{
    int64_t taken = 0;

    for (int i = 0; i < accrual->part_count; i++) {
        taken += accrual_taken(&accrual->parts[i]);
    }
    return taken;
}

void
accrual_cap(struct accrual *accrual, struct accrual_room room)
{
    int64_t over = accrual_points(accrual) - calc_max(0, room.points);

    for (int i = accrual->part_count - 1; i >= 0 && over > 0; i--) {
        struct accrual_part *part = &accrual->parts[i];
        int64_t off = calc_min(over, part->points);

        if (off == 0) continue;
        part->points -= off;
        part->capped += off;
        part->reason = room.reason;
        over -= off;
    }
}

void
accrual_block(struct accrual *accrual, enum accrual_reason reason)
{
    for (int i = 0; i < accrual->part_count; i++) {
        struct accrual_part *part = &accrual->parts[i];

        part->capped += part->points;
        part->points = 0;
        part->reason = reason;
    }
}
