/* accounts_test — opening, finding, crediting and correcting accounts, and their events. */
#include "base/clock.h"
#include "core/customers/customers.h"
#include "core/ledger/ledger.h"
#include "core/loyalty/accounts.h"
#include "support/club.h"
#include "support/test.h"

static const char anna[] = "+33612345678";
static const char bernard[] = "+33687654321";

/* The account's events, newest first. */
static int
events_of(struct club *club, account_id account, struct loyalty_event **events)
{
    const struct event_query query = {.account = account, .limit = 30};
    int count;

    EXPECT_OK(accounts_search_events(&club->world.ctx, &query, events, &count));
    return count;
}

/* ---- opening ---- */

TEST(opening_an_account_makes_the_customer)
{
    struct club club = club_open();
    const struct account_order order = {
        .phone = STR("+33612345678"), .notice_version = STR("2026-01"), .language = STR("fr")};
    struct loyalty_account account, again;
    struct customer customer;

    EXPECT_OK(club_create(&club, &order, &account));
    EXPECT_INT(club.program.id.v, account.program.v);
    EXPECT_INT(0, account.balance);
    EXPECT_OK(customers_find(&club.world.ctx, account.customer, &customer));
    EXPECT_STR(anna, customer.phone);
    EXPECT_STR("LOYALTY", customer.source);
    EXPECT_OK(accounts_find_by_phone(&club.world.ctx, (program_id){0}, str_of(anna), &again));
    EXPECT_INT(account.id.v, again.id.v);
    EXPECT_OK(
        accounts_find_by_customer(&club.world.ctx, club.program.id, account.customer, &again));
    EXPECT_INT(account.id.v, again.id.v);
    EXPECT_STR(anna, again.phone);
    club_close(&club);
}

TEST(opening_an_account_finds_the_customer_who_has_the_phone)
{
    struct club club = club_open();
    struct customer customer = {.given_name = STR("Anna"), .phone = STR("+33612345678")};
    const struct account_order order = {.phone = STR("+33612345678")};
    struct loyalty_account account;

    WORLD_TX(&club.world) EXPECT_OK(customers_add(&club.world.ctx, &customer));
    EXPECT_OK(club_create(&club, &order, &account));
    EXPECT_INT(customer.id.v, account.customer.v);
    club_close(&club);
}

TEST(a_customer_or_a_phone_has_one_account_in_a_program)
{
    struct club club = club_open();
    struct loyalty_account account = club_account(&club, club_join(&club, anna));
    struct customer other = {.given_name = STR("Bernard")};
    struct account_order order = {.phone = STR("+33612345678")};

    WORLD_TX(&club.world) EXPECT_OK(customers_add(&club.world.ctx, &other));
    EXPECT_ERR(ERR_ACCOUNT_EXISTS, club_create(&club, &order, &account));
    order.customer = other.id;
    EXPECT_ERR(ERR_PHONE_TAKEN, club_create(&club, &order, &account));
    order = (struct account_order){.customer = other.id};
    EXPECT_OK(club_create(&club, &order, &account));
    EXPECT_STR("", account.phone);
    EXPECT_ERR(ERR_ACCOUNT_EXISTS, club_create(&club, &order, &account));
    order.phone = str_of(bernard);
    EXPECT_ERR(ERR_ACCOUNT_EXISTS, club_create(&club, &order, &account));
    club_close(&club);
}

TEST(a_phone_whose_customer_is_a_member_under_another_phone_is_refused)
{
    struct club club = club_open();
    struct loyalty_account account = club_account(&club, club_join(&club, anna));
    struct customer change = {.id = account.customer, .phone = STR("+33687654321")};
    const struct account_order order = {.phone = str_of(bernard)};

    WORLD_TX(&club.world)
    EXPECT_OK(customers_change(&club.world.ctx, &change, 1U << CUSTOMER_PHONE, &change));
    EXPECT_ERR(ERR_ACCOUNT_EXISTS, club_create(&club, &order, &account));
    club_close(&club);
}

TEST(opening_needs_a_phone_or_a_customer_and_an_active_program)
{
    struct club club = club_open();
    struct account_order order = {0};
    struct loyalty_account account;

    EXPECT_ERR(ERR_FIELD_REQUIRED, club_create(&club, &order, &account));
    order.customer.v = 5;
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, club_create(&club, &order, &account));
    order = (struct account_order){.phone = str_of(anna), .program = {5}};
    EXPECT_ERR(ERR_PROGRAM_UNKNOWN, club_create(&club, &order, &account));
    order.program.v = 0;
    WORLD_TX(&club.world) EXPECT_OK(programs_suspend(&club.world.ctx, club.program.id));
    EXPECT_ERR(ERR_PROGRAM_INACTIVE, club_create(&club, &order, &account));
    club_close(&club);
}

