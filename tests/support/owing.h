/* owing — what a club owes its customers: read, counted, and moved in ways that club.h has not. */
#pragma once
#include "core/insight/liability.h"
#include "core/ledger/ledger.h"
#include "support/club.h"

enum { OWING_EUR = 978 };

struct owing {
    struct liability *list; /* the programs, then the credit notes */
    int count;
};
struct owing owing_read(struct club *club, int64_t first, int64_t last);
/* Of the club's own program. */
struct liability owing_between(struct club *club, int64_t first, int64_t last);
struct liability owing_today(struct club *club);
/* The day it is now where the club is. */
int64_t owing_day(struct club *club);

/* Posts a transfer of two lines as it is, opening their accounts. */
void owing_post(struct club *club, int64_t unit, enum ledger_reason reason,
                const struct ledger_line lines[static 2]);
/* Counts what is behind the mark, as the job does: all of its steps. Gives how many there were. */
int owing_count(struct club *club);
/* How many differences the audit tells; the first is kept in told. */
int64_t owing_audit(struct club *club, char *told, size_t size);

/* Changes rows behind everybody's back. */
void owing_run(struct club *club, const char *sql);
