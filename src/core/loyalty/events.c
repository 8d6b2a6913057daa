/* events — see events.h. What happened to an account, noted for ever and told at once. */
#include "core/loyalty/accounts_store.h"
#include "core/loyalty/events_store.h"
#include "core/loyalty/merging_store.h"
#include "core/loyalty/points.h"
#include "db/write_lane.h"
#include <inttypes.h>
#include <stdlib.h>

static const char *const type_names[EVENT_TYPE_COUNT] = {
    [EVENT_ACCUMULATE_POINTS] = "ACCUMULATE_POINTS",
    [EVENT_CREATE_REWARD] = "CREATE_REWARD",
    [EVENT_REDEEM_REWARD] = "REDEEM_REWARD",
    [EVENT_DELETE_REWARD] = "DELETE_REWARD",
    [EVENT_ADJUST_POINTS] = "ADJUST_POINTS",
    [EVENT_EXPIRE_POINTS] = "EXPIRE_POINTS",
    [EVENT_ACCUMULATE_PROMOTION_POINTS] = "ACCUMULATE_PROMOTION_POINTS",
    [EVENT_OTHER] = "OTHER",
};

const char *
event_type_name(enum event_type type)
{
    ASSERT(type >= 0);
    ASSERT(type < EVENT_TYPE_COUNT);
    return type_names[type];
}

enum err
event_type_parse(struct str name, enum event_type *type)
{
    for (int i = 0; i < EVENT_TYPE_COUNT; i++) {
        if (!str_is(name, str_of(type_names[i]))) continue;
        *type = (enum event_type)i;
        return OK;
    }
    return ERR_FIELD_VALUE;
}

const char *
event_kind_name(enum event_kind kind)
{
    static const char *const names[EVENT_KIND_COUNT] = {
        [EVENT_IS_EARNED] = "EARNED",         [EVENT_IS_REWARD] = "REWARD",
        [EVENT_IS_CORRECTION] = "CORRECTION", [EVENT_IS_REFUND] = "REFUND",
        [EVENT_IS_SPENT] = "SPENT",           [EVENT_IS_EXPIRED] = "EXPIRED",
        [EVENT_IS_MERGED] = "MERGED",
    };

    ASSERT(kind >= 0);
    ASSERT(kind < EVENT_KIND_COUNT);
    return names[kind];
}

/* Fills what every event has. */
static enum err
complete(struct ctx *ctx, const struct loyalty_account *account, struct loyalty_event *event)
{
    if (event->id.v == 0) event->id.v = id_next(ctx);
    if (event->seq == 0) TRY(write_next_seq(ctx, &event->seq));
    event->account = account->id;
    event->program = account->program;
    event->actor_kind = ctx->actor.kind;
    event->actor_id = ctx->actor.id;
    event->at_us = ctx->now_us;
    return OK;
}

static enum err
tell(struct ctx *ctx, const struct loyalty_event *event, int64_t points)
{
    struct str id = id_format(ctx->arena, ID_account, event->account.v);

    TRY(write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY));
    return write_live_event(ctx, STR("merchant"), STR("loyalty"),
                            str_format(ctx->arena,
                                       "{\"account_id\":\"%.*s\",\"type\":\"%s\","
                                       "\"points\":%" PRId64 "}",
                                       STR_ARG(id), event_type_name(event->type), points));
}

enum err
events_add(struct ctx *ctx, const struct loyalty_account *account, struct loyalty_event *event)
{
    TRY(complete(ctx, account, event));
    TRY(events_store_add(ctx, event));
    return tell(ctx, event, event->points);
}

enum err
events_add_after(struct ctx *ctx, const struct loyalty_account *account,
                 const struct events_added *added)
{
    struct loyalty_event *event = added->event;
    struct loyalty_event *companion = added->companion;
    int64_t promoted = companion->points;
    transfer_id id = companion->id;

    TRY(complete(ctx, account, event));
    if (promoted == 0) {
        TRY(events_store_add_after(ctx, event, added->previous));
        return tell(ctx, event, event->points);
    }
    *companion = *event;
    companion->id = id;
    companion->type = EVENT_ACCUMULATE_PROMOTION_POINTS;
    companion->points = promoted;
    TRY(events_store_add_after(ctx, event, added->previous));
    TRY(events_store_add_after(ctx, companion, event->id));
    return tell(ctx, event, event->points + promoted);
}

static int
newest_first(const void *a, const void *b)
{
    int64_t left = ((const struct loyalty_event *)a)->id.v;
    int64_t right = ((const struct loyalty_event *)b)->id.v;

    return left < right ? 1 : left > right ? -1 : 0;
}

enum { HISTORIES_MAX = 4 * PROGRAMS_MAX };

/* A customer's accounts, and those that became a part of them, whose history is theirs, too. */
static enum err
list_histories(struct ctx *ctx, customer_id customer, int64_t ids[static HISTORIES_MAX], int *count)
{
    struct membership *accounts = ARENA_ARRAY(ctx->arena, struct membership, PROGRAMS_MAX);
    int own_count, part_count = 0;

    TRY(accounts_list_of(ctx, customer, accounts, &own_count));
    for (int i = 0; i < own_count; i++) {
        ids[i] = accounts[i].account.id.v;
    }
    if (own_count > 0) {
        TRY(merging_store_list_parts(ctx, accounts[0].account.customer, HISTORIES_MAX - own_count,
                                     ids + own_count, &part_count));
    }
    *count = own_count + part_count;
    return OK;
}

/* The newest of all accounts are among the newest of each. */
static enum err
search_of_customer(struct ctx *ctx, const struct event_query *query, struct loyalty_event **events,
                   int *count)
{
    int64_t accounts[HISTORIES_MAX];
    int account_count;

    TRY(list_histories(ctx, query->customer, accounts, &account_count));
    struct loyalty_event *found = ARENA_ARRAY(ctx->arena, struct loyalty_event,
                                              (size_t)query->limit * (size_t)(account_count + 1));
    struct event_query of_account = *query;

    *count = 0;
    for (int i = 0; i < account_count; i++) {
        int more;

        of_account.account.v = accounts[i];
        TRY(events_store_list(ctx, &of_account, found + *count, &more));
        *count += more;
    }
    qsort(found, (size_t)*count, sizeof *found, newest_first);
    if (*count > query->limit) *count = query->limit;
    *events = found;
    return OK;
}

/* A promotion's event names it, as its order's earning does. */
static enum err
name_promotions(struct ctx *ctx, struct loyalty_event *events, int count)
{
    for (int i = 0; i < count; i++) {
        if (events[i].type != EVENT_ACCUMULATE_PROMOTION_POINTS) continue;
        TRY(events_store_find_promotion(ctx, &events[i]));
    }
    return OK;
}

enum err
accounts_search_events(struct ctx *ctx, const struct event_query *query,
                       struct loyalty_event **events, int *count)
{
    ASSERT(query->limit >= 1);
    ASSERT(query->limit <= EVENTS_PAGE_MAX);
    if (query->location_count > EVENT_LOCATIONS_MAX) {
        return fail(ctx, ERR_FIELD_RANGE, "%d locations", query->location_count);
    }
    if (query->customer.v != 0) {
        ASSERT(query->account.v == 0 && query->order.v == 0);
        TRY(search_of_customer(ctx, query, events, count));
        return name_promotions(ctx, *events, *count);
    }
    *events = ARENA_ARRAY(ctx->arena, struct loyalty_event, (size_t)query->limit);
    TRY(events_store_list(ctx, query, *events, count));
    return name_promotions(ctx, *events, *count);
}
