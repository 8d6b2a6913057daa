/* segments_test — searches with a name: presets that can be changed and come back, and one's own.
 */
#include "core/directory/segments.h"
#include "support/test.h"
#include "support/world.h"

static struct segment
find(struct world *w, int64_t id)
{
    struct segment segment = {0};

    EXPECT_OK(segments_find(&w->ctx, (segment_id){id}, &segment));
    return segment;
}

TEST(a_preset_has_a_merchants_thresholds_until_it_is_removed)
{
    struct world w = world_open();
    struct segment vip = find(&w, segment_preset_id(SEGMENT_VIP).v);

    EXPECT_INT(20, vip.query.visits.min);
    EXPECT_TRUE(!vip.is_changed);
    vip.query.visits.min = 8;
    vip.query.last_visit_days = (struct customer_range){0};
    vip.name = STR("mine");
    WORLD_TX(&w) EXPECT_OK(segments_change(&w.ctx, &vip));
    vip = find(&w, segment_preset_id(SEGMENT_VIP).v);
    EXPECT_INT(8, vip.query.visits.min);
    EXPECT_TRUE(!vip.query.last_visit_days.has_max);
    EXPECT_TRUE(vip.is_changed);
    EXPECT_STR("", vip.name);
    WORLD_TX(&w) EXPECT_OK(segments_remove(&w.ctx, vip.id));
    EXPECT_INT(20, find(&w, segment_preset_id(SEGMENT_VIP).v).query.visits.min);
    world_close(&w);
}

TEST(a_segment_of_ones_own_keeps_its_filter)
{
    struct world w = world_open();
    int64_t tag = 5;
    struct segment wanted = {
        .name = STR(" Sunday "),
        .query = {.source = STR("LOYALTY"),
                  .source_excluded = true,
                  .birth_month = 5,
                  .location = w.location,
                  .program = {7},
                  .balance = {.min = -3, .max = 9, .has_min = true, .has_max = true},
                  .consent_purpose = STR("card_link"),
                  .consent_state = STR("none"),
                  .tags_none = {&tag, 1}},
    };

    WORLD_TX(&w) EXPECT_OK(segments_add(&w.ctx, &wanted));
    struct segment kept = find(&w, wanted.id.v);
    EXPECT_STR("Sunday", kept.name);
    EXPECT_STR("LOYALTY", kept.query.source);
    EXPECT_TRUE(kept.query.source_excluded);
    EXPECT_INT(5, kept.query.birth_month);
    EXPECT_INT(w.location.v, kept.query.location.v);
    EXPECT_INT(7, kept.query.program.v);
    EXPECT_INT(-3, kept.query.balance.min);
    EXPECT_INT(9, kept.query.balance.max);
    EXPECT_STR("card_link", kept.query.consent_purpose);
    EXPECT_STR("none", kept.query.consent_state);
    EXPECT_INT(1, kept.query.tags_none.count);
    EXPECT_INT(5, kept.query.tags_none.at[0]);
    EXPECT_TRUE(!kept.query.visits.has_min);
    world_close(&w);
}

TEST(a_segment_names_nobody_and_has_a_name)
{
    struct world w = world_open();
    struct segment person = {.name = STR("x"), .query = {.phone = STR("+33612345678")}};
    struct segment nameless = {.name = STR("  ")};

    WORLD_TX(&w)
    {
        EXPECT_ERR(ERR_FIELD_VALUE, segments_add(&w.ctx, &person));
        EXPECT_ERR(ERR_FIELD_REQUIRED, segments_add(&w.ctx, &nameless));
    }
    world_close(&w);
}

TEST(a_segment_that_is_not_there_is_unknown)
{
    struct world w = world_open();
    struct segment segment = {.id = {99}, .name = STR("x")};

    WORLD_TX(&w)
    {
        EXPECT_ERR(ERR_SEGMENT_UNKNOWN, segments_change(&w.ctx, &segment));
        EXPECT_ERR(ERR_SEGMENT_UNKNOWN, segments_remove(&w.ctx, segment.id));
    }
    world_close(&w);
}

TEST(there_are_so_many_segments_and_no_more)
{
    struct world w = world_open();
    struct segment *segments;
    int count;

    for (int i = 0; i < SEGMENTS_MAX; i++) {
        struct segment segment = {.name = STR("again")};
        WORLD_TX(&w) EXPECT_OK(segments_add(&w.ctx, &segment));
    }
    struct segment last = {.name = STR("one more")};
    WORLD_TX(&w) EXPECT_ERR(ERR_SEGMENTS_FULL, segments_add(&w.ctx, &last));
    EXPECT_OK(segments_list(&w.ctx, &segments, &count));
    EXPECT_INT(SEGMENT_PRESET_COUNT - 1 + SEGMENTS_MAX, count);
    world_close(&w);
}

TESTS(RUN(a_preset_has_a_merchants_thresholds_until_it_is_removed),
      RUN(a_segment_of_ones_own_keeps_its_filter), RUN(a_segment_names_nobody_and_has_a_name),
      RUN(a_segment_that_is_not_there_is_unknown), RUN(there_are_so_many_segments_and_no_more))
