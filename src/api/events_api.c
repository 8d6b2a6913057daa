/* events_api — what happened to loyalty accounts, newest first. */
#include "api/cursors.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "core/insight/insight.h"

enum { EVENT_PAGE_MAX = 30, EVENT_NAMES_MAX = 20 };

/* A list of names as bits: of each name, the one that `named` has at its place. */
struct names_field {
    struct json_texts texts;
    const char *path;
    const char *(*named)(int i);
    int count;
};

static enum err
read_names(struct ctx *ctx, const struct names_field *field, unsigned *bits)
{
    for (int i = 0; i < field->texts.count; i++) {
        unsigned found = 0;

        for (int at = 0; at < field->count; at++) {
            if (str_is(field->texts.at[i], str_of(field->named(at)))) found |= 1U << at;
        }
        if (found == 0) return fail_field(ctx, ERR_FIELD_VALUE, field->path);
        *bits |= found;
    }
    return OK;
}

static const char *
type_named(int i)
{
    return event_type_name((enum event_type)i);
}

static const char *
kind_named(int i)
{
    return event_kind_name((enum event_kind)i);
}

static const char *
actor_named(int i)
{
    return api_actor_kind_name((enum actor_kind)i);
}

enum err
api_event_search_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct event_query *query = into;
    struct json_ids locations = {0};
    struct names_field types = {
        .path = "query.filter.type_filter.types", .named = type_named, .count = EVENT_TYPE_COUNT};
    struct names_field kinds = {
        .path = "query.filter.kind_filter.kinds", .named = kind_named, .count = EVENT_KIND_COUNT};
    struct names_field actors = {
        .path = "query.filter.actor_filter.kinds", .named = actor_named, .count = ACTOR_POS + 1};
    struct str cursor = {0};
    int64_t limit = EVENT_PAGE_MAX;
    /* clang-format off */
    const struct json_field fields[] = {
        {"query.filter.loyalty_account_filter.loyalty_account_id", JSON_FIELD_ID,
         &query->account.v, .id_kind = ID_account},
        {"query.filter.customer_filter.customer_id", JSON_FIELD_ID, &query->customer.v,
         .id_kind = ID_customer},
        {types.path, JSON_FIELD_TEXTS, &types.texts, .max = EVENT_NAMES_MAX},
        {kinds.path, JSON_FIELD_TEXTS, &kinds.texts, .max = EVENT_NAMES_MAX},
        {actors.path, JSON_FIELD_TEXTS, &actors.texts, .max = EVENT_NAMES_MAX},
        {"query.filter.actor_filter.team_member_id", JSON_FIELD_ID, &query->member.v,
         .id_kind = ID_team_member},
        {"query.filter.program_filter.program_id", JSON_FIELD_ID, &query->program.v,
         .id_kind = ID_program},
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
    TRY(read_names(ctx, &types, &query->types));
    TRY(read_names(ctx, &kinds, &query->kinds));
    TRY(read_names(ctx, &actors, &query->actors));
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

/* Refunds are few, and each is looked up by itself. */
static enum err
find_return(struct ctx *ctx, const struct loyalty_event *event, struct event_beside *beside)
{
    bool by_hand = event->order.v == 0;

    beside->is_return = !by_hand && str_is(event->reason, STR("refund"));
    if (!beside->is_return) return OK;
    return orders_find_return(ctx, event->order, event->at_us, &beside->back);
}

enum err
api_event_search(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct event_query *query = parsed;
    struct known_actors known = {.count = 0};
    struct loyalty_event *events;
    int count;

    TRY(accounts_search_events(ctx, query, &events, &count));
    json_put_array(&reply->out, "events");
    for (int i = 0; i < count; i++) {
        struct event_beside beside = {0};

        TRY(find_actor(ctx, &known, events[i].actor_id, &beside.actor_name));
        TRY(find_return(ctx, &events[i], &beside));
        json_put_event_seen(&reply->out, NULL, &events[i], &beside);
    }
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "events",
                                          .count = count,
                                          .limit = query->limit,
                                          .last = count > 0 ? events[count - 1].id.v : 0});
    return OK;
}
