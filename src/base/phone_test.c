/* phone_test — numbers as people type them. */
#include "base/arena.h"
#include "base/phone.h"
#include "support/test.h"
#include <pthread.h>

static struct arena arena;

static struct str
parsed(struct str text, struct str region)
{
    struct str e164 = STR("");

    EXPECT_OK(phone_parse(&arena, text, region, &e164));
    return e164;
}

TEST(one_number_has_many_ways_to_be_written)
{
    arena_open(&arena, 1 << 20);
    EXPECT_STR("+33612345678", parsed(STR("06 12 34 56 78"), STR("FR")));
    EXPECT_STR("+33612345678", parsed(STR("06.12.34.56.78"), STR("FR")));
    EXPECT_STR("+33612345678", parsed(STR(" 0612345678\n"), STR("FR")));
    EXPECT_STR("+33612345678", parsed(STR("+33 (0)6 12 34 56 78"), STR("US")));
    EXPECT_STR("+33612345678", parsed(STR("0033612345678"), STR("FR")));
    EXPECT_STR("+4520123456", parsed(STR("20 12 34 56"), STR("DK")));
    EXPECT_STR("+14155551234", parsed(STR("(415) 555-1234"), STR("US")));
    EXPECT_STR("+390612345678", parsed(STR("06 12345678"), STR("IT"))); /* keeps its zero */
    arena_close(&arena);
}

TEST(what_no_telephone_could_have_is_refused)
{
    const struct str bad[] = {
        STR(""),
        STR("   "),
        STR("06 12 34 56 7"),    /* too short */
        STR("06 12 34 56 78 9"), /* too long */
        STR("00 00 00 00 00"),
        STR("+999 612345678"), /* no such country */
        STR("06 12 34 56 78 ext. 5"),
        STR("1-800-FLOWERS"),
        STR("tel:+33612345678"),
        STR("+33612345678;+33612345679"),
        STR("06 12 34\0 56 78"),
        STR("06 12 34 56 \xff"),
        STR("12345678901234567890123456789012345678901"), /* over the limit */
    };
    struct str e164 = STR("untouched");

    arena_open(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        EXPECT_ERR(ERR_PHONE_NUMBER_INVALID, phone_parse(&arena, bad[i], STR("FR"), &e164));
    }
    EXPECT_ERR(ERR_PHONE_NUMBER_INVALID, phone_parse(&arena, STR("0612345678"), STR(""), &e164));
    EXPECT_ERR(ERR_PHONE_NUMBER_INVALID, phone_parse(&arena, STR("0612345678"), STR("QQ"), &e164));
    EXPECT_STR("untouched", e164);
    arena_close(&arena);
}

static void *
parse_many(void *arg)
{
    struct arena own;
    int *right = arg;

    arena_open(&own, 1 << 20);
    for (int i = 0; i < 300; i++) {
        struct str e164 = STR("");
        enum err err = phone_parse(&own, STR("06 12 34 56 78"), STR("FR"), &e164);
        *right += err == OK && str_is(e164, STR("+33612345678"));
        arena_reset(&own);
    }
    arena_close(&own);
    return NULL;
}

TEST(threads_parse_at_the_same_time)
{
    pthread_t threads[4];
    int right[4] = {0};

    for (int i = 0; i < 4; i++)
        EXPECT_INT(0, pthread_create(&threads[i], NULL, parse_many, &right[i]));
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        EXPECT_INT(300, right[i]);
    }
}

TESTS(RUN(one_number_has_many_ways_to_be_written), RUN(what_no_telephone_could_have_is_refused),
      RUN(threads_parse_at_the_same_time))
