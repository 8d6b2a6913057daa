/*
 * fuzz_gsm — whatever a shop is called, what an SMS says of it is text, no longer than it was, and
 * nothing is left to be changed; what is cut from it has not more signs than were allowed.
 */
#include "base/arena.h"
#include "base/gsm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;

    if (size > 1000) return 0;
    arena_open(&arena, 1 << 20);
    struct str plain = gsm_plain(&arena, (struct str){(const char *)data, size});
    ASSERT(plain.len <= size);
    ASSERT(str_is_text(plain));
    ASSERT(str_is(plain, gsm_plain(&arena, plain)));
    struct str cut = gsm_cut(plain, 30);
    ASSERT(gsm_signs(cut) <= 30);
    ASSERT(str_starts(plain, cut));
    arena_close(&arena);
    return 0;
}
