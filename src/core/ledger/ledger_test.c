/* ledger_test — what ledger.h promises of transfers, balances and lots. */
#include "core/ledger/ledger.h"
#include "support/race.h"
#include "support/test.h"
#include "support/world.h"
#include <inttypes.h>

enum { UNIT = 77, SHOP = 900, ALICE = 1001, BOB = 1002, NOBODY = 1003 };

static enum err
post(struct ctx *ctx, void *arg)
{
    return ledger_post(ctx, arg);
}

static struct ledger_line
points(int64_t owner, int64_t amount, int64_t lot, int64_t expires_us)
{
    return (struct ledger_line){owner, BOOK_POINTS, amount, lot, expires_us};
}

static struct ledger_line
other(int64_t owner, enum ledger_book book, int64_t amount)
{
    return (struct ledger_line){.owner = owner, .book = book, .amount = amount};
}

/* A world in which Alice and Bob have points accounts. */
static struct world
shop(void)
{
    struct world w = world_open();

    WORLD_TX(&w)
    {
        EXPECT_OK(ledger_open_account(&w.ctx, ALICE, BOOK_POINTS, UNIT, 0));
        EXPECT_OK(ledger_open_account(&w.ctx, BOB, BOOK_POINTS, UNIT, 0));
    }
    return w;
}

static enum err
post_lines(struct world *w, int64_t id, const struct ledger_line *lines, int line_count)
{
    struct ledger_transfer transfer = {
        .id = {id},
        .unit = UNIT,
        .reason = REASON_EARN,
        .lines = lines,
        .line_count = line_count,
    };

    return world_write(w, post, &transfer);
}

/* Gives Alice a lot that expires then. */
static enum err
give(struct world *w, int64_t id, int64_t amount, int64_t expires_us)
{
    const struct ledger_line lines[] = {points(ALICE, amount, 0, expires_us),
                                        other(SHOP, BOOK_EARNED, -amount)};

    return post_lines(w, id, lines, 2);
}

struct taking {
    int64_t id, amount, prefer;
    int lots; /* filled: how many it took from */
};

/* Takes from Alice's lots in their order. */
static enum err
take_body(struct ctx *ctx, void *arg)
{
    struct taking *taking = arg;
    struct ledger_spending spending;

    TRY(ledger_choose_lots(ctx, (account_id){ALICE}, taking->amount, taking->prefer, &spending));
    taking->lots = spending.line_count;
    if (spending.taken < taking->amount) return ERR_LEDGER_SHORT;
    struct ledger_line *lines =
        ARENA_ARRAY(ctx->arena, struct ledger_line, (size_t)spending.line_count + 1);
    for (int i = 0; i < spending.line_count; i++) {
        lines[i] = spending.lines[i];
    }
    lines[spending.line_count] = other(SHOP, BOOK_TAKEN, taking->amount);
    struct ledger_transfer transfer = {
        .id = {taking->id},
        .unit = UNIT,
        .reason = REASON_TAKE,
        .lines = lines,
        .line_count = spending.line_count + 1,
    };
    return ledger_post(ctx, &transfer);
}

static enum err
take(struct world *w, int64_t id, int64_t amount, int64_t prefer)
{
    struct taking taking = {.id = id, .amount = amount, .prefer = prefer};

    return world_write(w, take_body, &taking);
}

static int64_t
balance_of(struct world *w, int64_t owner)
{
    struct ledger_balance balance;

    EXPECT_OK(ledger_read_balance(&w->ctx, owner, BOOK_POINTS, &balance));
    return balance.balance;
}

static int64_t
sum_of(struct world *w, enum ledger_book book)
{
    int64_t sum;

    EXPECT_OK(ledger_sum_contra(&w->ctx, SHOP, book, &sum));
    return sum;
}

