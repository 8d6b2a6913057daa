/*
 * fuzz_periods — a period that is accepted lasts at most a day and covers its own first time or
 * begins later; written and read again it is the same; and nothing is covered after its last day.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/periods.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct period read, again;

    if (size > 512) return 0;
    arena_open(&arena, 1 << 20);
    if (period_parse(&arena, (struct str){(const char *)data, size}, &read) == OK) {
        int64_t last = period_last_day(&read);
        struct str text = period_format(&arena, &read);

        ASSERT(read.lasts_us > 0);
        ASSERT(read.lasts_us <= CLOCK_DAY_US);
        ASSERT(last == 0 || last >= period_first_day(&read));
        ASSERT(last == 0 || !period_covers(&read, (last + 1) * CLOCK_DAY_US));
        ASSERT(!period_covers(&read, read.starts_us - 1));
        ASSERT(period_parse(&arena, text, &again) == OK);
        ASSERT(again.starts_us == read.starts_us);
        ASSERT(again.lasts_us == read.lasts_us);
        ASSERT(again.days == read.days);
        ASSERT(again.until_us == read.until_us);
    }
    arena_close(&arena);
    return 0;
}
