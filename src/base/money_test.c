/* money_test — amounts as people write them, and what is none. */
#include "base/arena.h"
#include "base/money.h"
#include "support/test.h"

static enum err
parse(const char *text, int decimals, int64_t *minor)
{
    struct arena arena;

    arena_open(&arena, 4096);
    enum err err = money_parse(&arena, str_of(text), decimals, minor);
    arena_close(&arena);
    return err;
}

TEST(amounts_are_read_as_they_are_written)
{
    static const struct {
        const char *text;
        int decimals;
        int64_t minor;
    } cases[] = {
        {"12", 2, 1200},
        {"1,2", 2, 120},
        {"1.20", 2, 120},
        {"0", 2, 0},
        {"1 250", 2, 125000},
        {"1\u00A0250,50", 2, 125050},
        {"1\u202F250,5 €", 2, 125050},
        {"1,250", 2, 125000},
        {"1.250", 2, 125000},
        {"1,250.5", 2, 125050},
        {"1.250,50", 2, 125050},
        {"1.250.000", 2, 125000000},
        {"1'250.00", 2, 125000},
        {"0,990", 2, 99},
        {"0.500", 2, 50},
        {"2,5000", 2, 250},
        {"1250.5", 2, 125050},
        {" 3,00 ", 2, 300},
        {"€512,40", 2, 51240},
        {"$12.50", 2, 1250},
        {"EUR 12", 2, 1200},
        {"12 EUR", 2, 1200},
        {"12CHF", 2, 1200},
        {"1,250", 3, 1250000},
        {"1,5", 3, 1500},
        {"980", 0, 980},
        {"980,00", 0, 980},
        {"¥980", 0, 980},
        {"-0,00", 2, 0},
        {"10 000 000 000", 2, MONEY_MAX},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t minor = -1;
        EXPECT_OK(parse(cases[i].text, cases[i].decimals, &minor));
        EXPECT_INT(cases[i].minor, minor);
    }
}

TEST(what_is_no_amount_is_refused)
{
    static const char *const wrong[] = {
        "",    "x",   "1,2,3",     "1 2 5",    "12 50",        "1.25.00",
        "1,",  ",5",  "1.234,567", "12,345,6", "1 250.000,5x", "1e3",
        "--1", "1/2", "1,25 €/kg", "0,005",    "12 50 €",      "1'2",
        "EU",  "EUR", "1 250'000", ".",        "1.5.",
    };

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int64_t minor;
        EXPECT_ERR(ERR_FIELD_VALUE, parse(wrong[i], 2, &minor));
    }
}

TEST(what_is_less_than_nothing_or_too_much_is_out_of_range)
{
    static const char *const wrong[] = {"-1", "-0,01", "€-5", "10 000 000 000,01",
                                        "99999999999999999999999"};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int64_t minor;
        EXPECT_ERR(ERR_FIELD_RANGE, parse(wrong[i], 2, &minor));
    }
}

TESTS(RUN(amounts_are_read_as_they_are_written), RUN(what_is_no_amount_is_refused),
      RUN(what_is_less_than_nothing_or_too_much_is_out_of_range))
