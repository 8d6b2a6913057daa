/* profile_shapes — see profile_shapes.h. */
#include "api/profile_shapes.h"
#include "core/team/roles.h"

static void
put_photo_path(struct json_out *out, file_id photo)
{
    if (photo.v == 0) return;
    struct str id = id_format(out->arena, ID_file, photo.v);
    json_put_text(out, "photo_path", str_format(out->arena, "%s/%.*s", FILES_PATH, STR_ARG(id)));
}

void
json_put_member_fields(struct json_out *out, const struct team_member *member,
                       const struct profile *profile)
{
    json_put_id(out, "id", ID_team_member, member->id.v);
    json_put_text(out, "name", member->name);
    json_put_text(out, "email", member->email);
    json_put_text(out, "role", roles_text(out->arena, member->role, member->own_role));
    json_put_text_if(out, "language", profile->language);
    json_put_text_if(out, "time_zone", profile->time_zone);
    put_photo_path(out, profile->photo);
}

void
json_put_email_change(struct json_out *out, const char *key, const struct email_change *change)
{
    if (change->email.len == 0) return;
    json_put_object(out, key);
    json_put_text(out, "email", change->email);
    json_put_time(out, "expires_at", change->expires_us);
    json_end_object(out);
}
