/* ledger_audit_test — whatever is changed behind the ledger's back, the audit tells. */
#include "core/ledger/audit.h"
#include "core/ledger/holds.h"
#include "support/test.h"
#include "support/world.h"
#include <string.h>

enum { UNIT = 77, EUR = 978, SHOP = 900, ALICE = 1001, BOB = 1002 };

struct heard {
    char first[256];
    int count;
};

static void
hear(void *self, const char *sentence)
{
    struct heard *heard = self;

    if (heard->count++ == 0) {
        strncpy(heard->first, sentence, sizeof heard->first - 1);
    }
}

static enum err
post(struct ctx *ctx, void *arg)
{
    return ledger_post(ctx, arg);
}

static void
move(struct world *w, int64_t id, int64_t amount, int64_t lot)
{
    const struct ledger_line lines[] = {
        {ALICE, BOOK_POINTS, amount, lot, LEDGER_NEVER},
        {.owner = SHOP, .book = BOOK_EARNED, .amount = -amount},
    };
    struct ledger_transfer transfer = {
        .id = {id},
        .unit = UNIT,
        .reason = amount > 0 ? REASON_EARN : REASON_REFUND,
        .lines = lines,
        .line_count = 2,
        .lifetime_added = amount > 0 ? amount : 0,
    };

    EXPECT_OK(world_write(w, post, &transfer));
}

static void
sell(struct world *w)
{
    const struct ledger_line lines[] = {
        {.owner = BOB, .book = BOOK_MONEY, .amount = 500},
        {.owner = SHOP, .book = BOOK_TOP_UP, .amount = -500},
    };
    struct ledger_transfer top_up = {{200}, EUR, REASON_TOP_UP, 0, lines, 2, 0, 0};
    struct ledger_hold hold = {{50}, BOB, BOOK_MONEY, EUR, 100, WORLD_NOW_US + 1};
    struct ledger_hold pending = {{51}, BOB, BOOK_MONEY, EUR, 30, WORLD_NOW_US + 1};
    struct ledger_hold_posting posting = {{50}, 90, SHOP, BOOK_SALES, {201}};

    EXPECT_OK(world_write(w, post, &top_up));
    WORLD_TX(w)
    {
        EXPECT_OK(ledger_hold_create(&w->ctx, &hold));
        EXPECT_OK(ledger_hold_post(&w->ctx, &posting));
        EXPECT_OK(ledger_hold_create(&w->ctx, &pending));
    }
}

/* A world with points earned and taken, money sold and held. */
static struct world
shop(void)
{
    struct world w = world_open();

    WORLD_TX(&w)
    {
        EXPECT_OK(ledger_open_account(&w.ctx, ALICE, BOOK_POINTS, UNIT, 0));
        EXPECT_OK(ledger_open_account(&w.ctx, BOB, BOOK_MONEY, EUR, 0));
    }
    move(&w, 100, 10, 0);
    move(&w, 101, 20, 0);
    move(&w, 102, -4, 100);
    sell(&w);
    return w;
}

/* Breaks something, and expects that the audit tells of it first. */
static void
expect_told(const char *damage, const char *sentence)
{
    struct world w = shop();
    struct ledger_audit found = {0};
    struct heard heard = {0};

    WORLD_TX(&w) EXPECT_OK(db_run_script(&w.ctx, damage));
    EXPECT_OK(ledger_audit(&w.ctx, hear, &heard, &found));
    EXPECT_STR(sentence, heard.first);
    EXPECT_TRUE(heard.count > 0);
    EXPECT_INT(heard.count, found.differences);
    world_close(&w);
}

TEST(an_honest_ledger_has_no_differences)
{
    struct world w = shop();
    struct ledger_audit found = {0};
    struct heard heard = {0};

    w.ctx.merchant = world_add_merchant(&w);
    WORLD_TX(&w) EXPECT_OK(ledger_open_account(&w.ctx, ALICE, BOOK_POINTS, UNIT, 0));
    move(&w, 100, 3, 0);
    EXPECT_OK(ledger_audit(&w.ctx, hear, &heard, &found));
    EXPECT_STR("", heard.first);
    EXPECT_INT(0, found.differences);
    EXPECT_INT(2, found.merchants);
    EXPECT_INT(3, found.accounts);
    EXPECT_INT(6, found.transfers);
    EXPECT_INT(12, found.lines);
    EXPECT_INT(3, found.lots);
    EXPECT_INT(2, found.holds);
    world_close(&w);
}

