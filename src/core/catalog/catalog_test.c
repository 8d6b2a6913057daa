/* catalog_test — articles: added, changed by one at a time, removed, listed as the till shows them.
 */
#include "core/catalog/catalog_store.h"
#include "core/catalog/categories.h"
#include "core/catalog/taxes.h"
#include "db/migrate.h"
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

static enum err
bring_back(struct ctx *ctx, void *arg)
{
    struct catalog_item *item = arg;

    return catalog_restore(ctx, item->id, item);
}

static struct catalog_item
add_item(struct world *w, const char *name, int64_t price_minor)
{
    struct catalog_variation *price = ARENA_NEW(w->ctx.arena, struct catalog_variation);
    struct catalog_item item = {
        .name = str_of(name), .variations = price, .variation_count = 1, .position = -1};

    price->has_price = true;
    price->price_minor = price_minor;
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
    EXPECT_INT(1, found.variation_count);
    EXPECT_INT(120, found.variations[0].price_minor);
    EXPECT_TRUE(found.variations[0].has_price);
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
    struct catalog_variation free_of_charge = {.id = item.variations[0].id, .has_price = true};
    struct catalog_item wanted = {.id = item.id,
                                  .version = 1,
                                  .name = STR("Tradition"),
                                  .variations = &free_of_charge,
                                  .variation_count = 1,
                                  .position = -1};
    EXPECT_OK(world_write(&w, change, &wanted));
    EXPECT_OK(catalog_find(&w.ctx, item.id, &found));
    EXPECT_INT(2, found.version);
    EXPECT_STR("Tradition", found.name);
    EXPECT_INT(item.variations[0].id.v, found.variations[0].id.v);
    EXPECT_INT(0, found.variations[0].price_minor);
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

    first.name = STR("Tradition");
    second.name = STR("Ficelle");
    blind.name = STR("Flûte");
    blind.version = 0;
    EXPECT_OK(world_write(&w, change, &first));
    EXPECT_ERR(ERR_ITEM_CHANGED, world_write(&w, change, &second));
    EXPECT_OK(catalog_find(&w.ctx, item.id, &item));
    EXPECT_STR("Tradition", item.name);
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
    struct catalog_variation price = {0};
    struct catalog_item a = {.name = STR("a"), .variations = &price, .variation_count = 1};

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
        struct catalog_variation price = {0};
        struct catalog_item item = {
            .name = STR("x"), .variations = &price, .variation_count = 1, .position = 3};
        if (i == 0) TRY(catalog_add(ctx, &item)); /* counts them all, each time */
        if (i == 0) continue;
        item.id.v = price.id.v = id_next(ctx);
        TRY(catalog_store_add(ctx, &item));
        TRY(catalog_store_put_variation(ctx, item.id, &price, 0));
    }
    return OK;
}

