/* merge_test — two customers become one, and two again. */
#include "base/clock.h"
#include "core/customers/card_codes.h"
#include "core/customers/tags.h"
#include "core/loyalty/merging.h"
#include "core/loyalty/rewards.h"
#include "core/orders/merging.h"
#include "core/people/merge.h"
#include "core/people/people.h"
#include "core/people/self.h"
#include "core/team/team.h"
#include "support/shop.h"
#include "support/test.h"

#define PHONE_A "+33612345601"
#define PHONE_B "+33612345602"

struct two {
    struct shop s;
    struct loyalty_account a, b;
};

static struct two
two_open(void)
{
    struct two two = {.s = shop_open()};

    two.a = shop_account(&two.s, PHONE_A);
    two.b = shop_account(&two.s, PHONE_B);
    return two;
}

static struct ctx *
ctx_of(struct two *two)
{
    return &two->s.w.ctx;
}

static enum err
merge(struct ctx *ctx, void *arg)
{
    struct merge_done *done = arg;
    const struct merge_order order = {done->merge.survivor, done->merge.merged,
                                      done->survivor.phone};

    return people_merge(ctx, &order, done);
}

/* B into A; phone: to keep, empty for A's. */
static struct merge_done
merge_b(struct two *two, const char *phone)
{
    struct merge_done done = {.merge = {.survivor = two->a.customer, .merged = two->b.customer},
                              .survivor = {.phone = str_of(phone)}};

    EXPECT_OK(world_write(&two->s.w, merge, &done));
    return done;
}

static enum err
try_merge(struct two *two, customer_id survivor, customer_id merged)
{
    struct merge_done done = {.merge = {.survivor = survivor, .merged = merged}};

    return world_write(&two->s.w, merge, &done);
}

static enum err
unmerge(struct ctx *ctx, void *arg)
{
    struct merge_done *done = arg;

    return people_unmerge(ctx, done->merge.id, done);
}

static enum err
try_unmerge(struct two *two, merge_id id, struct merge_done *done)
{
    *done = (struct merge_done){.merge = {.id = id}};
    return world_write(&two->s.w, unmerge, done);
}

static struct order
buy(struct two *two, account_id account, const char *sale, int64_t total_minor)
{
    struct order order = shop_tell(&two->s, &two->s.feed, shop_sale(&two->s, sale, total_minor));
    struct settled settled;

    WORLD_TX(&two->s.w)
    EXPECT_OK(orders_accumulate(ctx_of(two), order.id, account, &settled));
    return shop_find(&two->s, order.id);
}

static void
bring_back(struct two *two, const char *refund, const char *sale, int64_t amount_minor)
{
    shop_tell(&two->s, &two->s.feed, shop_refund(&two->s, refund, sale, amount_minor));
}

static struct reward
take(struct two *two, account_id account)
{
    const struct reward_order order = {.account = account, .tier = two->s.program.tiers[0].id};
    struct reward reward;

    WORLD_TX(&two->s.w) EXPECT_OK(rewards_take(ctx_of(two), &order, &reward));
    return reward;
}

static int64_t
balance_of(struct two *two, account_id id)
{
    return shop_balance(&two->s, id);
}

/* ---- merging ---- */

TEST(points_add_up_and_old_ids_lead_to_the_survivor)
{
    struct two two = two_open();
    struct loyalty_account account;
    struct customer customer;

    buy(&two, two.a.id, "s1", 1250);
    struct order order = buy(&two, two.b.id, "s2", 3075);
    merge_b(&two, "");
    EXPECT_OK(accounts_find(ctx_of(&two), two.b.id, &account));
    EXPECT_INT(two.a.id.v, account.id.v);
    EXPECT_INT(42, account.balance);
    EXPECT_INT(125, account.carry);
    EXPECT_INT(42, account.lifetime);
    EXPECT_OK(customers_find(ctx_of(&two), two.b.customer, &customer));
    EXPECT_INT(two.a.customer.v, customer.id.v);
    EXPECT_INT(two.a.id.v, shop_find(&two.s, order.id).account.v);
    EXPECT_OK(accounts_find_by_customer(ctx_of(&two), (program_id){0}, two.b.customer, &account));
    EXPECT_INT(two.a.id.v, account.id.v);
    /* Both carries make a point of the next purchase. */
    buy(&two, two.b.id, "s3", 100);
    EXPECT_INT(44, balance_of(&two, two.a.id));
    shop_close(&two.s);
}

