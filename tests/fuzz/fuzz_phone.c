/*
 * fuzz_phone — what phone_parse accepts is E.164, and read again gives itself, in any region.
 * The first two bytes of an input are the region.
 */
#include "base/arena.h"
#include "base/phone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
is_e164(struct str s)
{
    if (s.len < 4 || s.len > PHONE_E164_MAX) return false;
    if (s.at[0] != '+' || s.at[1] == '0') return false;
    for (size_t i = 1; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return false;
    }
    return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct str e164, again;

    if (size < 2 || size > 80) return 0;
    struct str region = {(const char *)data, 2};
    struct str text = {(const char *)data + 2, size - 2};
    arena_open(&arena, 1 << 20);
    if (phone_parse(&arena, text, region, &e164) == OK) {
        ASSERT(is_e164(e164));
        ASSERT(phone_parse(&arena, e164, STR("US"), &again) == OK);
        ASSERT(str_is(e164, again));
    }
    arena_close(&arena);
    return 0;
}