/* What is left in one of Alice's lots. */
static int64_t
left_in(struct world *w, int64_t lot)
{
    struct ledger_spending spending;

    EXPECT_OK(ledger_choose_lots(&w->ctx, (account_id){ALICE}, LEDGER_AMOUNT_MAX, lot, &spending));
    return spending.line_count > 0 && spending.lines[0].lot == lot ? -spending.lines[0].amount : 0;
}

/* ---- transfers ---- */

TEST(a_transfer_moves_what_one_loses_to_the_other)
{
    struct world w = shop();

    EXPECT_OK(give(&w, 100, 50, LEDGER_NEVER));
    EXPECT_INT(50, balance_of(&w, ALICE));
    EXPECT_INT(-50, sum_of(&w, BOOK_EARNED)); /* contra accounts keep no running balance */
    EXPECT_INT(0, balance_of(&w, BOB));
    world_close(&w);
}

TEST(a_transfer_takes_the_merchants_next_sequence)
{
    struct world w = shop();
    const struct ledger_line lines[] = {points(ALICE, 5, 0, LEDGER_NEVER),
                                        other(SHOP, BOOK_EARNED, -5)};
    struct ledger_transfer first = {{100}, UNIT, REASON_EARN, 0, lines, 2, 0, 0};
    struct ledger_transfer second = {{101}, UNIT, REASON_EARN, 0, lines, 2, 0, 0};

    EXPECT_OK(world_write(&w, post, &first));
    EXPECT_OK(world_write(&w, post, &second));
    EXPECT_INT(first.seq + 1, second.seq);
    EXPECT_OK(world_write(&w, post, &first)); /* a repeat tells the sequence it had */
    EXPECT_INT(second.seq - 1, first.seq);
    world_close(&w);
}

TEST(an_overdraft_is_refused_and_leaves_no_trace)
{
    struct world w = shop();
    const struct ledger_line lines[] = {points(ALICE, -51, 100, LEDGER_NEVER),
                                        other(SHOP, BOOK_TAKEN, 51)};

    EXPECT_OK(give(&w, 100, 50, LEDGER_NEVER));
    EXPECT_ERR(ERR_LEDGER_SHORT, post_lines(&w, 101, lines, 2));
    EXPECT_INT(50, balance_of(&w, ALICE));
    EXPECT_INT(0, sum_of(&w, BOOK_TAKEN));

    /* The refused id was rolled back with the rest, so it is still free. */
    EXPECT_OK(take(&w, 101, 50, 0));
    EXPECT_INT(0, balance_of(&w, ALICE));
    world_close(&w);
}

TEST(the_same_transfer_twice_changes_nothing)
{
    struct world w = shop();

    EXPECT_OK(give(&w, 100, 50, LEDGER_NEVER));
    EXPECT_OK(give(&w, 100, 50, LEDGER_NEVER));
    EXPECT_INT(50, balance_of(&w, ALICE));
    EXPECT_INT(50, left_in(&w, 100));
    EXPECT_INT(-50, sum_of(&w, BOOK_EARNED));
    world_close(&w);
}

TEST(an_id_names_one_transfer_for_ever)
{
    struct world w = shop();
    const struct ledger_line same[] = {points(ALICE, 50, 0, LEDGER_NEVER),
                                       other(SHOP, BOOK_EARNED, -50)};
    const struct ledger_line to_bob[] = {points(BOB, 50, 0, LEDGER_NEVER),
                                         other(SHOP, BOOK_EARNED, -50)};
    const struct ledger_line longer[] = {points(ALICE, 50, 0, LEDGER_NEVER),
                                         other(SHOP, BOOK_EARNED, -49),
                                         other(SHOP, BOOK_ADJUSTED, -1)};
    struct ledger_transfer of_reason = {{100}, UNIT, REASON_ADJUST, 0, same, 2, 0, 0};
    struct ledger_transfer of_unit = {{100}, UNIT + 1, REASON_EARN, 0, same, 2, 0, 0};

    EXPECT_OK(give(&w, 100, 50, LEDGER_NEVER));
    EXPECT_ERR(ERR_LEDGER_ID_REUSED, give(&w, 100, 51, LEDGER_NEVER));
    EXPECT_ERR(ERR_LEDGER_ID_REUSED, give(&w, 100, 50, WORLD_NOW_US));
    EXPECT_ERR(ERR_LEDGER_ID_REUSED, post_lines(&w, 100, to_bob, 2));
    EXPECT_ERR(ERR_LEDGER_ID_REUSED, post_lines(&w, 100, longer, 3));
    EXPECT_ERR(ERR_LEDGER_ID_REUSED, world_write(&w, post, &of_reason));
    EXPECT_ERR(ERR_LEDGER_ID_REUSED, world_write(&w, post, &of_unit));
    EXPECT_INT(50, balance_of(&w, ALICE));
    world_close(&w);
}

