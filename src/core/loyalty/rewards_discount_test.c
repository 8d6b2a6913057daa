/* rewards_discount_test — what rewards take off a basket: to the cent, and never below nothing. */
#include "base/quantity.h"
#include "core/loyalty/rewards_discount.h"
#include "support/test.h"

enum { COFFEE = 1, CAKE = 2, BREAD = 3, DRINKS = 11, SWEETS = 12, LINES_MAX = 8 };

struct shelf {
    struct discount_line lines[LINES_MAX];
    struct discount_basket basket;
};

/* Three coffees at 2.50, two cakes at 4.20 and a bread at 1.10: 17.00. */
static struct shelf
breakfast(void)
{
    return (struct shelf){
        .lines =
            {
                {.variation = COFFEE,
                 .category = DRINKS,
                 .units = 3 * QUANTITY_ONE,
                 .total_minor = 750},
                {.variation = CAKE,
                 .category = SWEETS,
                 .units = 2 * QUANTITY_ONE,
                 .total_minor = 840},
                {.variation = BREAD, .units = QUANTITY_ONE, .total_minor = 110},
            },
        .basket.line_count = 3,
    };
}

static int64_t
reduce(struct shelf *shelf, struct reward_tier tier)
{
    enum discount_reason reason;

    shelf->basket.lines = shelf->lines;
    return discount_by_tier(&tier, &shelf->basket, &reason);
}

static enum discount_reason
reason_of(struct shelf *shelf, struct reward_tier tier)
{
    enum discount_reason reason;

    shelf->basket.lines = shelf->lines;
    EXPECT_INT(0, discount_by_tier(&tier, &shelf->basket, &reason));
    return reason;
}

static struct catalog_ref coffee[] = {{.id = COFFEE}};
static struct catalog_ref cake[] = {{.id = CAKE}};
static struct catalog_ref sweets[] = {{.is_category = true, .id = SWEETS}};
static struct catalog_ref breakfast_set[] = {{.id = COFFEE}, {.is_category = true, .id = SWEETS}};
#define FOR(refs) .objects = (refs), .object_count = sizeof(refs) / sizeof *(refs)

/* ---- each kind ---- */

TEST(a_percentage_is_of_the_whole_basket_and_rounds_half_a_cent_up)
{
    struct shelf shelf = breakfast();

    EXPECT_INT(170, reduce(&shelf, (struct reward_tier){.kind = TIER_PERCENTAGE, .value = 100000}));
    EXPECT_INT(75, shelf.lines[0].off_minor);
    EXPECT_INT(84, shelf.lines[1].off_minor);
    EXPECT_INT(11, shelf.lines[2].off_minor);
    EXPECT_INT(1530, discount_left(&shelf.basket));
    shelf = breakfast(); /* 10.5 % of 17.00 is 178.5 */
    EXPECT_INT(179, reduce(&shelf, (struct reward_tier){.kind = TIER_PERCENTAGE, .value = 105000}));
}

TEST(a_percentage_is_of_what_it_is_for_and_at_most_its_maximum)
{
    struct shelf shelf = breakfast();
    struct reward_tier half = {.kind = TIER_PERCENTAGE, .value = 500000, FOR(sweets)};

    EXPECT_INT(420, reduce(&shelf, half));
    EXPECT_INT(0, shelf.lines[0].off_minor);
    EXPECT_INT(420, shelf.lines[1].off_minor);
    shelf = breakfast();
    half.max_minor = 300;
    EXPECT_INT(300, reduce(&shelf, half));
}

TEST(an_amount_is_at_most_what_it_is_for_comes_to)
{
    struct shelf shelf = breakfast();

    EXPECT_INT(500, reduce(&shelf, (struct reward_tier){.kind = TIER_AMOUNT, .value = 500}));
    EXPECT_INT(1200, discount_left(&shelf.basket));
    shelf = breakfast();
    EXPECT_INT(840,
               reduce(&shelf, (struct reward_tier){.kind = TIER_AMOUNT, .value = 5000, FOR(cake)}));
    EXPECT_INT(840, shelf.lines[1].off_minor);
    shelf = breakfast();
    EXPECT_INT(1700, reduce(&shelf, (struct reward_tier){.kind = TIER_AMOUNT, .value = 5000}));
    EXPECT_INT(0, discount_left(&shelf.basket));
}

TEST(a_free_article_is_one_unit_of_the_dearest_that_it_is_for)
{
    struct shelf shelf = breakfast();

    EXPECT_INT(250, reduce(&shelf, (struct reward_tier){.kind = TIER_ITEM, FOR(coffee)}));
    EXPECT_INT(250, shelf.lines[0].off_minor);
    shelf = breakfast();
    EXPECT_INT(420, reduce(&shelf, (struct reward_tier){.kind = TIER_ITEM, FOR(breakfast_set)}));
    shelf = breakfast();
    EXPECT_INT(420, reduce(&shelf, (struct reward_tier){.kind = TIER_ITEM})); /* anything */
    shelf = breakfast();
    EXPECT_INT(300, reduce(&shelf,
                           (struct reward_tier){.kind = TIER_ITEM, .max_minor = 300, FOR(sweets)}));
}

