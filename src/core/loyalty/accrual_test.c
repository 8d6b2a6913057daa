/* accrual_test — what baskets earn by rules and promotions, and why; pure, so in tables. */
#include "core/ledger/ledger.h"
#include "core/loyalty/accrual.h"
#include "support/test.h"
#include <stdio.h>

/* clang-format off */
#define SPEND(given, each) {.kind = ACCRUAL_SPEND, .points = given, .amount_minor = each}
#define VISIT(given, least) {.kind = ACCRUAL_VISIT, .points = given, .amount_minor = least}
#define ONLY(things) .scope = (things), .scope_count = sizeof(things) / sizeof((things)[0])
/* clang-format on */

enum { COFFEE = 1, TEA = 2, BREAD = 3, DRINKS = 10, BAKERY = 11 };
static struct catalog_ref coffee[] = {{false, COFFEE}};
static struct catalog_ref drinks[] = {{true, DRINKS}};

static const struct accrual_before first_time = {.grows = true};

static struct accrual
calculate(const struct program *program, struct basket basket, int64_t carry)
{
    return accrual_calculate(program, &basket, carry, &first_time);
}

static void
expect_accrual(const struct program *program, int64_t total, int64_t carry, int64_t points,
               int64_t carry_after)
{
    struct accrual accrual = calculate(program, (struct basket){.total_minor = total}, carry);

    EXPECT_INT(points, accrual_points(&accrual));
    EXPECT_INT(carry_after, accrual.carry_after);
}

/* ---- rules of the whole order ---- */

TEST(spending_earns_for_each_whole_amount_and_carries_the_rest)
{
    const struct program program = {.rules = {SPEND(3, 500)}, .rule_count = 1};

    expect_accrual(&program, 499, 0, 0, 499);
    expect_accrual(&program, 500, 0, 3, 0);
    expect_accrual(&program, 1, 499, 3, 0);
    expect_accrual(&program, 1299, 0, 6, 299);
    expect_accrual(&program, 1299, 201, 9, 0);
}

TEST(a_negative_carry_is_filled_up_before_anything_is_earned)
{
    const struct program program = {.rules = {SPEND(1, 100)}, .rule_count = 1};

    expect_accrual(&program, 100, -50, 0, 50);
    expect_accrual(&program, 100, -250, 0, -150);
    expect_accrual(&program, 100, -100, 0, 0);
    expect_accrual(&program, 150, -50, 1, 0);
}

TEST(an_order_of_nothing_leaves_all_as_it_was)
{
    const struct program program = {.rules = {SPEND(1, 10), VISIT(5, 0)}, .rule_count = 2};

    expect_accrual(&program, 0, 7, 0, 7);
    expect_accrual(&program, -500, 7, 0, 7);
    expect_accrual(&program, 1, 0, 5, 1);
}

TEST(a_visit_earns_when_the_order_is_large_enough_and_says_so_otherwise)
{
    const struct program program = {.rules = {VISIT(5, 1000)}, .rule_count = 1};
    struct accrual small = calculate(&program, (struct basket){.total_minor = 999}, 0);
    struct accrual none = calculate(&program, (struct basket){0}, 0);

    EXPECT_INT(ACCRUAL_BELOW_MINIMUM, small.parts[0].reason);
    EXPECT_INT(999, small.parts[0].basis);
    EXPECT_INT(ACCRUAL_NOTHING_QUALIFIES, none.parts[0].reason);
    expect_accrual(&program, 999, 0, 0, 0);
    expect_accrual(&program, 1000, 33, 5, 33);
    expect_accrual(&program, 100000, 0, 5, 0);
}

TEST(the_points_of_all_rules_add_up_and_the_first_spend_rule_alone_carries)
{
    const struct program program = {.rules = {VISIT(5, 0), SPEND(1, 100), SPEND(10, 1000)},
                                    .rule_count = 3};
    struct accrual accrual = calculate(&program, (struct basket){.total_minor = 1950}, 60);

    EXPECT_INT(5 + 20 + 10, accrual_points(&accrual));
    EXPECT_INT(10, accrual.carry_after);
    EXPECT_INT(1, accrual.carrying);
    EXPECT_INT(20, accrual.parts[1].points);
    EXPECT_INT(1950, accrual.parts[1].basis);
}