TEST(the_number_that_is_not_kept_is_nobodys)
{
    struct two two = two_open();
    struct loyalty_account account;
    customer_id found;

    merge_b(&two, PHONE_B);
    EXPECT_OK(accounts_find_by_phone(ctx_of(&two), (program_id){0}, STR(PHONE_B), &account));
    EXPECT_INT(two.a.id.v, account.id.v);
    EXPECT_ERR(ERR_ACCOUNT_UNKNOWN,
               accounts_find_by_phone(ctx_of(&two), (program_id){0}, STR(PHONE_A), &account));
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, customers_find_by_phone(ctx_of(&two), STR(PHONE_A), &found));
    shop_close(&two.s);
}

TEST(a_number_of_neither_is_refused)
{
    struct two two = two_open();
    struct merge_done done = {.merge = {.survivor = two.a.customer, .merged = two.b.customer},
                              .survivor = {.phone = STR("+33699999999")}};

    EXPECT_ERR(ERR_FIELD_VALUE, world_write(&two.s.w, merge, &done));
    shop_close(&two.s);
}

TEST(fields_are_the_survivors_and_the_others_where_it_has_none)
{
    struct two two = two_open();
    struct customer change = {.id = two.a.customer,
                              .given_name = STR("Anne"),
                              .note = STR("sans sucre")},
                    after;

    WORLD_TX(&two.s.w)
    {
        EXPECT_OK(customers_change(ctx_of(&two), &change,
                                   1U << CUSTOMER_GIVEN_NAME | 1U << CUSTOMER_NOTE, &after));
        change = (struct customer){.id = two.b.customer,
                                   .given_name = STR("A."),
                                   .family_name = STR("Le Goff"),
                                   .note = STR("vient le samedi")};
        EXPECT_OK(customers_change(
            ctx_of(&two), &change,
            1U << CUSTOMER_GIVEN_NAME | 1U << CUSTOMER_FAMILY_NAME | 1U << CUSTOMER_NOTE, &after));
    }
    const struct merge_done done = merge_b(&two, "");
    EXPECT_STR("Anne", done.survivor.given_name);
    EXPECT_STR("Le Goff", done.survivor.family_name);
    EXPECT_STR("sans sucre\nvient le samedi", done.survivor.note);
    EXPECT_STR(PHONE_A, done.survivor.phone);
    shop_close(&two.s);
}

TEST(somebody_who_collects_nothing_gets_what_the_other_has)
{
    struct two two = two_open();
    struct customer contact = {.given_name = STR("Anne")};

    WORLD_TX(&two.s.w) EXPECT_OK(customers_add(ctx_of(&two), &contact));
    buy(&two, two.b.id, "s1", 1250);
    two.a.customer = contact.id;
    const struct merge_done done = merge_b(&two, "");
    struct loyalty_account account;
    EXPECT_STR(PHONE_B, done.survivor.phone);
    EXPECT_OK(accounts_find(ctx_of(&two), two.b.id, &account));
    EXPECT_INT(contact.id.v, account.customer.v);
    EXPECT_INT(12, account.balance);
    EXPECT_STR(PHONE_B, account.phone);
    shop_close(&two.s);
}

TEST(one_customer_is_not_merged_with_themselves)
{
    struct two two = two_open();

    EXPECT_ERR(ERR_MERGE_SAME, try_merge(&two, two.a.customer, two.a.customer));
    merge_b(&two, "");
    EXPECT_ERR(ERR_MERGE_SAME, try_merge(&two, two.b.customer, two.a.customer));
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, try_merge(&two, two.a.customer, (customer_id){4711}));
    shop_close(&two.s);
}

TEST(sign_ins_of_who_is_merged_end)
{
    struct two two = two_open();
    struct credential a = {.kind = CREDENTIAL_CUSTOMER,
                           .proof = PROOF_CODE,
                           .subject = two.a.customer.v,
                           .expires_us = INT64_MAX};
    struct credential b = a;

    b.subject = two.b.customer.v;
    WORLD_TX(&two.s.w)
    {
        EXPECT_OK(credentials_add(ctx_of(&two), &a));
        EXPECT_OK(credentials_add(ctx_of(&two), &b));
    }
    merge_b(&two, "");
    struct ctx ctx = *ctx_of(&two);
    EXPECT_ERR(ERR_UNAUTHENTICATED, credentials_check(&ctx, b.token, STR(""), CSRF_IGNORED));
    EXPECT_OK(credentials_check(&ctx, a.token, STR(""), CSRF_IGNORED));
    shop_close(&two.s);
}

