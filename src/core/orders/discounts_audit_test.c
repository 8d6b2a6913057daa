/* discounts_audit_test — what orders and notes remember wrongly, their audit tells. */
#include "core/orders/discounts_audit.h"
#include "support/counter.h"
#include "support/test.h"
#include <string.h>

struct heard {
    char first[256];
    int count;
};

static void
hear(void *self, const char *sentence)
{
    struct heard *heard = self;

    if (heard->count++ == 0) strncpy(heard->first, sentence, sizeof heard->first - 1);
}

/* A sale paid with a reward of 1.00, a note of 3.00 and 2.00 of cashback, and one that was undone.
 */
static struct counter
busy_counter(void)
{
    struct counter c = counter_open();
    struct reward reward =
        counter_take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100});
    struct credit_note note = counter_issue(&c, 300), other = counter_issue(&c, 1000);
    struct loyalty_account purse = counter_save(&c, 400);
    const struct sale_note notes[] = {{.id = note.id}}, others[] = {{.id = other.id}};
    struct selling kept = counter_sale(&c, "kept"), undone = counter_sale(&c, "undone");

    kept.sale.rewards = &reward.id.v;
    kept.sale.reward_count = 1;
    kept.sale.notes = notes;
    kept.sale.note_count = 1;
    kept.sale.credit_account = purse.id;
    kept.sale.credit_minor = 200;
    counter_sell(&c, &kept);
    undone.sale.notes = others;
    undone.sale.note_count = 1;
    counter_sell(&c, &undone);
    counter_cancel(&c, "undone");
    return c;
}

/* Breaks something, and expects that the audit tells of it first, in words that begin so. */
static void
expect_told(const char *damage, const char *subject, const char *wrong)
{
    struct counter c = busy_counter();
    struct discounts_audit found = {0};
    struct heard heard = {0};

    WORLD_TX(&c.shop.w) EXPECT_OK(db_run_script(&c.shop.w.ctx, damage));
    EXPECT_OK(discounts_audit(&c.shop.w.ctx, hear, &heard, &found));
    EXPECT_INT(heard.count, found.differences);
    EXPECT_STR(subject, ((struct str){heard.first, strlen(subject)}));
    const char *told = strchr(heard.first, ':');
    EXPECT_TRUE(told != NULL);
    EXPECT_STR(wrong, told + 2);
    shop_close(&c.shop);
}

TEST(an_honest_counter_has_no_differences)
{
    struct counter c = busy_counter();
    struct discounts_audit found = {0};
    struct heard heard = {0};

    EXPECT_OK(discounts_audit(&c.shop.w.ctx, hear, &heard, &found));
    EXPECT_STR("", heard.first);
    EXPECT_INT(0, found.differences);
    EXPECT_INT(2, found.credit_notes);
    EXPECT_INT(4, found.discounts);
    counter_close(&c);
}

TEST(a_note_of_another_amount_than_it_was_made_of_is_told)
{
    expect_told("UPDATE credit_note SET amount_minor = 301 WHERE amount_minor = 300",
                "credit note cre_", "amount 301, was made as 300");
}

TEST(a_note_that_ended_with_something_left_is_told)
{
    expect_told("UPDATE credit_note SET ended_us = 5 WHERE amount_minor = 1000", "credit note cre_",
                "ended with 1000, should have 0");
}

TEST(an_order_that_its_discounts_or_lines_do_not_bear_out_is_told)
{
    expect_told("UPDATE order_discount SET amount_minor = 101 WHERE kind = 'reward'", "order ord_",
                "taken off 600, its discounts say 601");
    expect_told("UPDATE order_line SET discount_minor = discount_minor + 1"
                " WHERE line = 0 AND discount_minor > 0 AND discount_minor < 400",
                "order ord_", "taken off 600, its lines bear 601");
}

TEST(credit_that_its_transfer_did_not_pay_is_told)
{
    expect_told("UPDATE order_discount SET transfer_id = 5 WHERE kind = 'credit'", "order ord_",
                "credit 200, its transfer paid 0");
}

TEST(credit_that_did_not_come_back_is_told)
{
    expect_told("UPDATE order_discount SET returned_id = NULL WHERE returned_us IS NOT NULL",
                "order ord_", "to be given back 950, was given back 0");
}

TEST(a_used_reward_whose_order_knows_nothing_of_it_is_told)
{
    struct counter c = busy_counter();
    struct discounts_audit found = {0};
    struct heard heard = {0};

    WORLD_TX(&c.shop.w)
    {
        EXPECT_OK(db_run_script(&c.shop.w.ctx, "UPDATE reward SET used_order_id = 5"
                                               " WHERE used_order_id IS NOT NULL"));
    }
    EXPECT_OK(discounts_audit(&c.shop.w.ctx, hear, &heard, &found));
    EXPECT_INT(1, found.differences);
    EXPECT_STR("reward rew_", ((struct str){heard.first, strlen("reward rew_")}));
    shop_close(&c.shop);
}

TEST(an_undone_order_that_keeps_something_is_told)
{
    expect_told("UPDATE order_head SET status = 'CANCELED' WHERE discount_minor = 600",
                "order ord_", "undone, but keeps 100, should keep 0");
}

TESTS(RUN(an_honest_counter_has_no_differences),
      RUN(a_note_of_another_amount_than_it_was_made_of_is_told),
      RUN(a_note_that_ended_with_something_left_is_told),
      RUN(an_order_that_its_discounts_or_lines_do_not_bear_out_is_told),
      RUN(credit_that_its_transfer_did_not_pay_is_told), RUN(credit_that_did_not_come_back_is_told),
      RUN(a_used_reward_whose_order_knows_nothing_of_it_is_told),
      RUN(an_undone_order_that_keeps_something_is_told))