TEST(another_merchants_account_is_unknown)
{
    struct world w = shop();
    merchant_id first = w.ctx.merchant;

    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_ERR(ERR_LEDGER_ACCOUNT_UNKNOWN, give(&w, 100, 50, LEDGER_NEVER));
    w.ctx.merchant = first;
    EXPECT_INT(0, balance_of(&w, ALICE));
    world_close(&w);
}

TEST(an_account_of_another_unit_is_refused)
{
    struct world w = shop();
    const struct ledger_line lines[] = {points(ALICE, 5, 0, LEDGER_NEVER),
                                        other(SHOP, BOOK_EARNED, -5)};
    struct ledger_transfer transfer = {{100}, UNIT + 1, REASON_EARN, 0, lines, 2, 0, 0};

    EXPECT_ERR(ERR_LEDGER_UNIT_DIFFERS, world_write(&w, post, &transfer));
    EXPECT_INT(0, balance_of(&w, ALICE));
    world_close(&w);
}

TEST(a_closed_account_takes_nothing)
{
    struct world w = shop();

    WORLD_TX(&w)
    EXPECT_OK(db_run_script(&w.ctx, "UPDATE ledger_account SET closed = TRUE"
                                    " WHERE owner_id = 1001 AND lot_id = 0"));
    EXPECT_ERR(ERR_LEDGER_ACCOUNT_CLOSED, give(&w, 100, 50, LEDGER_NEVER));
    world_close(&w);
}

TEST(a_balance_has_a_ceiling_and_a_debt_ends_at_zero)
{
    struct world w = shop();
    const struct ledger_line repay[] = {other(ALICE, BOOK_OWED, 4), other(SHOP, BOOK_EARNED, -4)};
    const struct ledger_line owe[] = {other(ALICE, BOOK_OWED, -3), other(SHOP, BOOK_EARNED, 3)};

    WORLD_TX(&w)
    {
        EXPECT_OK(ledger_open_account(&w.ctx, ALICE, BOOK_OWED, UNIT, -100));
        EXPECT_OK(db_run_script(&w.ctx, "UPDATE ledger_account SET balance = 999999999999999"
                                        " WHERE owner_id = 1001 AND book = 1"));
    }
    EXPECT_ERR(ERR_LEDGER_FULL, give(&w, 100, 2, LEDGER_NEVER));
    EXPECT_OK(give(&w, 101, 1, LEDGER_NEVER));
    EXPECT_OK(post_lines(&w, 102, owe, 2));
    EXPECT_ERR(ERR_LEDGER_FULL, post_lines(&w, 103, repay, 2));
    world_close(&w);
}

TEST(opening_an_account_again_changes_nothing)
{
    struct world w = shop();

    EXPECT_OK(give(&w, 100, 50, LEDGER_NEVER));
    WORLD_TX(&w) EXPECT_OK(ledger_open_account(&w.ctx, ALICE, BOOK_POINTS, UNIT, 0));
    EXPECT_INT(50, balance_of(&w, ALICE));
    world_close(&w);
}

