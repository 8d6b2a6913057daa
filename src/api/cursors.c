/* see cursors.h */
#include "api/cursors.h"
#include "base/hash.h"
#include "base/settings.h"

enum { NUMBER_LEN = 8, CHECK_LEN = 8, PLACE_LEN_MAX = 2 * NUMBER_LEN + CURSOR_NAME_MAX };
_Static_assert(CURSOR_TEXT_MAX == 2 * (PLACE_LEN_MAX + CHECK_LEN), "two digits a byte");

static void
put_number(uint8_t *at, int64_t number)
{
    for (int i = 0; i < NUMBER_LEN; i++) {
        at[i] = (uint8_t)((uint64_t)number >> (8 * (7 - i)));
    }
}

static int64_t
read_number(const uint8_t *at)
{
    uint64_t number = 0;

    for (int i = 0; i < NUMBER_LEN; i++) {
        number = number << 8 | at[i];
    }
    return (int64_t)number;
}

/* Puts behind a place what proves that this server made it, of this list. */
static void
put_check(struct ctx *ctx, const char *list, uint8_t *place, size_t len)
{
    uint8_t digest[HASH_LEN];
    struct str key = {(const char *)ctx->settings->server_key, sizeof ctx->settings->server_key};
    struct str list_of =
        str_format(ctx->arena, "cursor %s %lld ", list, (long long)ctx->merchant.v);

    hash_hmac(key, list_of, (struct str){(const char *)place, len}, digest);
    memcpy(place + len, digest, CHECK_LEN);
}

static enum err
read_checked(struct ctx *ctx, const char *list, struct str text, uint8_t *place, size_t len)
{
    uint8_t expected[PLACE_LEN_MAX + CHECK_LEN];

    if (!hash_parse_hex(text, place, len + CHECK_LEN)) {
        return fail_field(ctx, ERR_CURSOR_MALFORMED, "cursor");
    }
    memcpy(expected, place, len);
    put_check(ctx, list, expected, len);
    if (hash_same(place, expected, len + CHECK_LEN)) return OK;
    return fail_field(ctx, ERR_CURSOR_MALFORMED, "cursor");
}

void
json_put_cursor(struct ctx *ctx, struct json_out *out, const struct cursor_page *page)
{
    uint8_t cursor[NUMBER_LEN + CHECK_LEN];

    if (page->count < page->limit) return;
    put_number(cursor, page->last);
    put_check(ctx, page->list, cursor, NUMBER_LEN);
    json_put_text(out, "cursor", hash_hex(ctx->arena, cursor, sizeof cursor));
}

enum err
cursor_parse(struct ctx *ctx, const char *list, struct str text, int64_t *after)
{
    uint8_t given[NUMBER_LEN + CHECK_LEN];

    if (text.len == 0) return OK;
    TRY(read_checked(ctx, list, text, given, NUMBER_LEN));
    *after = read_number(given);
    return OK;
}

void
json_put_place(struct ctx *ctx, struct json_out *out, const char *list,
               const struct cursor_place *place)
{
    uint8_t cursor[PLACE_LEN_MAX + CHECK_LEN];
    size_t len = 2 * NUMBER_LEN + place->name.len;

    ASSERT(place->name.len <= CURSOR_NAME_MAX);
    put_number(cursor, place->id);
    put_number(cursor + NUMBER_LEN, place->key);
    if (place->name.len > 0) memcpy(cursor + 2 * NUMBER_LEN, place->name.at, place->name.len);
    put_check(ctx, list, cursor, len);
    json_put_text(out, "cursor", hash_hex(ctx->arena, cursor, len + CHECK_LEN));
}

enum err
cursor_parse_place(struct ctx *ctx, const char *list, struct str text, struct cursor_place *place)
{
    uint8_t given[PLACE_LEN_MAX + CHECK_LEN];

    if (text.len == 0) return OK;
    if (text.len % 2 != 0 || text.len < 2 * (2 * NUMBER_LEN + CHECK_LEN) ||
        text.len > 2 * sizeof given) {
        return fail_field(ctx, ERR_CURSOR_MALFORMED, "cursor");
    }
    size_t len = text.len / 2 - CHECK_LEN;
    TRY(read_checked(ctx, list, text, given, len));
    place->id = read_number(given);
    place->key = read_number(given + NUMBER_LEN);
    struct str name = {(const char *)given + 2 * NUMBER_LEN, len - 2 * NUMBER_LEN};
    place->name = str_copy(ctx->arena, name);
    return OK;
}
