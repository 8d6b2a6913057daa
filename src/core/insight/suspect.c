/* suspect — see suspect.h. */
#include "core/insight/suspect.h"
#include "base/clock.h"
#include "base/list.h"
#include "base/zone.h"
#include "core/customers/words.h"
#include "core/insight/suspect_store.h"
#include "core/merchants/merchants.h"
#include "core/team/permissions.h"
#include "core/team/places.h"

enum { WEEK_DAYS = 7, WEEK_HOURS = WEEK_DAYS * 24, HISTORY_DAYS = SUSPECT_WEEKS * WEEK_DAYS };

/* A day or a week, and the weeks before it that tell what is usual. */
struct window {
    int64_t day; /* the first */
    struct suspect_span span, before;
};

/* Days from `first` on, and the eight weeks before them. */
static struct window
window_at(struct str zone, int64_t first, int days, int64_t part_us)
{
    struct window window = {.day = first};

    zone_day_starts(zone, first, 1, &window.span.from_us);
    zone_day_starts(zone, first + days, 1, &window.span.until_us);
    zone_day_starts(zone, first - HISTORY_DAYS, 1, &window.before.from_us);
    window.before.until_us = window.span.from_us;
    window.span.part_us = part_us;
    window.before.part_us = part_us;
    return window;
}

/* ---- what is usual ---- */
struct usual {
    int64_t credits; /* SUSPECT_OF_100 of 100 had at most so many */
    int64_t known;
    bool is_told; /* enough is known */
};

static bool
is_long_known(const struct window *window, int64_t first_us)
{
    return window->span.from_us - first_us >= SUSPECT_DAYS_MIN * CLOCK_DAY_US;
}

static struct usual
usual_of(const struct window *window, const struct suspect_bar *bars, int count)
{
    struct usual usual = {0};
    int64_t first = INT64_MAX, passed = 0;

    for (int i = 0; i < count; i++) {
        usual.known += bars[i].parts;
        if (bars[i].first < first) first = bars[i].first;
    }
    for (int i = 0; i < count && passed * 100 < usual.known * SUSPECT_OF_100; i++) {
        passed += bars[i].parts;
        usual.credits = bars[i].credits;
    }
    usual.is_told = usual.known >= SUSPECT_KNOWN_MIN && is_long_known(window, id_at_us(first));
    return usual;
}

static bool
is_beyond(const struct usual *usual, int64_t credits)
{
    return usual->is_told && credits > SUSPECT_TIMES * usual->credits;
}

static void
add(struct ctx *ctx, struct suspicion_list *list, struct suspicion suspicion)
{
    LIST_ADD(ctx->arena, list->at, list->count, suspicion);
}

/* ---- credits to oneself ---- */

/* Both have words, and the same. */
static bool
are_same(const struct words *one, const struct words *other, int words_min)
{
    if (one->count != other->count || one->count < words_min) return false;
    for (int i = 0; i < one->count; i++) {
        if (!words_have(other, one->at[i])) return false;
    }
    return true;
}

static bool
are_same_person(struct ctx *ctx, const struct suspect_names *names)
{
    struct words one, other;

    words_of_customer(ctx, &(struct customer){.email = names->member_email}, &one);
    words_of_customer(ctx, &(struct customer){.email = names->customer_email}, &other);
    if (are_same(&one, &other, 1)) return true;
    words_of_customer(ctx, &(struct customer){.given_name = names->member_name}, &one);
    words_of_customer(
        ctx, &(struct customer){.given_name = names->given_name, .family_name = names->family_name},
        &other);
    return are_same(&one, &other, 2); /* a given name alone is many people's */
}

static enum err
add_own(struct ctx *ctx, const struct window *week, struct suspicion_list *list)
{
    struct suspect_count *counts;
    struct suspect_bar *bars;
    int count, bar_count;

    /* Who got anything got it once at least: what is not beyond that is beyond nothing. */
    TRY(suspect_store_count_customers(ctx, &week->span, SUSPECT_TIMES, &counts, &count));
    if (count == 0) return OK;
    TRY(suspect_store_list_customer_weeks(ctx, &week->before, &bars, &bar_count));
    const struct usual usual = usual_of(week, bars, bar_count);
    for (int i = 0; i < count; i++) {
        struct suspect_names names;
        bool found;

        if (!is_beyond(&usual, counts[i].credits)) continue;
        TRY(suspect_store_find_names(ctx, counts[i].member, counts[i].customer, &names, &found));
        if (!found || !are_same_person(ctx, &names)) continue;
        add(ctx, list,
            (struct suspicion){.kind = SUSPICION_OWN,
                               .member = counts[i].member,
                               .day = week->day,
                               .customer = counts[i].customer,
                               .from_us = week->span.from_us,
                               .until_us = week->span.until_us,
                               .counted = counts[i].credits,
                               .usual = usual.credits,
                               .known = usual.known});
    }
    return OK;
}

/* ---- many at once ---- */

static struct suspicion
about_hour(enum suspicion_kind kind, const struct window *day, const struct suspect_count *count)
{
    int64_t from_us = day->span.from_us + count->part * CLOCK_HOUR_US;

    return (struct suspicion){.kind = kind,
                              .member = count->member,
                              .day = day->day,
                              .from_us = from_us,
                              .until_us = from_us + CLOCK_HOUR_US,
                              .counted = count->credits};
}

