/*
 * simulate_model — what each customer must have, worked out apart from the server. See simulate.h.
 *
 * On purpose the plainest arithmetic that the rules allow: no lots, no ledger, no debts, one number
 * of points and one of money towards the next point for each customer. Both together are always
 * worth what was paid and kept.
 */
#include "server/simulate.h"

/* Of a sale's points, those that its refunds so far take back. */
static int64_t
due_back(const struct sim_sale *sale, int64_t points)
{
    return points * sale->refunded_minor / sale->total_minor;
}

bool
sim_model_waits(const struct sim_rules *rules, const struct sim_sale *sale)
{
    int64_t points = sale->total_minor / rules->amount_minor;

    if (sale->refunded_minor == sale->total_minor) return false;
    return points > due_back(sale, points);
}

/* Brings an account up to date with the refunds of a claimed sale. */
static void
settle(const struct sim_rules *rules, struct sim_account *account, struct sim_sale *sale)
{
    int64_t back = due_back(sale, sale->points) - sale->taken_back;

    account->balance -= back;
    account->carry -= sale->refunded_minor - sale->settled_minor - back * rules->amount_minor;
    sale->taken_back += back;
    sale->settled_minor = sale->refunded_minor;
}

int64_t
sim_model_claim(const struct sim_rules *rules, struct sim_account *account, struct sim_sale *sale)
{
    int64_t towards = account->carry + sale->total_minor;

    ASSERT(sale->refunded_minor <= sale->total_minor);
    ASSERT(sale->points == 0);
    if (towards > 0) sale->points = towards / rules->amount_minor;
    account->carry = towards - sale->points * rules->amount_minor;
    account->balance += sale->points;
    settle(rules, account, sale);
    return sale->points - sale->taken_back;
}

void
sim_model_refund(const struct sim_rules *rules, struct sim_account *account, struct sim_sale *sale,
                 int64_t amount_minor)
{
    sale->refunded_minor += amount_minor;
    ASSERT(sale->refunded_minor <= sale->total_minor);
    if (account != NULL) settle(rules, account, sale);
}
