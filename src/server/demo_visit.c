/* demo_visit — plays one visit of the demo's past; see demo_life.h. */
#include "base/clock.h"
#include "core/customers/customers.h"
#include "core/legal/notices.h"
#include "core/loyalty/accounts.h"
#include "core/loyalty/rewards.h"
#include "core/orders/orders.h"
#include "core/trail/trail.h"
#include "server/demo_life.h"
#include <inttypes.h>
#include <stdio.h>

enum { BY_OWNER, BY_MANAGING, BY_CASHIER }; /* places in a shop's staff */

struct playing {
    struct demo_life *life;
    const struct demo_visit *visit;
    const struct demo_shop *shop;
    const struct demo_habits *habits;
    const struct demo_made *made;
    struct demo_known *known; /* NULL: somebody who does not join */
    struct demo_person person;
    struct demo_draw draw;
    int pos;    /* its place in the shop's */
    int reg;    /* its place in the POS's */
    int tablet; /* that shows its orders; -1: none */
    struct order order;
};

/* Some seconds later, somebody does something. */
static void
pass(struct ctx *ctx, int64_t seconds)
{
    ctx->now_us += seconds * CLOCK_SECOND_US;
}

static void
act_as_staff(struct ctx *ctx, const struct playing *playing, int place)
{
    ctx->actor = (struct actor){.kind = ACTOR_STAFF,
                                .id = playing->life->staff[playing->visit->shop][place].v};
}

/* ---- where ---- */

/* One visit in five is at the second POS, where there is one; at the first, any of its registers.
 */
static void
choose_place(struct playing *playing)
{
    const struct demo_shop *shop = playing->shop;
    int registers = 0;

    playing->pos = shop->pos[1].vendor != NULL && demo_draw_one_in(&playing->draw, 5) ? 1 : 0;
    while (registers < DEMO_REGISTERS_MAX && shop->pos[playing->pos].registers[registers] != NULL)
        registers++;
    playing->reg = demo_draw_below(&playing->draw, registers);
    playing->tablet = -1;
    for (int i = 0; i < DEMO_TABLETS_MAX && shop->tablets[i].name != NULL; i++) {
        const struct demo_tablet *tablet = &shop->tablets[i];
        if (tablet->pos == playing->pos && tablet->reg == playing->reg) playing->tablet = i;
    }
}

/* ---- what is bought ---- */

static const struct demo_good *
draw_good(struct playing *playing)
{
    const struct demo_good *goods = playing->habits->goods;
    int sum = 0, i = 0;

    for (; i < DEMO_GOODS_MAX && goods[i].name != NULL; i++)
        sum += goods[i].weight;
    int left = demo_draw_below(&playing->draw, sum);
    for (i = 0; left >= goods[i].weight; i++)
        left -= goods[i].weight;
    return &goods[i];
}

static void
fill_basket(struct ctx *ctx, struct playing *playing, struct pos_message *message)
{
    message->line_count = 1 + demo_draw_below(&playing->draw, playing->habits->goods_max);
    message->lines = ARENA_ARRAY(ctx->arena, struct pos_line, (size_t)message->line_count);
    for (int i = 0; i < message->line_count; i++) {
        const struct demo_good *good = draw_good(playing);
        int quantity = good->price_minor < 500 && demo_draw_one_in(&playing->draw, 4) ? 2 : 1;

        message->lines[i] = (struct pos_line){
            .name = str_of(good->name),
            .category = str_of(good->category),
            .quantity = quantity == 2 ? STR("2") : STR("1"),
            .total_minor = good->price_minor * quantity,
        };
        message->total_minor += message->lines[i].total_minor;
    }
    message->tax_minor = message->total_minor * 55 / 1055; /* 5.5 % are in it */
}

/* Some always pay with the same card. */
static void
add_card(struct ctx *ctx, const struct playing *playing, struct pos_message *message)
{
    int person = playing->visit->person;

    if (person < 0 || person % 3 == 0) return;
    message->card_fingerprint = str_format(ctx->arena, "demo-%d-%d", playing->visit->shop, person);
    message->card_brand = person % 2 == 0 ? STR("VISA") : STR("MASTERCARD");
    message->card_last_4 = str_format(ctx->arena, "%04d", (person * 739 + 1042) % 10000);
}

static struct integration
integration_of(const struct playing *playing)
{
    struct str vendor = str_of(playing->shop->pos[playing->pos].vendor);

    return (struct integration){
        .id = playing->made->pos[playing->pos].id,
        .vendor = vendor,
        .link = pos_link_find(vendor),
        .active = true,
    };
}

