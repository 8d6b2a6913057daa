/* rewards_test — a reward is taken once, used once, and comes back whole. */
#include "base/clock.h"
#include "core/ledger/ledger.h"
#include "core/loyalty/rewards.h"
#include "support/club.h"
#include "support/race.h"
#include "support/test.h"

static const char anna[] = "+33612345678";

static struct reward
find(struct club *club, reward_id id)
{
    struct reward reward;

    EXPECT_OK(rewards_find(&club->world.ctx, id, &reward));
    return reward;
}

/* The newest event of the account. */
static struct loyalty_event
last_event(struct club *club, account_id account)
{
    const struct event_query query = {.account = account, .limit = 1};
    struct loyalty_event *events;
    int count;

    EXPECT_OK(accounts_search_events(&club->world.ctx, &query, &events, &count));
    EXPECT_INT(1, count);
    return events[0];
}

/* A member with this many points. */
static account_id
member_with(struct club *club, int64_t points)
{
    account_id id = club_join(club, anna);

    EXPECT_OK(club_accumulate(club, id, points));
    return id;
}

/* ---- take and give up ---- */

TEST(taking_spends_the_points_at_once)
{
    struct club club = club_open();
    account_id id = member_with(&club, 12);
    reward_id taken;

    EXPECT_OK(club_take(&club, id, 0, &taken));
    EXPECT_INT(2, club_balance(&club, id));
    struct reward reward = find(&club, taken);
    EXPECT_INT(REWARD_ISSUED, reward.status);
    EXPECT_INT(10, reward.points);
    EXPECT_STR("Coffee", reward.tier_name);
    EXPECT_INT(id.v, reward.account.v);
    EXPECT_INT(club.program.id.v, reward.program.v);
    struct loyalty_event event = last_event(&club, id);
    EXPECT_INT(EVENT_CREATE_REWARD, event.type);
    EXPECT_INT(-10, event.points);
    EXPECT_INT(taken.v, event.reward.v);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(taking_needs_the_points_the_tier_and_the_program)
{
    struct club club = club_open();
    account_id id = member_with(&club, 9);
    struct program second = {.name = STR("Stamps"), .active = true};
    struct reward_tier other = {.name = STR("Free"), .points = 1, .active = true};
    reward_id taken;

    EXPECT_ERR(ERR_POINTS_SHORT, club_take(&club, id, 0, &taken));
    EXPECT_ERR(ERR_ACCOUNT_UNKNOWN, club_take(&club, (account_id){5}, 0, &taken));
    second.tiers = &other;
    second.tier_count = 1;
    WORLD_TX(&club.world) EXPECT_OK(programs_add(&club.world.ctx, &second));
    struct reward_tier own = club.tiers[0];
    club.tiers[0] = other;
    EXPECT_ERR(ERR_TIER_UNKNOWN, club_take(&club, id, 0, &taken));
    club.tiers[0].id.v = 5;
    EXPECT_ERR(ERR_TIER_UNKNOWN, club_take(&club, id, 0, &taken));
    club.tiers[0] = own;
    EXPECT_OK(club_accumulate(&club, id, 1));
    WORLD_TX(&club.world) EXPECT_OK(programs_suspend(&club.world.ctx, club.program.id));
    EXPECT_ERR(ERR_PROGRAM_INACTIVE, club_take(&club, id, 0, &taken));
    EXPECT_INT(10, club_balance(&club, id));
    club_close(&club);
}

TEST(points_that_are_owed_buy_nothing)
{
    struct club club = club_open();
    account_id id = member_with(&club, 10);
    reward_id first, second;

    EXPECT_OK(club_take(&club, id, 0, &first));
    EXPECT_OK(club_adjust(&club, id, -5, true));
    EXPECT_OK(club_give_up(&club, first)); /* 10 in its lot again, and 5 owed */
    EXPECT_INT(5, club_balance(&club, id));
    EXPECT_INT(10, club_account(&club, id).spendable);
    EXPECT_ERR(ERR_POINTS_SHORT, club_take(&club, id, 0, &second));
    EXPECT_OK(club_accumulate(&club, id, 5));
    EXPECT_OK(club_take(&club, id, 0, &second));
    EXPECT_INT(0, club_balance(&club, id));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(giving_up_restores_the_same_lots)
{
    struct club club = club_open_like((struct program){.expiry_days = 10});
    account_id id = member_with(&club, 4);
    struct ledger_deadline *deadlines;
    reward_id taken;
    int count;

    world_advance(&club.world, CLOCK_DAY_US);
    EXPECT_OK(club_accumulate(&club, id, 8));
    EXPECT_OK(club_take(&club, id, 0, &taken));
    EXPECT_OK(club_give_up(&club, taken));
    EXPECT_OK(ledger_list_deadlines(&club.world.ctx, id, 5, &deadlines, &count));
    EXPECT_INT(2, count);
    EXPECT_INT(4, deadlines[0].points);
    EXPECT_INT(WORLD_NOW_US + 10 * CLOCK_DAY_US, deadlines[0].expires_us);
    EXPECT_INT(8, deadlines[1].points);
    struct loyalty_event event = last_event(&club, id);
    EXPECT_INT(EVENT_DELETE_REWARD, event.type);
    EXPECT_INT(10, event.points);
    EXPECT_INT(REWARD_DELETED, find(&club, taken).status);
    EXPECT_OK(club_give_up(&club, taken)); /* once is enough */
    EXPECT_INT(12, club_balance(&club, id));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(points_that_come_back_after_their_time_expire_again)
{
    struct club club = club_open_like((struct program){.expiry_days = 10});
    account_id id = member_with(&club, 10);
    reward_id taken;

    EXPECT_OK(club_take(&club, id, 0, &taken));
    world_advance(&club.world, 20 * CLOCK_DAY_US);
    EXPECT_INT(0, club_expire(&club));
    EXPECT_OK(club_give_up(&club, taken));
    EXPECT_INT(1, club_expire(&club));
    EXPECT_INT(0, club_balance(&club, id));
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- use ---- */

TEST(a_reward_is_redeemed_once)
{
    struct club club = club_open();
    account_id id = member_with(&club, 10);
    reward_id taken;

    EXPECT_OK(club_take(&club, id, 0, &taken));
    EXPECT_OK(club_redeem(&club, taken));
    EXPECT_ERR(ERR_REWARD_USED, club_redeem(&club, taken));
    EXPECT_ERR(ERR_REWARD_USED, club_give_up(&club, taken));
    struct reward reward = find(&club, taken);
    EXPECT_INT(REWARD_REDEEMED, reward.status);
    EXPECT_INT(WORLD_NOW_US, reward.redeemed_us);
    EXPECT_INT(0, reward.showing_until_us);
    struct loyalty_event event = last_event(&club, id);
    EXPECT_INT(EVENT_REDEEM_REWARD, event.type);
    EXPECT_INT(0, event.points);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(what_was_given_up_cannot_be_used)
{
    struct club club = club_open();
    account_id id = member_with(&club, 10);
    reward_id taken;

    EXPECT_OK(club_take(&club, id, 0, &taken));
    EXPECT_OK(club_give_up(&club, taken));
    EXPECT_ERR(ERR_REWARD_GIVEN_UP, club_redeem(&club, taken));
    EXPECT_ERR(ERR_REWARD_GIVEN_UP, club_put_back(&club, taken));
    club_close(&club);
}

static enum err
redeem_elsewhere(struct ctx *ctx, void *arg)
{
    transfer_id event;

    return rewards_redeem(ctx, *(reward_id *)arg, (location_id){5}, &event);
}

TEST(an_absent_reward_is_unknown)
{
    struct club club = club_open();
    account_id id = member_with(&club, 10);
    struct reward reward;
    reward_id taken;

    EXPECT_OK(club_take(&club, id, 0, &taken));
    EXPECT_ERR(ERR_LOCATION_UNKNOWN, world_write(&club.world, redeem_elsewhere, &taken));
    club.world.ctx.merchant = world_add_merchant(&club.world); /* another merchant's neither */
    EXPECT_ERR(ERR_REWARD_UNKNOWN, rewards_find(&club.world.ctx, taken, &reward));
    EXPECT_ERR(ERR_REWARD_UNKNOWN, club_redeem(&club, taken));
    EXPECT_ERR(ERR_REWARD_UNKNOWN, club_give_up(&club, taken));
    EXPECT_ERR(ERR_REWARD_UNKNOWN, club_put_back(&club, taken));
    club_close(&club);
}

struct using
{
    reward_id id;
    struct reward reward;
    struct str token;
};

static enum err
use(struct ctx *ctx, void *arg)
{
    struct using *using = arg;

    return rewards_use(ctx, using->id, &using->reward, &using->token);
}

static enum err
end_showing(struct ctx *ctx, void *arg)
{
    const struct using *using = arg;

    return rewards_end_showing(ctx, using->id, using->token);
}

TEST(using_redeems_and_shows_for_five_minutes)
{
    struct club club = club_open();
    struct ctx *ctx = &club.world.ctx;
    account_id id = member_with(&club, 10);
    struct using first = {0}, second = {0};
    struct reward reward;

    EXPECT_OK(club_take(&club, id, 0, &first.id));
    second.id = first.id;
    EXPECT_OK(world_write(&club.world, use, &first));
    EXPECT_INT(REWARD_REDEEMED, first.reward.status);
    EXPECT_INT(WORLD_NOW_US + REWARD_SHOWING_US, first.reward.showing_until_us);
    EXPECT_ERR(ERR_REWARD_USED, world_write(&club.world, use, &second));

    world_advance(&club.world, REWARD_SHOWING_US - 1); /* a reload in the last moment */
    EXPECT_OK(rewards_find_showing(ctx, first.id, first.token, &reward));
    EXPECT_ERR(ERR_REWARD_UNKNOWN, rewards_find_showing(ctx, first.id, STR("wrong"), &reward));
    EXPECT_ERR(ERR_REWARD_UNKNOWN, rewards_find_showing(ctx, first.id, STR(""), &reward));
    world_advance(&club.world, 1);
    EXPECT_ERR(ERR_SHOWING_ENDED, rewards_find_showing(ctx, first.id, first.token, &reward));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(back_ends_the_showing)
{
    struct club club = club_open();
    account_id id = member_with(&club, 10);
    struct using using = {0};
    struct reward reward;

    EXPECT_OK(club_take(&club, id, 0, &using.id));
    EXPECT_OK(world_write(&club.world, use, &using));
    struct using wrong = {.id = using.id, .token = STR("wrong")};
    EXPECT_ERR(ERR_REWARD_UNKNOWN, world_write(&club.world, end_showing, &wrong));
    EXPECT_OK(world_write(&club.world, end_showing, &using));
    EXPECT_OK(world_write(&club.world, end_showing, &using));
    EXPECT_ERR(ERR_SHOWING_ENDED,
               rewards_find_showing(&club.world.ctx, using.id, using.token, &reward));
    EXPECT_INT(REWARD_REDEEMED, find(&club, using.id).status); /* it stays used */
    club_close(&club);
}

TEST(staff_put_a_used_reward_back_and_it_is_used_again)
{
    struct club club = club_open();
    account_id id = member_with(&club, 10);
    struct using using = {0};
    struct reward reward;

    EXPECT_OK(club_take(&club, id, 0, &using.id));
    EXPECT_ERR(ERR_REWARD_NOT_USED, club_put_back(&club, using.id));
    EXPECT_OK(world_write(&club.world, use, &using));
    EXPECT_OK(club_put_back(&club, using.id));
    EXPECT_ERR(ERR_REWARD_NOT_USED, club_put_back(&club, using.id));
    EXPECT_ERR(ERR_REWARD_UNKNOWN,
               rewards_find_showing(&club.world.ctx, using.id, using.token, &reward));
    reward = find(&club, using.id);
    EXPECT_INT(REWARD_ISSUED, reward.status);
    EXPECT_INT(0, reward.redeemed_us);
    struct loyalty_event event = last_event(&club, id);
    EXPECT_INT(EVENT_OTHER, event.type);
    EXPECT_INT(using.id.v, event.reward.v);
    EXPECT_OK(club_redeem(&club, using.id));
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- two phones at once ---- */

enum { PHONES = 4 };
struct phone {
    struct using using;
    enum err result;
};

static void
tap_use(struct ctx *ctx, int number, void *arg)
{
    struct phone *phone = (struct phone *)arg + number;

    phone->result = race_write(ctx, use, &phone->using);
}

TEST(of_phones_that_use_a_reward_at_once_one_succeeds)
{
    struct club club = club_open();
    account_id id = member_with(&club, 10);
    struct phone phones[PHONES] = {0};
    reward_id taken;
    int used = 0, refused = 0;

    EXPECT_OK(club_take(&club, id, 0, &taken));
    for (int i = 0; i < PHONES; i++) {
        phones[i].using.id = taken;
    }
    race_run(&club.world, PHONES, tap_use, phones);
    for (int i = 0; i < PHONES; i++) {
        used += phones[i].result == OK;
        refused += phones[i].result == ERR_REWARD_USED;
    }
    EXPECT_INT(1, used);
    EXPECT_INT(PHONES - 1, refused);
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- search ---- */

TEST(rewards_are_found_by_account_and_status_newest_first)
{
    struct club club = club_open();
    account_id a = member_with(&club, 40);
    account_id b = club_join(&club, "+33687654321");
    struct reward_query query = {.account = a, .any_status = true, .limit = 2};
    struct reward *rewards;
    reward_id ids[3], other;
    int count;

    for (int i = 0; i < 3; i++) {
        EXPECT_OK(club_take(&club, a, 0, &ids[i]));
    }
    EXPECT_OK(club_accumulate(&club, b, 10));
    EXPECT_OK(club_take(&club, b, 0, &other));
    EXPECT_OK(club_redeem(&club, ids[1]));

    EXPECT_OK(rewards_search(&club.world.ctx, &query, &rewards, &count));
    EXPECT_INT(2, count);
    EXPECT_INT(ids[2].v, rewards[0].id.v);
    query.before = rewards[1].id.v;
    EXPECT_OK(rewards_search(&club.world.ctx, &query, &rewards, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(ids[0].v, rewards[0].id.v);
    query = (struct reward_query){.account = a, .status = REWARD_REDEEMED, .limit = 10};
    EXPECT_OK(rewards_search(&club.world.ctx, &query, &rewards, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(ids[1].v, rewards[0].id.v);
    query = (struct reward_query){.status = REWARD_ISSUED, .limit = 10};
    EXPECT_OK(rewards_search(&club.world.ctx, &query, &rewards, &count));
    EXPECT_INT(3, count);
    EXPECT_INT(other.v, rewards[0].id.v);
    club_close(&club);
}

TESTS(RUN(taking_spends_the_points_at_once), RUN(taking_needs_the_points_the_tier_and_the_program),
      RUN(points_that_are_owed_buy_nothing), RUN(giving_up_restores_the_same_lots),
      RUN(points_that_come_back_after_their_time_expire_again), RUN(a_reward_is_redeemed_once),
      RUN(what_was_given_up_cannot_be_used), RUN(an_absent_reward_is_unknown),
      RUN(using_redeems_and_shows_for_five_minutes), RUN(back_ends_the_showing),
      RUN(staff_put_a_used_reward_back_and_it_is_used_again),
      RUN(of_phones_that_use_a_reward_at_once_one_succeeds),
      RUN(rewards_are_found_by_account_and_status_newest_first))
