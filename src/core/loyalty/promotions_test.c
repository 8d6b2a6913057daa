/* promotions_test — promotions: when they run, what they are on a day, and what is refused. */
#include "base/clock.h"
#include "base/zone.h"
#include "core/catalog/catalog.h"
#include "core/loyalty/promotions.h"
#include "db/db.h"
#include "db/write_batch.h"
#include "support/club.h"
#include "support/test.h"

#define TUESDAYS "DTSTART:20260303T160000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;BYDAY=TU"

static enum err
add(struct ctx *ctx, void *arg)
{
    return promotions_add(ctx, arg);
}

static enum err
cancel(struct ctx *ctx, void *arg)
{
    struct promotion *promotion = arg;

    return promotions_cancel(ctx, promotion->program, promotion->id, promotion);
}

static enum err
add_article(struct ctx *ctx, void *arg)
{
    struct catalog_variation price = {.has_price = true, .price_minor = 180};
    struct catalog_item item = {
        .name = STR("Café"), .variations = &price, .variation_count = 1, .position = -1};
    struct catalog_ref *article = arg;

    TRY(catalog_add(ctx, &item));
    *article = (struct catalog_ref){.id = item.variations[0].id.v};
    return OK;
}

static struct catalog_ref
article(struct club *club)
{
    struct catalog_ref made;

    EXPECT_OK(world_write(&club->world, add_article, &made));
    return made;
}

/* Twice the points at these times of the week; not added yet. */
static struct promotion
twice(struct club *club, const char *times)
{
    struct promotion promotion = {
        .program = club->program.id,
        .name = STR("Les mardis"),
        .is_multiplier = true,
        .multiplier = 2 * PROMOTION_ONCE,
        .time_count = 1,
    };

    EXPECT_OK(period_parse(club->world.ctx.arena, str_of(times), &promotion.times[0]));
    return promotion;
}

static struct promotion
running(struct club *club, const char *times)
{
    struct promotion promotion = twice(club, times);

    EXPECT_OK(world_write(&club->world, add, &promotion));
    return promotion;
}

static int
list_running(struct club *club, const char *at, struct promotion **promotions)
{
    struct promotion_moment moment;
    int64_t at_us;
    int count;

    EXPECT_OK(clock_parse(str_of(at), &at_us));
    EXPECT_OK(promotions_find_moment(&club->world.ctx, at_us, &moment));
    EXPECT_OK(promotions_list_running(&club->world.ctx, &moment, promotions, &count));
    return count;
}

static int
count_running(struct club *club, const char *at)
{
    struct promotion *promotions;

    return list_running(club, at, &promotions);
}

static int64_t
day(struct club *club, const char *text)
{
    int64_t number;

    EXPECT_OK(zone_day_parse(club->world.ctx.arena, str_of(text), &number));
    return number;
}

TEST(a_promotion_runs_at_its_times_by_the_clock_on_the_shops_wall)
{
    struct club club = club_open();

    running(&club, TUESDAYS);
    EXPECT_INT(0, count_running(&club, "2026-03-03T14:59:59Z"));
    EXPECT_INT(1, count_running(&club, "2026-03-03T15:00:00Z"));
    EXPECT_INT(0, count_running(&club, "2026-03-03T17:00:00Z"));
    EXPECT_INT(0, count_running(&club, "2026-03-04T15:00:00Z"));
    /* In summer the same hour is another. */
    EXPECT_INT(1, count_running(&club, "2026-07-07T14:00:00Z"));
    EXPECT_INT(0, count_running(&club, "2026-07-07T16:00:00Z"));
    club_close(&club);
}

TEST(one_keeps_all_that_it_was_told)
{
    struct club club = club_open();
    struct catalog_ref scope[] = {article(&club), article(&club)};
    struct promotion told = twice(&club, TUESDAYS), found;

    told.minimum_minor = 500;
    told.limit_times = 3;
    told.limit_per_day = true;
    told.scope = scope;
    told.scope_count = 2;
    told.time_count = 2;
    EXPECT_OK(period_parse(club.world.ctx.arena, STR("DTSTART:20260401T000000\nDURATION:P1D"),
                           &told.times[1]));
    EXPECT_OK(world_write(&club.world, add, &told));
    EXPECT_OK(promotions_find(&club.world.ctx, (program_id){0}, told.id, &found));
    EXPECT_STR("Les mardis", found.name);
    EXPECT_INT(2000, found.multiplier);
    EXPECT_INT(500, found.minimum_minor);
    EXPECT_INT(3, found.limit_times);
    EXPECT_TRUE(found.limit_per_day);
    EXPECT_INT(2, found.scope_count);
    EXPECT_INT(scope[1].id, found.scope[1].id);
    EXPECT_INT(2, found.time_count);
    EXPECT_INT(CLOCK_DAY_US, found.times[1].lasts_us);
    EXPECT_INT(day(&club, "2026-03-03"), found.start_on);
    EXPECT_INT(0, found.end_on);
    club_close(&club);
}

