/* profile — see profile.h; another e-mail address is in email_change.c. */
#include "base/words.h"
#include "base/zone.h"
#include "core/team/passwords.h"
#include "core/team/profile_store.h"
#include "core/team/second_factor.h"
#include "db/db.h"
#include "db/write_lane.h"

enum err
profile_find(struct ctx *ctx, team_member_id member, struct profile *profile)
{
    return profile_store_find(ctx, member, profile);
}

static enum err
check_change(struct ctx *ctx, const struct profile_change *change)
{
    if (change->name.len > 0 && str_trim(change->name).len == 0) {
        return fail_field(ctx, ERR_FIELD_VALUE, "name");
    }
    if (change->language.len > 0 &&
        !str_is(change->language, str_of(words_language(change->language)))) {
        return fail_field(ctx, ERR_FIELD_VALUE, "language");
    }
    if (change->time_zone.len > 0 && !zone_is_known(change->time_zone)) {
        return fail_field(ctx, ERR_FIELD_VALUE, "time_zone");
    }
    return OK;
}

enum err
profile_change(struct ctx *ctx, team_member_id member, const struct profile_change *change)
{
    struct team_member found;
    struct profile profile;

    ASSERT(db_in_tx(ctx->db));
    TRY(check_change(ctx, change));
    TRY(team_find(ctx, member, &found));
    TRY(profile_find(ctx, member, &profile));
    if (change->name.len > 0) {
        TRY(profile_store_change_name(ctx, member, str_trim(change->name)));
    }
    if (change->changes_language) profile.language = change->language;
    if (change->changes_time_zone) profile.time_zone = change->time_zone;
    TRY(profile_store_put(ctx, member, &profile));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

/* ---- the picture ---- */

enum err
profile_change_photo(struct ctx *ctx, team_member_id member, struct str content, struct file *file)
{
    struct profile profile;
    struct file before = {0};

    ASSERT(db_in_tx(ctx->db));
    TRY(profile_find(ctx, member, &profile));
    if (profile.photo.v != 0) TRY(files_find(ctx, profile.photo, &before));
    if (profile.photo.v != 0 && memcmp(before.sha256, file->sha256, HASH_LEN) == 0) {
        *file = before;
        return OK;
    }
    file->purpose = STR("photo");
    TRY(files_add(ctx, content, file));
    if (profile.photo.v != 0) TRY(files_remove(ctx, profile.photo));
    profile.photo = file->id;
    TRY(profile_store_put(ctx, member, &profile));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

enum err
profile_remove_photo(struct ctx *ctx, team_member_id member)
{
    struct profile profile;

    ASSERT(db_in_tx(ctx->db));
    TRY(profile_find(ctx, member, &profile));
    if (profile.photo.v == 0) return OK;
    TRY(files_remove(ctx, profile.photo));
    profile.photo.v = 0;
    TRY(profile_store_put(ctx, member, &profile));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

/* ---- somebody leaves ---- */

enum err
profile_remove(struct ctx *ctx, team_member_id member)
{
    struct profile profile;

    ASSERT(db_in_tx(ctx->db));
    TRY(profile_find(ctx, member, &profile));
    if (profile.photo.v != 0) TRY(files_remove(ctx, profile.photo));
    TRY(profile_store_remove(ctx, member));
    TRY(profile_store_remove_email(ctx, member));
    TRY(passwords_end_link(ctx, member));
    return second_factor_forget(ctx, member);
}
