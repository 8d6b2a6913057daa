/* export — see export.h. */
#include "core/directory/export.h"
#include "base/csv.h"
#include "base/csv_out.h"
#include "base/currency.h"
#include "base/words.h"
#include "base/zone.h"
#include "core/customers/listing.h"
#include "core/customers/tags.h"
#include "core/merchants/merchants.h"
#include <inttypes.h>
#include <string.h>

struct export
{
    struct merchant merchant;
    struct tag *tags;
    int tag_count;
    bool is_english;
    bool is_plain; /* for a workbook, which needs no guarding and reads no commas */
    struct csv_out out;
};

/* What begins like a formula is one to a spreadsheet, whatever the column; a telephone number too,
 * so that it is text, and keeps its plus. */
static void
put_text(struct ctx *ctx, struct export *export, struct str text)
{
    bool is_formula = !export->is_plain && text.len > 0 && strchr("=+-@\t\r\n", text.at[0]) != NULL;

    csv_put(&export->out, is_formula ? str_format(ctx->arena, "'%.*s", STR_ARG(text)) : text);
}

static void
put_number(struct ctx *ctx, struct export *export, int64_t number)
{
    csv_put(&export->out, str_format(ctx->arena, "%" PRId64, number));
}

/* "1250,50": without signs between thousands, which spreadsheets do not all read. */
static void
put_money(struct ctx *ctx, struct export *export, int64_t minor)
{
    int decimals = currency_decimals(export->merchant.currency);
    int64_t unit = 1, whole = minor < 0 ? -minor : minor;

    for (int i = 0; i < decimals; i++)
        unit *= 10;
    struct str sign = minor < 0 ? STR("-") : STR("");
    if (decimals == 0) {
        put_number(ctx, export, minor);
        return;
    }
    csv_put(&export->out,
            str_format(ctx->arena, "%.*s%" PRId64 "%c%0*" PRId64, STR_ARG(sign), whole / unit,
                       export->is_english || export->is_plain ? '.' : ',', decimals, whole % unit));
}

/* The day it was where the merchant is: "2026-03-02"; empty for 0. */
static void
put_day(struct ctx *ctx, struct export *export, int64_t at_us)
{
    struct str day = STR("");

    if (at_us != 0) {
        day = zone_day_format(ctx->arena, zone_day_at(export->merchant.time_zone, at_us));
    }
    csv_put(&export->out, day);
}

static enum err
put_tags(struct ctx *ctx, struct export *export, customer_id customer)
{
    struct str names = STR("");
    tag_id *tags;
    int count;

    TRY(tags_list_of(ctx, customer, &tags, &count));
    for (int i = 0; i < export->tag_count; i++) {
        bool has = false;

        for (int k = 0; k < count; k++)
            has = has || tags[k].v == export->tags[i].id.v;
        if (!has) continue;
        names = str_format(ctx->arena, "%.*s%s%.*s", STR_ARG(names), names.len > 0 ? ", " : "",
                           STR_ARG(export->tags[i].name));
    }
    put_text(ctx, export, names);
    return OK;
}

struct column {
    const char *name;
    enum xlsx_kind kind;
    int width;
};
static const struct column columns[] = {
    {WORDS_KEY("customers.column.id"), XLSX_TEXT, 20},
    {WORDS_KEY("customers.column.given"), XLSX_TEXT, 18},
    {WORDS_KEY("customers.column.family"), XLSX_TEXT, 18},
    {WORDS_KEY("customers.column.company"), XLSX_TEXT, 18},
    {WORDS_KEY("customers.column.phone"), XLSX_TEXT, 16},
    {WORDS_KEY("customers.column.email"), XLSX_TEXT, 26},
    {WORDS_KEY("customers.column.birthday"), XLSX_DAY, 18},
    {WORDS_KEY("customers.column.tags"), XLSX_TEXT, 22},
    {WORDS_KEY("customers.column.note"), XLSX_TEXT, 30},
    {WORDS_KEY("customers.column.since"), XLSX_DAY, 14},
    {WORDS_KEY("customers.column.visits"), XLSX_NUMBER, 9},
    {WORDS_KEY("customers.column.visit"), XLSX_DAY, 16},
    {WORDS_KEY("customers.column.spend"), XLSX_MONEY, 14},
    {WORDS_KEY("customers.column.balance"), XLSX_NUMBER, 10},
};
enum { COLUMN_COUNT = sizeof columns / sizeof columns[0] };