TEST(of_a_weighed_line_one_unit_is_free_or_all_that_there_is)
{
    struct shelf shelf = breakfast();

    shelf.lines[0].units = QUANTITY_ONE / 4; /* 250 g for 7.50 */
    EXPECT_INT(750, reduce(&shelf, (struct reward_tier){.kind = TIER_ITEM, FOR(coffee)}));
    shelf = breakfast();
    shelf.lines[0].units = 5 * QUANTITY_ONE / 2; /* 2.5 kg for 7.50 */
    EXPECT_INT(300, reduce(&shelf, (struct reward_tier){.kind = TIER_ITEM, FOR(coffee)}));
}

TEST(what_is_handed_over_and_what_became_a_note_take_nothing_off)
{
    struct shelf shelf = breakfast();

    EXPECT_INT(DISCOUNT_GIVEN, reason_of(&shelf, (struct reward_tier){.kind = TIER_OTHER}));
    EXPECT_INT(DISCOUNT_NOTHING_QUALIFIES,
               reason_of(&shelf, (struct reward_tier){.kind = TIER_CREDIT, .value = 500}));
    EXPECT_INT(1700, discount_left(&shelf.basket));
}

/* ---- why nothing ---- */

TEST(below_its_minimum_a_reward_gives_nothing)
{
    struct shelf shelf = breakfast();
    struct reward_tier tier = {.kind = TIER_AMOUNT, .value = 500, .minimum_minor = 1701};

    EXPECT_INT(DISCOUNT_BELOW_MINIMUM, reason_of(&shelf, tier));
    tier.minimum_minor = 1700;
    EXPECT_INT(500, reduce(&shelf, tier));
    EXPECT_INT(500, reduce(&shelf, tier)); /* of the basket as it was, not as it is now */
}

TEST(a_reward_for_what_is_not_there_gives_nothing)
{
    struct shelf shelf = breakfast();
    struct catalog_ref tea[] = {{.id = 99}}, empty[] = {{.is_category = true, .id = 99}};

    EXPECT_INT(DISCOUNT_NOTHING_QUALIFIES,
               reason_of(&shelf, (struct reward_tier){.kind = TIER_ITEM, FOR(tea)}));
    EXPECT_INT(DISCOUNT_NOTHING_QUALIFIES,
               reason_of(&shelf, (struct reward_tier){
                                     .kind = TIER_PERCENTAGE, .value = 100000, FOR(empty)}));
    /* An article's number is not a category's: DRINKS names no variation. */
    struct catalog_ref drinks[] = {{.id = DRINKS}};
    EXPECT_INT(
        DISCOUNT_NOTHING_QUALIFIES,
        reason_of(&shelf, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100, FOR(drinks)}));
}

/* ---- several on one basket ---- */

TEST(free_articles_count_before_percentages_and_those_before_amounts)
{
    EXPECT_TRUE(discount_rank(TIER_ITEM) < discount_rank(TIER_PERCENTAGE));
    EXPECT_TRUE(discount_rank(TIER_PERCENTAGE) < discount_rank(TIER_AMOUNT));
    EXPECT_TRUE(discount_rank(TIER_AMOUNT) < discount_rank(TIER_OTHER));
}

TEST(each_reward_counts_on_what_the_one_before_it_left)
{
    struct shelf shelf = breakfast();

    EXPECT_INT(250, reduce(&shelf, (struct reward_tier){.kind = TIER_ITEM, FOR(coffee)}));
    EXPECT_INT(145, reduce(&shelf, (struct reward_tier){.kind = TIER_PERCENTAGE, .value = 100000}));
    EXPECT_INT(1305, reduce(&shelf, (struct reward_tier){.kind = TIER_AMOUNT, .value = 2000}));
    EXPECT_INT(0, discount_left(&shelf.basket));
    EXPECT_INT(DISCOUNT_NOTHING_LEFT,
               reason_of(&shelf, (struct reward_tier){.kind = TIER_AMOUNT, .value = 1}));
}

TEST(several_free_articles_take_unit_after_unit_and_then_nothing)
{
    struct shelf shelf = breakfast();
    struct reward_tier free_coffee = {.kind = TIER_ITEM, FOR(coffee)};

    shelf.lines[0].total_minor = 1000; /* three for 10.00 */
    int64_t first = reduce(&shelf, free_coffee), second = reduce(&shelf, free_coffee);
    int64_t third = reduce(&shelf, free_coffee);
    EXPECT_INT(333, first);
    EXPECT_INT(334, second);
    EXPECT_INT(333, third);
    EXPECT_INT(1000, shelf.lines[0].off_minor);
    EXPECT_INT(DISCOUNT_NOTHING_LEFT, reason_of(&shelf, free_coffee));
}

TEST(credit_takes_at_most_what_is_left)
{
    struct shelf shelf = breakfast();

    reduce(&shelf, (struct reward_tier){.kind = TIER_AMOUNT, .value = 1000});
    EXPECT_INT(300, discount_by_credit(300, &shelf.basket));
    EXPECT_INT(400, discount_by_credit(5000, &shelf.basket));
    EXPECT_INT(0, discount_by_credit(1, &shelf.basket));
    EXPECT_INT(0, discount_left(&shelf.basket));
}

