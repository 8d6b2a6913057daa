/* export — see export.h. */
#include "core/catalog/export.h"
#include "base/csv_out.h"
#include "base/currency.h"
#include "base/words.h"
#include "core/catalog/catalog_store.h"
#include "core/catalog/taxes.h"
#include "core/merchants/merchants.h"

/* The table on its way. */
struct table {
    struct arena *arena;
    struct csv_out out;
    struct csv_money money;
};

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
        return str_format(table->arena, "%.*s%c%.*s %%", whole, rate.at, table->money.mark, behind,
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

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        csv_put(&table->out, words_text(table->arena, language, keys[i], NULL, 0));
    csv_end_row(&table->out);
}

static void
put_row(struct table *table, const struct catalog_item *item,
        const struct catalog_variation *variation, struct str tax)
{
    struct csv_out *out = &table->out;

    csv_put_text(out, item->name);
    csv_put_text(out, variation->name);
    csv_put_text(out, variation->sku);
    csv_put_text(out, item->category_name);
    if (variation->has_price) {
        csv_put_amount(out, variation->price_minor, table->money);
    } else {
        csv_put(out, STR(""));
    }
    csv_put(out, tax);
    csv_put(out, id_format(table->arena, ID_variation, variation->id.v));
    csv_end_row(out);
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
        struct str tax = format_tax(table, taxes, tax_count, items[i].tax);

        for (int k = 0; k < items[i].variation_count; k++)
            put_row(table, &items[i], &items[i].variations[k], tax);
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
        .money = {currency_decimals(merchant.currency), is_english ? '.' : ','},
    };

    csv_out_open(&table.out, ctx->arena, is_english ? ',' : ';');
    csv_put_mark(&table.out);
    put_header(&table, merchant.language);
    TRY(put_items(ctx, &table));
    *text = csv_out_text(&table.out);
    return OK;
}