TEST(carry_and_lifetime_are_noted_with_the_transfer_or_alone)
{
    struct world w = shop();
    const struct ledger_line lines[] = {points(ALICE, 5, 0, LEDGER_NEVER),
                                        other(SHOP, BOOK_EARNED, -5)};
    struct ledger_transfer transfer = {{100}, UNIT, REASON_EARN, 0, lines, 2, 30, 5};
    struct ledger_balance balance;

    EXPECT_OK(world_write(&w, post, &transfer));
    EXPECT_OK(world_write(&w, post, &transfer)); /* a repeat notes nothing */
    WORLD_TX(&w) EXPECT_OK(ledger_note_earning(&w.ctx, (account_id){ALICE}, -40, 0));
    EXPECT_OK(ledger_read_balance(&w.ctx, ALICE, BOOK_POINTS, &balance));
    EXPECT_INT(-10, balance.carry);
    EXPECT_INT(5, balance.lifetime);
    WORLD_TX(&w)
    EXPECT_ERR(ERR_LEDGER_ACCOUNT_UNKNOWN, ledger_note_earning(&w.ctx, (account_id){NOBODY}, 1, 0));
    world_close(&w);
}

TEST(the_lines_of_a_transfer_can_be_read_again)
{
    struct world w = shop();
    struct ledger_line *lines;
    int count;

    EXPECT_OK(give(&w, 100, 10, WORLD_NOW_US + 5));
    EXPECT_OK(give(&w, 101, 10, LEDGER_NEVER));
    EXPECT_OK(take(&w, 102, 15, 0));
    EXPECT_OK(ledger_list_lines(&w.ctx, (transfer_id){102}, &lines, &count));
    EXPECT_INT(3, count);
    EXPECT_INT(-10, lines[0].amount);
    EXPECT_INT(100, lines[0].lot);
    EXPECT_INT(WORLD_NOW_US + 5, lines[0].expires_us);
    EXPECT_INT(-5, lines[1].amount);
    EXPECT_INT(101, lines[1].lot);
    EXPECT_INT(BOOK_TAKEN, lines[2].book);
    EXPECT_ERR(ERR_LEDGER_TRANSFER_UNKNOWN,
               ledger_list_lines(&w.ctx, (transfer_id){999}, &lines, &count));
    world_close(&w);
}

/* ---- lots ---- */

TEST(what_expires_first_is_spent_first)
{
    struct world w = shop();

    EXPECT_OK(give(&w, 100, 10, LEDGER_NEVER));
    EXPECT_OK(give(&w, 101, 10, WORLD_NOW_US + 2000));
    EXPECT_OK(give(&w, 102, 10, WORLD_NOW_US + 1000));
    EXPECT_OK(take(&w, 103, 15, 0));
    EXPECT_INT(10, left_in(&w, 100));
    EXPECT_INT(5, left_in(&w, 101));
    EXPECT_INT(0, left_in(&w, 102));
    world_close(&w);
}

TEST(a_preferred_lot_is_emptied_before_the_others)
{
    struct world w = shop();

    EXPECT_OK(give(&w, 100, 10, LEDGER_NEVER));
    EXPECT_OK(give(&w, 101, 10, WORLD_NOW_US + 1000));
    EXPECT_OK(take(&w, 102, 12, 100));
    EXPECT_INT(0, left_in(&w, 100));
    EXPECT_INT(8, left_in(&w, 101));
    EXPECT_OK(take(&w, 103, 3, 100)); /* it is empty: the others follow */
    EXPECT_INT(5, left_in(&w, 101));
    world_close(&w);
}

