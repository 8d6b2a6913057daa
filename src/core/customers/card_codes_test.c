/* card_codes_test — what a card's QR code says, and how it comes back from scanners and people. */
#include "core/customers/card_codes.h"
#include "core/customers/customers.h"
#include "support/test.h"
#include "support/world.h"
#include <ctype.h>

static customer_id
add_anna(struct world *w)
{
    struct customer anna = {.given_name = STR("Anna")};

    WORLD_TX(w) EXPECT_OK(customers_add(&w->ctx, &anna));
    return anna.id;
}

static struct str
code_of(struct world *w, customer_id customer)
{
    struct str code;

    WORLD_TX(w) EXPECT_OK(card_codes_ensure(&w->ctx, customer, &code));
    return code;
}

static void
expect_found(struct world *w, customer_id wanted, struct str text)
{
    customer_id found;

    EXPECT_OK(card_codes_find(&w->ctx, text, &found));
    EXPECT_INT(wanted.v, found.v);
}

static void
expect_unknown(struct world *w, struct str text)
{
    customer_id found;

    EXPECT_ERR(ERR_CARD_CODE_UNKNOWN, card_codes_find(&w->ctx, text, &found));
    EXPECT_INT(0, found.v);
}

TEST(a_customer_keeps_one_code)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w), leo = add_anna(&w);
    struct str before;

    EXPECT_OK(card_codes_read(&w.ctx, anna, &before));
    EXPECT_STR("", before);
    struct str code = code_of(&w, anna);
    EXPECT_INT(CARD_CODE_LEN, (int64_t)code.len);
    for (size_t i = 0; i < code.len; i++)
        EXPECT_TRUE(isdigit(code.at[i]) || isupper(code.at[i]));
    EXPECT_STR(code, code_of(&w, anna));
    EXPECT_TRUE(!str_is(code, code_of(&w, leo)));
    EXPECT_OK(card_codes_read(&w.ctx, anna, &before));
    EXPECT_STR(code, before);
    world_close(&w);
}

TEST(a_card_that_was_copied_is_found_no_more)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w);
    struct str copied = code_of(&w, anna), renewed;

    WORLD_TX(&w) EXPECT_OK(card_codes_renew(&w.ctx, anna, &renewed));
    expect_unknown(&w, copied);
    expect_found(&w, anna, renewed);
    EXPECT_STR(renewed, code_of(&w, anna));
    world_close(&w);
}

TEST(a_card_is_found_however_it_was_read)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w);
    struct str code = code_of(&w, anna);
    char small[CARD_CODE_LEN];

    for (int i = 0; i < CARD_CODE_LEN; i++)
        small[i] = (char)tolower(code.at[i]);
    struct str lower = {small, sizeof small};
    expect_found(&w, anna, code);
    expect_found(&w, anna, lower);
    expect_found(&w, anna, str_format(w.ctx.arena, "HABITUE:%.*s", STR_ARG(code)));
    expect_found(&w, anna, str_format(w.ctx.arena, " Habitue:%.*s\r\n", STR_ARG(lower)));
    expect_found(&w, anna,
                 str_format(w.ctx.arena, "%.6s-%.6s %.14s", code.at, code.at + 6, code.at + 12));
    world_close(&w);
}

TEST(letters_that_are_taken_for_digits_are_read_as_them)
{
    char code[CARD_CODE_LEN];

    EXPECT_TRUE(card_code_parse(STR("habitue:OoIiLl0123456789ABCDEFGHJK"), code));
    EXPECT_STR("00111101234567"
               "89ABCDEFGHJK",
               ((struct str){code, sizeof code}));
}

TEST(what_is_no_card_is_nobodys)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w);
    struct str code = code_of(&w, anna);

    expect_unknown(&w, STR(""));
    expect_unknown(&w, STR("HABITUE:"));
    expect_unknown(&w, STR("0123456789ABCDEFGHJKMNPQRS"));
    expect_unknown(&w, (struct str){code.at, code.len - 1});
    expect_unknown(&w, str_format(w.ctx.arena, "%.*s0", STR_ARG(code)));
    expect_unknown(&w, str_format(w.ctx.arena, "HABITUE:HABITUE:%.*s", STR_ARG(code)));
    expect_unknown(&w, str_format(w.ctx.arena, "https://x/%.*s", STR_ARG(code)));
    expect_unknown(&w, (struct str){"\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 26});
    expect_unknown(&w, STR("０１２３４５６７８９０１２３４５６７８９０１２３４５"));
    world_close(&w);
}

TEST(another_merchants_card_is_nobodys)
{
    struct world w = world_open();
    struct str code = code_of(&w, add_anna(&w));

    w.ctx.merchant = world_add_merchant(&w);
    expect_unknown(&w, code);
    world_close(&w);
}

TEST(a_removed_customers_card_is_nobodys)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w);
    struct str code = code_of(&w, anna);

    WORLD_TX(&w) EXPECT_OK(customers_remove(&w.ctx, anna));
    expect_unknown(&w, code);
    world_close(&w);
}

TESTS(RUN(a_customer_keeps_one_code), RUN(a_card_that_was_copied_is_found_no_more),
      RUN(a_card_is_found_however_it_was_read),
      RUN(letters_that_are_taken_for_digits_are_read_as_them), RUN(what_is_no_card_is_nobodys),
      RUN(another_merchants_card_is_nobodys), RUN(a_removed_customers_card_is_nobodys))
