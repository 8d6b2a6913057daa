/* simulate_play — see simulate_play.h. */
#include "server/simulate_play.h"
#include <inttypes.h>

/* How often, per thousand orders, something happens. */
enum {
    OFTEN_CLAIMED = 750,
    OFTEN_TWICE_AT_ONCE = 100,
    OFTEN_SENT_AGAIN = 50,
    OFTEN_CLAIMED_AGAIN = 50,
    OFTEN_REFUNDED_FIRST = 10, /* the refund overtakes its order */
    OFTEN_REFUNDED_BEFORE_CLAIM = 20,
    OFTEN_REFUNDED_LATER = 30,
    OFTEN_TAKEN = 350,    /* of claims after which there is enough for a reward */
    OFTEN_USED = 800,     /* of rewards taken */
    OFTEN_GIVEN_UP = 500, /* of rewards taken and not used */
};

enum { TAX_PER_THOUSAND = 55 };

/* The lowest of three draws: a few customers come nearly daily, many once. */
static int
draw_customer(struct sim_play *play)
{
    int64_t lowest = play->wish->customers;

    for (int i = 0; i < 3; i++) {
        int64_t draw = (int64_t)(sim_random(play) % (uint64_t)play->wish->customers);
        if (draw < lowest) lowest = draw;
    }
    return (int)lowest;
}

/* A number as people in France type it, each a little differently. */
static struct str
phone_of(struct ctx *ctx, int customer)
{
    int high = customer / 100 % 100;
    int low = customer % 100;

    switch (customer % 3) {
    case 0:
        return str_format(ctx->arena, "06 12 34 %02d %02d", high, low);
    case 1:
        return str_format(ctx->arena, "+33 6 12 34 %02d %02d", high, low);
    default:
        return str_format(ctx->arena, "061234%02d%02d", high, low);
    }
}

static int64_t
tax_within(int64_t total_minor)
{
    return total_minor * TAX_PER_THOUSAND / (1000 + TAX_PER_THOUSAND);
}

/* What every message of the till begins with. */
static void
put_head(struct ctx *ctx, struct json_out *out, const struct sim_play *play,
         const struct sim_sale *sale, const char *event)
{
    json_out_open(out, ctx->arena);
    json_put_object(out, NULL);
    json_put_text(out, "event", str_of(event));
    json_put_time(out, "closed_at", ctx->now_us);
    json_put_time(out, "sent_at", ctx->now_us);
    json_put_text(out, "establishment", play->shop.establishment);
    json_put_text(out, "register", play->shop.counters[sale->counter].vendor_register);
    json_put_text(out, "currency", play->shop.currency);
}

static struct str
write_closed(struct ctx *ctx, const struct sim_play *play, const struct sim_sale *sale,
             const struct sim_order *order)
{
    struct json_out out;

    put_head(ctx, &out, play, sale, "closed");
    json_put_text(&out, "sale_id", sale->sale_id);
    json_put_int(&out, "total", order->total_minor);
    json_put_int(&out, "tip", 0);
    json_put_int(&out, "tax", tax_within(order->total_minor));
    json_put_array(&out, "lines");
    for (int i = 0; i < order->item_count; i++) {
        json_put_object(&out, NULL);
        json_put_text(&out, "sku", order->items[i]->name);
        json_put_text(&out, "name", order->items[i]->name);
        json_put_text(&out, "qty", STR("1"));
        json_put_int(&out, "unit_total", order->items[i]->price_minor);
        json_put_int(&out, "total", order->items[i]->price_minor);
        json_put_text(&out, "category", STR("bakery"));
        json_end_object(&out);
    }
    json_end_array(&out);
    json_end_object(&out);
    return json_out_text(&out);
}

