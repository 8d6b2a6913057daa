/* orders_export — what a person bought. See orders.h. */
#include "base/dossier.h"
#include "core/orders/sheets.h"

static void
put_purchase(struct dossier *dossier, const struct order_sheet *sheet, struct str location)
{
    const struct order *order = &sheet->order;

    dossier_put_text(dossier, WORDS_KEY("export.purchase"),
                     id_format(dossier->arena, ID_order, order->id.v));
    dossier_put_time(dossier, WORDS_KEY("export.at"), order->closed_us);
    dossier_put_text(dossier, WORDS_KEY("export.place"), location);
    dossier_put_money(dossier, WORDS_KEY("export.total"), order->total_minor);
    dossier_put_money(dossier, WORDS_KEY("export.refunded"), order->refunded_minor);
    dossier_put_number(dossier, WORDS_KEY("export.points"), order->points);
    dossier_put_code(dossier, WORDS_KEY("export.state"), order->status);
    dossier_put_text(dossier, WORDS_KEY("export.brand"), sheet->card_brand);
    dossier_put_text(dossier, WORDS_KEY("export.last_4"), sheet->card_last_4);
}

static bool
put_items(struct dossier *dossier, const struct order_sheet *sheet)
{
    for (int i = 0; i < sheet->line_count; i++) {
        const struct pos_line *line = &sheet->lines[i];

        if (!dossier_row(dossier)) return false;
        dossier_put_text(dossier, WORDS_KEY("export.purchase"),
                         id_format(dossier->arena, ID_order, sheet->order.id.v));
        dossier_put_time(dossier, WORDS_KEY("export.at"), sheet->order.closed_us);
        dossier_put_text(dossier, WORDS_KEY("export.article"), line->name);
        dossier_put_text(dossier, WORDS_KEY("export.quantity"), line->quantity);
        dossier_put_money(dossier, WORDS_KEY("export.amount"), line->total_minor);
    }
    return true;
}

static struct str
name_of(const struct location *locations, int count, location_id id)
{
    for (int i = 0; i < count; i++) {
        if (locations[i].id.v == id.v) return locations[i].name;
    }
    return STR("");
}

/* A page is read once for the purchases, and once for what was in them: sections are written one
 * after the other. */
enum wanted { WANT_PURCHASES, WANT_ITEMS };

static enum err
put_section(struct ctx *ctx, customer_id customer, enum wanted wanted, struct dossier *dossier)
{
    struct order_query query = {
        .customer = customer, .in_any_state = true, .limit = ORDERS_PAGE_MAX};
    struct location *locations;
    struct order_sheet *sheets;
    int count, location_count;

    TRY(locations_list(ctx, &locations, &location_count));
    do {
        TRY(orders_search(ctx, &query, &sheets, &count));
        for (int i = 0; i < count; i++) {
            const struct order_sheet *sheet = &sheets[i];

            query.before = sheet->order.id;
            if (wanted == WANT_ITEMS) {
                if (!put_items(dossier, sheet)) return OK;
                continue;
            }
            if (!dossier_row(dossier)) return OK;
            put_purchase(dossier, sheet, name_of(locations, location_count, sheet->order.location));
        }
    } while (count == ORDERS_PAGE_MAX);
    return OK;
}

enum err
orders_export_customer(struct ctx *ctx, customer_id customer, struct dossier *dossier)
{
    dossier_section(dossier, WORDS_KEY("export.purchases"));
    TRY(put_section(ctx, customer, WANT_PURCHASES, dossier));
    dossier_section(dossier, WORDS_KEY("export.items"));
    return put_section(ctx, customer, WANT_ITEMS, dossier);
}
