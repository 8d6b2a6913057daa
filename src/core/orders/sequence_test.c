/*
 * sequence_test — in whatever sequence a POS's messages come, and however often, the same state
 * comes out.
 *
 * A made-up day of a shop is told many times, each time shuffled by another seed and with
 * some messages told again; every telling must end as the day in its own sequence does. The seed
 * of one that does not is printed by the check that fails.
 */
#include "core/customers/customers.h"
#include "core/orders/orders.h"
#include "core/orders/tills.h"
#include "support/shop.h"
#include "support/test.h"
#include <stdio.h>

enum { MESSAGES_MAX = 64, TELLINGS = 40, CUSTOMERS = 3, ORDERS_MAX = 16 };

enum teller { SQUARE, TILL, FEED };
struct told {
    enum teller by;
    struct pos_message message;
};
/* Who buys and what rings it up. */
struct cast {
    struct loyalty_account accounts[CUSTOMERS];
    struct till till;
};
struct day {
    struct told told[MESSAGES_MAX];
    int count;
    const char *orders[ORDERS_MAX]; /* vendor's ids, beginning with the vendor's letter */
    int order_count;
};

/* What is compared. */
struct outcome {
    int64_t balances[CUSTOMERS];
    int64_t worths[CUSTOMERS]; /* points and what is carried towards the next, in cents */
    struct order orders[ORDERS_MAX];
};

/* xorshift: the same shuffles on every machine. */
static uint64_t
next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void
add(struct day *day, enum teller by, struct pos_message message)
{
    EXPECT_TRUE(day->count < MESSAGES_MAX);
    day->told[day->count++] = (struct told){by, message};
}

static struct pos_message
later(struct pos_message message, int64_t us)
{
    message.updated_us += us;
    message.at_us += us;
    return message;
}

static struct pos_message
of_customer(struct pos_message message, const char *external_id)
{
    message.external_customer = str_of(external_id);
    return message;
}

/* A payment authorised, completed, and told once more with its customer. */
static void
add_payment(struct day *day, struct pos_message payment, const char *customer)
{
    struct pos_message authorised = payment;

    authorised.completed = false;
    add(day, SQUARE, authorised);
    add(day, SQUARE, later(payment, 1));
    add(day, SQUARE, of_customer(later(payment, 2), customer));
}

/* As our till tells it; customer 0: nobody. */
static struct pos_message
till_sale(struct shop *s, const struct cast *cast, const char *sale, int64_t total_minor)
{
    struct pos_message message = shop_sale(s, sale, total_minor);

    message.establishment = id_format(s->w.ctx.arena, ID_location, cast->till.location.id.v);
    message.vendor_register = STR(TILL_VENDOR);
    return message;
}

static void
add_till_day(struct shop *s, const struct cast *cast, int64_t cents, struct day *day)
{
    struct pos_message named = till_sale(s, cast, "T1", 1000 + cents);
    struct pos_message unknown = till_sale(s, cast, "T2", 800);

    named.customer = cast->accounts[2].customer;
    add(day, TILL, named);
    add(day, TILL, shop_refund(s, "TR1", "T1", 200));
    add(day, TILL, shop_refund(s, "TR2", "T1", 200 + cents));
    add(day, TILL, unknown);
    add(day, TILL, shop_refund(s, "TR3", "T2", 800));
    add(day, TILL, till_sale(s, cast, "T3", 600 + cents));
}

/* `cents` makes the amounts odd, so that points are rounded. */
static void
make_day(struct shop *s, const struct cast *cast, int64_t cents, struct day *day)
{
    static const char *const orders[] = {"O1", "O2", "O3", "O4", "O5", "F1", "F2",
                                         "F3", "F4", "F5", "T1", "T2", "T3"};

    *day = (struct day){.order_count = 13};
    memcpy(day->orders, orders, sizeof orders);
    add_payment(day, shop_payment(s, "P1", "O1", 1200 + cents), "C0");
    add(day, SQUARE, shop_payment_refund(s, "R1", "P1", 300));
    add(day, SQUARE, shop_payment_refund(s, "R2", "P1", 200 + cents));
    add_payment(day, shop_payment(s, "P2", "O2", 700 + cents), "C1"); /* one order, two payments */
    add_payment(day, shop_payment(s, "P3", "O2", 500), "C1");
    add(day, SQUARE, shop_payment_refund(s, "R3", "P3", 500));
    add_payment(day, shop_payment(s, "P4", "O3", 2500 + 2 * cents), "C0"); /* wholly refunded */
    add(day, SQUARE, shop_payment_refund(s, "R4", "P4", 2500 + 2 * cents));
    add_payment(day, shop_payment(s, "P5", "O4", 400 + cents), "C2");
    add(day, SQUARE, shop_payment(s, "P6", "O5", 600 + cents)); /* of nobody known: it waits */

    add(day, FEED, shop_sale(s, "F1", 900 + cents));
    add(day, FEED, later(shop_sale(s, "F1", 1100 + cents), 5)); /* told again, corrected */
    add(day, FEED, shop_sale(s, "F2", 800));
    add(day, FEED, shop_refund(s, "FR1", "F2", 300));
    add(day, FEED, shop_refund(s, "FR2", "F2", 500));
    add(day, FEED, shop_sale(s, "F3", 1500));
    add(day, FEED, shop_cancel(s, "F3"));
    add(day, FEED, shop_sale(s, "F4", 1500));
    add(day, FEED, shop_refund(s, "FR3", "F4", 1000));
    add(day, FEED, later(shop_refund(s, "FR3", "F4", 500), 7)); /* corrected */
    add(day, FEED, shop_sale(s, "F5", 30));
    add_till_day(s, cast, cents, day);
}

