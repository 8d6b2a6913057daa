/* suspicions_test — what is unusual is kept once, grows while it is open, and is forgotten. */
#include "base/clock.h"
#include "core/trail/suspicions.h"
#include "core/trail/trail.h"
#include "support/test.h"
#include "support/world.h"

enum { INES = 12, ZOE = 13, ANNA = 21, LIMIT = 10 };

static enum err
keep(struct ctx *ctx, void *arg)
{
    return suspicions_keep(ctx, arg);
}

static struct suspicion
keep_own(struct world *w, int64_t member, int64_t day, int64_t counted)
{
    struct suspicion own = {.kind = SUSPICION_OWN,
                            .member = {member},
                            .day = day,
                            .customer = {ANNA},
                            .from_us = w->ctx.now_us - CLOCK_HOUR_US,
                            .until_us = w->ctx.now_us,
                            .counted = counted,
                            .usual = 2,
                            .known = 40};

    world_advance(w, CLOCK_SECOND_US);
    EXPECT_OK(world_write(w, keep, &own));
    return own;
}

static int
count_of(struct world *w, bool closed, struct suspicion **suspicions)
{
    const struct suspicion_query query = {.closed = closed, .limit = LIMIT};
    int count;

    EXPECT_OK(suspicions_list(&w->ctx, &query, suspicions, &count));
    return count;
}

static void
close_as_zoe(struct world *w, suspicion_id id, struct str word)
{
    w->ctx.actor = (struct actor){.kind = ACTOR_STAFF, .id = ZOE};
    WORLD_TX(w) EXPECT_OK(suspicions_close(&w->ctx, id, word));
}

TEST(one_is_read_back_as_it_was_kept)
{
    struct world w = world_open();
    struct suspicion *list;

    struct suspicion kept = keep_own(&w, INES, 7, 9);
    EXPECT_INT(1, count_of(&w, false, &list));
    EXPECT_INT(SUSPICION_OWN, list[0].kind);
    EXPECT_INT(INES, list[0].member.v);
    EXPECT_INT(7, list[0].day);
    EXPECT_INT(ANNA, list[0].customer.v);
    EXPECT_INT(kept.from_us, list[0].from_us);
    EXPECT_INT(kept.until_us, list[0].until_us);
    EXPECT_INT(9, list[0].counted);
    EXPECT_INT(2, list[0].usual);
    EXPECT_INT(40, list[0].known);
    EXPECT_INT(0, list[0].closed_us);
    world_close(&w);
}

TEST(the_same_is_kept_once_and_grows)
{
    struct world w = world_open();
    struct suspicion *list;
    int64_t count, since_us;

    keep_own(&w, INES, 7, 9);
    keep_own(&w, INES, 7, 8);
    keep_own(&w, INES, 7, 12);
    EXPECT_INT(1, count_of(&w, false, &list));
    EXPECT_INT(12, list[0].counted);
    int64_t first_us = id_at_us(list[0].id.v);
    keep_own(&w, INES, 14, 9); /* the week after is another */
    keep_own(&w, ZOE, 7, 9);
    EXPECT_INT(3, count_of(&w, false, &list));
    EXPECT_TRUE(list[0].id.v > list[1].id.v && list[1].id.v > list[2].id.v);
    EXPECT_OK(suspicions_count_open(&w.ctx, &count, &since_us));
    EXPECT_INT(3, count);
    EXPECT_INT(first_us, since_us);
    world_close(&w);
}

TEST(what_is_closed_stays_closed)
{
    struct world w = world_open();
    struct suspicion *list;
    int64_t count, since_us;

    keep_own(&w, INES, 7, 9);
    count_of(&w, false, &list);
    close_as_zoe(&w, list[0].id, STR("son anniversaire"));
    keep_own(&w, INES, 7, 30);
    EXPECT_INT(0, count_of(&w, false, &list));
    EXPECT_INT(1, count_of(&w, true, &list));
    EXPECT_INT(9, list[0].counted);
    EXPECT_INT(ZOE, list[0].closed_by.v);
    EXPECT_TRUE(list[0].closed_us > 0);
    EXPECT_STR("son anniversaire", list[0].word);
    close_as_zoe(&w, list[0].id, STR("vu avec elle"));
    count_of(&w, true, &list);
    EXPECT_STR("vu avec elle", list[0].word);
    EXPECT_OK(suspicions_count_open(&w.ctx, &count, &since_us));
    EXPECT_INT(0, count);
    EXPECT_INT(0, since_us);
    world_close(&w);
}

TEST(words_about_somebody_go_with_them)
{
    struct world w = world_open();
    struct suspicion *list;

    keep_own(&w, INES, 7, 9);
    count_of(&w, false, &list);
    close_as_zoe(&w, list[0].id, STR("Anna est sa mère"));
    WORLD_TX(&w) EXPECT_OK(suspicions_erase_customer(&w.ctx, (customer_id){ANNA + 1}));
    count_of(&w, true, &list);
    EXPECT_STR("Anna est sa mère", list[0].word);
    WORLD_TX(&w) EXPECT_OK(suspicions_erase_customer(&w.ctx, (customer_id){ANNA}));
    count_of(&w, true, &list);
    EXPECT_STR("", list[0].word);
    world_close(&w);
}

TEST(another_merchants_are_others)
{
    struct world w = world_open();
    struct suspicion *list, found;

    keep_own(&w, INES, 7, 9);
    count_of(&w, false, &list);
    suspicion_id id = list[0].id;
    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_INT(0, count_of(&w, false, &list));
    EXPECT_ERR(ERR_SUSPICION_UNKNOWN, suspicions_find(&w.ctx, id, &found));
    WORLD_TX(&w) EXPECT_ERR(ERR_SUSPICION_UNKNOWN, suspicions_close(&w.ctx, id, STR("?")));
    world_close(&w);
}

TEST(they_are_forgotten_with_the_trail)
{
    struct world w = world_open();
    struct suspicion *list;
    int64_t forgotten;

    for (int i = 0; i < 3; i++)
        keep_own(&w, INES, i, 9);
    world_advance(&w, TRAIL_KEEP_US);
    keep_own(&w, INES, 9, 9);
    WORLD_TX(&w) EXPECT_OK(suspicions_forget(&w.ctx, 2, &forgotten));
    EXPECT_INT(2, forgotten);
    WORLD_TX(&w) EXPECT_OK(suspicions_forget(&w.ctx, 2, &forgotten));
    EXPECT_INT(1, forgotten);
    EXPECT_INT(1, count_of(&w, false, &list));
    EXPECT_INT(9, list[0].day);
    world_close(&w);
}

TESTS(RUN(one_is_read_back_as_it_was_kept), RUN(the_same_is_kept_once_and_grows),
      RUN(what_is_closed_stays_closed), RUN(words_about_somebody_go_with_them),
      RUN(another_merchants_are_others), RUN(they_are_forgotten_with_the_trail))