TEST(a_rule_before_tax_counts_the_total_without_it)
{
    struct program program = {.rules = {SPEND(1, 100)}, .rule_count = 1};
    struct accrual with_tax = calculate(&program, (struct basket){1200, 200, 0, NULL, 0}, 0);

    EXPECT_INT(12, accrual_points(&with_tax));
    program.rules[0].before_tax = true;
    const struct {
        int64_t tax, points;
    } cases[] = {{200, 10}, {5000, 0}, {-200, 12}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct accrual accrual =
            calculate(&program, (struct basket){1200, cases[i].tax, 0, NULL, 0}, 0);
        EXPECT_INT(cases[i].points, accrual_points(&accrual));
    }
}

TEST(an_order_told_again_earns_for_what_it_counts_more)
{
    const struct program program = {.rules = {SPEND(1, 100), VISIT(5, 500), SPEND(2, 300)},
                                    .rule_count = 3};
    const struct basket small = {.total_minor = 250};
    const struct basket large = {.total_minor = 1000};
    struct accrual first = accrual_calculate(&program, &small, 0, &first_time);
    const struct accrual_before before = {250, 2, true};
    struct accrual again = accrual_calculate(&program, &large, first.carry_after, &before);
    struct accrual whole = accrual_calculate(&program, &large, 0, &first_time);

    EXPECT_INT(accrual_points(&whole), accrual_points(&again));
    EXPECT_INT(whole.carry_after, again.carry_after);
    EXPECT_INT(whole.parts[0].basis, again.parts[0].basis);
}

TEST(what_it_counts_less_is_refunded_and_what_may_not_grow_does_not)
{
    const struct program program = {.rules = {SPEND(1, 100)}, .rule_count = 1};
    const struct accrual_before asleep = {1000, 10, false};
    const struct basket less = {.total_minor = 400};
    const struct basket more = {.total_minor = 2000, .refunded_minor = 500};
    struct accrual shrunk = accrual_calculate(&program, &less, 0, &asleep);
    struct accrual grown = accrual_calculate(&program, &more, 0, &asleep);

    EXPECT_INT(10, shrunk.parts[0].points);
    EXPECT_INT(600, shrunk.parts[0].refunded);
    EXPECT_INT(6, accrual_taken(&shrunk.parts[0]));
    EXPECT_INT(10, grown.parts[0].points);
    EXPECT_INT(0, grown.parts[0].refunded); /* more was kept than it earned for */
}

TEST(the_largest_order_under_the_most_generous_rule_does_not_overflow)
{
    const struct program program = {.rules = {SPEND(1000000, 1), SPEND(1000000, 1)},
                                    .rule_count = 2};
    struct accrual accrual =
        calculate(&program, (struct basket){.total_minor = INT64_C(1000000000000)}, 0);

    EXPECT_INT(LEDGER_AMOUNT_MAX, accrual_points(&accrual));
}

/* ---- scopes ---- */

/* Two coffees of 2.00, a tea, a bread: 10.00; 1.00 of it tax. */
static const struct basket_line lines[] = {
    {.variation = COFFEE, .category = DRINKS, .total_minor = 400, .tax_minor = 40, .units = 2},
    {.variation = TEA, .category = DRINKS, .total_minor = 300, .tax_minor = 30, .units = 1},
    {.variation = BREAD, .category = BAKERY, .total_minor = 300, .tax_minor = 30, .units = 1},
};
static const struct basket breakfast = {1000, 100, 0, lines, 3};

static struct accrual_part
only_part(struct accrual_rule rule, struct basket basket)
{
    const struct program program = {.rules = {rule}, .rule_count = 1};

    return calculate(&program, basket, 0).parts[0];
}

TEST(a_scope_says_what_counts_or_what_does_not)
{
    struct accrual_rule rule = {
        .kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 100, ONLY(drinks)};

    EXPECT_INT(700, only_part(rule, breakfast).basis);
    EXPECT_INT(7, only_part(rule, breakfast).points);
    rule.before_tax = true;
    EXPECT_INT(630, only_part(rule, breakfast).basis);
    rule.scope_excludes = true;
    EXPECT_INT(270, only_part(rule, breakfast).basis);
    rule.before_tax = false;
    EXPECT_INT(300, only_part(rule, breakfast).basis);
    rule.scope = coffee;
    EXPECT_INT(600, only_part(rule, breakfast).basis);
    rule.scope_excludes = false;
    EXPECT_INT(400, only_part(rule, breakfast).basis);
}

