/*
 * fuzz_clock — a time that clock_parse accepts lies between 1970 and 2200, and written and read
 * again it is the same to the millisecond.
 */
#include "base/arena.h"
#include "base/clock.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    int64_t at_us, again;

    if (size > 128) return 0;
    arena_open(&arena, 1 << 20);
    if (clock_parse((struct str){(const char *)data, size}, &at_us) == OK) {
        ASSERT(at_us >= 0);
        ASSERT(at_us < INT64_C(7289654400000000));
        ASSERT(clock_parse(clock_format(&arena, at_us), &again) == OK);
        ASSERT(again == at_us / 1000 * 1000);
    }
    arena_close(&arena);
    return 0;
}
