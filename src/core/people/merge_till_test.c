/* merge_till_test — a till sells to somebody who becomes a part of somebody else meanwhile. */
#include "core/people/merge.h"
#include "support/counter.h"
#include "support/test.h"

/* Anna with 4.00 of cashback, whom the till has before it, and who she turns out to be. */
struct meeting {
    struct counter c;
    struct loyalty_account purse, other;
    struct merge_done done;
};

static enum err
run_merge(struct ctx *ctx, void *arg)
{
    struct meeting *meeting = arg;
    const struct merge_order order = {meeting->other.customer, meeting->c.anna.customer, STR("")};

    return people_merge(ctx, &order, &meeting->done);
}

static enum err
run_unmerge(struct ctx *ctx, void *arg)
{
    struct meeting *meeting = arg;

    return people_unmerge(ctx, meeting->done.merge.id, &meeting->done);
}

static struct meeting
open_meeting(void)
{
    struct meeting meeting = {.c = counter_open()};

    meeting.purse = counter_save(&meeting.c, 400);
    meeting.other = shop_account(&meeting.c.shop, "+33612349999");
    return meeting;
}

static struct selling
paid_with_credit(struct meeting *meeting, const char *key)
{
    struct selling selling = counter_sale(&meeting->c, key);

    selling.sale.credit_account = meeting->purse.id;
    selling.sale.credit_minor = 150;
    return selling;
}

/* Of who was merged, or again is; and of who they became. */
static int64_t
credit_of(struct meeting *meeting, customer_id customer)
{
    struct loyalty_account account;

    EXPECT_OK(accounts_find_by_customer(&meeting->c.shop.w.ctx, meeting->purse.program, customer,
                                        &account));
    return account.balance;
}

TEST(a_sale_goes_on_under_the_ids_that_the_till_has)
{
    struct meeting meeting = open_meeting();
    struct selling selling = paid_with_credit(&meeting, "s1");
    struct selling again = selling;

    EXPECT_OK(world_write(&meeting.c.shop.w, run_merge, &meeting));
    struct order sold = counter_sell(&meeting.c, &selling);
    EXPECT_INT(950 - 150, sold.total_minor);
    int64_t left = credit_of(&meeting, meeting.other.customer);
    EXPECT_OK(world_write(&meeting.c.shop.w, counter_run_sell, &again));
    EXPECT_INT(sold.id.v, again.sold.order.id.v);
    EXPECT_INT(left, credit_of(&meeting, meeting.other.customer));
    counter_close(&meeting.c);
}

TEST(what_paid_during_a_merge_comes_back_to_who_bought)
{
    struct meeting meeting = open_meeting();
    struct selling selling = paid_with_credit(&meeting, "s1");

    EXPECT_OK(world_write(&meeting.c.shop.w, run_merge, &meeting));
    counter_sell(&meeting.c, &selling);
    EXPECT_OK(world_write(&meeting.c.shop.w, run_unmerge, &meeting));
    int64_t annas = credit_of(&meeting, meeting.c.anna.customer);
    counter_cancel(&meeting.c, "s1");
    EXPECT_INT(annas, credit_of(&meeting, meeting.c.anna.customer));
    EXPECT_INT(150, credit_of(&meeting, meeting.other.customer));
    counter_close(&meeting.c);
}

TEST(what_paid_before_a_merge_comes_back_to_who_they_are_now)
{
    struct meeting meeting = open_meeting();
    struct selling selling = paid_with_credit(&meeting, "s1");

    counter_sell(&meeting.c, &selling);
    EXPECT_OK(world_write(&meeting.c.shop.w, run_merge, &meeting));
    counter_cancel(&meeting.c, "s1");
    EXPECT_INT(400, credit_of(&meeting, meeting.other.customer));
    EXPECT_OK(world_write(&meeting.c.shop.w, run_unmerge, &meeting));
    counter_close(&meeting.c);
}

TESTS(RUN(a_sale_goes_on_under_the_ids_that_the_till_has),
      RUN(what_paid_during_a_merge_comes_back_to_who_bought),
      RUN(what_paid_before_a_merge_comes_back_to_who_they_are_now))
