/* people — see people.h. */
#include "core/people/people.h"
#include "base/email.h"
#include "core/credit/credit.h"
#include "core/customers/merges.h"
#include "core/customers/sign_in.h"
#include "core/directory/bulk.h"
#include "core/loyalty/accounts.h"
#include "core/orders/orders.h"
#include "core/outbox/outbox.h"
#include "core/people/erasure.h"
#include "core/people/erasure_store.h"
#include "core/people/intake.h"
#include "core/people/retention_store.h"
#include "core/team/team.h"
#include "core/trail/suspicions.h"

enum { ACCOUNTS_MAX = PROGRAMS_MAX }; /* one in each program */

enum err
people_find_by_phone(struct ctx *ctx, struct str phone, customer_id *id)
{
    const program_id main_program = {0};
    struct loyalty_account account;
    struct customer customer;

    enum err err = customers_find_by_phone(ctx, phone, id);
    if (err != ERR_CUSTOMER_UNKNOWN) return err;
    err = accounts_find_by_phone(ctx, main_program, phone, &account);
    if (err == ERR_ACCOUNT_UNKNOWN || err == ERR_PROGRAM_UNKNOWN) return ERR_CUSTOMER_UNKNOWN;
    TRY(err);
    TRY(customers_find(ctx, account.customer, &customer));
    if (customer.phone.len > 0) return ERR_CUSTOMER_UNKNOWN;
    *id = customer.id;
    return OK;
}

enum err
people_open_account(struct ctx *ctx, program_id program, customer_id customer, struct str phone,
                    struct loyalty_account *account)
{
    struct account_order order = {.program = program, .customer = customer};
    struct loyalty_account other;

    if (phone.len > 0) {
        enum err err = accounts_find_by_phone(ctx, program, phone, &other);
        if (err == ERR_ACCOUNT_UNKNOWN)
            order.phone = phone;
        else
            TRY(err);
    }
    return accounts_create(ctx, &order, account);
}

static bool
is_replaced(struct str before, struct str after)
{
    return before.len > 0 && !str_is(before, after);
}

enum err
people_change_customer(struct ctx *ctx, const struct customer *change, unsigned fields,
                       struct customer *after)
{
    struct customer before;

    TRY(customers_find(ctx, change->id, &before));
    TRY(customers_change(ctx, change, fields, after));
    if (is_replaced(before.phone, after->phone) || is_replaced(before.email, after->email)) {
        TRY(team_end_customer_sessions(ctx, after->id));
        TRY(sign_in_links_end(ctx, after->id));
    }
    if (!(fields & (1U << CUSTOMER_PHONE))) return OK;
    return accounts_follow_phone(ctx, after->id, after->phone);
}

static enum err
check_phone_free(struct ctx *ctx, customer_id id, struct str e164)
{
    const struct account_query query = {.phones = &e164, .phone_count = 1, .limit = ACCOUNTS_MAX};
    struct loyalty_account *accounts;
    customer_id owner;
    int count;

    enum err err = customers_find_by_phone(ctx, e164, &owner);
    if (err == OK && owner.v != id.v) return fail_field(ctx, ERR_PHONE_TAKEN, "phone_number");
    if (err != OK && err != ERR_CUSTOMER_UNKNOWN) return err;
    TRY(accounts_search(ctx, &query, &accounts, &count));
    for (int i = 0; i < count; i++) {
        bool is_theirs = accounts[i].customer.v == id.v;

        if (!is_theirs) return fail_field(ctx, ERR_PHONE_TAKEN, "phone_number");
    }
    return OK;
}

enum err
people_change_phone(struct ctx *ctx, customer_id id, struct str e164, struct customer *after)
{
    struct customer before;

    ASSERT(e164.len > 0);
    TRY(customers_find(ctx, id, &before));
    TRY(check_phone_free(ctx, before.id, e164));
    const struct customer change = {.id = before.id, .phone = e164};

    TRY(people_change_customer(ctx, &change, 1U << CUSTOMER_PHONE, after));
    TRY(accounts_take_phone(ctx, before.id, e164));
    if (before.phone.len == 0 || str_is(before.phone, e164)) return OK;
    return sign_in_codes_remove(ctx, &(struct sign_in_address){OUTBOX_SMS, before.phone});
}

/* What is on its way to their addresses. Messages and codes know them in their normal form. */
static enum err
erase_messages(struct ctx *ctx, const struct customer *customer)
{
    struct str email = STR("");

    bool has_email = email_parse(ctx->arena, customer->email, &email) == OK;
    TRY(outbox_erase_customer(ctx, customer->id, customer->phone, email));
    if (customer->phone.len > 0) {
        const struct sign_in_address phone = {OUTBOX_SMS, customer->phone};
        TRY(sign_in_codes_remove(ctx, &phone));
    }
    if (!has_email) return OK;
    return sign_in_codes_remove(ctx, &(struct sign_in_address){OUTBOX_EMAIL, email});
}

/* Those who have become a part of them, and themselves as they were before. */
static enum err
erase_parts(struct ctx *ctx, customer_id id)
{
    struct customer *persons;
    customer_id *aliases;
    int count;

    TRY(customer_merges_list_persons(ctx, id, &persons, &count));
    for (int i = 0; i < count; i++) {
        TRY(erase_messages(ctx, &persons[i]));
    }
    TRY(customer_merges_list_aliases(ctx, id, &aliases, &count));
    for (int i = 0; i < count; i++) {
        TRY(outbox_erase_customer(ctx, aliases[i], STR(""), STR("")));
        TRY(accounts_erase_customer(ctx, aliases[i]));
        TRY(team_erase_customer(ctx, aliases[i]));
        TRY(erasure_store_erase_replies(ctx, aliases[i], 0));
    }
    return OK;
}

enum err
people_remove_customer(struct ctx *ctx, customer_id id)
{
    struct loyalty_account *accounts;
    int64_t whose = id.v;
    const struct account_query query = {
        .customers = &whose, .customer_count = 1, .limit = ACCOUNTS_MAX};
    struct customer customer;
    int count;

    TRY(customers_find(ctx, id, &customer));
    /* Who has only become a part of somebody is not removed by their old id. */
    if (customer.id.v != id.v) return fail(ctx, ERR_CUSTOMER_UNKNOWN, "merged");
    TRY(erasure_note(ctx, id));
    TRY(erase_messages(ctx, &customer));
    TRY(erase_parts(ctx, id));
    TRY(customers_remove(ctx, id));
    TRY(bulk_forget_exports(ctx));
    TRY(accounts_search(ctx, &query, &accounts, &count));
    for (int i = 0; i < count; i++) {
        TRY(orders_erase_account(ctx, accounts[i].id));
    }
    TRY(accounts_erase_customer(ctx, id));
    TRY(credit_erase_customer(ctx, id));
    TRY(team_erase_customer(ctx, id));
    TRY(suspicions_erase_customer(ctx, id));
    TRY(retention_store_remove_contact(ctx, id));
    TRY(intake_erase_customers(ctx));
    return erasure_store_erase_replies(ctx, id, 0);
}
