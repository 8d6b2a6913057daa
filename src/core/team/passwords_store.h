/* passwords_store — the SQL of passwords.h. */
#pragma once
#include "base/hash.h"
#include "core/team/passwords.h"

/* Puts a link in the place of the member's one before. */
MUST_USE enum err passwords_store_put_link(struct ctx *ctx, team_member_id member,
                                           const uint8_t hash[static HASH_LEN], int64_t expires_us);
/* Uses a link up, whatever its age; member 0: there is none. */
MUST_USE enum err passwords_store_take_link(struct ctx *ctx, const uint8_t hash[static HASH_LEN],
                                            team_member_id *member, int64_t *expires_us);
MUST_USE enum err passwords_store_remove_link(struct ctx *ctx, team_member_id member);
MUST_USE enum err passwords_store_forget_links(struct ctx *ctx, int64_t before_us, int max,
                                               int64_t *forgotten);
