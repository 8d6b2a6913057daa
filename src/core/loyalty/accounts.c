/* accounts — see accounts.h. Opening, finding and crediting them by hand. */
#include "core/loyalty/accounts.h"
#include "core/customers/customers.h"
#include "core/customers/listing.h"
#include "core/loyalty/accounts_store.h"
#include "core/loyalty/points.h"
#include "core/merchants/merchants.h"
#include "core/team/limits.h"
#include "core/team/places.h"
#include "db/db.h"
#include "db/write_lane.h"
#include <inttypes.h>
#include <stdlib.h>

/* Of an account's possible memberships, the one in a program; id 0 in *found when there is none. */
static void
pick(const struct membership *members, int count, program_id program, struct membership *found)
{
    *found = (struct membership){0};
    for (int i = 0; i < count; i++) {
        if (members[i].account.program.v == program.v) *found = members[i];
    }
}

enum err
accounts_list_of(struct ctx *ctx, customer_id customer, struct membership *found, int *count)
{
    customer_id now = customer;

    TRY(accounts_store_list_by_customer(ctx, customer, found, count));
    if (*count > 0) return OK;
    TRY(customers_resolve(ctx, &now));
    if (now.v == customer.v) return OK;
    return accounts_store_list_by_customer(ctx, now, found, count);
}

static enum err
find_in_program(struct ctx *ctx, program_id program, struct str phone, customer_id customer,
                struct membership *found)
{
    struct membership *members = ARENA_ARRAY(ctx->arena, struct membership, PROGRAMS_MAX);
    int count = 0;

    if (phone.len > 0) {
        TRY(accounts_store_list_by_phone(ctx, phone, members, &count));
    } else if (customer.v != 0) {
        TRY(accounts_list_of(ctx, customer, members, &count));
    }
    pick(members, count, program, found);
    return OK;
}

/* Whose account it will be: as given, else whoever has the phone, else somebody new. */
static enum err
resolve_customer(struct ctx *ctx, const struct account_order *order, customer_id *id)
{
    struct customer customer = {0};

    if (order->customer.v != 0) {
        *id = order->customer;
        return customers_find(ctx, *id, &customer);
    }
    enum err err = customers_find_by_phone(ctx, order->phone, id);
    if (err != ERR_CUSTOMER_UNKNOWN) return err;
    customer.phone = order->phone;
    customer.source = STR("LOYALTY");
    TRY(customers_add(ctx, &customer));
    *id = customer.id;
    return OK;
}

static enum err
check_free(struct ctx *ctx, const struct account_order *order, program_id program)
{
    struct membership by_phone, by_customer;

    TRY(find_in_program(ctx, program, order->phone, (customer_id){0}, &by_phone));
    TRY(find_in_program(ctx, program, STR(""), order->customer, &by_customer));
    if (by_customer.account.id.v != 0) {
        return fail(ctx, ERR_ACCOUNT_EXISTS, "account %" PRId64, by_customer.account.id.v);
    }
    if (by_phone.account.id.v == 0) return OK;
    return fail(ctx, order->customer.v == 0 ? ERR_ACCOUNT_EXISTS : ERR_PHONE_TAKEN,
                "account %" PRId64, by_phone.account.id.v);
}

static enum err
note_consent(struct ctx *ctx, const struct account_order *order, customer_id customer)
{
    const struct consent consent = {
        .customer = customer,
        .purpose = STR("loyalty_notice"),
        .state = STR("shown"),
        .notice_version = order->notice_version,
        .language = order->language,
    };

    return order->notice_version.len == 0 ? OK : consents_add(ctx, &consent);
}

static enum err
tell_created(struct ctx *ctx, account_id id)
{
    struct str text = id_format(ctx->arena, ID_account, id.v);

    TRY(write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY));
    return write_live_event(ctx, STR("merchant"), STR("loyalty"),
                            str_format(ctx->arena,
                                       "{\"account_id\":\"%.*s\",\"type\":\"ACCOUNT_CREATED\","
                                       "\"points\":0}",
                                       STR_ARG(text)));
}

