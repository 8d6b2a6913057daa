/* programs_close_test — how a program ends, and what its customers keep until then and after. */
#include "base/clock.h"
#include "base/zone.h"
#include "core/loyalty/programs_close.h"
#include "support/club.h"
#include "support/test.h"

struct closing {
    program_id program;
    int64_t until;
    struct program after;
};

static enum err
close_program(struct ctx *ctx, void *arg)
{
    struct closing *closing = arg;

    return programs_close(ctx, closing->program, closing->until, &closing->after);
}

static enum err
reopen(struct ctx *ctx, void *arg)
{
    struct closing *closing = arg;

    return programs_reopen(ctx, closing->program, &closing->after);
}

static enum err
create(struct ctx *ctx, void *arg)
{
    return programs_create(ctx, arg);
}

static enum err
empty_two(struct ctx *ctx, void *arg)
{
    return programs_empty_closing(ctx, 2, arg);
}

/* As the job does it, two accounts at a time; gives how many steps it took. */
static int
empty_closing(struct club *club)
{
    bool more = true;
    int steps = -1;

    for (; more; steps++)
        EXPECT_OK(world_write(&club->world, empty_two, &more));
    return steps;
}

static int64_t
today(struct club *club)
{
    return zone_day_at(STR("Europe/Paris"), club->world.ctx.now_us);
}

/* Closes the club's program after so many days. */
static struct program
close_after(struct club *club, int64_t days)
{
    struct closing closing = {.program = club->program.id, .until = today(club) + days};

    EXPECT_OK(world_write(&club->world, close_program, &closing));
    return closing.after;
}

static program_id
add_program(struct club *club, const char *name)
{
    struct program program = {.name = str_of(name), .active = true};

    EXPECT_OK(world_write(&club->world, create, &program));
    return program.id;
}

static int64_t
main_program(struct club *club)
{
    struct program program;

    return programs_find(&club->world.ctx, (program_id){0}, &program) == OK ? program.id.v : 0;
}

TEST(while_it_closes_it_earns_nothing_and_its_rewards_are_taken)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    reward_id reward;

    EXPECT_OK(club_accumulate(&club, anna, 30));
    struct program program = close_after(&club, 10);
    EXPECT_TRUE(program.active);
    EXPECT_INT(0, club_order(&club, anna, 1, 2000, 0));
    EXPECT_OK(club_take(&club, anna, 0, &reward));
    EXPECT_INT(20, club_balance(&club, anna));
    EXPECT_INT(0, empty_closing(&club));
    club_close(&club);
}

TEST(its_points_count_until_the_last_day_is_over_where_the_merchant_is)
{
    struct club club = club_open();
    int64_t midnight;

    /* 2026-03-12 00:00 in Paris, an hour before it is in UTC. */
    EXPECT_OK(clock_parse(STR("2026-03-11T23:00:00Z"), &midnight));
    struct program program = close_after(&club, 9);
    EXPECT_INT(midnight, program.closing_us);
    EXPECT_TRUE(programs_offers(&program, midnight - 1));
    EXPECT_TRUE(!programs_offers(&program, midnight));
    EXPECT_TRUE(!programs_is_over(&program, midnight - 1));
    EXPECT_TRUE(programs_is_over(&program, midnight));
    club_close(&club);
}

