/* rewards_terms_test — what a reward's terms do: an end, a stock, a limit, a code, a credit. */
#include "base/clock.h"
#include "base/code.h"
#include "core/credit/credit.h"
#include "core/loyalty/rewards.h"
#include "support/club.h"
#include "support/race.h"
#include "support/test.h"

static const char anna[] = "+33612345678", bruno[] = "+33687654321";

static struct reward
find(struct club *club, reward_id id)
{
    struct reward reward;

    EXPECT_OK(rewards_find(&club->world.ctx, id, &reward));
    return reward;
}

static account_id
member_with(struct club *club, const char *phone, int64_t points)
{
    account_id id = club_join(club, phone);

    EXPECT_OK(club_accumulate(club, id, points));
    return id;
}

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

static enum err
run_expire(struct ctx *ctx, void *arg)
{
    return rewards_expire(ctx, 10, arg);
}

static int
expire(struct club *club)
{
    int expired = 0;

    EXPECT_OK(world_write(&club->world, run_expire, &expired));
    return expired;
}

static int64_t
stock_of(struct club *club, tier_id id)
{
    struct reward_tier tier;

    EXPECT_OK(programs_find_tier_taken(&club->world.ctx, id, &tier));
    return tier.stock;
}

/* ---- an end ---- */

TEST(a_reward_past_its_time_is_not_used_and_its_points_are_gone)
{
    struct club club = club_open();
    account_id id = member_with(&club, anna, 10);
    struct reward_tier tier = club_offer(&club, (struct reward_tier){.valid_days = 30});
    reward_id taken;

    EXPECT_OK(club_take_of(&club, id, tier.id, &taken));
    EXPECT_INT(WORLD_NOW_US + 30 * CLOCK_DAY_US, find(&club, taken).expires_us);
    world_advance(&club.world, 30 * CLOCK_DAY_US - 1);
    EXPECT_INT(0, expire(&club));
    world_advance(&club.world, 1);
    EXPECT_ERR(ERR_REWARD_EXPIRED, club_redeem(&club, taken));
    EXPECT_ERR(ERR_REWARD_EXPIRED, club_give_up(&club, taken));
    EXPECT_INT(1, expire(&club));
    EXPECT_INT(0, expire(&club));
    EXPECT_INT(REWARD_DELETED, find(&club, taken).status);
    EXPECT_INT(club.world.ctx.now_us, find(&club, taken).expired_us);
    EXPECT_ERR(ERR_REWARD_EXPIRED, club_redeem(&club, taken));
    EXPECT_ERR(ERR_REWARD_EXPIRED, club_give_up(&club, taken));
    EXPECT_ERR(ERR_REWARD_EXPIRED, club_put_back(&club, taken));
    EXPECT_INT(0, club_balance(&club, id));
    struct loyalty_event event = last_event(&club, id);
    EXPECT_INT(EVENT_DELETE_REWARD, event.type);
    EXPECT_INT(0, event.points);
    EXPECT_STR("expired", event.reason);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(while_it_was_used_a_rewards_time_stands_still)
{
    struct club club = club_open();
    account_id id = member_with(&club, anna, 10);
    struct reward_tier tier = club_offer(&club, (struct reward_tier){.valid_days = 30});
    reward_id taken;

    EXPECT_OK(club_take_of(&club, id, tier.id, &taken));
    world_advance(&club.world, 20 * CLOCK_DAY_US);
    EXPECT_OK(club_redeem(&club, taken));
    world_advance(&club.world, 40 * CLOCK_DAY_US);
    EXPECT_INT(0, expire(&club)); /* it was used in time */
    EXPECT_OK(club_put_back(&club, taken));
    EXPECT_INT(club.world.ctx.now_us + 10 * CLOCK_DAY_US, find(&club, taken).expires_us);
    EXPECT_OK(club_redeem(&club, taken));
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- a stock ---- */

TEST(a_stock_is_taken_once_and_what_comes_back_can_be_taken_again)
{
    struct club club = club_open();
    account_id first = member_with(&club, anna, 20), second = member_with(&club, bruno, 20);
    struct reward_tier tier =
        club_offer(&club, (struct reward_tier){.has_stock = true, .stock = 1, .valid_days = 1});
    reward_id taken, refused;

    EXPECT_OK(club_take_of(&club, first, tier.id, &taken));
    EXPECT_INT(0, stock_of(&club, tier.id));
    EXPECT_ERR(ERR_REWARD_GONE, club_take_of(&club, second, tier.id, &refused));
    EXPECT_INT(20, club_balance(&club, second));
    EXPECT_OK(club_give_up(&club, taken));
    EXPECT_INT(1, stock_of(&club, tier.id));
    EXPECT_OK(club_give_up(&club, taken)); /* again: nothing more comes back */
    EXPECT_INT(1, stock_of(&club, tier.id));
    EXPECT_OK(club_take_of(&club, second, tier.id, &taken));
    world_advance(&club.world, CLOCK_DAY_US);
    EXPECT_INT(1, expire(&club));
    EXPECT_INT(1, stock_of(&club, tier.id));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_refused_taking_leaves_the_stock_as_it_was)
{
    struct club club = club_open();
    account_id id = member_with(&club, anna, 5);
    struct reward_tier tier =
        club_offer(&club, (struct reward_tier){.has_stock = true, .stock = 3});
    reward_id refused;

    EXPECT_ERR(ERR_POINTS_SHORT, club_take_of(&club, id, tier.id, &refused));
    EXPECT_INT(3, stock_of(&club, tier.id));
    club_close(&club);
}

enum { RACERS = 4 };
struct racer {
    struct reward_order order;
    enum err result;
};

static enum err
run_take(struct ctx *ctx, void *arg)
{
    struct racer *racer = arg;
    struct reward reward;

    return rewards_take(ctx, &racer->order, &reward);
}

static void
tap_take(struct ctx *ctx, int number, void *arg)
{
    struct racer *racer = (struct racer *)arg + number;

    racer->result = race_write(ctx, run_take, racer);
}

static int
count_results(const struct racer *racers, enum err result)
{
    int count = 0;

    for (int i = 0; i < RACERS; i++)
        count += racers[i].result == result;
    return count;
}

TEST(of_customers_who_take_the_last_one_at_once_one_gets_it)
{
    static const char *const phones[RACERS] = {anna, bruno, "+33611111111", "+33622222222"};
    struct club club = club_open();
    struct reward_tier tier =
        club_offer(&club, (struct reward_tier){.has_stock = true, .stock = 1});
    struct racer racers[RACERS] = {0};
    int64_t left = 0;

    for (int i = 0; i < RACERS; i++) {
        racers[i].order.account = member_with(&club, phones[i], 10);
        racers[i].order.tier = tier.id;
    }
    race_run(&club.world, RACERS, tap_take, racers);
    EXPECT_INT(1, count_results(racers, OK));
    EXPECT_INT(RACERS - 1, count_results(racers, ERR_REWARD_GONE));
    EXPECT_INT(0, stock_of(&club, tier.id));
    for (int i = 0; i < RACERS; i++)
        left += club_balance(&club, racers[i].order.account);
    EXPECT_INT(30, left);
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- a limit for each ---- */

TEST(each_customer_takes_it_as_often_as_they_may)
{
    struct club club = club_open();
    account_id first = member_with(&club, anna, 50), second = member_with(&club, bruno, 20);
    struct reward_tier tier = club_offer(&club, (struct reward_tier){.per_customer = 2});
    reward_id taken[3], other;

    EXPECT_OK(club_take_of(&club, first, tier.id, &taken[0]));
    EXPECT_OK(club_take_of(&club, first, tier.id, &taken[1]));
    EXPECT_OK(club_redeem(&club, taken[0])); /* used or not */
    EXPECT_ERR(ERR_REWARD_LIMIT, club_take_of(&club, first, tier.id, &taken[2]));
    EXPECT_INT(30, club_balance(&club, first));
    EXPECT_OK(club_take_of(&club, second, tier.id, &other));
    EXPECT_OK(club_give_up(&club, taken[1])); /* which does not count any more */
    EXPECT_OK(club_take_of(&club, first, tier.id, &taken[2]));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(of_phones_that_take_ones_last_one_at_once_one_succeeds)
{
    struct club club = club_open();
    account_id id = member_with(&club, anna, 100);
    struct reward_tier tier = club_offer(&club, (struct reward_tier){.per_customer = 1});
    struct racer racers[RACERS] = {0};

    for (int i = 0; i < RACERS; i++)
        racers[i].order = (struct reward_order){.account = id, .tier = tier.id};
    race_run(&club.world, RACERS, tap_take, racers);
    EXPECT_INT(1, count_results(racers, OK));
    EXPECT_INT(RACERS - 1, count_results(racers, ERR_REWARD_LIMIT));
    EXPECT_INT(90, club_balance(&club, id));
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- a code ---- */

TEST(a_reward_is_found_by_its_code_alone)
{
    struct club club = club_open();
    struct ctx *ctx = &club.world.ctx;
    account_id id = member_with(&club, anna, 20);
    struct reward found;
    reward_id first, second;

    EXPECT_OK(club_take(&club, id, 0, &first));
    EXPECT_OK(club_take(&club, id, 0, &second));
    struct str code = find(&club, second).code;
    EXPECT_INT(CODE_LEN, (int64_t)code.len);
    EXPECT_TRUE(!str_is(code, find(&club, first).code));
    EXPECT_OK(rewards_find_by_code(ctx, code, &found));
    EXPECT_INT(second.v, found.id.v);
    struct str scanned = str_format(ctx->arena, "%s%.*s", REWARD_CODE_PREFIX, STR_ARG(code));
    EXPECT_OK(rewards_find_by_code(ctx, scanned, &found));
    EXPECT_ERR(ERR_REWARD_UNKNOWN, rewards_find_by_code(ctx, STR(""), &found));
    ctx->merchant = world_add_merchant(&club.world);
    EXPECT_ERR(ERR_REWARD_UNKNOWN, rewards_find_by_code(ctx, code, &found));
    club_close(&club);
}

/* ---- used on an order ---- */

struct on_order {
    struct reward_on_order use;
    order_id undone;
};

static enum err
run_redeem_on(struct ctx *ctx, void *arg)
{
    const struct on_order *on = arg;

    return rewards_redeem_on(ctx, &on->use);
}

static enum err
run_reopen(struct ctx *ctx, void *arg)
{
    const struct on_order *on = arg;

    return rewards_reopen(ctx, on->use.reward, on->undone);
}

TEST(a_reward_comes_back_once_when_its_order_is_undone)
{
    struct club club = club_open();
    account_id id = member_with(&club, anna, 10);
    struct on_order on = {.use.order = {77}, .undone = {77}};

    EXPECT_OK(club_take(&club, id, 0, &on.use.reward));
    EXPECT_OK(world_write(&club.world, run_redeem_on, &on));
    EXPECT_INT(77, find(&club, on.use.reward).used_order.v);
    EXPECT_INT(77, last_event(&club, id).order.v);
    on.undone.v = 78;
    EXPECT_OK(world_write(&club.world, run_reopen, &on)); /* another order: nothing happens */
    EXPECT_INT(REWARD_REDEEMED, find(&club, on.use.reward).status);
    on.undone.v = 77;
    EXPECT_OK(world_write(&club.world, run_reopen, &on));
    EXPECT_INT(REWARD_ISSUED, find(&club, on.use.reward).status);
    EXPECT_INT(0, find(&club, on.use.reward).used_order.v);
    EXPECT_INT(EVENT_OTHER, last_event(&club, id).type);
    EXPECT_STR("order undone", last_event(&club, id).reason);

    on.use.order.v = 79; /* it is used elsewhere, and the first order is told to be undone again */
    EXPECT_OK(world_write(&club.world, run_redeem_on, &on));
    EXPECT_OK(world_write(&club.world, run_reopen, &on));
    EXPECT_INT(REWARD_REDEEMED, find(&club, on.use.reward).status);
    EXPECT_ERR(ERR_REWARD_USED, world_write(&club.world, run_redeem_on, &on));
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- a credit ---- */

static struct credit_note
note_of(struct club *club, account_id account, reward_id reward)
{
    customer_id customer = club_account(club, account).customer;
    struct credit_note note;

    EXPECT_OK(credit_find_by_reward(&club->world.ctx, customer, reward, &note));
    return note;
}

TEST(a_credit_becomes_a_note_as_soon_as_it_is_taken)
{
    struct club club = club_open();
    account_id id = member_with(&club, anna, 10);
    struct reward_tier tier = club_offer(
        &club, (struct reward_tier){.kind = TIER_CREDIT, .value = 500, .valid_days = 30});
    reward_id taken;

    EXPECT_OK(club_take_of(&club, id, tier.id, &taken));
    EXPECT_INT(REWARD_REDEEMED, find(&club, taken).status);
    struct credit_note note = note_of(&club, id, taken);
    EXPECT_INT(500, note.balance_minor);
    EXPECT_INT(CREDIT_REWARD, note.reason);
    EXPECT_INT(club_account(&club, id).customer.v, note.customer.v);
    EXPECT_INT(WORLD_NOW_US + 30 * CLOCK_DAY_US, note.expires_us);
    EXPECT_INT(0, find(&club, taken).expires_us);
    EXPECT_ERR(ERR_REWARD_USED, club_give_up(&club, taken));
    EXPECT_ERR(ERR_REWARD_USED, club_redeem(&club, taken));
    club_expect_honest(&club);
    club_close(&club);
}

static enum err
run_spend_one(struct ctx *ctx, void *arg)
{
    transfer_id transfer;

    return credit_spend(ctx, *(credit_note_id *)arg, 1, &transfer);
}

TEST(putting_a_credit_back_withdraws_a_note_of_which_nothing_was_spent)
{
    struct club club = club_open();
    account_id id = member_with(&club, anna, 10);
    struct reward_tier tier =
        club_offer(&club, (struct reward_tier){.kind = TIER_CREDIT, .value = 500});
    reward_id taken;

    EXPECT_OK(club_take_of(&club, id, tier.id, &taken));
    struct credit_note first = note_of(&club, id, taken);
    EXPECT_OK(club_put_back(&club, taken));
    EXPECT_INT(0, note_of(&club, id, taken).balance_minor);
    EXPECT_TRUE(note_of(&club, id, taken).ended_us != 0);
    EXPECT_OK(club_redeem(&club, taken)); /* it is a note again, another one */
    struct credit_note second = note_of(&club, id, taken);
    EXPECT_TRUE(second.id.v != first.id.v);
    EXPECT_INT(500, second.balance_minor);
    EXPECT_OK(world_write(&club.world, run_spend_one, &second.id));
    EXPECT_ERR(ERR_CREDIT_NOTE_USED, club_put_back(&club, taken));
    EXPECT_INT(REWARD_REDEEMED, find(&club, taken).status);
    club_expect_honest(&club);
    club_close(&club);
}

TESTS(RUN(a_reward_past_its_time_is_not_used_and_its_points_are_gone),
      RUN(while_it_was_used_a_rewards_time_stands_still),
      RUN(a_stock_is_taken_once_and_what_comes_back_can_be_taken_again),
      RUN(a_refused_taking_leaves_the_stock_as_it_was),
      RUN(of_customers_who_take_the_last_one_at_once_one_gets_it),
      RUN(each_customer_takes_it_as_often_as_they_may),
      RUN(of_phones_that_take_ones_last_one_at_once_one_succeeds),
      RUN(a_reward_is_found_by_its_code_alone),
      RUN(a_reward_comes_back_once_when_its_order_is_undone),
      RUN(a_credit_becomes_a_note_as_soon_as_it_is_taken),
      RUN(putting_a_credit_back_withdraws_a_note_of_which_nothing_was_spent))