/* The feed tells whole orders, Square payments. */
static enum err
buy(struct ctx *ctx, struct playing *playing)
{
    const struct demo_pos *pos = &playing->shop->pos[playing->pos];
    struct integration integration = integration_of(playing);
    struct str key = str_format(ctx->arena, "demo-%06" PRId64, ++playing->life->sales);
    struct pos_message message = {
        .kind = POS_ORDER,
        .vendor_order = key,
        .establishment = str_of(pos->establishment),
        .vendor_register = str_of(pos->registers[playing->reg]),
        .currency = str_of(playing->shop->currency),
        .at_us = ctx->now_us,
        .updated_us = ctx->now_us,
    };

    fill_basket(ctx, playing, &message);
    add_card(ctx, playing, &message);
    if (str_is(integration.vendor, STR("square"))) {
        message.kind = POS_PAYMENT;
        message.vendor_payment = key;
        message.completed = true;
    }
    ctx->actor = (struct actor){.kind = ACTOR_POS, .id = integration.id.v};
    return orders_receive(ctx, &integration, &message, &playing->order);
}

/* ---- whose points they are ---- */

/* 01 99 00 xx xx is kept for fiction. */
static struct str
phone_of(struct ctx *ctx, const struct demo_visit *visit)
{
    return str_format(ctx->arena, "+3319900%04d", 2000 * visit->shop + 137 + visit->person * 41);
}

/* Staff write down who it is, and how to reach them. */
static enum err
write_down(struct ctx *ctx, struct playing *playing)
{
    const struct demo_person *person = &playing->person;
    unsigned fields = 1U << CUSTOMER_GIVEN_NAME | 1U << CUSTOMER_FAMILY_NAME;
    struct customer after, change = {
                               .id = playing->known->customer,
                               .given_name = str_of(person->given),
                               .family_name = str_of(person->family),
                           };

    if (person->nickname != NULL) {
        change.nickname = str_of(person->nickname);
        fields |= 1U << CUSTOMER_NICKNAME;
    }
    if (person->birthday != NULL) {
        change.birthday = str_of(person->birthday);
        fields |= 1U << CUSTOMER_BIRTHDAY;
    }
    if (playing->visit->person % 5 < 2) {
        change.email = str_format(ctx->arena, "client-%d@%s.example", playing->visit->person + 1,
                                  playing->shop->slug);
        fields |= 1U << CUSTOMER_EMAIL;
    }
    pass(ctx, 40);
    act_as_staff(ctx, playing, BY_CASHIER);
    return customers_change(ctx, &change, fields, &after);
}

static enum err
claim(struct ctx *ctx, struct playing *playing)
{
    struct notice notice =
        notice_for(ctx->arena, str_of(playing->shop->language), str_of(playing->shop->name));
    const struct claim_order wish = {
        .order = playing->order.id,
        .reg = playing->tablet >= 0 ? playing->order.reg : (register_id){0},
        .phone = phone_of(ctx, playing->visit),
        .notice_version = str_of(notice.version),
        .language = str_of(notice.language),
        .link_card = playing->visit->person % 4 == 1,
    };
    struct loyalty_account account;
    struct claim done;

    pass(ctx, 15 + demo_draw_below(&playing->draw, 30));
    if (playing->tablet >= 0) {
        ctx->actor = (struct actor){.kind = ACTOR_TABLET,
                                    .id = playing->made->tablets[playing->tablet].id.v};
    } else {
        act_as_staff(ctx, playing, BY_CASHIER);
    }
    TRY(orders_claim(ctx, &wish, &done));
    TRY(accounts_find(ctx, done.account, &account));
    playing->known->account = account.id;
    playing->known->customer = account.customer;
    return done.is_new ? write_down(ctx, playing) : OK;
}

/* ---- what they get for it ---- */

static enum err
use_reward(struct ctx *ctx, struct playing *playing)
{
    location_id location = playing->made->locations[playing->shop->pos[playing->pos].location];
    reward_id reward = playing->known->pending;
    transfer_id event;

    pass(ctx, 30);
    act_as_staff(ctx, playing, BY_CASHIER);
    playing->known->pending = (reward_id){0};
    return rewards_redeem(ctx, reward, location, &event);
}

/* The best there is for their points, now and then; most use it at once. */
static enum err
take_reward(struct ctx *ctx, struct playing *playing)
{
    const struct program *program = &playing->made->program;
    struct reward_order wish = {.account = playing->known->account};
    struct loyalty_account account;
    struct reward reward;

    if (!demo_draw_one_in(&playing->draw, 3)) return OK;
    TRY(accounts_find(ctx, wish.account, &account));
    for (int i = 0; i < program->tier_count; i++) {
        if (program->tiers[i].points <= account.balance) wish.tier = program->tiers[i].id;
    }
    if (wish.tier.v == 0) return OK;
    pass(ctx, 60);
    ctx->actor = (struct actor){.kind = ACTOR_CUSTOMER, .id = playing->known->customer.v};
    TRY(rewards_take(ctx, &wish, &reward));
    if (demo_draw_one_in(&playing->draw, 15)) return rewards_give_up(ctx, reward.id);
    playing->known->pending = reward.id;
    return demo_draw_one_in(&playing->draw, 3) ? OK : use_reward(ctx, playing);
}

