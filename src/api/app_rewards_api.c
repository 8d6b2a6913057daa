/*
 * app_rewards_api — customers take, show and give up rewards of their own. The rules are those of
 * staff, in core/loyalty; here is what makes them theirs: what is another's does not exist.
 */
#include "api/app_handlers.h"
#include "api/app_shapes.h"
#include "api/fields.h"
#include "api/shapes.h"

/* The path's {shop} is segment 0. */
enum { REWARD_SEGMENT = 1, ISSUED_MAX = 100, REDEEMED_MAX = 10 };

/* ---- theirs ---- */

static enum err
find_own_account(struct ctx *ctx, account_id id, struct loyalty_account *account)
{
    TRY(accounts_find(ctx, id, account));
    if (account->customer.v == ctx->actor.id) return OK;
    return fail(ctx, ERR_ACCOUNT_UNKNOWN, "another customer's");
}

static enum err
find_own_reward(struct ctx *ctx, reward_id id, struct reward *reward)
{
    struct loyalty_account account;

    TRY(rewards_find(ctx, id, reward));
    enum err err = find_own_account(ctx, reward->account, &account);
    return err == ERR_ACCOUNT_UNKNOWN ? fail(ctx, ERR_REWARD_UNKNOWN, "another customer's") : err;
}

/* ---- list, take, give up ---- */

enum err
api_app_reward_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, REWARD_SEGMENT, ID_reward, into);
}

enum err
api_app_reward_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    static const struct app_rewards issued = {REWARD_ISSUED, ISSUED_MAX},
                                    redeemed = {REWARD_REDEEMED, REDEEMED_MAX};
    customer_id id = {ctx->actor.id};

    (void)parsed;
    json_put_array(&reply->out, "rewards");
    TRY(json_put_rewards_of(ctx, &reply->out, id, &issued));
    TRY(json_put_rewards_of(ctx, &reply->out, id, &redeemed));
    json_end_array(&reply->out);
    json_put_time(&reply->out, "server_time", ctx->now_us);
    return OK;
}

enum err
api_app_reward_take_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct reward_order *order = into;
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"reward_tier_id", JSON_FIELD_ID, &order->tier.v, .required = true, .id_kind = ID_tier},
        {"account_id", JSON_FIELD_ID, &order->account.v, .id_kind = ID_account},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

/* The account told, or theirs in the tier's program. */
static enum err
choose_account(struct ctx *ctx, const struct reward_order *wanted, struct loyalty_account *account)
{
    customer_id self = {ctx->actor.id};
    struct reward_tier tier;

    if (wanted->account.v != 0) return find_own_account(ctx, wanted->account, account);
    TRY(programs_find_tier(ctx, wanted->tier, &tier));
    return accounts_find_by_customer(ctx, tier.program, self, account);
}

enum err
api_app_reward_take(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct reward_order order = *(const struct reward_order *)parsed;
    struct loyalty_account account;
    struct reward reward;

    TRY(choose_account(ctx, &order, &account));
    order.account = account.id;
    TRY(rewards_take(ctx, &order, &reward));
    TRY(accounts_find(ctx, account.id, &account));
    TRY(json_put_reward_done(ctx, &reply->out, &reward));
    json_put_int(&reply->out, "balance", account.balance);
    return OK;
}

enum err
api_app_reward_give_up(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct reward reward;

    (void)reply;
    TRY(find_own_reward(ctx, (reward_id){*id}, &reward));
    return rewards_give_up(ctx, reward.id);
}

/* ---- use ---- */

enum err
api_app_reward_tap_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct reward_use *use = into;
    struct str once_key;
    const struct json_field fields[] = {
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };

    TRY(http_path_id(ctx, req, REWARD_SEGMENT, ID_reward, &use->reward.v));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_app_reward_use(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct reward_use *use = parsed;
    struct reward reward;
    struct str token;

    TRY(find_own_reward(ctx, use->reward, &reward));
    TRY(rewards_use(ctx, reward.id, &reward, &token));
    TRY(json_put_reward_done(ctx, &reply->out, &reward));
    json_put_object(&reply->out, "showing");
    json_put_text(&reply->out, "token", token);
    json_put_time(&reply->out, "until", reward.showing_until_us);
    json_put_time(&reply->out, "server_time", ctx->now_us);
    json_end_object(&reply->out);
    return OK;
}

enum err
api_app_showing_show_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"token"};
    struct showing_request *request = into;

    TRY(http_path_id(ctx, req, REWARD_SEGMENT, ID_reward, &request->reward.v));
    TRY(api_query_only(ctx, req, API_NAMES(names)));
    request->token = http_query(ctx, req, "token");
    if (request->token.len == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, "token");
    return OK;
}

enum err
api_app_showing_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct showing_request *request = parsed;
    struct reward reward;

    TRY(find_own_reward(ctx, request->reward, &reward));
    return api_showing_show(ctx, parsed, reply);
}

enum err
api_app_showing_end_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct showing_request *request = into;
    const struct json_field fields[] = {
        {"token", JSON_FIELD_TEXT, &request->token, .required = true},
    };

    TRY(http_path_id(ctx, req, REWARD_SEGMENT, ID_reward, &request->reward.v));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_app_showing_end(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct showing_request *request = parsed;
    struct reward reward;

    TRY(find_own_reward(ctx, request->reward, &reward));
    return api_showing_end(ctx, parsed, reply);
}
