/* events_api — what happened to loyalty accounts, newest first. */
#include "api/cursors.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "core/insight/insight.h"

enum { EVENT_PAGE_MAX = 30, EVENT_TYPES_MAX = 20 };

/* A type that Square has and we have not yet is no mistake: nothing is of that type. */
static enum err
read_types(struct ctx *ctx, const struct json_texts *types, struct event_search *search)
{
    for (int i = 0; i < types->count; i++) {
        enum event_type type;

        if (str_is(types->at[i], STR("ACCUMULATE_PROMOTION_POINTS"))) continue;
        if (event_type_parse(types->at[i], &type) != OK) {
            return fail_field(ctx, ERR_FIELD_VALUE, "query.filter.type_filter.types");
        }
        search->query.types |= 1U << type;
    }
    search->finds_nothing = types->count > 0 && search->query.types == 0;
    return OK;
}

enum err
api_event_search_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct event_search *search = into;
    struct event_query *query = &search->query;
    struct json_ids locations = {0};
    struct json_texts types = {0};
    struct str cursor = {0};
    int64_t limit = EVENT_PAGE_MAX;
    /* clang-format off */
    const struct json_field fields[] = {
        {"query.filter.loyalty_account_filter.loyalty_account_id", JSON_FIELD_ID,
         &query->account.v, .id_kind = ID_account},
        {"query.filter.customer_filter.customer_id", JSON_FIELD_ID, &query->customer.v,
         .id_kind = ID_customer},
        {"query.filter.type_filter.types", JSON_FIELD_TEXTS, &types, .max = EVENT_TYPES_MAX},
        {"query.filter.date_time_filter.created_at.start_at", JSON_FIELD_TIME, &query->from_us},
        {"query.filter.date_time_filter.created_at.end_at", JSON_FIELD_TIME, &query->until_us},
        {"query.filter.location_filter.location_ids", JSON_FIELD_IDS, &locations,
         .id_kind = ID_location, .max = EVENT_LOCATIONS_MAX},
        {"query.filter.order_filter.order_id", JSON_FIELD_ID, &query->order.v,
         .id_kind = ID_order},
        {"limit", JSON_FIELD_INT, &limit, .min = 1, .max = EVENT_PAGE_MAX},
        {"cursor", JSON_FIELD_TEXT, &cursor},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    TRY(read_types(ctx, &types, search));
    if (query->customer.v != 0 && query->account.v + query->order.v != 0) {
        return fail_field(ctx, ERR_FIELD_VALUE, "query.filter.customer_filter");
    }
    query->locations = locations.at;
    query->location_count = locations.count;
    query->limit = (int)limit;
    return cursor_parse(ctx, "events", cursor, &query->before);
}

/* Few did what is on a page: each is looked up once. */
struct known_actors {
    struct known_actor {
        int64_t id;
        struct str name;
    } at[EVENT_PAGE_MAX];
    int count;
};

static enum err
find_actor(struct ctx *ctx, struct known_actors *known, int64_t id, struct str *name)
{
    *name = STR("");
    if (id == 0) return OK;
    for (int i = 0; i < known->count; i++) {
        if (known->at[i].id != id) continue;
        *name = known->at[i].name;
        return OK;
    }
    TRY(insight_find_actor_name(ctx, id, name));
    ASSERT(known->count < EVENT_PAGE_MAX);
    known->at[known->count++] = (struct known_actor){id, *name};
    return OK;
}

enum err
api_event_search(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct event_search *search = parsed;
    struct known_actors known = {.count = 0};
    struct loyalty_event *events = NULL;
    int count = 0;

    if (!search->finds_nothing) {
        TRY(accounts_search_events(ctx, &search->query, &events, &count));
    }
    json_put_array(&reply->out, "events");
    for (int i = 0; i < count; i++) {
        struct str actor;

        TRY(find_actor(ctx, &known, events[i].actor_id, &actor));
        json_put_event_by(&reply->out, NULL, &events[i], actor);
    }
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "events",
                                          .count = count,
                                          .limit = search->query.limit,
                                          .last = count > 0 ? events[count - 1].id.v : 0});
    return OK;
}