TEST(what_recognised_them_recognises_the_survivor)
{
    struct two two = two_open();
    const struct payment_card card = {{1, 2, 3}, STR("VISA"), STR("4242")};
    struct card_seen *cards;
    customer_id found;
    struct str code;
    int count;

    WORLD_TX(&two.s.w)
    {
        EXPECT_OK(cards_link(ctx_of(&two), &card, two.b.customer));
        EXPECT_OK(customer_links_add(ctx_of(&two), two.s.square.id, STR("CUST1"), two.b.customer));
        EXPECT_OK(card_codes_ensure(ctx_of(&two), two.b.customer, &code));
    }
    merge_b(&two, "");
    EXPECT_OK(cards_find_owner(ctx_of(&two), card.fingerprint_hash, &found));
    EXPECT_INT(two.a.customer.v, found.v);
    EXPECT_OK(customer_links_find(ctx_of(&two), two.s.square.id, STR("CUST1"), &found));
    EXPECT_INT(two.a.customer.v, found.v);
    EXPECT_OK(card_codes_find(ctx_of(&two), code, &found));
    EXPECT_INT(two.a.customer.v, found.v);
    EXPECT_OK(cards_list(ctx_of(&two), two.a.customer, &cards, &count));
    EXPECT_INT(1, count);
    shop_close(&two.s);
}

