/* change_phone_test — a customer has one number, and a number one customer; cards are unlinked. */
#include "core/customers/customers.h"
#include "core/people/people.h"
#include "core/team/team.h"
#include "support/race.h"
#include "support/shop.h"
#include "support/test.h"

#define OLD   "+33612345601"
#define NEW   "+33612345699"
#define OTHER "+33612345602"

struct change {
    customer_id id;
    const char *phone;
    struct customer after;
};

static enum err
change_phone(struct ctx *ctx, void *arg)
{
    struct change *change = arg;

    return people_change_phone(ctx, change->id, str_of(change->phone), &change->after);
}

static enum err
change_to(struct shop *s, customer_id id, const char *phone)
{
    struct change change = {.id = id, .phone = phone};

    return world_write(&s->w, change_phone, &change);
}

TEST(the_new_number_leads_to_the_account_and_the_old_one_to_nobody)
{
    struct shop s = shop_open();
    struct loyalty_account account = shop_account(&s, OLD), found;
    customer_id owner;

    EXPECT_OK(change_to(&s, account.customer, NEW));
    EXPECT_OK(accounts_find_by_phone(&s.w.ctx, (program_id){0}, STR(NEW), &found));
    EXPECT_INT(account.id.v, found.id.v);
    EXPECT_ERR(ERR_ACCOUNT_UNKNOWN,
               accounts_find_by_phone(&s.w.ctx, (program_id){0}, STR(OLD), &found));
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, customers_find_by_phone(&s.w.ctx, STR(OLD), &owner));
    EXPECT_OK(change_to(&s, account.customer, NEW));
    /* The old one is free for somebody else. */
    EXPECT_TRUE(shop_account(&s, OLD).customer.v != account.customer.v);
    shop_close(&s);
}

TEST(an_account_without_a_number_gets_it)
{
    struct shop s = shop_open();
    struct customer customer = {.given_name = STR("Anne")};
    struct loyalty_account account, found;

    WORLD_TX(&s.w)
    {
        EXPECT_OK(customers_add(&s.w.ctx, &customer));
        EXPECT_OK(
            accounts_create(&s.w.ctx, &(struct account_order){.customer = customer.id}, &account));
    }
    EXPECT_OK(change_to(&s, customer.id, NEW));
    EXPECT_OK(accounts_find_by_phone(&s.w.ctx, (program_id){0}, STR(NEW), &found));
    EXPECT_INT(account.id.v, found.id.v);
    shop_close(&s);
}

TEST(a_number_of_somebody_else_is_refused)
{
    struct shop s = shop_open();
    struct loyalty_account account = shop_account(&s, OLD);
    struct customer contact = {.phone = STR(NEW)};

    shop_account(&s, OTHER);
    WORLD_TX(&s.w) EXPECT_OK(customers_add(&s.w.ctx, &contact));
    EXPECT_ERR(ERR_PHONE_TAKEN, change_to(&s, account.customer, OTHER));
    EXPECT_ERR(ERR_PHONE_TAKEN, change_to(&s, account.customer, NEW));
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, change_to(&s, (customer_id){4711}, "+33612345677"));
    shop_close(&s);
}

TEST(whoever_signed_in_with_the_old_number_is_signed_out)
{
    struct shop s = shop_open();
    struct loyalty_account account = shop_account(&s, OLD);
    struct credential session = {.kind = CREDENTIAL_CUSTOMER,
                                 .proof = PROOF_CODE,
                                 .subject = account.customer.v,
                                 .expires_us = INT64_MAX};

    WORLD_TX(&s.w) EXPECT_OK(credentials_add(&s.w.ctx, &session));
    EXPECT_OK(change_to(&s, account.customer, NEW));
    struct ctx ctx = s.w.ctx;
    EXPECT_ERR(ERR_UNAUTHENTICATED, credentials_check(&ctx, session.token, STR(""), CSRF_IGNORED));
    shop_close(&s);
}