TEST(its_status_is_of_the_day)
{
    struct club club = club_open();
    struct promotion p =
        running(&club, "DTSTART:20260310T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260312");

    EXPECT_INT(PROMOTION_SCHEDULED, promotions_status(&p, day(&club, "2026-03-09")));
    EXPECT_INT(PROMOTION_ACTIVE, promotions_status(&p, day(&club, "2026-03-10")));
    EXPECT_INT(PROMOTION_ACTIVE, promotions_status(&p, day(&club, "2026-03-12")));
    EXPECT_INT(PROMOTION_ENDED, promotions_status(&p, day(&club, "2026-03-13")));
    EXPECT_OK(world_write(&club.world, cancel, &p));
    EXPECT_INT(PROMOTION_CANCELED, promotions_status(&p, day(&club, "2026-03-10")));
    club_close(&club);
}

TEST(an_order_that_is_told_late_finds_what_ran_when_it_was_closed)
{
    struct club club = club_open();
    struct promotion p = running(&club, "DTSTART:20260301T000000\nDURATION:P1D\nRRULE:FREQ=DAILY");

    EXPECT_INT(1, count_running(&club, "2026-03-02T09:00:00Z"));
    EXPECT_OK(world_write(&club.world, cancel, &p));
    EXPECT_INT(1, count_running(&club, "2026-03-02T09:59:59Z"));
    EXPECT_INT(0, count_running(&club, "2026-03-02T10:00:00Z"));
    EXPECT_OK(world_write(&club.world, cancel, &p));
    club_close(&club);
}

TEST(of_several_the_older_comes_first)
{
    struct club club = club_open();
    struct promotion first = running(&club, TUESDAYS), second = running(&club, TUESDAYS), *found;

    EXPECT_INT(2, list_running(&club, "2026-03-03T15:30:00Z", &found));
    EXPECT_INT(first.id.v, found[0].id.v);
    EXPECT_INT(second.id.v, found[1].id.v);
    club_close(&club);
}

/* Orders of one batch that come before and after a change: each counts what there is then. */
TEST(a_change_counts_from_the_next_order_of_its_batch)
{
    static const char at[] = "2026-03-03T15:30:00Z";
    struct club club = club_open();
    struct ctx *ctx = &club.world.ctx;
    struct promotion first = running(&club, TUESDAYS), second = twice(&club, TUESDAYS);
    struct promotion third = second;
    int64_t seq;

    world_advance(&club.world, 2 * CLOCK_DAY_US);
    WORLD_TX(&club.world)
    {
        EXPECT_OK(write_next_seq(ctx, &seq));
        EXPECT_INT(1, count_running(&club, at));
        EXPECT_OK(promotions_add(ctx, &second));
        EXPECT_INT(2, count_running(&club, at));
        write_batch_mark(ctx->batch);
        EXPECT_OK(db_savepoint(ctx));
        EXPECT_OK(promotions_add(ctx, &third));
        EXPECT_INT(3, count_running(&club, at));
        EXPECT_OK(db_savepoint_rollback(ctx));
        write_batch_undo(ctx->batch);
        EXPECT_INT(2, count_running(&club, at));
        EXPECT_OK(promotions_cancel(ctx, first.program, first.id, &first));
        EXPECT_INT(2, count_running(&club, at)); /* it ran still then */
        EXPECT_INT(1, count_running(&club, "2026-03-10T15:30:00Z"));
    }
    EXPECT_INT(2, count_running(&club, at));
    club_close(&club);
}

TEST(what_is_over_before_it_begins_is_refused)
{
    struct club club = club_open();
    struct promotion past = twice(&club, "DTSTART:20260301T160000\nDURATION:PT2H");
    struct promotion today = twice(&club, "DTSTART:20260302T080000\nDURATION:PT1H");

    EXPECT_ERR(ERR_PROMOTION_ENDED, world_write(&club.world, add, &past));
    EXPECT_OK(world_write(&club.world, add, &today));
    world_advance(&club.world, CLOCK_DAY_US);
    EXPECT_ERR(ERR_PROMOTION_ENDED, world_write(&club.world, cancel, &today));
    club_close(&club);
}

TEST(ten_may_be_active_or_to_come)
{
    struct club club = club_open();
    struct promotion last;

    running(&club, "DTSTART:20260302T080000\nDURATION:PT1H");
    for (int i = 1; i < PROMOTIONS_MAX; i++)
        last = running(&club, TUESDAYS);
    struct promotion more = twice(&club, TUESDAYS);
    EXPECT_ERR(ERR_PROMOTIONS_FULL, world_write(&club.world, add, &more));
    /* What was canceled or is over makes room. */
    EXPECT_OK(world_write(&club.world, cancel, &last));
    EXPECT_OK(world_write(&club.world, add, &more));
    EXPECT_ERR(ERR_PROMOTIONS_FULL, world_write(&club.world, add, &more));
    world_advance(&club.world, CLOCK_DAY_US);
    EXPECT_OK(world_write(&club.world, add, &more));
    club_close(&club);
}

