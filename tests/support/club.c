/* club — see club.h. */
#include "support/club.h"
#include "core/ledger/audit.h"
#include "core/loyalty/audit.h"
#include "core/loyalty/settle.h"
#include "support/test.h"
#include <stdio.h>

struct club
club_open_like(struct program like)
{
    struct club club = {.world = world_open(), .program = like};
    struct program *program = &club.program;
    struct reward_tier tiers[] = {
        {.name = STR("Coffee"), .points = 10, .active = true},
        {.name = STR("Cake"), .points = 50, .active = true},
    };

    program->is_main = true;
    program->active = true;
    program->name = STR("Points");
    program->term_one = STR("point");
    program->term_other = STR("points");
    program->tiers = tiers;
    program->tier_count = 2;
    WORLD_TX(&club.world) EXPECT_OK(programs_add(&club.world.ctx, program));
    club.tiers[0] = tiers[0];
    club.tiers[1] = tiers[1];
    program->tiers = NULL;
    program->tier_count = 0;
    return club;
}

struct club
club_open(void)
{
    return club_open_like((struct program){
        .minimum_minor = 100,
        .rules = {{.kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 100}},
        .rule_count = 1,
    });
}

void
club_close(struct club *club)
{
    world_close(&club->world);
}

/* ---- accounts ---- */

struct creating {
    const struct account_order *order;
    struct loyalty_account *account;
};

static enum err
create(struct ctx *ctx, void *arg)
{
    struct creating *creating = arg;

    return accounts_create(ctx, creating->order, creating->account);
}

enum err
club_create(struct club *club, const struct account_order *order, struct loyalty_account *account)
{
    struct creating creating = {order, account};

    return world_write(&club->world, create, &creating);
}

account_id
club_join(struct club *club, const char *phone)
{
    const struct account_order order = {.phone = str_of(phone)};
    struct loyalty_account account;

    EXPECT_OK(club_create(club, &order, &account));
    return account.id;
}

struct loyalty_account
club_account(struct club *club, account_id id)
{
    struct loyalty_account account;

    EXPECT_OK(accounts_find(&club->world.ctx, id, &account));
    return account;
}

int64_t
club_balance(struct club *club, account_id id)
{
    return club_account(club, id).balance;
}

/* ---- points ---- */

static enum err
accumulate(struct ctx *ctx, void *arg)
{
    struct loyalty_event event;

    return accounts_accumulate(ctx, arg, &event);
}

enum err
club_accumulate(struct club *club, account_id account, int64_t points)
{
    struct accumulate_order order = {.account = account, .points = points};

    return world_write(&club->world, accumulate, &order);
}

static enum err
adjust(struct ctx *ctx, void *arg)
{
    struct loyalty_event event;

    return accounts_adjust(ctx, arg, &event);
}

enum err
club_adjust(struct club *club, account_id account, int64_t points, bool allow_negative)
{
    struct adjust_order order = {
        .account = account,
        .points = points,
        .reason = STR("by hand"),
        .allow_negative = allow_negative,
    };

    return world_write(&club->world, adjust, &order);
}

static enum err
settle(struct ctx *ctx, void *arg)
{
    struct club_settling *settling = arg;

    TRY(accounts_settle_order(ctx, &settling->order, settling->account, &settling->settled));
    settling->points = settling->settled.own.points;
    settling->changed = settling->settled.own.changed;
    return OK;
}

enum err
club_settle(struct club *club, struct club_settling *settling)
{
    return world_write(&club->world, settle, settling);
}

int64_t
club_order(struct club *club, account_id account, int64_t order, int64_t total, int64_t refunded)
{
    struct club_settling settling = {
        .account = account,
        .order = {.order = {order}, .total_minor = total, .refunded_minor = refunded},
    };

    EXPECT_OK(club_settle(club, &settling));
    return settling.changed;
}

static enum err
expire(struct ctx *ctx, void *arg)
{
    return accounts_expire(ctx, ACCOUNTS_EXPIRE_MAX, arg);
}

int
club_expire(struct club *club)
{
    int expired = 0;

    EXPECT_OK(world_write(&club->world, expire, &expired));
    return expired;
}

/* ---- rewards ---- */

struct taking {
    struct reward_order order;
    reward_id reward;
};

static enum err
take(struct ctx *ctx, void *arg)
{
    struct taking *taking = arg;
    struct reward reward;

    TRY(rewards_take(ctx, &taking->order, &reward));
    taking->reward = reward.id;
    return OK;
}

struct reward_tier
club_offer(struct club *club, struct reward_tier tier)
{
    tier.active = true;
    if (tier.points == 0) tier.points = 10;
    if (tier.name.len == 0) tier.name = STR("Reward");
    WORLD_TX(&club->world) EXPECT_OK(programs_add_tier(&club->world.ctx, &tier));
    return tier;
}

enum err
club_take_of(struct club *club, account_id account, tier_id tier, reward_id *reward)
{
    struct taking taking = {.order = {.account = account, .tier = tier}};
    enum err err = world_write(&club->world, take, &taking);

    *reward = taking.reward;
    return err;
}

enum err
club_take(struct club *club, account_id account, int tier, reward_id *reward)
{
    return club_take_of(club, account, club->tiers[tier].id, reward);
}

static enum err
give_up(struct ctx *ctx, void *arg)
{
    return rewards_give_up(ctx, *(reward_id *)arg);
}

enum err
club_give_up(struct club *club, reward_id reward)
{
    return world_write(&club->world, give_up, &reward);
}

static enum err
redeem(struct ctx *ctx, void *arg)
{
    transfer_id event;

    return rewards_redeem(ctx, *(reward_id *)arg, (location_id){0}, &event);
}

enum err
club_redeem(struct club *club, reward_id reward)
{
    return world_write(&club->world, redeem, &reward);
}

static enum err
put_back(struct ctx *ctx, void *arg)
{
    struct reward reward;

    return rewards_put_back(ctx, *(reward_id *)arg, &reward);
}

enum err
club_put_back(struct club *club, reward_id reward)
{
    return world_write(&club->world, put_back, &reward);
}

/* ---- audits ---- */

static void
print(void *self, const char *sentence)
{
    (void)self;
    printf("    %s\n", sentence);
}

void
club_expect_honest(struct club *club)
{
    struct ledger_audit ledger = {0};
    struct loyalty_audit loyalty = {0};

    EXPECT_OK(ledger_audit(&club->world.ctx, print, NULL, &ledger));
    EXPECT_OK(loyalty_audit(&club->world.ctx, print, NULL, &loyalty));
    EXPECT_INT(0, ledger.differences);
    EXPECT_INT(0, loyalty.differences);
}
