/* trail_test — what is written down, found by filters, and forgotten. */
#include "base/clock.h"
#include "core/trail/trail.h"
#include "support/test.h"
#include "support/world.h"

enum { ZOE = 11, INES = 12, ANNA = 21, BOB = 22, LIMIT = 50 };

static enum err
add(struct ctx *ctx, void *arg)
{
    return trail_add(ctx, arg);
}

/* Zoé or Inès does something to somebody, a second after what was before. */
static struct trail_entry
act(struct world *w, int64_t who, enum trail_kind kind, int64_t customer)
{
    struct trail_entry entry = {
        .kind = kind,
        .operation = kind == TRAIL_LOOKED ? STR("customer_summary") : STR("account_adjust"),
        .subject_kind = ID_account,
        .subject = customer + 100,
        .customer = {customer},
        .location = who == ZOE ? w->location : (location_id){0},
    };

    world_advance(w, CLOCK_SECOND_US);
    w->ctx.actor = (struct actor){.kind = ACTOR_STAFF, .id = who};
    EXPECT_OK(world_write(w, add, &entry));
    return entry;
}

static int
count_of(struct world *w, struct trail_query query, struct trail_entry **entries)
{
    int count;

    query.limit = LIMIT;
    EXPECT_OK(trail_list(&w->ctx, &query, entries, &count));
    for (int i = 1; i < count; i++)
        EXPECT_TRUE((*entries)[i - 1].id.v > (*entries)[i].id.v);
    return count;
}

TEST(an_entry_is_read_back_as_it_was_written)
{
    struct world w = world_open();
    struct trail_entry *entries;

    w.ctx.actor.holder = 0;
    struct trail_entry written = act(&w, ZOE, TRAIL_GAVE, ANNA);
    EXPECT_INT(1, count_of(&w, (struct trail_query){0}, &entries));
    EXPECT_INT(written.id.v, entries[0].id.v);
    EXPECT_INT(TRAIL_GAVE, entries[0].kind);
    EXPECT_STR("account_adjust", entries[0].operation);
    EXPECT_INT(ACTOR_STAFF, entries[0].actor_kind);
    EXPECT_INT(ZOE, entries[0].actor);
    EXPECT_INT(0, entries[0].holder.v);
    EXPECT_INT(ID_account, entries[0].subject_kind);
    EXPECT_INT(ANNA + 100, entries[0].subject);
    EXPECT_INT(ANNA, entries[0].customer.v);
    EXPECT_INT(w.location.v, entries[0].location.v);
    EXPECT_INT(w.ctx.now_us / 1000, id_at_us(entries[0].id.v) / 1000);
    world_close(&w);
}

TEST(who_had_signed_in_is_told_beside_who_serves)
{
    struct world w = world_open();
    struct trail_entry entry = {.operation = STR("till_sell")};
    struct trail_entry *entries;

    w.ctx.actor = (struct actor){.kind = ACTOR_STAFF, .id = INES, .holder = ZOE};
    EXPECT_OK(world_write(&w, add, &entry));
    EXPECT_INT(1, count_of(&w, (struct trail_query){.actor = INES}, &entries));
    EXPECT_INT(ZOE, entries[0].holder.v);
    EXPECT_INT(0, entries[0].subject);
    world_close(&w);
}

TEST(every_filter_finds_its_own_and_nothing_else)
{
    struct world w = world_open();
    struct trail_entry *entries;

    act(&w, ZOE, TRAIL_GAVE, ANNA);
    act(&w, ZOE, TRAIL_LOOKED, BOB);
    int64_t noon_us = w.ctx.now_us + CLOCK_HOUR_US;
    world_advance(&w, 2 * CLOCK_HOUR_US);
    act(&w, INES, TRAIL_LOOKED, ANNA);
    struct trail_entry last = act(&w, INES, TRAIL_CHANGED, BOB);

    EXPECT_INT(4, count_of(&w, (struct trail_query){0}, &entries));
    EXPECT_INT(2, count_of(&w, (struct trail_query){.actor = ZOE}, &entries));
    EXPECT_INT(1, count_of(&w, (struct trail_query){.actor = ZOE, .customer = {BOB}}, &entries));
    EXPECT_INT(2, count_of(&w, (struct trail_query){.customer = {ANNA}}, &entries));
    EXPECT_INT(2, count_of(&w, (struct trail_query){.location = w.location}, &entries));
    EXPECT_INT(2, count_of(&w, (struct trail_query){.operation = STR("account_adjust")}, &entries));
    EXPECT_INT(
        2, count_of(&w, (struct trail_query){.has_kind = true, .kind = TRAIL_LOOKED}, &entries));
    EXPECT_INT(2, count_of(&w, (struct trail_query){.from_us = noon_us}, &entries));
    EXPECT_INT(0, count_of(&w, (struct trail_query){.from_us = INT64_MAX}, &entries));
    EXPECT_INT(2, count_of(&w, (struct trail_query){.until_us = noon_us}, &entries));
    EXPECT_INT(
        1, count_of(&w, (struct trail_query){.customer = {BOB}, .until_us = noon_us}, &entries));
    EXPECT_INT(3, count_of(&w, (struct trail_query){.before = last.id}, &entries));
    EXPECT_INT(1,
               count_of(&w, (struct trail_query){.before = last.id, .customer = {BOB}}, &entries));
    world_close(&w);
}

