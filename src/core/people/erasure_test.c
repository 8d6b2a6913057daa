/* erasure_test — what was erased is erased again in what is restored from before. */
#include "core/customers/customers.h"
#include "core/people/erasure.h"
#include "core/people/people.h"
#include "support/test.h"
#include "support/world.h"

static customer_id
add_customer(struct world *w, const char *name)
{
    struct customer customer = {.given_name = str_of(name)};

    WORLD_TX(w) EXPECT_OK(customers_add(&w->ctx, &customer));
    return customer.id;
}

static bool
is_there(struct world *w, customer_id id)
{
    struct customer customer;

    return customers_find(&w->ctx, id, &customer) == OK;
}

static int
count_waiting(struct world *w, enum erasure_work work)
{
    struct erasure *erasures;
    int count;

    EXPECT_OK(erasure_list(&w->ctx, work, 100, &erasures, &count));
    return count;
}

/* Of all customers, in as many pages as it takes. */
static void
replay(struct world *w, struct erasure_replay *replay)
{
    int64_t after = 0;

    do {
        WORLD_TX(w) EXPECT_OK(erasure_replay(&w->ctx, replay, &after));
    } while (after != 0);
}

TEST(an_erasure_is_noted_once_by_a_hash)
{
    struct world w = world_open();
    customer_id anna = add_customer(&w, "Anna");
    struct erasure *erasures;
    uint8_t hash[HASH_LEN];
    int count;

    WORLD_TX(&w)
    {
        EXPECT_OK(people_remove_customer(&w.ctx, anna));
        EXPECT_OK(erasure_note(&w.ctx, anna));
    }
    EXPECT_OK(erasure_list(&w.ctx, ERASURE_TO_FILE, 100, &erasures, &count));
    EXPECT_INT(1, count);
    erasure_hash(w.ctx.merchant, anna, hash);
    EXPECT_TRUE(memcmp(hash, erasures[0].hash, HASH_LEN) == 0);
    EXPECT_INT(w.ctx.merchant.v, erasures[0].merchant.v);
    world_close(&w);
}

TEST(what_is_done_is_not_to_be_done_again_until_the_file_is_gone)
{
    struct world w = world_open();
    customer_id anna = add_customer(&w, "Anna");
    struct erasure *erasures;
    int count;

    WORLD_TX(&w) EXPECT_OK(people_remove_customer(&w.ctx, anna));
    EXPECT_OK(erasure_list(&w.ctx, ERASURE_TO_FILE, 100, &erasures, &count));
    WORLD_TX(&w) EXPECT_OK(erasure_done(&w.ctx, ERASURE_TO_FILE, erasures, count));
    EXPECT_INT(0, count_waiting(&w, ERASURE_TO_FILE));
    EXPECT_INT(1, count_waiting(&w, ERASURE_TO_REWRITE));
    WORLD_TX(&w) EXPECT_OK(erasure_done(&w.ctx, ERASURE_TO_REWRITE, erasures, count));
    EXPECT_INT(0, count_waiting(&w, ERASURE_TO_REWRITE));
    WORLD_TX(&w) EXPECT_OK(erasure_file_anew(&w.ctx));
    EXPECT_INT(1, count_waiting(&w, ERASURE_TO_FILE));
    world_close(&w);
}

TEST(a_replay_erases_whom_a_given_journal_names_and_nobody_else)
{
    struct world w = world_open();
    customer_id anna = add_customer(&w, "Anna"), leo = add_customer(&w, "Leo");
    struct erasure given = {.merchant = w.ctx.merchant, .at_us = w.ctx.now_us};
    struct erasure_replay of_given = {.journal = &given, .count = 1}, of_own = {.count = 0};

    erasure_hash(w.ctx.merchant, anna, given.hash);
    replay(&w, &of_given);
    EXPECT_INT(2, of_given.looked_at);
    EXPECT_INT(1, of_given.erased);
    EXPECT_TRUE(!is_there(&w, anna));
    EXPECT_TRUE(is_there(&w, leo));
    replay(&w, &of_own);
    EXPECT_INT(0, of_own.erased);
    /* It is to be filed here, too. */
    EXPECT_INT(1, count_waiting(&w, ERASURE_TO_FILE));
    world_close(&w);
}

TEST(another_merchants_journal_erases_nobody_here)
{
    struct world w = world_open();
    customer_id anna = add_customer(&w, "Anna");
    struct erasure given = {.merchant = world_add_merchant(&w), .at_us = w.ctx.now_us};
    struct erasure_replay wanted = {.journal = &given, .count = 1};

    erasure_hash(given.merchant, anna, given.hash);
    replay(&w, &wanted);
    EXPECT_INT(0, wanted.erased);
    EXPECT_TRUE(is_there(&w, anna));
    world_close(&w);
}

TEST(more_customers_than_a_page_are_all_looked_at)
{
    enum { CUSTOMERS = 1001 };
    struct world w = world_open();
    struct erasure given = {.merchant = w.ctx.merchant, .at_us = w.ctx.now_us};
    struct erasure_replay wanted = {.journal = &given, .count = 1};
    customer_id last = {0};

    for (int i = 0; i < CUSTOMERS; i++) {
        struct customer customer = {.given_name = STR("Anna")};

        WORLD_TX(&w) EXPECT_OK(customers_add(&w.ctx, &customer));
        last = customer.id;
    }
    erasure_hash(w.ctx.merchant, last, given.hash);
    replay(&w, &wanted);
    EXPECT_INT(CUSTOMERS, wanted.looked_at);
    EXPECT_INT(1, wanted.erased);
    EXPECT_TRUE(!is_there(&w, last));
    world_close(&w);
}

TESTS(RUN(an_erasure_is_noted_once_by_a_hash),
      RUN(what_is_done_is_not_to_be_done_again_until_the_file_is_gone),
      RUN(a_replay_erases_whom_a_given_journal_names_and_nobody_else),
      RUN(another_merchants_journal_erases_nobody_here),
      RUN(more_customers_than_a_page_are_all_looked_at))
