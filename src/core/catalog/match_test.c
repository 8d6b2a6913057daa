/* match_test — the lines of an order find their articles and categories, as far as is known. */
#include "core/catalog/categories.h"
#include "core/catalog/match.h"
#include "support/test.h"
#include "support/world.h"

/* A catalog with a coffee of two sizes, a cake, and two articles of one name. */
struct cafe {
    struct world w;
    struct category drinks, cakes;
    struct catalog_variation coffee_sizes[2], cake_price;
    struct catalog_item coffee, cake;
};

static void
add_article(struct cafe *c, struct catalog_item *item)
{
    WORLD_TX(&c->w) EXPECT_OK(catalog_add(&c->w.ctx, item));
}

static struct cafe
cafe_open(void)
{
    struct cafe c = {
        .w = world_open(),
        .drinks = {.name = STR("Boissons chaudes"), .position = -1},
        .cakes = {.name = STR("Gâteaux"), .position = -1},
        .coffee_sizes = {{.name = STR("Petit"), .sku = STR("CAF-S")},
                         {.name = STR("Grand"), .sku = STR("CAF-L")}},
        .cake_price = {.sku = STR("0042"), .has_price = true, .price_minor = 350},
    };

    WORLD_TX(&c.w) EXPECT_OK(categories_add(&c.w.ctx, &c.drinks));
    WORLD_TX(&c.w) EXPECT_OK(categories_add(&c.w.ctx, &c.cakes));
    c.coffee = (struct catalog_item){.name = STR("Café"),
                                     .category = c.drinks.id,
                                     .variations = c.coffee_sizes,
                                     .variation_count = 2};
    c.cake = (struct catalog_item){.name = STR("Éclair au  chocolat"),
                                   .category = c.cakes.id,
                                   .variations = &c.cake_price,
                                   .variation_count = 1};
    add_article(&c, &c.coffee);
    add_article(&c, &c.cake);
    for (int i = 0; i < 2; i++) {
        struct catalog_variation price = {0};
        struct catalog_item twin = {.name = STR("Formule"),
                                    .category = i == 0 ? c.drinks.id : c.cakes.id,
                                    .variations = &price,
                                    .variation_count = 1};
        add_article(&c, &twin);
    }
    return c;
}

static struct catalog_line
match_one(struct cafe *c, struct catalog_line line)
{
    EXPECT_OK(catalog_match(&c->w.ctx, &line, 1));
    return line;
}

#define EXPECT_MATCH(wanted_variation, wanted_category, ...)                                       \
    do {                                                                                           \
        struct catalog_line line_ = match_one(&c, (struct catalog_line){__VA_ARGS__});             \
        EXPECT_INT((wanted_variation), line_.variation.v);                                         \
        EXPECT_INT((wanted_category), line_.category.v);                                           \
    } while (0)

TEST(a_line_is_found_by_its_variation_its_sku_or_its_name)
{
    struct cafe c = cafe_open();
    int64_t large = c.coffee_sizes[1].id.v, cake = c.cake_price.id.v;
    int64_t drinks = c.drinks.id.v, cakes = c.cakes.id.v;

    EXPECT_MATCH(large, drinks, .variation = {large});
    EXPECT_MATCH(large, drinks, .sku = id_format(c.w.ctx.arena, ID_variation, large));
    EXPECT_MATCH(large, drinks, .sku = STR(" CAF-L "));
    EXPECT_MATCH(cake, cakes, .sku = STR("0042"), .name = STR("Café"));
    EXPECT_MATCH(cake, cakes, .name = STR("ECLAIR au chocolat"));
    EXPECT_MATCH(cake, cakes, .name = STR("éclair au chocolat"), .sku = STR("of another system"));
    world_close(&c.w);
}

TEST(what_is_not_certain_is_left_open)
{
    struct cafe c = cafe_open();
    int64_t drinks = c.drinks.id.v, cakes = c.cakes.id.v;

    EXPECT_MATCH(0, drinks, .name = STR("café")); /* small or large? */
    EXPECT_MATCH(0, 0, .name = STR("formule"));   /* two are called so */
    EXPECT_MATCH(0, cakes, .name = STR("formule"), .category_name = STR("gateaux"));
    EXPECT_MATCH(0, drinks, .category_name = STR(" BOISSONS  CHAUDES "));
    EXPECT_MATCH(0, 0, .name = STR("Thé"), .category_name = STR("Thés"), .sku = STR("caf-l"));
    EXPECT_MATCH(0, 0, .name = STR(""));
    /* A variation that was told and is nobody's, while the name says more. */
    EXPECT_MATCH(c.cake_price.id.v, cakes, .variation = {99}, .name = STR("Éclair au chocolat"));
    world_close(&c.w);
}

TEST(what_was_removed_is_found_by_its_id_alone)
{
    struct cafe c = cafe_open();
    int64_t cake = c.cake_price.id.v;
    struct category gone;

    WORLD_TX(&c.w) EXPECT_OK(catalog_remove(&c.w.ctx, c.cake.id, &c.cake));
    EXPECT_MATCH(cake, c.cakes.id.v, .variation = {cake});
    EXPECT_MATCH(0, 0, .sku = STR("0042"));
    EXPECT_MATCH(0, 0, .name = STR("Éclair au chocolat"));
    WORLD_TX(&c.w) EXPECT_OK(categories_remove(&c.w.ctx, c.cakes.id, &gone));
    EXPECT_MATCH(cake, 0, .variation = {cake});
    EXPECT_MATCH(0, 0, .category_name = STR("Gâteaux"));
    world_close(&c.w);
}

TEST(each_merchant_has_its_own_goods)
{
    struct cafe c = cafe_open();
    int64_t cake = c.cake_price.id.v;

    c.w.ctx.merchant = world_add_merchant(&c.w);
    EXPECT_MATCH(0, 0, .variation = {cake});
    EXPECT_MATCH(0, 0, .sku = STR("0042"), .name = STR("Éclair au chocolat"),
                 .category_name = STR("Gâteaux"));
    world_close(&c.w);
}

TEST(an_order_of_many_lines_is_found_whole)
{
    struct cafe c = cafe_open();
    enum { MANY = 100 };
    struct catalog_line lines[MANY];

    for (int i = 0; i < MANY; i++) {
        lines[i] = (struct catalog_line){.name = STR("Éclair au chocolat")};
        if (i % 3 == 0) lines[i] = (struct catalog_line){.sku = STR("CAF-S")};
        if (i % 5 == 0) lines[i] = (struct catalog_line){.variation = c.coffee_sizes[1].id};
    }
    EXPECT_OK(catalog_match(&c.w.ctx, lines, MANY));
    for (int i = 0; i < MANY; i++) {
        variation_id wanted = c.cake_price.id;
        if (i % 3 == 0) wanted = c.coffee_sizes[0].id;
        if (i % 5 == 0) wanted = c.coffee_sizes[1].id;
        EXPECT_INT(wanted.v, lines[i].variation.v);
    }
    world_close(&c.w);
}

TESTS(RUN(a_line_is_found_by_its_variation_its_sku_or_its_name),
      RUN(what_is_not_certain_is_left_open), RUN(what_was_removed_is_found_by_its_id_alone),
      RUN(each_merchant_has_its_own_goods), RUN(an_order_of_many_lines_is_found_whole))
