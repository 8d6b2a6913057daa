/* csv_out — see csv_out.h. */
#include "base/csv_out.h"
#include "base/arena.h"
#include "base/check.h"
#include <string.h>

enum { FIRST_ROOM = 4096 };

void
csv_out_open(struct csv_out *out, struct arena *arena, char separator)
{
    ASSERT(separator == ',' || separator == ';');
    *out = (struct csv_out){
        .arena = arena,
        .at = arena_alloc(arena, FIRST_ROOM),
        .room = FIRST_ROOM,
        .separator = separator,
    };
}

static void
put(struct csv_out *out, const char *bytes, size_t len)
{
    size_t room = out->room;

    while (room - out->len < len)
        room *= 2;
    if (room > out->room) {
        out->at = arena_grow(out->arena, out->at, out->room, room);
        out->room = room;
    }
    memcpy(out->at + out->len, bytes, len);
    out->len += len;
}

static bool
needs_quotes(struct str field, char separator)
{
    for (size_t i = 0; i < field.len; i++) {
        char c = field.at[i];

        if (c == separator || c == '"' || c == '\r' || c == '\n') return true;
    }
    return false;
}

void
csv_put(struct csv_out *out, struct str field)
{
    if (out->in_row) put(out, &out->separator, 1);
    out->in_row = true;
    if (field.len == 0) return;
    if (!needs_quotes(field, out->separator)) {
        put(out, field.at, field.len);
        return;
    }
    put(out, "\"", 1);
    for (size_t i = 0; i < field.len; i++) {
        if (field.at[i] == '"') put(out, "\"", 1);
        put(out, &field.at[i], 1);
    }
    put(out, "\"", 1);
}

void
csv_end_row(struct csv_out *out)
{
    put(out, "\r\n", 2);
    out->in_row = false;
}

struct str
csv_out_text(const struct csv_out *out)
{
    return (struct str){out->at, out->len};
}