TEST(a_reverse_restores_an_emptied_lot_with_its_expiry)
{
    struct world w = shop();
    struct ledger_line *lines;
    int count;

    EXPECT_OK(give(&w, 100, 10, WORLD_NOW_US + 1000));
    EXPECT_OK(give(&w, 101, 10, LEDGER_NEVER));
    EXPECT_OK(take(&w, 102, 14, 0));
    EXPECT_OK(ledger_list_lines(&w.ctx, (transfer_id){102}, &lines, &count));
    for (int i = 0; i < count; i++) {
        lines[i].amount = -lines[i].amount;
    }
    EXPECT_OK(post_lines(&w, 103, lines, count));
    EXPECT_INT(20, balance_of(&w, ALICE));
    EXPECT_INT(10, left_in(&w, 101));
    struct ledger_deadline *deadlines;
    EXPECT_OK(ledger_list_deadlines(&w.ctx, (account_id){ALICE}, 5, &deadlines, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(10, deadlines[0].points);
    EXPECT_INT(WORLD_NOW_US + 1000, deadlines[0].expires_us);
    world_close(&w);
}

TEST(a_lot_emptied_by_somebody_else_is_a_lost_race)
{
    struct world w = shop();
    const struct ledger_line lines[] = {points(ALICE, -5, 100, LEDGER_NEVER),
                                        other(SHOP, BOOK_TAKEN, 5)};

    EXPECT_OK(give(&w, 100, 5, LEDGER_NEVER));
    EXPECT_OK(give(&w, 101, 5, LEDGER_NEVER));
    EXPECT_OK(take(&w, 102, 5, 0));
    EXPECT_ERR(ERR_DB_BUSY, post_lines(&w, 103, lines, 2));
    EXPECT_INT(5, balance_of(&w, ALICE));
    world_close(&w);
}

TEST(many_small_lots_are_chosen_in_order_up_to_the_most_that_a_transfer_takes)
{
    struct world w = shop();
    struct ledger_spending spending;
    struct taking taking = {.id = 5000, .amount = 200};

    WORLD_TX(&w)
    {
        EXPECT_OK(db_run_script(
            &w.ctx, "INSERT INTO ledger_account"
                    "  (merchant_id, owner_id, book, expires_us, lot_id, unit, balance, floor)"
                    " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                    "                          WHERE i < 2100)"
                    " SELECT merchant_id, 1001, 1, 9223372036854775807, i, unit, 1, 0"
                    "   FROM n, ledger_account WHERE owner_id = 1001"));
        EXPECT_OK(db_run_script(&w.ctx, "UPDATE ledger_account SET balance = 2100"
                                        " WHERE owner_id = 1001 AND lot_id = 0"));
    }
    EXPECT_OK(ledger_choose_lots(&w.ctx, (account_id){ALICE}, 5000, 0, &spending));
    EXPECT_INT(LEDGER_LOTS_MAX, spending.taken);
    EXPECT_TRUE(spending.has_more);
    EXPECT_INT(LEDGER_LOTS_MAX, spending.lines[LEDGER_LOTS_MAX - 1].lot);

    EXPECT_OK(world_write(&w, take_body, &taking));
    EXPECT_INT(200, taking.lots);
    EXPECT_OK(ledger_choose_lots(&w.ctx, (account_id){ALICE}, 5000, 0, &spending));
    EXPECT_INT(1900, spending.taken);
    EXPECT_TRUE(!spending.has_more);
    EXPECT_INT(201, spending.lines[0].lot);
    world_close(&w);
}

TEST(what_is_due_is_listed_account_by_account)
{
    struct world w = shop();
    const struct ledger_line to_bob[] = {points(BOB, 7, 0, WORLD_NOW_US + 10),
                                         other(SHOP, BOOK_EARNED, -7)};
    struct ledger_line *lines;
    int count;

    EXPECT_OK(give(&w, 100, 1, WORLD_NOW_US + 5));
    EXPECT_OK(post_lines(&w, 101, to_bob, 2));
    EXPECT_OK(give(&w, 102, 2, WORLD_NOW_US + 10));
    EXPECT_OK(give(&w, 103, 3, WORLD_NOW_US + 11));
    EXPECT_OK(give(&w, 104, 4, LEDGER_NEVER));
    world_advance(&w, 10);
    EXPECT_OK(ledger_list_due(&w.ctx, (account_id){0}, 100, &lines, &count));
    EXPECT_INT(3, count);
    EXPECT_INT(ALICE, lines[0].owner);
    EXPECT_INT(-1, lines[0].amount);
    EXPECT_INT(ALICE, lines[1].owner);
    EXPECT_INT(BOB, lines[2].owner);
    EXPECT_OK(ledger_list_due(&w.ctx, (account_id){BOB}, 100, &lines, &count));
    EXPECT_INT(1, count);
    EXPECT_OK(ledger_list_due(&w.ctx, (account_id){0}, 2, &lines, &count));
    EXPECT_INT(2, count);
    world_close(&w);
}

/* ---- races ---- */

enum { RACERS = 4, TRIES = 30, EACH = 2, THERE = 100 };
struct outcome {
    int spent, refused, other;
};

static void
spend_again_and_again(struct ctx *ctx, int number, void *arg)
{
    struct outcome *outcome = (struct outcome *)arg + number;

    for (int i = 0; i < TRIES; i++) {
        struct taking taking = {.id = 10000 + number * 1000 + i, .amount = EACH};
        enum err err = race_write(ctx, take_body, &taking);

        outcome->spent += err == OK;
        outcome->refused += err == ERR_LEDGER_SHORT;
        outcome->other += err != OK && err != ERR_LEDGER_SHORT;
    }
}

TEST(tills_that_spend_the_same_points_at_once_spend_them_once)
{
    struct world w = shop();
    struct outcome outcomes[RACERS] = {0};
    struct outcome all = {0};

    EXPECT_OK(give(&w, 100, THERE - 1, LEDGER_NEVER));
    EXPECT_OK(give(&w, 101, 1, WORLD_NOW_US + 1000));
    race_run(&w, RACERS, spend_again_and_again, outcomes);
    for (int i = 0; i < RACERS; i++) {
        all.spent += outcomes[i].spent;
        all.refused += outcomes[i].refused;
        all.other += outcomes[i].other;
    }
    EXPECT_INT(THERE / EACH, all.spent);
    EXPECT_INT(RACERS * TRIES - THERE / EACH, all.refused);
    EXPECT_INT(0, all.other);
    EXPECT_INT(0, balance_of(&w, ALICE));
    EXPECT_INT(THERE, sum_of(&w, BOOK_TAKEN));
    world_close(&w);
}

TESTS(RUN(a_transfer_moves_what_one_loses_to_the_other),
      RUN(a_transfer_takes_the_merchants_next_sequence),
      RUN(an_overdraft_is_refused_and_leaves_no_trace),
      RUN(the_same_transfer_twice_changes_nothing), RUN(an_id_names_one_transfer_for_ever),
      RUN(another_merchants_account_is_unknown), RUN(an_account_of_another_unit_is_refused),
      RUN(a_closed_account_takes_nothing), RUN(a_balance_has_a_ceiling_and_a_debt_ends_at_zero),
      RUN(opening_an_account_again_changes_nothing),
      RUN(carry_and_lifetime_are_noted_with_the_transfer_or_alone),
      RUN(the_lines_of_a_transfer_can_be_read_again), RUN(what_expires_first_is_spent_first),
      RUN(a_preferred_lot_is_emptied_before_the_others),
      RUN(a_reverse_restores_an_emptied_lot_with_its_expiry),
      RUN(a_lot_emptied_by_somebody_else_is_a_lost_race),
      RUN(many_small_lots_are_chosen_in_order_up_to_the_most_that_a_transfer_takes),
      RUN(what_is_due_is_listed_account_by_account),
      RUN(tills_that_spend_the_same_points_at_once_spend_them_once))