static void
put_header(struct ctx *ctx, struct export *export)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        csv_put(&export->out,
                words_text(ctx->arena, export->merchant.language, columns[i].name, NULL, 0));
    }
    csv_end_row(&export->out);
}

static enum err
put_row(struct ctx *ctx, struct export *export, const struct customer *customer)
{
    struct listing listing;

    TRY(listing_find(ctx, customer->id, &listing));
    csv_put(&export->out, id_format(ctx->arena, ID_customer, customer->id.v));
    put_text(ctx, export, customer->given_name);
    put_text(ctx, export, customer->family_name);
    put_text(ctx, export, customer->company_name);
    put_text(ctx, export, customer->phone);
    put_text(ctx, export, customer->email);
    put_text(ctx, export, customer->birthday);
    TRY(put_tags(ctx, export, customer->id));
    put_text(ctx, export, customer->note);
    put_day(ctx, export, customer->created_us);
    put_number(ctx, export, listing.counts.visits);
    put_day(ctx, export, listing.counts.last_visit_us);
    put_money(ctx, export, listing.counts.spend_minor);
    if (listing.balance_count > 0) {
        put_number(ctx, export, listing.balances[0].balance);
    } else {
        csv_put(&export->out, STR(""));
    }
    csv_end_row(&export->out);
    return OK;
}

enum err
export_rows(struct ctx *ctx, enum export_part part, const customer_id *customers, int count,
            struct str *rows)
{
    struct export export = {0};

    TRY(merchants_find(ctx, &export.merchant));
    TRY(tags_list(ctx, &export.tags, &export.tag_count));
    export.is_english = str_is(str_of(words_language(export.merchant.language)), STR("en"));
    export.is_plain = part == EXPORT_PLAIN;
    csv_out_open(&export.out, ctx->arena, export.is_english || export.is_plain ? ',' : ';');
    if (part == EXPORT_BEGINS) put_header(ctx, &export);
    for (int i = 0; i < count; i++) {
        struct customer customer;

        enum err err = customers_find(ctx, customers[i], &customer);
        if (err == ERR_CUSTOMER_UNKNOWN) continue;
        TRY(err);
        TRY(put_row(ctx, &export, &customer));
    }
    struct str mark = part == EXPORT_BEGINS ? STR("\xEF\xBB\xBF") : STR("");
    *rows = str_format(ctx->arena, "%.*s%.*s", STR_ARG(mark), STR_ARG(csv_out_text(&export.out)));
    return OK;
}

/* ---- a workbook ---- */

enum err
export_begin_workbook(struct ctx *ctx, struct xlsx **xlsx)
{
    struct xlsx_column titled[COLUMN_COUNT];
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        titled[i] = (struct xlsx_column){
            .name = words_text(ctx->arena, merchant.language, columns[i].name, NULL, 0),
            .kind = columns[i].kind,
            .width = columns[i].width,
        };
    }
    const struct xlsx_sheet sheet = {
        .name = words_text(ctx->arena, merchant.language, "customers.sheet", NULL, 0),
        .columns = titled,
        .count = COLUMN_COUNT,
        .decimals = currency_decimals(merchant.currency),
    };
    return xlsx_create(ctx, &sheet, xlsx);
}

enum err
export_add_rows(struct ctx *ctx, struct xlsx *xlsx, struct str rows)
{
    struct csv csv = {.rest = rows, .separator = ','};
    struct csv_row row;

    for (;;) {
        TRY(csv_next(ctx, &csv, &row));
        if (row.count == 0) return OK;
        ASSERT(row.count == COLUMN_COUNT);
        TRY(xlsx_add_row(ctx, xlsx, row.fields));
    }
}

size_t
export_whole_len(struct str text)
{
    bool is_quoted = false;
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"') is_quoted = !is_quoted;
        if (text.at[i] == '\n' && !is_quoted) len = i + 1;
    }
    return len;
}
