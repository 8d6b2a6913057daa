/* search_test — articles are found by the beginnings of their words, page by page. */
#include "core/catalog/categories.h"
#include "core/catalog/import.h"
#include "core/catalog/search.h"
#include "support/test.h"
#include "support/world.h"

static enum err
import(struct ctx *ctx, void *arg)
{
    struct import_outcome outcome;

    return catalog_import_apply(ctx, *(struct str *)arg, &outcome);
}

static struct world
shop_open(void)
{
    struct world w = world_open();
    struct str goods = STR("nom;variante;famille;ref\n"
                           "Café crème;Petit;Boissons chaudes;CC-1\n"
                           "Café crème;Géant;;CC-2\n"
                           "Éclair au café;;Pâtisserie;EC\n"
                           "Thé (menthe);;Boissons chaudes;\n"
                           "Sac;;;\n"
                           "咖啡;;;\n");

    EXPECT_OK(world_write(&w, import, &goods));
    return w;
}

/* The names of what is found, with a comma behind each. */
static struct str
found(struct world *w, struct catalog_query query)
{
    struct str names = STR("");
    struct catalog_item *items;
    int count;

    if (query.limit == 0) query.limit = 10;
    EXPECT_OK(catalog_search(&w->ctx, &query, &items, &count));
    for (int i = 0; i < count; i++) {
        names = str_format(w->ctx.arena, "%.*s%.*s,", STR_ARG(names), STR_ARG(items[i].name));
    }
    return names;
}

#define EXPECT_FOUND(wanted, ...) EXPECT_STR(wanted, found(&w, (struct catalog_query){__VA_ARGS__}))

TEST(every_word_begins_a_word_of_what_an_article_is_called)
{
    struct world w = shop_open();

    EXPECT_FOUND("Café crème,Éclair au café,", .text = STR("cafe"));
    EXPECT_FOUND("Éclair au café,", .text = STR("CAFÉ, ecl"));
    EXPECT_FOUND("Café crème,", .text = STR("geant"));
    EXPECT_FOUND("Café crème,", .text = STR("cc-2"));
    EXPECT_FOUND("Café crème,Thé (menthe),", .text = STR("chaud"));
    EXPECT_FOUND("Thé (menthe),", .text = STR("menthe"));
    EXPECT_FOUND("咖啡,", .text = STR("咖"));
    EXPECT_FOUND("", .text = STR("afe"));
    EXPECT_FOUND("Café crème,Éclair au café,Thé (menthe),Sac,咖啡,", .text = STR(" !"));
    world_close(&w);
}

TEST(categories_and_pages_bound_what_is_found)
{
    struct world w = shop_open();
    struct catalog_item *first;
    struct category *categories;
    int count;

    EXPECT_OK(categories_list(&w.ctx, &categories, &count));
    EXPECT_INT(2, count);
    int64_t both[] = {categories[0].id.v, categories[1].id.v};
    EXPECT_FOUND("Café crème,Thé (menthe),", .categories = both, .category_count = 1);
    EXPECT_FOUND("Café crème,Éclair au café,", .categories = both, .category_count = 2,
                 .text = STR("caf"));
    const struct catalog_query one = {.text = STR("caf"), .limit = 1};
    EXPECT_OK(catalog_search(&w.ctx, &one, &first, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(2, first->variation_count);
    EXPECT_FOUND("Éclair au café,", .text = STR("caf"), .after = first->id);
    WORLD_TX(&w) EXPECT_OK(catalog_remove(&w.ctx, first->id, first));
    EXPECT_FOUND("Éclair au café,", .text = STR("caf"), .after = first->id);
    const struct catalog_query wrong = {.limit = 1, .after = {99}};
    EXPECT_ERR(ERR_ITEM_UNKNOWN, catalog_search(&w.ctx, &wrong, &first, &count));
    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_FOUND("", .text = STR(""));
    world_close(&w);
}

TESTS(RUN(every_word_begins_a_word_of_what_an_article_is_called),
      RUN(categories_and_pages_bound_what_is_found))
