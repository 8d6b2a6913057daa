/* rights_api — what people may ask of their data, and for how long a merchant keeps it. */
#include "api/cursors.h"
#include "api/fields.h"
#include "api/rights_handlers.h"
#include "core/people/export.h"
#include "core/people/retention.h"

enum { QUIET_PAGE = 50, LANGUAGE_LEN_MAX = 20 };

/* ---- all that is known ---- */

static enum err
read_form(struct ctx *ctx, const struct http_request *req, struct export_request *request)
{
    static const char *const names[] = {"format", "language"};
    static const char *const formats[] = {"json", "page"};

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    TRY(api_choose(ctx, http_query(ctx, req, "format"), "format", API_NAMES(formats),
                   &request->is_page));
    request->language = http_query(ctx, req, "language");
    if (request->language.len <= LANGUAGE_LEN_MAX) return OK;
    return fail_field(ctx, ERR_FIELD_TOO_LONG, "language");
}

enum err
api_customer_export_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct export_request *request = into;

    TRY(http_path_id(ctx, req, 0, ID_customer, &request->customer.v));
    return read_form(ctx, req, request);
}

enum err
api_app_export_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct export_request *request = into;

    request->token = req->token;
    return read_form(ctx, req, request);
}

static enum err
put_export(struct ctx *ctx, const struct export_request *request, customer_id id,
           struct http_reply *reply)
{
    struct dossier dossier;

    TRY(people_export_customer(ctx, id, request->language, &dossier));
    reply->raw = true;
    reply->body_type = request->is_page ? "text/html; charset=utf-8" : "application/json";
    reply->body_text = request->is_page ? dossier_page(&dossier) : dossier_json(&dossier);
    return OK;
}

enum err
api_customer_export(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct export_request *request = parsed;

    return put_export(ctx, request, request->customer, reply);
}

/* Somebody who scanned a link at the till sees the card; all that is known takes a code. */
enum err
api_app_export(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct export_request *request = parsed;
    enum credential_proof proof;

    TRY(credentials_read_proof(ctx, request->token, &proof));
    if (proof != PROOF_CODE) return fail(ctx, ERR_PROOF_REQUIRED, "a link's session");
    return put_export(ctx, request, (customer_id){ctx->actor.id}, reply);
}

/* ---- for how long ---- */

static enum err
put_retention(struct ctx *ctx, struct json_out *out)
{
    struct retention retention;

    TRY(retention_read(ctx, &retention));
    json_put_object(out, "retention");
    json_put_int(out, "months", retention.months > 0 ? retention.months : RETENTION_MONTHS_ADVISED);
    json_put_bool(out, "active", retention.active);
    json_put_int(out, "advised_months", RETENTION_MONTHS_ADVISED);
    json_put_time(out, "changed_at", retention.changed_us);
    json_end_object(out);
    return OK;
}

enum err
api_retention_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    return put_retention(ctx, &reply->out);
}

enum err
api_retention_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct retention *wanted = &((struct retention_request *)into)->wanted;
    const struct json_field fields[] = {
        {"retention.months", JSON_FIELD_INT, &wanted->months, .required = true, .min = 1,
         .max = RETENTION_MONTHS_MAX},
        {"retention.active", JSON_FIELD_BOOL, &wanted->active, .required = true},
    };

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_retention_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct retention_request *request = parsed;

    TRY(retention_change(ctx, &request->wanted));
    return put_retention(ctx, &reply->out);
}

enum err
api_retention_preview_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"months", "cursor"};
    struct retention_preview *request = into;

    request->months = RETENTION_MONTHS_ADVISED;
    TRY(api_query_only(ctx, req, API_NAMES(names)));
    TRY(api_query_int(ctx, req, "months", (struct api_range){1, RETENTION_MONTHS_MAX},
                      &request->months));
    return cursor_parse(ctx, "quiet", http_query(ctx, req, "cursor"), &request->after);
}

static void
put_quiet(struct json_out *out, const struct quiet_customer *customer)
{
    json_put_object(out, NULL);
    json_put_id(out, "customer_id", ID_customer, customer->id.v);
    json_put_text_if(out, "given_name", customer->given_name);
    json_put_text_if(out, "family_name", customer->family_name);
    json_put_text_if(out, "company_name", customer->company_name);
    json_put_time(out, "heard_at", customer->heard_us);
    json_end_object(out);
}

/* Everybody is counted once, with the first page. */
enum err
api_retention_preview(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct retention_preview *request = parsed;
    const struct quiet_query query = {
        .months = request->months, .after = request->after, .max = QUIET_PAGE};
    struct quiet_customer *customers;
    int64_t next, total;
    int count;

    TRY(retention_look(ctx, &query, &customers, &count, &next));
    if (request->after == 0) {
        TRY(retention_count(ctx, request->months, &total));
        json_put_int(&reply->out, "count", total);
    }
    json_put_array(&reply->out, "customers");
    for (int i = 0; i < count; i++)
        put_quiet(&reply->out, &customers[i]);
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "quiet",
                                          .count = next == 0 ? 0 : QUIET_PAGE,
                                          .limit = QUIET_PAGE,
                                          .last = next});
    return OK;
}
