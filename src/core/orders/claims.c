/* claims — points waiting at the counter, given to whoever types a number; see orders.h. */
#include "core/customers/customers.h"
#include "core/customers/listing.h"
#include "core/loyalty/accounts.h"
#include "core/loyalty/handing.h"
#include "core/loyalty/programs.h"
#include "core/loyalty/settle.h"
#include "core/orders/order_state.h"
#include "core/orders/orders.h"
#include "core/team/places.h"

enum { WAITING_MAX = 50 };

/* What customers are known by; orders earn in all programs. */
static const program_id main_program = {0};

enum err
orders_list_waiting(struct ctx *ctx, register_id reg, struct order **orders, int *count)
{
    struct order_row *rows;

    TRY(orders_store_list_waiting(ctx, reg, WAITING_MAX, &rows, count));
    *orders = ARENA_ARRAY(ctx->arena, struct order, (size_t)*count);
    /* Of many the last ones: whoever stands at the counter has just paid. */
    for (int i = 0; i < *count; i++)
        (*orders)[i] = order_state_public(&rows[*count - 1 - i]);
    return OK;
}

/* ---- may it be claimed? ---- */

/* A tablet sees its own register's orders only, and without a register none. */
static bool
is_visible(const struct ctx *ctx, const struct claim_order *claim, const struct order_row *row)
{
    if (claim->reg.v == 0) return ctx->actor.kind != ACTOR_TABLET;
    return row->reg.v == claim->reg.v;
}

/* Paid at a place of ours, though too little for a point: whoever joins by it is its customer. */
static bool
can_be_joined_by(const struct claim_order *claim, const struct order_row *row)
{
    return claim->joins && row->status == ORDER_COMPLETED && row->location.v != 0;
}

static enum err
check_claimable(struct ctx *ctx, const struct claim_order *claim, const struct order_row *row)
{
    switch (row->claim) {
    case CLAIM_NONE:
        if (can_be_joined_by(claim, row)) break;
        return fail(ctx, ERR_ORDER_EARNS_NOTHING, "order %lld", (long long)row->id.v);
    case CLAIM_CLAIMED:
        return fail(ctx, ERR_ORDER_ALREADY_CLAIMED, "order %lld", (long long)row->id.v);
    case CLAIM_EXPIRED:
    case CLAIM_CANCELED:
        return fail(ctx, ERR_ORDER_CLAIM_EXPIRED, "order %lld", (long long)row->id.v);
    case CLAIM_WAITING:
        break;
    }
    /* Also before the job that ends claims has come by. */
    if (row->claim_until_us > ctx->now_us) return OK;
    return fail(ctx, ERR_ORDER_CLAIM_EXPIRED, "order %lld", (long long)row->id.v);
}

/* ---- whose is it? ---- */

/* By the number itself, or by the customer it belongs to, whose account may have none. */
static enum err
find_by_phone(struct ctx *ctx, struct str phone, struct loyalty_account *account)
{
    customer_id customer;

    enum err err = accounts_find_by_phone(ctx, main_program, phone, account);
    if (err != ERR_ACCOUNT_UNKNOWN) return err;
    err = customers_find_by_phone(ctx, phone, &customer);
    if (err == ERR_CUSTOMER_UNKNOWN) return ERR_ACCOUNT_UNKNOWN;
    TRY(err);
    return accounts_ensure_main(ctx, customer, account);
}

static enum err
make_account(struct ctx *ctx, const struct claim_order *claim, struct loyalty_account *account,
             customer_id *newcomer)
{
    const struct account_order order = {
        .program = main_program,
        .phone = claim->phone,
        .notice_version = claim->notice_version,
        .language = claim->language,
    };

    customer_id known;

    if (claim->notice_version.len == 0) return fail(ctx, ERR_NOTICE_REQUIRED, "a new customer");
    enum err err = customers_find_by_phone(ctx, claim->phone, &known);
    if (err != OK && err != ERR_CUSTOMER_UNKNOWN) return err;
    TRY(accounts_create(ctx, &order, account));
    *newcomer = err == OK ? (customer_id){0} : account->customer;
    return OK;
}

static enum err
find_claimer(struct ctx *ctx, const struct claim_order *claim, struct loyalty_account *account,
             struct claim *done)
{
    if (claim->account.v != 0) return accounts_find(ctx, claim->account, account);
    ASSERT(claim->phone.len > 0);
    enum err err = find_by_phone(ctx, claim->phone, account);
    if (err != ERR_ACCOUNT_UNKNOWN) return err;
    done->is_new = true;
    return make_account(ctx, claim, account, &done->newcomer);
}

/* ---- what recognises them next time ---- */

static enum err
link_claimer(struct ctx *ctx, const struct claim_order *claim, const struct order_row *row,
             customer_id customer)
{
    const struct consent consent = {
        .customer = customer,
        .purpose = STR("card_link"),
        .state = STR("given"),
        .notice_version = claim->notice_version,
        .language = claim->language,
    };
    struct payment_card card = {.brand = row->card.brand, .last_4 = row->card.last_4};
    bool has_card = row->card.hash.len > 0;

    if (!claim->link_card || (!has_card && row->external_customer.len == 0)) return OK;
    TRY(consents_add(ctx, &consent));
    if (has_card) {
        ASSERT(row->card.hash.len == sizeof card.fingerprint_hash);
        memcpy(card.fingerprint_hash, row->card.hash.at, sizeof card.fingerprint_hash);
        TRY(cards_link(ctx, &card, customer));
    }
    if (row->external_customer.len == 0) return OK;
    return customer_links_add(ctx, row->integration, row->external_customer, customer);
}

