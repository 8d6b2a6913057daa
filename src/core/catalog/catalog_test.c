/* catalog_test — articles: added, changed by one at a time, removed, listed as the till shows them.
 */
#include "core/catalog/catalog.h"
#include "support/test.h"
#include "support/world.h"

static enum err
add(struct ctx *ctx, void *arg)
{
    return catalog_add(ctx, arg);
}

static enum err
change(struct ctx *ctx, void *arg)
{
    return catalog_change(ctx, arg);
}

static enum err
take_off(struct ctx *ctx, void *arg)
{
    struct catalog_item *item = arg;

    return catalog_remove(ctx, item->id, item);
}

static struct catalog_item
add_item(struct world *w, const char *name, int64_t price_minor)
{
    struct catalog_item item = {
        .name = str_of(name), .price_minor = price_minor, .position = -1, .category = STR("Pains")};

    EXPECT_OK(world_write(w, add, &item));
    return item;
}

/* The names of a page, with a comma behind each. */
static struct str
names_behind(struct world *w, item_id after, int limit)
{
    struct catalog_item *items;
    struct str names = STR("");
    int count;

    EXPECT_OK(catalog_list(&w->ctx, after, limit, &items, &count));
    for (int i = 0; i < count; i++) {
        names = str_format(w->ctx.arena, "%.*s%.*s,", STR_ARG(names), STR_ARG(items[i].name));
    }
    return names;
}

DB_SQL(count_hints, "SELECT COUNT(*) FROM live_event"
                    " WHERE merchant_id = $1 AND topic = 'merchant' AND name = 'settings'");

static int64_t
hints(struct world *w)
{
    struct db_rows *rows = db_query(&w->ctx, &count_hints, DB_BIND(db_int(w->ctx.merchant.v)));
    int64_t count = db_next(rows) ? db_col_int(rows, 0) : -1;

    EXPECT_OK(db_done(rows));
    return count;
}

TEST(an_article_is_found_as_it_was_added)
{
    struct world w = world_open();
    struct catalog_item found, added = add_item(&w, "Baguette", 120);

    EXPECT_OK(catalog_find(&w.ctx, added.id, &found));
    EXPECT_STR("Baguette", found.name);
    EXPECT_STR("Pains", found.category);
    EXPECT_INT(120, found.price_minor);
    EXPECT_INT(1, found.version);
    EXPECT_INT(WORLD_NOW_US, found.created_us);
    EXPECT_TRUE(!found.deleted);
    EXPECT_INT(1, hints(&w));
    world_close(&w);
}

TEST(a_new_article_stands_behind_the_others)
{
    struct world w = world_open();

    EXPECT_INT(0, add_item(&w, "Baguette", 120).position);
    EXPECT_INT(1, add_item(&w, "Croissant", 130).position);
    EXPECT_STR("Baguette,Croissant,", names_behind(&w, (item_id){0}, 10));
    world_close(&w);
}

TEST(a_change_is_the_next_version_and_keeps_its_place)
{
    struct world w = world_open();
    struct catalog_item found, item = add_item(&w, "Baguette", 120);

    add_item(&w, "Croissant", 130);
    world_advance(&w, 5);
    struct catalog_item wanted = {
        .id = item.id, .version = 1, .name = STR("Tradition"), .price_minor = 0, .position = -1};
    EXPECT_OK(world_write(&w, change, &wanted));
    EXPECT_OK(catalog_find(&w.ctx, item.id, &found));
    EXPECT_INT(2, found.version);
    EXPECT_STR("Tradition", found.name);
    EXPECT_STR("", found.category);
    EXPECT_INT(0, found.price_minor);
    EXPECT_INT(0, found.position);
    EXPECT_INT(WORLD_NOW_US + 5, found.updated_us);
    EXPECT_INT(WORLD_NOW_US, found.created_us);
    EXPECT_INT(found.created_us, wanted.created_us);
    world_close(&w);
}

TEST(of_two_changes_of_one_version_the_second_is_refused)
{
    struct world w = world_open();
    struct catalog_item item = add_item(&w, "Baguette", 120);
    struct catalog_item first = item, second = item, blind = item;

    first.price_minor = 130;
    second.price_minor = 90;
    blind.price_minor = 140;
    blind.version = 0;
    EXPECT_OK(world_write(&w, change, &first));
    EXPECT_ERR(ERR_ITEM_CHANGED, world_write(&w, change, &second));
    EXPECT_OK(catalog_find(&w.ctx, item.id, &item));
    EXPECT_INT(130, item.price_minor);
    EXPECT_OK(world_write(&w, change, &blind));
    EXPECT_INT(3, blind.version);
    world_close(&w);
}

