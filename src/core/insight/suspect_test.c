/* suspect_test — what is unusual for one shop is found, and is not for another that lives so. */
#include "base/clock.h"
#include "base/zone.h"
#include "core/customers/customers.h"
#include "core/insight/suspect.h"
#include "core/trail/trail.h"
#include "support/shop.h"
#include "support/staff.h"
#include "support/test.h"

#define ZONE STR("Europe/Paris")
enum { ANNA = 21, REGULARS = 7, OPENS = 8, SALES_A_DAY = 4 };
enum { LATE = 3 /* o'clock in the night */, FAR = SUSPECT_WEEKS * 7 /* days */ };

/* A shop, and how it lives. */
struct life {
    struct shop s;
    struct team_member ines, zoe;
    int64_t first_day;   /* a Monday */
    int by_hand_an_hour; /* of an hour each day; one more each fifth day */
    int sales_shift;     /* hours that the day begins later than OPENS */
    int sold;
};

static struct life
life_open(void)
{
    struct life life = {.s = shop_open(), .by_hand_an_hour = 1};

    life.ines = staff_add(&life.s.w, "ines", "cashier");
    life.zoe = staff_add(&life.s.w, "zoe", "manager");
    life.first_day = zone_day_at(ZONE, life.s.w.ctx.now_us);
    return life;
}

/* The clock to an hour of a day since the first, or some minutes after it. */
static void
be_at(struct life *life, int day, int hour)
{
    int64_t start_us;

    zone_day_starts(ZONE, life->first_day + day, 1, &start_us);
    start_us += hour * CLOCK_HOUR_US + CLOCK_MINUTE_US;
    if (start_us > life->s.w.ctx.now_us) world_advance(&life->s.w, start_us - life->s.w.ctx.now_us);
}

static enum err
add(struct ctx *ctx, void *arg)
{
    return trail_add(ctx, arg);
}

static void
give(struct life *life, const struct team_member *who, int64_t customer, const char *operation)
{
    struct world *w = &life->s.w;
    struct trail_entry entry = {
        .kind = TRAIL_GAVE, .operation = str_of(operation), .customer = {customer}};

    world_advance(w, CLOCK_SECOND_US);
    staff_be(w, who);
    EXPECT_OK(world_write(w, add, &entry));
    staff_be_system(w);
}

static void
give_by_hand(struct life *life, const struct team_member *who, int64_t customer, int times)
{
    for (int i = 0; i < times; i++)
        give(life, who, customer, "account_adjust");
}

/* A day: sales from OPENS on, one to a regular at the till, and some credits by hand at noon. */
static void
live_day(struct life *life, int day)
{
    int extra = day % 5 == 0 ? 1 : 0;

    for (int i = 0; i < SALES_A_DAY; i++) {
        be_at(life, day, OPENS + life->sales_shift + i);
        if (i == 0) give(life, &life->zoe, ANNA + 100 + day % REGULARS, "till_sell");
        const char *sale = str_format(life->s.w.ctx.arena, "%d", ++life->sold).at;
        shop_tell(&life->s, &life->s.feed, shop_sale(&life->s, sale, 500));
        if (i > 0) continue;
        for (int n = 0; n < life->by_hand_an_hour + extra; n++)
            give_by_hand(life, &life->zoe, ANNA + n, 1);
    }
}

static void
live(struct life *life, int days)
{
    for (int day = 0; day < days; day++)
        live_day(life, day);
}

/* What is found now: how many; the first in *first. */
static int
found_now(struct life *life, struct suspicion *first)
{
    struct suspicion_list *found;

    *first = (struct suspicion){0};
    EXPECT_OK(suspect_find(&life->s.w.ctx, &found));
    if (found == NULL) return 0;
    *first = found->at[0];
    return found->count;
}

static int64_t
add_customer(struct life *life, const char *given, const char *family, const char *email)
{
    struct customer customer = {.given_name = str_of(given),
                                .family_name = str_of(family),
                                .email = str_of(email),
                                .source = STR("LOYALTY")};

    WORLD_TX(&life->s.w) EXPECT_OK(customers_add(&life->s.w.ctx, &customer));
    return customer.id.v;
}

