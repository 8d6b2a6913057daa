/* liability_journal — see liability_journal.h. */
#include "core/insight/liability_journal.h"

/* The "plan comptable général": what is to be granted in discounts (4198) and other credit (4197)
 * to customers, discounts granted (709), other operating income (758). */
static const char *const french[JOURNAL_ACCOUNT_COUNT] = {
    [JOURNAL_POINTS] = "4198",
    [JOURNAL_CREDIT_NOTES] = "4197",
    [JOURNAL_DISCOUNTS] = "709",
    [JOURNAL_INCOME] = "758",
};
static const char *const elsewhere[JOURNAL_ACCOUNT_COUNT] = {
    [JOURNAL_POINTS] = "loyalty-points",
    [JOURNAL_CREDIT_NOTES] = "credit-notes",
    [JOURNAL_DISCOUNTS] = "loyalty-discounts",
    [JOURNAL_INCOME] = "other-income",
};

const char *
liability_journal_account(struct str country, enum journal_account account)
{
    ASSERT(account >= 0);
    ASSERT(account < JOURNAL_ACCOUNT_COUNT);
    return str_is(country, STR("FR")) ? french[account] : elsewhere[account];
}

/* How much a flow raised what is owed. */
static int64_t
raised(const struct liability_flows *flows, enum liability_flow flow)
{
    switch (flow) {
    case FLOW_ISSUED:
        return flows->issued;
    case FLOW_RETURNED:
        return -flows->returned;
    case FLOW_REDEEMED:
        return -flows->redeemed;
    case FLOW_EXPIRED:
        return -flows->expired;
    case FLOW_ADJUSTED:
        return flows->adjusted;
    case FLOW_COUNT:
        break;
    }
    ASSERT(flow != FLOW_COUNT);
    return 0;
}

struct journal_entry
liability_journal_entry(const struct liability *of, const struct liability_day *day,
                        enum liability_flow flow)
{
    bool is_notes = of->program.v == 0;
    enum journal_account owed = is_notes ? JOURNAL_CREDIT_NOTES : JOURNAL_POINTS;
    enum journal_account other =
        is_notes && flow == FLOW_EXPIRED ? JOURNAL_INCOME : JOURNAL_DISCOUNTS;
    int64_t minor = raised(&day->money, flow);

    if (minor < 0) {
        return (struct journal_entry){
            .debit = owed, .credit = other, .minor = -minor, .units = -raised(&day->units, flow)};
    }
    return (struct journal_entry){
        .debit = other, .credit = owed, .minor = minor, .units = raised(&day->units, flow)};
}
