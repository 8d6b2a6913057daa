/* retention_test — who is quiet, who is not, and that only the quiet are erased. */
#include "base/clock.h"
#include "core/customers/customers.h"
#include "core/people/erasure.h"
#include "core/people/retention.h"
#include "core/team/team.h"
#include "support/shop.h"
#include "support/test.h"

#define MONTH_US (INT64_C(31) * CLOCK_DAY_US)

static customer_id
add_customer(struct shop *s, const char *name)
{
    struct customer customer = {.given_name = str_of(name)};

    WORLD_TX(&s->w) EXPECT_OK(customers_add(&s->w.ctx, &customer));
    return customer.id;
}

static bool
is_there(struct shop *s, customer_id id)
{
    struct customer customer;

    return customers_find(&s->w.ctx, id, &customer) == OK;
}

static int64_t
count_quiet(struct shop *s, int64_t months)
{
    int64_t count;

    EXPECT_OK(retention_count(&s->w.ctx, months, &count));
    return count;
}

static void
set(struct shop *s, int64_t months, bool active)
{
    const struct retention wanted = {.months = months, .active = active};

    WORLD_TX(&s->w) EXPECT_OK(retention_change(&s->w.ctx, &wanted));
}

static void
buy(struct shop *s, account_id account)
{
    struct order order = shop_tell(s, &s->feed, shop_sale(s, "98211", 500));
    struct settled settled;

    WORLD_TX(&s->w) EXPECT_OK(orders_accumulate(&s->w.ctx, order.id, account, &settled));
}

static void
give(struct shop *s, account_id account, enum event_type type)
{
    const struct adjust_order gift = {.account = account, .points = 3};
    const struct accumulate_order points = {.account = account, .points = 3};
    struct loyalty_event event;

    WORLD_TX(&s->w)
    {
        if (type == EVENT_ADJUST_POINTS)
            EXPECT_OK(accounts_adjust(&s->w.ctx, &gift, &event));
        else
            EXPECT_OK(accounts_accumulate(&s->w.ctx, &points, &event));
    }
}

/* All steps of a day. */
static void
run_job(struct shop *s)
{
    struct retention_step *step;

    do {
        EXPECT_OK(retention_prepare(&s->w.ctx, &step));
        if (step == NULL) return;
        WORLD_TX(&s->w) EXPECT_OK(retention_erase(&s->w.ctx, step));
    } while (step->next != 0);
}

TEST(whoever_was_not_heard_of_for_long_is_quiet_and_known_since_when)
{
    struct shop s = shop_open();
    const struct quiet_query query = {.months = 12, .max = 10};
    struct quiet_customer *quiet;
    int64_t next;
    int count;

    customer_id anna = add_customer(&s, "Anna");
    int64_t then_us = s.w.ctx.now_us;
    world_advance(&s.w, 11 * MONTH_US);
    add_customer(&s, "Leo");
    EXPECT_INT(0, count_quiet(&s, 12));
    world_advance(&s.w, 2 * MONTH_US);
    EXPECT_INT(1, count_quiet(&s, 12));
    EXPECT_OK(retention_look(&s.w.ctx, &query, &quiet, &count, &next));
    EXPECT_INT(1, count);
    EXPECT_INT(0, next);
    EXPECT_INT(anna.v, quiet[0].id.v);
    EXPECT_INT(then_us, quiet[0].heard_us);
    EXPECT_STR("Anna", quiet[0].given_name);
    shop_close(&s);
}

TEST(a_purchase_a_sign_in_and_a_card_shown_are_contacts)
{
    struct shop s = shop_open();
    account_id buys = shop_account(&s, "+33612345678").id;
    customer_id opens = add_customer(&s, "Leo"), shows = add_customer(&s, "Ida");
    struct credential session = {.kind = CREDENTIAL_CUSTOMER,
                                 .proof = PROOF_CODE,
                                 .subject = opens.v,
                                 .expires_us = INT64_MAX};

    world_advance(&s.w, 13 * MONTH_US);
    EXPECT_INT(3, count_quiet(&s, 12));
    buy(&s, buys);
    EXPECT_INT(2, count_quiet(&s, 12));
    WORLD_TX(&s.w) EXPECT_OK(credentials_add(&s.w.ctx, &session));
    EXPECT_INT(1, count_quiet(&s, 12));
    WORLD_TX(&s.w) EXPECT_OK(retention_note_contact(&s.w.ctx, shows, s.w.ctx.now_us));
    EXPECT_INT(0, count_quiet(&s, 12));
    shop_close(&s);
}

