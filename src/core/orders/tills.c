/* tills — see tills.h. */
#include "core/orders/tills.h"
#include "base/calc.h"
#include "base/quantity.h"
#include "base/words.h"
#include "core/catalog/catalog.h"
#include "core/customers/customers.h"
#include "core/loyalty/accounts.h"
#include "core/loyalty/programs.h"
#include "core/orders/integrations_store.h"
#include "core/orders/orders_store.h"
#include "db/write_lane.h"

#define AMOUNT_MAX INT64_C(1000000000000)

static const program_id main_program = {0};

/* ---- the till itself ---- */

/* One writer at a time works for a merchant, so that two who open it at once make one. */
static enum err
open_integration(struct ctx *ctx, struct integration *integration)
{
    integration_id id;

    TRY(integrations_store_match(ctx, STR(TILL_VENDOR), &id));
    if (id.v != 0) return integrations_find(ctx, id, integration);
    *integration = (struct integration){.vendor = STR(TILL_VENDOR), .active = true};
    return integrations_add(ctx, integration);
}

static struct str
establishment_of(struct ctx *ctx, location_id location)
{
    return id_format(ctx->arena, ID_location, location.v);
}

static enum err
make_register(struct ctx *ctx, struct till *till)
{
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    till->reg = (struct shop_register){
        .location = till->location.id,
        .integration = till->integration.id,
        .vendor_register = STR(TILL_VENDOR),
        .name = words_text(ctx->arena, merchant.language, "till.register", NULL, 0),
        .seen_us = ctx->now_us,
    };
    TRY(registers_add(ctx, &till->reg));
    TRY(integrations_associate(ctx, till->integration.id, establishment_of(ctx, till->location.id),
                               till->location.id));
    return write_live_hint(ctx, STR("merchant"), STR("settings"));
}

enum err
tills_open(struct ctx *ctx, location_id location, struct till *till)
{
    *till = (struct till){0};
    TRY(locations_find(ctx, location, &till->location));
    TRY(open_integration(ctx, &till->integration));
    TRY(registers_match(ctx, till->integration.id, till->location.id, STR(TILL_VENDOR),
                        &till->reg));
    return till->reg.id.v != 0 ? OK : make_register(ctx, till);
}

/* ---- what a sale comes to ---- */

static enum err
fail_line(struct ctx *ctx, enum err err, int index, const char *field)
{
    return fail_field(ctx, err, str_format(ctx->arena, "sale.lines[%d].%s", index, field).at);
}

/* What of the catalog a line is: the variation it names, or its article's first one. */
static enum err
find_sold(struct ctx *ctx, const struct sale_line *told, int index, struct catalog_sold *sold)
{
    variation_id variation = told->variation;
    struct catalog_item item;
    enum err err;

    if (variation.v == 0) {
        err = catalog_find(ctx, told->item, &item);
        if (err == ERR_ITEM_UNKNOWN) return fail_line(ctx, err, index, "item_id");
        TRY(err);
        variation = item.variations[0].id;
    }
    err = catalog_find_sold(ctx, variation, sold);
    return err == ERR_VARIATION_UNKNOWN ? fail_line(ctx, err, index, "variation_id") : err;
}

/* The line's name and the amount it is priced by. */
static enum err
read_item(struct ctx *ctx, const struct sale_line *told, int index, struct pos_line *line,
          int64_t *amount_minor)
{
    bool of_item = told->item.v != 0 || told->variation.v != 0;
    struct catalog_sold sold = {0};

    if (of_item) TRY(find_sold(ctx, told, index, &sold));
    if (told->kind == SALE_PRICE_OF_ITEM && !sold.has_price) {
        return fail_line(ctx, ERR_FIELD_REQUIRED, index, "price_money");
    }
    line->name = told->name.len > 0 ? told->name : sold.name;
    line->category = sold.category_name;
    line->sku = id_format(ctx->arena, ID_variation, sold.variation.v);
    *amount_minor = told->kind == SALE_PRICE_OF_ITEM ? sold.price_minor : told->amount_minor;
    return line->name.len > 0 ? OK : fail_line(ctx, ERR_FIELD_REQUIRED, index, "name");
}

