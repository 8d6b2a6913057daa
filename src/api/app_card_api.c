/* app_card_api — a customer's card, and what happened to it. */
#include "api/app_handlers.h"
#include "api/app_shapes.h"
#include "api/cursors.h"
#include "api/fields.h"
#include "api/shapes.h"
#include "core/loyalty/earnings.h"
#include <stdlib.h>

enum { HISTORY_PAGE = 30 };

enum err
api_app_card_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    return json_put_card(ctx, &reply->out, (customer_id){ctx->actor.id});
}

/* ---- history ---- */

enum err
api_app_history_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"cursor"};
    struct history_request *request = into;

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    return cursor_parse(ctx, "history", http_query(ctx, req, "cursor"), &request->before);
}

static struct str
name_of_location(const struct location *locations, int count, location_id id)
{
    for (int i = 0; i < count; i++) {
        if (locations[i].id.v == id.v) return locations[i].name;
    }
    return STR("");
}

/* Why, where the program itself says so; not why staff did something: that they wrote for
 * themselves. Cashback is spent for any reason. */
static const char *
reason_name(const struct loyalty_event *event)
{
    static const struct {
        const char *noted, *name;
    } ours[] = {
        {"pending", "PENDING"},           {"refund", "REFUND"},   {"put back", "PUT_BACK"},
        {"order undone", "ORDER_UNDONE"}, {"expired", "EXPIRED"},
    };

    if (event->type == EVENT_ADJUST_POINTS) return NULL;
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        if (str_is(event->reason, str_of(ours[i].noted))) return ours[i].name;
    }
    return event->type == EVENT_OTHER && event->points < 0 ? "SPENT" : NULL;
}

static enum err
find_promotion(struct ctx *ctx, const struct loyalty_event *event, struct str *name)
{
    struct earning_told told;

    if (event->type != EVENT_ACCUMULATE_PROMOTION_POINTS || event->order.v == 0) return OK;
    TRY(earnings_explain(ctx, event->account, event->order, &told));
    for (int i = 0; i < told.line_count; i++) {
        if (told.lines[i].rule == NULL && told.lines[i].points > 0) {
            *name = told.lines[i].promotion_name;
        }
    }
    return OK;
}

static enum err
put_event(struct ctx *ctx, struct json_out *out, const struct loyalty_event *event,
          struct str location)
{
    const char *reason = reason_name(event);
    struct reward reward = {0};
    struct str promotion = {0};

    TRY(find_promotion(ctx, event, &promotion));
    if (event->reward.v != 0) TRY(rewards_find(ctx, event->reward, &reward));
    json_put_object(out, NULL);
    json_put_id(out, "id", ID_transfer, event->id.v);
    json_put_text(out, "type", str_of(event_type_name(event->type)));
    json_put_int(out, "points", event->points);
    json_put_time(out, "at", event->at_us);
    json_put_id(out, "program_id", ID_program, event->program.v);
    json_put_text_if(out, "location_name", location);
    json_put_text_if(out, "reward_name", reward.tier_name);
    json_put_text_if(out, "promotion_name", promotion);
    if (reason != NULL) json_put_text(out, "reason", str_of(reason));
    json_end_object(out);
    return OK;
}

static int
newest_first(const void *a, const void *b)
{
    int64_t x = ((const struct loyalty_event *)a)->id.v;
    int64_t y = ((const struct loyalty_event *)b)->id.v;

    return x < y ? 1 : x > y ? -1 : 0;
}

/* A page of all their accounts together: a page of each has it. */
static enum err
list_events(struct ctx *ctx, int64_t before, struct loyalty_event **events, int *count)
{
    const struct account_query mine = {
        .customers = &ctx->actor.id, .customer_count = 1, .limit = PROGRAMS_MAX};
    struct loyalty_account *accounts;
    struct loyalty_event *page;
    int account_count, page_count;

    *events = ARENA_ARRAY(ctx->arena, struct loyalty_event, PROGRAMS_MAX * HISTORY_PAGE);
    *count = 0;
    TRY(accounts_search(ctx, &mine, &accounts, &account_count));
    for (int i = 0; i < account_count; i++) {
        const struct event_query query = {
            .account = accounts[i].id, .before = before, .limit = HISTORY_PAGE};

        TRY(accounts_search_events(ctx, &query, &page, &page_count));
        memcpy(*events + *count, page, (size_t)page_count * sizeof *page);
        *count += page_count;
    }
    qsort(*events, (size_t)*count, sizeof **events, newest_first);
    if (*count > HISTORY_PAGE) *count = HISTORY_PAGE;
    return OK;
}

enum err
api_app_history(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct history_request *request = parsed;
    struct loyalty_event *events;
    struct location *locations;
    int count, location_count;

    TRY(locations_list(ctx, &locations, &location_count));
    TRY(list_events(ctx, request->before, &events, &count));
    json_put_array(&reply->out, "events");
    for (int i = 0; i < count; i++) {
        TRY(put_event(ctx, &reply->out, &events[i],
                      name_of_location(locations, location_count, events[i].location)));
    }
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "history",
                                          .count = count,
                                          .limit = HISTORY_PAGE,
                                          .last = count > 0 ? events[count - 1].id.v : 0});
    return OK;
}
