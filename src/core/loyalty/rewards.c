/* rewards — see rewards.h. */
#include "core/loyalty/rewards.h"
#include "base/hash.h"
#include "core/loyalty/points.h"
#include "core/loyalty/rewards_store.h"
#include "core/merchants/merchants.h"
#include "db/db.h"
#include <inttypes.h>

static enum err
find_row(struct ctx *ctx, reward_id id, struct reward_row *row)
{
    TRY(rewards_store_find(ctx, id, row));
    if (row->reward.id.v == 0) return fail(ctx, ERR_REWARD_UNKNOWN, "reward %" PRId64, id.v);
    return OK;
}

enum err
rewards_find(struct ctx *ctx, reward_id id, struct reward *reward)
{
    struct reward_row row;

    TRY(find_row(ctx, id, &row));
    *reward = row.reward;
    return OK;
}

/* Notes an event of a reward that moves no points. */
static enum err
note(struct ctx *ctx, const struct reward *reward, struct loyalty_event *event)
{
    const struct loyalty_account account = {.id = reward->account, .program = reward->program};

    event->reward = reward->id;
    event->order = reward->order;
    return events_add(ctx, &account, event);
}

/* ---- take and give up ---- */

static enum err
check_take(struct ctx *ctx, const struct reward_order *order, struct membership *member,
           struct reward_tier *tier)
{
    TRY(points_find(ctx, order->account, member));
    TRY(programs_find_tier(ctx, order->tier, tier));
    if (tier->program.v != member->account.program.v) {
        return fail(ctx, ERR_TIER_UNKNOWN, "tier %" PRId64 " is another program's", tier->id.v);
    }
    if (!member->program.active) {
        return fail(ctx, ERR_PROGRAM_INACTIVE, "program %" PRId64, tier->program.v);
    }
    /* What is due but not yet expired must not buy anything. */
    TRY(points_expire_due(ctx, member));
    if (member->account.balance < tier->points) {
        return fail(ctx, ERR_POINTS_SHORT, "account %" PRId64 " has %" PRId64 " of %" PRId64,
                    order->account.v, member->account.balance, tier->points);
    }
    return OK;
}

enum err
rewards_take(struct ctx *ctx, const struct reward_order *order, struct reward *reward)
{
    static const struct points_move move = {
        .reason = REASON_TAKE, .contra = BOOK_TAKEN, .rest = REST_REFUSED};
    struct loyalty_event event = {.type = EVENT_CREATE_REWARD, .order = order->order};
    struct membership member;
    struct reward_tier tier;

    ASSERT(db_in_tx(ctx->db));
    TRY(check_take(ctx, order, &member, &tier));
    *reward = (struct reward){
        .id = {id_next(ctx)},
        .account = order->account,
        .tier = tier.id,
        .program = tier.program,
        .tier_name = tier.name,
        .points = tier.points,
        .order = order->order,
        .created_us = ctx->now_us,
        .updated_us = ctx->now_us,
    };
    event.reward = reward->id;
    TRY(points_take(ctx, &member, tier.points, &move, &event));
    return rewards_store_add(ctx, reward, event.id);
}

/* Posts the exact reverse of what took the points: the same lots, with their own expiry. */
static enum err
reverse(struct ctx *ctx, const struct reward_row *row, transfer_id as, struct loyalty_event *event)
{
    struct ledger_line *lines;
    int line_count;

    TRY(ledger_list_lines(ctx, row->taken_by, &lines, &line_count));
    for (int i = 0; i < line_count; i++) {
        lines[i].amount = -lines[i].amount;
    }
    struct ledger_transfer transfer = {
        .id = as,
        .unit = row->reward.program.v,
        .reason = REASON_GIVE_UP,
        .lines = lines,
        .line_count = line_count,
    };
    TRY(ledger_post(ctx, &transfer));
    event->id = as;
    event->seq = transfer.seq;
    return OK;
}

enum err
rewards_give_up(struct ctx *ctx, reward_id id)
{
    struct loyalty_event event = {.type = EVENT_DELETE_REWARD};
    transfer_id as = {id_next(ctx)};
    struct reward_row row;
    bool changed;

    ASSERT(db_in_tx(ctx->db));
    TRY(rewards_store_delete(ctx, id, as, &changed));
    TRY(find_row(ctx, id, &row));
    if (!changed && row.reward.status == REWARD_DELETED) return OK;
    if (!changed) return fail(ctx, ERR_REWARD_USED, "reward %" PRId64, id.v);

    TRY(reverse(ctx, &row, as, &event));
    event.points = row.reward.points;
    return note(ctx, &row.reward, &event);
}

