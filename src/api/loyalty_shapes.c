/* loyalty_shapes — accounts, events and rewards in JSON; see shapes.h */
#include "api/shapes.h"
#include "base/clock.h"
#include "core/ledger/ledger.h"
#include "core/loyalty/earnings.h"

enum { DEADLINES_MAX = 100 };

enum err
json_put_account(struct ctx *ctx, struct json_out *out, const char *key,
                 const struct loyalty_account *account)
{
    json_put_object(out, key);
    TRY(json_put_account_fields(ctx, out, account));
    json_end_object(out);
    return OK;
}

enum err
json_put_pending(struct ctx *ctx, struct json_out *out, account_id account)
{
    struct pending_points *pending = NULL;
    struct ledger_balance book;
    int count = 0;

    TRY(ledger_read_balance(ctx, account.v, BOOK_PENDING, &book));
    json_put_int(out, "pending_points", book.balance);
    if (book.balance == 0) return OK;
    TRY(earnings_list_pending(ctx, account, DEADLINES_MAX, &pending, &count));
    json_put_array(out, "pending");
    for (int i = 0; i < count; i++) {
        json_put_object(out, NULL);
        json_put_int(out, "points", pending[i].points);
        json_put_time(out, "ripe_at", pending[i].ripe_us);
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}

enum err
json_put_account_fields(struct ctx *ctx, struct json_out *out,
                        const struct loyalty_account *account)
{
    struct ledger_deadline *deadlines = NULL;
    int count = 0;

    TRY(ledger_list_deadlines(ctx, account->id, DEADLINES_MAX, &deadlines, &count));
    json_put_id(out, "id", ID_account, account->id.v);
    json_put_id(out, "program_id", ID_program, account->program.v);
    json_put_int(out, "balance", account->balance);
    json_put_int(out, "lifetime_points", account->lifetime);
    TRY(json_put_pending(ctx, out, account->id));
    json_put_id(out, "customer_id", ID_customer, account->customer.v);
    json_put_time(out, "enrolled_at", account->enrolled_us);
    json_put_time(out, "created_at", account->created_us);
    json_put_time(out, "updated_at", account->updated_us);
    if (account->phone.len > 0) {
        json_put_object(out, "mapping");
        json_put_text(out, "phone_number", account->phone);
        json_put_time(out, "created_at", account->created_us);
        json_end_object(out);
    }
    if (count > 0) json_put_array(out, "expiring_point_deadlines");
    for (int i = 0; i < count; i++) {
        json_put_object(out, NULL);
        json_put_int(out, "points", deadlines[i].points);
        json_put_time(out, "expires_at", deadlines[i].expires_us);
        if (account->notice_days > 0) {
            json_put_time(out, "notice_at",
                          deadlines[i].expires_us - account->notice_days * CLOCK_DAY_US);
        }
        json_end_object(out);
    }
    if (count > 0) json_end_array(out);
    return OK;
}

/* Each type of event has a block of its own, and Square gives each other members. */
static void
put_event_block(struct json_out *out, const struct loyalty_event *event)
{
    static const char *const blocks[EVENT_TYPE_COUNT] = {
        [EVENT_ACCUMULATE_POINTS] = "accumulate_points",
        [EVENT_CREATE_REWARD] = "create_reward",
        [EVENT_REDEEM_REWARD] = "redeem_reward",
        [EVENT_DELETE_REWARD] = "delete_reward",
        [EVENT_ADJUST_POINTS] = "adjust_points",
        [EVENT_EXPIRE_POINTS] = "expire_points",
        [EVENT_ACCUMULATE_PROMOTION_POINTS] = "accumulate_promotion_points",
        [EVENT_OTHER] = "other_event",
    };

    ASSERT(event->type < EVENT_TYPE_COUNT);
    json_put_object(out, blocks[event->type]);
    json_put_id(out, "loyalty_program_id", ID_program, event->program.v);
    json_put_id(out, "loyalty_promotion_id", ID_promotion, event->promotion.v);
    if (event->type != EVENT_REDEEM_REWARD) json_put_int(out, "points", event->points);
    json_put_id(out, "reward_id", ID_reward, event->reward.v);
    json_put_id(out, "order_id", ID_order, event->order.v);
    json_put_text_if(out, "reason", event->reason);
    json_end_object(out);
}

/* What an actor's id is of. */
static enum id_kind
actor_id_kind(enum actor_kind kind)
{
    switch (kind) {
    case ACTOR_STAFF:
        return ID_team_member;
    case ACTOR_KEY:
        return ID_api_key;
    case ACTOR_TABLET:
        return ID_tablet;
    case ACTOR_CUSTOMER:
        return ID_customer;
    case ACTOR_POS:
        return ID_integration;
    case ACTOR_NONE:
    case ACTOR_SYSTEM:
        break;
    }
    return ID_KIND_COUNT;
}

const char *
api_actor_kind_name(enum actor_kind kind)
{
    static const char *const names[] = {
        [ACTOR_NONE] = "SYSTEM", [ACTOR_SYSTEM] = "SYSTEM", [ACTOR_STAFF] = "STAFF",
        [ACTOR_KEY] = "KEY",     [ACTOR_TABLET] = "TABLET", [ACTOR_CUSTOMER] = "CUSTOMER",
        [ACTOR_POS] = "POS",
    };

    ASSERT(kind >= 0);
    ASSERT(kind <= ACTOR_POS);
    return names[kind];
}

static void
put_actor(struct json_out *out, const struct loyalty_event *event, struct str name)
{
    enum id_kind kind = actor_id_kind(event->actor_kind);

    json_put_object(out, "actor");
    json_put_text(out, "kind", str_of(api_actor_kind_name(event->actor_kind)));
    if (kind != ID_KIND_COUNT) json_put_id(out, "id", kind, event->actor_id);
    json_put_text_if(out, "name", name);
    json_end_object(out);
}

/* Why an order took points back, as far as our till was told. */
static void
put_return(struct json_out *out, const struct event_beside *beside)
{
    if (!beside->is_return) return;
    json_put_object(out, "order_return");
    json_put_text(out, "kind", beside->back.is_void ? STR("VOID") : STR("REFUND"));
    json_put_text_if(out, "reason", beside->back.reason);
    json_end_object(out);
}

void
json_put_event(struct json_out *out, const char *key, const struct loyalty_event *event)
{
    json_put_event_seen(out, key, event, &(struct event_beside){0});
}

void
json_put_event_seen(struct json_out *out, const char *key, const struct loyalty_event *event,
                    const struct event_beside *beside)
{
    json_put_object(out, key);
    json_put_id(out, "id", ID_transfer, event->id.v);
    json_put_text(out, "type", str_of(event_type_name(event->type)));
    json_put_time(out, "created_at", event->at_us);
    put_event_block(out, event);
    json_put_id(out, "loyalty_account_id", ID_account, event->account.v);
    json_put_id(out, "location_id", ID_location, event->location.v);
    json_put_text(out, "source",
                  event->actor_kind == ACTOR_KEY ? STR("LOYALTY_API") : STR("SQUARE"));
    put_actor(out, event, beside->actor_name); /* ours */
    put_return(out, beside);                   /* ours */
    json_end_object(out);
}
