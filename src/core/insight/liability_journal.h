/*
 * liability_journal — what a day's figures are in the books: entries whose debit is their credit.
 *
 * Points that are issued lower what was earned and raise what is owed; when they are used, expire
 * or are taken back, the other way round: what was sold for less, or for nothing, was lowered when
 * its points were issued. A credit note is owed in the same way, on an account of its own, and is
 * income when nobody uses it. It is a proposal: an accountant says which accounts
 * (docs/decisions/0094).
 */
#pragma once
#include "core/insight/liability.h"

enum liability_flow {
    FLOW_ISSUED,
    FLOW_RETURNED,
    FLOW_REDEEMED,
    FLOW_EXPIRED,
    FLOW_ADJUSTED,
    FLOW_COUNT
};
enum journal_account {
    JOURNAL_POINTS,       /* owed in points */
    JOURNAL_CREDIT_NOTES, /* owed in credit notes */
    JOURNAL_DISCOUNTS,    /* what was earned less */
    JOURNAL_INCOME,       /* credit notes that nobody used */
    JOURNAL_ACCOUNT_COUNT
};

struct journal_entry {
    enum journal_account debit, credit;
    int64_t minor; /* 0: there is no entry; otherwise more */
    int64_t units;
};
/* What one flow of a day is. */
struct journal_entry liability_journal_entry(const struct liability *of,
                                             const struct liability_day *day,
                                             enum liability_flow flow);

/* What an account is called in a country's chart of accounts; in others than France, a word. */
const char *liability_journal_account(struct str country, enum journal_account account);
