/* categories_test — categories and taxes: their names, versions, removal and return. */
#include "core/catalog/categories.h"
#include "core/catalog/categories_store.h"
#include "core/catalog/taxes.h"
#include "core/catalog/taxes_store.h"
#include "support/test.h"
#include "support/world.h"

static struct category
add_category(struct world *w, const char *name)
{
    struct category category = {.name = str_of(name), .position = -1};

    WORLD_TX(w) EXPECT_OK(categories_add(&w->ctx, &category));
    return category;
}

/* The names of those that are there, with a comma behind each. */
static struct str
category_names(struct world *w)
{
    struct str names = STR("");
    struct category *categories;
    int count;

    EXPECT_OK(categories_list(&w->ctx, &categories, &count));
    for (int i = 0; i < count; i++) {
        names = str_format(w->ctx.arena, "%.*s%.*s,", STR_ARG(names), STR_ARG(categories[i].name));
    }
    return names;
}

static struct catalog_item
add_article(struct world *w, category_id category, tax_id tax)
{
    struct catalog_variation price = {.has_price = true, .price_minor = 100};
    struct catalog_item item = {.name = STR("Thé"),
                                .category = category,
                                .tax = tax,
                                .variations = &price,
                                .variation_count = 1,
                                .position = -1};

    WORLD_TX(w) EXPECT_OK(catalog_add(&w->ctx, &item));
    EXPECT_OK(catalog_find(&w->ctx, item.id, &item));
    return item;
}

TEST(categories_have_names_of_their_own)
{
    struct world w = world_open();
    struct category tea = add_category(&w, "Thés"), cakes = add_category(&w, "Gâteaux");
    struct category twin = {.name = STR(" THES"), .position = -1};

    EXPECT_STR("Thés,Gâteaux,", category_names(&w));
    WORLD_TX(&w) EXPECT_ERR(ERR_CATEGORY_EXISTS, categories_add(&w.ctx, &twin));
    cakes.name = STR("thes");
    WORLD_TX(&w) EXPECT_ERR(ERR_CATEGORY_EXISTS, categories_change(&w.ctx, &cakes));
    cakes.name = STR("GATEAUX");
    cakes.version = 1;
    WORLD_TX(&w) EXPECT_OK(categories_change(&w.ctx, &cakes));
    EXPECT_INT(2, cakes.version);
    cakes.version = 1;
    WORLD_TX(&w) EXPECT_ERR(ERR_ITEM_CHANGED, categories_change(&w.ctx, &cakes));
    tea.position = 9;
    tea.version = 0;
    WORLD_TX(&w) EXPECT_OK(categories_change(&w.ctx, &tea));
    EXPECT_STR("GATEAUX,Thés,", category_names(&w));
    world_close(&w);
}

TEST(a_category_that_is_removed_leaves_its_articles_and_comes_back_into_them)
{
    struct world w = world_open();
    struct category tea = add_category(&w, "Thés"), again;
    struct catalog_item item = add_article(&w, tea.id, (tax_id){0});

    EXPECT_STR("Thés", item.category_name);
    WORLD_TX(&w) EXPECT_OK(categories_remove(&w.ctx, tea.id, &tea));
    WORLD_TX(&w) EXPECT_OK(categories_remove(&w.ctx, tea.id, &again));
    EXPECT_INT(tea.version, again.version);
    EXPECT_OK(catalog_find(&w.ctx, item.id, &item));
    EXPECT_INT(0, item.category.v);
    EXPECT_STR("", item.category_name);
    WORLD_TX(&w) EXPECT_ERR(ERR_CATEGORY_UNKNOWN, categories_change(&w.ctx, &tea));
    item.category = tea.id;
    WORLD_TX(&w) EXPECT_ERR(ERR_CATEGORY_UNKNOWN, catalog_change(&w.ctx, &item));

    /* The article goes and comes meanwhile, and is in its category all the same. */
    WORLD_TX(&w) EXPECT_OK(catalog_remove(&w.ctx, item.id, &item));
    WORLD_TX(&w) EXPECT_OK(catalog_restore(&w.ctx, item.id, &item));
    struct category other = add_category(&w, "thes");
    WORLD_TX(&w) EXPECT_ERR(ERR_CATEGORY_EXISTS, categories_restore(&w.ctx, tea.id, &tea));
    WORLD_TX(&w) EXPECT_OK(categories_remove(&w.ctx, other.id, &other));
    WORLD_TX(&w) EXPECT_OK(categories_restore(&w.ctx, tea.id, &tea));
    EXPECT_OK(catalog_find(&w.ctx, item.id, &item));
    EXPECT_INT(tea.id.v, item.category.v);
    WORLD_TX(&w) EXPECT_OK(categories_restore(&w.ctx, tea.id, &again));
    EXPECT_INT(tea.version, again.version);
    world_close(&w);
}