TEST(what_was_taken_off_the_whole_is_taken_off_each_line)
{
    const struct accrual_rule rule = {
        .kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 100, ONLY(drinks)};
    struct basket half_price = breakfast;
    struct basket with_service = breakfast;
    struct basket_line discounted[] = {lines[0], lines[1], lines[2], {.total_minor = -500}};

    half_price.total_minor = 500;
    EXPECT_INT(350, only_part(rule, half_price).basis);
    half_price.lines = discounted;
    half_price.line_count = 4;
    EXPECT_INT(350, only_part(rule, half_price).basis);
    with_service.total_minor = 1100;
    EXPECT_INT(700, only_part(rule, with_service).basis);
}

TEST(a_tax_of_the_whole_order_is_shared_by_what_counts)
{
    const struct accrual_rule rule = {
        .kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 100, .before_tax = true, ONLY(drinks)};
    struct basket_line untaxed[] = {lines[0], lines[1], lines[2]};
    struct basket basket = {1000, 100, 0, untaxed, 3};

    for (int i = 0; i < 3; i++)
        untaxed[i].tax_minor = 0;
    EXPECT_INT(630, only_part(rule, basket).basis);
}

TEST(articles_earn_one_by_one_and_what_is_free_does_not)
{
    const struct accrual_rule by_variation = {
        .kind = ACCRUAL_ITEM_VARIATION, .points = 1, ONLY(coffee)};
    const struct accrual_rule by_category = {.kind = ACCRUAL_CATEGORY, .points = 2, ONLY(drinks)};
    struct basket_line with_gift[] = {lines[0], {.variation = COFFEE, .units = 1}};
    const struct basket gift = {400, 0, 0, with_gift, 2};

    EXPECT_INT(2, only_part(by_variation, breakfast).points);
    EXPECT_INT(6, only_part(by_category, breakfast).points);
    EXPECT_INT(3, only_part(by_category, breakfast).basis);
    EXPECT_INT(2, only_part(by_variation, gift).points);
    EXPECT_INT(ACCRUAL_NOTHING_QUALIFIES,
               only_part(by_variation, (struct basket){.total_minor = 500}).reason);
}

TEST(what_is_weighed_is_one_article)
{
    EXPECT_INT(2, basket_units(STR("2")));
    EXPECT_INT(2, basket_units(STR("2.000")));
    EXPECT_INT(1, basket_units(STR("0.350")));
    EXPECT_INT(1, basket_units(STR("12.5")));
    EXPECT_INT(1, basket_units(STR("-1")));
    EXPECT_INT(1, basket_units(STR("many")));
}

/* ---- refunds ---- */

TEST(refunds_are_of_the_lines_they_name_and_otherwise_of_all)
{
    const struct accrual_rule rule = {
        .kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 100, ONLY(drinks)};
    const struct accrual_rule stamps = {.kind = ACCRUAL_ITEM_VARIATION, .points = 1, ONLY(coffee)};
    struct basket_line some[] = {lines[0], lines[1], lines[2]};
    struct basket basket = {1000, 100, 300, some, 3};

    some[2].refunded_minor = 300; /* the bread */
    EXPECT_INT(0, only_part(rule, basket).refunded);
    EXPECT_INT(0, only_part(stamps, basket).refunded);
    basket.refunded_minor = 500; /* and 2.00 of the rest */
    EXPECT_INT(200, only_part(rule, basket).refunded);
    some[2].refunded_minor = 0;
    some[0].refunded_minor = 200; /* one of the coffees */
    basket.refunded_minor = 200;
    EXPECT_INT(200, only_part(rule, basket).refunded);
    EXPECT_INT(1, only_part(stamps, basket).refunded);
    some[0].refunded_minor = 0; /* half of everything */
    basket.refunded_minor = 500;
    EXPECT_INT(350, only_part(rule, basket).refunded);
    EXPECT_INT(1, only_part(stamps, basket).refunded);
    basket.refunded_minor = 1000;
    EXPECT_INT(700, only_part(rule, basket).refunded);
    EXPECT_INT(2, only_part(stamps, basket).refunded);
}