/* ---- what they see ---- */

/* Their balance, of the rewards that can be had the best it reaches and the next one it does not;
 * never who they are. */
enum err
orders_describe_account(struct ctx *ctx, account_id id, struct claim *done)
{
    struct loyalty_account account;
    struct program program;

    TRY(accounts_find(ctx, id, &account));
    TRY(programs_find(ctx, account.program, &program));
    done->account = account.id;
    done->program = account.program;
    done->balance = account.balance;
    int64_t reach = account.spendable < account.balance ? account.spendable : account.balance;
    for (int i = 0; programs_offers(&program, ctx->now_us) && i < program.tier_count; i++) {
        const struct reward_tier *tier = &program.tiers[i];

        if (programs_is_gone(tier)) continue;
        if (tier->points > reach) {
            done->next_name = tier->name;
            done->next_points = tier->points;
            done->next_missing = tier->points - reach;
            break;
        }
        done->available_name = tier->name;
        done->available_points = tier->points;
    }
    return OK;
}

static enum err
find_claimable(struct ctx *ctx, const struct claim_order *claim, struct order_row *row)
{
    TRY(orders_store_find(ctx, claim->order, row));
    if (!is_visible(ctx, claim, row)) return fail(ctx, ERR_ORDER_UNKNOWN, "another register's");
    TRY(places_check(ctx, row->location));
    return check_claimable(ctx, claim, row);
}

static enum err
give(struct ctx *ctx, struct order_row *row, account_id account, struct settled *settled)
{
    const struct order_before before = order_state_before(row);
    const struct order_earning earning = order_state_earning(row);

    row->account = account;
    row->claim = CLAIM_CLAIMED;
    TRY(accounts_settle_order(ctx, &earning, account, settled));
    row->account = settled->own.account;
    row->points = settled->own.points;
    return order_state_save_claim(ctx, &before, row);
}

enum err
orders_accumulate(struct ctx *ctx, order_id order, account_id account, struct settled *settled)
{
    struct order_row row;

    ASSERT(account.v != 0);
    TRY(find_claimable(ctx, &(struct claim_order){.order = order, .account = account}, &row));
    return give(ctx, &row, account, settled);
}

enum err
orders_claim(struct ctx *ctx, const struct claim_order *claim, struct claim *done)
{
    struct loyalty_account account;
    struct order_row row;

    *done = (struct claim){.order = claim->order};
    TRY(find_claimable(ctx, claim, &row));
    TRY(find_claimer(ctx, claim, &account, done));
    TRY(give(ctx, &row, account.id, &done->settled));
    TRY(link_claimer(ctx, claim, &row, account.customer));
    done->points = done->settled.own.changed + done->settled.own.pending_changed;
    return orders_describe_account(ctx, account.id, done);
}

/* ---- given to the wrong one ---- */

/* The account that the order is of: in the program it was claimed in, or whichever they have. */
static enum err
find_owner(struct ctx *ctx, const struct loyalty_account *like, const struct customer *customer,
           account_id *id)
{
    struct account_order wanted = {
        .program = like->program, .customer = customer->id, .phone = customer->phone};
    struct loyalty_account account;

    enum err err = accounts_find_by_customer(ctx, like->program, customer->id, &account);
    if (err == ERR_ACCOUNT_UNKNOWN) err = accounts_create(ctx, &wanted, &account);
    if (err == ERR_PHONE_TAKEN) {
        wanted.phone = STR("");
        err = accounts_create(ctx, &wanted, &account);
    }
    *id = account.id;
    return err;
}

enum err
orders_move_credit(struct ctx *ctx, order_id order, customer_id into)
{
    struct loyalty_account owner;
    struct customer customer;
    struct order_row row;

    TRY(orders_store_find(ctx, order, &row));
    TRY(places_check(ctx, row.location));
    if (row.account.v == 0) {
        return fail(ctx, ERR_ORDER_NOT_CREDITED, "order %lld", (long long)order.v);
    }
    TRY(customers_find(ctx, into, &customer));
    TRY(accounts_find(ctx, row.account, &owner));
    if (owner.customer.v == customer.id.v) return OK;
    const struct order_before before = order_state_before(&row);
    const struct earning_handing handing = {
        .order = order,
        .from = owner.customer,
        .into = customer.id,
        .phone = customer.phone,
        .location = row.location,
    };

    TRY(find_owner(ctx, &owner, &customer, &row.account));
    TRY(earnings_hand_over(ctx, &handing));
    TRY(listing_touch(ctx, owner.customer));
    TRY(listing_touch(ctx, customer.id));
    return order_state_save(ctx, &before, &row, ORDER_STORED);
}

enum err
orders_expire_claims(struct ctx *ctx, int max, int *expired)
{
    struct order_row *rows;

    ASSERT(max > 0);
    TRY(orders_store_list_overdue(ctx, max, &rows, expired));
    for (int i = 0; i < *expired; i++) {
        const struct order_before before = order_state_before(&rows[i]);
        rows[i].claim = CLAIM_EXPIRED;
        rows[i].points = 0;
        TRY(order_state_save_claim(ctx, &before, &rows[i]));
    }
    return OK;
}
