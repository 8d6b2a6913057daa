/* people — see people.h. */
#include "core/people/people.h"
#include "core/customers/customers.h"
#include "core/loyalty/accounts.h"
#include "core/orders/orders.h"
#include "core/outbox/outbox.h"
#include "core/team/team.h"

enum { ACCOUNTS_MAX = PROGRAMS_MAX }; /* one in each program */

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
    TRY(outbox_erase_customer(ctx, id, customer.phone, customer.email));
    TRY(customers_remove(ctx, id));
    TRY(accounts_search(ctx, &query, &accounts, &count));
    for (int i = 0; i < count; i++) {
        TRY(orders_erase_account(ctx, accounts[i].id));
    }
    TRY(accounts_erase_customer(ctx, id));
    return team_erase_customer(ctx, id);
}
