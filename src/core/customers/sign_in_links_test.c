/* sign_in_links_test — a link that somebody shows signs in once, soon, and one customer. */
#include "core/customers/customers.h"
#include "core/customers/sign_in.h"
#include "support/test.h"
#include "support/world.h"

static customer_id
add_anna(struct world *w)
{
    struct customer anna = {.given_name = STR("Anna")};

    WORLD_TX(w) EXPECT_OK(customers_add(&w->ctx, &anna));
    return anna.id;
}

static struct str
add_link(struct world *w, customer_id customer)
{
    struct str token;

    WORLD_TX(w)
    EXPECT_OK(sign_in_links_add(&w->ctx, customer, SIGN_IN_LINK_KEEP_US, &token));
    return token;
}

struct taking {
    struct str token;
    customer_id customer;
};

static enum err
take(struct ctx *ctx, void *arg)
{
    struct taking *taking = arg;

    return sign_in_links_take(ctx, taking->token, &taking->customer);
}

TEST(a_link_signs_in_once)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w);
    struct taking taking = {.token = add_link(&w, anna)};

    EXPECT_OK(world_write(&w, take, &taking));
    EXPECT_INT(anna.v, taking.customer.v);
    EXPECT_ERR(ERR_LINK_EXPIRED, world_write(&w, take, &taking));
    EXPECT_INT(0, taking.customer.v);
    world_close(&w);
}

TEST(a_link_ends_after_its_time)
{
    struct world w = world_open();
    struct taking taking = {.token = add_link(&w, add_anna(&w))};

    world_advance(&w, SIGN_IN_LINK_KEEP_US - 1);
    EXPECT_OK(world_write(&w, take, &taking));
    taking.token = add_link(&w, add_anna(&w));
    world_advance(&w, SIGN_IN_LINK_KEEP_US);
    EXPECT_ERR(ERR_LINK_EXPIRED, world_write(&w, take, &taking));
    world_close(&w);
}

TEST(a_new_link_ends_the_customers_older_one_and_no_other)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w), leo = add_anna(&w);
    struct taking older = {.token = add_link(&w, anna)}, other = {.token = add_link(&w, leo)};
    struct taking newer = {.token = add_link(&w, anna)};

    EXPECT_ERR(ERR_LINK_EXPIRED, world_write(&w, take, &older));
    EXPECT_OK(world_write(&w, take, &newer));
    EXPECT_OK(world_write(&w, take, &other));
    EXPECT_INT(leo.v, other.customer.v);
    world_close(&w);
}

TEST(a_link_is_its_merchants_alone)
{
    struct world w = world_open();
    struct taking taking = {.token = add_link(&w, add_anna(&w))};
    merchant_id ours = w.ctx.merchant;

    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_ERR(ERR_LINK_EXPIRED, world_write(&w, take, &taking));
    w.ctx.merchant = ours;
    EXPECT_OK(world_write(&w, take, &taking));
    world_close(&w);
}

TEST(what_is_no_token_is_refused_as_an_old_one_is)
{
    static const char *const texts[] = {"", "x", "00000000000000000000000000"};
    struct world w = world_open();

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct taking taking = {.token = str_of(texts[i])};
        EXPECT_ERR(ERR_LINK_EXPIRED, world_write(&w, take, &taking));
    }
    world_close(&w);
}

TEST(a_removed_customers_link_signs_nobody_in)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w);
    struct taking taking = {.token = add_link(&w, anna)};

    WORLD_TX(&w) EXPECT_OK(customers_remove(&w.ctx, anna));
    EXPECT_ERR(ERR_LINK_EXPIRED, world_write(&w, take, &taking));
    world_close(&w);
}

TESTS(RUN(a_link_signs_in_once), RUN(a_link_ends_after_its_time),
      RUN(a_new_link_ends_the_customers_older_one_and_no_other), RUN(a_link_is_its_merchants_alone),
      RUN(what_is_no_token_is_refused_as_an_old_one_is),
      RUN(a_removed_customers_link_signs_nobody_in))
