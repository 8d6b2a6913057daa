/*
 * fuzz_headers — what a header names is found wherever it stands in a list, and nothing else is.
 *
 * The value under test is followed by ours: an encoding that the value does not speak of must then
 * be accepted, a tag must be found. Found inputs live in tests/fuzz/corpus/headers.
 */
#include "base/check.h"
#include "http/header_values.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { VALUE_MAX = 256 };

static bool
holds(struct str text, const char *piece)
{
    size_t len = strlen(piece);

    for (size_t i = 0; i + len <= text.len; i++) {
        if (memcmp(text.at + i, piece, len) == 0) return true;
    }
    return false;
}

static struct str
followed_by(char *room, struct str value, const char *member)
{
    size_t len = strlen(member);

    memcpy(room, value.at, value.len);
    memcpy(room + value.len, member, len);
    return (struct str){room, value.len + len};
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str value = {(const char *)data, size};
    const struct str etag = STR("\"5f2a\"");
    char room[VALUE_MAX + 32];

    if (size > VALUE_MAX) return 0;
    if (header_accepts(value, STR("br"))) ASSERT(holds(value, "br"));
    if (!holds(value, "br")) ASSERT(header_accepts(followed_by(room, value, ", br"), STR("br")));
    if (!holds(value, "br")) {
        ASSERT(!header_accepts(followed_by(room, value, ", br;q=0, br"), STR("br")));
    }
    ASSERT(header_has_etag(followed_by(room, value, ", W/\"5f2a\""), etag));
    if (header_has_etag(value, etag)) ASSERT(holds(value, "\"5f2a\"") || holds(value, "*"));

    struct str token = header_bearer(value);
    ASSERT(token.len == 0 || (token.at >= value.at + 7 && token.at < value.at + value.len));
    ASSERT(str_is(token, str_trim(token)));
    return 0;
}