/* ---- promotions ---- */

static struct accrual
promoted(const struct basket *basket, struct promotion_chance *chances, int count)
{
    const struct program program = {.rules = {SPEND(1, 100)}, .rule_count = 1};
    struct accrual accrual = accrual_calculate(&program, basket, 0, &first_time);

    accrual_promote(&accrual, basket, chances, count);
    return accrual;
}

TEST(of_several_promotions_the_one_that_gives_most_counts)
{
    const struct promotion triple = {.id = {1}, .is_multiplier = true, .multiplier = 3000};
    const struct promotion half = {.id = {2}, .is_multiplier = true, .multiplier = 1500};
    const struct promotion ten = {.id = {3}, .addition = 20};
    struct promotion_chance chances[] = {{&triple}, {&half}, {&ten}};
    struct accrual accrual = promoted(&breakfast, chances, 3);

    EXPECT_INT(20, accrual_promotion_points(&accrual)); /* of equals, the first */
    EXPECT_INT(1, accrual.promotion.v);
    EXPECT_INT(30, accrual_points(&accrual));
    EXPECT_INT(5, chances[1].points);
    EXPECT_INT(ACCRUAL_ANOTHER_GIVES_MORE, chances[1].reason);
    EXPECT_INT(ACCRUAL_ANOTHER_GIVES_MORE, chances[2].reason);
}

TEST(a_multiplier_drops_the_fraction)
{
    const struct promotion half = {.id = {1}, .is_multiplier = true, .multiplier = 1500};
    struct promotion_chance chance = {&half};
    const struct basket seven = {.total_minor = 750};
    struct accrual accrual = promoted(&seven, &chance, 1);

    EXPECT_INT(3, accrual_promotion_points(&accrual));
}

TEST(a_promotion_that_gives_nothing_says_why)
{
    const struct promotion much = {.id = {1}, .addition = 5, .minimum_minor = 1001};
    const struct promotion twice = {.id = {2}, .addition = 5, .limit_times = 2};
    const struct promotion teas = {.id = {3}, .addition = 5, ONLY(coffee)};
    const struct basket tea = {.total_minor = 1000, .lines = &lines[1], .line_count = 1};
    const struct basket little = {.total_minor = 99};
    struct promotion_chance chances[] = {{&much}, {&twice, .times = 2}, {&teas}};
    struct accrual accrual = promoted(&tea, chances, 3);

    EXPECT_INT(0, accrual.promotion.v);
    EXPECT_INT(ACCRUAL_SPEND_MINIMUM, chances[0].reason);
    EXPECT_INT(ACCRUAL_LIMIT_REACHED, chances[1].reason);
    EXPECT_INT(ACCRUAL_NOTHING_QUALIFIES, chances[2].reason);
    promoted(&little, chances, 3);
    EXPECT_INT(ACCRUAL_NO_BASE_POINTS, chances[0].reason);
}

TEST(a_promotions_points_go_with_the_whole_or_with_what_had_to_be_bought)
{
    const struct promotion coffees = {
        .id = {1}, .is_multiplier = true, .multiplier = 2000, ONLY(coffee)};
    struct promotion_chance chance = {&coffees};
    struct basket_line some[] = {lines[0], lines[1], lines[2]};
    struct basket basket = {1000, 100, 0, some, 3};

    some[1].refunded_minor = 300;
    basket.refunded_minor = 300;
    struct accrual accrual = promoted(&basket, &chance, 1);
    EXPECT_INT(10, accrual_promotion_points(&accrual));
    EXPECT_INT(3, accrual_taken(&accrual.parts[1]));
    some[1].refunded_minor = 0;
    some[0].refunded_minor = 400;
    basket.refunded_minor = 400;
    accrual = promoted(&basket, &chance, 1);
    EXPECT_INT(10, accrual_taken(&accrual.parts[1])); /* without the coffee there was none */
}

/* ---- limits ---- */

