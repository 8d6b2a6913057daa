/* demo_life — draws the days of the demo's shops; see demo_life.h. */
#include "server/demo_life.h"
#include "base/clock.h"
#include "base/zone.h"
#include "core/loyalty/accounts.h"
#include "core/orders/orders.h"
#include "core/team/roster.h"
#include "db/write_lane.h"
#include <stdlib.h>

enum { VISITS_MAX = 100, JOINED_BY_DAY = 52, SCRATCH_MAX = 1 << 20 };
#define SEED UINT64_C(20261122)

/* ---- draws ---- */

uint64_t
demo_draw_next(struct demo_draw *draw)
{
    draw->state += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t z = draw->state;
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

int
demo_draw_below(struct demo_draw *draw, int limit)
{
    ASSERT(limit > 0);
    return (int)(demo_draw_next(draw) % (uint64_t)limit);
}

bool
demo_draw_one_in(struct demo_draw *draw, int chance)
{
    return demo_draw_below(draw, chance) == 0;
}

/* ---- a day ---- */

static int
draw_hour(struct demo_draw *draw, const int hours[24])
{
    int sum = 0;

    for (int i = 0; i < 24; i++)
        sum += hours[i];
    int left = demo_draw_below(draw, sum);
    for (int i = 0; i < 24; i++) {
        left -= hours[i];
        if (left < 0) return i;
    }
    return 0;
}

/*
 * Who comes: in three of four visits somebody who collects points, the first ones more often than
 * the others. They become more with the days.
 */
static int
draw_person(struct demo_draw *draw, int day, bool is_last)
{
    int joined = DEMO_PEOPLE * (day + 4) / (JOINED_BY_DAY + 4);

    if (joined > DEMO_PEOPLE) joined = DEMO_PEOPLE;
    /* What nobody claims waits on the tablets for a day: today's few are enough to be seen. */
    if (demo_draw_one_in(draw, is_last ? 12 : 4)) return -1;
    int first = demo_draw_below(draw, joined), second = demo_draw_below(draw, joined);
    return first < second ? first : second;
}

struct day {
    int number;
    struct demo_visit *visits;
    int count;
};

static void
draw_day(struct demo_draw *draw, int shop, int number, const struct str *zone, int64_t today,
         struct day *day)
{
    const struct demo_habits *habits = &demo_habits[shop];
    int64_t local = today - (DEMO_DAYS - 1) + number, start_us;
    int weekday = (int)((local + 3) % 7); /* 1970-01-01 was a Thursday */
    int visits = habits->visits[weekday];

    if (visits == 0) return;
    zone_day_starts(*zone, local, 1, &start_us);
    visits += demo_draw_below(draw, 5) - 2 + number / 20;
    for (int i = 0; i < visits && day->count < VISITS_MAX; i++) {
        int64_t at_us = start_us + draw_hour(draw, habits->hours) * CLOCK_HOUR_US +
                        demo_draw_below(draw, 3600) * CLOCK_SECOND_US;
        day->visits[day->count++] = (struct demo_visit){
            .at_us = at_us,
            .shop = shop,
            .person = draw_person(draw, number, number >= DEMO_DAYS - 2),
            .draw = {demo_draw_next(draw)},
        };
    }
}

static int
oldest_first(const void *a, const void *b)
{
    const struct demo_visit *left = a, *right = b;

    if (left->at_us != right->at_us) return left->at_us < right->at_us ? -1 : 1;
    return left->shop - right->shop;
}

/* ---- playing ---- */

/* What waited too long is over, before the first customer of the day. */
static enum err
end_claims(struct ctx *ctx, const struct demo *demo)
{
    for (int i = 0; i < demo_shop_count; i++) {
        int ended;

        ctx->merchant = demo->made[i].id;
        TRY(orders_expire_claims(ctx, VISITS_MAX, &ended));
        TRY(accounts_expire(ctx, ACCOUNTS_EXPIRE_MAX, &ended));
    }
    return OK;
}

/* Runs in an arena of its own: sixty days would outgrow the command's. */
static enum err
play_day(struct ctx *ctx, struct demo_life *life, const struct day *day)
{
    ctx->actor = (struct actor){.kind = ACTOR_SYSTEM};
    ctx->batch = write_batch_begin(ctx);
    if (day->count > 0 && day->visits[0].at_us < life->end_us) {
        ctx->now_us = day->visits[0].at_us;
        TRY(end_claims(ctx, life->demo));
    }
    for (int i = 0; i < day->count && day->visits[i].at_us < life->end_us; i++) {
        ctx->now_us = day->visits[i].at_us;
        ctx->merchant = life->demo->made[day->visits[i].shop].id;
        TRY(demo_visit_play(ctx, life, &day->visits[i]));
    }
    /* The first shop's last whole day has something to ask about. */
    if (day->number == DEMO_DAYS - 2) TRY(demo_give_much(ctx, life, 0));
    return write_batch_end(ctx);
}

static enum err
find_staff(struct ctx *ctx, struct demo_life *life)
{
    for (int i = 0; i < demo_shop_count; i++) {
        struct team_member *members;
        int count;

        ctx->merchant = life->demo->made[i].id;
        TRY(roster_list_members(ctx, &members, &count));
        for (int m = 0; m < count; m++) {
            for (int s = 0; s < DEMO_STAFF_MAX; s++) {
                if (!str_is(members[m].name, str_of(demo_shops[i].staff[s].name))) continue;
                life->staff[i][s] = members[m].id;
            }
        }
    }
    return OK;
}

enum err
demo_live(struct ctx *ctx, const struct demo *demo, int64_t end_us)
{
    struct demo_life *life = ARENA_NEW(ctx->arena, struct demo_life);
    struct demo_draw draw = {SEED};
    struct ctx then = *ctx;
    struct arena scratch;
    enum err err = OK;

    *life = (struct demo_life){.demo = demo, .end_us = end_us};
    TRY(find_staff(&then, life));
    arena_open(&scratch, SCRATCH_MAX);
    then.arena = &scratch;
    for (int number = 0; err == OK && number < DEMO_DAYS; number++) {
        struct day day = {.number = number,
                          .visits = ARENA_ARRAY(&scratch, struct demo_visit, VISITS_MAX)};

        for (int i = 0; i < demo_shop_count; i++) {
            struct str zone = str_of(demo_shops[i].time_zone);
            draw_day(&draw, i, number, &zone, zone_day_at(zone, end_us), &day);
        }
        qsort(day.visits, (size_t)day.count, sizeof day.visits[0], oldest_first);
        err = play_day(&then, life, &day);
        arena_reset(&scratch);
    }
    memcpy(ctx->detail, then.detail, sizeof ctx->detail);
    arena_close(&scratch);
    return err;
}
