/* arena_test — arenas give zeroed memory, and remember what to free. */
#include "base/arena.h"
#include "base/str.h"
#include "support/test.h"

TEST(memory_is_zeroed_and_aligned_also_when_used_again)
{
    struct arena arena;

    arena_open(&arena, 1 << 20);
    for (int round = 0; round < 2; round++) {
        for (size_t size = 1; size < 5000; size += 37) {
            unsigned char *at = arena_alloc(&arena, size);
            EXPECT_INT(0, (int64_t)((uintptr_t)at % _Alignof(max_align_t)));
            for (size_t i = 0; i < size; i++)
                EXPECT_INT(0, at[i]);
            memset(at, 0xAA, size);
        }
        arena_reset(&arena);
    }
    arena_close(&arena);
}

TEST(outgrowing_is_remembered_until_the_reset)
{
    struct arena arena;

    arena_open(&arena, 100);
    arena_alloc(&arena, 100);
    EXPECT_TRUE(!arena_outgrown(&arena));
    arena_alloc(&arena, 1);
    EXPECT_TRUE(arena_outgrown(&arena));
    arena_reset(&arena);
    EXPECT_TRUE(!arena_outgrown(&arena));
    arena_close(&arena);
}

TEST(growing_keeps_the_content_in_place_or_moved)
{
    struct arena arena;

    arena_open(&arena, 1 << 20);
    char *first = arena_alloc(&arena, 3);
    memcpy(first, "abc", 3);
    char *in_place = arena_grow(&arena, first, 3, 1000);
    EXPECT_TRUE(in_place == first);
    arena_alloc(&arena, 1);
    char *moved = arena_grow(&arena, in_place, 1000, 100000);
    EXPECT_TRUE(moved != in_place);
    EXPECT_STR("abc", ((struct str){moved, 3}));
    EXPECT_INT(0, moved[3]);
    EXPECT_INT(0, moved[99999]);
    EXPECT_TRUE(arena_grow(&arena, NULL, 0, 10) != NULL);
    arena_close(&arena);
}

static void
count_release(void *count)
{
    (*(int *)count)++;
}

TEST(what_a_library_made_is_freed_once_at_the_reset_or_the_close)
{
    struct arena arena;
    int released = 0;

    arena_open(&arena, 1 << 20);
    arena_on_reset(&arena, count_release, &released);
    arena_on_reset(&arena, count_release, &released);
    arena_reset(&arena);
    EXPECT_INT(2, released);
    arena_reset(&arena);
    EXPECT_INT(2, released);
    arena_on_reset(&arena, count_release, &released);
    arena_close(&arena);
    EXPECT_INT(3, released);
}

TESTS(RUN(memory_is_zeroed_and_aligned_also_when_used_again),
      RUN(outgrowing_is_remembered_until_the_reset),
      RUN(growing_keeps_the_content_in_place_or_moved),
      RUN(what_a_library_made_is_freed_once_at_the_reset_or_the_close))