TEST(a_cap_takes_off_the_promotion_first_then_the_last_rule)
{
    const struct promotion more = {.id = {1}, .addition = 5};
    const struct program program = {.rules = {SPEND(1, 100), VISIT(4, 0)}, .rule_count = 2};
    struct promotion_chance chance = {&more};
    struct accrual accrual = calculate(&program, breakfast, 0);

    accrual_promote(&accrual, &breakfast, &chance, 1);
    EXPECT_INT(10 + 4 + 5, accrual_points(&accrual));
    accrual_cap(&accrual, (struct accrual_room){20, ACCRUAL_CAP_DAY});
    EXPECT_INT(19, accrual_points(&accrual));
    accrual_cap(&accrual, (struct accrual_room){12, ACCRUAL_CAP_DAY});
    EXPECT_INT(12, accrual_points(&accrual));
    EXPECT_INT(0, accrual_promotion_points(&accrual));
    EXPECT_INT(5, accrual.parts[2].capped);
    EXPECT_INT(2, accrual.parts[1].capped);
    EXPECT_INT(ACCRUAL_CAP_DAY, accrual.parts[1].reason);
    EXPECT_INT(ACCRUAL_GIVEN, accrual.parts[0].reason);
}

TEST(a_reason_is_known_by_its_name)
{
    for (int i = 0; i < ACCRUAL_REASON_COUNT; i++) {
        const char *name = accrual_reason_name((enum accrual_reason)i);
        EXPECT_INT(i, accrual_reason_parse(str_of(name)));
    }
}

/* ---- properties ---- */

struct random {
    uint64_t state;
};

static int64_t
roll(struct random *random, int64_t below)
{
    random->state ^= random->state << 13;
    random->state ^= random->state >> 7;
    random->state ^= random->state << 17;
    return (int64_t)(random->state % (uint64_t)below);
}

enum { LINES = 6, BASKETS = 3000 };
struct drawn {
    struct basket_line lines[LINES];
    struct basket basket;
    struct catalog_ref scopes[4][2];
    struct program program;
};

static void
draw_rules(struct random *random, struct drawn *drawn)
{
    struct program *program = &drawn->program;

    *program = (struct program){.rule_count = 1 + (int)roll(random, 4)};
    for (int i = 0; i < program->rule_count; i++) {
        struct accrual_rule *rule = &program->rules[i];

        *rule = (struct accrual_rule){
            .kind = (enum accrual_kind)roll(random, 4),
            .points = 1 + roll(random, 9),
            .amount_minor = 1 + roll(random, 300),
            .before_tax = roll(random, 2) == 0,
            .scope = drawn->scopes[i],
            .scope_count = (int)roll(random, 3),
        };
        bool is_of_articles =
            rule->kind == ACCRUAL_ITEM_VARIATION || rule->kind == ACCRUAL_CATEGORY;
        if (is_of_articles && rule->scope_count == 0) rule->scope_count = 1;
        rule->scope_excludes = !is_of_articles && roll(random, 2) == 0;
        for (int j = 0; j < rule->scope_count; j++) {
            drawn->scopes[i][j] = (struct catalog_ref){roll(random, 2) == 0, 1 + roll(random, 3)};
        }
    }
}

static void
draw(struct random *random, struct drawn *drawn)
{
    struct basket *basket = &drawn->basket;

    *basket = (struct basket){.lines = drawn->lines, .line_count = (int)roll(random, LINES + 1)};
    for (int i = 0; i < basket->line_count; i++) {
        struct basket_line *line = &drawn->lines[i];

        *line = (struct basket_line){
            .variation = roll(random, 4),
            .category = roll(random, 4),
            .total_minor = roll(random, 900) - 100,
            .units = 1 + roll(random, 4),
        };
        if (line->total_minor > 0) line->tax_minor = roll(random, line->total_minor / 4 + 1);
        basket->total_minor += line->total_minor;
        basket->tax_minor += line->tax_minor;
    }
    /* A discount of the whole, or a service; or nothing told but the total. */
    basket->total_minor += roll(random, 400) - 200;
    if (basket->total_minor < 0) basket->total_minor = 0;
    draw_rules(random, drawn);
}

