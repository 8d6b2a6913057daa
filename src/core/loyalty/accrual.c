/* accrual — see programs.h. Pure: no database, no clock. */
#include "base/calc.h"
#include "core/ledger/ledger.h"
#include "core/loyalty/programs.h"

/* What of a purchase a rule counts. A tax larger than the total counts as all of it. */
static int64_t
counted(const struct accrual_rule *rule, const struct purchase *purchase)
{
    int64_t tax = rule->before_tax ? calc_max(0, purchase->tax_minor) : 0;

    return calc_max(0, purchase->total_minor - tax);
}

static int64_t
add_points(int64_t points, int64_t count, int64_t each)
{
    int64_t more;

    if (!calc_mul_div(count, each, 1, ROUND_DOWN, &more)) return LEDGER_AMOUNT_MAX;
    return calc_min(LEDGER_AMOUNT_MAX, points + calc_min(LEDGER_AMOUNT_MAX, more));
}

static int64_t
visits(const struct accrual_rule *rule, const struct purchase *purchase)
{
    return purchase->total_minor > 0 && counted(rule, purchase) >= rule->amount_minor;
}

/* The first SPEND rule: whole amounts out of what was carried and what is new. */
static void
accrue_spend(const struct accrual_rule *rule, int64_t grown, struct accrual *accrual)
{
    int64_t total = accrual->carry_after + grown;
    /* A carry that a refund made negative gives no points, and takes none. */
    int64_t count = total > 0 ? total / rule->amount_minor : 0;

    accrual->carry_after = total - count * rule->amount_minor;
    accrual->spend_minor = grown;
    accrual->spend_points = add_points(0, count, rule->points);
    accrual->rule_points = rule->points;
    accrual->rule_amount = rule->amount_minor;
    accrual->points = add_points(accrual->points, accrual->spend_points, 1);
}

struct accrual
programs_calculate_growth(const struct program *program, const struct purchase *before,
                          const struct purchase *after, int64_t carry)
{
    struct accrual accrual = {.carry_after = carry};

    for (int i = 0; i < program->rule_count; i++) {
        const struct accrual_rule *rule = &program->rules[i];
        int64_t was = counted(rule, before);
        int64_t is = calc_max(was, counted(rule, after));

        if (rule->kind == ACCRUAL_VISIT) {
            int64_t more = visits(rule, after) - visits(rule, before);
            accrual.points = add_points(accrual.points, calc_max(0, more), rule->points);
        } else if (rule->kind != ACCRUAL_SPEND) {
            continue; /* of articles: counted from the lines */
        } else if (accrual.rule_amount == 0) {
            accrue_spend(rule, is - was, &accrual);
        } else {
            int64_t more = is / rule->amount_minor - was / rule->amount_minor;
            accrual.points = add_points(accrual.points, more, rule->points);
        }
    }
    return accrual;
}

struct accrual
programs_calculate(const struct program *program, int64_t total_minor, int64_t tax_minor,
                   int64_t carry)
{
    const struct purchase nothing = {0};
    const struct purchase purchase = {total_minor, tax_minor};

    if (total_minor <= 0 || total_minor < program->minimum_minor) {
        return (struct accrual){.carry_after = carry};
    }
    return programs_calculate_growth(program, &nothing, &purchase, carry);
}
