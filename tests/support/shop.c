/* shop — see shop.h. */
#include "support/shop.h"
#include "core/merchants/merchants.h"
#include "db/write_lane.h"
#include "support/test.h"

static void
add_program(struct shop *s)
{
    s->program = (struct program){
        .is_main = true,
        .active = true,
        .type = PROGRAM_POINTS,
        .name = STR("Fidélité"),
        .term_one = STR("point"),
        .term_other = STR("points"),
        .minimum_minor = 100,
        .rules = {{.kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 100}},
        .rule_count = 1,
        .tier_count = 2,
    };
    s->program.tiers = ARENA_ARRAY(s->w.ctx.arena, struct reward_tier, 2);
    s->program.tiers[0] = (struct reward_tier){.name = STR("Café"), .points = 10, .active = true};
    s->program.tiers[1] = (struct reward_tier){.name = STR("Tarte"), .points = 50, .active = true};
    EXPECT_OK(programs_add(&s->w.ctx, &s->program));
}

static void
add_integration(struct shop *s, struct integration *integration, const char *vendor,
                const char *establishment)
{
    *integration = (struct integration){
        .vendor = str_of(vendor), .secret = STR("a secret of the shop"), .active = true};
    EXPECT_OK(integrations_add(&s->w.ctx, integration));
    EXPECT_OK(
        integrations_associate(&s->w.ctx, integration->id, str_of(establishment), s->w.location));
}

struct shop
shop_open(void)
{
    struct shop s = {.w = world_open()};

    WORLD_TX(&s.w)
    {
        add_program(&s);
        add_integration(&s, &s.feed, "feed", SHOP_FEED_PLACE);
        add_integration(&s, &s.square, "square", SHOP_SQUARE_PLACE);
    }
    return s;
}

void
shop_close(struct shop *s)
{
    world_close(&s->w);
}

/* ---- messages ---- */

struct pos_message
shop_sale(const struct shop *s, const char *sale, int64_t total_minor)
{
    return (struct pos_message){
        .kind = POS_ORDER,
        .vendor_order = str_of(sale),
        .establishment = STR(SHOP_FEED_PLACE),
        .vendor_register = STR("caisse-1"),
        .currency = STR("EUR"),
        .total_minor = total_minor,
        .at_us = s->w.ctx.now_us,
        .updated_us = s->w.ctx.now_us,
    };
}

struct pos_message
shop_refund(const struct shop *s, const char *refund, const char *sale, int64_t amount_minor)
{
    return (struct pos_message){
        .kind = POS_REFUND,
        .vendor_refund = str_of(refund),
        .vendor_order = str_of(sale),
        .total_minor = amount_minor,
        .at_us = s->w.ctx.now_us,
    };
}

struct pos_message
shop_cancel(const struct shop *s, const char *sale)
{
    return (struct pos_message){
        .kind = POS_CANCEL, .vendor_order = str_of(sale), .at_us = s->w.ctx.now_us};
}

struct pos_message
shop_payment(const struct shop *s, const char *payment, const char *order, int64_t amount_minor)
{
    return (struct pos_message){
        .kind = POS_PAYMENT,
        .vendor_payment = str_of(payment),
        .vendor_order = str_of(order),
        .establishment = STR(SHOP_SQUARE_PLACE),
        .vendor_register = STR("DEVICE01"),
        .currency = STR("EUR"),
        .total_minor = amount_minor,
        .completed = true,
        .at_us = s->w.ctx.now_us,
        .updated_us = s->w.ctx.now_us,
    };
}

struct pos_message
shop_payment_refund(const struct shop *s, const char *refund, const char *payment,
                    int64_t amount_minor)
{
    return (struct pos_message){
        .kind = POS_REFUND,
        .vendor_refund = str_of(refund),
        .vendor_payment = str_of(payment),
        .total_minor = amount_minor,
        .at_us = s->w.ctx.now_us,
    };
}

/* ---- telling and asking ---- */

struct order
shop_tell(struct shop *s, const struct integration *integration, struct pos_message message)
{
    struct order order;

    WORLD_TX(&s->w)
    EXPECT_OK(orders_receive(&s->w.ctx, integration, &message, &order));
    return order;
}

struct order
shop_find(struct shop *s, order_id id)
{
    struct order order;

    EXPECT_OK(orders_find(&s->w.ctx, id, &order));
    return order;
}

struct loyalty_account
shop_account(struct shop *s, const char *phone)
{
    struct loyalty_account account;

    WORLD_TX(&s->w)
    EXPECT_OK(
        accounts_create(&s->w.ctx, &(struct account_order){.phone = str_of(phone)}, &account));
    return account;
}

int64_t
shop_balance(struct shop *s, account_id id)
{
    struct loyalty_account account;

    EXPECT_OK(accounts_find(&s->w.ctx, id, &account));
    return account.balance;
}

DB_SQL(list_events, "SELECT body"
                    "  FROM live_event"
                    " WHERE merchant_id = $1 AND topic = $2 AND name = $3"
                    " ORDER BY seq");

int
shop_count_events(struct shop *s, register_id reg, const char *name, struct str *body)
{
    struct ctx *ctx = &s->w.ctx;
    struct str topic =
        str_format(ctx->arena, "register:%.*s", STR_ARG(id_format(ctx->arena, ID_register, reg.v)));
    struct db_rows *rows = db_query(
        ctx, &list_events, DB_BIND(db_int(ctx->merchant.v), db_text(topic), db_text(str_of(name))));
    int count = 0;

    for (*body = STR(""); db_next(rows); count++)
        *body = db_col_text(rows, 0);
    EXPECT_OK(db_done(rows));
    return count;
}
