/* people_test — a removed customer is gone from every module. */
#include "core/customers/customers.h"
#include "core/orders/orders.h"
#include "core/people/people.h"
#include "core/team/team.h"
#include "support/shop.h"
#include "support/test.h"

#define PHONE "+33612345678"

/* A payment that tells as much of who paid as one can. */
static struct order
paid_by_card(struct shop *s, const char *payment, const char *order)
{
    struct pos_message message = shop_payment(s, payment, order, 500);

    message.card_fingerprint = STR("sq-1-fp");
    message.card_brand = STR("VISA");
    message.card_last_4 = STR("4242");
    message.external_customer = STR("CUST1");
    return shop_tell(s, &s->square, message);
}

/* Somebody new, known by phone, card and Square's id, with five points. */
static struct loyalty_account
known_customer(struct shop *s)
{
    struct order order = paid_by_card(s, "P1", "O1");
    const struct claim_order claim = {
        .order = order.id,
        .reg = order.reg,
        .phone = STR(PHONE),
        .notice_version = STR("2026-11"),
        .language = STR("fr"),
        .link_card = true,
    };
    struct loyalty_account account;
    struct claim done;

    WORLD_TX(&s->w) EXPECT_OK(orders_claim(&s->w.ctx, &claim, &done));
    EXPECT_OK(accounts_find(&s->w.ctx, done.account, &account));
    return account;
}

DB_SQL(list_traces,
       "SELECT CAST(COUNT(*) AS BIGINT)"
       "  FROM order_head h"
       "  LEFT JOIN order_payment p ON p.merchant_id = h.merchant_id AND p.order_id = h.id"
       " WHERE h.merchant_id = $1 AND h.account_id = $2"
       "   AND (h.card_hash IS NOT NULL OR h.external_customer <> ''"
       "        OR p.card_hash IS NOT NULL OR p.external_customer <> '')");

static int64_t
count_traces(struct shop *s, account_id account)
{
    struct db_rows *rows =
        db_query(&s->w.ctx, &list_traces, DB_BIND(db_int(s->w.ctx.merchant.v), db_int(account.v)));

    EXPECT_TRUE(db_next(rows));
    int64_t count = db_col_int(rows, 0);
    EXPECT_OK(db_done(rows));
    return count;
}

TEST(a_removed_customer_leaves_points_and_no_traces)
{
    struct shop s = shop_open();
    struct loyalty_account account = known_customer(&s);
    customer_id found;

    EXPECT_INT(1, count_traces(&s, account.id));
    WORLD_TX(&s.w) EXPECT_OK(people_remove_customer(&s.w.ctx, account.customer));
    EXPECT_INT(0, count_traces(&s, account.id));
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, customers_find_by_phone(&s.w.ctx, STR(PHONE), &found));
    EXPECT_OK(accounts_find(&s.w.ctx, account.id, &account));
    EXPECT_STR("", account.phone);
    EXPECT_INT(5, account.balance);
    shop_close(&s);
}

TEST(what_the_till_tells_again_of_them_is_not_kept)
{
    struct shop s = shop_open();
    struct loyalty_account account = known_customer(&s);

    WORLD_TX(&s.w) EXPECT_OK(people_remove_customer(&s.w.ctx, account.customer));
    s.w.ctx.now_us++;
    EXPECT_INT(CLAIM_CLAIMED, paid_by_card(&s, "P1", "O1").claim);
    EXPECT_INT(0, count_traces(&s, account.id));
    shop_close(&s);
}

TEST(a_removed_customer_is_recognised_by_nothing)
{
    struct shop s = shop_open();
    struct loyalty_account account = known_customer(&s);
    struct credential session = {.kind = CREDENTIAL_CUSTOMER,
                                 .proof = PROOF_CODE,
                                 .subject = account.customer.v,
                                 .expires_us = INT64_MAX};
    merchant_id merchant = s.w.ctx.merchant;

    EXPECT_INT(CLAIM_CLAIMED, paid_by_card(&s, "P2", "O2").claim);
    WORLD_TX(&s.w)
    {
        EXPECT_OK(credentials_add(&s.w.ctx, &session));
        EXPECT_OK(people_remove_customer(&s.w.ctx, account.customer));
    }
    EXPECT_INT(CLAIM_WAITING, paid_by_card(&s, "P3", "O3").claim);
    EXPECT_ERR(ERR_UNAUTHENTICATED,
               credentials_check(&s.w.ctx, session.token, STR(""), CSRF_IGNORED));

    /* Their number begins anew, as anybody's. */
    s.w.ctx.merchant = merchant;
    EXPECT_TRUE(shop_account(&s, PHONE).customer.v != account.customer.v);
    shop_close(&s);
}