/* Sends a message, and reads which order the server made of it. */
static enum err
send_message(struct ctx *ctx, struct sim_play *play, struct str body, struct str *made)
{
    bool twice = sim_chance(play, OFTEN_TWICE_AT_ONCE);
    struct sim_reply reply;
    const struct json_field fields[] = {
        {"order.id", JSON_FIELD_TEXT, made, .required = false},
    };

    *made = STR("");
    play->figures->deliveries += twice ? 2 : 1;
    TRY(sim_send_feed(ctx, &play->server, body, twice ? SIM_TWICE_AT_ONCE : SIM_ONCE, &reply));
    if (reply.status != 200 || reply.root == NULL) {
        sim_differs(play, "the feed answered %d %.*s to %.*s", reply.status, STR_ARG(reply.code),
                    STR_ARG(body));
        return OK;
    }
    return json_read_fields(ctx, reply.root, JSON_OPEN, JSON_FIELDS(fields));
}

/* Gives back a part of what is left of a sale; now and then all of it. */
static enum err
refund(struct ctx *ctx, struct sim_play *play, struct sim_sale *sale)
{
    int64_t left = sale->total_minor - sale->refunded_minor;
    struct json_out out;
    struct str made;

    if (left == 0) return OK;
    int64_t amount =
        sim_chance(play, 400) ? left : 1 + (int64_t)(sim_random(play) % (uint64_t)left);
    struct str refund_id =
        str_format(ctx->arena, "%.*s-r%" PRId64, STR_ARG(sale->sale_id), sale->refunded_minor);

    put_head(ctx, &out, play, sale, "refunded");
    json_put_text(&out, "sale_id", refund_id);
    json_put_text(&out, "refund_of", sale->sale_id);
    json_put_int(&out, "total", amount);
    json_put_int(&out, "tip", 0);
    json_put_int(&out, "tax", tax_within(amount));
    json_end_object(&out);
    TRY(send_message(ctx, play, json_out_text(&out), &made));

    int64_t taken_before = sale->taken_back;
    sim_model_refund(&play->server.rules, sale->account < 0 ? NULL : &play->accounts[sale->account],
                     sale, amount);
    play->figures->refunds++;
    play->figures->taken_back += sale->taken_back - taken_before;
    return OK;
}

static struct str
write_claim(struct ctx *ctx, const struct sim_play *play, const struct sim_sale *sale, int customer)
{
    const struct sim_counter *counter = &play->server.counters[sale->counter];
    struct json_out out;

    json_out_open(&out, ctx->arena);
    json_put_object(&out, NULL);
    json_put_text(&out, "order_id", sale->order_id);
    json_put_text(&out, "phone_number", phone_of(ctx, customer));
    json_put_object(&out, "consent");
    json_put_text(&out, "notice_version", counter->notice_version);
    json_put_text(&out, "language", counter->notice_language);
    json_end_object(&out);
    json_put_text(&out, "idempotency_key",
                  str_format(ctx->arena, "claim-%.*s", STR_ARG(sale->order_id)));
    json_end_object(&out);
    return json_out_text(&out);
}

struct claim_reply {
    int64_t points, balance;
    struct str account;
    bool is_new;
};

static enum err
read_claim(struct ctx *ctx, const struct sim_reply *reply, struct claim_reply *claim)
{
    const struct json_field fields[] = {
        {"claim.points", JSON_FIELD_INT, &claim->points, .required = true},
        {"claim.is_new", JSON_FIELD_BOOL, &claim->is_new, .required = true},
        {"claim.account.id", JSON_FIELD_TEXT, &claim->account, .required = true},
        {"claim.account.balance", JSON_FIELD_INT, &claim->balance, .required = true},
    };

    return json_read_fields(ctx, reply->root, JSON_OPEN, JSON_FIELDS(fields));
}

