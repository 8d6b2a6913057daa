/* rewards — see rewards.h. */
#include "core/loyalty/rewards.h"
#include "base/clock.h"
#include "base/code.h"
#include "core/loyalty/points.h"
#include "core/loyalty/rewards_store.h"
#include "core/loyalty/rewards_use.h"
#include "db/db.h"
#include <inttypes.h>

enum err
rewards_find_row(struct ctx *ctx, reward_id id, struct reward_row *row)
{
    TRY(rewards_store_find(ctx, id, row));
    if (row->reward.id.v == 0) return fail(ctx, ERR_REWARD_UNKNOWN, "reward %" PRId64, id.v);
    return OK;
}

enum err
rewards_find(struct ctx *ctx, reward_id id, struct reward *reward)
{
    struct reward_row row;

    TRY(rewards_find_row(ctx, id, &row));
    *reward = row.reward;
    return OK;
}

enum err
rewards_find_by_code(struct ctx *ctx, struct str text, struct reward *reward)
{
    struct reward_row row = {0};
    char code[CODE_LEN];

    if (code_parse(text, STR(REWARD_CODE_PREFIX), code)) {
        TRY(rewards_store_find_code(ctx, (struct str){code, sizeof code}, &row));
    }
    *reward = row.reward;
    return reward->id.v != 0 ? OK : fail(ctx, ERR_REWARD_UNKNOWN, "no such code");
}

enum err
rewards_note(struct ctx *ctx, const struct reward *reward, struct loyalty_event *event)
{
    const struct loyalty_account account = {.id = reward->account, .program = reward->program};

    event->reward = reward->id;
    if (event->order.v == 0) event->order = reward->order;
    return events_add(ctx, &account, event);
}

/* ---- take and give up ---- */

static enum err
check_take(struct ctx *ctx, const struct reward_order *order, struct membership *member,
           struct reward_tier *tier)
{
    struct program program;

    TRY(points_find(ctx, order->account, member));
    TRY(programs_find_tier(ctx, order->tier, tier));
    if (tier->program.v != member->account.program.v) {
        return fail(ctx, ERR_TIER_UNKNOWN, "tier %" PRId64 " is another program's", tier->id.v);
    }
    TRY(programs_find_rules(ctx, tier->program, &program));
    if (!programs_offers(&program, ctx->now_us)) {
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

static enum err
take_stock(struct ctx *ctx, const struct reward_tier *tier)
{
    bool taken;

    TRY(programs_take_stock(ctx, tier->id, &taken));
    return taken ? OK : fail(ctx, ERR_REWARD_GONE, "tier %" PRId64, tier->id.v);
}

/* Asked when this one is counted already and the account's points are locked by having been taken:
 * of two phones at once the second waits, and sees the first one's reward. */
static enum err
check_limit(struct ctx *ctx, const struct reward *reward, const struct reward_tier *tier)
{
    int64_t count;

    if (tier->per_customer == 0) return OK;
    TRY(rewards_store_count_taken(ctx, reward->account, tier->id, &count));
    if (count <= tier->per_customer) return OK;
    return fail(ctx, ERR_REWARD_LIMIT, "account %" PRId64 " took %" PRId64, reward->account.v,
                count - 1);
}

static struct reward
make_reward(struct ctx *ctx, const struct reward_order *order, const struct membership *member,
            const struct reward_tier *tier)
{
    /* A credit's time begins when it is a note. */
    bool ends = tier->valid_days > 0 && tier->kind != TIER_CREDIT;

    return (struct reward){
        .id = {id_next(ctx)},
        .account = member->account.id,
        .tier = tier->id,
        .program = tier->program,
        .tier_name = tier->name,
        .points = tier->points,
        .kind = tier->kind,
        .value = tier->value,
        .max_minor = tier->max_minor,
        .minimum_minor = tier->minimum_minor,
        .code = code_new(ctx->arena),
        .order = order->order,
        .created_us = ctx->now_us,
        .updated_us = ctx->now_us,
        .expires_us = ends ? ctx->now_us + tier->valid_days * CLOCK_DAY_US : 0,
    };
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
    TRY(take_stock(ctx, &tier));
    *reward = make_reward(ctx, order, &member, &tier);
    event.reward = reward->id;
    TRY(points_take(ctx, &member, tier.points, &move, &event));
    TRY(rewards_store_add(ctx, reward, event.id));
    TRY(check_limit(ctx, reward, &tier));
    return tier.kind == TIER_CREDIT ? rewards_become_credit(ctx, reward) : OK;
}

enum err
rewards_give_up(struct ctx *ctx, reward_id id)
{
    struct loyalty_event event = {.type = EVENT_DELETE_REWARD, .reward = id};
    struct points_reverse back = {.reason = REASON_GIVE_UP, .as = {id_next(ctx)}};
    struct membership member;
    struct reward_row row;
    bool changed;

    ASSERT(db_in_tx(ctx->db));
    TRY(rewards_store_delete(ctx, id, back.as, &changed));
    TRY(rewards_find_row(ctx, id, &row));
    bool given_up = row.reward.status == REWARD_DELETED && row.reward.expired_us == 0;
    if (!changed && given_up) return OK;
    if (!changed) return rewards_check(ctx, &row.reward);

    TRY(programs_return_stock(ctx, row.reward.tier));
    TRY(points_find(ctx, row.reward.account, &member));
    back.of = row.taken_by;
    event.order = row.reward.order;
    return points_reverse(ctx, &member, &back, &event);
}

/* ---- search ---- */

enum err
rewards_search(struct ctx *ctx, const struct reward_query *query, struct reward **rewards,
               int *count)
{
    ASSERT(query->limit >= 1);
    *rewards = ARENA_ARRAY(ctx->arena, struct reward, (size_t)query->limit);
    return rewards_store_list(ctx, query, *rewards, count);
}