/* ---- what is put right ---- */

/* As the API writes it of its routes. */
static enum err
write_trail(struct ctx *ctx, const struct loyalty_event *event, customer_id customer)
{
    struct trail_entry entry = {
        .kind = event->points > 0 ? TRAIL_GAVE : TRAIL_CHANGED,
        .operation = STR("account_adjust"),
        .subject_kind = ID_account,
        .subject = event->account.v,
        .customer = customer,
    };

    return trail_add(ctx, &entry);
}

static enum err
adjust(struct ctx *ctx, struct playing *playing)
{
    static const struct {
        const char *reason;
        int64_t points; /* in tenths of the first reward */
    } reasons[] = {
        {"Geste commercial", 5},    {"Carte oubliée la dernière fois", 3},
        {"Attente trop longue", 2}, {"Erreur de saisie", -1},
        {"Anniversaire", 5},
    };
    int i = demo_draw_below(&playing->draw, (int)(sizeof reasons / sizeof reasons[0]));
    int64_t tenth = playing->made->program.tiers[0].points / 10;
    struct adjust_order order = {
        .account = playing->known->account,
        .points = reasons[i].points * (tenth > 0 ? tenth : 1),
        .reason = str_of(reasons[i].reason),
        .allow_negative = true,
    };
    struct loyalty_event event;

    if (tenth == 0) order.points = order.points > 0 ? 1 : -1; /* stamps are few */
    pass(ctx, 120);
    act_as_staff(ctx, playing, demo_draw_one_in(&playing->draw, 3) ? BY_OWNER : BY_MANAGING);
    TRY(accounts_adjust(ctx, &order, &event));
    return write_trail(ctx, &event, playing->known->customer);
}

enum err
demo_give_much(struct ctx *ctx, const struct demo_life *life, int shop)
{
    const struct adjust_order gift = {.points = 1, .reason = STR("Geste commercial")};
    int64_t hour_us = ctx->now_us - ctx->now_us % CLOCK_HOUR_US;

    ctx->merchant = life->demo->made[shop].id;
    ctx->actor = (struct actor){.kind = ACTOR_STAFF, .id = life->staff[shop][BY_MANAGING].v};
    ctx->now_us = hour_us + CLOCK_HOUR_US + 5 * CLOCK_MINUTE_US;
    for (int i = 0; i < DEMO_GIFTS; i++) {
        const struct demo_known *known = &life->known[shop][i];
        struct adjust_order order = gift;
        struct loyalty_event event;

        if (known->account.v == 0) continue;
        order.account = known->account;
        ctx->now_us += 40 * CLOCK_SECOND_US;
        TRY(accounts_adjust(ctx, &order, &event));
        TRY(write_trail(ctx, &event, known->customer));
    }
    return OK;
}

/* A line was wrong, or not wanted: part of the money goes back. */
static enum err
refund(struct ctx *ctx, struct playing *playing)
{
    struct integration integration = integration_of(playing);
    struct pos_message message = {
        .kind = POS_REFUND,
        .vendor_refund = str_format(ctx->arena, "demo-r%06" PRId64, playing->life->sales),
        .vendor_order = playing->order.vendor_order,
        .total_minor = (playing->order.total_minor + 1) / 2,
    };
    struct order after;

    pass(ctx, 300);
    message.at_us = ctx->now_us;
    ctx->actor = (struct actor){.kind = ACTOR_POS, .id = integration.id.v};
    return orders_receive(ctx, &integration, &message, &after);
}

enum err
demo_visit_play(struct ctx *ctx, struct demo_life *life, const struct demo_visit *visit)
{
    struct playing playing = {
        .life = life,
        .visit = visit,
        .shop = &demo_shops[visit->shop],
        .habits = &demo_habits[visit->shop],
        .made = &life->demo->made[visit->shop],
        .draw = visit->draw,
    };

    choose_place(&playing);
    TRY(buy(ctx, &playing));
    if (demo_draw_one_in(&playing.draw, 40)) TRY(refund(ctx, &playing));
    if (visit->person < 0) return OK;

    playing.known = &life->known[visit->shop][visit->person];
    playing.person = demo_person_at(visit->shop, visit->person);
    if (playing.order.claim == CLAIM_WAITING) TRY(claim(ctx, &playing));
    if (playing.known->account.v == 0) return OK;
    if (playing.known->pending.v != 0 && demo_draw_one_in(&playing.draw, 2)) {
        return use_reward(ctx, &playing);
    }
    if (playing.known->pending.v == 0) TRY(take_reward(ctx, &playing));
    return demo_draw_one_in(&playing.draw, 12) ? adjust(ctx, &playing) : OK;
}