/* What refunds take of the whole, as more and more of it is given back. */
static int64_t
expect_taken(struct drawn *drawn, int64_t refunded, int64_t taken_before)
{
    drawn->basket.refunded_minor = refunded;
    struct accrual accrual = calculate(&drawn->program, drawn->basket, 0);
    int64_t taken = accrual_taken_back(&accrual);

    EXPECT_TRUE(taken >= taken_before);
    EXPECT_TRUE(taken <= accrual_points(&accrual));
    for (int i = 0; i < accrual.part_count; i++) {
        const struct accrual_part *part = &accrual.parts[i];

        EXPECT_TRUE(part->basis >= 0);
        EXPECT_TRUE(part->refunded >= 0);
        EXPECT_TRUE(part->refunded <= part->basis);
    }
    return taken;
}

/* Gives back some of a line, or some of the whole; tells how much is refunded now. */
static int64_t
give_back(struct random *random, struct drawn *drawn, int64_t refunded)
{
    int64_t left = drawn->basket.total_minor - refunded;
    int number = (int)roll(random, LINES);
    int64_t amount = roll(random, left + 1);

    if (number < drawn->basket.line_count && roll(random, 2) == 0) {
        struct basket_line *line = &drawn->lines[number];
        int64_t room = line->total_minor - line->refunded_minor;

        if (room < 0) room = 0;
        if (amount > room) amount = room;
        line->refunded_minor += amount;
    }
    return refunded + amount;
}

TEST(refunds_take_more_and_more_and_in_the_end_all_whatever_the_basket)
{
    struct random random = {20261122};

    for (int i = 0; i < BASKETS; i++) {
        struct drawn drawn;
        int64_t taken = 0, refunded = 0;

        draw(&random, &drawn);
        struct accrual whole = calculate(&drawn.program, drawn.basket, 0);
        for (int step = 1; step <= 5; step++) {
            refunded = give_back(&random, &drawn, refunded);
            taken = expect_taken(&drawn, refunded, taken);
        }
        taken = expect_taken(&drawn, drawn.basket.total_minor, taken);
        EXPECT_INT(accrual_points(&whole), taken);
    }
}

TEST(what_counts_is_never_more_than_was_paid)
{
    struct random random = {7};

    for (int i = 0; i < BASKETS; i++) {
        struct drawn drawn;

        draw(&random, &drawn);
        struct accrual accrual = calculate(&drawn.program, drawn.basket, 0);
        for (int j = 0; j < accrual.part_count; j++) {
            enum accrual_kind kind = drawn.program.rules[j].kind;

            if (kind == ACCRUAL_ITEM_VARIATION || kind == ACCRUAL_CATEGORY) continue;
            EXPECT_TRUE(accrual.parts[j].basis <= drawn.basket.total_minor);
        }
    }
}

TESTS(RUN(spending_earns_for_each_whole_amount_and_carries_the_rest),
      RUN(a_negative_carry_is_filled_up_before_anything_is_earned),
      RUN(an_order_of_nothing_leaves_all_as_it_was),
      RUN(a_visit_earns_when_the_order_is_large_enough_and_says_so_otherwise),
      RUN(the_points_of_all_rules_add_up_and_the_first_spend_rule_alone_carries),
      RUN(a_rule_before_tax_counts_the_total_without_it),
      RUN(an_order_told_again_earns_for_what_it_counts_more),
      RUN(what_it_counts_less_is_refunded_and_what_may_not_grow_does_not),
      RUN(the_largest_order_under_the_most_generous_rule_does_not_overflow),
      RUN(a_scope_says_what_counts_or_what_does_not),
      RUN(what_was_taken_off_the_whole_is_taken_off_each_line),
      RUN(a_tax_of_the_whole_order_is_shared_by_what_counts),
      RUN(articles_earn_one_by_one_and_what_is_free_does_not), RUN(what_is_weighed_is_one_article),
      RUN(refunds_are_of_the_lines_they_name_and_otherwise_of_all),
      RUN(of_several_promotions_the_one_that_gives_most_counts),
      RUN(a_multiplier_drops_the_fraction), RUN(a_promotion_that_gives_nothing_says_why),
      RUN(a_promotions_points_go_with_the_whole_or_with_what_had_to_be_bought),
      RUN(a_cap_takes_off_the_promotion_first_then_the_last_rule),
      RUN(a_reason_is_known_by_its_name),
      RUN(refunds_take_more_and_more_and_in_the_end_all_whatever_the_basket),
      RUN(what_counts_is_never_more_than_was_paid))
