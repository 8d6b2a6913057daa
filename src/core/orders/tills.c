/* tills — see tills.h. */
#include "core/orders/tills.h"
#include "core/customers/customers.h"
#include "core/loyalty/accounts.h"
#include "core/loyalty/programs.h"
#include "core/orders/vendor_place.h"

static const program_id main_program = {0};

/* ---- the till itself ---- */

enum err
tills_open(struct ctx *ctx, location_id location, struct till *till)
{
    struct vendor_place place;

    TRY(vendor_place_open(ctx, STR(TILL_VENDOR), location, &place));
    *till = (struct till){place.integration, place.location, place.reg};
    return OK;
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