enum err
accounts_create(struct ctx *ctx, const struct account_order *order, struct loyalty_account *account)
{
    struct program program;
    bool added;

    ASSERT(db_in_tx(ctx->db));
    if (order->phone.len == 0 && order->customer.v == 0) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, "loyalty_account.mapping");
    }
    TRY(programs_find_rules(ctx, order->program, &program));
    if (!program.active || program.closing_us != 0) {
        return fail(ctx, ERR_PROGRAM_INACTIVE, "program %" PRId64, program.id.v);
    }
    *account = (struct loyalty_account){
        .program = program.id,
        .phone = order->phone,
        .enrolled_us = ctx->now_us,
        .created_us = ctx->now_us,
        .updated_us = ctx->now_us,
    };
    TRY(check_free(ctx, order, program.id));
    TRY(resolve_customer(ctx, order, &account->customer));
    account->id.v = id_next(ctx);
    TRY(accounts_store_add(ctx, account, &added));
    /* The phone's customer may have an account without this phone, or under another one. */
    if (!added) return fail(ctx, ERR_ACCOUNT_EXISTS, "customer %" PRId64, account->customer.v);
    TRY(ledger_open_account(ctx, account->id.v, BOOK_POINTS, program.id.v, 0));
    TRY(listing_touch(ctx, account->customer));
    TRY(note_consent(ctx, order, account->customer));
    return tell_created(ctx, account->id);
}

enum err
accounts_find(struct ctx *ctx, account_id id, struct loyalty_account *account)
{
    struct membership member;

    TRY(points_find(ctx, id, &member));
    *account = member.account;
    return OK;
}

/* By a phone, or by a customer. */
static enum err
find_by(struct ctx *ctx, program_id program, struct str phone, customer_id customer,
        struct loyalty_account *account)
{
    struct membership found;

    if (program.v == 0) {
        struct program main_program;

        TRY(programs_find_rules(ctx, program, &main_program));
        program = main_program.id;
    }
    TRY(find_in_program(ctx, program, phone, customer, &found));
    if (found.account.id.v == 0) return fail(ctx, ERR_ACCOUNT_UNKNOWN, "nobody's");
    *account = found.account;
    return OK;
}

enum err
accounts_find_by_phone(struct ctx *ctx, program_id program, struct str e164,
                       struct loyalty_account *account)
{
    return find_by(ctx, program, e164, (customer_id){0}, account);
}

enum err
accounts_find_by_customer(struct ctx *ctx, program_id program, customer_id customer,
                          struct loyalty_account *account)
{
    return find_by(ctx, program, STR(""), customer, account);
}

/* ---- in several programs ---- */

enum err
accounts_open_beside(struct ctx *ctx, const struct loyalty_account *own, program_id program,
                     struct loyalty_account *account, bool *opened)
{
    struct account_order wanted = {
        .program = program, .customer = own->customer, .phone = own->phone};

    enum err err = accounts_create(ctx, &wanted, account);
    if (err == ERR_PHONE_TAKEN) {
        wanted.phone = STR("");
        err = accounts_create(ctx, &wanted, account);
    }
    /* Somebody who was removed keeps what they have, and gets no more accounts. */
    *opened = err == OK;
    return err == ERR_CUSTOMER_UNKNOWN ? OK : err;
}

enum err
accounts_ensure_main(struct ctx *ctx, customer_id customer, struct loyalty_account *account)
{
    struct membership *others = ARENA_ARRAY(ctx->arena, struct membership, PROGRAMS_MAX);
    bool opened;
    int count;

    enum err err = accounts_find_by_customer(ctx, (program_id){0}, customer, account);
    if (err != ERR_ACCOUNT_UNKNOWN) return err;
    TRY(accounts_store_list_by_customer(ctx, customer, others, &count));
    if (count == 0) return err;
    err = accounts_open_beside(ctx, &others[0].account, (program_id){0}, account, &opened);
    if (err == OK && opened) return OK;
    *account = others[0].account;
    /* A main program that sleeps takes nobody in; the others go on. */
    return err == ERR_PROGRAM_INACTIVE ? OK : err;
}

/* ---- search ---- */

static enum err
list_all(struct ctx *ctx, const struct account_query *query, struct membership *found, int *count)
{
    return accounts_store_list(ctx, query->after, query->limit, found, count);
}

/* Every account of the phones and customers asked for; some perhaps twice. */
static enum err
list_by_keys(struct ctx *ctx, const struct account_query *query, struct membership *found,
             int *count)
{
    int more;

    *count = 0;
    for (int i = 0; i < query->phone_count; i++) {
        TRY(accounts_store_list_by_phone(ctx, query->phones[i], found + *count, &more));
        *count += more;
    }
    for (int i = 0; i < query->customer_count; i++) {
        customer_id customer = {query->customers[i]};

        TRY(accounts_list_of(ctx, customer, found + *count, &more));
        *count += more;
    }
    return OK;
}

static bool
is_among(account_id id, const struct loyalty_account *accounts, int count)
{
    for (int i = 0; i < count; i++) {
        if (accounts[i].id.v == id.v) return true;
    }
    return false;
}

static int
newest_first(const void *a, const void *b)
{
    int64_t x = ((const struct membership *)a)->account.id.v;
    int64_t y = ((const struct membership *)b)->account.id.v;

    return x < y ? 1 : x > y ? -1 : 0;
}

