/* insight_api — figures by day for home, and what needs attention. */
#include "api/fields.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/zone.h"
#include "core/insight/insight.h"

enum { DAYS_SHOWN = 30 };

static enum err
read_day(struct ctx *ctx, const struct http_request *req, const char *name, bool *given,
         int64_t *day)
{
    struct str text = http_query(ctx, req, name);

    *given = text.len > 0;
    if (!*given) return OK;
    enum err err = zone_day_parse(ctx->arena, text, day);
    return err == OK ? OK : fail_field(ctx, err, name);
}

enum err
api_insight_days_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"from", "to"};
    struct days_request *request = into;

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    TRY(read_day(ctx, req, "from", &request->has_first, &request->first));
    return read_day(ctx, req, "to", &request->has_last, &request->last);
}

static void
put_figures(struct json_out *out, const struct insight_figures *figures, struct str currency)
{
    json_put_int(out, "orders", figures->orders);
    json_put_int(out, "visits", figures->visits);
    json_put_money(out, "revenue_money", figures->revenue_minor, currency);
    json_put_int(out, "points_earned", figures->points_earned);
    json_put_int(out, "points_spent", figures->points_spent);
    json_put_int(out, "rewards_used", figures->rewards_used);
    json_put_int(out, "customers_new", figures->customers_new);
}

enum err
api_insight_days(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct days_request *request = parsed;
    struct json_out *out = &reply->out;
    struct insight_figures *days, totals, before;
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    int64_t today = zone_day_at(merchant.time_zone, ctx->now_us);
    struct insight_period period = {.zone = merchant.time_zone};
    period.last = request->has_last ? request->last : today;
    period.first = request->has_first ? request->first : period.last - (DAYS_SHOWN - 1);
    if (period.first > period.last || period.last - period.first >= INSIGHT_DAYS_MAX) {
        return fail_field(ctx, ERR_FIELD_RANGE, "from");
    }
    TRY(insight_read_days(ctx, &period, &days, &totals, &before));
    json_put_array(out, "days");
    for (int64_t day = period.first; day <= period.last; day++) {
        json_put_object(out, NULL);
        json_put_text(out, "day", zone_day_format(ctx->arena, day));
        put_figures(out, &days[day - period.first], merchant.currency);
        json_end_object(out);
    }
    json_end_array(out);
    json_put_object(out, "totals");
    put_figures(out, &totals, merchant.currency);
    json_end_object(out);
    json_put_object(out, "previous");
    put_figures(out, &before, merchant.currency);
    json_end_object(out);
    return OK;
}

static void
put_attention(struct json_out *out, const struct attention *attention)
{
    json_put_object(out, NULL);
    json_put_text(out, "kind", str_of(attention_name(attention->kind)));
    if (attention->id != 0 || attention->name.len > 0) {
        json_put_object(out, "subject");
        json_put_id(out, "id", attention->id_kind, attention->id);
        json_put_text_if(out, "name", attention->name);
        json_end_object(out);
    }
    if (attention->count > 0) json_put_int(out, "count", attention->count);
    json_put_time(out, "since", attention->since_us);
    json_end_object(out);
}

enum err
api_insight_attention(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct attention *list;
    int count;

    (void)parsed;
    TRY(insight_list_attention(ctx, &list, &count));
    json_put_array(&reply->out, "attention");
    for (int i = 0; i < count; i++)
        put_attention(&reply->out, &list[i]);
    json_end_array(&reply->out);
    return OK;
}
