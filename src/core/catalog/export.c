/* export — see export.h. */
#include "core/catalog/export.h"
#include "base/currency.h"
#include "base/words.h"
#include "core/catalog/catalog_store.h"
#include "core/catalog/taxes.h"
#include "core/merchants/merchants.h"
#include <inttypes.h>

/* Text that grows; doubled when it is full. */
struct table {
    struct arena *arena;
    char *at;
    size_t len, room;
    char separator, decimal;
    int decimals; /* of the currency */
};

static void
put(struct table *table, struct str text)
{
    while (table->room - table->len < text.len) {
        table->at = arena_grow(table->arena, table->at, table->room, table->room * 2);
        table->room *= 2;
    }
    if (text.len > 0) memcpy(table->at + table->len, text.at, text.len);
    table->len += text.len;
}

static bool
needs_quotes(const struct table *table, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == table->separator || c == '"' || c == '\n' || c == '\r' || c == '\t') return true;
    }
    return false;
}

/* The separator behind it, or the line's end. */
static void
put_cell(struct table *table, struct str text, bool is_last)
{
    bool is_formula = text.len > 0 && strchr("=+-@\t\r", text.at[0]) != NULL;
    bool quoted = needs_quotes(table, text);

    if (quoted) put(table, STR("\""));
    if (is_formula) put(table, STR("'"));
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"') put(table, STR("\""));
        put(table, (struct str){&text.at[i], 1});
    }
    if (quoted) put(table, STR("\""));
    put(table, is_last ? STR("\r\n") : (struct str){&table->separator, 1});
}

/* "1250,50": without signs between thousands, which spreadsheets do not all read. */
static struct str
format_price(const struct table *table, int64_t minor)
{
    int64_t unit = 1;

    for (int i = 0; i < table->decimals; i++)
        unit *= 10;
    if (table->decimals == 0) return str_format(table->arena, "%" PRId64, minor);
    return str_format(table->arena, "%" PRId64 "%c%0*" PRId64, minor / unit, table->decimal,
                      table->decimals, minor % unit);
}

/* A rate, or nothing. */
static struct str
format_tax(const struct table *table, const struct tax *taxes, int count, tax_id id)
{
    for (int i = 0; i < count; i++) {
        if (taxes[i].id.v != id.v) continue;
        struct str rate = tax_format_rate(table->arena, taxes[i].rate);
        const char *point = memchr(rate.at, '.', rate.len);
        if (point == NULL) return str_format(table->arena, "%.*s %%", STR_ARG(rate));
        int whole = (int)(point - rate.at), behind = (int)rate.len - whole - 1;
        return str_format(table->arena, "%.*s%c%.*s %%", whole, rate.at, table->decimal, behind,
                          point + 1);
    }
    return STR("");
}

static void
put_header(struct table *table, struct str language)
{
    static const char *const keys[] = {
        WORDS_KEY("catalog.column.name"),  WORDS_KEY("catalog.column.variation"),
        WORDS_KEY("catalog.column.sku"),   WORDS_KEY("catalog.column.category"),
        WORDS_KEY("catalog.column.price"), WORDS_KEY("catalog.column.tax"),
        WORDS_KEY("catalog.column.id"),
    };
    int count = sizeof keys / sizeof keys[0];

    for (int i = 0; i < count; i++) {
        put_cell(table, words_text(table->arena, language, keys[i], NULL, 0), i == count - 1);
    }
}

static enum err
put_items(struct ctx *ctx, struct table *table)
{
    struct catalog_item *items;
    struct tax *taxes;
    int count, tax_count;

    TRY(taxes_list(ctx, &taxes, &tax_count));
    TRY(catalog_list(ctx, (item_id){0}, CATALOG_ITEMS_MAX, &items, &count));
    for (int i = 0; i < count; i++) {
        for (int k = 0; k < items[i].variation_count; k++) {
            const struct catalog_variation *variation = &items[i].variations[k];
            struct str price = STR("");

            if (variation->has_price) price = format_price(table, variation->price_minor);
            put_cell(table, items[i].name, false);
            put_cell(table, variation->name, false);
            put_cell(table, variation->sku, false);
            put_cell(table, items[i].category_name, false);
            put_cell(table, price, false);
            put_cell(table, format_tax(table, taxes, tax_count, items[i].tax), false);
            put_cell(table, id_format(ctx->arena, ID_variation, variation->id.v), true);
        }
    }
    return OK;
}

enum err
catalog_export(struct ctx *ctx, struct str *text)
{
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    bool is_english = str_is(str_of(words_language(merchant.language)), STR("en"));
    struct table table = {
        .arena = ctx->arena,
        .room = 4096,
        .separator = is_english ? ',' : ';',
        .decimal = is_english ? '.' : ',',
        .decimals = currency_decimals(merchant.currency),
    };

    table.at = arena_alloc(ctx->arena, table.room);
    put(&table, STR("\xEF\xBB\xBF"));
    put_header(&table, merchant.language);
    TRY(put_items(ctx, &table));
    *text = (struct str){table.at, table.len};
    return OK;
}