TEST(tags_are_the_survivors_and_theirs_again)
{
    struct two two = two_open();
    struct tag both = {.name = STR("Terrasse")}, one = {.name = STR("Noix")};
    struct merge_done done;
    tag_id *tags;
    bool changed;
    int count;

    WORLD_TX(&two.s.w)
    {
        EXPECT_OK(tags_add(ctx_of(&two), &both));
        EXPECT_OK(tags_add(ctx_of(&two), &one));
        EXPECT_OK(tags_put_on(ctx_of(&two), two.a.customer, both.id, &changed));
        EXPECT_OK(tags_put_on(ctx_of(&two), two.b.customer, both.id, &changed));
        EXPECT_OK(tags_put_on(ctx_of(&two), two.b.customer, one.id, &changed));
    }
    const struct merge_done merged = merge_b(&two, "");
    EXPECT_OK(tags_list_of(ctx_of(&two), two.a.customer, &tags, &count));
    EXPECT_INT(2, count);
    EXPECT_OK(try_unmerge(&two, merged.merge.id, &done));
    EXPECT_OK(tags_list_of(ctx_of(&two), two.a.customer, &tags, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(both.id.v, tags[0].v);
    EXPECT_OK(tags_list_of(ctx_of(&two), two.b.customer, &tags, &count));
    EXPECT_INT(2, count);
    shop_close(&two.s);
}

/* ---- what comes after ---- */

TEST(a_refund_after_a_merge_takes_from_the_survivor)
{
    struct two two = two_open();

    buy(&two, two.a.id, "s1", 1000);
    buy(&two, two.b.id, "s2", 3000);
    merge_b(&two, "");
    bring_back(&two, "r1", "s2", 1000);
    EXPECT_INT(30, balance_of(&two, two.a.id));
    shop_close(&two.s);
}

TEST(a_refund_after_undoing_takes_from_whose_order_it_was)
{
    struct two two = two_open();
    struct merge_done done;

    buy(&two, two.a.id, "s1", 1000);
    buy(&two, two.b.id, "s2", 3000);
    const struct merge_done merged = merge_b(&two, "");
    bring_back(&two, "r1", "s2", 1000);
    EXPECT_OK(try_unmerge(&two, merged.merge.id, &done));
    EXPECT_INT(10, balance_of(&two, two.a.id));
    EXPECT_INT(20, balance_of(&two, two.b.id));
    bring_back(&two, "r2", "s2", 2000);
    EXPECT_INT(10, balance_of(&two, two.a.id));
    EXPECT_INT(0, balance_of(&two, two.b.id));
    shop_close(&two.s);
}

TEST(what_came_since_stays_and_what_is_left_goes_back)
{
    struct two two = two_open();
    struct merge_done done;

    buy(&two, two.a.id, "s1", 1000);
    world_advance(&two.s.w, CLOCK_HOUR_US);
    buy(&two, two.b.id, "s2", 3000);
    const struct merge_done merged = merge_b(&two, "");
    buy(&two, two.b.id, "s3", 700);
    take(&two, two.b.id); /* ten, of the oldest points: the survivor's own */
    take(&two, two.a.id);
    EXPECT_INT(27, balance_of(&two, two.a.id));
    EXPECT_OK(try_unmerge(&two, merged.merge.id, &done));
    EXPECT_INT(7, balance_of(&two, two.a.id));
    EXPECT_INT(20, balance_of(&two, two.b.id));
    EXPECT_OK(try_unmerge(&two, merged.merge.id, &done));
    EXPECT_INT(20, balance_of(&two, two.b.id));
    shop_close(&two.s);
}

TEST(a_reward_goes_back_to_who_took_it_and_its_points_too)
{
    struct two two = two_open();
    struct merge_done done;
    struct reward found;

    buy(&two, two.b.id, "s1", 1500);
    const struct reward kept = take(&two, two.b.id);
    const struct merge_done merged = merge_b(&two, "");
    EXPECT_OK(rewards_find(ctx_of(&two), kept.id, &found));
    EXPECT_INT(two.a.id.v, found.account.v);
    WORLD_TX(&two.s.w) EXPECT_OK(rewards_give_up(ctx_of(&two), kept.id));
    EXPECT_INT(15, balance_of(&two, two.a.id));
    EXPECT_OK(try_unmerge(&two, merged.merge.id, &done));
    EXPECT_INT(0, balance_of(&two, two.a.id));
    EXPECT_INT(15, balance_of(&two, two.b.id));
    EXPECT_OK(rewards_find(ctx_of(&two), kept.id, &found));
    EXPECT_INT(two.b.id.v, found.account.v);
    shop_close(&two.s);
}

TEST(what_is_owed_comes_and_goes_back)
{
    struct two two = two_open();
    struct merge_done done;
    struct loyalty_account account;

    buy(&two, two.a.id, "s1", 500);
    buy(&two, two.b.id, "s2", 1200);
    take(&two, two.b.id);
    bring_back(&two, "r1", "s2", 1200); /* two are left, ten are owed */
    EXPECT_INT(-10, balance_of(&two, two.b.id));
    const struct merge_done merged = merge_b(&two, "");
    EXPECT_OK(accounts_find(ctx_of(&two), two.a.id, &account));
    EXPECT_INT(-5, account.balance);
    EXPECT_INT(5, account.spendable);
    buy(&two, two.a.id, "s3", 400); /* repays four */
    EXPECT_OK(try_unmerge(&two, merged.merge.id, &done));
    EXPECT_INT(5, balance_of(&two, two.a.id));
    EXPECT_INT(-6, balance_of(&two, two.b.id));
    shop_close(&two.s);
}

TEST(a_waiting_order_is_claimed_with_the_number_that_is_kept)
{
    struct two two = two_open();
    struct order order = shop_tell(&two.s, &two.s.feed, shop_sale(&two.s, "s1", 900));
    struct claim claim;

    merge_b(&two, PHONE_B);
    const struct claim_order wanted = {.order = order.id, .reg = order.reg, .phone = STR(PHONE_B)};
    WORLD_TX(&two.s.w) EXPECT_OK(orders_claim(ctx_of(&two), &wanted, &claim));
    EXPECT_INT(9, balance_of(&two, two.a.id));
    EXPECT_INT(two.a.id.v, claim.account.v);
    shop_close(&two.s);
}

/* ---- undoing ---- */

TEST(undone_both_are_as_they_were)
{
    struct two two = two_open();
    struct customer a, b, found;
    struct merge_done done;

    EXPECT_OK(customers_find(ctx_of(&two), two.a.customer, &a));
    EXPECT_OK(customers_find(ctx_of(&two), two.b.customer, &b));
    const struct merge_done merged = merge_b(&two, PHONE_B);
    EXPECT_OK(try_unmerge(&two, merged.merge.id, &done));
    EXPECT_OK(customers_find(ctx_of(&two), two.a.customer, &found));
    EXPECT_STR(PHONE_A, found.phone);
    EXPECT_OK(customers_find(ctx_of(&two), two.b.customer, &found));
    EXPECT_INT(two.b.customer.v, found.id.v);
    EXPECT_STR(PHONE_B, found.phone);
    struct loyalty_account account;
    EXPECT_OK(accounts_find_by_phone(ctx_of(&two), (program_id){0}, STR(PHONE_A), &account));
    EXPECT_INT(two.a.id.v, account.id.v);
    EXPECT_OK(accounts_find_by_phone(ctx_of(&two), (program_id){0}, STR(PHONE_B), &account));
    EXPECT_INT(two.b.id.v, account.id.v);
    EXPECT_OK(try_merge(&two, two.a.customer, two.b.customer));
    shop_close(&two.s);
}

TEST(a_field_that_changed_since_stays_as_it_is)
{
    struct two two = two_open();
    const struct merge_done merged = merge_b(&two, "");
    const struct customer change = {.id = two.a.customer, .given_name = STR("Anne")};
    struct customer after;
    struct merge_done done;

    WORLD_TX(&two.s.w)
    EXPECT_OK(customers_change(ctx_of(&two), &change, 1U << CUSTOMER_GIVEN_NAME, &after));
    EXPECT_OK(try_unmerge(&two, merged.merge.id, &done));
    EXPECT_STR("Anne", done.survivor.given_name);
    shop_close(&two.s);
}

TEST(a_number_that_somebody_else_has_by_now_stays_theirs)
{
    struct two two = two_open();
    const struct customer named = {.id = two.b.customer, .given_name = STR("Bea")};
    struct customer after;
    struct merge_done done;

    WORLD_TX(&two.s.w)
    EXPECT_OK(customers_change(ctx_of(&two), &named, 1U << CUSTOMER_GIVEN_NAME, &after));
    const struct merge_done merged = merge_b(&two, "");
    const struct loyalty_account newcomer = shop_account(&two.s, PHONE_B);
    EXPECT_OK(try_unmerge(&two, merged.merge.id, &done));
    EXPECT_STR("", done.merged.phone);
    struct loyalty_account account;
    EXPECT_OK(accounts_find_by_phone(ctx_of(&two), (program_id){0}, STR(PHONE_B), &account));
    EXPECT_INT(newcomer.id.v, account.id.v);
    EXPECT_OK(accounts_find(ctx_of(&two), two.b.id, &account));
    EXPECT_STR("", account.phone);
    shop_close(&two.s);
}

TEST(a_survivor_who_would_be_known_by_nothing_keeps_the_merge)
{
    struct two two = two_open();
    const struct merge_done merged = merge_b(&two, PHONE_B);
    struct merge_done done;

    shop_account(&two.s, PHONE_A);
    EXPECT_ERR(ERR_PHONE_TAKEN, try_unmerge(&two, merged.merge.id, &done));
    shop_close(&two.s);
}

TEST(after_thirty_days_it_stands)
{
    struct two two = two_open();
    const struct merge_done merged = merge_b(&two, "");
    struct merge_done done;
    struct customer *persons;
    int64_t ended;
    int count;

    world_advance(&two.s.w, MERGE_UNDO_DAYS * CLOCK_DAY_US);
    EXPECT_ERR(ERR_MERGE_FINAL, try_unmerge(&two, merged.merge.id, &done));
    world_advance(&two.s.w, 1);
    WORLD_TX(&two.s.w) EXPECT_OK(customer_merges_end(ctx_of(&two), 10, &ended));
    EXPECT_INT(1, ended);
    EXPECT_OK(customer_merges_list_persons(ctx_of(&two), two.a.customer, &persons, &count));
    EXPECT_INT(0, count);
    EXPECT_ERR(ERR_MERGE_UNKNOWN, try_unmerge(&two, (merge_id){4711}, &done));
    shop_close(&two.s);
}

TEST(a_survivor_who_was_merged_since_comes_apart_first)
{
    struct two two = two_open();
    const struct loyalty_account c = shop_account(&two.s, "+33612345603");
    const struct merge_done first = merge_b(&two, "");
    struct merge_done second = {.merge = {.survivor = c.customer, .merged = two.a.customer}}, done;

    EXPECT_OK(world_write(&two.s.w, merge, &second));
    struct loyalty_account account;
    EXPECT_OK(accounts_find(ctx_of(&two), two.b.id, &account));
    EXPECT_INT(c.id.v, account.id.v);
    EXPECT_ERR(ERR_MERGE_LATER_FIRST, try_unmerge(&two, first.merge.id, &done));
    EXPECT_OK(try_unmerge(&two, second.merge.id, &done));
    EXPECT_OK(accounts_find(ctx_of(&two), two.b.id, &account));
    EXPECT_INT(two.a.id.v, account.id.v);
    EXPECT_OK(try_unmerge(&two, first.merge.id, &done));
    shop_close(&two.s);
}

/* ---- removing ---- */

TEST(a_removed_survivor_takes_the_other_along)
{
    struct two two = two_open();
    const struct merge_done merged = merge_b(&two, "");
    struct customer found, *persons;
    struct merge_done done;
    int count;

    WORLD_TX(&two.s.w)
    {
        EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, people_remove_customer(ctx_of(&two), two.b.customer));
        EXPECT_OK(people_remove_customer(ctx_of(&two), two.a.customer));
    }
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, customers_find(ctx_of(&two), two.b.customer, &found));
    EXPECT_OK(customer_merges_list_persons(ctx_of(&two), two.a.customer, &persons, &count));
    EXPECT_INT(0, count);
    EXPECT_ERR(ERR_MERGE_FINAL, try_unmerge(&two, merged.merge.id, &done));
    shop_close(&two.s);
}