TEST(a_burst_is_more_than_twice_what_the_shop_gives_in_an_hour)
{
    struct life life = life_open();
    struct suspicion first;

    live(&life, FAR);
    be_at(&life, FAR, OPENS + 2);
    give_by_hand(&life, &life.ines, ANNA, 4); /* usual: 2, of the days that have one more */
    EXPECT_INT(0, found_now(&life, &first));
    give_by_hand(&life, &life.ines, ANNA, 1);
    EXPECT_INT(1, found_now(&life, &first));
    EXPECT_INT(SUSPICION_BURST, first.kind);
    EXPECT_INT(life.ines.id.v, first.member.v);
    EXPECT_INT(5, first.counted);
    EXPECT_INT(2, first.usual);
    EXPECT_INT(SUSPECT_WEEKS * 7, first.known);
    EXPECT_INT(life.first_day + FAR, first.day);
    EXPECT_INT(CLOCK_HOUR_US, first.until_us - first.from_us);
    EXPECT_TRUE(first.from_us <= life.s.w.ctx.now_us && life.s.w.ctx.now_us < first.until_us);
    be_at(&life, FAR + 1, OPENS); /* yesterday is looked at, and the day before no more */
    EXPECT_INT(1, found_now(&life, &first));
    be_at(&life, FAR + 2, OPENS);
    EXPECT_INT(0, found_now(&life, &first));
    shop_close(&life.s);
}

TEST(what_a_shop_does_every_day_is_not_suspected)
{
    struct life life = life_open();
    struct suspicion first;

    life.by_hand_an_hour = 9;
    live(&life, FAR);
    be_at(&life, FAR, OPENS + 2);
    give_by_hand(&life, &life.ines, ANNA, 20); /* usual: 10 */
    EXPECT_INT(0, found_now(&life, &first));
    shop_close(&life.s);
}

TEST(sales_are_no_burst)
{
    struct life life = life_open();
    struct suspicion first;

    live(&life, FAR);
    be_at(&life, FAR, OPENS + 2);
    for (int i = 0; i < 30; i++)
        give(&life, &life.ines, ANNA + i, i % 2 ? "till_sell" : "till_claim");
    EXPECT_INT(0, found_now(&life, &first));
    shop_close(&life.s);
}

TEST(credits_to_ones_own_record_are_told_from_the_customers_weeks)
{
    struct life life = life_open();
    struct suspicion first;

    live(&life, FAR);
    int64_t own = add_customer(&life, "Inès", "Garnier", "Ines@X.example");
    int64_t other = add_customer(&life, "Anna", "Garnier", "anna@x.example");
    /* The week's credits, at the till and by hand; a customer had at most 7, by hand each day. */
    for (int day = FAR; day < FAR + 5; day++) {
        be_at(&life, day, OPENS);
        for (int i = 0; i < 3; i++) {
            give(&life, &life.ines, own, "till_sell");
            give(&life, &life.ines, other, "till_sell");
        }
        EXPECT_INT(day == FAR + 4 ? 1 : 0, found_now(&life, &first));
    }
    EXPECT_INT(SUSPICION_OWN, first.kind);
    EXPECT_INT(life.ines.id.v, first.member.v);
    EXPECT_INT(own, first.customer.v);
    EXPECT_INT(15, first.counted);
    EXPECT_INT(7, first.usual);
    EXPECT_INT(life.first_day + FAR, first.day); /* the week's Monday */
    shop_close(&life.s);
}

TEST(ones_own_record_is_known_by_all_words_of_ones_name)
{
    struct life life = life_open();
    struct suspicion first;

    live(&life, FAR);
    struct team_member lea = {
        .name = STR("Léa Le Goff"), .email = STR("lea@x.example"), .role = STR("cashier")};
    WORLD_TX(&life.s.w) EXPECT_OK(team_add(&life.s.w.ctx, &lea));
    int64_t same = add_customer(&life, "LE GOFF", "Lea", "");
    int64_t sister = add_customer(&life, "Anne", "Le Goff", "");
    be_at(&life, FAR, OPENS);
    for (int i = 0; i < 15; i++) {
        give(&life, &lea, same, "till_sell");
        give(&life, &lea, sister, "till_sell");
    }
    EXPECT_INT(1, found_now(&life, &first));
    EXPECT_INT(same, first.customer.v);
    shop_close(&life.s);
}