TEST(what_is_for_some_articles_stands_on_rules_of_visits_or_money)
{
    struct catalog_ref articles[] = {{false, 5}};
    struct club club = club_open_like((struct program){.rules = {{.kind = ACCRUAL_ITEM_VARIATION,
                                                                  .points = 1,
                                                                  .scope = articles,
                                                                  .scope_count = 1}},
                                                       .rule_count = 1});
    struct promotion promotion = twice(&club, TUESDAYS);

    promotion.scope = articles;
    promotion.scope_count = 1;
    EXPECT_ERR(ERR_PROMOTION_SCOPE, world_write(&club.world, add, &promotion));
    promotion.scope_count = 0;
    EXPECT_OK(world_write(&club.world, add, &promotion));
    club_close(&club);
}

TEST(what_has_to_be_bought_is_there)
{
    struct club club = club_open();
    struct catalog_ref nothing[] = {{false, 5}, {true, 5}};
    struct promotion promotion = twice(&club, TUESDAYS);

    promotion.scope = nothing;
    promotion.scope_count = 1;
    EXPECT_ERR(ERR_VARIATION_UNKNOWN, world_write(&club.world, add, &promotion));
    promotion.scope = &nothing[1];
    EXPECT_ERR(ERR_CATEGORY_UNKNOWN, world_write(&club.world, add, &promotion));
    promotion.scope = nothing;
    nothing[0] = article(&club);
    EXPECT_OK(world_write(&club.world, add, &promotion));
    club_close(&club);
}

TEST(others_promotions_are_unknown)
{
    struct club club = club_open();
    struct ctx *ctx = &club.world.ctx;
    struct program other = {.name = STR("Tampons"), .active = true};
    struct promotion p = running(&club, TUESDAYS), found;

    WORLD_TX(&club.world) EXPECT_OK(programs_add(ctx, &other));
    EXPECT_ERR(ERR_PROMOTION_UNKNOWN, promotions_find(ctx, other.id, p.id, &found));
    EXPECT_ERR(ERR_PROGRAM_UNKNOWN, promotions_find(ctx, (program_id){5}, p.id, &found));
    EXPECT_ERR(ERR_PROMOTION_UNKNOWN, promotions_find_any(ctx, (promotion_id){5}, &found));
    EXPECT_OK(promotions_find_any(ctx, p.id, &found));
    p.program = other.id;
    EXPECT_ERR(ERR_PROMOTION_UNKNOWN, world_write(&club.world, cancel, &p));
    ctx->merchant = world_add_merchant(&club.world);
    EXPECT_ERR(ERR_PROMOTION_UNKNOWN, promotions_find_any(ctx, p.id, &found));
    club_close(&club);
}

TEST(a_page_has_those_of_one_status_the_newest_first)
{
    struct club club = club_open();
    struct promotion all[5], *found;
    struct promotion_query query = {.status = PROMOTION_SCHEDULED, .limit = 2};
    int count;

    for (int i = 0; i < 5; i++)
        all[i] = running(&club, TUESDAYS);
    EXPECT_OK(world_write(&club.world, cancel, &all[3]));
    EXPECT_OK(promotions_search(&club.world.ctx, &query, &found, &count));
    EXPECT_INT(2, count);
    EXPECT_INT(all[4].id.v, found[0].id.v);
    EXPECT_INT(all[2].id.v, found[1].id.v);
    query.before = found[1].id.v;
    EXPECT_OK(promotions_search(&club.world.ctx, &query, &found, &count));
    EXPECT_INT(2, count);
    EXPECT_INT(all[0].id.v, found[1].id.v);
    query = (struct promotion_query){.any_status = true, .limit = 30};
    EXPECT_OK(promotions_search(&club.world.ctx, &query, &found, &count));
    EXPECT_INT(5, count);
    EXPECT_INT(PROMOTION_CANCELED, promotions_status(&found[1], 0));
    club_close(&club);
}

TESTS(RUN(a_promotion_runs_at_its_times_by_the_clock_on_the_shops_wall),
      RUN(one_keeps_all_that_it_was_told), RUN(its_status_is_of_the_day),
      RUN(an_order_that_is_told_late_finds_what_ran_when_it_was_closed),
      RUN(of_several_the_older_comes_first), RUN(a_change_counts_from_the_next_order_of_its_batch),
      RUN(what_is_over_before_it_begins_is_refused), RUN(ten_may_be_active_or_to_come),
      RUN(what_is_for_some_articles_stands_on_rules_of_visits_or_money),
      RUN(what_has_to_be_bought_is_there), RUN(others_promotions_are_unknown),
      RUN(a_page_has_those_of_one_status_the_newest_first))
