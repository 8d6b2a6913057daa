/* see cursors.h */
#include "api/cursors.h"
#include "base/hash.h"
#include "base/settings.h"

enum { PLACE_LEN = 8, CHECK_LEN = 8, CURSOR_LEN = PLACE_LEN + CHECK_LEN };

/* What a cursor of this list at this id looks like. */
static void
make_cursor(struct ctx *ctx, const char *list, int64_t id, uint8_t out[static CURSOR_LEN])
{
    uint8_t digest[HASH_LEN];
    struct str key = {(const char *)ctx->settings->server_key, sizeof ctx->settings->server_key};
    struct str place = {(const char *)out, PLACE_LEN};
    struct str list_of =
        str_format(ctx->arena, "cursor %s %lld ", list, (long long)ctx->merchant.v);

    for (int i = 0; i < PLACE_LEN; i++) {
        out[i] = (uint8_t)((uint64_t)id >> (8 * (7 - i)));
    }
    hash_hmac(key, list_of, place, digest);
    memcpy(out + PLACE_LEN, digest, CHECK_LEN);
}

void
json_put_cursor(struct ctx *ctx, struct json_out *out, const struct cursor_page *page)
{
    uint8_t cursor[CURSOR_LEN];

    if (page->count < page->limit) return;
    make_cursor(ctx, page->list, page->last, cursor);
    json_put_text(out, "cursor", hash_hex(ctx->arena, cursor, sizeof cursor));
}

enum err
cursor_parse(struct ctx *ctx, const char *list, struct str text, int64_t *after)
{
    uint8_t given[CURSOR_LEN], expected[CURSOR_LEN];
    uint64_t id = 0;

    if (text.len == 0) return OK;
    if (!hash_parse_hex(text, given, sizeof given)) {
        return fail_field(ctx, ERR_CURSOR_MALFORMED, "cursor");
    }
    for (int i = 0; i < PLACE_LEN; i++) {
        id = id << 8 | given[i];
    }
    make_cursor(ctx, list, (int64_t)id, expected);
    if (!hash_same(given, expected, sizeof given)) {
        return fail_field(ctx, ERR_CURSOR_MALFORMED, "cursor");
    }
    *after = (int64_t)id;
    return OK;
}
