/* profile_store — the SQL of profile.h. */
#pragma once
#include "base/hash.h"
#include "core/team/profile.h"

MUST_USE enum err profile_store_find(struct ctx *ctx, team_member_id member,
                                     struct profile *profile);
MUST_USE enum err profile_store_put(struct ctx *ctx, team_member_id member,
                                    const struct profile *profile);
MUST_USE enum err profile_store_remove(struct ctx *ctx, team_member_id member);
MUST_USE enum err profile_store_change_name(struct ctx *ctx, team_member_id member,
                                            struct str name);
MUST_USE enum err profile_store_change_email(struct ctx *ctx, team_member_id member,
                                             struct str email);

/* ---- another e-mail address ---- */
struct email_change_row {
    struct str email, code_hash; /* empty: there is no row */
    int64_t tries, created_us, expires_us;
};
MUST_USE enum err profile_store_find_email(struct ctx *ctx, team_member_id member,
                                           struct email_change_row *row);
/* Puts a new one in the place of whatever was there. */
MUST_USE enum err profile_store_put_email(struct ctx *ctx, team_member_id member,
                                          const struct email_change_row *row);
MUST_USE enum err profile_store_count_try(struct ctx *ctx, team_member_id member);
MUST_USE enum err profile_store_remove_email(struct ctx *ctx, team_member_id member);
MUST_USE enum err profile_store_forget_emails(struct ctx *ctx, int64_t before_us, int max,
                                              int64_t *forgotten);
