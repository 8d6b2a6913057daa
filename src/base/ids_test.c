/* ids_test — ids grow, never repeat, and have one text each. */
#include "base/arena.h"
#include "base/ctx.h"
#include "base/ids.h"
#include "support/test.h"
#include <pthread.h>
#include <stdlib.h>

#define NOW_US INT64_C(1772445600123456)

TEST(ids_grow_also_when_the_clock_stands_still_or_goes_back)
{
    struct id_source source = {.node = 5};
    struct ctx ctx = {.ids = &source, .now_us = NOW_US};
    int64_t last = 0;

    for (int i = 0; i < 20000; i++) {
        int64_t id = id_next(&ctx);
        EXPECT_TRUE(id > last);
        EXPECT_INT(5, id >> 12 & 1023);
        last = id;
        ctx.now_us -= 1000;
    }
}

TEST(an_id_tells_the_millisecond_it_was_made_in)
{
    struct id_source source = {0};
    struct ctx ctx = {.ids = &source, .now_us = NOW_US};

    int64_t id = id_next(&ctx);
    EXPECT_INT(NOW_US / 1000 * 1000, id_at_us(id));
    EXPECT_TRUE(id_floor_at(NOW_US) <= id);
    EXPECT_TRUE(id_floor_at(NOW_US + 1000) > id);
}

TEST(a_clock_before_our_time_still_gives_ids)
{
    struct id_source source = {0};
    struct ctx ctx = {.ids = &source, .now_us = 0};

    EXPECT_TRUE(id_next(&ctx) > 0);
}

enum { THREADS = 4, IDS_EACH = 20000 };

struct maker {
    struct id_source *source;
    int64_t made[IDS_EACH];
};

static void *
make_ids(void *arg)
{
    struct maker *maker = arg;
    struct ctx ctx = {.ids = maker->source, .now_us = NOW_US};

    for (int i = 0; i < IDS_EACH; i++)
        maker->made[i] = id_next(&ctx);
    return NULL;
}

static int
compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a;
    int64_t right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

TEST(threads_share_a_source_and_never_get_the_same_id)
{
    static struct maker makers[THREADS];
    static int64_t all[THREADS * IDS_EACH];
    struct id_source source = {0};
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++) {
        makers[i].source = &source;
        EXPECT_INT(0, pthread_create(&threads[i], NULL, make_ids, &makers[i]));
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        memcpy(all + i * IDS_EACH, makers[i].made, sizeof makers[i].made);
    }
    qsort(all, THREADS * IDS_EACH, sizeof all[0], compare);
    for (int i = 1; i < THREADS * IDS_EACH; i++)
        EXPECT_TRUE(all[i] != all[i - 1]);
}

TEST(texts_are_read_back_and_nothing_else_is)
{
    struct arena arena;
    int64_t id = 0;

    arena_open(&arena, 1 << 20);
    EXPECT_STR("cus_7zzzzzzzzzzzz", id_format(&arena, ID_customer, INT64_MAX));
    EXPECT_STR("ord_0000000000001", id_format(&arena, ID_order, 1));
    EXPECT_STR("", id_format(&arena, ID_order, 0));
    EXPECT_OK(id_parse(ID_customer, STR("cus_7zzzzzzzzzzzz"), &id));
    EXPECT_INT(INT64_MAX, id);

    const struct str bad[] = {
        STR(""),
        STR("cus"),
        STR("cus_"),
        STR("ord_0000000000001"),  /* another kind */
        STR("cus-0000000000001"),  /* */
        STR("cus_0000000000000"),  /* none */
        STR("cus_8000000000000"),  /* 64 bits */
        STR("cus_000000000000"),   /* too short */
        STR("cus_00000000000001"), /* too long */
        STR("cus_000000000000A"),  /* capital */
        STR("cus_000000000000u"),  /* not in the alphabet */
        STR("cus_00000000000\0001"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        EXPECT_ERR(ERR_ID_MALFORMED, id_parse(ID_customer, bad[i], &id));
    EXPECT_INT(INT64_MAX, id);
    arena_close(&arena);
}

TEST(a_text_says_of_what_kind_it_is)
{
    struct arena arena;
    enum id_kind kind;
    int64_t id = 0;

    arena_open(&arena, 1 << 16);
    for (int i = 0; i < ID_KIND_COUNT; i++) {
        struct str text = id_format(&arena, (enum id_kind)i, 77);

        EXPECT_OK(id_parse_any(text, &kind, &id));
        EXPECT_INT(i, kind);
        EXPECT_INT(77, id);
        EXPECT_TRUE(id_kind_of(id_prefix((enum id_kind)i), &kind));
        EXPECT_INT(i, kind);
    }
    EXPECT_ERR(ERR_ID_MALFORMED, id_parse_any(STR(""), &kind, &id));
    EXPECT_ERR(ERR_ID_MALFORMED, id_parse_any(STR("cu"), &kind, &id));
    EXPECT_ERR(ERR_ID_MALFORMED, id_parse_any(STR("zzz_0c4n8k2m7q9zv"), &kind, &id));
    EXPECT_ERR(ERR_ID_MALFORMED, id_parse_any(STR("cus_short"), &kind, &id));
    arena_close(&arena);
}

TESTS(RUN(ids_grow_also_when_the_clock_stands_still_or_goes_back),
      RUN(an_id_tells_the_millisecond_it_was_made_in), RUN(a_clock_before_our_time_still_gives_ids),
      RUN(threads_share_a_source_and_never_get_the_same_id),
      RUN(texts_are_read_back_and_nothing_else_is), RUN(a_text_says_of_what_kind_it_is))