/* Half a cent is rounded up, as a till's display does. */
static enum err
price_line(struct ctx *ctx, const struct sale_line *told, int index, struct pos_line *line)
{
    int64_t amount_minor = 0, millionths;

    TRY(read_item(ctx, told, index, line, &amount_minor));
    line->quantity = told->quantity;
    enum err err = quantity_parse(told->quantity, &millionths);
    if (err != OK) return fail_line(ctx, err, index, "quantity");
    if (millionths <= 0) return fail_line(ctx, ERR_FIELD_RANGE, index, "quantity");
    /* An article has a price; a line of no article may be a discount. */
    if (amount_minor < 0 && (told->item.v != 0 || told->variation.v != 0)) {
        return fail_line(ctx, ERR_FIELD_RANGE, index, "price_money");
    }

    bool is_whole = told->kind == SALE_PRICE_OF_LINE;
    bool fits = calc_mul_div(amount_minor, is_whole ? QUANTITY_ONE : millionths, QUANTITY_ONE,
                             ROUND_HALF_UP, &line->total_minor);
    if (!fits || line->total_minor > AMOUNT_MAX || line->total_minor < -AMOUNT_MAX) {
        return fail_line(ctx, ERR_FIELD_RANGE, index, is_whole ? "total_money" : "quantity");
    }
    return OK;
}

static enum err
price_sale(struct ctx *ctx, const struct sale *sale, struct pos_message *message)
{
    message->line_count = sale->line_count;
    message->lines = ARENA_ARRAY(ctx->arena, struct pos_line, (size_t)sale->line_count);
    for (int i = 0; i < sale->line_count; i++) {
        TRY(price_line(ctx, &sale->lines[i], i, &message->lines[i]));
        /* At most POS_LINES_MAX lines of at most AMOUNT_MAX: it fits. */
        message->total_minor += message->lines[i].total_minor;
    }
    bool is_sold = message->total_minor > 0 && message->total_minor <= AMOUNT_MAX;
    return is_sold ? OK : fail_field(ctx, ERR_FIELD_RANGE, "sale.lines");
}

/* ---- selling ---- */

static enum err
check_customer(struct ctx *ctx, customer_id id)
{
    struct customer customer;

    if (id.v == 0) return OK;
    enum err err = customers_find(ctx, id, &customer);
    return err == ERR_CUSTOMER_UNKNOWN ? fail_field(ctx, err, "sale.customer_id") : err;
}

static bool
is_same_line(const struct pos_line *a, const struct pos_line *b)
{
    return a->total_minor == b->total_minor && str_is(a->name, b->name) &&
           str_is(a->quantity, b->quantity);
}

/* Whether a key's order is this sale: the same goods, at the same place, for the same customer. */
static enum err
check_same(struct ctx *ctx, const struct pos_message *message, const struct order_row *row)
{
    struct loyalty_account account = {0};
    struct pos_line *lines;
    int count;

    TRY(orders_store_list_lines(ctx, row->id, &lines, &count));
    bool is_same = count == message->line_count && row->total_minor == message->total_minor &&
                   str_is(row->establishment, message->establishment);
    for (int i = 0; is_same && i < count; i++) {
        is_same = is_same_line(&lines[i], &message->lines[i]);
    }
    if (row->account.v != 0 && message->customer.v != 0) {
        TRY(accounts_find(ctx, row->account, &account));
        is_same = is_same && account.customer.v == message->customer.v;
    }
    if (is_same) return OK;
    return fail_field(ctx, ERR_IDEMPOTENCY_KEY_REUSED, "idempotency_key");
}

