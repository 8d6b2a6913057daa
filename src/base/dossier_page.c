/* dossier_page — a dossier for the person: a page to read, keep and print. See dossier.h. */
#include "base/arena.h"
#include "base/dossier.h"
#include "base/local.h"

enum { COLUMNS_MAX = 24, FIRST_ROOM = 16384 };

/* ---- text that grows ---- */
struct page {
    const struct dossier *dossier;
    char *at;
    size_t len, room;
};

static void
put(struct page *page, struct str text)
{
    if (page->len + text.len > page->room) {
        size_t room = page->room;

        while (page->len + text.len > room)
            room *= 2;
        page->at = arena_grow(page->dossier->arena, page->at, page->room, room);
        page->room = room;
    }
    memcpy(page->at + page->len, text.at, text.len);
    page->len += text.len;
}

/* What people typed is text, whatever it looks like. */
static void
put_escaped(struct page *page, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (c == '&') {
            put(page, STR("&amp;"));
        } else if (c == '<') {
            put(page, STR("&lt;"));
        } else if (c == '>') {
            put(page, STR("&gt;"));
        } else if (c == '"') {
            put(page, STR("&quot;"));
        } else {
            put(page, (struct str){&c, 1});
        }
    }
}

static void
put_words(struct page *page, const char *key)
{
    const struct dossier *dossier = page->dossier;

    put_escaped(page, words_text(dossier->arena, dossier->language, key, NULL, 0));
}

/* ---- values ---- */

/* What a code means. One that is not here is told as it is. */
static const struct {
    const char *code, *key;
} codes[] = {
    {"ACCUMULATE_POINTS", WORDS_KEY("export.code.accumulate_points")},
    {"ACCUMULATE_PROMOTION_POINTS", WORDS_KEY("export.code.accumulate_promotion_points")},
    {"ADJUST_POINTS", WORDS_KEY("export.code.adjust_points")},
    {"CREATE_REWARD", WORDS_KEY("export.code.create_reward")},
    {"DELETE_REWARD", WORDS_KEY("export.code.delete_reward")},
    {"EXPIRE_POINTS", WORDS_KEY("export.code.expire_points")},
    {"OTHER", WORDS_KEY("export.code.other")},
    {"REDEEM_REWARD", WORDS_KEY("export.code.redeem_reward")},
    {"ISSUED", WORDS_KEY("export.code.issued")},
    {"REDEEMED", WORDS_KEY("export.code.redeemed")},
    {"DELETED", WORDS_KEY("export.code.deleted")},
    {"COMPLETED", WORDS_KEY("export.code.completed")},
    {"CANCELED", WORDS_KEY("export.code.canceled")},
    {"OPEN", WORDS_KEY("export.code.open")},
    {"loyalty_notice", WORDS_KEY("export.code.loyalty_notice")},
    {"card_link", WORDS_KEY("export.code.card_link")},
    {"shown", WORDS_KEY("export.code.shown")},
    {"given", WORDS_KEY("export.code.given")},
    {"withdrawn", WORDS_KEY("export.code.withdrawn")},
    {"refund", WORDS_KEY("export.code.refund")},
    {"reward", WORDS_KEY("export.code.reward")},
    {"gesture", WORDS_KEY("export.code.gesture")},
    {"sms", WORDS_KEY("export.code.sms")},
    {"email", WORDS_KEY("export.code.email")},
    {"waiting", WORDS_KEY("export.code.waiting")},
    {"sent", WORDS_KEY("export.code.sent")},
    {"failed", WORDS_KEY("export.code.failed")},
    {"unknown", WORDS_KEY("export.code.unknown")},
    {"sign_in_code", WORDS_KEY("export.code.sign_in_code")},
    {"looked", WORDS_KEY("export.code.looked")},
    {"changed", WORDS_KEY("export.code.changed")},
    {"gave", WORDS_KEY("export.code.gave")},
    {"pending", WORDS_KEY("export.code.pending")},
    {"put back", WORDS_KEY("export.code.put_back")},
    {"order undone", WORDS_KEY("export.code.order_undone")},
    {"expired", WORDS_KEY("export.code.expired")},
    {"tablet", WORDS_KEY("export.code.tablet")},
    {"till", WORDS_KEY("export.code.till")},
    {"app", WORDS_KEY("export.code.app")},
    {"LOYALTY", WORDS_KEY("export.code.loyalty")},
    {"DIRECTORY", WORDS_KEY("export.code.directory")},
    {"THIRD_PARTY", WORDS_KEY("export.code.third_party")},
};
enum { CODE_COUNT = sizeof codes / sizeof codes[0] };

static void
put_code(struct page *page, struct str code)
{
    for (int i = 0; i < CODE_COUNT; i++) {
        if (!str_is(code, str_of(codes[i].code))) continue;
        put_words(page, codes[i].key);
        return;
    }
    put_escaped(page, code);
}

static void
put_value(struct page *page, const struct dossier_value *value)
{
    const struct dossier *dossier = page->dossier;

    switch (value->kind) {
    case DOSSIER_TEXT:
        put_escaped(page, value->text);
        break;
    case DOSSIER_CODE:
        put_code(page, value->text);
        break;
    case DOSSIER_NUMBER:
        put(page, local_number(dossier->arena, dossier->language, value->number));
        break;
    case DOSSIER_MONEY:
        put(page, local_money(dossier->arena, dossier->language, dossier->currency, value->number));
        break;
    case DOSSIER_TIME:
        put(page, local_time(dossier->arena, dossier->language, dossier->zone, value->number));
        break;
    }
}

/* ---- sections ---- */

struct columns {
    const char *keys[COLUMNS_MAX];
    int count;
};

