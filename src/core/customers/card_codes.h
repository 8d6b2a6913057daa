/*
 * card_codes — what the QR code of a customer's card says: "HABITUE:" and 26 characters.
 *
 * A card code tells a till who stands there, as a card of paper does: it opens no session and no
 * app, but the staff who scan it give, and hand over, what its customer has. So it is stored as it
 * is, and a customer whose card was copied gets another one (card_codes_renew).
 */
#pragma once
#include "base/ctx.h"

enum { CARD_CODE_LEN = 26 };
/* In front of the code in the QR code; both are in QR's alphanumeric mode. */
#define CARD_CODE_PREFIX "HABITUE:"

/*
 * The customer's code, in upper case; made when they have none.
 * Within:   a transaction
 * Requires: a customer that exists
 */
MUST_USE enum err card_codes_ensure(struct ctx *ctx, customer_id customer, struct str *code);
/*
 * Another code for the customer; nobody is found by the one before any more.
 * Within:   a transaction
 * Repeat:   makes another
 */
MUST_USE enum err card_codes_renew(struct ctx *ctx, customer_id customer, struct str *code);
/* The customer's code; empty when none was made yet. */
MUST_USE enum err card_codes_read(struct ctx *ctx, customer_id customer, struct str *code);
/*
 * Whose card this is: read by a scanner or typed, with or without the prefix, in any case of
 * letters, with spaces and dashes, O for 0 and I or L for 1.
 * Errors:   ERR_CARD_CODE_UNKNOWN   nobody's here, or not a code at all
 */
MUST_USE enum err card_codes_find(struct ctx *ctx, struct str text, customer_id *customer);
/* The code in its one form. False: it is none. */
MUST_USE bool card_code_parse(struct str text, char code[static CARD_CODE_LEN]);
