/* credit_test — credit notes: made, found, spent to the cent, given back, ended. */
#include "base/clock.h"
#include "core/credit/credit.h"
#include "core/ledger/audit.h"
#include "core/ledger/ledger.h"
#include "support/race.h"
#include "support/test.h"
#include <stdio.h>

static const customer_id anna = {71}, bruno = {72};

/* ---- requests, each undone when it is refused ---- */

static enum err
run_issue(struct ctx *ctx, void *arg)
{
    return credit_issue(ctx, arg);
}

struct spending {
    credit_note_id note;
    int64_t amount_minor;
    transfer_id transfer, back;
    enum err result;
};

static enum err
run_spend(struct ctx *ctx, void *arg)
{
    struct spending *spending = arg;

    return credit_spend(ctx, spending->note, spending->amount_minor, &spending->transfer);
}

static enum err
run_give_back(struct ctx *ctx, void *arg)
{
    struct spending *spending = arg;

    return credit_give_back(ctx, spending->note, spending->transfer, &spending->back);
}

static enum err
run_end(struct ctx *ctx, void *arg)
{
    return credit_end(ctx, *(credit_note_id *)arg);
}

static struct credit_note
issue(struct world *w, struct credit_note note)
{
    EXPECT_OK(world_write(w, run_issue, &note));
    return note;
}

static struct credit_note
find(struct world *w, credit_note_id id)
{
    struct credit_note note;

    EXPECT_OK(credit_find(&w->ctx, id, &note));
    return note;
}

static struct spending
spend(struct world *w, credit_note_id note, int64_t amount_minor)
{
    struct spending spending = {.note = note, .amount_minor = amount_minor};

    EXPECT_OK(world_write(w, run_spend, &spending));
    return spending;
}

static enum err
refusal(struct world *w, credit_note_id note, int64_t amount_minor)
{
    struct spending spending = {.note = note, .amount_minor = amount_minor};

    return world_write(w, run_spend, &spending);
}

static int
expire(struct world *w)
{
    int expired = 0;

    WORLD_TX(w) EXPECT_OK(credit_expire(&w->ctx, 10, &expired));
    return expired;
}

static void
tell(void *self, const char *sentence)
{
    (void)self;
    printf("%s\n", sentence);
}

static void
expect_honest(struct world *w)
{
    struct ledger_audit found = {0};

    EXPECT_OK(ledger_audit(&w->ctx, tell, NULL, &found));
    EXPECT_INT(0, found.differences);
}

/* ---- made and found ---- */

TEST(a_note_is_worth_its_amount_and_found_by_its_code)
{
    struct world w = world_open();
    struct credit_note note = issue(&w, (struct credit_note){.customer = anna,
                                                             .amount_minor = 1250,
                                                             .reason = CREDIT_REFUND,
                                                             .note = STR("A burnt cake"),
                                                             .order = {9}});
    struct credit_note found;

    EXPECT_OK(credit_find_by_code(&w.ctx, note.code, &found));
    EXPECT_INT(note.id.v, found.id.v);
    EXPECT_INT(anna.v, found.customer.v);
    EXPECT_INT(1250, found.amount_minor);
    EXPECT_INT(1250, found.balance_minor);
    EXPECT_INT(CREDIT_REFUND, found.reason);
    EXPECT_STR("A burnt cake", found.note);
    EXPECT_INT(9, found.order.v);
    EXPECT_INT(0, found.expires_us);
    EXPECT_INT(0, found.ended_us);
    struct str scanned = str_format(w.ctx.arena, "%s%.*s", CREDIT_CODE_PREFIX, STR_ARG(note.code));
    EXPECT_OK(credit_find_by_code(&w.ctx, scanned, &found));
    expect_honest(&w);
    world_close(&w);
}

TEST(an_absent_note_is_unknown_and_so_is_another_merchants)
{
    struct world w = world_open();
    struct credit_note note = issue(&w, (struct credit_note){.amount_minor = 100}), found;

    EXPECT_ERR(ERR_CREDIT_NOTE_UNKNOWN, credit_find(&w.ctx, (credit_note_id){5}, &found));
    EXPECT_ERR(ERR_CREDIT_NOTE_UNKNOWN, credit_find_by_code(&w.ctx, STR("guess"), &found));
    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_ERR(ERR_CREDIT_NOTE_UNKNOWN, credit_find_by_code(&w.ctx, note.code, &found));
    EXPECT_ERR(ERR_CREDIT_NOTE_UNKNOWN, refusal(&w, note.id, 1));
    EXPECT_ERR(ERR_CREDIT_NOTE_UNKNOWN, world_write(&w, run_end, &note.id));
    world_close(&w);
}

