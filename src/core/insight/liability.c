/* liability — see liability.h. How the days' rows come to be is in liability_count.c. */
#include "core/insight/liability.h"
#include "base/calc.h"
#include "base/list.h"
#include "core/insight/liability_store.h"
#include "core/ledger/ledger.h"
#include <inttypes.h>

/* What is read for one unit, before it becomes figures. */
struct reading {
    struct liability liability;
    bool closed;
    int64_t opening, owed, pending; /* units */
    bool moved;                     /* ever, by the end of the period */
};
struct readings {
    struct reading *at; /* the programs, then the credit notes */
    int count;
    const struct liability_period *period;
};

static int64_t
net_of(const struct liability_flows *flows)
{
    return flows->issued - flows->redeemed - flows->expired - flows->returned + flows->adjusted;
}

static void
add_flows(struct liability_flows *sum, const struct liability_flows *flows)
{
    sum->issued += flows->issued;
    sum->redeemed += flows->redeemed;
    sum->expired += flows->expired;
    sum->returned += flows->returned;
    sum->adjusted += flows->adjusted;
}

/* ---- units ---- */
/* Whose unit it is; NULL: a program's that was not asked for. */
static struct reading *
reading_of(const struct readings *readings, int64_t unit)
{
    int64_t program = unit < LIABILITY_CURRENCY_END ? 0 : unit;

    for (int i = 0; i < readings->count; i++) {
        if (readings->at[i].liability.program.v == program) return &readings->at[i];
    }
    return NULL;
}

/* Puts a row where it belongs: before the period, or on one of its days; later ones are left. */
static void
place(const struct readings *readings, const struct liability_row *row)
{
    const struct liability_period *period = readings->period;
    struct reading *reading = reading_of(readings, row->unit);

    if (reading == NULL || row->day > period->last) return;
    reading->moved = true;
    reading->owed += row->owed;
    reading->pending += row->pending;
    if (row->day < period->first) {
        reading->opening += net_of(&row->flows);
    } else {
        add_flows(&reading->liability.days[row->day - period->first].units, &row->flows);
    }
}

static void
place_all(const struct readings *readings, const struct liability_rows *rows)
{
    for (int i = 0; i < rows->count; i++)
        place(readings, &rows->at[i]);
}

static enum err
read_units(struct ctx *ctx, const struct readings *readings)
{
    const struct liability_period *period = readings->period;
    struct liability_span behind = {.until_seq = INT64_MAX, .zone = period->zone};
    struct liability_mark mark;
    struct liability_rows rows;

    TRY(liability_store_find_mark(ctx, &mark));
    /* Days of another zone are none of this merchant's any more; all is read from the ledger. */
    if (mark.exists && str_is(mark.zone, period->zone)) {
        behind.after_seq = mark.seq;
        TRY(liability_store_sum_before(ctx, period->first, &rows));
        place_all(readings, &rows);
        TRY(liability_store_list_days(ctx, period->first, period->last, &rows));
        place_all(readings, &rows);
    }
    TRY(liability_store_add_up(ctx, &behind, &rows));
    place_all(readings, &rows);
    return OK;
}

/* ---- money ---- */
/* Points that are said to be worth more than there is money are worth LEDGER_BALANCE_MAX. */
static int64_t
worth(const struct liability_value *value, int64_t units)
{
    int64_t minor = 0;

    if (value->from == WORTH_UNKNOWN) return 0;
    if (!calc_mul_div(units, value->minor, value->points, ROUND_HALF_UP, &minor)) {
        return units < 0 ? -LEDGER_BALANCE_MAX : LEDGER_BALANCE_MAX;
    }
    return calc_max(-LEDGER_BALANCE_MAX, calc_min(LEDGER_BALANCE_MAX, minor));
}

/* How the worth of what is left changes when it goes from one number of units to another. */
static int64_t
step(const struct liability_value *value, int64_t *units, int64_t moved)
{
    int64_t before = worth(value, *units);

    *units += moved;
    return worth(value, *units) - before;
}

/*
 * Each flow is worth what it changes of the rounded worth of the balance, one after the other, so
 * that they add up to the cent, whatever a point is worth.
 */
static void
value_day(const struct liability_value *value, int64_t *units, struct liability_day *day)
{
    day->money.issued = step(value, units, day->units.issued);
    day->money.returned = -step(value, units, -day->units.returned);
    day->money.redeemed = -step(value, units, -day->units.redeemed);
    day->money.expired = -step(value, units, -day->units.expired);
    day->money.adjusted = step(value, units, day->units.adjusted);
    day->closing = *units;
    day->closing_minor = worth(value, *units);
}

