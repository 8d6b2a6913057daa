/* export — see export.h. */
#include "core/directory/export.h"
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
    struct csv_out out;
};

/* What begins like a formula is one to a spreadsheet, whatever the column; a telephone number too,
 * so that it is text, and keeps its plus. */
static void
put_text(struct ctx *ctx, struct export *export, struct str text)
{
    bool is_formula = text.len > 0 && strchr("=+-@\t\r\n", text.at[0]) != NULL;

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
                       export->is_english ? '.' : ',', decimals, whole % unit));
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

static const char *const columns[] = {
    WORDS_KEY("customers.column.id"),       WORDS_KEY("customers.column.given"),
    WORDS_KEY("customers.column.family"),   WORDS_KEY("customers.column.company"),
    WORDS_KEY("customers.column.phone"),    WORDS_KEY("customers.column.email"),
    WORDS_KEY("customers.column.birthday"), WORDS_KEY("customers.column.tags"),
    WORDS_KEY("customers.column.note"),     WORDS_KEY("customers.column.since"),
    WORDS_KEY("customers.column.visits"),   WORDS_KEY("customers.column.visit"),
    WORDS_KEY("customers.column.spend"),    WORDS_KEY("customers.column.balance"),
};

static void
put_header(struct ctx *ctx, struct export *export)
{
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        csv_put(&export->out,
                words_text(ctx->arena, export->merchant.language, columns[i], NULL, 0));
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
    csv_out_open(&export.out, ctx->arena, export.is_english ? ',' : ';');
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