TEST(what_can_be_spent_is_listed_by_what_expires_first)
{
    struct world w = world_open();
    struct credit_note endless =
        issue(&w, (struct credit_note){.customer = anna, .amount_minor = 1});
    struct credit_note late =
        issue(&w, (struct credit_note){.customer = anna,
                                       .amount_minor = 2,
                                       .expires_us = WORLD_NOW_US + 2 * CLOCK_DAY_US});
    struct credit_note soon = issue(
        &w, (struct credit_note){
                .customer = anna, .amount_minor = 3, .expires_us = WORLD_NOW_US + CLOCK_DAY_US});
    struct credit_note spent = issue(&w, (struct credit_note){.customer = anna, .amount_minor = 4});
    struct credit_note *notes;
    int count;

    issue(&w, (struct credit_note){.customer = bruno, .amount_minor = 5});
    spend(&w, spent.id, 4);
    EXPECT_OK(credit_list(&w.ctx, anna, CREDIT_SPENDABLE, &notes, &count));
    EXPECT_INT(3, count);
    EXPECT_INT(soon.id.v, notes[0].id.v);
    EXPECT_INT(late.id.v, notes[1].id.v);
    EXPECT_INT(endless.id.v, notes[2].id.v);
    EXPECT_OK(credit_list(&w.ctx, anna, CREDIT_ALL, &notes, &count));
    EXPECT_INT(4, count);
    EXPECT_INT(spent.id.v, notes[0].id.v);
    world_close(&w);
}

/* ---- spending ---- */

TEST(a_note_is_spent_in_parts_and_never_below_nothing)
{
    struct world w = world_open();
    struct credit_note note = issue(&w, (struct credit_note){.amount_minor = 1000});

    spend(&w, note.id, 300);
    EXPECT_ERR(ERR_CREDIT_SHORT, refusal(&w, note.id, 701));
    EXPECT_INT(700, find(&w, note.id).balance_minor);
    spend(&w, note.id, 700);
    EXPECT_ERR(ERR_CREDIT_SHORT, refusal(&w, note.id, 1));
    EXPECT_INT(0, find(&w, note.id).balance_minor);
    expect_honest(&w);
    world_close(&w);
}

TEST(what_was_spent_comes_back_whole)
{
    struct world w = world_open();
    struct credit_note note = issue(&w, (struct credit_note){.amount_minor = 1000});
    struct spending spending = spend(&w, note.id, 650);

    EXPECT_OK(world_write(&w, run_give_back, &spending));
    EXPECT_INT(1000, find(&w, note.id).balance_minor);
    EXPECT_TRUE(spending.back.v != spending.transfer.v);
    spending.transfer.v = 5;
    EXPECT_ERR(ERR_LEDGER_TRANSFER_UNKNOWN, world_write(&w, run_give_back, &spending));
    expect_honest(&w);
    world_close(&w);
}

static void
tap_spend(struct ctx *ctx, int number, void *arg)
{
    struct spending *spending = (struct spending *)arg + number;

    spending->result = race_write(ctx, run_spend, spending);
}

TEST(of_tills_that_spend_a_note_at_once_one_succeeds)
{
    enum { TILLS = 4 };
    struct world w = world_open();
    struct credit_note note = issue(&w, (struct credit_note){.amount_minor = 1000});
    struct spending tills[TILLS] = {0};
    int spent = 0, refused = 0;

    for (int i = 0; i < TILLS; i++) {
        tills[i].note = note.id;
        tills[i].amount_minor = 600;
    }
    race_run(&w, TILLS, tap_spend, tills);
    for (int i = 0; i < TILLS; i++) {
        spent += tills[i].result == OK;
        refused += tills[i].result == ERR_CREDIT_SHORT;
    }
    EXPECT_INT(1, spent);
    EXPECT_INT(TILLS - 1, refused);
    EXPECT_INT(400, find(&w, note.id).balance_minor);
    expect_honest(&w);
    world_close(&w);
}

/* ---- ending ---- */

TEST(a_note_past_its_time_is_spent_no_more_and_ended)
{
    struct world w = world_open();
    struct credit_note note = issue(
        &w, (struct credit_note){.amount_minor = 1000, .expires_us = WORLD_NOW_US + CLOCK_DAY_US});

    spend(&w, note.id, 200);
    EXPECT_INT(0, expire(&w));
    world_advance(&w, CLOCK_DAY_US);
    EXPECT_ERR(ERR_CREDIT_NOTE_ENDED, refusal(&w, note.id, 1));
    EXPECT_INT(1, expire(&w));
    EXPECT_INT(0, expire(&w));
    EXPECT_INT(0, find(&w, note.id).balance_minor);
    EXPECT_INT(w.ctx.now_us, find(&w, note.id).ended_us);
    expect_honest(&w);
    world_close(&w);
}