TEST(credits_while_the_shop_is_closed_are_told_from_its_sales)
{
    struct life life = life_open();
    struct suspicion first;

    live(&life, FAR);
    be_at(&life, FAR, OPENS + SALES_A_DAY); /* the hour after the last sales */
    give_by_hand(&life, &life.ines, ANNA, 1);
    EXPECT_INT(0, found_now(&life, &first));
    be_at(&life, FAR + 1, LATE);
    give(&life, &life.ines, ANNA, "till_sell");
    EXPECT_INT(1, found_now(&life, &first));
    EXPECT_INT(SUSPICION_AFTER_HOURS, first.kind);
    EXPECT_INT(1, first.counted);
    EXPECT_INT(0, first.usual);
    EXPECT_INT((SUSPECT_WEEKS * 7 - 1) * SALES_A_DAY, first.known); /* that day sold nothing */
    EXPECT_INT(life.first_day + FAR + 1, first.day);
    shop_close(&life.s);
}

TEST(who_sells_by_night_is_open_by_night)
{
    struct life life = life_open();
    struct suspicion first;

    life.sales_shift = 24 - OPENS; /* from midnight on, of the next day */
    live(&life, FAR);
    be_at(&life, FAR + 1, LATE);
    give(&life, &life.ines, ANNA, "till_sell");
    EXPECT_INT(0, found_now(&life, &first));
    shop_close(&life.s);
}

TEST(nothing_is_said_before_four_weeks_are_known)
{
    struct life life = life_open();
    struct suspicion first;
    const int young = SUSPECT_DAYS_MIN - 1;

    life.by_hand_an_hour = 1;
    live(&life, young);
    be_at(&life, young, LATE);
    give_by_hand(&life, &life.ines, ANNA, 30);
    EXPECT_INT(0, found_now(&life, &first));
    shop_close(&life.s);
}

TEST(the_same_trail_gives_the_same_whenever_it_is_asked)
{
    struct life life = life_open();
    struct suspicion first, again;

    live(&life, FAR);
    be_at(&life, FAR, OPENS);
    give_by_hand(&life, &life.ines, ANNA, 9);
    EXPECT_INT(1, found_now(&life, &first));
    be_at(&life, FAR + 1, OPENS + 5);
    EXPECT_INT(1, found_now(&life, &again));
    EXPECT_INT(first.counted, again.counted);
    EXPECT_INT(first.usual, again.usual);
    EXPECT_INT(first.from_us, again.from_us);
    shop_close(&life.s);
}

TEST(what_is_about_oneself_somebody_else_closes)
{
    struct life life = life_open();
    struct world *w = &life.s.w;
    struct suspicion burst = {.kind = SUSPICION_BURST,
                              .member = life.zoe.id,
                              .from_us = 1,
                              .until_us = 2,
                              .counted = 9},
                     *open, closed;
    struct team_member owner = staff_add(w, "owner", "owner");
    int count;

    WORLD_TX(w) EXPECT_OK(suspicions_keep(&w->ctx, &burst));
    EXPECT_OK(suspicions_list(&w->ctx, &(struct suspicion_query){.limit = 5}, &open, &count));
    staff_be(w, &life.zoe);
    WORLD_TX(w)
    {
        EXPECT_ERR(ERR_SUSPICION_SELF, suspect_close(&w->ctx, open[0].id, STR("moi"), &closed));
    }
    staff_be(w, &owner);
    WORLD_TX(w) EXPECT_OK(suspect_close(&w->ctx, open[0].id, STR("une fête"), &closed));
    EXPECT_INT(owner.id.v, closed.closed_by.v);
    EXPECT_STR("une fête", closed.word);
    WORLD_TX(w)
    {
        EXPECT_ERR(ERR_SUSPICION_UNKNOWN,
                   suspect_close(&w->ctx, (suspicion_id){1}, STR("?"), &closed));
    }
    shop_close(&life.s);
}

TESTS(RUN(a_burst_is_more_than_twice_what_the_shop_gives_in_an_hour),
      RUN(what_a_shop_does_every_day_is_not_suspected), RUN(sales_are_no_burst),
      RUN(credits_to_ones_own_record_are_told_from_the_customers_weeks),
      RUN(ones_own_record_is_known_by_all_words_of_ones_name),
      RUN(credits_while_the_shop_is_closed_are_told_from_its_sales),
      RUN(who_sells_by_night_is_open_by_night), RUN(nothing_is_said_before_four_weeks_are_known),
      RUN(the_same_trail_gives_the_same_whenever_it_is_asked),
      RUN(what_is_about_oneself_somebody_else_closes))
