/*
 * joining — how somebody becomes a customer who is signed in, in all modules at once.
 *
 * Whoever reads the code that was sent to an address has that address, and is the oldest customer
 * who has it, or a new one. Whoever follows a link is the customer that somebody vouched for. The
 * first is a proof: it ends every session of the customer that began with a link.
 *
 * What a caller may learn does not depend on whether an address is known here, until its code
 * proves it theirs.
 */
#pragma once
#include "base/ctx.h"
#include "core/customers/sign_in.h"
#include "core/team/team.h"

#define JOINING_SESSION_KEEP_US (180 * INT64_C(86400000000))
/* From one place of the network at one merchant, in a quarter of an hour: a shop's customers share
 * its wifi, and a provider's share an address. */
enum { JOINING_CODES_MAX = 30, JOINING_GUESSES_MAX = 20 };

/*
 * Sends a code to an address, whoever has it.
 *
 * Within:   a write batch
 * Gives:    as sign_in_codes_send; finds the customer by itself
 * Errors:   ERR_CODE_TOO_MANY   to this address, or from ctx->remote
 *           ERR_CHANNEL_OFF
 */
MUST_USE enum err joining_send_code(struct ctx *ctx, struct sign_in_code *code);

/*
 * Uses a code up, whatever it is wanted for; wrong guesses are counted for ctx->remote, too.
 * Within:   a write batch
 * Errors:   ERR_CODE_TOO_MANY   wrong guesses from ctx->remote
 *           ERR_CODE_WRONG, ERR_CODE_EXPIRED   as sign_in_codes_take; KEEP
 */
MUST_USE enum err joining_take_code(struct ctx *ctx, const struct sign_in_address *address,
                                    struct str code);

struct joining {
    struct sign_in_address address;
    struct str code;
    struct str given_name; /* of a new customer; may be empty */
    /* The notice they were shown, and where; empty: none was. */
    struct str notice_version, language, source;
};
struct joined {
    customer_id customer;
    bool is_new; /* nobody was known by this address */
    struct credential credential;
};
/*
 * Signs in whoever has the address; makes them a customer, with an account in the main program
 * while that is active, when they are not one.
 *
 * Within:   a write batch
 * Gives:    ctx->actor: the customer
 * Errors:   those of joining_take_code
 *           ERR_NOTICE_REQUIRED   they would join, and were shown no notice; the code stays usable
 */
MUST_USE enum err joining_by_code(struct ctx *ctx, const struct joining *joining,
                                  struct joined *joined);
/*
 * Signs in whom the link is for.
 * Within:   a write batch
 * Errors:   ERR_LINK_EXPIRED
 */
MUST_USE enum err joining_by_link(struct ctx *ctx, struct str token, struct joined *joined);