/* ---- at once, as the batches of several servers ---- */

static enum err
change_in_turn(struct ctx *ctx, void *arg)
{
    TRY(db_lock_shard(ctx, db_shard_of(ctx->merchant)));
    return change_phone(ctx, arg);
}

enum { RACERS = 4 };
struct race {
    customer_id ids[RACERS];
    enum err ended[RACERS];
};

static void
race_for_number(struct ctx *ctx, int number, void *arg)
{
    struct race *race = arg;
    struct change change = {.id = race->ids[number], .phone = NEW};

    race->ended[number] = race_write(ctx, change_in_turn, &change);
}

TEST(of_those_who_want_a_number_at_once_one_gets_it)
{
    struct shop s = shop_open();
    struct race race = {0};
    struct loyalty_account found;
    int got = 0;

    for (int i = 0; i < RACERS; i++) {
        static const char *const phones[RACERS] = {"+33612345611", "+33612345612", "+33612345613",
                                                   "+33612345614"};

        race.ids[i] = shop_account(&s, phones[i]).customer;
    }
    race_run(&s.w, RACERS, race_for_number, &race);
    for (int i = 0; i < RACERS; i++) {
        if (race.ended[i] == OK) got++;
        EXPECT_TRUE(race.ended[i] == OK || race.ended[i] == ERR_PHONE_TAKEN);
    }
    EXPECT_INT(1, got);
    EXPECT_OK(accounts_find_by_phone(&s.w.ctx, (program_id){0}, STR(NEW), &found));
    shop_close(&s);
}

/* ---- cards ---- */

TEST(unlinked_cards_recognise_nobody_and_others_stay)
{
    struct shop s = shop_open();
    struct loyalty_account account = shop_account(&s, OLD), other = shop_account(&s, OTHER);
    const struct payment_card one = {{1, 2, 3, 4, 5, 6, 7, 8}, STR("VISA"), STR("4242")};
    const struct payment_card two = {{9, 9, 9}, STR("MASTERCARD"), STR("1881")};
    struct consent_seen *consents;
    struct card_seen *cards;
    customer_id owner;
    int count;

    WORLD_TX(&s.w)
    {
        EXPECT_OK(cards_link(&s.w.ctx, &one, account.customer));
        EXPECT_OK(cards_link(&s.w.ctx, &two, account.customer));
    }
    EXPECT_OK(cards_list(&s.w.ctx, account.customer, &cards, &count));
    EXPECT_INT(2, count);
    const int64_t first = cards[0].last_4.at[0] == '4' ? cards[0].id.v : cards[1].id.v;
    WORLD_TX(&s.w)
    {
        EXPECT_ERR(ERR_CARD_UNKNOWN, cards_unlink(&s.w.ctx, other.customer, &first, 1));
        EXPECT_OK(cards_unlink(&s.w.ctx, account.customer, &first, 1));
        EXPECT_ERR(ERR_CARD_UNKNOWN, cards_unlink(&s.w.ctx, account.customer, &first, 1));
    }
    EXPECT_OK(cards_find_owner(&s.w.ctx, one.fingerprint_hash, &owner));
    EXPECT_INT(0, owner.v);
    EXPECT_OK(cards_find_owner(&s.w.ctx, two.fingerprint_hash, &owner));
    EXPECT_INT(account.customer.v, owner.v);
    EXPECT_OK(consents_list(&s.w.ctx, account.customer, &consents, &count));
    EXPECT_STR("withdrawn", consents[0].consent.state);
    shop_close(&s);
}

TESTS(RUN(the_new_number_leads_to_the_account_and_the_old_one_to_nobody),
      RUN(an_account_without_a_number_gets_it), RUN(a_number_of_somebody_else_is_refused),
      RUN(whoever_signed_in_with_the_old_number_is_signed_out),
      RUN(of_those_who_want_a_number_at_once_one_gets_it),
      RUN(unlinked_cards_recognise_nobody_and_others_stay))
