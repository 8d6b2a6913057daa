/* profile_shapes — how a member of the team looks in JSON to themselves; see shapes.h. */
#pragma once
#include "api/shapes.h"
#include "core/team/profile.h"

/* Inside an object: id, name, email, role, and what they set up. */
void json_put_member_fields(struct json_out *out, const struct team_member *member,
                            const struct profile *profile);
/* Left out when nothing is under way. */
void json_put_email_change(struct json_out *out, const char *key,
                           const struct email_change *change);