TEST(a_full_catalog_takes_no_more_until_one_is_removed)
{
    struct world w = world_open();
    struct catalog_variation price = {0};
    struct catalog_item *first,
        item = {
            .name = STR("one more"), .variations = &price, .variation_count = 1, .position = -1};
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

/* ---- variations ---- */

static struct catalog_item
add_coffee(struct world *w)
{
    struct catalog_variation *sizes = ARENA_ARRAY(w->ctx.arena, struct catalog_variation, 3);
    struct catalog_item coffee = {
        .name = STR("Café"), .variations = sizes, .variation_count = 3, .position = -1};

    sizes[0] = (struct catalog_variation){.name = STR("Petit"), .sku = STR("S"), .has_price = true};
    sizes[1] = (struct catalog_variation){.name = STR("Grand"), .sku = STR("L")};
    sizes[2] = (struct catalog_variation){.name = STR("Géant")};
    EXPECT_OK(world_write(w, add, &coffee));
    return coffee;
}

/* The names of an article's variations, with a comma behind each. */
static struct str
variations_of(struct world *w, item_id id)
{
    struct str names = STR("");
    struct catalog_item item;

    EXPECT_OK(catalog_find(&w->ctx, id, &item));
    for (int i = 0; i < item.variation_count; i++) {
        names = str_format(w->ctx.arena, "%.*s%.*s=%.*s,", STR_ARG(names),
                           STR_ARG(item.variations[i].name), STR_ARG(item.variations[i].sku));
    }
    return names;
}

TEST(variations_are_kept_changed_added_and_taken_away_in_their_sequence)
{
    struct world w = world_open();
    struct catalog_item coffee = add_coffee(&w), other = add_item(&w, "Thé", 300);
    variation_id giant = coffee.variations[2].id, small = coffee.variations[0].id;

    EXPECT_STR("Petit=S,Grand=L,Géant=,", variations_of(&w, coffee.id));
    coffee.variations[2].name = STR("Seau");
    coffee.variations[0] = coffee.variations[2];
    coffee.variations[2] = (struct catalog_variation){.name = STR("Double"), .sku = STR("S")};
    coffee.version = 1;
    EXPECT_OK(world_write(&w, change, &coffee));
    EXPECT_STR("Seau=,Grand=L,Double=S,", variations_of(&w, coffee.id));
    EXPECT_INT(giant.v, coffee.variations[0].id.v);

    struct catalog_variation told[] = {{.id = small}, {.id = other.variations[0].id}};
    for (int i = 0; i < 2; i++) {
        struct catalog_item wrong = coffee;
        wrong.variations = &told[i];
        wrong.variation_count = 1;
        EXPECT_ERR(ERR_VARIATION_UNKNOWN, world_write(&w, change, &wrong));
    }
    struct catalog_variation twice[] = {coffee.variations[0], coffee.variations[0]};
    coffee.variations = twice;
    coffee.variation_count = 2;
    EXPECT_ERR(ERR_VARIATION_UNKNOWN, world_write(&w, change, &coffee));
    coffee.variations = &told[1];
    coffee.variation_count = 1;
    EXPECT_ERR(ERR_VARIATION_UNKNOWN, world_write(&w, add, &coffee));
    world_close(&w);
}

TEST(a_sku_is_one_variations_until_it_is_taken_away)
{
    struct world w = world_open();
    struct catalog_item coffee = add_coffee(&w);
    struct catalog_variation prices[] = {{.sku = STR("L")}, {.sku = STR("L")}};
    struct catalog_item tea = {
        .name = STR("Thé"), .variations = prices, .variation_count = 1, .position = -1};

    EXPECT_ERR(ERR_SKU_TAKEN, world_write(&w, add, &tea));
    EXPECT_OK(world_write(&w, take_off, &coffee));
    tea.variation_count = 2;
    EXPECT_ERR(ERR_SKU_TAKEN, world_write(&w, add, &tea));
    tea.variation_count = 1;
    EXPECT_OK(world_write(&w, add, &tea));
    EXPECT_ERR(ERR_SKU_TAKEN, world_write(&w, bring_back, &coffee));
    EXPECT_OK(world_write(&w, take_off, &tea));
    EXPECT_OK(world_write(&w, bring_back, &coffee));
    EXPECT_STR("Petit=S,Grand=L,Géant=,", variations_of(&w, coffee.id));
    /* Two of one article exchange theirs. */
    coffee.variations[0].sku = STR("L");
    coffee.variations[1].sku = STR("S");
    EXPECT_OK(world_write(&w, change, &coffee));
    EXPECT_STR("Petit=L,Grand=S,Géant=,", variations_of(&w, coffee.id));
    world_close(&w);
}

TEST(what_comes_back_is_what_went_and_nothing_that_went_before)
{
    struct world w = world_open();
    struct catalog_item coffee = add_coffee(&w), found;

    coffee.variation_count = 2;
    EXPECT_OK(world_write(&w, change, &coffee));
    EXPECT_OK(world_write(&w, take_off, &coffee));
    EXPECT_TRUE(coffee.deleted);
    EXPECT_STR("Petit=S,Grand=L,", variations_of(&w, coffee.id));
    EXPECT_OK(world_write(&w, bring_back, &coffee));
    EXPECT_TRUE(!coffee.deleted);
    EXPECT_INT(4, coffee.version);
    EXPECT_OK(world_write(&w, bring_back, &coffee));
    EXPECT_INT(4, coffee.version);
    EXPECT_STR("Petit=S,Grand=L,", variations_of(&w, coffee.id));
    EXPECT_STR("Café,", names_behind(&w, (item_id){0}, 10));
    found.id.v = 99;
    EXPECT_ERR(ERR_ITEM_UNKNOWN, world_write(&w, bring_back, &found));
    world_close(&w);
}

TEST(a_till_sells_a_variation_also_after_it_was_taken_away)
{
    struct world w = world_open();
    struct category drinks = {.name = STR("Boissons"), .position = -1};
    struct tax tax = {.name = STR("TVA 5,5 %"), .rate = 55000, .included = true};
    struct catalog_item coffee = add_coffee(&w);
    struct catalog_sold sold;

    WORLD_TX(&w) EXPECT_OK(categories_add(&w.ctx, &drinks));
    WORLD_TX(&w) EXPECT_OK(taxes_add(&w.ctx, &tax));
    coffee.category = drinks.id;
    coffee.tax = tax.id;
    EXPECT_OK(world_write(&w, change, &coffee));
    EXPECT_OK(catalog_find_sold(&w.ctx, coffee.variations[0].id, &sold));
    EXPECT_STR("Café, Petit", sold.name);
    EXPECT_TRUE(sold.has_price);
    EXPECT_STR("Boissons", sold.category_name);
    EXPECT_INT(55000, sold.tax_rate);
    EXPECT_TRUE(sold.tax_included);
    EXPECT_OK(world_write(&w, take_off, &coffee));
    EXPECT_OK(catalog_find_sold(&w.ctx, coffee.variations[1].id, &sold));
    EXPECT_STR("Café, Grand", sold.name);
    EXPECT_TRUE(!sold.has_price);
    EXPECT_ERR(ERR_VARIATION_UNKNOWN, catalog_find_sold(&w.ctx, (variation_id){99}, &sold));
    world_close(&w);
}

/* ---- from the catalog of one price and a text for the category ---- */

DB_SQL(find_key, "SELECT name_key FROM catalog_item WHERE merchant_id = $1 AND id = $2");

static const char old_rows[] =
    "INSERT INTO catalog_item (merchant_id, id, version, name, category, price_minor, position,"
    "                          deleted, created_us, updated_us)"
    " VALUES (7, 1, 3, ' Pâte à  choux', 'Gâteaux', 350, 0, FALSE, 5, 6),"
    "        (7, 2, 1, 'Flan', ' GATEAUX ', 250, 1, FALSE, 7, 8),"
    "        (7, 3, 2, 'Café', 'Cafés & thés', 150, 2, TRUE, 7, 9),"
    "        (7, 4, 1, 'Divers', '', 0, 3, FALSE, 7, 7),"
    "        (8, 5, 1, 'Flan', 'Gâteaux', 300, 0, FALSE, 7, 7)";

static enum err
put_old_rows(struct ctx *ctx, void *arg)
{
    (void)arg;
    return db_run_script(ctx, old_rows);
}

TEST(articles_of_the_former_schema_keep_their_prices_and_find_their_categories)
{
    struct world w = world_open_empty();
    struct category *categories;
    struct catalog_item flan, choux, gone, other;
    int ran, count;

    EXPECT_OK(migrate_run_list(&w.ctx, migrations, 3, &ran));
    EXPECT_OK(db_tx(&w.ctx, put_old_rows, NULL));
    EXPECT_OK(migrate_run(&w.ctx, &ran));
    w.ctx.merchant.v = 7;
    EXPECT_OK(categories_list(&w.ctx, &categories, &count));
    EXPECT_INT(2, count);
    EXPECT_STR("GATEAUX", categories[0].name);
    EXPECT_INT(1, categories[0].id.v);
    EXPECT_OK(catalog_find(&w.ctx, (item_id){1}, &choux));
    EXPECT_OK(catalog_find(&w.ctx, (item_id){2}, &flan));
    EXPECT_INT(choux.category.v, flan.category.v);
    EXPECT_INT(2, flan.variations[0].id.v);
    EXPECT_INT(250, flan.variations[0].price_minor);
    EXPECT_OK(catalog_find(&w.ctx, (item_id){3}, &gone));
    EXPECT_INT(1, gone.variation_count);
    EXPECT_TRUE(gone.deleted);
    EXPECT_OK(catalog_find(&w.ctx, (item_id){4}, &other));
    EXPECT_INT(0, other.category.v);
    /* The SQL of the migration names them as the program does. */
    static const char *const keys[] = {"Pâte à choux", "flan", "CAFÉ", "divers"};
    for (int i = 0; i < 4; i++) {
        struct db_rows *rows = db_query(&w.ctx, &find_key, DB_BIND(db_int(7), db_int(i + 1)));
        EXPECT_TRUE(db_next(rows));
        EXPECT_TRUE(str_is(catalog_key(w.ctx.arena, str_of(keys[i])), db_col_text(rows, 0)));
        EXPECT_OK(db_done(rows));
    }
    world_close(&w);
}

TESTS(RUN(an_article_is_found_as_it_was_added), RUN(a_new_article_stands_behind_the_others),
      RUN(a_change_is_the_next_version_and_keeps_its_place),
      RUN(of_two_changes_of_one_version_the_second_is_refused),
      RUN(what_was_removed_is_on_no_list_cannot_be_changed_and_is_still_found),
      RUN(pages_go_by_position_and_go_on_behind_an_article_removed_meanwhile),
      RUN(each_merchant_has_its_own_articles),
      RUN(a_full_catalog_takes_no_more_until_one_is_removed),
      RUN(variations_are_kept_changed_added_and_taken_away_in_their_sequence),
      RUN(a_sku_is_one_variations_until_it_is_taken_away),
      RUN(what_comes_back_is_what_went_and_nothing_that_went_before),
      RUN(a_till_sells_a_variation_also_after_it_was_taken_away),
      RUN(articles_of_the_former_schema_keep_their_prices_and_find_their_categories))
