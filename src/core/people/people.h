/*
 * people — what concerns a person in every module at once. Each module offers its own part, as
 * <module>_erase_customer or the like; nobody else knows all of them.
 */
#pragma once
#include "base/ctx.h"

struct customer;
struct loyalty_account;

/*
 * The oldest customer with this telephone number. It may also be known by an account alone (the
 * API maps it to a customer without one); an account that kept the number its customer once had
 * says nothing of whoever has that number now.
 *
 * Errors:   ERR_CUSTOMER_UNKNOWN
 */
MUST_USE enum err people_find_by_phone(struct ctx *ctx, struct str phone, customer_id *id);
/*
 * Opens a customer's account in a program (0: main), by their number unless an account has it that
 * is somebody else's; empty: by the customer alone.
 *
 * Within:   a write batch
 * Errors:   those of accounts_create
 */
MUST_USE enum err people_open_account(struct ctx *ctx, program_id program, customer_id customer,
                                      struct str phone, struct loyalty_account *account);

/*
 * Changes a customer as customers_change does. With a new telephone number their loyalty accounts
 * get it, too: whoever has the old one now is somebody else, and what they earn is theirs. With a
 * new number or e-mail address their sessions end: a mistyped one may have let somebody else in.
 *
 * Within:   a write batch
 * Errors:   those of customers_change
 */
MUST_USE enum err people_change_customer(struct ctx *ctx, const struct customer *change,
                                         unsigned fields, struct customer *after);

/*
 * Gives a customer another telephone number, and all of their loyalty accounts with them: in one
 * change, so that nobody has two and no number has two owners. Whoever signed in with the old one
 * is signed out, and codes that were sent to it are of no use.
 *
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_CUSTOMER_UNKNOWN
 *           ERR_PHONE_TAKEN   it is another customer's, or another's account is known by it
 */
MUST_USE enum err people_change_phone(struct ctx *ctx, customer_id id, struct str e164,
                                      struct customer *after);

/*
 * Removes a customer: personal columns of every module are emptied, kept replies about them, too;
 * their sessions end, their cards recognise nobody. Loyalty accounts, orders and the ledger stay,
 * nameless, so that the shop's books do. The journal (erasure.h) notes it for backups.
 *
 * Within:   a write batch.
 * Repeat:   refused: the customer is gone.
 * Errors:   ERR_CUSTOMER_UNKNOWN
 */
MUST_USE enum err people_remove_customer(struct ctx *ctx, customer_id id);
