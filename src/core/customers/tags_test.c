/* tags_test — words on customers: one of each name, few on each, gone with whom they are on. */
#include "core/customers/tags.h"
#include "support/test.h"
#include "support/world.h"

static customer_id
add_customer(struct world *w, const char *name)
{
    struct customer customer = {.given_name = str_of(name)};

    WORLD_TX(w) EXPECT_OK(customers_add(&w->ctx, &customer));
    return customer.id;
}

static tag_id
add_tag(struct world *w, const char *name)
{
    struct tag tag = {.name = str_of(name)};

    WORLD_TX(w) EXPECT_OK(tags_add(&w->ctx, &tag));
    return tag.id;
}

static bool
put_on(struct world *w, customer_id customer, tag_id tag)
{
    bool changed = false;

    WORLD_TX(w) EXPECT_OK(tags_put_on(&w->ctx, customer, tag, &changed));
    return changed;
}

TEST(there_is_one_tag_of_each_name_whatever_its_accents)
{
    struct world w = world_open();
    tag_id first = add_tag(&w, " Été ");
    struct tag same = {.name = STR("ete")}, empty = {.name = STR(" ")};
    struct tag renamed = {.id = first, .name = STR("ÉTÉ")};

    WORLD_TX(&w)
    {
        EXPECT_ERR(ERR_TAG_EXISTS, tags_add(&w.ctx, &same));
        EXPECT_ERR(ERR_FIELD_REQUIRED, tags_add(&w.ctx, &empty));
        EXPECT_OK(tags_change(&w.ctx, &renamed));
    }
    EXPECT_OK(tags_find(&w.ctx, first, &same));
    EXPECT_STR("ÉTÉ", same.name);
    world_close(&w);
}

TEST(a_tag_that_is_not_there_is_unknown)
{
    struct world w = world_open();
    struct tag tag = {.id = {77}, .name = STR("x")};

    WORLD_TX(&w)
    {
        EXPECT_ERR(ERR_TAG_UNKNOWN, tags_change(&w.ctx, &tag));
        EXPECT_ERR(ERR_TAG_UNKNOWN, tags_remove(&w.ctx, tag.id));
    }
    EXPECT_ERR(ERR_TAG_UNKNOWN, tags_find(&w.ctx, tag.id, &tag));
    world_close(&w);
}

TEST(there_are_so_many_tags_and_no_more)
{
    struct world w = world_open();
    struct tag last = {.name = STR("one more")};
    customer_id anna = add_customer(&w, "Anna");
    tag_id tags[TAGS_MAX];
    bool changed;

    for (int i = 0; i < TAGS_MAX; i++)
        tags[i] = add_tag(&w, str_format(w.ctx.arena, "tag %d", i).at);
    WORLD_TX(&w) EXPECT_ERR(ERR_TAGS_FULL, tags_add(&w.ctx, &last));
    for (int i = 0; i < TAGS_OF_CUSTOMER_MAX; i++)
        EXPECT_TRUE(put_on(&w, anna, tags[i]));
    EXPECT_TRUE(!put_on(&w, anna, tags[0]));
    WORLD_TX(&w)
    {
        EXPECT_ERR(ERR_TAGS_FULL, tags_put_on(&w.ctx, anna, tags[TAGS_OF_CUSTOMER_MAX], &changed));
    }
    world_close(&w);
}

TEST(a_tag_goes_from_everybody_and_with_whoever_goes)
{
    struct world w = world_open();
    customer_id anna = add_customer(&w, "Anna"), leo = add_customer(&w, "Leo");
    tag_id tag = add_tag(&w, "terrace");
    struct tag *listed;
    tag_id *tags;
    int count;

    put_on(&w, anna, tag);
    put_on(&w, leo, tag);
    WORLD_TX(&w) EXPECT_OK(customers_remove(&w.ctx, leo));
    EXPECT_OK(tags_list(&w.ctx, &listed, &count));
    EXPECT_INT(1, listed[0].customers);
    WORLD_TX(&w) EXPECT_OK(tags_remove(&w.ctx, tag));
    EXPECT_OK(tags_list_of(&w.ctx, anna, &tags, &count));
    EXPECT_INT(0, count);
    world_close(&w);
}

TESTS(RUN(there_is_one_tag_of_each_name_whatever_its_accents),
      RUN(a_tag_that_is_not_there_is_unknown), RUN(there_are_so_many_tags_and_no_more),
      RUN(a_tag_goes_from_everybody_and_with_whoever_goes))
