/* rewards_use — using rewards, showing them, and undoing that. See rewards.h. */
#include "core/loyalty/rewards_use.h"
#include "base/clock.h"
#include "base/hash.h"
#include "core/credit/credit.h"
#include "core/merchants/merchants.h"
#include "core/team/places.h"
#include "db/db.h"
#include <inttypes.h>

/* ---- use ---- */

enum err
rewards_check(struct ctx *ctx, const struct reward *reward)
{
    bool is_past = reward->expires_us != 0 && reward->expires_us <= ctx->now_us;
    enum err err = OK;

    switch (reward->status) {
    case REWARD_ISSUED:
        err = is_past ? ERR_REWARD_EXPIRED : OK;
        break;
    case REWARD_REDEEMED:
        err = ERR_REWARD_USED;
        break;
    case REWARD_DELETED:
        err = reward->expired_us != 0 ? ERR_REWARD_EXPIRED : ERR_REWARD_GIVEN_UP;
        break;
    }
    return err == OK ? OK : fail(ctx, err, "reward %" PRId64, reward->id.v);
}

/* What its points bought, from now on a note of its own. */
static enum err
issue_note(struct ctx *ctx, struct reward *reward)
{
    struct loyalty_account account;
    struct reward_tier tier;

    TRY(accounts_find(ctx, reward->account, &account));
    TRY(programs_find_tier_taken(ctx, reward->tier, &tier));
    struct credit_note note = {
        .customer = account.customer,
        .amount_minor = tier.value,
        .reason = CREDIT_REWARD,
        .reward = reward->id,
        .expires_us = tier.valid_days == 0 ? 0 : ctx->now_us + tier.valid_days * CLOCK_DAY_US,
    };
    TRY(credit_issue(ctx, &note));
    reward->credit_note = note.id;
    return OK;
}

/* Redeems once; gives the reward as it is then. */
static enum err
redeem(struct ctx *ctx, const struct reward_redeeming *redeeming, struct loyalty_event *event,
       struct reward *reward)
{
    struct reward_row row;
    bool changed;

    ASSERT(db_in_tx(ctx->db));
    TRY(rewards_store_redeem(ctx, redeeming, &changed));
    TRY(rewards_find_row(ctx, redeeming->id, &row));
    if (!changed) {
        TRY(rewards_check(ctx, &row.reward));
        /* It could be used just now, and not a moment ago: another phone put it back. */
        return fail(ctx, ERR_DB_BUSY, "reward %" PRId64 " has changed", redeeming->id.v);
    }
    *reward = row.reward;
    event->type = EVENT_REDEEM_REWARD;
    event->order = redeeming->order;
    TRY(rewards_note(ctx, reward, event));
    return reward->kind == TIER_CREDIT ? issue_note(ctx, reward) : OK;
}

enum err
rewards_become_credit(struct ctx *ctx, struct reward *reward)
{
    const struct reward_redeeming redeeming = {.id = reward->id};
    struct loyalty_event event = {0};

    ASSERT(reward->kind == TIER_CREDIT);
    return redeem(ctx, &redeeming, &event, reward);
}

enum err
rewards_redeem(struct ctx *ctx, reward_id id, location_id location, transfer_id *event_id)
{
    const struct reward_redeeming redeeming = {.id = id};
    struct loyalty_event event = {.location = location};
    struct location found;
    struct reward reward;

    if (location.v != 0) TRY(locations_find(ctx, location, &found));
    TRY(places_check(ctx, location));
    TRY(redeem(ctx, &redeeming, &event, &reward));
    *event_id = event.id;
    return OK;
}

enum err
rewards_redeem_on(struct ctx *ctx, const struct reward_on_order *use)
{
    const struct reward_redeeming redeeming = {.id = use->reward, .order = use->order};
    struct loyalty_event event = {.location = use->location};
    struct reward reward;

    ASSERT(use->order.v != 0);
    return redeem(ctx, &redeeming, &event, &reward);
}

