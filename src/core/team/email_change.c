/* email_change — another address to sign in with, once a code that was sent there comes back; see
 * profile.h. */
#include "base/code.h"
#include "base/email.h"
#include "base/settings.h"
#include "core/team/letters.h"
#include "core/team/passwords.h"
#include "core/team/profile_store.h"
#include "db/db.h"
#include "db/write_lane.h"
#include <inttypes.h>

#define SCOPE       STR("email_change")
#define TOLD_FOR_US (7 * 24 * INT64_C(3600000000))
enum { BEGUN_MAX = 5 };

/* With the server's key, and bound to the member and the address: a million codes are soon tried.
 */
static void
hash_code(struct ctx *ctx, team_member_id member, const struct email_change_row *row,
          struct str code, uint8_t hash[static HASH_LEN])
{
    struct str key = {(const char *)ctx->settings->server_key, sizeof ctx->settings->server_key};
    struct str what = str_format(ctx->arena, "e-mail change %" PRId64 " %" PRId64 " %.*s ",
                                 ctx->merchant.v, member.v, STR_ARG(row->email));

    hash_hmac(key, what, code, hash);
}

static bool
is_live(const struct ctx *ctx, const struct email_change_row *row)
{
    return row->email.len > 0 && row->expires_us > ctx->now_us && row->tries < EMAIL_CHANGE_TRIES;
}

enum err
email_change_find(struct ctx *ctx, team_member_id member, struct email_change *change)
{
    struct email_change_row row;

    TRY(profile_store_find_email(ctx, member, &row));
    *change = (struct email_change){0};
    if (is_live(ctx, &row)) *change = (struct email_change){row.email, row.expires_us};
    return OK;
}

/* Of any merchant: an address signs in to one. */
static enum err
check_free(struct ctx *ctx, struct str email)
{
    merchant_id merchant = ctx->merchant;
    struct team_member holder;

    enum err err = team_find_by_email(ctx, email, &holder);
    ctx->merchant = merchant;
    if (err == ERR_TEAM_MEMBER_UNKNOWN) return OK;
    TRY(err);
    return fail_field(ctx, ERR_EMAIL_TAKEN, "email");
}

static enum err
send(struct ctx *ctx, team_member_id member, struct email_change_row *row)
{
    uint8_t hash[HASH_LEN];
    struct str code = code_digits_new(ctx->arena);
    const struct letter letter = {
        .member = member,
        .to = row->email,
        .purpose = STR("email_code"),
        .subject = WORDS_KEY("email_code.subject"),
        .body = WORDS_KEY("email_code.body"),
        .value = {"code", code},
        .keep_us = EMAIL_CHANGE_KEEP_US,
    };

    row->created_us = ctx->now_us;
    row->expires_us = ctx->now_us + EMAIL_CHANGE_KEEP_US;
    hash_code(ctx, member, row, code, hash);
    row->code_hash = (struct str){(const char *)hash, sizeof hash};
    TRY(profile_store_put_email(ctx, member, row));
    return letters_send(ctx, &letter);
}

enum err
email_change_begin(struct ctx *ctx, team_member_id member, struct str email,
                   struct email_change *change)
{
    struct email_change_row row;
    struct str normal;

    ASSERT(db_in_tx(ctx->db));
    if (email_parse(ctx->arena, email, &normal) != OK) {
        return fail_field(ctx, ERR_EMAIL_INVALID, "email");
    }
    TRY(check_free(ctx, normal));
    TRY(profile_store_find_email(ctx, member, &row));
    bool is_again = is_live(ctx, &row) && str_is(row.email, normal) &&
                    ctx->now_us < row.created_us + EMAIL_CHANGE_RESEND_US;
    if (!is_again) {
        TRY(lockout_spend(ctx, SCOPE, id_format(ctx->arena, ID_team_member, member.v), BEGUN_MAX,
                          ERR_CODE_TOO_MANY));
        row = (struct email_change_row){.email = normal};
        TRY(send(ctx, member, &row));
    }
    *change = (struct email_change){row.email, row.expires_us};
    return OK;
}

/* To the address that signs in no more, so that nobody loses theirs without knowing. */
static enum err
tell_before(struct ctx *ctx, const struct team_member *before)
{
    const struct letter letter = {
        .member = before->id,
        .to = before->email,
        .purpose = STR("email_changed"),
        .subject = WORDS_KEY("email_changed.subject"),
        .body = WORDS_KEY("email_changed.body"),
        .value = {"name", before->name},
        .keep_us = TOLD_FOR_US,
    };

    return letters_tell(ctx, &letter);
}

static enum err
take(struct ctx *ctx, team_member_id member, struct str email)
{
    struct team_member before;

    TRY(team_find(ctx, member, &before));
    enum err err = profile_store_change_email(ctx, member, email);
    /* Waited for: PostgreSQL would tell of the address at the end of the request only. */
    if (err == OK) err = db_flush(ctx);
    if (err == ERR_DB_CONSTRAINT) return fail_field(ctx, ERR_EMAIL_TAKEN, "email");
    TRY(err);
    TRY(profile_store_remove_email(ctx, member));
    /* One on its way lies in a mailbox that signs in no more. */
    TRY(passwords_end_link(ctx, member));
    TRY(tell_before(ctx, &before));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

enum err
email_change_confirm(struct ctx *ctx, team_member_id member, struct str code)
{
    struct email_change_row row;
    uint8_t hash[HASH_LEN];

    ASSERT(db_in_tx(ctx->db));
    TRY(profile_store_find_email(ctx, member, &row));
    if (!is_live(ctx, &row)) return fail_field(ctx, ERR_CODE_EXPIRED, "code");
    hash_code(ctx, member, &row, code_digits_read(ctx->arena, code), hash);
    if (hash_same(row.code_hash.at, hash, HASH_LEN)) return take(ctx, member, row.email);
    TRY(profile_store_count_try(ctx, member));
    bool is_last = row.tries + 1 >= EMAIL_CHANGE_TRIES;
    enum err err = fail_keep(ctx, is_last ? ERR_CODE_EXPIRED : ERR_CODE_WRONG, "try %lld",
                             (long long)row.tries + 1);
    ctx->field = "code";
    return err;
}

enum err
email_change_forget(struct ctx *ctx, int max, int64_t *forgotten)
{
    return profile_store_forget_emails(ctx, ctx->now_us, max, forgotten);
}
