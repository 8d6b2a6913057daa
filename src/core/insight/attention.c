/* attention — what somebody should look at before a customer asks; see insight.h. */
#include "base/clock.h"
#include "base/zone.h"
#include "core/insight/attention_store.h"
#include "core/insight/suspect.h"
#include "core/loyalty/programs.h"
#include "core/merchants/merchants.h"
#include "core/team/tablets.h"

/* A tablet tells its life by the minute, and so does a register: they may differ by some. */
#define SILENT_AFTER_US (10 * CLOCK_MINUTE_US)
/* What no order came from for so long is not used any more. */
#define IN_USE_US  (30 * CLOCK_DAY_US)
#define EXPIRED_US (7 * CLOCK_DAY_US)

static const char *const names[ATTENTION_KIND_COUNT] = {
    [ATTENTION_NO_PROGRAM] = "no_program",
    [ATTENTION_NO_REWARD] = "no_reward",
    [ATTENTION_NO_TABLET_PIN] = "no_tablet_pin",
    [ATTENTION_TABLET_UNPAIRED] = "tablet_unpaired",
    [ATTENTION_TABLET_SILENT] = "tablet_silent",
    [ATTENTION_REGISTER_WITHOUT_TABLET] = "register_without_tablet",
    [ATTENTION_ESTABLISHMENT_UNLINKED] = "establishment_unlinked",
    [ATTENTION_SUSPICION] = "suspicion",
    [ATTENTION_ORDERS_EXPIRED] = "orders_expired",
    [ATTENTION_NO_CUSTOMER] = "no_customer",
};

const char *
attention_name(enum attention_kind kind)
{
    ASSERT(kind >= 0);
    ASSERT(kind < ATTENTION_KIND_COUNT);
    return names[kind];
}

static enum err
add_programs(struct ctx *ctx, struct attention_list *list)
{
    struct program *programs;
    struct merchant merchant;
    int count;
    bool earns = false, offers = false;

    TRY(merchants_find(ctx, &merchant));
    TRY(programs_list(ctx, &programs, &count));
    int64_t today = zone_day_at(merchant.time_zone, ctx->now_us);
    for (int i = 0; i < count; i++) {
        if (!programs_earns(&programs[i], today)) continue;
        earns = true;
        /* Cashback is money: it needs nothing that it could be exchanged for. */
        offers = offers || programs[i].tier_count > 0 || programs[i].type == PROGRAM_CASHBACK;
    }
    if (!earns) attention_add(list, (struct attention){.kind = ATTENTION_NO_PROGRAM});
    if (earns && !offers) attention_add(list, (struct attention){.kind = ATTENTION_NO_REWARD});
    return OK;
}

static struct attention
about_tablet(enum attention_kind kind, const struct tablet *tablet, int64_t since_us)
{
    return (struct attention){.kind = kind,
                              .id_kind = ID_tablet,
                              .id = tablet->id.v,
                              .name = tablet->name,
                              .since_us = since_us};
}

/* Whether orders came to a tablet's register that it cannot have shown. */
static enum err
find_silence(struct ctx *ctx, const struct tablet *tablet, bool *is_silent)
{
    struct shop_register reg;

    *is_silent = false;
    if (!tablet->paired || tablet->reg.v == 0) return OK;
    TRY(registers_find(ctx, tablet->reg, &reg));
    *is_silent =
        reg.seen_us > tablet->seen_us + SILENT_AFTER_US && reg.seen_us > ctx->now_us - IN_USE_US;
    return OK;
}

static enum err
add_tablets(struct ctx *ctx, struct attention_list *list)
{
    struct merchant merchant;
    struct tablet *tablets;
    int count;

    TRY(merchants_find(ctx, &merchant));
    TRY(tablets_list(ctx, &tablets, &count));
    if (count > 0 && merchant.tablet_pin_hash.len == 0) {
        attention_add(list, (struct attention){.kind = ATTENTION_NO_TABLET_PIN});
    }
    for (int i = 0; i < count; i++) {
        if (tablets[i].paired) continue;
        attention_add(list, about_tablet(ATTENTION_TABLET_UNPAIRED, &tablets[i], 0));
    }
    for (int i = 0; i < count; i++) {
        bool is_silent;

        TRY(find_silence(ctx, &tablets[i], &is_silent));
        if (!is_silent) continue;
        attention_add(list, about_tablet(ATTENTION_TABLET_SILENT, &tablets[i], tablets[i].seen_us));
    }
    return OK;
}

static enum err
add_suspicions(struct ctx *ctx, struct attention_list *list)
{
    struct attention open = {.kind = ATTENTION_SUSPICION};
    bool may_know;

    TRY(suspect_may_know(ctx, &may_know));
    if (!may_know) return OK;
    TRY(suspicions_count_open(ctx, &open.count, &open.since_us));
    if (open.count > 0) attention_add(list, open);
    return OK;
}

enum err
insight_list_attention(struct ctx *ctx, struct attention **found, int *count)
{
    struct attention_list list = {.at = ARENA_ARRAY(ctx->arena, struct attention, ATTENTION_MAX)};

    ASSERT(ctx->merchant.v != 0);
    TRY(add_programs(ctx, &list));
    TRY(add_tablets(ctx, &list));
    TRY(attention_store_add_registers(ctx, ctx->now_us - IN_USE_US, &list));
    TRY(attention_store_add_establishments(ctx, &list));
    TRY(add_suspicions(ctx, &list));
    TRY(attention_store_add_expired(ctx, ctx->now_us - EXPIRED_US, &list));
    TRY(attention_store_add_no_customer(ctx, &list));
    *found = list.at;
    *count = list.count;
    return OK;
}
