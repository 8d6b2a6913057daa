/*
 * demo_life — sixty days of the demo's shops: customers join, buy, take rewards and use them; staff
 * put things right. Made of the same operations as real days, with the clock of then.
 *
 * One seed draws it all: two demos filled at the same time have the same days. Nobody in it exists,
 * and their telephone numbers are of the range that is kept for fiction.
 *
 * demo_life.c draws the days, demo_visit.c plays them, demo_goods.c, demo_people.c and
 * demo_programs.c are what they are drawn from.
 */
#pragma once
#include "server/demo.h"

enum { DEMO_DAYS = 60, DEMO_PEOPLE = 38, DEMO_GOODS_MAX = 24, DEMO_SHOPS_MAX = 3 };

/* ---- what is drawn from ---- */
struct demo_good {
    const char *name, *category;
    int64_t price_minor;
    int weight; /* how often it is bought, beside the others */
};
struct demo_habits {
    struct demo_good goods[DEMO_GOODS_MAX]; /* ends at the first without a name */
    int goods_max;                          /* in one purchase */
    int visits[7];                          /* on a Monday, … Sunday; 0: closed */
    int hours[24];                          /* how many come in each, beside the others */
};
extern const struct demo_habits demo_habits[]; /* of each of demo_shops */

struct demo_person {
    const char *given, *family, *nickname, *birthday; /* the last two may be NULL */
};
/* The shop's n-th customer, n < DEMO_PEOPLE. */
struct demo_person demo_person_at(int shop, int n);

/* Uniform draws from a seed (splitmix64). */
struct demo_draw {
    uint64_t state;
};
uint64_t demo_draw_next(struct demo_draw *draw);
int demo_draw_below(struct demo_draw *draw, int limit);    /* 0 … limit - 1 */
bool demo_draw_one_in(struct demo_draw *draw, int chance); /* true once in so many times */

/*
 * What the first shop rewards beside its main program, and an offer that runs today. Its articles
 * are there; made->program is as it is after.
 * Within:   a write batch
 */
MUST_USE enum err demo_add_programs(struct ctx *ctx, struct demo_made *made, int64_t today_us);

/* ---- playing ---- */
struct demo_known {
    customer_id customer;
    account_id account;
    reward_id pending; /* taken and not yet used; 0: none */
};
struct demo_life {
    const struct demo *demo;
    struct demo_known known[DEMO_SHOPS_MAX][DEMO_PEOPLE];
    team_member_id staff[DEMO_SHOPS_MAX][DEMO_STAFF_MAX];
    int64_t sales;  /* so far */
    int64_t end_us; /* what is later has not happened */
};
struct demo_visit {
    int64_t at_us;
    int shop;
    int person; /* -1: somebody who does not join */
    struct demo_draw draw;
};
/*
 * A purchase and what follows from it.
 * Within:   a write batch; ctx is the visit's own, with its time and merchant
 */
MUST_USE enum err demo_visit_play(struct ctx *ctx, struct demo_life *life,
                                  const struct demo_visit *visit);

/*
 * Somebody of a shop's team gives so many gifts in the hour after the last visit that it is
 * unusual.
 * Within:   a write batch; ctx is the life's own, at the time of that visit
 */
enum { DEMO_GIFTS = 12 };
MUST_USE enum err demo_give_much(struct ctx *ctx, const struct demo_life *life, int shop);

/*
 * Lives the days of all shops, the oldest first; they are made, and empty.
 * Within:   a transaction
 * Requires: ctx->now_us when the first day begins; end_us when the last one ends
 */
MUST_USE enum err demo_live(struct ctx *ctx, const struct demo *demo, int64_t end_us);