/* The staff typed 5.00 off: 12.00 are left, and no reward makes it less than nothing. */
TEST(a_discount_that_was_typed_leaves_less_to_take)
{
    struct shelf shelf = breakfast();

    shelf.lines[3] = (struct discount_line){.units = QUANTITY_ONE, .total_minor = -500};
    shelf.basket.line_count = 4;
    EXPECT_INT(120, reduce(&shelf, (struct reward_tier){.kind = TIER_PERCENTAGE, .value = 100000}));
    EXPECT_INT(1080, reduce(&shelf, (struct reward_tier){.kind = TIER_AMOUNT, .value = 5000}));
    EXPECT_INT(0, shelf.lines[3].off_minor);
    EXPECT_INT(0, discount_left(&shelf.basket));
    EXPECT_INT(DISCOUNT_NOTHING_LEFT, reason_of(&shelf, (struct reward_tier){.kind = TIER_ITEM}));
}

/* ---- the limits ---- */

TEST(the_largest_basket_is_counted_without_overflow)
{
    struct shelf shelf = {.basket.line_count = 2};

    for (int i = 0; i < 2; i++) {
        shelf.lines[i] = (struct discount_line){.variation = COFFEE,
                                                .units = QUANTITY_ONE * INT64_C(1000000000),
                                                .total_minor = INT64_C(500000000000)};
    }
    EXPECT_INT(INT64_C(999999000000),
               reduce(&shelf, (struct reward_tier){.kind = TIER_PERCENTAGE, .value = 999999}));
    EXPECT_INT(500, reduce(&shelf, (struct reward_tier){.kind = TIER_ITEM}));
    EXPECT_INT(INT64_C(1000000) - 500, discount_by_credit(INT64_C(1000000000000), &shelf.basket));
}

/* A small generator of its own, so that every run counts the same baskets. */
static uint32_t
next(uint32_t *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

TEST(whatever_the_basket_lines_and_total_agree_and_nothing_falls_below_zero)
{
    uint32_t state = 7;

    for (int round = 0; round < 5000; round++) {
        struct shelf shelf = {.basket.line_count = 1 + (int)(next(&state) % LINES_MAX)};
        int64_t taken = 0;

        shelf.basket.lines = shelf.lines;
        for (int i = 0; i < shelf.basket.line_count; i++) {
            shelf.lines[i] = (struct discount_line){
                .variation = 1 + next(&state) % 3,
                .category = DRINKS + next(&state) % 2,
                .units = 1 + next(&state) % (4 * QUANTITY_ONE),
                .total_minor = (int64_t)(next(&state) % 2000) - 200,
            };
        }
        int64_t subtotal = discount_subtotal(&shelf.basket);
        if (subtotal <= 0) continue;
        for (int i = 0; i < 4; i++) {
            struct reward_tier tier = {.kind = (enum tier_kind)(next(&state) % 5),
                                       .value = 1 + next(&state) % 1000000};

            if (next(&state) % 2) tier.max_minor = next(&state) % 500;
            if (next(&state) % 2) {
                tier.objects = next(&state) % 2 ? coffee : sweets;
                tier.object_count = 1;
            }
            if (tier.kind == TIER_AMOUNT) tier.value %= 1500;
            taken += reduce(&shelf, tier);
        }
        EXPECT_INT(subtotal - taken, discount_left(&shelf.basket));
        EXPECT_TRUE(discount_left(&shelf.basket) >= 0);
        for (int i = 0; i < shelf.basket.line_count; i++) {
            const struct discount_line *line = &shelf.lines[i];

            EXPECT_TRUE(line->off_minor >= 0);
            EXPECT_TRUE(line->off_minor <= (line->total_minor > 0 ? line->total_minor : 0));
        }
    }
}

TESTS(RUN(a_percentage_is_of_the_whole_basket_and_rounds_half_a_cent_up),
      RUN(a_percentage_is_of_what_it_is_for_and_at_most_its_maximum),
      RUN(an_amount_is_at_most_what_it_is_for_comes_to),
      RUN(a_free_article_is_one_unit_of_the_dearest_that_it_is_for),
      RUN(of_a_weighed_line_one_unit_is_free_or_all_that_there_is),
      RUN(what_is_handed_over_and_what_became_a_note_take_nothing_off),
      RUN(below_its_minimum_a_reward_gives_nothing),
      RUN(a_reward_for_what_is_not_there_gives_nothing),
      RUN(free_articles_count_before_percentages_and_those_before_amounts),
      RUN(each_reward_counts_on_what_the_one_before_it_left),
      RUN(several_free_articles_take_unit_after_unit_and_then_nothing),
      RUN(credit_takes_at_most_what_is_left), RUN(a_discount_that_was_typed_leaves_less_to_take),
      RUN(the_largest_basket_is_counted_without_overflow),
      RUN(whatever_the_basket_lines_and_total_agree_and_nothing_falls_below_zero))