/* ---- finding ---- */

TEST(another_merchants_accounts_are_unknown)
{
    struct club club = club_open();
    struct ctx *ctx = &club.world.ctx;
    account_id id = club_join(&club, anna);
    struct program program = {.is_main = true, .active = true};
    struct loyalty_account account;
    struct loyalty_event event;

    ctx->merchant = world_add_merchant(&club.world);
    EXPECT_ERR(ERR_PROGRAM_UNKNOWN,
               accounts_find_by_phone(ctx, (program_id){0}, str_of(anna), &account));
    WORLD_TX(&club.world)
    {
        EXPECT_OK(programs_add(ctx, &program));
        EXPECT_ERR(ERR_ACCOUNT_UNKNOWN,
                   accounts_accumulate(ctx, &(struct accumulate_order){.account = id, .points = 1},
                                       &event));
    }
    EXPECT_ERR(ERR_ACCOUNT_UNKNOWN, accounts_find(ctx, id, &account));
    EXPECT_ERR(ERR_ACCOUNT_UNKNOWN,
               accounts_find_by_phone(ctx, (program_id){0}, str_of(anna), &account));
    club_close(&club);
}

static int
search(struct club *club, const struct account_query *query, struct loyalty_account **accounts)
{
    int count;

    EXPECT_OK(accounts_search(&club->world.ctx, query, accounts, &count));
    return count;
}

TEST(all_accounts_are_listed_newest_first_in_pages)
{
    struct club club = club_open();
    account_id a = club_join(&club, anna);
    account_id b = club_join(&club, bernard);
    account_id c = club_join(&club, "+33611111111");
    struct account_query query = {.limit = 2};
    struct loyalty_account *accounts;

    EXPECT_INT(2, search(&club, &query, &accounts));
    EXPECT_INT(c.v, accounts[0].id.v);
    EXPECT_INT(b.v, accounts[1].id.v);
    query.after = b.v;
    EXPECT_INT(1, search(&club, &query, &accounts));
    EXPECT_INT(a.v, accounts[0].id.v);
    club_close(&club);
}

TEST(accounts_are_searched_by_phones_and_customers)
{
    struct club club = club_open();
    struct loyalty_account a = club_account(&club, club_join(&club, anna));
    struct loyalty_account b = club_account(&club, club_join(&club, bernard));
    struct str phones[] = {str_of(anna), STR("+33600000000"), str_of(bernard)};
    int64_t customers[] = {a.customer.v, 5};
    struct account_query query = {.phones = phones, .phone_count = 3, .limit = 10};
    struct loyalty_account *accounts;

    EXPECT_INT(2, search(&club, &query, &accounts));
    EXPECT_INT(b.id.v, accounts[0].id.v);
    query.customers = customers; /* Anna again: once is enough */
    query.customer_count = 2;
    EXPECT_INT(2, search(&club, &query, &accounts));
    query.limit = 1;
    query.after = b.id.v;
    EXPECT_INT(1, search(&club, &query, &accounts));
    EXPECT_INT(a.id.v, accounts[0].id.v);
    query.after = a.id.v;
    EXPECT_INT(0, search(&club, &query, &accounts));
    club_close(&club);
}

TEST(a_phones_accounts_come_with_the_main_programs_first)
{
    struct club club = club_open();
    struct program second = {.name = STR("Stamps"), .active = true};
    struct loyalty_account a = club_account(&club, club_join(&club, anna));
    struct account_order order = {.phone = str_of(anna)};
    struct str phones[] = {str_of(anna)};
    struct account_query query = {.phones = phones, .phone_count = 1, .limit = 1};
    struct loyalty_account *accounts, stamps;

    WORLD_TX(&club.world) EXPECT_OK(programs_add(&club.world.ctx, &second));
    order.program = second.id;
    EXPECT_OK(club_create(&club, &order, &stamps));
    EXPECT_INT(a.customer.v, stamps.customer.v);
    EXPECT_INT(1, search(&club, &query, &accounts));
    EXPECT_INT(a.id.v, accounts[0].id.v);
    query.after = a.id.v;
    EXPECT_INT(1, search(&club, &query, &accounts));
    EXPECT_INT(stamps.id.v, accounts[0].id.v);
    query.after = stamps.id.v;
    EXPECT_INT(0, search(&club, &query, &accounts));
    club_close(&club);
}

