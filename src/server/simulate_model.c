/*
 * simulate_model — what each customer must have, worked out apart from the server. See simulate.h.
 *
 * On purpose the plainest arithmetic that the rules allow: no lots, no ledger, one number for each
 * customer.
 */
#include "server/simulate.h"

int64_t
sim_model_claim(const struct sim_rules *rules, struct sim_account *account, struct sim_sale *sale)
{
    int64_t towards = account->carry + sale->total_minor - sale->refunded_minor;

    ASSERT(sale->refunded_minor <= sale->total_minor);
    sale->earned_minor = sale->total_minor - sale->refunded_minor;
    sale->points = towards / rules->amount_minor * rules->points;
    account->carry = towards % rules->amount_minor;
    account->balance += sale->points;
    return sale->points;
}

void
sim_model_refund(struct sim_account *account, struct sim_sale *sale, int64_t amount_minor)
{
    sale->refunded_minor += amount_minor;
    ASSERT(sale->refunded_minor <= sale->total_minor);
    if (account == NULL || sale->earned_minor == 0) return;

    /* Refunds from before the claim never earned. */
    int64_t before = sale->total_minor - sale->earned_minor;
    int64_t since = sale->refunded_minor - before;
    int64_t due = sale->points * since / sale->earned_minor;
    account->balance -= due - sale->taken_back;
    sale->taken_back = due;
}
