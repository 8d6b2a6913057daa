/* fuzz_ids — a text that id_parse accepts is exactly the text that id_format gives. */
#include "base/arena.h"
#include "base/ids.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct str text = {(const char *)data, size};
    int64_t id = 0;
    char number[13];

    if (size > 64) return 0;
    arena_open(&arena, 1 << 20);
    for (int kind = 0; kind < ID_KIND_COUNT; kind++) {
        if (id_parse((enum id_kind)kind, text, &id) != OK) continue;
        ASSERT(id > 0);
        ASSERT(str_is(text, id_format(&arena, (enum id_kind)kind, id)));
    }
    if (id_parse_base32(text, &id) == OK) {
        id_base32(id, number);
        ASSERT(str_is(text, (struct str){number, sizeof number}));
    }
    arena_close(&arena);
    return 0;
}