/* ---- points ---- */

TEST(accumulating_gives_exactly_these_points_and_an_event)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);
    struct loyalty_event *events;

    EXPECT_OK(club_accumulate(&club, id, 7));
    EXPECT_OK(club_accumulate(&club, id, 5));
    struct loyalty_account account = club_account(&club, id);
    EXPECT_INT(12, account.balance);
    EXPECT_INT(12, account.spendable);
    EXPECT_INT(12, account.lifetime);
    EXPECT_INT(0, account.carry);
    EXPECT_INT(2, events_of(&club, id, &events));
    EXPECT_INT(EVENT_ACCUMULATE_POINTS, events[0].type);
    EXPECT_INT(5, events[0].points);
    EXPECT_INT(7, events[1].points);
    EXPECT_INT(ACTOR_SYSTEM, events[0].actor_kind);
    EXPECT_TRUE(events[0].seq > events[1].seq);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_customers_events_are_those_of_all_their_accounts_newest_first)
{
    struct club club = club_open();
    struct program second = {.name = STR("Stamps"), .active = true};
    struct loyalty_account points = club_account(&club, club_join(&club, anna)), stamps;
    struct account_order order = {.customer = points.customer};
    account_id leo = club_join(&club, "+33699995678");
    struct loyalty_event *events;
    int count;

    WORLD_TX(&club.world) EXPECT_OK(programs_add(&club.world.ctx, &second));
    order.program = second.id;
    EXPECT_OK(club_create(&club, &order, &stamps));
    for (int64_t i = 1; i <= 6; i++) {
        EXPECT_OK(club_accumulate(&club, i % 2 == 0 ? stamps.id : points.id, i));
        EXPECT_OK(club_accumulate(&club, leo, 100));
    }
    struct event_query query = {.customer = points.customer, .limit = 4};
    EXPECT_OK(accounts_search_events(&club.world.ctx, &query, &events, &count));
    EXPECT_INT(4, count);
    for (int i = 0; i < 4; i++)
        EXPECT_INT(6 - i, events[i].points);
    query.before = events[3].id.v;
    EXPECT_OK(accounts_search_events(&club.world.ctx, &query, &events, &count));
    EXPECT_INT(2, count);
    EXPECT_INT(2, events[0].points);
    EXPECT_INT(1, events[1].points);
    query = (struct event_query){.customer = {5}, .limit = 4};
    EXPECT_OK(accounts_search_events(&club.world.ctx, &query, &events, &count));
    EXPECT_INT(0, count);
    club_close(&club);
}

static enum err
accumulate(struct ctx *ctx, void *arg)
{
    struct loyalty_event event;

    return accounts_accumulate(ctx, arg, &event);
}

TEST(accumulating_checks_what_it_is_given)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);
    struct accumulate_order order = {.account = id, .points = 1, .location = {5}};

    EXPECT_ERR(ERR_FIELD_RANGE, club_accumulate(&club, id, 0));
    EXPECT_ERR(ERR_FIELD_RANGE, club_accumulate(&club, id, -1));
    EXPECT_ERR(ERR_FIELD_RANGE, club_accumulate(&club, id, PROGRAM_POINTS_MAX + 1));
    EXPECT_ERR(ERR_ACCOUNT_UNKNOWN, club_accumulate(&club, (account_id){5}, 1));
    EXPECT_ERR(ERR_LOCATION_UNKNOWN, world_write(&club.world, accumulate, &order));
    order.location = club.world.location;
    EXPECT_OK(world_write(&club.world, accumulate, &order));
    WORLD_TX(&club.world) EXPECT_OK(programs_suspend(&club.world.ctx, club.program.id));
    EXPECT_ERR(ERR_PROGRAM_INACTIVE, club_accumulate(&club, id, 1));
    EXPECT_INT(1, club_balance(&club, id));
    club_close(&club);
}