/* What became of it: the points that somebody got, or those that wait. */
static enum err
describe(struct ctx *ctx, struct sold *sold)
{
    const struct order *order = &sold->order;
    struct loyalty_account account;
    struct program program;

    if (order->claim == CLAIM_WAITING) sold->waiting_points = order->points;
    if (order->account.v == 0) return OK;
    TRY(accounts_find(ctx, order->account, &account));
    TRY(programs_find_rules(ctx, account.program, &program));
    if (!program.active) return OK;
    sold->earned = (struct claim){.order = order->id, .points = order->points};
    return orders_describe_account(ctx, order->account, &sold->earned);
}

enum err
tills_sell(struct ctx *ctx, const struct sale *sale, struct sold *sold)
{
    struct pos_message message = {.kind = POS_ORDER, .vendor_order = sale->key};
    struct order_row row;
    struct till till;

    ASSERT(sale->key.len > 0);
    ASSERT(sale->line_count >= 1);
    ASSERT(sale->line_count <= POS_LINES_MAX);
    *sold = (struct sold){0};
    TRY(tills_open(ctx, sale->location, &till));
    TRY(price_sale(ctx, sale, &message));
    message.customer = sale->customer;
    message.establishment = establishment_of(ctx, till.location.id);
    message.vendor_register = STR(TILL_VENDOR);
    message.at_us = message.updated_us = ctx->now_us;
    if (ctx->actor.kind == ACTOR_STAFF) message.team_member.v = ctx->actor.id;

    TRY(orders_store_match(ctx, till.integration.id, sale->key, &row));
    if (row.id.v != 0) {
        TRY(check_same(ctx, &message, &row));
        TRY(orders_find(ctx, row.id, &sold->order));
    } else {
        TRY(check_customer(ctx, sale->customer));
        TRY(orders_receive(ctx, &till.integration, &message, &sold->order));
    }
    return describe(ctx, sold);
}

/* ---- joining ---- */

/* Puts a text where there is none yet, and says so. */
static unsigned
fill_in(struct str *into, struct str told, enum customer_field field)
{
    if (told.len == 0 || into->len > 0) return 0;
    *into = told;
    return 1U << field;
}

/* Of somebody known not the e-mail address: it is a way in, and whoever told their number at the
 * counter need not be them. */
static enum err
fill_in_customer(struct ctx *ctx, const struct till_claim *told, customer_id id, bool is_newcomer)
{
    struct customer customer, after;
    unsigned fields = 0;

    TRY(customers_find(ctx, id, &customer));
    fields |= fill_in(&customer.given_name, told->given_name, CUSTOMER_GIVEN_NAME);
    fields |= fill_in(&customer.family_name, told->family_name, CUSTOMER_FAMILY_NAME);
    if (is_newcomer) fields |= fill_in(&customer.email, told->email, CUSTOMER_EMAIL);
    fields |= fill_in(&customer.birthday, told->birthday, CUSTOMER_BIRTHDAY);
    return fields == 0 ? OK : customers_change(ctx, &customer, fields, &after);
}

enum err
tills_claim(struct ctx *ctx, const struct till_claim *told, struct claim *done,
            customer_id *customer)
{
    const struct claim_order wanted = {
        .order = told->order,
        .phone = told->phone,
        .notice_version = told->notice_version,
        .language = told->language,
        .joins = true,
    };
    struct loyalty_account account;

    TRY(orders_claim(ctx, &wanted, done));
    TRY(accounts_find(ctx, done->account, &account));
    *customer = account.customer;
    return fill_in_customer(ctx, told, account.customer, done->newcomer.v != 0);
}

enum err
tills_identify(struct ctx *ctx, struct str phone, customer_id *customer)
{
    struct loyalty_account account;

    ASSERT(phone.len > 0);
    enum err err = accounts_find_by_phone(ctx, main_program, phone, &account);
    if (err == ERR_ACCOUNT_UNKNOWN || err == ERR_PROGRAM_UNKNOWN) {
        return customers_find_by_phone(ctx, phone, customer);
    }
    TRY(err);
    *customer = account.customer;
    return OK;
}
