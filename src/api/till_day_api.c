/* till_day_api — the days of our till over HTTP. */
#include "api/counter_handlers.h"
#include "api/fields.h"
#include "api/shapes.h"
#include "base/zone.h"
#include "core/insight/insight.h"
#include "core/insight/till_summary.h"

enum { DAY_CHARS_MAX = 20 };

enum err
api_till_day_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct till_day_request *request = into;
    struct str day = {0};
    const struct json_field fields[] = {
        {"location_id", JSON_FIELD_ID, &request->location.v, .id_kind = ID_location},
        {"day", JSON_FIELD_TEXT, &day, .max = DAY_CHARS_MAX},
    };

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    request->has_day = day.len > 0;
    if (!request->has_day) return OK;
    enum err err = zone_day_parse(ctx->arena, day, &request->day);
    return err == OK ? OK : fail_field(ctx, err, "day");
}

enum err
api_till_day_close_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct till_day_request *request = into;
    struct str once_key;
    const struct json_field fields[] = {
        {"location_id", JSON_FIELD_ID, &request->location.v, .id_kind = ID_location},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .min = 1, .max = 128},
    };

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

/* When, and by whom; null: it was not. */
static enum err
put_moment(struct ctx *ctx, struct json_out *out, const char *key, int64_t at_us, team_member_id by)
{
    struct str name = {0};

    if (at_us == 0) {
        json_put_null(out, key);
        return OK;
    }
    if (by.v != 0) TRY(insight_find_actor_name(ctx, by.v, &name));
    json_put_object(out, key);
    json_put_time(out, "at", at_us);
    json_put_id(out, "team_member_id", ID_team_member, by.v);
    json_put_text_if(out, "name", name);
    json_end_object(out);
    return OK;
}

static enum err
put_day(struct ctx *ctx, struct json_out *out, const struct till_day *day)
{
    json_put_id(out, "location_id", ID_location, day->location.v);
    json_put_text(out, "day", zone_day_format(ctx->arena, day->day));
    TRY(put_moment(ctx, out, "opened", day->opened_us, day->opened_by));
    return put_moment(ctx, out, "closed", day->closed_us, day->closed_by);
}

static void
put_sum(struct json_out *out, const struct till_sum *sum, struct str currency)
{
    json_put_int(out, "baskets", sum->baskets);
    json_put_money(out, "total_money", sum->total_minor, currency);
}

static void
put_hours(struct json_out *out, const struct till_summary *summary, struct str currency)
{
    json_put_array(out, "hours");
    for (int i = 0; i < TILL_HOURS; i++) {
        json_put_object(out, NULL);
        put_sum(out, &summary->hours[i], currency);
        json_end_object(out);
    }
    json_end_array(out);
}

static enum err
put_servers(struct ctx *ctx, struct json_out *out, const struct till_summary *summary,
            struct str currency)
{
    json_put_array(out, "servers");
    for (int i = 0; i < summary->server_count; i++) {
        const struct till_server *server = &summary->servers[i];
        struct str name = {0};

        if (server->id.v != 0) TRY(insight_find_actor_name(ctx, server->id.v, &name));
        json_put_object(out, NULL);
        json_put_id(out, "team_member_id", ID_team_member, server->id.v);
        json_put_text_if(out, "name", name);
        put_sum(out, &server->sum, currency);
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}

static void
put_figures(struct json_out *out, const struct till_summary *summary, struct str currency)
{
    const struct till_sum *sum = &summary->sum;

    put_sum(out, sum, currency);
    json_put_money(out, "average_money", sum->baskets ? sum->total_minor / sum->baskets : 0,
                   currency);
    json_put_int(out, "known_baskets", summary->known);
    json_put_int(out, "customers", summary->customers);
    json_put_int(out, "customers_new", summary->newcomers);
    json_put_int(out, "points", summary->points);
    json_put_int(out, "rewards_used", summary->rewards);
    json_put_money(out, "rewards_money", summary->rewards_minor, currency);
    json_put_money(out, "credit_money", summary->credit_minor, currency);
    json_put_money(out, "credit_notes_money", summary->notes_minor, currency);
    json_put_int(out, "refunds", summary->refunds);
    json_put_money(out, "refunded_money", summary->refunded_minor, currency);
    json_put_money(out, "refunded_to_notes_money", summary->refunded_notes_minor, currency);
    json_put_money(out, "net_money", sum->total_minor - summary->refunded_minor, currency);
    json_put_object(out, "voids");
    put_sum(out, &summary->voids, currency);
    json_end_object(out);
}

enum err
api_till_day(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct till_day_request *request = parsed;
    struct json_out *out = &reply->out;
    struct till_summary summary;
    struct location location;
    struct merchant merchant;
    struct till_day day;

    TRY(merchants_find(ctx, &merchant));
    TRY(till_days_choose(ctx, request->location, &location));
    int64_t today = zone_day_at(location.time_zone, ctx->now_us);
    TRY(till_days_find(ctx, location.id, request->has_day ? request->day : today, &day));
    TRY(till_summary_read(ctx, location.id, location.time_zone, day.day, &summary));
    json_put_object(out, "day");
    TRY(put_day(ctx, out, &day));
    json_put_bool(out, "is_today", day.day == today);
    json_put_text(out, "time_zone", location.time_zone);
    json_put_time(out, "start_at", summary.from_us);
    json_put_time(out, "end_at", summary.until_us);
    put_figures(out, &summary, merchant.currency);
    put_hours(out, &summary, merchant.currency);
    TRY(put_servers(ctx, out, &summary, merchant.currency));
    json_end_object(out);
    return OK;
}

enum err
api_till_day_close(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct till_day_request *request = parsed;
    struct till_day day;

    TRY(till_days_close(ctx, request->location, &day));
    json_put_object(&reply->out, "day");
    TRY(put_day(ctx, &reply->out, &day));
    json_end_object(&reply->out);
    return OK;
}