TEST(what_staff_gave_is_no_contact_and_hides_none)
{
    struct shop s = shop_open();
    account_id given = shop_account(&s, "+33612345678").id;
    account_id earned = shop_account(&s, "+33612345679").id;

    world_advance(&s.w, 13 * MONTH_US);
    give(&s, given, EVENT_ADJUST_POINTS);
    give(&s, earned, EVENT_ACCUMULATE_POINTS);
    give(&s, earned, EVENT_ADJUST_POINTS);
    EXPECT_INT(1, count_quiet(&s, 12));
    shop_close(&s);
}

TEST(nobody_is_erased_until_it_is_turned_on_and_then_the_quiet_alone)
{
    struct shop s = shop_open();
    struct retention found;

    EXPECT_OK(retention_read(&s.w.ctx, &found));
    EXPECT_TRUE(!found.active);
    customer_id anna = add_customer(&s, "Anna");
    world_advance(&s.w, 40 * MONTH_US);
    customer_id leo = add_customer(&s, "Leo");
    run_job(&s);
    set(&s, 36, false);
    run_job(&s);
    EXPECT_TRUE(is_there(&s, anna));
    set(&s, 36, true);
    EXPECT_OK(retention_read(&s.w.ctx, &found));
    EXPECT_INT(36, found.months);
    run_job(&s);
    EXPECT_TRUE(!is_there(&s, anna));
    EXPECT_TRUE(is_there(&s, leo));
    struct erasure *erasures;
    int count;
    EXPECT_OK(erasure_list(&s.w.ctx, ERASURE_TO_FILE, 10, &erasures, &count));
    EXPECT_INT(1, count);
    shop_close(&s);
}

TEST(who_comes_back_before_they_are_erased_stays)
{
    struct shop s = shop_open();
    struct retention_step *step;

    customer_id anna = add_customer(&s, "Anna");
    world_advance(&s.w, 40 * MONTH_US);
    set(&s, 36, true);
    EXPECT_OK(retention_prepare(&s.w.ctx, &step));
    EXPECT_INT(1, step->count);
    WORLD_TX(&s.w)
    {
        EXPECT_OK(retention_note_contact(&s.w.ctx, anna, s.w.ctx.now_us));
        EXPECT_OK(retention_erase(&s.w.ctx, step));
    }
    EXPECT_TRUE(is_there(&s, anna));
    shop_close(&s);
}

TEST(it_is_turned_off_between_finding_and_erasing)
{
    struct shop s = shop_open();
    struct retention_step *step;

    customer_id anna = add_customer(&s, "Anna");
    world_advance(&s.w, 40 * MONTH_US);
    set(&s, 36, true);
    EXPECT_OK(retention_prepare(&s.w.ctx, &step));
    set(&s, 36, false);
    WORLD_TX(&s.w) EXPECT_OK(retention_erase(&s.w.ctx, step));
    EXPECT_TRUE(is_there(&s, anna));
    shop_close(&s);
}

TEST(many_are_found_page_by_page_and_erased_step_by_step)
{
    enum { QUIET = 130, SHOWN = 50 };
    struct shop s = shop_open();
    struct quiet_query query = {.months = 12, .max = SHOWN};
    struct quiet_customer *quiet;
    int count, seen = 0;

    for (int i = 0; i < QUIET; i++)
        add_customer(&s, "Anna");
    world_advance(&s.w, 13 * MONTH_US);
    do {
        EXPECT_OK(retention_look(&s.w.ctx, &query, &quiet, &count, &query.after));
        EXPECT_TRUE(count <= SHOWN);
        seen += count;
    } while (query.after != 0);
    EXPECT_INT(QUIET, seen);
    set(&s, 12, true);
    run_job(&s);
    EXPECT_INT(0, count_quiet(&s, 12));
    shop_close(&s);
}

TEST(months_have_limits)
{
    struct shop s = shop_open();
    const struct retention none = {.months = 0}, many = {.months = RETENTION_MONTHS_MAX + 1};

    WORLD_TX(&s.w)
    {
        EXPECT_ERR(ERR_FIELD_RANGE, retention_change(&s.w.ctx, &none));
        EXPECT_ERR(ERR_FIELD_RANGE, retention_change(&s.w.ctx, &many));
    }
    shop_close(&s);
}

TESTS(RUN(whoever_was_not_heard_of_for_long_is_quiet_and_known_since_when),
      RUN(a_purchase_a_sign_in_and_a_card_shown_are_contacts),
      RUN(what_staff_gave_is_no_contact_and_hides_none),
      RUN(nobody_is_erased_until_it_is_turned_on_and_then_the_quiet_alone),
      RUN(who_comes_back_before_they_are_erased_stays),
      RUN(it_is_turned_off_between_finding_and_erasing),
      RUN(many_are_found_page_by_page_and_erased_step_by_step), RUN(months_have_limits))