TEST(another_merchants_trail_is_another)
{
    struct world w = world_open();
    struct trail_entry *entries;
    bool has_look;

    act(&w, ZOE, TRAIL_LOOKED, ANNA);
    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_INT(0, count_of(&w, (struct trail_query){0}, &entries));
    EXPECT_INT(0, count_of(&w, (struct trail_query){.actor = ZOE}, &entries));
    EXPECT_INT(0, count_of(&w, (struct trail_query){.customer = {ANNA}}, &entries));
    EXPECT_OK(trail_has_look(&w.ctx, (customer_id){ANNA}, &has_look));
    EXPECT_TRUE(!has_look);
    world_close(&w);
}

TEST(looking_again_soon_is_the_same_look)
{
    struct world w = world_open();
    bool has_look;

    act(&w, ZOE, TRAIL_LOOKED, ANNA);
    act(&w, INES, TRAIL_GAVE, ANNA);
    EXPECT_OK(trail_has_look(&w.ctx, (customer_id){ANNA}, &has_look)); /* Inès gave, and saw not */
    EXPECT_TRUE(!has_look);
    w.ctx.actor.id = ZOE;
    EXPECT_OK(trail_has_look(&w.ctx, (customer_id){BOB}, &has_look));
    EXPECT_TRUE(!has_look);
    EXPECT_OK(trail_has_look(&w.ctx, (customer_id){ANNA}, &has_look));
    EXPECT_TRUE(has_look);
    world_advance(&w, TRAIL_SAME_LOOK_US + CLOCK_SECOND_US);
    EXPECT_OK(trail_has_look(&w.ctx, (customer_id){ANNA}, &has_look));
    EXPECT_TRUE(!has_look);
    world_close(&w);
}

TEST(what_is_older_than_a_year_is_forgotten)
{
    struct world w = world_open();
    struct trail_entry *entries;
    int64_t forgotten;

    for (int i = 0; i < 3; i++)
        act(&w, ZOE, TRAIL_CHANGED, ANNA);
    world_advance(&w, TRAIL_KEEP_US);
    struct trail_entry late = act(&w, ZOE, TRAIL_CHANGED, ANNA);
    WORLD_TX(&w) EXPECT_OK(trail_forget(&w.ctx, 2, &forgotten));
    EXPECT_INT(2, forgotten);
    WORLD_TX(&w) EXPECT_OK(trail_forget(&w.ctx, 2, &forgotten));
    EXPECT_INT(1, forgotten);
    EXPECT_INT(1, count_of(&w, (struct trail_query){0}, &entries));
    EXPECT_INT(late.id.v, entries[0].id.v);
    world_close(&w);
}

TEST(every_kind_has_a_name_of_its_own)
{
    enum trail_kind kind;

    for (int i = 0; i < TRAIL_KIND_COUNT; i++) {
        EXPECT_OK(trail_kind_parse(str_of(trail_kind_name((enum trail_kind)i)), &kind));
        EXPECT_INT(i, kind);
    }
    EXPECT_ERR(ERR_FIELD_VALUE, trail_kind_parse(STR("touched"), &kind));
}

TESTS(RUN(an_entry_is_read_back_as_it_was_written),
      RUN(who_had_signed_in_is_told_beside_who_serves),
      RUN(every_filter_finds_its_own_and_nothing_else), RUN(another_merchants_trail_is_another),
      RUN(looking_again_soon_is_the_same_look), RUN(what_is_older_than_a_year_is_forgotten),
      RUN(every_kind_has_a_name_of_its_own))
