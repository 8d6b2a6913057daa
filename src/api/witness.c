/* witness — see witness.h. */
#include "api/witness.h"
#include "core/credit/credit.h"
#include "core/loyalty/rewards.h"
#include "core/orders/sheets.h"
#include "core/people/retention.h"
#include "core/team/permissions.h"
#include "core/trail/trail.h"

#define DAILY_OF_KEYS                                                                              \
    ((uint64_t)(PERM_SELF | PERM_CUSTOMERS_READ | PERM_CUSTOMERS_WRITE | PERM_LOYALTY_READ |       \
                PERM_LOYALTY_WRITE | PERM_LOCATIONS_READ | PERM_SALES))

struct subject {
    enum id_kind kind;
    int64_t id; /* 0: nothing in particular */
    customer_id customer;
    location_id location;
};

static struct subject
find_subject(const struct http_request *req, const struct http_reply *reply)
{
    struct subject subject = {.kind = ID_merchant, .customer = reply->about};
    enum id_kind kind;
    int64_t id;

    for (int i = 0; i < HTTP_PATH_IDS_MAX && req->segment[i].len > 0; i++) {
        if (id_parse_any(req->segment[i], &kind, &id) != OK) continue;
        if (kind == ID_customer) subject.customer.v = id;
        subject.kind = kind;
        subject.id = id;
    }
    if (subject.id != 0 || reply->raw) return subject;
    subject.kind = reply->out.first_kind;
    subject.id = reply->out.first_id;
    return subject;
}

static enum err
find_owner(struct ctx *ctx, account_id id, struct subject *subject)
{
    struct loyalty_account account;

    TRY(accounts_find(ctx, id, &account));
    subject->customer = account.customer;
    return OK;
}

static enum err
find_owner_of_reward(struct ctx *ctx, reward_id id, struct subject *subject)
{
    struct reward reward;

    TRY(rewards_find(ctx, id, &reward));
    return find_owner(ctx, reward.account, subject);
}

static enum err
find_owner_of_note(struct ctx *ctx, credit_note_id id, struct subject *subject)
{
    struct credit_note note;

    TRY(credit_find(ctx, id, &note));
    subject->customer = note.customer;
    return OK;
}

static enum err
find_owner_of_order(struct ctx *ctx, order_id id, struct subject *subject)
{
    struct order_sheet sheet;

    TRY(orders_find_sheet(ctx, id, &sheet));
    if (sheet.customer.v != 0) subject->customer = sheet.customer;
    subject->location = sheet.order.location;
    return OK;
}

/* Whom it concerns, and where it was. */
static enum err
find_concerned(struct ctx *ctx, struct subject *subject)
{
    int64_t id = subject->id;

    if (subject->kind == ID_customer) subject->customer.v = id;
    if (subject->kind == ID_location) subject->location.v = id;
    if (subject->kind == ID_account) return find_owner(ctx, (account_id){id}, subject);
    if (subject->kind == ID_reward) return find_owner_of_reward(ctx, (reward_id){id}, subject);
    if (subject->kind == ID_credit_note) {
        return find_owner_of_note(ctx, (credit_note_id){id}, subject);
    }
    if (subject->kind == ID_order) return find_owner_of_order(ctx, (order_id){id}, subject);
    return OK;
}

/* What the id of a thing that is gone leads to is nothing. */
static enum err
describe(struct ctx *ctx, struct subject *subject)
{
    const char *field = ctx->field;

    enum err err = find_concerned(ctx, subject);
    ctx->field = field;
    return err_kind(err) == KIND_MISSING ? OK : err;
}

static bool
is_written(const struct ctx *ctx, const struct route *route)
{
    if (ctx->merchant.v == 0) return false;
    if (ctx->actor.kind == ACTOR_STAFF) return true;
    if (ctx->actor.kind != ACTOR_KEY || route->trace == TRACE_LOOKED) return false;
    return (route->needs & ~DAILY_OF_KEYS) != 0;
}

static enum trail_kind
kind_of(const struct route *route, const struct http_reply *reply)
{
    if (route->trace == TRACE_GAVE && !reply->took) return TRAIL_GAVE;
    return route->trace == TRACE_LOOKED ? TRAIL_LOOKED : TRAIL_CHANGED;
}

enum err
api_witness(struct ctx *ctx, const struct http_request *req, const struct http_reply *reply)
{
    const struct route *route = req->route;

    if (!is_written(ctx, route)) return OK;
    struct subject subject = find_subject(req, reply);
    TRY(describe(ctx, &subject));
    struct trail_entry entry = {
        .kind = kind_of(route, reply),
        .operation = str_of(route->name),
        .subject_kind = subject.kind,
        .subject = subject.id,
        .customer = subject.customer,
        .location = subject.location,
    };
    if (entry.location.v == 0) entry.location.v = ctx->actor.location;
    TRY(trail_add(ctx, &entry));
    /* They stood at the till, and showed their card or said their number. */
    if (!str_is(entry.operation, STR("till_identify"))) return OK;
    return retention_note_contact(ctx, entry.customer, ctx->now_us);
}

enum err
api_witness_has(struct ctx *ctx, const struct http_request *req, const struct http_reply *reply,
                bool *has_written)
{
    *has_written = !is_written(ctx, req->route);
    if (*has_written) return OK;
    struct subject subject = find_subject(req, reply);
    TRY(describe(ctx, &subject));
    if (subject.customer.v == 0) return OK;
    return trail_has_look(ctx, subject.customer, has_written);
}