TEST(a_tax_that_is_removed_leaves_its_articles_and_comes_back_into_them)
{
    struct world w = world_open();
    struct tax tax = {.name = STR("TVA"), .rate = 100000, .included = true}, *taxes;
    struct catalog_item item;
    int count;

    WORLD_TX(&w) EXPECT_OK(taxes_add(&w.ctx, &tax));
    item = add_article(&w, (category_id){0}, tax.id);
    EXPECT_INT(tax.id.v, item.tax.v);
    tax.rate = 55000;
    WORLD_TX(&w) EXPECT_OK(taxes_change(&w.ctx, &tax));
    tax.version = 1;
    WORLD_TX(&w) EXPECT_ERR(ERR_ITEM_CHANGED, taxes_change(&w.ctx, &tax));
    WORLD_TX(&w) EXPECT_OK(taxes_remove(&w.ctx, tax.id, &tax));
    WORLD_TX(&w) EXPECT_OK(taxes_remove(&w.ctx, tax.id, &tax));
    EXPECT_INT(3, tax.version);
    EXPECT_OK(catalog_find(&w.ctx, item.id, &item));
    EXPECT_INT(0, item.tax.v);
    item.tax = tax.id;
    WORLD_TX(&w) EXPECT_ERR(ERR_TAX_UNKNOWN, catalog_change(&w.ctx, &item));
    WORLD_TX(&w) EXPECT_ERR(ERR_TAX_UNKNOWN, taxes_change(&w.ctx, &tax));
    WORLD_TX(&w) EXPECT_OK(taxes_restore(&w.ctx, tax.id, &tax));
    EXPECT_OK(taxes_list(&w.ctx, &taxes, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(55000, taxes[0].rate);
    EXPECT_OK(catalog_find(&w.ctx, item.id, &item));
    EXPECT_INT(tax.id.v, item.tax.v);
    world_close(&w);
}

TEST(what_is_none_is_unknown)
{
    struct world w = world_open();
    struct category category = {.id = {99}, .name = STR("x")};
    struct tax tax = {.id = {99}, .name = STR("x")};

    EXPECT_ERR(ERR_CATEGORY_UNKNOWN, categories_find(&w.ctx, (category_id){99}, &category));
    EXPECT_ERR(ERR_TAX_UNKNOWN, taxes_find(&w.ctx, (tax_id){99}, &tax));
    WORLD_TX(&w) EXPECT_ERR(ERR_CATEGORY_UNKNOWN, categories_change(&w.ctx, &category));
    WORLD_TX(&w) EXPECT_ERR(ERR_TAX_UNKNOWN, taxes_change(&w.ctx, &tax));
    WORLD_TX(&w)
    EXPECT_ERR(ERR_CATEGORY_UNKNOWN, categories_remove(&w.ctx, (category_id){99}, &category));
    WORLD_TX(&w) EXPECT_ERR(ERR_TAX_UNKNOWN, taxes_remove(&w.ctx, (tax_id){99}, &tax));
    WORLD_TX(&w)
    EXPECT_ERR(ERR_CATEGORY_UNKNOWN, categories_restore(&w.ctx, (category_id){99}, &category));
    WORLD_TX(&w) EXPECT_ERR(ERR_TAX_UNKNOWN, taxes_restore(&w.ctx, (tax_id){99}, &tax));
    world_close(&w);
}

static enum err
fill_up(struct ctx *ctx, void *arg)
{
    (void)arg;
    for (int i = 0; i < CATEGORIES_MAX; i++) {
        struct category category = {.id = {id_next(ctx)}, .name = str_format(ctx->arena, "c%d", i)};
        TRY(categories_store_add(ctx, &category));
    }
    for (int i = 0; i < TAXES_MAX; i++) {
        struct tax tax = {.id = {id_next(ctx)}, .name = STR("t"), .rate = i};
        TRY(taxes_store_add(ctx, &tax));
    }
    return OK;
}

TEST(there_are_only_so_many)
{
    struct world w = world_open();
    struct category before = add_category(&w, "Thés"), one = {.name = STR("more")};
    struct tax first = {.name = STR("t")}, tax = {.name = STR("more")};

    WORLD_TX(&w) EXPECT_OK(taxes_add(&w.ctx, &first));
    WORLD_TX(&w) EXPECT_OK(categories_remove(&w.ctx, before.id, &before));
    WORLD_TX(&w) EXPECT_OK(taxes_remove(&w.ctx, first.id, &first));
    EXPECT_OK(world_write(&w, fill_up, NULL));
    WORLD_TX(&w) EXPECT_ERR(ERR_CATEGORIES_FULL, categories_add(&w.ctx, &one));
    WORLD_TX(&w) EXPECT_ERR(ERR_CATEGORIES_FULL, categories_restore(&w.ctx, before.id, &before));
    WORLD_TX(&w) EXPECT_ERR(ERR_TAXES_FULL, taxes_add(&w.ctx, &tax));
    WORLD_TX(&w) EXPECT_ERR(ERR_TAXES_FULL, taxes_restore(&w.ctx, first.id, &first));
    world_close(&w);
}

TEST(rates_are_written_as_square_writes_them)
{
    struct world w = world_open();
    static const struct {
        int64_t rate;
        const char *text;
    } cases[] = {{0, "0"},         {55000, "5.5"}, {200000, "20"},  {21000, "2.1"},
                 {1000000, "100"}, {1, "0.0001"},  {85600, "8.56"}, {999999, "99.9999"}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t rate = -1;

        EXPECT_STR(cases[i].text, tax_format_rate(w.ctx.arena, cases[i].rate));
        EXPECT_OK(tax_parse_rate(str_of(cases[i].text), &rate));
        EXPECT_INT(cases[i].rate, rate);
    }
    static const char *const wrong[] = {"", "5,5", "-1", "100.01", "0.00001", "x", "1e1"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int64_t rate = 0;
        EXPECT_ERR(ERR_FIELD_VALUE, tax_parse_rate(str_of(wrong[i]), &rate));
    }
    world_close(&w);
}

TESTS(RUN(categories_have_names_of_their_own),
      RUN(a_category_that_is_removed_leaves_its_articles_and_comes_back_into_them),
      RUN(a_tax_that_is_removed_leaves_its_articles_and_comes_back_into_them),
      RUN(what_is_none_is_unknown), RUN(there_are_only_so_many),
      RUN(rates_are_written_as_square_writes_them))
