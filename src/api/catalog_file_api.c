/* catalog_file_api — the catalog as a table: taken in, looked at before, given out. */
#include "api/catalog_handlers.h"
#include "api/catalog_shapes.h"
#include "core/catalog/export.h"
#include "core/catalog/import.h"
#include "core/merchants/merchants.h"

/* The body is the file itself, whatever Content-Type says. */
enum err
api_catalog_file_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct str *bytes = into;

    *bytes = req->body;
    return bytes->len > 0 ? OK : fail_field(ctx, ERR_FIELD_REQUIRED, "body");
}

static void
put_refusal(struct json_out *out, const struct import_refusal *refusal)
{
    const struct import_fault *fault = &refusal->fault;

    json_put_object(out, NULL);
    json_put_int(out, "row", refusal->line);
    json_put_text(out, "field", str_of(import_column_names[fault->column]));
    json_put_text(out, "code", str_of(err_name(fault->err)));
    json_put_text(out, "detail", str_of(err_text(fault->err)));
    json_put_text(out, "value", fault->value);
    json_end_object(out);
}

static void
put_sample(struct json_out *out, const struct import_sample *sample, struct str currency)
{
    json_put_object(out, NULL);
    json_put_int(out, "row", sample->line);
    json_put_text(out, "change", sample->is_new ? STR("NEW") : STR("CHANGED"));
    json_put_text(out, "name", sample->name);
    json_put_text_if(out, "variation", sample->variation);
    json_put_text_if(out, "sku", sample->sku);
    json_put_text_if(out, "category", sample->category_name);
    json_put_text_if(out, "tax", sample->tax_name);
    if (sample->has_price) json_put_money(out, "price_money", sample->price_minor, currency);
    if (sample->had_price) {
        json_put_money(out, "price_before_money", sample->before_minor, currency);
    }
    json_end_object(out);
}

static void
put_columns(struct json_out *out, const struct import_rows *rows)
{
    json_put_array(out, "columns");
    for (int i = 0; i < IMPORT_COLUMNS; i++) {
        if (rows->has[i]) json_put_text(out, NULL, str_of(import_column_names[i]));
    }
    json_end_array(out);
    json_put_array(out, "ignored_columns");
    for (int i = 0; i < rows->unknown_count; i++) {
        json_put_text(out, NULL, rows->unknown[i]);
    }
    json_end_array(out);
}

enum applied { IS_LOOKED_AT, IS_APPLIED };

static enum err
put_outcome(struct ctx *ctx, struct json_out *out, const struct import_outcome *outcome,
            enum applied applied)
{
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    json_put_object(out, "import");
    json_put_int(out, "rows", outcome->rows);
    json_put_int(out, "new", outcome->added);
    json_put_int(out, "changed", outcome->changed);
    json_put_int(out, "same", outcome->same);
    json_put_int(out, "refused_count", outcome->refused);
    json_put_bool(out, "applied", applied == IS_APPLIED);
    json_put_array(out, "refused");
    for (int i = 0; i < outcome->refusal_count; i++) {
        put_refusal(out, &outcome->refusals[i]);
    }
    json_end_array(out);
    json_put_array(out, "samples");
    for (int i = 0; i < outcome->sample_count; i++) {
        put_sample(out, &outcome->samples[i], merchant.currency);
    }
    json_end_array(out);
    put_columns(out, &outcome->read);
    json_end_object(out);
    return OK;
}

enum err
api_catalog_preview(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct str *bytes = parsed;
    struct import_outcome outcome;

    TRY(catalog_import_preview(ctx, *bytes, &outcome));
    return put_outcome(ctx, &reply->out, &outcome, IS_LOOKED_AT);
}

enum err
api_catalog_import(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct str *bytes = parsed;
    struct import_outcome outcome;

    TRY(catalog_import_apply(ctx, *bytes, &outcome));
    return put_outcome(ctx, &reply->out, &outcome, IS_APPLIED);
}

enum err
api_catalog_export(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    reply->raw = true;
    reply->body_type = "text/csv; charset=utf-8";
    return catalog_export(ctx, &reply->body_text);
}
