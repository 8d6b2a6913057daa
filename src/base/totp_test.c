/* totp_test — the codes of RFC 6238 and RFC 4226, clocks that are not alike, addresses for apps. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/totp.h"
#include "support/test.h"

static const uint8_t rfc_secret[] = "12345678901234567890";

static struct str
code_at(struct arena *arena, int64_t step)
{
    char code[TOTP_DIGITS + 1];

    totp_code(rfc_secret, step, code);
    return str_copy(arena, str_of(code));
}

/* Appendix B of RFC 6238 has eight digits; ours are the last six of them. */
TEST(the_codes_of_rfc_6238)
{
    static const struct {
        int64_t at_s;
        const char *code;
    } given[] = {
        {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
        {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
    };
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++) {
        int64_t step = totp_step_at(given[i].at_s * CLOCK_SECOND_US);
        EXPECT_STR(given[i].code, code_at(&arena, step));
    }
    arena_close(&arena);
}

/* Appendix D of RFC 4226: the same secret, steps from 0. */
TEST(the_codes_of_rfc_4226)
{
    static const char *const given[] = {"755224", "287082", "359152", "969429", "338314",
                                        "254676", "287922", "162583", "399871", "520489"};
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    for (int i = 0; i < 10; i++)
        EXPECT_STR(given[i], code_at(&arena, i));
    arena_close(&arena);
}

static bool
matches(const char *code, int64_t step, int64_t used)
{
    struct totp_try tried = {
        .secret = rfc_secret,
        .code = str_of(code),
        .at_us = step * 30 * CLOCK_SECOND_US + 29 * CLOCK_SECOND_US,
        .used = used,
    };
    int64_t found;

    return totp_match(&tried, &found);
}

TEST(a_clock_may_be_a_step_away_and_no_more)
{
    EXPECT_TRUE(matches("969429", 3, -1));
    EXPECT_TRUE(matches("969429", 2, -1));
    EXPECT_TRUE(matches("969429", 4, -1));
    EXPECT_TRUE(!matches("969429", 1, -1));
    EXPECT_TRUE(!matches("969429", 5, -1));
    EXPECT_TRUE(matches("755224", 0, -1)); /* there is no step before the first */
}

TEST(a_code_up_to_the_last_one_used_counts_no_more)
{
    struct totp_try tried = {
        .secret = rfc_secret, .code = STR("969429"), .at_us = 3 * 30 * CLOCK_SECOND_US, .used = 2};
    int64_t step = 0;

    EXPECT_TRUE(totp_match(&tried, &step));
    EXPECT_INT(3, step);
    EXPECT_TRUE(!matches("969429", 3, 3));
    EXPECT_TRUE(!matches("359152", 3, 3)); /* an older one neither */
    EXPECT_TRUE(matches("338314", 3, 3));
}

TEST(what_is_typed_has_six_signs_and_perhaps_spaces)
{
    EXPECT_TRUE(matches(" 969 429 ", 3, -1));
    EXPECT_TRUE(!matches("96942", 3, -1));
    EXPECT_TRUE(!matches("9694290", 3, -1));
    EXPECT_TRUE(!matches("969-29", 3, -1));
    EXPECT_TRUE(!matches("", 3, -1));
}

TEST(an_app_is_told_the_secret_as_text_and_as_an_address)
{
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    EXPECT_STR("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", totp_secret_text(&arena, rfc_secret));
    EXPECT_STR("otpauth://totp/Caf%C3%A9%20%26%20Co:a.b%2Bc%40d.example"
               "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Caf%C3%A9%20%26%20Co",
               totp_address(&arena, rfc_secret, STR("Café & Co"), STR("a.b+c@d.example")));
    arena_close(&arena);
}

TESTS(RUN(the_codes_of_rfc_6238), RUN(the_codes_of_rfc_4226),
      RUN(a_clock_may_be_a_step_away_and_no_more),
      RUN(a_code_up_to_the_last_one_used_counts_no_more),
      RUN(what_is_typed_has_six_signs_and_perhaps_spaces),
      RUN(an_app_is_told_the_secret_as_text_and_as_an_address))
