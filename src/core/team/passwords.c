/* passwords — see passwords.h. */
#include "core/team/passwords.h"
#include "core/outbox/outbox.h"
#include "core/team/letters.h"
#include "core/team/passwords_store.h"
#include "core/team/roster_store.h"
#include "core/team/sessions.h"
#include "core/team/tokens.h"
#include "db/db.h"
#include <inttypes.h>

#define SCOPE       STR("password_link")
#define SCOPE_FROM  STR("password_link_from")
#define TOLD_FOR_US (7 * 24 * INT64_C(3600000000))
enum { LINKS_MAX = 3, LINKS_FROM_MAX = 20 };

/* Whoever it was that changed it: its owner knows, or learns it now. */
static enum err
tell(struct ctx *ctx, const struct team_member *member)
{
    const struct letter letter = {
        .member = member->id,
        .to = member->email,
        .purpose = STR("password_changed"),
        .subject = WORDS_KEY("password_changed.subject"),
        .body = WORDS_KEY("password_changed.body"),
        .value = {"name", member->name},
        .keep_us = TOLD_FOR_US,
    };
    return letters_tell(ctx, &letter);
}

enum err
passwords_change(struct ctx *ctx, const struct password_change *change)
{
    struct team_member before;
    bool found;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(change->password_hash.len > 0);
    TRY(team_find(ctx, change->member, &before));
    TRY(roster_store_change_password(ctx, change->member, change->password_hash, &found));
    if (!found) return fail(ctx, ERR_TEAM_MEMBER_UNKNOWN, "member %" PRId64, change->member.v);
    TRY(sessions_end_others(ctx, change->member, change->kept));
    TRY(passwords_end_link(ctx, change->member));
    return before.password_hash.len > 0 ? tell(ctx, &before) : OK;
}

/* ---- links ---- */

/* kind: what is written around it, and for how long it works. */
static enum err
send(struct ctx *ctx, const struct team_member *member, const struct letter *kind, struct str page)
{
    uint8_t hash[HASH_LEN];
    struct str token = tokens_new(ctx, STR("pwd"));
    struct letter letter = *kind;

    letter.member = member->id;
    letter.to = member->email;
    letter.value = (struct words_value){
        "link", str_format(ctx->arena, "%.*s%.*s", STR_ARG(page), STR_ARG(token))};
    hash_sha256(token, hash);
    TRY(passwords_store_put_link(ctx, member->id, hash, ctx->now_us + kind->keep_us));
    return letters_send(ctx, &letter);
}

enum err
passwords_send_link(struct ctx *ctx, struct str email, struct str page)
{
    const struct letter kind = {
        .purpose = STR("password_link"),
        .subject = WORDS_KEY("password_link.subject"),
        .body = WORDS_KEY("password_link.body"),
        .keep_us = PASSWORD_LINK_KEEP_US,
    };
    merchant_id merchant = ctx->merchant;
    struct team_member member;

    ASSERT(db_in_tx(ctx->db));
    if (!outbox_has_channel(ctx->settings, OUTBOX_EMAIL))
        return fail(ctx, ERR_CHANNEL_OFF, "e-mail");
    TRY(lockout_spend(ctx, SCOPE, email, LINKS_MAX, ERR_CODE_TOO_MANY));
    TRY(lockout_spend(ctx, SCOPE_FROM, ctx->remote, LINKS_FROM_MAX, ERR_CODE_TOO_MANY));
    enum err err = team_find_by_email(ctx, email, &member);
    if (err == ERR_TEAM_MEMBER_UNKNOWN || (err == OK && !member.active)) {
        ctx->merchant = merchant;
        return OK;
    }
    if (err == OK) err = send(ctx, &member, &kind, page);
    ctx->merchant = merchant;
    return err;
}

enum err
passwords_invite(struct ctx *ctx, team_member_id id, struct str page)
{
    const struct letter kind = {
        .purpose = STR("invitation"),
        .subject = WORDS_KEY("invitation.subject"),
        .body = WORDS_KEY("invitation.body"),
        .keep_us = INVITATION_KEEP_US,
    };
    struct team_member member;

    ASSERT(db_in_tx(ctx->db));
    TRY(team_find(ctx, id, &member));
    if (member.password_hash.len > 0) return fail(ctx, ERR_INVITATION_TAKEN, "%" PRId64, id.v);
    TRY(lockout_spend(ctx, SCOPE, member.email, LINKS_MAX, ERR_CODE_TOO_MANY));
    return send(ctx, &member, &kind, page);
}

enum err
passwords_admit_link(struct ctx *ctx, struct str token)
{
    if (tokens_parse(token, &ctx->merchant)) return OK;
    ctx->merchant = (merchant_id){0};
    return fail(ctx, ERR_LINK_EXPIRED, "not a token");
}

/* A refusal undoes what was taken: a link that is too old waits for the job that forgets it. */
enum err
passwords_use_link(struct ctx *ctx, struct str token, struct str password_hash)
{
    uint8_t hash[HASH_LEN];
    struct team_member member;
    team_member_id id;
    int64_t expires_us;

    ASSERT(db_in_tx(ctx->db));
    hash_sha256(token, hash);
    TRY(passwords_store_take_link(ctx, hash, &id, &expires_us));
    if (id.v == 0 || expires_us <= ctx->now_us) return fail(ctx, ERR_LINK_EXPIRED, "link");
    TRY(team_find(ctx, id, &member));
    if (!member.active) return fail(ctx, ERR_LINK_EXPIRED, "switched off");
    return passwords_change(ctx, &(struct password_change){id, password_hash, {0}});
}

enum err
passwords_end_link(struct ctx *ctx, team_member_id member)
{
    return passwords_store_remove_link(ctx, member);
}

enum err
passwords_forget_links(struct ctx *ctx, int max, int64_t *forgotten)
{
    return passwords_store_forget_links(ctx, ctx->now_us, max, forgotten);
}