/* The reply to a claim, beside the model's. */
static enum err
check_claim(struct ctx *ctx, struct sim_play *play, struct sim_sale *sale,
            const struct claim_reply *claim)
{
    struct sim_account *account = &play->accounts[sale->account];

    if (account->id.len == 0) {
        if (!claim->is_new) {
            return fail(ctx, ERR_ACCOUNT_EXISTS,
                        "this shop has customers of an earlier run; give it a fresh demo");
        }
        account->id = str_copy(play->kept, claim->account);
        play->figures->accounts++;
    }
    int64_t points = sim_model_claim(&play->server.rules, account, sale);
    play->figures->claims++;
    play->figures->points += points;
    if (claim->points != points || claim->balance != account->balance) {
        sim_differs(play,
                    "sale %.*s gave %" PRId64 " (balance %" PRId64 "), must give %" PRId64
                    " (balance %" PRId64 ")",
                    STR_ARG(sale->sale_id), claim->points, claim->balance, points,
                    account->balance);
    }
    return OK;
}

/* A claim sent again gives the same reply; it is asked of the server only, not of the model. */
static enum err
claim_again(struct ctx *ctx, struct sim_play *play, const struct sim_sale *sale, struct str body)
{
    struct sim_reply reply;
    struct claim_reply claim;

    TRY(sim_ask_tablet(ctx, &play->server, sale->counter, "/v2/tablet/claims", body, &reply));
    if (reply.status == 200) TRY(read_claim(ctx, &reply, &claim));
    if (reply.status != 200 || claim.points != sale->points - sale->taken_back) {
        sim_differs(play, "the second claim of %.*s: %d", STR_ARG(sale->sale_id), reply.status);
    }
    return OK;
}

static enum err
claim_sale(struct ctx *ctx, struct sim_play *play, struct sim_sale *sale)
{
    int customer = draw_customer(play);
    struct str body = write_claim(ctx, play, sale, customer);
    struct sim_reply reply;
    struct claim_reply claim;

    TRY(sim_ask_tablet(ctx, &play->server, sale->counter, "/v2/tablet/claims", body, &reply));
    if (reply.status != 200) {
        sim_differs(play, "the claim of %.*s: %d %.*s", STR_ARG(sale->sale_id), reply.status,
                    STR_ARG(reply.code));
        return OK;
    }
    TRY(read_claim(ctx, &reply, &claim));
    sale->account = customer;
    TRY(check_claim(ctx, play, sale, &claim));
    if (sim_chance(play, OFTEN_CLAIMED_AGAIN)) TRY(claim_again(ctx, play, sale, body));
    return OK;
}

static enum err
use_reward(struct ctx *ctx, struct sim_play *play, struct str reward)
{
    struct json_out out;
    struct sim_reply reply;
    struct str path = str_format(ctx->arena, "/v2/loyalty/rewards/%.*s/redeem", STR_ARG(reward));

    json_out_open(&out, ctx->arena);
    json_put_object(&out, NULL);
    json_put_text(&out, "location_id", play->shop.location);
    json_put_text(&out, "idempotency_key", str_format(ctx->arena, "use-%.*s", STR_ARG(reward)));
    json_end_object(&out);
    TRY(sim_ask_api(ctx, &play->server, "POST", path, json_out_text(&out), &reply));
    play->figures->rewards_used++;
    if (reply.status != 200) {
        sim_differs(play, "using %.*s: %d %.*s", STR_ARG(reward), reply.status,
                    STR_ARG(reply.code));
    }
    return OK;
}

static enum err
give_up_reward(struct ctx *ctx, struct sim_play *play, struct str reward)
{
    struct sim_reply reply;
    struct str path = str_format(ctx->arena, "/v2/loyalty/rewards/%.*s", STR_ARG(reward));

    TRY(sim_ask_api(ctx, &play->server, "DELETE", path, STR(""), &reply));
    play->figures->rewards_given_up++;
    if (reply.status != 200) {
        sim_differs(play, "giving up %.*s: %d %.*s", STR_ARG(reward), reply.status,
                    STR_ARG(reply.code));
    }
    return OK;
}

