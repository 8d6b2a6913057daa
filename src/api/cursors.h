/*
 * cursors — where the next page begins, as a text that only this server makes.
 *
 * A cursor is the last id of a page and a keyed digest of it, of the list it belongs to and of the
 * merchant: a cursor made up, or taken from another list, is refused instead of giving nonsense.
 */
#pragma once
#include "base/json.h"

/* Puts "cursor" after a full page; the last page may turn out to be empty. */
struct cursor_page {
    const char *list; /* "customers" */
    int count, limit;
    int64_t last; /* the last id on the page */
};
void json_put_cursor(struct ctx *ctx, struct json_out *out, const struct cursor_page *page);

/* An empty text leaves *after as it is. Errors: ERR_CURSOR_MALFORMED, field "cursor" */
MUST_USE enum err cursor_parse(struct ctx *ctx, const char *list, struct str text, int64_t *after);

/* The same of a list that is sorted by more than its ids. */
enum { CURSOR_NAME_MAX = 100, CURSOR_TEXT_MAX = 2 * (24 + CURSOR_NAME_MAX) };
struct cursor_place {
    int64_t id, key;
    struct str name; /* at most CURSOR_NAME_MAX bytes */
};
void json_put_place(struct ctx *ctx, struct json_out *out, const char *list,
                    const struct cursor_place *place);
/* Errors: as cursor_parse */
MUST_USE enum err cursor_parse_place(struct ctx *ctx, const char *list, struct str text,
                                     struct cursor_place *place);
