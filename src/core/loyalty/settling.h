/*
 * settling — the steps of settling, and of telling what an order would earn. For this module only.
 *
 * A slot is one program's part of it: what the order earned there before, and what it should have
 * earned now.
 */
#pragma once
#include "core/loyalty/accounts_store.h"
#include "core/loyalty/earnings_store.h"
#include "core/loyalty/settle.h"

struct slot {
    struct membership member; /* account id 0: none yet */
    struct earning before, after;
    struct accrual was, accrual; /* the parts of both */
    bool grows;                  /* it may earn more than it did */
    struct promotion_chance *chances;
    int chance_count;
};
static inline bool
slot_is_known(const struct slot *slot)
{
    return slot->before.account.v != 0;
}

/* An order on its way; what is read once for all programs is read when the first asks. */
struct settling {
    const struct order_earning *order;
    struct slot *slots;
    int count;
    struct basket basket;
    bool has_lines, has_moment, has_running;
    int64_t local_us;          /* when it was closed, on the merchant's wall clock */
    struct promotion *running; /* of all programs */
    int running_count;
    struct earning_part *parts; /* to be stored */
    int part_count;
};

/* When it was closed. */
int64_t settling_closed_us(const struct ctx *ctx, const struct settling *settling);
/* The merchant's day on which it was closed, of zone.h. */
MUST_USE enum err settling_find_day(struct ctx *ctx, struct settling *settling, int64_t *day);

/* Reads the lines, if this slot's rules or promotions are of articles. */
MUST_USE enum err settling_read_lines(struct ctx *ctx, struct settling *settling,
                                      const struct slot *slot);
/* Reads the rules that count for each slot: the program's now, or those of its first time. */
MUST_USE enum err settling_read_rules(struct ctx *ctx, struct settling *settling);
/*
 * Computes slot->accrual and slot->after from the order as it is now.
 * Requires: member, before and rules are read
 * Errors:   ERR_FIELD_RANGE   it would earn more than PROGRAM_POINTS_MAX
 */
MUST_USE enum err settling_compute(struct ctx *ctx, struct settling *settling, struct slot *slot);

/* ---- limits: settling_limits.c ---- */
/* Chooses the promotion that counts, and adds its part. */
MUST_USE enum err settling_promote(struct ctx *ctx, struct settling *settling, struct slot *slot);
/* Takes off what the program's limits do not allow; all of it when the order came too soon. */
MUST_USE enum err settling_limit(struct ctx *ctx, struct settling *settling, struct slot *slot);
/* Whether a program has limits at all. */
bool settling_has_limits(const struct program *program);
/* Whether an order came too soon, and never earns. */
bool settling_is_blocked(const struct accrual *accrual);
/* Counts what was earned, or taken back, for the limits of what comes next. */
MUST_USE enum err settling_count(struct ctx *ctx, struct settling *settling,
                                 const struct slot *slot);