TEST(adjusting_gives_and_takes_first_expiring_first)
{
    struct club club = club_open_like((struct program){.expiry_days = 10});
    account_id id = club_join(&club, anna);
    struct ledger_deadline *deadlines;
    int count;

    EXPECT_OK(club_adjust(&club, id, 10, false));
    world_advance(&club.world, CLOCK_DAY_US);
    EXPECT_OK(club_adjust(&club, id, 10, false));
    EXPECT_OK(club_adjust(&club, id, -12, false));
    EXPECT_INT(8, club_balance(&club, id));
    EXPECT_INT(0, club_account(&club, id).lifetime); /* by hand is not earned */
    EXPECT_OK(ledger_list_deadlines(&club.world.ctx, id, 5, &deadlines, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(8, deadlines[0].points);
    EXPECT_INT(WORLD_NOW_US + 11 * CLOCK_DAY_US, deadlines[0].expires_us);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(adjusting_below_nothing_is_refused_or_owed)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);

    EXPECT_OK(club_accumulate(&club, id, 5));
    EXPECT_ERR(ERR_POINTS_SHORT, club_adjust(&club, id, -6, false));
    EXPECT_INT(5, club_balance(&club, id));
    EXPECT_OK(club_adjust(&club, id, -6, true));
    EXPECT_INT(-1, club_balance(&club, id));
    EXPECT_INT(0, club_account(&club, id).spendable);
    EXPECT_ERR(ERR_POINTS_SHORT, club_adjust(&club, id, -1, false));
    EXPECT_ERR(ERR_FIELD_RANGE, club_adjust(&club, id, 0, true));
    EXPECT_ERR(ERR_FIELD_RANGE, club_adjust(&club, id, -PROGRAM_POINTS_MAX - 1, true));
    EXPECT_ERR(ERR_ACCOUNT_UNKNOWN, club_adjust(&club, (account_id){5}, 1, true));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(what_is_owed_is_repaid_before_anything_else)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);

    EXPECT_OK(club_adjust(&club, id, -10, true));
    EXPECT_OK(club_accumulate(&club, id, 4)); /* all of it repays */
    EXPECT_INT(-6, club_balance(&club, id));
    EXPECT_INT(0, club_account(&club, id).spendable);
    EXPECT_OK(club_accumulate(&club, id, 10));
    EXPECT_INT(4, club_balance(&club, id));
    EXPECT_INT(4, club_account(&club, id).spendable);
    EXPECT_INT(14, club_account(&club, id).lifetime);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(points_in_very_many_lots_are_refused_at_once_but_can_be_owed)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);
    enum { LOTS = LEDGER_LOTS_MAX + 10 };

    WORLD_TX(&club.world)
    for (int i = 0; i < LOTS; i++) {
        struct accumulate_order order = {.account = id, .points = 1};
        EXPECT_OK(accumulate(&club.world.ctx, &order));
    }
    EXPECT_ERR(ERR_LEDGER_TOO_MANY_LOTS, club_adjust(&club, id, -LOTS, false));
    EXPECT_INT(LOTS, club_balance(&club, id));
    EXPECT_OK(club_adjust(&club, id, -LOTS, true));
    EXPECT_INT(0, club_balance(&club, id));
    EXPECT_INT(10, club_account(&club, id).spendable);
    EXPECT_OK(club_accumulate(&club, id, 20));
    EXPECT_INT(20, club_balance(&club, id));
    EXPECT_INT(20, club_account(&club, id).spendable);
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- expiry ---- */