/* ---- limits ---- */

DB_SQL(add_orders,
       "INSERT INTO order_head (merchant_id, id, integration_id, vendor_order, status,"
       "                        establishment, currency, total_minor, tax_minor, tip_minor,"
       "                        closed_us, received_us, claim_state, claim_until_us, account_id)"
       " WITH RECURSIVE number AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM number WHERE n < $3)"
       " SELECT $1, n, 1, CAST(n AS TEXT), 'COMPLETED', '', 'EUR', 100, 0, 0, n, n, 'claimed', 0,"
       "        $2"
       "   FROM number");

TEST(somebody_with_too_many_orders_becomes_a_part_of_nobody)
{
    struct two two = two_open();

    WORLD_TX(&two.s.w)
    EXPECT_OK(db_exec(ctx_of(&two), &add_orders,
                      DB_BIND(db_int(ctx_of(&two)->merchant.v), db_int(two.b.id.v),
                              db_int(ORDERS_MERGED_MAX + 1))));
    EXPECT_ERR(ERR_MERGE_TOO_LARGE, try_merge(&two, two.a.customer, two.b.customer));
    EXPECT_OK(try_merge(&two, two.b.customer, two.a.customer));
    shop_close(&two.s);
}

TESTS(RUN(tags_are_the_survivors_and_theirs_again),
      RUN(points_add_up_and_old_ids_lead_to_the_survivor),
      RUN(the_number_that_is_not_kept_is_nobodys), RUN(a_number_of_neither_is_refused),
      RUN(fields_are_the_survivors_and_the_others_where_it_has_none),
      RUN(somebody_who_collects_nothing_gets_what_the_other_has),
      RUN(one_customer_is_not_merged_with_themselves), RUN(sign_ins_of_who_is_merged_end),
      RUN(what_recognised_them_recognises_the_survivor),
      RUN(a_refund_after_a_merge_takes_from_the_survivor),
      RUN(a_refund_after_undoing_takes_from_whose_order_it_was),
      RUN(what_came_since_stays_and_what_is_left_goes_back),
      RUN(a_reward_goes_back_to_who_took_it_and_its_points_too),
      RUN(what_is_owed_comes_and_goes_back),
      RUN(a_waiting_order_is_claimed_with_the_number_that_is_kept),
      RUN(undone_both_are_as_they_were), RUN(a_field_that_changed_since_stays_as_it_is),
      RUN(a_number_that_somebody_else_has_by_now_stays_theirs),
      RUN(a_survivor_who_would_be_known_by_nothing_keeps_the_merge),
      RUN(after_thirty_days_it_stands), RUN(a_survivor_who_was_merged_since_comes_apart_first),
      RUN(a_removed_survivor_takes_the_other_along),
      RUN(somebody_with_too_many_orders_becomes_a_part_of_nobody))