enum err
rewards_use(struct ctx *ctx, reward_id id, struct reward *reward, struct str *showing_token)
{
    struct loyalty_event event = {0};
    uint8_t hash[HASH_LEN];

    *showing_token = random_token(ctx->arena);
    hash_sha256(*showing_token, hash);
    const struct reward_redeeming redeeming = {
        .id = id,
        .showing_hash = {(const char *)hash, sizeof hash},
        .showing_until_us = ctx->now_us + REWARD_SHOWING_US,
    };
    return redeem(ctx, &redeeming, &event, reward);
}

/* ---- showing ---- */

/* The reward, if the token is the one that was given when it was used. */
static enum err
find_shown(struct ctx *ctx, reward_id id, struct str token, struct reward *reward)
{
    struct reward_row row;
    uint8_t hash[HASH_LEN];

    TRY(rewards_find_row(ctx, id, &row));
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

/* ---- undoing ---- */

/* A note that nobody has spent anything of goes with the reward that it came of. */
static enum err
withdraw_note(struct ctx *ctx, const struct reward *reward)
{
    struct loyalty_account account;
    struct credit_note note;

    if (reward->kind != TIER_CREDIT) return OK;
    TRY(accounts_find(ctx, reward->account, &account));
    TRY(credit_find_by_reward(ctx, account.customer, reward->id, &note));
    if (note.id.v == 0) return OK;
    if (note.ended_us != 0 || note.balance_minor < note.amount_minor) {
        return fail(ctx, ERR_CREDIT_NOTE_USED, "note %" PRId64, note.id.v);
    }
    return credit_end(ctx, note.id);
}

/* What it took off a sale was given: undoing that sale brings it back. */
static bool
pays_a_sale(const struct reward *reward)
{
    return reward->status == REWARD_REDEEMED && reward->used_order.v != 0 &&
           reward->kind != TIER_OTHER;
}

enum err
rewards_put_back(struct ctx *ctx, reward_id id, struct reward *reward)
{
    struct loyalty_event event = {.type = EVENT_OTHER, .reason = STR("put back")};
    struct reward_row row;
    bool changed;

    ASSERT(db_in_tx(ctx->db));
    TRY(rewards_find_row(ctx, id, &row));
    if (pays_a_sale(&row.reward)) return fail(ctx, ERR_REWARD_ON_SALE, "reward %" PRId64, id.v);
    TRY(rewards_store_put_back(ctx, id, (order_id){0}, &changed));
    TRY(rewards_find_row(ctx, id, &row));
    if (!changed) {
        if (row.reward.status == REWARD_DELETED) return rewards_check(ctx, &row.reward);
        return fail(ctx, ERR_REWARD_NOT_USED, "reward %" PRId64, id.v);
    }
    *reward = row.reward;
    TRY(withdraw_note(ctx, reward));
    return rewards_note(ctx, reward, &event);
}

enum err
rewards_reopen(struct ctx *ctx, reward_id id, order_id order)
{
    struct loyalty_event event = {
        .type = EVENT_OTHER, .reason = STR("order undone"), .order = order};
    struct reward_row row;
    bool changed;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(order.v != 0);
    TRY(rewards_store_put_back(ctx, id, order, &changed));
    TRY(rewards_find_row(ctx, id, &row));
    return changed ? rewards_note(ctx, &row.reward, &event) : OK;
}

/* ---- the end of their time ---- */

static enum err
expire(struct ctx *ctx, const struct reward *reward)
{
    struct loyalty_event event = {.type = EVENT_DELETE_REWARD, .reason = STR("expired")};
    bool changed;

    TRY(rewards_store_expire(ctx, reward->id, &changed));
    if (!changed) return OK;
    TRY(programs_return_stock(ctx, reward->tier));
    return rewards_note(ctx, reward, &event);
}

enum err
rewards_expire(struct ctx *ctx, int max, int *expired)
{
    struct reward *due = ARENA_ARRAY(ctx->arena, struct reward, (size_t)max);

    ASSERT(db_in_tx(ctx->db));
    ASSERT(max > 0);
    TRY(rewards_store_list_due(ctx, max, due, expired));
    for (int i = 0; i < *expired; i++) {
        TRY(expire(ctx, &due[i]));
    }
    return OK;
}
