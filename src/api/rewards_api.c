/* rewards_api — taking, using and giving up rewards over HTTP. The rules are in core/loyalty. */
#include "api/cursors.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/shapes.h"

enum { REWARD_PAGE_MAX = 30 };

enum err
api_reward_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, 0, ID_reward, into);
}

enum err
api_reward_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct reward reward;

    TRY(rewards_find(ctx, (reward_id){*id}, &reward));
    return json_put_reward_done(ctx, &reply->out, &reward);
}

enum err
api_reward_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct reward_order *order = into;
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"reward.loyalty_account_id", JSON_FIELD_ID, &order->account.v, .required = true,
         .id_kind = ID_account},
        {"reward.reward_tier_id", JSON_FIELD_ID, &order->tier.v, .required = true,
         .id_kind = ID_tier},
        {"reward.order_id", JSON_FIELD_ID, &order->order.v, .id_kind = ID_order},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_reward_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct reward_order *wanted = parsed;
    struct reward reward;
    struct order order;

    if (wanted->order.v != 0) TRY(orders_find(ctx, wanted->order, &order));
    TRY(rewards_take(ctx, wanted, &reward));
    return json_put_reward_done(ctx, &reply->out, &reward);
}

enum err
api_reward_give_up(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;

    (void)reply;
    return rewards_give_up(ctx, (reward_id){*id});
}

/* ---- search ---- */

enum err
api_reward_search_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const statuses[] = {"ISSUED", "REDEEMED", "DELETED"};
    struct reward_query *query = into;
    struct str cursor = {0}, status = {0};
    int64_t limit = REWARD_PAGE_MAX;
    int which = 0;
    /* clang-format off */
    const struct json_field fields[] = {
        {"query.loyalty_account_id", JSON_FIELD_ID, &query->account.v, .id_kind = ID_account},
        {"query.status", JSON_FIELD_TEXT, &status},
        {"limit", JSON_FIELD_INT, &limit, .min = 1, .max = REWARD_PAGE_MAX},
        {"cursor", JSON_FIELD_TEXT, &cursor},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    TRY(api_choose(ctx, status, "query.status", API_NAMES(statuses), &which));
    query->any_status = status.len == 0;
    query->status = (enum reward_status)which; /* the names stand in the enum's order */
    query->limit = (int)limit;
    return cursor_parse(ctx, "rewards", cursor, &query->before);
}

enum err
api_reward_search(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct reward_query *query = parsed;
    struct merchant merchant;
    struct reward *rewards;
    int count;

    TRY(merchants_find(ctx, &merchant));
    TRY(rewards_search(ctx, query, &rewards, &count));
    json_put_array(&reply->out, "rewards");
    for (int i = 0; i < count; i++) {
        json_put_reward(&reply->out, NULL, &rewards[i], merchant.currency);
    }
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "rewards",
                                          .count = count,
                                          .limit = query->limit,
                                          .last = count > 0 ? rewards[count - 1].id.v : 0});
    return OK;
}

/* ---- using ---- */

enum err
api_reward_redeem_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct reward_use *use = into;
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
        {"location_id", JSON_FIELD_ID, &use->location.v, .required = true, .id_kind = ID_location},
    };
    /* clang-format on */

    TRY(http_path_id(ctx, req, 0, ID_reward, &use->reward.v));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_reward_redeem(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct reward_use *use = parsed;
    struct location location;
    struct reward reward;
    transfer_id id;

    TRY(rewards_find(ctx, use->reward, &reward));
    TRY(locations_find(ctx, use->location, &location));
    TRY(rewards_redeem(ctx, use->reward, use->location, &id));
    const struct loyalty_event event = {
        .id = id,
        .account = reward.account,
        .program = reward.program,
        .type = EVENT_REDEEM_REWARD,
        .location = location.id,
        .order = reward.order,
        .reward = reward.id,
        .actor_kind = ctx->actor.kind,
        .actor_id = ctx->actor.id,
        .at_us = ctx->now_us,
    };
    json_put_event(&reply->out, "event", &event);
    return OK;
}

/* A key that makes a repeat harmless is welcome, not required: these are taps, not payments. */
enum err
api_reward_tap_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct reward_use *use = into;
    struct str once_key;
    const struct json_field fields[] = {
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .min = 1, .max = 128},
    };

    TRY(http_path_id(ctx, req, 0, ID_reward, &use->reward.v));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_reward_use(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct reward_use *use = parsed;
    struct reward reward;
    struct str token;

    TRY(rewards_use(ctx, use->reward, &reward, &token));
    TRY(json_put_reward_done(ctx, &reply->out, &reward));
    json_put_object(&reply->out, "showing");
    json_put_text(&reply->out, "token", token);
    json_put_time(&reply->out, "until", reward.showing_until_us);
    json_end_object(&reply->out);
    return OK;
}

enum err
api_showing_show_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"token"};
    struct showing_request *request = into;

    TRY(http_path_id(ctx, req, 0, ID_reward, &request->reward.v));
    TRY(api_query_only(ctx, req, API_NAMES(names)));
    request->token = http_query(ctx, req, "token");
    if (request->token.len == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, "token");
    return OK;
}

enum err
api_showing_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct showing_request *request = parsed;
    struct reward reward;

    TRY(rewards_find_showing(ctx, request->reward, request->token, &reward));
    TRY(json_put_reward_done(ctx, &reply->out, &reward));
    json_put_object(&reply->out, "showing");
    json_put_time(&reply->out, "until", reward.showing_until_us);
    json_end_object(&reply->out);
    json_put_time(&reply->out, "server_time", ctx->now_us);
    return OK;
}

enum err
api_showing_end_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct showing_request *request = into;
    const struct json_field fields[] = {
        {"token", JSON_FIELD_TEXT, &request->token, .required = true},
    };

    TRY(http_path_id(ctx, req, 0, ID_reward, &request->reward.v));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_showing_end(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct showing_request *request = parsed;

    (void)reply;
    return rewards_end_showing(ctx, request->reward, request->token);
}

enum err
api_reward_put_back(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct reward_use *use = parsed;
    struct reward reward;

    TRY(rewards_put_back(ctx, use->reward, &reward));
    return json_put_reward_done(ctx, &reply->out, &reward);
}
