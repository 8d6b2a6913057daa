/* simulate_orders — a shop's table of sales and its prices. See simulate.h. */
#include "base/clock.h"
#include "base/csv.h"
#include "server/simulate.h"
#include <errno.h>
#include <stdio.h>

enum { ITEMS_MAX = 2000, FILE_LEN_MAX = 64 << 20, ORDER_ITEMS_MAX = 400 };
enum { COLUMN_DATE, COLUMN_TIME, COLUMN_TRANSACTION, COLUMN_ITEM, COLUMN_COUNT };

struct price_table {
    struct sim_item *items;
    int count;
};

enum err
sim_read_file(struct ctx *ctx, const char *path, struct str *content)
{
    enum err err = ERR_FILE_FAILED;
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;

    if (file == NULL) goto out;
    if (fseek(file, 0, SEEK_END) != 0) goto out;
    long len = ftell(file);
    if (len < 0 || len > FILE_LEN_MAX) goto out;
    if (fseek(file, 0, SEEK_SET) != 0) goto out;
    bytes = arena_alloc(ctx->arena, (size_t)len + 1);
    if (fread(bytes, 1, (size_t)len, file) != (size_t)len) goto out;
    *content = (struct str){bytes, (size_t)len};
    err = OK;

out:
    if (err != OK) fail(ctx, err, "%s: %s", path, strerror(errno));
    if (file != NULL) fclose(file);
    return err;
}

static bool
read_price(struct str text, int64_t *minor)
{
    *minor = 0;
    if (text.len == 0 || text.len > 9) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') return false;
        *minor = *minor * 10 + (text.at[i] - '0');
    }
    return true;
}

static enum err
read_prices(struct ctx *ctx, const char *path, struct price_table *prices)
{
    struct csv csv = {0};
    struct csv_row row;

    TRY(sim_read_file(ctx, path, &csv.rest));
    prices->items = ARENA_ARRAY(ctx->arena, struct sim_item, ITEMS_MAX);
    for (;;) {
        int64_t minor;

        TRY(csv_next(ctx, &csv, &row));
        if (row.count == 0) return OK;
        if (row.count != 2) return fail(ctx, ERR_CSV_MALFORMED, "%s: not item,price_minor", path);
        if (str_is(row.fields[0], STR("item"))) continue;
        if (!read_price(row.fields[1], &minor) || prices->count == ITEMS_MAX) {
            return fail(ctx, ERR_FIELD_VALUE, "%s, line %d: the price", path, (int)csv.line);
        }
        prices->items[prices->count++] = (struct sim_item){str_trim(row.fields[0]), minor};
    }
}

static const struct sim_item *
find_item(const struct price_table *prices, struct str name)
{
    for (int i = 0; i < prices->count; i++) {
        if (str_is(prices->items[i].name, name)) return &prices->items[i];
    }
    return NULL;
}

struct reading {
    const struct price_table *prices;
    struct sim_orders *orders;
    int room;                                      /* orders->at holds so many */
    struct str last_date;                          /* a number may come again on another day */
    const struct sim_item *items[ORDER_ITEMS_MAX]; /* of the order being read */
};

/* The rows of an order are all read: its items move out of the buffer. */
static void
close_order(struct ctx *ctx, struct reading *reading)
{
    struct sim_orders *orders = reading->orders;

    if (orders->count == 0) return;
    struct sim_order *order = &orders->at[orders->count - 1];
    size_t count = (size_t)order->item_count;
    order->items = ARENA_ARRAY(ctx->arena, const struct sim_item *, count + 1);
    if (count > 0) memcpy(order->items, reading->items, count * sizeof *order->items);
    /* What held only unreadable items is no order. */
    if (count == 0) orders->count--;
}

static enum err
begin_order(struct ctx *ctx, struct reading *reading, const struct csv_row *row)
{
    struct sim_orders *orders = reading->orders;
    struct str time = str_format(ctx->arena, "%.*sT%.*sZ", STR_ARG(row->fields[COLUMN_DATE]),
                                 STR_ARG(row->fields[COLUMN_TIME]));

    close_order(ctx, reading);
    ASSERT(orders->count < reading->room);
    struct sim_order *order = &orders->at[orders->count++];
    *order = (struct sim_order){.number = row->fields[COLUMN_TRANSACTION]};
    reading->last_date = row->fields[COLUMN_DATE];
    return clock_parse(time, &order->at_us);
}

static enum err
read_row(struct ctx *ctx, struct reading *reading, const struct csv_row *row)
{
    struct sim_orders *orders = reading->orders;
    struct str name = str_trim(row->fields[COLUMN_ITEM]);
    struct sim_order *order = orders->count > 0 ? &orders->at[orders->count - 1] : NULL;

    if (order == NULL || !str_is(order->number, row->fields[COLUMN_TRANSACTION]) ||
        !str_is(reading->last_date, row->fields[COLUMN_DATE])) {
        TRY(begin_order(ctx, reading, row));
        order = &orders->at[orders->count - 1];
    }
    if (str_is(name, STR("NONE"))) {
        orders->unreadable++;
        return OK;
    }
    const struct sim_item *item = find_item(reading->prices, name);
    if (item == NULL) return fail(ctx, ERR_FIELD_VALUE, "no price for \"%.*s\"", STR_ARG(name));
    if (order->item_count == ORDER_ITEMS_MAX) return fail(ctx, ERR_FIELD_VALUE, "a huge order");
    reading->items[order->item_count++] = item;
    order->total_minor += item->price_minor;
    return OK;
}

static int
count_lines(struct str text)
{
    int count = 1;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '\n') count++;
    }
    return count;
}

enum err
sim_read_orders(struct ctx *ctx, const char *orders_path, const char *prices_path,
                struct sim_orders *orders)
{
    struct price_table prices = {0};
    struct reading *reading = ARENA_NEW(ctx->arena, struct reading);
    struct csv csv = {0};
    struct csv_row row;

    TRY(read_prices(ctx, prices_path, &prices));
    TRY(sim_read_file(ctx, orders_path, &csv.rest));
    *reading = (struct reading){
        .prices = &prices,
        .orders = orders,
        .room = count_lines(csv.rest),
    };
    *orders = (struct sim_orders){
        .at = ARENA_ARRAY(ctx->arena, struct sim_order, (size_t)reading->room),
    };
    for (;;) {
        TRY(csv_next(ctx, &csv, &row));
        if (row.count == 0) break;
        if (row.count != COLUMN_COUNT) {
            return fail(ctx, ERR_CSV_MALFORMED, "%s, line %d: not date,time,transaction,item",
                        orders_path, (int)csv.line);
        }
        if (csv.line == 1 && str_is(row.fields[COLUMN_DATE], STR("date"))) continue;
        TRY(read_row(ctx, reading, &row));
    }
    close_order(ctx, reading);
    return OK;
}
