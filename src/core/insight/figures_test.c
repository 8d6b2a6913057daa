/* figures_test — what searches filter by is what the orders and the ledger say, once it is counted.
 */
#include "base/clock.h"
#include "core/customers/listing.h"
#include "core/insight/figures.h"
#include "core/insight/insight.h"
#include "core/people/people.h"
#include "support/shop.h"
#include "support/test.h"

struct counting {
    struct figures *prepared;
    bool more;
};

static enum err
write_counted(struct ctx *ctx, void *arg)
{
    struct counting *counting = arg;

    return figures_write(ctx, counting->prepared, &counting->more);
}

static struct figures *
prepare(struct shop *s)
{
    struct ctx *ctx = &s->w.ctx;
    struct figures *prepared;

    EXPECT_OK(db_snapshot_begin(ctx));
    EXPECT_OK(figures_prepare(ctx, &prepared));
    db_snapshot_end(ctx);
    return prepared;
}

/* All steps, as the job takes them; gives how many there were. */
static int
count_all(struct shop *s)
{
    int steps = 0;

    for (struct figures *next = prepare(s); next != NULL; next = prepare(s)) {
        struct counting counting = {.prepared = next};

        EXPECT_OK(world_write(&s->w, write_counted, &counting));
        steps++;
    }
    return steps;
}

static struct listing
listing_of(struct shop *s, customer_id customer)
{
    struct listing listing;

    EXPECT_OK(listing_find(&s->w.ctx, customer, &listing));
    return listing;
}

static void
expect_as_the_sheet_says(struct shop *s, customer_id customer)
{
    struct listing_counts counts = listing_of(s, customer).counts;
    struct insight_sheet sheet;

    EXPECT_OK(insight_read_sheet(&s->w.ctx, customer, &sheet));
    EXPECT_INT(sheet.orders, counts.visits);
    EXPECT_INT(sheet.total_minor, counts.spend_minor);
    EXPECT_INT(sheet.last_order_us, counts.last_visit_us);
}

static void
sell_to(struct shop *s, account_id account, const char *sale, int64_t total_minor)
{
    struct order order = shop_tell(s, &s->feed, shop_sale(s, sale, total_minor));
    const struct claim_order wish = {.order = order.id, .reg = order.reg, .account = account};
    struct claim done;

    WORLD_TX(&s->w) EXPECT_OK(orders_claim(&s->w.ctx, &wish, &done));
}

TEST(visits_and_spending_are_those_of_the_sheet)
{
    struct shop s = shop_open();
    struct loyalty_account anna = shop_account(&s, "+33612345678");
    int64_t first_us = s.w.ctx.now_us;

    sell_to(&s, anna.id, "1", 4000);
    world_advance(&s.w, CLOCK_DAY_US);
    sell_to(&s, anna.id, "2", 1001);
    EXPECT_INT(0, listing_of(&s, anna.customer).counts.visits);
    EXPECT_INT(1, count_all(&s));
    struct listing listing = listing_of(&s, anna.customer);
    EXPECT_INT(2, listing.counts.visits);
    EXPECT_INT(5001, listing.counts.spend_minor);
    EXPECT_INT(first_us, listing.counts.first_visit_us);
    EXPECT_INT(s.w.location.v, listing.counts.location.v);
    EXPECT_INT(1, listing.balance_count);
    EXPECT_INT(50, listing.balances[0].balance);
    expect_as_the_sheet_says(&s, anna.customer);
    EXPECT_INT(0, count_all(&s));

    shop_tell(&s, &s.feed, shop_refund(&s, "r1", "2", 500));
    EXPECT_INT(1, count_all(&s));
    EXPECT_INT(4501, listing_of(&s, anna.customer).counts.spend_minor);
    EXPECT_INT(shop_balance(&s, anna.id), listing_of(&s, anna.customer).balances[0].balance);
    shop_tell(&s, &s.feed, shop_cancel(&s, "1"));
    count_all(&s);
    EXPECT_INT(1, listing_of(&s, anna.customer).counts.visits);
    expect_as_the_sheet_says(&s, anna.customer);
    shop_close(&s);
}

TEST(points_that_move_without_an_order_are_counted)
{
    struct shop s = shop_open();
    struct loyalty_account anna = shop_account(&s, "+33612345678");
    const struct adjust_order gift = {.account = anna.id, .points = 7, .reason = STR("birthday")};
    struct loyalty_event event;

    count_all(&s);
    EXPECT_INT(1, listing_of(&s, anna.customer).balance_count);
    EXPECT_INT(0, listing_of(&s, anna.customer).balances[0].balance);
    WORLD_TX(&s.w) EXPECT_OK(accounts_adjust(&s.w.ctx, &gift, &event));
    count_all(&s);
    EXPECT_INT(7, listing_of(&s, anna.customer).balances[0].balance);
    shop_close(&s);
}

TEST(what_changes_while_it_is_counted_is_counted_again)
{
    struct shop s = shop_open();
    struct loyalty_account anna = shop_account(&s, "+33612345678");
    struct counting early;

    sell_to(&s, anna.id, "1", 1000);
    early.prepared = prepare(&s);
    sell_to(&s, anna.id, "2", 500);
    EXPECT_OK(world_write(&s.w, write_counted, &early));
    EXPECT_INT(1, listing_of(&s, anna.customer).counts.visits);
    count_all(&s);
    EXPECT_INT(2, listing_of(&s, anna.customer).counts.visits);
    shop_close(&s);
}

TEST(two_that_count_the_same_write_it_once)
{
    struct shop s = shop_open();
    struct loyalty_account anna = shop_account(&s, "+33612345678");
    struct counting one, other;

    sell_to(&s, anna.id, "1", 1000);
    one.prepared = prepare(&s);
    other.prepared = prepare(&s);
    EXPECT_OK(world_write(&s.w, write_counted, &one));
    sell_to(&s, anna.id, "2", 500);
    count_all(&s);
    EXPECT_OK(world_write(&s.w, write_counted, &other));
    EXPECT_INT(2, listing_of(&s, anna.customer).counts.visits);
    shop_close(&s);
}

static enum err
remove_customer(struct ctx *ctx, void *arg)
{
    return people_remove_customer(ctx, *(customer_id *)arg);
}

TEST(who_is_removed_while_they_are_counted_does_not_come_back)
{
    struct shop s = shop_open();
    struct loyalty_account anna = shop_account(&s, "+33612345678");
    struct counting counting;

    sell_to(&s, anna.id, "1", 1000);
    counting.prepared = prepare(&s);
    EXPECT_OK(world_write(&s.w, remove_customer, &anna.customer));
    EXPECT_OK(world_write(&s.w, write_counted, &counting));
    count_all(&s);
    struct listing listing = listing_of(&s, anna.customer);
    EXPECT_TRUE(!listing.exists);
    EXPECT_INT(0, listing.balance_count);
    shop_close(&s);
}

TESTS(RUN(visits_and_spending_are_those_of_the_sheet),
      RUN(points_that_move_without_an_order_are_counted),
      RUN(what_changes_while_it_is_counted_is_counted_again),
      RUN(two_that_count_the_same_write_it_once),
      RUN(who_is_removed_while_they_are_counted_does_not_come_back))