static void
sum_up(struct reading *reading, int day_count)
{
    struct liability *of = &reading->liability;
    int64_t units = reading->opening;

    of->units.opening = units;
    of->money.opening = worth(&of->value, units);
    for (int i = 0; i < day_count; i++) {
        value_day(&of->value, &units, &of->days[i]);
        add_flows(&of->units.flows, &of->days[i].units);
        add_flows(&of->money.flows, &of->days[i].money);
    }
    of->units.closing = units;
    of->units.owed = reading->owed;
    of->units.pending = reading->pending;
    of->money.closing = worth(&of->value, units);
    of->money.owed = worth(&of->value, reading->owed);
    of->money.pending = worth(&of->value, reading->pending);
    ASSERT(of->units.opening + net_of(&of->units.flows) == of->units.closing);
    ASSERT(of->money.opening + net_of(&of->money.flows) == of->money.closing);
}

/* Minor units for a million points, to compare what rewards give for a point. */
static int64_t
rate_of(int64_t minor, int64_t points)
{
    int64_t rate = INT64_MAX;

    if (!calc_mul_div(minor, 1000000, points, ROUND_DOWN, &rate)) return INT64_MAX;
    return rate;
}

static void
find_value(struct liability *of, const struct liability_reward *rewards, int count)
{
    struct liability_value *value = &of->value;

    if (str_is(of->type, STR("cashback"))) {
        *value = (struct liability_value){.from = WORTH_MONEY, .points = 1, .minor = 1};
        return;
    }
    if (value->points > 0) {
        value->from = WORTH_SET;
        return;
    }
    for (int i = 0; i < count; i++) {
        const struct liability_reward *reward = &rewards[i];

        if (reward->program.v != of->program.v) continue;
        bool is_better = value->from == WORTH_UNKNOWN || rate_of(reward->minor, reward->points) >
                                                             rate_of(value->minor, value->points);
        if (!is_better) continue;
        *value = (struct liability_value){
            .from = WORTH_BEST_REWARD,
            .points = reward->points,
            .minor = reward->minor,
            .tier = reward->tier,
            .tier_name = reward->name,
        };
    }
}

/* ---- all together ---- */
static enum err
list_readings(struct ctx *ctx, program_id program, struct readings *readings)
{
    int64_t day_count = readings->period->last - readings->period->first + 1;
    struct liability_program *programs;
    struct liability_reward *rewards;
    int count, reward_count;

    TRY(liability_store_list_programs(ctx, program, &programs, &count));
    if (program.v != 0 && count == 0) {
        return fail(ctx, ERR_PROGRAM_UNKNOWN, "program %" PRId64, program.v);
    }
    TRY(liability_store_list_rewards(ctx, &rewards, &reward_count));
    readings->at = ARENA_ARRAY(ctx->arena, struct reading, (size_t)count + 1);
    for (int i = 0; i < count; i++) {
        readings->at[i].liability = programs[i].liability;
        readings->at[i].closed = programs[i].closed && program.v == 0;
        find_value(&readings->at[i].liability, rewards, reward_count);
    }
    readings->at[count].liability.value =
        (struct liability_value){.from = WORTH_MONEY, .points = 1, .minor = 1};
    readings->count = count + 1;
    for (int i = 0; i < readings->count; i++) {
        readings->at[i].liability.days =
            ARENA_ARRAY(ctx->arena, struct liability_day, (size_t)day_count);
    }
    return OK;
}

enum err
liability_read(struct ctx *ctx, const struct liability_period *period, program_id program,
               struct liability **list, int *count)
{
    struct readings readings = {.period = period};

    ASSERT(ctx->merchant.v != 0);
    ASSERT(period->last >= period->first);
    ASSERT(period->last - period->first < LIABILITY_DAYS_MAX);
    TRY(list_readings(ctx, program, &readings));
    TRY(read_units(ctx, &readings));
    *list = NULL;
    *count = 0;
    for (int i = 0; i < readings.count; i++) {
        struct reading *reading = &readings.at[i];

        if (reading->closed && !reading->moved) continue;
        sum_up(reading, (int)(period->last - period->first) + 1);
        LIST_ADD(ctx->arena, *list, *count, reading->liability);
    }
    return OK;
}

int64_t
liability_total(const struct liability *list, int count)
{
    int64_t total_minor = 0;

    ASSERT(count >= 1); /* credit notes are always there */
    for (int i = 0; i < count; i++) {
        total_minor += list[i].money.closing;
    }
    return total_minor;
}