static void
shuffle(struct day *day, uint64_t *random)
{
    for (int i = day->count - 1; i > 0; i--) {
        int j = (int)(next_random(random) % (uint64_t)(i + 1));
        struct told other = day->told[i];
        day->told[i] = day->told[j];
        day->told[j] = other;
    }
}

static struct order
tell(struct shop *s, const struct cast *cast, const struct told *told)
{
    const struct integration *of[] = {
        [SQUARE] = &s->square, [TILL] = &cast->till.integration, [FEED] = &s->feed};
    struct order order;

    EXPECT_OK(orders_receive(&s->w.ctx, of[told->by], &told->message, &order));
    return order;
}

/* The day, shuffled by a seed; 0: in its own sequence, each message once. */
static void
tell_day(struct shop *s, const struct cast *cast, struct day *day, uint64_t seed)
{
    uint64_t random = seed;

    if (seed != 0) shuffle(day, &random);
    for (int i = 0; i < day->count; i++) {
        tell(s, cast, &day->told[i]);
        if (seed == 0) continue;
        /* A vendor that hears no answer tells it again, now or much later. */
        uint64_t again = next_random(&random) % (uint64_t)(i + 1);
        if (next_random(&random) % 4 == 0) tell(s, cast, &day->told[again]);
    }
}

/* The order with a vendor's id, asked for by telling a message of it that is older than any. */
static struct order
ask(struct shop *s, const struct cast *cast, const char *order)
{
    struct told old = {.by = order[0] == 'O' ? SQUARE : order[0] == 'T' ? TILL : FEED};

    old.message = old.by == SQUARE ? shop_payment(s, "none", order, 0) : shop_sale(s, order, 0);
    old.message.updated_us = 0;
    old.message.completed = false;
    return tell(s, cast, &old);
}

static struct outcome
play(int64_t cents, uint64_t seed)
{
    struct shop s = shop_open();
    struct outcome outcome = {0};
    struct cast cast;
    struct day day;

    for (int i = 0; i < CUSTOMERS; i++) {
        struct str phone = str_format(s.w.ctx.arena, "+3361234567%d", i);
        struct str external = str_format(s.w.ctx.arena, "C%d", i);
        cast.accounts[i] = shop_account(&s, phone.at);
        WORLD_TX(&s.w)
        EXPECT_OK(customer_links_add(&s.w.ctx, s.square.id, external, cast.accounts[i].customer));
    }
    WORLD_TX(&s.w) EXPECT_OK(tills_open(&s.w.ctx, s.w.location, &cast.till));
    make_day(&s, &cast, cents, &day);
    /* One transaction: what is tested is not the disk. */
    WORLD_TX(&s.w)
    {
        tell_day(&s, &cast, &day, seed);
        for (int i = 0; i < day.order_count; i++)
            outcome.orders[i] = ask(&s, &cast, day.orders[i]);
    }
    for (int i = 0; i < CUSTOMERS; i++) {
        const struct loyalty_account *before = &cast.accounts[i];
        struct loyalty_account account;

        EXPECT_OK(accounts_find(&s.w.ctx, before->id, &account));
        outcome.balances[i] = account.balance;
        outcome.worths[i] = account.balance * 100 + account.carry;
    }
    shop_close(&s);
    return outcome;
}

static void
expect_same_order(const struct order *wanted, const struct order *got)
{
    EXPECT_INT(wanted->claim, got->claim);
    EXPECT_TRUE(wanted->status.len == got->status.len);
    EXPECT_INT(wanted->total_minor, got->total_minor);
    EXPECT_INT(wanted->refunded_minor, got->refunded_minor);
    EXPECT_INT(wanted->closed_us, got->closed_us);
    EXPECT_TRUE((wanted->account.v == 0) == (got->account.v == 0));
    EXPECT_TRUE((wanted->reg.v == 0) == (got->reg.v == 0));
}

TEST(shuffled_and_repeated_messages_end_in_the_same_balances)
{
    const struct outcome wanted = play(0, 0);

    EXPECT_INT(700, wanted.balances[0] * 100);
    EXPECT_INT(700, wanted.balances[1] * 100);
    EXPECT_INT(1000, wanted.balances[2] * 100); /* 4.00 by Square, 6.00 at the till */
    for (uint64_t seed = 1; seed <= TELLINGS; seed++) {
        const struct outcome got = play(0, seed);
        printf("seed %llu\n", (unsigned long long)seed);
        for (int i = 0; i < CUSTOMERS; i++)
            EXPECT_INT(wanted.balances[i], got.balances[i]);
        for (int i = 0; i < ORDERS_MAX; i++)
            expect_same_order(&wanted.orders[i], &got.orders[i]);
    }
}

/* Where amounts are odd, a point may be a point or almost one, still carried: by when it was
 * rounded. What both are worth is the same to the cent. */
TEST(shuffled_odd_amounts_end_worth_the_same_to_the_cent)
{
    const struct outcome wanted = play(37, 0);

    for (uint64_t seed = 1; seed <= TELLINGS; seed++) {
        const struct outcome got = play(37, seed);
        printf("seed %llu\n", (unsigned long long)seed);
        for (int i = 0; i < CUSTOMERS; i++)
            EXPECT_INT(wanted.worths[i], got.worths[i]);
        for (int i = 0; i < ORDERS_MAX; i++)
            expect_same_order(&wanted.orders[i], &got.orders[i]);
    }
}

TESTS(RUN(shuffled_and_repeated_messages_end_in_the_same_balances),
      RUN(shuffled_odd_amounts_end_worth_the_same_to_the_cent))
