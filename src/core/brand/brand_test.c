/* brand_test — a merchant's logo: given, given again, replaced, taken away. */
#include "core/brand/brand.h"
#include "core/merchants/merchants.h"
#include "support/test.h"
#include "support/world.h"

static const struct str red = {"\xff\xd8\xff\xe0 red", 8};
static const struct str blue = {"\xff\xd8\xff\xe0 blue", 9};

struct change {
    struct str content;
    struct file file;
};

static enum err
change(struct ctx *ctx, void *arg)
{
    struct change *wanted = arg;

    TRY(files_parse(ctx, wanted->content, &wanted->file));
    return brand_change_logo(ctx, wanted->content, &wanted->file);
}

static struct file
change_logo(struct world *w, struct str content)
{
    struct change wanted = {.content = content};

    EXPECT_OK(world_write(w, change, &wanted));
    return wanted.file;
}

static file_id
logo_of(struct world *w)
{
    struct merchant merchant;

    EXPECT_OK(merchants_find(&w->ctx, &merchant));
    return merchant.logo;
}

TEST(a_merchant_has_no_logo_until_it_gives_one)
{
    struct world w = world_open();

    EXPECT_INT(0, logo_of(&w).v);
    struct file given = change_logo(&w, red);
    EXPECT_TRUE(given.id.v != 0);
    EXPECT_INT(given.id.v, logo_of(&w).v);
    EXPECT_STR("logo", given.purpose);
    world_close(&w);
}

TEST(another_logo_replaces_the_first_whose_bytes_are_gone)
{
    struct world w = world_open();
    struct file first = change_logo(&w, red);
    struct file second = change_logo(&w, blue);
    struct str chunk;

    EXPECT_TRUE(first.id.v != second.id.v);
    EXPECT_INT(second.id.v, logo_of(&w).v);
    EXPECT_ERR(ERR_FILE_UNKNOWN, files_find(&w.ctx, first.id, &first));
    EXPECT_ERR(ERR_FILE_UNKNOWN, files_read_chunk(&w.ctx, first.id, 0, &chunk));
    EXPECT_OK(files_read_chunk(&w.ctx, second.id, 0, &chunk));
    EXPECT_STR(blue, chunk);
    world_close(&w);
}

TEST(the_same_logo_again_stays_the_same_file)
{
    struct world w = world_open();
    struct file first = change_logo(&w, red);

    world_advance(&w, 1000000);
    struct file again = change_logo(&w, red);
    EXPECT_INT(first.id.v, again.id.v);
    EXPECT_INT(first.created_us, again.created_us);
    EXPECT_INT(first.id.v, logo_of(&w).v);
    world_close(&w);
}

TEST(a_logo_is_taken_away_and_once_more_changes_nothing)
{
    struct world w = world_open();
    struct file given = change_logo(&w, red);

    for (int i = 0; i < 2; i++) {
        WORLD_TX(&w) EXPECT_OK(brand_remove_logo(&w.ctx));
        EXPECT_INT(0, logo_of(&w).v);
        EXPECT_ERR(ERR_FILE_UNKNOWN, files_find(&w.ctx, given.id, &given));
    }
    world_close(&w);
}

TEST(each_merchant_has_its_own)
{
    struct world w = world_open();
    struct file ours = change_logo(&w, red);
    merchant_id us = w.ctx.merchant;

    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_INT(0, logo_of(&w).v);
    change_logo(&w, red);
    WORLD_TX(&w) EXPECT_OK(brand_remove_logo(&w.ctx));
    w.ctx.merchant = us;
    EXPECT_INT(ours.id.v, logo_of(&w).v);
    EXPECT_OK(files_find(&w.ctx, ours.id, &ours));
    world_close(&w);
}

TEST(a_merchant_that_is_not_there_has_no_logo_to_change)
{
    struct world w = world_open();
    struct change wanted = {.content = red};

    w.ctx.merchant = (merchant_id){12345};
    EXPECT_ERR(ERR_MERCHANT_UNKNOWN, world_write(&w, change, &wanted));
    WORLD_TX(&w) EXPECT_ERR(ERR_MERCHANT_UNKNOWN, brand_remove_logo(&w.ctx));
    WORLD_TX(&w) EXPECT_ERR(ERR_MERCHANT_UNKNOWN, merchants_change_logo(&w.ctx, (file_id){1}));
    world_close(&w);
}

TESTS(RUN(a_merchant_has_no_logo_until_it_gives_one),
      RUN(another_logo_replaces_the_first_whose_bytes_are_gone),
      RUN(the_same_logo_again_stays_the_same_file),
      RUN(a_logo_is_taken_away_and_once_more_changes_nothing), RUN(each_merchant_has_its_own),
      RUN(a_merchant_that_is_not_there_has_no_logo_to_change))
