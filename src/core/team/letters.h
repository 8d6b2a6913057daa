/*
 * letters — what is written to a member of the team by e-mail, in their own language. For core/team
 * only.
 */
#pragma once
#include "base/words.h"
#include "core/team/team.h"

struct letter {
    team_member_id member;      /* whose language it is in */
    struct str to;              /* an e-mail address in its normal form */
    struct str purpose;         /* of the outbox: "password_link" */
    const char *subject, *body; /* keys of the catalogues; both may name {shop} and the value */
    struct words_value value;
    int64_t keep_us; /* of no use after */
};
/* Within: a transaction. Errors: ERR_CHANNEL_OFF   this server sends no e-mails */
MUST_USE enum err letters_send(struct ctx *ctx, const struct letter *letter);
/* The same of what is only told: nothing where no e-mails are sent. */
MUST_USE enum err letters_tell(struct ctx *ctx, const struct letter *letter);
