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

        if (c == separator || c == '"' || c == '\r' || c == '\n' || c == '\t') return true;
    }
    return false;
}

/* prefix: stands in front of the field, within its quotes. */
static void
put_field(struct csv_out *out, struct str prefix, struct str field)
{
    bool quoted = needs_quotes(field, out->separator);

    if (out->in_row) put(out, &out->separator, 1);
    out->in_row = true;
    if (quoted) put(out, "\"", 1);
    put(out, prefix.at, prefix.len);
    for (size_t i = 0; i < field.len; i++) {
        if (field.at[i] == '"') put(out, "\"", 1);
        put(out, &field.at[i], 1);
    }
    if (quoted) put(out, "\"", 1);
}

void
csv_put_mark(struct csv_out *out)
{
    ASSERT(out->len == 0);
    put(out, "\xEF\xBB\xBF", 3);
}

void
csv_put(struct csv_out *out, struct str field)
{
    put_field(out, STR(""), field);
}

void
csv_put_text(struct csv_out *out, struct str field)
{
    bool is_formula = field.len > 0 && strchr("=+-@\t\r", field.at[0]) != NULL;

    put_field(out, is_formula ? STR("'") : STR(""), field);
}

void
csv_put_amount(struct csv_out *out, int64_t minor, struct csv_money money)
{
    char text[32];
    size_t at = sizeof text;

    ASSERT(minor >= 0);
    ASSERT(money.decimals >= 0);
    for (int digit = 0; minor > 0 || digit <= money.decimals; digit++) {
        if (digit == money.decimals && digit > 0) text[--at] = money.mark;
        text[--at] = (char)('0' + minor % 10);
        minor /= 10;
    }
    put_field(out, STR(""), (struct str){text + at, sizeof text - at});
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