TEST(points_expire_when_they_are_due_and_say_so)
{
    struct club club = club_open_like((struct program){.expiry_days = 10});
    account_id a = club_join(&club, anna);
    account_id b = club_join(&club, bernard);
    struct loyalty_event *events;

    EXPECT_OK(club_accumulate(&club, a, 5));
    EXPECT_OK(club_accumulate(&club, b, 3));
    world_advance(&club.world, 5 * CLOCK_DAY_US);
    EXPECT_OK(club_accumulate(&club, a, 7));
    EXPECT_INT(0, club_expire(&club));
    world_advance(&club.world, 5 * CLOCK_DAY_US);
    EXPECT_INT(2, club_expire(&club));
    EXPECT_INT(0, club_expire(&club));
    EXPECT_INT(7, club_balance(&club, a));
    EXPECT_INT(0, club_balance(&club, b));
    EXPECT_INT(3, events_of(&club, a, &events));
    EXPECT_INT(EVENT_EXPIRE_POINTS, events[0].type);
    EXPECT_INT(-5, events[0].points);
    EXPECT_INT(12, club_account(&club, a).lifetime);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(due_points_are_not_taken_before_the_job_expires_them)
{
    struct club club = club_open_like((struct program){.expiry_days = 10});
    account_id id = club_join(&club, anna);
    reward_id reward;

    EXPECT_OK(club_accumulate(&club, id, 10));
    world_advance(&club.world, 5 * CLOCK_DAY_US);
    EXPECT_OK(club_accumulate(&club, id, 9));
    world_advance(&club.world, 5 * CLOCK_DAY_US);
    EXPECT_ERR(ERR_POINTS_SHORT, club_take(&club, id, 0, &reward));
    EXPECT_ERR(ERR_POINTS_SHORT, club_adjust(&club, id, -10, false));
    EXPECT_INT(19, club_balance(&club, id)); /* a refusal leaves no trace */
    EXPECT_OK(club_adjust(&club, id, -9, false));
    EXPECT_INT(0, club_balance(&club, id));
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- events ---- */

TEST(events_are_found_by_type_location_time_and_page)
{
    struct club club = club_open();
    struct ctx *ctx = &club.world.ctx;
    account_id id = club_join(&club, anna);
    struct accumulate_order at_shop = {.account = id, .points = 3, .location = club.world.location};
    int64_t places[] = {5, club.world.location.v};
    struct event_query query = {.account = id, .limit = 10};
    struct loyalty_event *events;
    int count;

    EXPECT_OK(club_accumulate(&club, id, 1));
    world_advance(&club.world, CLOCK_HOUR_US);
    EXPECT_OK(club_adjust(&club, id, 2, false));
    world_advance(&club.world, CLOCK_HOUR_US);
    EXPECT_OK(world_write(&club.world, accumulate, &at_shop));

    query.types = 1U << EVENT_ADJUST_POINTS;
    EXPECT_OK(accounts_search_events(ctx, &query, &events, &count));
    EXPECT_INT(1, count);
    EXPECT_STR("by hand", events[0].reason);
    query = (struct event_query){.locations = places, .location_count = 2, .limit = 10};
    EXPECT_OK(accounts_search_events(ctx, &query, &events, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(3, events[0].points);
    EXPECT_INT(club.world.location.v, events[0].location.v);

    query = (struct event_query){.from_us = WORLD_NOW_US + CLOCK_HOUR_US, .limit = 10};
    EXPECT_OK(accounts_search_events(ctx, &query, &events, &count));
    EXPECT_INT(2, count);
    query.until_us = WORLD_NOW_US + 2 * CLOCK_HOUR_US;
    EXPECT_OK(accounts_search_events(ctx, &query, &events, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(2, events[0].points);

    query = (struct event_query){.account = id, .limit = 2};
    EXPECT_OK(accounts_search_events(ctx, &query, &events, &count));
    EXPECT_INT(2, count);
    query.before = events[1].id.v;
    EXPECT_OK(accounts_search_events(ctx, &query, &events, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(1, events[0].points);
    query.location_count = EVENT_LOCATIONS_MAX + 1;
    EXPECT_ERR(ERR_FIELD_RANGE, accounts_search_events(ctx, &query, &events, &count));
    club_close(&club);
}

TEST(an_event_type_is_known_by_its_name)
{
    enum event_type type;

    for (int i = 0; i < EVENT_TYPE_COUNT; i++) {
        EXPECT_OK(event_type_parse(str_of(event_type_name((enum event_type)i)), &type));
        EXPECT_INT(i, type);
    }
    EXPECT_ERR(ERR_FIELD_VALUE, event_type_parse(STR("ACCUMULATE"), &type));
}

TESTS(RUN(opening_an_account_makes_the_customer),
      RUN(opening_an_account_finds_the_customer_who_has_the_phone),
      RUN(a_customer_or_a_phone_has_one_account_in_a_program),
      RUN(a_phone_whose_customer_is_a_member_under_another_phone_is_refused),
      RUN(opening_needs_a_phone_or_a_customer_and_an_active_program),
      RUN(another_merchants_accounts_are_unknown),
      RUN(all_accounts_are_listed_newest_first_in_pages),
      RUN(accounts_are_searched_by_phones_and_customers),
      RUN(a_phones_accounts_come_with_the_main_programs_first),
      RUN(accumulating_gives_exactly_these_points_and_an_event),
      RUN(a_customers_events_are_those_of_all_their_accounts_newest_first),
      RUN(accumulating_checks_what_it_is_given),
      RUN(adjusting_gives_and_takes_first_expiring_first),
      RUN(adjusting_below_nothing_is_refused_or_owed),
      RUN(what_is_owed_is_repaid_before_anything_else),
      RUN(points_in_very_many_lots_are_refused_at_once_but_can_be_owed),
      RUN(points_expire_when_they_are_due_and_say_so),
      RUN(due_points_are_not_taken_before_the_job_expires_them),
      RUN(events_are_found_by_type_location_time_and_page), RUN(an_event_type_is_known_by_its_name))