TEST(what_was_removed_is_on_no_list_cannot_be_changed_and_is_still_found)
{
    struct world w = world_open();
    struct catalog_item item = add_item(&w, "Baguette", 120), again = {.id = item.id};

    add_item(&w, "Croissant", 130);
    world_advance(&w, 7);
    EXPECT_OK(world_write(&w, take_off, &item));
    EXPECT_INT(WORLD_NOW_US + 7, item.updated_us);
    world_advance(&w, 7);
    EXPECT_OK(world_write(&w, take_off, &again));
    EXPECT_INT(WORLD_NOW_US + 7, again.updated_us);
    EXPECT_STR("Croissant,", names_behind(&w, (item_id){0}, 10));
    EXPECT_ERR(ERR_ITEM_UNKNOWN, world_write(&w, change, &item));
    EXPECT_OK(catalog_find(&w.ctx, item.id, &again));
    EXPECT_TRUE(again.deleted);
    EXPECT_STR("Baguette", again.name);
    world_close(&w);
}

TEST(pages_go_by_position_and_go_on_behind_an_article_removed_meanwhile)
{
    struct world w = world_open();
    struct catalog_item b = add_item(&w, "b", 1), c = add_item(&w, "c", 1);
    struct catalog_item a = {.name = STR("a"), .position = 0};

    EXPECT_OK(world_write(&w, add, &a));
    add_item(&w, "d", 1);
    EXPECT_STR("b,a,c,d,", names_behind(&w, (item_id){0}, 10));
    EXPECT_STR("b,a,", names_behind(&w, (item_id){0}, 2));
    EXPECT_OK(world_write(&w, take_off, &a));
    EXPECT_STR("c,d,", names_behind(&w, a.id, 2));
    EXPECT_STR("d,", names_behind(&w, c.id, 2));
    b.position = 9;
    EXPECT_OK(world_write(&w, change, &b));
    EXPECT_STR("c,d,b,", names_behind(&w, (item_id){0}, 10));
    world_close(&w);
}

TEST(each_merchant_has_its_own_articles)
{
    struct world w = world_open();
    struct catalog_item item = add_item(&w, "Baguette", 120), copy = item;

    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_STR("", names_behind(&w, (item_id){0}, 10));
    EXPECT_ERR(ERR_ITEM_UNKNOWN, catalog_find(&w.ctx, item.id, &copy));
    EXPECT_ERR(ERR_ITEM_UNKNOWN, world_write(&w, change, &item));
    EXPECT_ERR(ERR_ITEM_UNKNOWN, world_write(&w, take_off, &item));
    world_close(&w);
}

static enum err
fill_up(struct ctx *ctx, void *arg)
{
    (void)arg;
    for (int i = 0; i < CATALOG_ITEMS_MAX; i++) {
        struct catalog_item item = {.name = STR("x"), .position = 3};
        TRY(catalog_add(ctx, &item));
    }
    return OK;
}

TEST(a_full_catalog_takes_no_more_until_one_is_removed)
{
    struct world w = world_open();
    struct catalog_item item = {.name = STR("one more"), .position = -1}, *first;
    int count;

    EXPECT_OK(world_write(&w, fill_up, NULL));
    EXPECT_ERR(ERR_CATALOG_FULL, world_write(&w, add, &item));
    EXPECT_OK(catalog_list(&w.ctx, (item_id){0}, CATALOG_ITEMS_MAX, &first, &count));
    EXPECT_INT(CATALOG_ITEMS_MAX, count);
    EXPECT_OK(world_write(&w, take_off, first));
    EXPECT_OK(world_write(&w, add, &item));
    EXPECT_INT(1, hints(&w) - 2); /* one for each batch, however many articles it had */
    world_close(&w);
}

TESTS(RUN(an_article_is_found_as_it_was_added), RUN(a_new_article_stands_behind_the_others),
      RUN(a_change_is_the_next_version_and_keeps_its_place),
      RUN(of_two_changes_of_one_version_the_second_is_refused),
      RUN(what_was_removed_is_on_no_list_cannot_be_changed_and_is_still_found),
      RUN(pages_go_by_position_and_go_on_behind_an_article_removed_meanwhile),
      RUN(each_merchant_has_its_own_articles),
      RUN(a_full_catalog_takes_no_more_until_one_is_removed))