enum err
accounts_search(struct ctx *ctx, const struct account_query *query,
                struct loyalty_account **accounts, int *count)
{
    int keys = query->phone_count + query->customer_count;
    int room = keys == 0 ? query->limit : keys * PROGRAMS_MAX;
    struct membership *found = ARENA_ARRAY(ctx->arena, struct membership, (size_t)room);
    int found_count;

    ASSERT(query->limit >= 1);
    ASSERT(query->phone_count <= ACCOUNTS_KEYS_MAX);
    ASSERT(query->customer_count <= ACCOUNTS_KEYS_MAX);
    TRY((keys == 0 ? list_all : list_by_keys)(ctx, query, found, &found_count));
    /* One key's accounts come with the main program's first. */
    if (keys > 1) qsort(found, (size_t)found_count, sizeof *found, newest_first);

    *accounts = ARENA_ARRAY(ctx->arena, struct loyalty_account, (size_t)query->limit);
    *count = 0;
    /* All of the merchant's are read from the cursor on; those of keys are few, and skipped. */
    bool begun = keys == 0 || query->after == 0;
    for (int i = 0; i < found_count && *count < query->limit; i++) {
        const struct loyalty_account *account = &found[i].account;

        if (begun && account->id.v != query->after && !is_among(account->id, *accounts, *count)) {
            (*accounts)[(*count)++] = *account;
        }
        if (account->id.v == query->after) begun = true;
    }
    return OK;
}

enum err
accounts_follow_phone(struct ctx *ctx, customer_id customer, struct str e164)
{
    ASSERT(customer.v != 0);
    return accounts_store_follow_phone(ctx, customer, e164);
}

enum err
accounts_take_phone(struct ctx *ctx, customer_id customer, struct str e164)
{
    ASSERT(e164.len > 0);
    return accounts_store_take_phone(ctx, customer, e164);
}

enum err
accounts_erase_customer(struct ctx *ctx, customer_id customer)
{
    ASSERT(customer.v != 0);
    return accounts_store_erase(ctx, customer);
}

/* ---- points by hand and by program ---- */

static enum err
check_points(struct ctx *ctx, int64_t points)
{
    if (points == 0 || points < -PROGRAM_POINTS_MAX || points > PROGRAM_POINTS_MAX) {
        return fail(ctx, ERR_FIELD_RANGE, "%" PRId64 " points", points);
    }
    return OK;
}

static enum err
check_location(struct ctx *ctx, location_id id)
{
    struct location location;

    return id.v == 0 ? OK : locations_find(ctx, id, &location);
}

enum err
accounts_accumulate(struct ctx *ctx, const struct accumulate_order *order,
                    struct loyalty_event *event)
{
    const struct points_move move = {
        .reason = REASON_EARN,
        .contra = BOOK_EARNED,
        .lifetime_added = order->points,
        .is_fresh = true,
    };
    struct membership member;

    TRY(check_points(ctx, order->points < 0 ? 0 : order->points));
    TRY(points_find(ctx, order->account, &member));
    if (!member.program.active) {
        return fail(ctx, ERR_PROGRAM_INACTIVE, "program %" PRId64, member.account.program.v);
    }
    TRY(check_location(ctx, order->location));
    TRY(places_check(ctx, order->location));
    TRY(limits_count(ctx, order->points));
    *event = (struct loyalty_event){
        .type = EVENT_ACCUMULATE_POINTS,
        .rule_version = member.program.version,
        .location = order->location,
        .reason = order->reason,
    };
    return points_give(ctx, &member, order->points, &move, event);
}

enum err
accounts_adjust(struct ctx *ctx, const struct adjust_order *order, struct loyalty_event *event)
{
    const struct points_move move = {
        .reason = REASON_ADJUST,
        .contra = BOOK_ADJUSTED,
        .rest = order->allow_negative ? REST_OWED : REST_REFUSED,
    };
    struct membership member;

    TRY(check_points(ctx, order->points));
    TRY(points_find(ctx, order->account, &member));
    *event = (struct loyalty_event){.type = EVENT_ADJUST_POINTS, .reason = order->reason};
    if (order->points > 0) {
        if (!order->is_unlimited) TRY(limits_count(ctx, order->points));
        return points_give(ctx, &member, order->points, &move, event);
    }

    TRY(points_expire_due(ctx, &member));
    if (!order->allow_negative && member.account.balance + order->points < 0) {
        return fail(ctx, ERR_POINTS_SHORT, "account %" PRId64 " has %" PRId64, order->account.v,
                    member.account.balance);
    }
    return points_take(ctx, &member, -order->points, &move, event);
}