TEST(a_withdrawn_note_has_nothing_left)
{
    struct world w = world_open();
    struct credit_note note = issue(&w, (struct credit_note){.amount_minor = 1000});

    EXPECT_OK(world_write(&w, run_end, &note.id));
    EXPECT_OK(world_write(&w, run_end, &note.id)); /* once is enough */
    EXPECT_INT(0, find(&w, note.id).balance_minor);
    EXPECT_ERR(ERR_CREDIT_NOTE_ENDED, refusal(&w, note.id, 1));
    expect_honest(&w);
    world_close(&w);
}

/* An order that is undone a month later: the time between does not count. */
TEST(what_comes_back_after_its_time_has_as_long_left_as_it_had)
{
    struct world w = world_open();
    struct credit_note note =
        issue(&w, (struct credit_note){.amount_minor = 1000,
                                       .expires_us = WORLD_NOW_US + 10 * CLOCK_DAY_US});
    struct spending spending;

    world_advance(&w, 4 * CLOCK_DAY_US);
    spending = spend(&w, note.id, 700);
    world_advance(&w, 30 * CLOCK_DAY_US);
    EXPECT_INT(1, expire(&w)); /* the other 300 */
    EXPECT_OK(world_write(&w, run_give_back, &spending));
    EXPECT_INT(700, find(&w, note.id).balance_minor);
    EXPECT_INT(0, find(&w, note.id).ended_us);
    EXPECT_INT(w.ctx.now_us + 6 * CLOCK_DAY_US, find(&w, note.id).expires_us);
    spend(&w, note.id, 700);
    expect_honest(&w);
    world_close(&w);
}

TEST(what_was_not_spent_in_time_is_lost_also_when_the_rest_comes_back)
{
    struct world w = world_open();
    struct credit_note note = issue(
        &w, (struct credit_note){.amount_minor = 1000, .expires_us = WORLD_NOW_US + CLOCK_DAY_US});
    struct spending spending = spend(&w, note.id, 700);

    world_advance(&w, 2 * CLOCK_DAY_US); /* the job has not run */
    EXPECT_OK(world_write(&w, run_give_back, &spending));
    EXPECT_INT(700, find(&w, note.id).balance_minor);
    expect_honest(&w);
    world_close(&w);
}

/* ---- people ---- */

TEST(erasing_a_customer_leaves_the_money_to_whoever_has_the_code)
{
    struct world w = world_open();
    struct credit_note note =
        issue(&w, (struct credit_note){
                      .customer = anna, .amount_minor = 1000, .note = STR("Anna's birthday")});

    WORLD_TX(&w) EXPECT_OK(credit_erase_customer(&w.ctx, anna));
    EXPECT_STR("", find(&w, note.id).note);
    EXPECT_OK(credit_find_by_code(&w.ctx, note.code, &note));
    spend(&w, note.id, 1000);
    world_close(&w);
}

TEST(the_note_that_a_reward_became_is_found)
{
    struct world w = world_open();
    struct credit_note note, made = issue(&w, (struct credit_note){.customer = anna,
                                                                   .amount_minor = 500,
                                                                   .reason = CREDIT_REWARD,
                                                                   .reward = {77}});

    EXPECT_OK(credit_find_by_reward(&w.ctx, anna, (reward_id){77}, &note));
    EXPECT_INT(made.id.v, note.id.v);
    EXPECT_OK(credit_find_by_reward(&w.ctx, anna, (reward_id){78}, &note));
    EXPECT_INT(0, note.id.v);
    world_close(&w);
}

TESTS(RUN(a_note_is_worth_its_amount_and_found_by_its_code),
      RUN(an_absent_note_is_unknown_and_so_is_another_merchants),
      RUN(what_can_be_spent_is_listed_by_what_expires_first),
      RUN(a_note_is_spent_in_parts_and_never_below_nothing), RUN(what_was_spent_comes_back_whole),
      RUN(of_tills_that_spend_a_note_at_once_one_succeeds),
      RUN(a_note_past_its_time_is_spent_no_more_and_ended), RUN(a_withdrawn_note_has_nothing_left),
      RUN(what_comes_back_after_its_time_has_as_long_left_as_it_had),
      RUN(what_was_not_spent_in_time_is_lost_also_when_the_rest_comes_back),
      RUN(erasing_a_customer_leaves_the_money_to_whoever_has_the_code),
      RUN(the_note_that_a_reward_became_is_found))
