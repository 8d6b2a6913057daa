/* json_out — the writing half of json.h: into the arena, in order, no tree. */
#include "base/clock.h"
#include "base/json.h"
#include <inttypes.h>
#include <stdio.h>

enum { FIRST_ROOM = 1024 };

void
json_out_open(struct json_out *out, struct arena *arena)
{
    *out = (struct json_out){.arena = arena};
}

struct str
json_out_text(const struct json_out *out)
{
    return (struct str){out->at, out->len};
}

static void
make_room(struct json_out *out, size_t more)
{
    size_t room = out->room ? out->room : FIRST_ROOM;

    if (out->room - out->len >= more) return;
    while (room - out->len < more)
        room *= 2;
    out->at = arena_grow(out->arena, out->at, out->room, room);
    out->room = room;
}

static void
put(struct json_out *out, const char *at, size_t len)
{
    make_room(out, len);
    memcpy(out->at + out->len, at, len);
    out->len += len;
}

static void
put_char(struct json_out *out, char c)
{
    put(out, &c, 1);
}

/* 0: as it is; 'u': as \u00XX; another letter: behind a backslash. */
static char
escape_of(unsigned char c)
{
    switch (c) {
    case '"':
    case '\\':
        return (char)c;
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return c < 0x20 ? 'u' : '\0';
    }
}

static void
put_escaped(struct json_out *out, unsigned char c, char escape)
{
    char text[8] = {'\\', escape};

    if (escape == 'u') snprintf(text, sizeof text, "\\u%04x", c);
    put(out, text, strlen(text));
}

/*
 * Whatever the bytes are, what is written is valid JSON: a byte that belongs to no character
 * becomes U+FFFD, the replacement character.
 */
static void
put_quoted(struct json_out *out, struct str text)
{
    size_t done = 0; /* bytes before it are written */

    put_char(out, '"');
    for (size_t i = 0; i < text.len;) {
        unsigned char c = (unsigned char)text.at[i];
        char escape = escape_of(c);
        size_t len = c < 0x80 ? 1 : str_char_len((struct str){text.at + i, text.len - i});

        if (len > 0 && !escape) {
            i += len;
            continue;
        }
        if (i > done) put(out, text.at + done, i - done);
        if (escape) {
            put_escaped(out, c, escape);
        } else {
            put(out, "\xEF\xBF\xBD", 3);
        }
        done = ++i;
    }
    if (text.len > done) put(out, text.at + done, text.len - done);
    put_char(out, '"');
}

/* What stands before every value: a comma, and its key. */
static void
put_key(struct json_out *out, const char *key)
{
    if (out->comma) put_char(out, ',');
    out->comma = true;
    if (!key) return;
    put_quoted(out, str_of(key));
    put_char(out, ':');
}

static void
open_with(struct json_out *out, const char *key, char bracket)
{
    put_key(out, key);
    put_char(out, bracket);
    out->comma = false;
}

static void
close_with(struct json_out *out, char bracket)
{
    put_char(out, bracket);
    out->comma = true;
}

void
json_put_object(struct json_out *out, const char *key)
{
    open_with(out, key, '{');
}

void
json_put_array(struct json_out *out, const char *key)
{
    open_with(out, key, '[');
}

void
json_end_object(struct json_out *out)
{
    close_with(out, '}');
}

void
json_end_array(struct json_out *out)
{
    close_with(out, ']');
}

void
json_put_text(struct json_out *out, const char *key, struct str value)
{
    put_key(out, key);
    put_quoted(out, value);
}

void
json_put_text_if(struct json_out *out, const char *key, struct str value)
{
    if (value.len > 0) json_put_text(out, key, value);
}

void
json_put_int(struct json_out *out, const char *key, int64_t value)
{
    char text[24];

    put_key(out, key);
    put(out, text, (size_t)snprintf(text, sizeof text, "%" PRId64, value));
}

void
json_put_json(struct json_out *out, const char *key, struct str value)
{
    ASSERT(value.len > 0);
    put_key(out, key);
    put(out, value.at, value.len);
}

void
json_put_bool(struct json_out *out, const char *key, bool value)
{
    put_key(out, key);
    if (value) {
        put(out, "true", 4);
    } else {
        put(out, "false", 5);
    }
}

void
json_put_null(struct json_out *out, const char *key)
{
    put_key(out, key);
    put(out, "null", 4);
}

void
json_put_id(struct json_out *out, const char *key, enum id_kind kind, int64_t id)
{
    if (id == 0) return;
    if (out->first_id == 0) {
        out->first_kind = kind;
        out->first_id = id;
    }
    json_put_text(out, key, id_format(out->arena, kind, id));
}

void
json_put_time(struct json_out *out, const char *key, int64_t at_us)
{
    if (at_us != 0) json_put_text(out, key, clock_format(out->arena, at_us));
}

void
json_put_money(struct json_out *out, const char *key, int64_t minor, struct str currency)
{
    json_put_object(out, key);
    json_put_int(out, "amount", minor);
    json_put_text(out, "currency", currency);
    json_end_object(out);
}