TEST(a_changed_balance_is_told)
{
    expect_told("UPDATE ledger_account SET balance = 27 WHERE book = 1 AND lot_id = 0",
                "account acc_00000000000z9, book 1: balance 27, its lines say 26");
}

TEST(a_changed_lot_is_told)
{
    expect_told("UPDATE ledger_account SET balance = 7 WHERE lot_id = 100",
                "account acc_00000000000z9, book 1: balance 26, its lots say 27");
    expect_told("UPDATE ledger_account SET balance = 11 - balance WHERE lot_id = 100;"
                "UPDATE ledger_account SET balance = 21 WHERE lot_id = 101",
                "account acc_00000000000z9, lot 100: remaining 5, its lines say 6");
}

TEST(a_lost_lot_is_told)
{
    expect_told("DELETE FROM ledger_account WHERE lot_id = 100",
                "account acc_00000000000z9, book 1: balance 26, its lots say 20");
}

TEST(a_lot_from_nowhere_is_told)
{
    expect_told("INSERT INTO ledger_account"
                "  (merchant_id, owner_id, book, expires_us, lot_id, unit, balance, floor)"
                " SELECT merchant_id, owner_id, 1, 5, 999, unit, 5, 0"
                "   FROM ledger_account WHERE book = 1 AND lot_id = 0",
                "account acc_00000000000z9, lot 999: remaining 5, nothing made it: 0");
}

TEST(a_changed_line_is_told)
{
    expect_told("UPDATE ledger_line SET amount = 11 WHERE transfer_id = 100 AND line = 0",
                "transfer evt_0000000000034, lines 2: sum 1, it should be 0");
}

TEST(a_lost_line_is_told)
{
    expect_told("DELETE FROM ledger_line WHERE transfer_id = 100",
                "transfer evt_0000000000034, lines 0: sum 0, it should be 0");
}

TEST(a_lost_transfer_is_told)
{
    expect_told("DELETE FROM ledger_transfer WHERE id = 102",
                "transfer evt_0000000000036, line 0: amount -4, it has no head: 0");
}

TEST(a_changed_unit_is_told)
{
    expect_told("UPDATE ledger_account SET unit = 78 WHERE book = 1",
                "account acc_00000000000z9, book 1: unit 78, its transfer's is 77");
}

TEST(a_lost_account_is_told)
{
    expect_told("DELETE FROM ledger_account WHERE book = 1",
                "account acc_00000000000z9, book 1: unit 0, its transfer's is 77");
}

TEST(a_changed_held_amount_is_told)
{
    expect_told("UPDATE ledger_account SET held = 31 WHERE book = 3",
                "account acc_00000000000za, book 3: held 31, its pending holds say 30");
}

TEST(a_changed_lifetime_is_told)
{
    expect_told("UPDATE ledger_account SET lifetime = 31 WHERE book = 1",
                "account acc_00000000000z9, book 1: lifetime 31, its earnings say 30");
}

TEST(a_posted_hold_without_its_transfer_is_told)
{
    expect_told("UPDATE ledger_hold SET posted = 80 WHERE id = 50",
                "hold hld_000000000001j, book 3: posted 0, it says 80");
}

TESTS(RUN(an_honest_ledger_has_no_differences), RUN(a_changed_balance_is_told),
      RUN(a_changed_lot_is_told), RUN(a_lost_lot_is_told), RUN(a_lot_from_nowhere_is_told),
      RUN(a_changed_line_is_told), RUN(a_lost_line_is_told), RUN(a_lost_transfer_is_told),
      RUN(a_changed_unit_is_told), RUN(a_lost_account_is_told), RUN(a_changed_held_amount_is_told),
      RUN(a_changed_lifetime_is_told), RUN(a_posted_hold_without_its_transfer_is_told))