TEST(what_was_written_of_them_by_hand_is_emptied)
{
    struct shop s = shop_open();
    struct loyalty_account account = known_customer(&s);
    const struct adjust_order gift = {
        .account = account.id, .points = 3, .reason = STR("Anna's birthday")};
    struct loyalty_event event, *events;
    int count;

    WORLD_TX(&s.w)
    {
        EXPECT_OK(accounts_adjust(&s.w.ctx, &gift, &event));
        EXPECT_OK(people_remove_customer(&s.w.ctx, account.customer));
    }
    EXPECT_OK(accounts_search_events(
        &s.w.ctx, &(struct event_query){.account = account.id, .limit = 30}, &events, &count));
    EXPECT_INT(2, count);
    for (int i = 0; i < count; i++)
        EXPECT_STR("", events[i].reason);
    shop_close(&s);
}

TEST(a_customer_is_removed_once_and_by_their_own_merchant)
{
    struct shop s = shop_open();
    struct loyalty_account account = known_customer(&s);
    merchant_id own = s.w.ctx.merchant;

    s.w.ctx.merchant = world_add_merchant(&s.w);
    WORLD_TX(&s.w)
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, people_remove_customer(&s.w.ctx, account.customer));
    s.w.ctx.merchant = own;
    WORLD_TX(&s.w)
    {
        EXPECT_OK(people_remove_customer(&s.w.ctx, account.customer));
        EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, people_remove_customer(&s.w.ctx, account.customer));
    }
    shop_close(&s);
}

/* ---- changing ---- */

static struct loyalty_account
give_number(struct shop *s, customer_id id, struct str phone)
{
    const struct customer change = {.id = id, .given_name = STR("A"), .phone = phone};
    const unsigned fields = 1U << CUSTOMER_GIVEN_NAME | 1U << CUSTOMER_PHONE;
    struct loyalty_account account;
    struct customer after;

    WORLD_TX(&s->w)
    EXPECT_OK(people_change_customer(&s->w.ctx, &change, fields, &after));
    EXPECT_STR(phone, after.phone);
    EXPECT_OK(accounts_find_by_customer(&s->w.ctx, (program_id){0}, id, &account));
    return account;
}

TEST(a_number_that_somebody_gave_up_earns_for_whoever_has_it_now)
{
    struct shop s = shop_open();
    struct loyalty_account before = known_customer(&s), newcomer;

    EXPECT_STR("+33612345679", give_number(&s, before.customer, STR("+33612345679")).phone);
    struct order order = shop_tell(&s, &s.square, shop_payment(&s, "P2", "O2", 700));
    const struct claim_order claim = {.order = order.id,
                                      .reg = order.reg,
                                      .phone = STR(PHONE),
                                      .notice_version = STR("2026-11"),
                                      .language = STR("fr")};
    struct claim done;
    WORLD_TX(&s.w) EXPECT_OK(orders_claim(&s.w.ctx, &claim, &done));
    EXPECT_TRUE(done.is_new);
    EXPECT_INT(7, done.balance);
    EXPECT_OK(accounts_find(&s.w.ctx, done.account, &newcomer));
    EXPECT_TRUE(newcomer.customer.v != before.customer.v);
    EXPECT_OK(accounts_find(&s.w.ctx, before.id, &before));
    EXPECT_INT(5, before.balance);
    shop_close(&s);
}

TEST(a_number_that_another_account_has_stays_its_own)
{
    struct shop s = shop_open();
    struct loyalty_account anna = known_customer(&s), leo, found;
    const struct account_order order = {.phone = STR("+33612345679")};

    WORLD_TX(&s.w) EXPECT_OK(accounts_create(&s.w.ctx, &order, &leo));
    EXPECT_STR("", give_number(&s, anna.customer, order.phone).phone);
    EXPECT_OK(accounts_find_by_phone(&s.w.ctx, (program_id){0}, order.phone, &found));
    EXPECT_INT(leo.id.v, found.id.v);
    EXPECT_STR("", give_number(&s, leo.customer, STR("")).phone);
    shop_close(&s);
}

TESTS(RUN(a_removed_customer_leaves_points_and_no_traces),
      RUN(what_the_till_tells_again_of_them_is_not_kept),
      RUN(a_removed_customer_is_recognised_by_nothing),
      RUN(what_was_written_of_them_by_hand_is_emptied),
      RUN(a_customer_is_removed_once_and_by_their_own_merchant),
      RUN(a_number_that_somebody_gave_up_earns_for_whoever_has_it_now),
      RUN(a_number_that_another_account_has_stays_its_own))