TEST(what_is_left_expires_account_by_account_and_rewards_are_used)
{
    struct club club = club_open();
    account_id accounts[5];
    struct program program;
    reward_id reward;

    for (int i = 0; i < 5; i++) {
        char phone[] = "+33612345670";

        phone[sizeof phone - 2] = (char)('1' + i);
        accounts[i] = club_join(&club, phone);
        if (i != 3) EXPECT_OK(club_accumulate(&club, accounts[i], 10 + i));
    }
    EXPECT_OK(club_accumulate(&club, accounts[0], 7));
    EXPECT_OK(club_take(&club, accounts[1], 0, &reward));
    close_after(&club, 0);
    world_advance(&club.world, CLOCK_DAY_US);
    EXPECT_INT(3, empty_closing(&club));
    for (int i = 0; i < 5; i++)
        EXPECT_INT(0, club_balance(&club, accounts[i]));
    EXPECT_OK(programs_find(&club.world.ctx, club.program.id, &program));
    EXPECT_INT(club.world.ctx.now_us, program.closed_us);
    EXPECT_INT(0, empty_closing(&club));
    EXPECT_OK(club_redeem(&club, reward));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(each_account_is_told_of_it_by_an_event_that_says_so)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    struct event_query query = {.account = anna, .types = 1U << EVENT_EXPIRE_POINTS, .limit = 10};
    struct loyalty_event *events;
    int count;

    EXPECT_OK(club_accumulate(&club, anna, 30));
    EXPECT_OK(club_accumulate(&club, anna, 12));
    close_after(&club, 0);
    world_advance(&club.world, CLOCK_DAY_US);
    empty_closing(&club);
    EXPECT_OK(accounts_search_events(&club.world.ctx, &query, &events, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(-42, events[0].points);
    query = (struct event_query){.account = anna, .kinds = 1U << EVENT_IS_EXPIRED, .limit = 10};
    EXPECT_OK(accounts_search_events(&club.world.ctx, &query, &events, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(EVENT_EXPIRE_POINTS, events[0].type);
    club_close(&club);
}

TEST(until_its_points_expire_it_can_be_taken_back)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    struct closing closing = {.program = club.program.id};

    close_after(&club, 1);
    EXPECT_OK(world_write(&club.world, reopen, &closing));
    EXPECT_INT(0, closing.after.closing_us);
    EXPECT_TRUE(closing.after.is_main);
    EXPECT_INT(20, club_order(&club, anna, 1, 2000, 0));
    EXPECT_OK(world_write(&club.world, reopen, &closing));
    close_after(&club, 1);
    world_advance(&club.world, 2 * CLOCK_DAY_US);
    EXPECT_ERR(ERR_PROGRAM_CLOSED, world_write(&club.world, reopen, &closing));
    club_close(&club);
}

TEST(another_day_can_be_told_but_none_that_is_over)
{
    struct club club = club_open();
    struct closing closing = {.program = club.program.id, .until = today(&club) - 1};
    struct closing nobodys = {.program = {5}, .until = today(&club)};

    EXPECT_ERR(ERR_FIELD_RANGE, world_write(&club.world, close_program, &closing));
    closing.until = today(&club) + PROGRAM_DAYS_MAX + 1;
    EXPECT_ERR(ERR_FIELD_RANGE, world_write(&club.world, close_program, &closing));
    EXPECT_ERR(ERR_PROGRAM_UNKNOWN, world_write(&club.world, close_program, &nobodys));
    EXPECT_ERR(ERR_PROGRAM_UNKNOWN, world_write(&club.world, reopen, &nobodys));
    int64_t first = close_after(&club, 1).closing_us;
    EXPECT_INT(first + CLOCK_DAY_US, close_after(&club, 2).closing_us);
    closing.until = today(&club) + 2;
    world_advance(&club.world, 4 * CLOCK_DAY_US);
    EXPECT_ERR(ERR_PROGRAM_CLOSED, world_write(&club.world, close_program, &closing));
    club_close(&club);
}

TEST(the_oldest_that_goes_on_becomes_the_main_program)
{
    struct club club = club_open();
    program_id second = add_program(&club, "Tampons"), third = add_program(&club, "Cagnotte");
    struct closing closing = {.program = second, .until = today(&club)};

    EXPECT_INT(club.program.id.v, main_program(&club));
    close_after(&club, 1);
    EXPECT_INT(second.v, main_program(&club));
    EXPECT_OK(world_write(&club.world, close_program, &closing));
    EXPECT_INT(third.v, main_program(&club));
    /* Taken back, each is as it was. */
    EXPECT_OK(world_write(&club.world, reopen, &closing));
    EXPECT_INT(second.v, main_program(&club));
    closing.program = club.program.id;
    EXPECT_OK(world_write(&club.world, reopen, &closing));
    EXPECT_INT(club.program.id.v, main_program(&club));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_new_program_takes_the_place_of_a_main_one_that_closes)
{
    struct club club = club_open();

    close_after(&club, 5);
    EXPECT_INT(club.program.id.v, main_program(&club));
    program_id next = add_program(&club, "Tampons");
    EXPECT_INT(next.v, main_program(&club));
    world_advance(&club.world, 6 * CLOCK_DAY_US);
    empty_closing(&club);
    EXPECT_INT(next.v, main_program(&club));
    club_close(&club);
}

TEST(when_the_last_is_closed_there_is_none)
{
    struct club club = club_open();
    const struct program_change none = {0};
    struct program *programs, program;
    int count;

    close_after(&club, 0);
    world_advance(&club.world, CLOCK_DAY_US);
    empty_closing(&club);
    EXPECT_INT(0, main_program(&club));
    EXPECT_OK(programs_list(&club.world.ctx, &programs, &count));
    EXPECT_INT(0, count);
    EXPECT_OK(programs_list_all(&club.world.ctx, &programs, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(2, programs[0].tier_count);
    EXPECT_INT(1, programs[0].rule_count);
    WORLD_TX(&club.world)
    {
        EXPECT_ERR(ERR_PROGRAM_CLOSED,
                   programs_change(&club.world.ctx, club.program.id, &none, &program));
    }
    program_id next = add_program(&club, "Tampons");
    EXPECT_INT(next.v, main_program(&club));
    club_close(&club);
}

TEST(nobody_joins_it_while_it_closes)
{
    struct club club = club_open();
    const struct account_order order = {.phone = STR("+33612345678")};
    struct loyalty_account account;

    close_after(&club, 3);
    EXPECT_ERR(ERR_PROGRAM_INACTIVE, club_create(&club, &order, &account));
    club_close(&club);
}

TEST(once_it_is_closed_its_accounts_are_found_while_a_reward_is_left)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    struct str phone = STR("+33612345678");
    struct account_query query = {.phones = &phone, .phone_count = 1, .limit = 10};
    struct loyalty_account *accounts;
    reward_id reward;
    int count;

    EXPECT_OK(club_accumulate(&club, anna, 30));
    EXPECT_OK(club_take(&club, anna, 0, &reward));
    close_after(&club, 0);
    world_advance(&club.world, CLOCK_DAY_US);
    empty_closing(&club);
    EXPECT_OK(accounts_search(&club.world.ctx, &query, &accounts, &count));
    EXPECT_INT(1, count);
    EXPECT_OK(club_redeem(&club, reward));
    EXPECT_OK(accounts_search(&club.world.ctx, &query, &accounts, &count));
    EXPECT_INT(0, count);
    EXPECT_INT(0, club_account(&club, anna).balance);
    club_close(&club);
}

TEST(what_comes_back_to_it_is_gone)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    reward_id reward;

    EXPECT_OK(club_accumulate(&club, anna, 30));
    EXPECT_OK(club_take(&club, anna, 0, &reward));
    close_after(&club, 0);
    world_advance(&club.world, CLOCK_DAY_US);
    empty_closing(&club);
    EXPECT_OK(club_give_up(&club, reward));
    club_expire(&club);
    EXPECT_INT(0, club_balance(&club, anna));
    club_expect_honest(&club);
    club_close(&club);
}

TESTS(RUN(while_it_closes_it_earns_nothing_and_its_rewards_are_taken),
      RUN(its_points_count_until_the_last_day_is_over_where_the_merchant_is),
      RUN(what_is_left_expires_account_by_account_and_rewards_are_used),
      RUN(each_account_is_told_of_it_by_an_event_that_says_so),
      RUN(until_its_points_expire_it_can_be_taken_back),
      RUN(another_day_can_be_told_but_none_that_is_over),
      RUN(the_oldest_that_goes_on_becomes_the_main_program),
      RUN(a_new_program_takes_the_place_of_a_main_one_that_closes),
      RUN(when_the_last_is_closed_there_is_none), RUN(nobody_joins_it_while_it_closes),
      RUN(once_it_is_closed_its_accounts_are_found_while_a_reward_is_left),
      RUN(what_comes_back_to_it_is_gone))