static enum err
add_bursts(struct ctx *ctx, const struct window *day, struct suspicion_list *list)
{
    struct suspect_count *counts;
    struct suspect_bar *bars;
    int count, bar_count;
    int64_t most = 0;

    TRY(suspect_store_count_hours(ctx, &day->span, true, &counts, &count));
    for (int i = 0; i < count; i++) {
        if (counts[i].credits > most) most = counts[i].credits;
    }
    if (most <= SUSPECT_TIMES) return OK; /* as in add_own */
    TRY(suspect_store_list_hand_hours(ctx, &day->before, &bars, &bar_count));
    const struct usual usual = usual_of(day, bars, bar_count);
    for (int i = 0; i < count; i++) {
        if (!is_beyond(&usual, counts[i].credits)) continue;
        struct suspicion burst = about_hour(SUSPICION_BURST, day, &counts[i]);

        burst.usual = usual.credits;
        burst.known = usual.known;
        add(ctx, list, burst);
    }
    return OK;
}

/* ---- while the shop is closed ---- */

/* The orders of eight weeks, by the hour of the week. The weeks begin as the day does, so that the
 * day's hours are the first ones. */
struct week_hours {
    int64_t orders[WEEK_HOURS];
    int64_t all, first_us;
};

static enum err
read_week(struct ctx *ctx, const struct window *day, struct week_hours *week)
{
    struct suspect_sales *sales;
    int count;

    *week = (struct week_hours){.first_us = INT64_MAX};
    TRY(suspect_store_list_sales(ctx, &day->before, &sales, &count));
    for (int i = 0; i < count; i++) {
        int64_t at_us = day->before.from_us + sales[i].part * CLOCK_HOUR_US;

        week->orders[sales[i].part % WEEK_HOURS] += sales[i].orders;
        week->all += sales[i].orders;
        if (at_us < week->first_us) week->first_us = at_us;
    }
    return OK;
}

/* In this hour, and in the hours beside it: who closes late is not suspect. */
static int64_t
orders_around(const struct week_hours *week, int64_t hour)
{
    int64_t orders = 0;

    for (int64_t at = hour + WEEK_HOURS - 1; at <= hour + WEEK_HOURS + 1; at++)
        orders += week->orders[at % WEEK_HOURS];
    return orders;
}

static enum err
add_after_hours(struct ctx *ctx, const struct window *day, struct suspicion_list *list)
{
    struct suspect_count *counts;
    struct week_hours week;
    int count;

    TRY(suspect_store_count_hours(ctx, &day->span, false, &counts, &count));
    if (count == 0) return OK;
    TRY(read_week(ctx, day, &week));
    if (week.all < SUSPECT_SALES_MIN || !is_long_known(day, week.first_us)) return OK;
    for (int i = 0; i < count; i++) {
        int64_t around = orders_around(&week, counts[i].part);
        struct suspicion late = about_hour(SUSPICION_AFTER_HOURS, day, &counts[i]);

        if (around * SUSPECT_RARE_OF >= week.all) continue;
        late.usual = around;
        late.known = week.all;
        add(ctx, list, late);
    }
    return OK;
}

/* ---- all of it ---- */

/* 1970-01-01 was a Thursday. */
static int64_t
monday_of(int64_t day)
{
    return day - (day + 3) % WEEK_DAYS;
}

enum err
suspect_find(struct ctx *ctx, struct suspicion_list **found)
{
    struct suspicion_list *list = ARENA_NEW(ctx->arena, struct suspicion_list);
    struct merchant merchant;

    ASSERT(ctx->merchant.v != 0);
    *found = NULL;
    *list = (struct suspicion_list){0};
    TRY(merchants_find(ctx, &merchant));
    int64_t today = zone_day_at(merchant.time_zone, ctx->now_us);
    for (int64_t at = today - 1; at <= today; at++) {
        const struct window day = window_at(merchant.time_zone, at, 1, CLOCK_HOUR_US);

        TRY(add_bursts(ctx, &day, list));
        TRY(add_after_hours(ctx, &day, list));
        if (at < today && monday_of(at) == monday_of(today)) continue;
        const struct window week =
            window_at(merchant.time_zone, monday_of(at), WEEK_DAYS, WEEK_DAYS * CLOCK_DAY_US);

        TRY(add_own(ctx, &week, list));
    }
    if (list->count > 0) *found = list;
    return OK;
}

enum err
suspect_may_know(struct ctx *ctx, bool *may_know)
{
    team_member_id limited;

    TRY(places_find_limited(ctx, &limited));
    *may_know = limited.v == 0 && (ctx->actor.permissions & PERM_TRAIL_READ) != 0;
    return OK;
}

enum err
suspect_close(struct ctx *ctx, suspicion_id id, struct str word, struct suspicion *suspicion)
{
    bool may_know;

    TRY(suspect_may_know(ctx, &may_know));
    if (!may_know) return fail(ctx, ERR_SUSPICION_UNKNOWN, "works at some places only");
    TRY(suspicions_find(ctx, id, suspicion));
    bool is_self = ctx->actor.kind == ACTOR_STAFF && ctx->actor.id == suspicion->member.v;
    if (is_self && (ctx->actor.permissions & PERM_TEAM_WRITE) == 0) {
        return fail(ctx, ERR_SUSPICION_SELF, "about oneself");
    }
    TRY(suspicions_close(ctx, id, word));
    return suspicions_find(ctx, id, suspicion);
}
