/* till_prices — see till_prices.h. */
#include "core/orders/till_prices.h"
#include "base/calc.h"
#include "base/quantity.h"
#include "core/catalog/catalog.h"
#include "core/catalog/match.h"

#define AMOUNT_MAX INT64_C(1000000000000)
#define RATE_ONE   INT64_C(1000000)

/* A line on its way to its price. */
struct pricing {
    const struct sale_line *told;
    int index;
    struct catalog_sold sold; /* variation 0: none of the catalog's */
    int64_t units;            /* millionths */
    int64_t amount_minor;     /* what it is priced by */
};

static enum err
fail_line(struct ctx *ctx, enum err err, int index, const char *field)
{
    return fail_field(ctx, err, str_format(ctx->arena, "sale.lines[%d].%s", index, field).at);
}

static bool
names_item(const struct sale_line *told)
{
    return told->item.v != 0 || told->variation.v != 0;
}

/* What of the catalog a line is: the variation it names, or its article's first one. */
static enum err
find_sold(struct ctx *ctx, struct pricing *pricing)
{
    variation_id variation = pricing->told->variation;
    struct catalog_item item;
    enum err err;

    if (variation.v == 0) {
        err = catalog_find(ctx, pricing->told->item, &item);
        if (err == ERR_ITEM_UNKNOWN) return fail_line(ctx, err, pricing->index, "item_id");
        TRY(err);
        variation = item.variations[0].id;
    }
    err = catalog_find_sold(ctx, variation, &pricing->sold);
    return err == ERR_VARIATION_UNKNOWN ? fail_line(ctx, err, pricing->index, "variation_id") : err;
}

/* The line's name and the amount it is priced by. */
static enum err
read_item(struct ctx *ctx, struct pricing *pricing, struct pos_line *line)
{
    const struct sale_line *told = pricing->told;
    const struct catalog_sold *sold = &pricing->sold;

    if (names_item(told)) TRY(find_sold(ctx, pricing));
    if (told->kind == SALE_PRICE_OF_ITEM && !sold->has_price) {
        return fail_line(ctx, ERR_FIELD_REQUIRED, pricing->index, "price_money");
    }
    line->name = told->name.len > 0 ? told->name : sold->name;
    line->category = sold->category_name;
    line->sku = id_format(ctx->arena, ID_variation, sold->variation.v);
    line->variation_found = sold->variation;
    pricing->amount_minor =
        told->kind == SALE_PRICE_OF_ITEM ? sold->price_minor : told->amount_minor;
    return line->name.len > 0 ? OK : fail_line(ctx, ERR_FIELD_REQUIRED, pricing->index, "name");
}

static enum err
read_quantity(struct ctx *ctx, struct pricing *pricing, struct pos_line *line)
{
    line->quantity = pricing->told->quantity;
    enum err err = quantity_parse(line->quantity, &pricing->units);
    if (err != OK) return fail_line(ctx, err, pricing->index, "quantity");
    if (pricing->units > 0) return OK;
    return fail_line(ctx, ERR_FIELD_RANGE, pricing->index, "quantity");
}

/* Half a cent is rounded up, as a till's display does. */
static enum err
price_line(struct ctx *ctx, struct pricing *pricing, struct pos_line *line)
{
    bool is_whole = pricing->told->kind == SALE_PRICE_OF_LINE;

    TRY(read_item(ctx, pricing, line));
    TRY(read_quantity(ctx, pricing, line));
    /* An article has a price; a line of no article may be a discount. */
    if (pricing->amount_minor < 0 && names_item(pricing->told)) {
        return fail_line(ctx, ERR_FIELD_RANGE, pricing->index, "price_money");
    }
    int64_t on_top = pricing->sold.tax_included ? 0 : pricing->sold.tax_rate;
    bool fits = calc_mul_div(pricing->amount_minor, is_whole ? QUANTITY_ONE : pricing->units,
                             QUANTITY_ONE, ROUND_HALF_UP, &line->total_minor) &&
                calc_mul_div(line->total_minor, RATE_ONE + on_top, RATE_ONE, ROUND_HALF_UP,
                             &line->total_minor);
    if (fits && line->total_minor <= AMOUNT_MAX && line->total_minor >= -AMOUNT_MAX) return OK;
    return fail_line(ctx, ERR_FIELD_RANGE, pricing->index, is_whole ? "total_money" : "quantity");
}

/* What the catalog knows of lines that do not say it: rewards look for the same as earning does. */
static enum err
match_lines(struct ctx *ctx, struct priced_sale *priced)
{
    size_t count = (size_t)priced->line_count;
    struct catalog_line *found = ARENA_ARRAY(ctx->arena, struct catalog_line, count);

    for (int i = 0; i < priced->line_count; i++) {
        const struct pos_line *line = &priced->lines[i];

        found[i] = (struct catalog_line){
            line->sku, line->name, line->category, line->variation_found, {0}};
    }
    TRY(catalog_match(ctx, found, priced->line_count));
    for (int i = 0; i < priced->line_count; i++) {
        priced->lines[i].variation_found = found[i].variation;
        priced->lines[i].category_found = found[i].category;
        priced->basket.lines[i].variation = found[i].variation.v;
        priced->basket.lines[i].category = found[i].category.v;
    }
    return OK;
}

enum err
till_prices_make(struct ctx *ctx, const struct sale *sale, struct priced_sale *priced)
{
    size_t count = (size_t)sale->line_count;

    *priced = (struct priced_sale){
        .lines = ARENA_ARRAY(ctx->arena, struct pos_line, count),
        .basket = {ARENA_ARRAY(ctx->arena, struct discount_line, count), sale->line_count},
        .tax_rates = ARENA_ARRAY(ctx->arena, int64_t, count),
        .line_count = sale->line_count,
    };
    for (int i = 0; i < sale->line_count; i++) {
        struct pricing pricing = {.told = &sale->lines[i], .index = i};

        TRY(price_line(ctx, &pricing, &priced->lines[i]));
        priced->tax_rates[i] = pricing.sold.tax_rate;
        priced->basket.lines[i] = (struct discount_line){
            .units = pricing.units, .total_minor = priced->lines[i].total_minor};
        /* At most POS_LINES_MAX lines of at most AMOUNT_MAX: it fits. */
        priced->subtotal_minor += priced->lines[i].total_minor;
    }
    bool is_sold = priced->subtotal_minor > 0 && priced->subtotal_minor <= AMOUNT_MAX;
    return is_sold ? match_lines(ctx, priced) : fail_field(ctx, ERR_FIELD_RANGE, "sale.lines");
}

int64_t
till_prices_settle(struct priced_sale *priced)
{
    int64_t tax_minor = 0, positive_minor = 0, total_minor = 0;

    for (int i = 0; i < priced->line_count; i++) {
        struct pos_line *line = &priced->lines[i];
        int64_t rate = priced->tax_rates[i];

        line->discount_minor = priced->basket.lines[i].off_minor;
        line->total_minor -= line->discount_minor;
        line->tax_minor = calc_share(line->total_minor, rate, RATE_ONE + rate, ROUND_HALF_UP);
        tax_minor += line->tax_minor;
        total_minor += line->total_minor;
        if (line->total_minor > 0) positive_minor += line->total_minor;
    }
    /* What the staff typed off the whole has its part of the tax. */
    return total_minor < positive_minor
               ? calc_share(tax_minor, total_minor, positive_minor, ROUND_HALF_UP)
               : tax_minor;
}
