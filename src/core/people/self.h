/*
 * self — what customers change of themselves.
 *
 * An e-mail address lets whoever reads it sign in. So it is changed only by somebody who proved
 * who they are with a code, and to one that a code proves theirs: neither a link that a stranger
 * scanned nor an address that somebody else reads becomes a way in. The telephone number is not
 * changed here.
 */
#pragma once
#include "base/ctx.h"
#include "core/customers/customers.h"
#include "core/team/team.h"

struct self_change {
    struct customer customer;    /* id: whose */
    unsigned fields;             /* bits of enum customer_field: names, birthday, e-mail address */
    struct str code;             /* that was sent to the new e-mail address; empty: none told */
    enum credential_proof proof; /* of the session that asks */
};
/*
 * Replaces what is told; an empty value clears.
 *
 * Within:   a write batch
 * Requires: no other fields (asserted)
 * Errors:   ERR_CUSTOMER_UNKNOWN
 *           ERR_EMAIL_INVALID    (field email_address)
 *           ERR_FIELD_REQUIRED   (field email_address) it is all that they sign in with
 *           ERR_PROOF_REQUIRED   another e-mail address, from a session that a link began
 *           ERR_CODE_REQUIRED    (field code) another e-mail address without a code
 *           those of joining_take_code, and of customers_change
 */
MUST_USE enum err self_change(struct ctx *ctx, const struct self_change *change,
                              struct customer *after);