static enum err
take_reward(struct ctx *ctx, struct sim_play *play, struct sim_sale *sale,
            const struct sim_reward_tier *tier)
{
    struct sim_account *account = &play->accounts[sale->account];
    struct json_out out;
    struct sim_reply reply;
    struct str reward;
    const struct json_field fields[] = {
        {"reward.id", JSON_FIELD_TEXT, &reward, .required = true},
    };

    json_out_open(&out, ctx->arena);
    json_put_object(&out, NULL);
    json_put_object(&out, "reward");
    json_put_text(&out, "loyalty_account_id", account->id);
    json_put_text(&out, "reward_tier_id", tier->id);
    json_end_object(&out);
    json_put_text(&out, "idempotency_key",
                  str_format(ctx->arena, "take-%.*s", STR_ARG(sale->sale_id)));
    json_end_object(&out);
    TRY(sim_ask_api(ctx, &play->server, "POST", STR("/v2/loyalty/rewards"), json_out_text(&out),
                    &reply));
    if (reply.status != 200) {
        sim_differs(play, "taking a reward of %" PRId64 " from %" PRId64 ": %d %.*s", tier->points,
                    account->balance, reply.status, STR_ARG(reply.code));
        return OK;
    }
    TRY(json_read_fields(ctx, reply.root, JSON_OPEN, JSON_FIELDS(fields)));
    account->balance -= tier->points;
    play->figures->rewards_taken++;
    if (sim_chance(play, OFTEN_USED)) return use_reward(ctx, play, reward);
    if (!sim_chance(play, OFTEN_GIVEN_UP)) return OK;
    account->balance += tier->points;
    return give_up_reward(ctx, play, reward);
}

/* The dearest reward that the claimer can have, if they feel like one. */
static enum err
reward_claimer(struct ctx *ctx, struct sim_play *play, struct sim_sale *sale)
{
    const struct sim_reward_tier *best = NULL;

    for (int i = 0; i < play->server.tier_count; i++) {
        const struct sim_reward_tier *tier = &play->server.tiers[i];

        if (tier->points > play->accounts[sale->account].balance) continue;
        if (best == NULL || tier->points > best->points) best = tier;
    }
    if (best == NULL || !sim_chance(play, OFTEN_TAKEN)) return OK;
    return take_reward(ctx, play, sale, best);
}

static enum err
send_order(struct ctx *ctx, struct sim_play *play, struct sim_sale *sale, struct str body)
{
    struct str made;

    TRY(send_message(ctx, play, body, &made));
    if (sale->order_id.len > 0 && !str_is(made, sale->order_id)) {
        sim_differs(play, "sale %.*s became two orders", STR_ARG(sale->sale_id));
    }
    sale->order_id = str_copy(play->kept, made);
    return OK;
}

enum err
sim_play_order(struct ctx *ctx, struct sim_play *play, int place)
{
    const struct sim_order *order = &play->orders.at[place];
    struct sim_sale *sale = &play->sales[play->sale_count++];

    *sale = (struct sim_sale){
        .sale_id = str_format(play->kept, "%.*s-%d", STR_ARG(order->number), place),
        .counter = (int)(sim_random(play) % (uint64_t)play->shop.counter_count),
        .total_minor = order->total_minor,
        .account = -1,
    };
    struct str body = write_closed(ctx, play, sale, order);
    play->figures->orders++;

    if (sim_chance(play, OFTEN_REFUNDED_FIRST)) TRY(refund(ctx, play, sale));
    TRY(send_order(ctx, play, sale, body));
    if (sim_chance(play, OFTEN_REFUNDED_BEFORE_CLAIM)) TRY(refund(ctx, play, sale));
    if (sim_model_waits(&play->server.rules, sale) && sim_chance(play, OFTEN_CLAIMED)) {
        TRY(claim_sale(ctx, play, sale));
    }
    if (sim_chance(play, OFTEN_SENT_AGAIN)) TRY(send_order(ctx, play, sale, body));
    if (sale->account >= 0) TRY(reward_claimer(ctx, play, sale));
    if (sim_chance(play, OFTEN_REFUNDED_LATER)) {
        int earlier = (int)(sim_random(play) % (uint64_t)play->sale_count);
        TRY(refund(ctx, play, &play->sales[earlier]));
    }
    return OK;
}