/* ---- use and put back ---- */

/* The reward could not be redeemed: says why. */
static enum err
explain_refusal(struct ctx *ctx, const struct reward *reward)
{
    return fail(ctx, reward->status == REWARD_DELETED ? ERR_REWARD_GIVEN_UP : ERR_REWARD_USED,
                "reward %" PRId64, reward->id.v);
}

/* Redeems once; gives the reward as it is then. */
static enum err
redeem(struct ctx *ctx, reward_id id, struct str showing_hash, struct loyalty_event *event,
       struct reward *reward)
{
    int64_t until_us = showing_hash.len == 0 ? 0 : ctx->now_us + REWARD_SHOWING_US;
    struct reward_row row;
    bool changed;

    ASSERT(db_in_tx(ctx->db));
    TRY(rewards_store_redeem(ctx, id, showing_hash, until_us, &changed));
    TRY(find_row(ctx, id, &row));
    if (!changed) return explain_refusal(ctx, &row.reward);
    *reward = row.reward;
    event->type = EVENT_REDEEM_REWARD;
    return note(ctx, reward, event);
}

enum err
rewards_redeem(struct ctx *ctx, reward_id id, location_id location, transfer_id *event_id)
{
    struct loyalty_event event = {.location = location};
    struct reward reward;
    struct location found;

    if (location.v != 0) TRY(locations_find(ctx, location, &found));
    TRY(redeem(ctx, id, STR(""), &event, &reward));
    *event_id = event.id;
    return OK;
}

enum err
rewards_use(struct ctx *ctx, reward_id id, struct reward *reward, struct str *showing_token)
{
    struct loyalty_event event = {0};
    uint8_t hash[HASH_LEN];

    *showing_token = random_token(ctx->arena);
    hash_sha256(*showing_token, hash);
    return redeem(ctx, id, (struct str){(const char *)hash, sizeof hash}, &event, reward);
}

/* The reward, if the token is the one that was given when it was used. */
static enum err
find_shown(struct ctx *ctx, reward_id id, struct str token, struct reward *reward)
{
    struct reward_row row;
    uint8_t hash[HASH_LEN];

    TRY(find_row(ctx, id, &row));
    hash_sha256(token, hash);
    bool same = row.showing_hash.len == HASH_LEN && hash_same(row.showing_hash.at, hash, HASH_LEN);
    if (!same) return fail(ctx, ERR_REWARD_UNKNOWN, "reward %" PRId64 ", wrong token", id.v);
    *reward = row.reward;
    return OK;
}

enum err
rewards_find_showing(struct ctx *ctx, reward_id id, struct str showing_token, struct reward *reward)
{
    TRY(find_shown(ctx, id, showing_token, reward));
    if (reward->showing_until_us <= ctx->now_us) {
        return fail(ctx, ERR_SHOWING_ENDED, "reward %" PRId64, id.v);
    }
    return OK;
}

enum err
rewards_end_showing(struct ctx *ctx, reward_id id, struct str showing_token)
{
    struct reward reward;

    ASSERT(db_in_tx(ctx->db));
    TRY(find_shown(ctx, id, showing_token, &reward));
    return reward.showing_until_us == 0 ? OK : rewards_store_end_showing(ctx, id);
}

enum err
rewards_put_back(struct ctx *ctx, reward_id id, struct reward *reward)
{
    struct loyalty_event event = {.type = EVENT_OTHER, .reason = STR("put back")};
    struct reward_row row;
    bool changed;

    ASSERT(db_in_tx(ctx->db));
    TRY(rewards_store_put_back(ctx, id, &changed));
    TRY(find_row(ctx, id, &row));
    if (!changed) {
        bool given_up = row.reward.status == REWARD_DELETED;
        return fail(ctx, given_up ? ERR_REWARD_GIVEN_UP : ERR_REWARD_NOT_USED, "reward %" PRId64,
                    id.v);
    }
    *reward = row.reward;
    return note(ctx, reward, &event);
}

enum err
rewards_search(struct ctx *ctx, const struct reward_query *query, struct reward **rewards,
               int *count)
{
    ASSERT(query->limit >= 1);
    *rewards = ARENA_ARRAY(ctx->arena, struct reward, (size_t)query->limit);
    return rewards_store_list(ctx, query, *rewards, count);
}