static void
add_column(struct columns *columns, const char *key)
{
    for (int i = 0; i < columns->count; i++) {
        if (strcmp(columns->keys[i], key) == 0) return;
    }
    ASSERT(columns->count < COLUMNS_MAX);
    columns->keys[columns->count++] = key;
}

static struct columns
columns_of(const struct dossier_section *section)
{
    struct columns columns = {.count = 0};

    for (const struct dossier_row *row = section->first; row != NULL; row = row->next) {
        for (const struct dossier_value *value = row->first; value != NULL; value = value->next)
            add_column(&columns, value->key);
    }
    return columns;
}

static void
put_list(struct page *page, const struct dossier_row *row)
{
    put(page, STR("<dl>"));
    for (const struct dossier_value *value = row->first; value != NULL; value = value->next) {
        put(page, STR("<div><dt>"));
        put_words(page, value->key);
        put(page, STR("</dt><dd>"));
        put_value(page, value);
        put(page, STR("</dd></div>"));
    }
    put(page, STR("</dl>"));
}

static void
put_cells(struct page *page, const struct columns *columns, const struct dossier_row *row)
{
    put(page, STR("<tr>"));
    for (int i = 0; i < columns->count; i++) {
        put(page, STR("<td>"));
        for (const struct dossier_value *value = row->first; value != NULL; value = value->next) {
            if (strcmp(value->key, columns->keys[i]) == 0) put_value(page, value);
        }
        put(page, STR("</td>"));
    }
    put(page, STR("</tr>"));
}

static void
put_table(struct page *page, const struct dossier_section *section)
{
    struct columns columns = columns_of(section);

    put(page, STR("<div class=\"wide\" tabindex=\"0\"><table><thead><tr>"));
    for (int i = 0; i < columns.count; i++) {
        put(page, STR("<th scope=\"col\">"));
        put_words(page, columns.keys[i]);
        put(page, STR("</th>"));
    }
    put(page, STR("</tr></thead><tbody>"));
    for (const struct dossier_row *row = section->first; row != NULL; row = row->next)
        put_cells(page, &columns, row);
    put(page, STR("</tbody></table></div>"));
}

static void
put_section(struct page *page, const struct dossier_section *section)
{
    put(page, STR("<section><h2>"));
    put_words(page, section->key);
    put(page, STR("</h2>"));
    if (section->rows == 1) {
        put_list(page, section->first);
    } else {
        put_table(page, section);
    }
    if (section->is_cut) {
        put(page, STR("<p>"));
        put_words(page, WORDS_KEY("export.cut"));
        put(page, STR("</p>"));
    }
    put(page, STR("</section>"));
}

/* ---- the page ---- */
static const char style[] =
    ":root{color-scheme:light dark;--paper:#f8f2e7;--ink:#2b2118;--soft:#6b5d4f;--line:#ddd0bb}"
    "@media(prefers-color-scheme:dark){:root{--paper:#1d1813;--ink:#f1e7d8;--soft:#b8a894;"
    "--line:#443a2f}}"
    "body{margin:0 auto;max-width:60rem;padding:2rem 1.25rem 4rem;background:var(--paper);"
    "color:var(--ink);font:16px/1.5 system-ui,sans-serif}"
    "h1{font:600 1.9rem/1.2 Georgia,serif;margin:0 0 .5rem}"
    "h2{font:600 1.2rem/1.3 Georgia,serif;margin:2.5rem 0 .75rem}"
    "p{margin:.25rem 0;color:var(--soft);max-width:42rem}"
    "dl{margin:0;display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));"
    "gap:.75rem 1.5rem}"
    "dt{color:var(--soft);font-size:.875rem}dd{margin:0;overflow-wrap:anywhere}"
    "dd,td{white-space:pre-line}"
    ".wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9375rem;"
    "font-variant-numeric:tabular-nums}"
    "th{color:var(--soft);font-weight:500;font-size:.875rem}"
    "th,td{text-align:start;vertical-align:top;padding:.45rem .9rem .45rem 0;"
    "border-bottom:1px solid var(--line)}td:first-child{white-space:nowrap}"
    "@media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb}body{padding:0;"
    "font-size:11pt}.wide{overflow:visible}tr{break-inside:avoid}h2{break-after:avoid}}";

static void
put_head(struct page *page, struct str title)
{
    put(page, STR("<!doctype html><html lang=\""));
    put(page, str_of(words_language(page->dossier->language)));
    put(page, STR("\"><head><meta charset=\"utf-8\">"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                  "<title>"));
    put_escaped(page, title);
    put(page, STR("</title><style>"));
    put(page, str_of(style));
    put(page, STR("</style></head><body><h1>"));
    put_escaped(page, title);
    put(page, STR("</h1>"));
}

struct str
dossier_page(const struct dossier *dossier)
{
    struct arena *arena = dossier->arena;
    struct page page = {
        .dossier = dossier, .at = arena_alloc(arena, FIRST_ROOM), .room = FIRST_ROOM};
    struct str made = local_time(arena, dossier->language, dossier->zone, dossier->made_us);

    put_head(&page, words_text(arena, dossier->language, WORDS_KEY("export.title"),
                               WORDS_VALUES({"merchant", dossier->merchant})));
    put(&page, STR("<p>"));
    put_escaped(&page, words_text(arena, dossier->language, WORDS_KEY("export.intro"),
                                  WORDS_VALUES({"made", made}, {"merchant", dossier->merchant})));
    put(&page, STR("</p>"));
    for (const struct dossier_section *at = dossier->first; at != NULL; at = at->next) {
        if (at->rows > 0) put_section(&page, at);
    }
    put(&page, STR("</body></html>\n"));
    return (struct str){page.at, page.len};
}
