/*
 * profile — what members of the team set up for themselves: their name, the language and the time
 * zone of their screens, their picture, and the e-mail address they sign in with.
 *
 * A time zone of one's own is what times are shown in; the merchant's rules the books, always.
 */
#pragma once
#include "core/files/files.h"
#include "core/team/team.h"

struct profile {
    struct str language;  /* "fr"; empty: the merchant's */
    struct str time_zone; /* "Europe/Paris"; empty: the merchant's */
    file_id photo;        /* 0: none */
};
/* Empty for who set nothing up, and for who does not exist. */
MUST_USE enum err profile_find(struct ctx *ctx, team_member_id member, struct profile *profile);

/* What is to become of it: an empty name stays; an empty language or zone is the merchant's. */
struct profile_change {
    struct str name, language, time_zone;
    bool changes_language, changes_time_zone;
};
/*
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_TEAM_MEMBER_UNKNOWN
 *           ERR_FIELD_VALUE   with the field: a name of spaces; a language that the server does not
 *                             write in; not a zone of the tz database
 */
MUST_USE enum err profile_change(struct ctx *ctx, team_member_id member,
                                 const struct profile_change *change);
/*
 * Makes a content that files_parse described the member's picture; the one before is removed.
 * Within:   a write batch
 * Repeat:   harmless; the same bytes stay the same file
 * Gives:    the file as it is kept
 */
MUST_USE enum err profile_change_photo(struct ctx *ctx, team_member_id member, struct str content,
                                       struct file *file);
/* Within: a write batch. Repeat: harmless. */
MUST_USE enum err profile_remove_photo(struct ctx *ctx, team_member_id member);

/* ---- another e-mail address ---- */
enum { EMAIL_CHANGE_TRIES = 5 };
#define EMAIL_CHANGE_KEEP_US   (15 * INT64_C(60000000))
#define EMAIL_CHANGE_RESEND_US (30 * INT64_C(1000000))

struct email_change {
    struct str email;   /* where the code went; empty: nothing is under way */
    int64_t expires_us; /* the code is of no use after */
};
/* What is under way and has not expired. */
MUST_USE enum err email_change_find(struct ctx *ctx, team_member_id member,
                                    struct email_change *change);
/*
 * Sends a code to another address, which becomes the member's when it comes back. One that is on
 * its way already ends; asked again at once (a double tap), it sends nothing.
 * Within:   a transaction
 * Errors:   ERR_EMAIL_INVALID
 *           ERR_EMAIL_TAKEN     somebody signs in with it already, perhaps the member
 *           ERR_CODE_TOO_MANY   five were asked for within a quarter of an hour
 *           ERR_CHANNEL_OFF     this server sends no e-mails
 */
MUST_USE enum err email_change_begin(struct ctx *ctx, team_member_id member, struct str email,
                                     struct email_change *change);
/*
 * Uses the code up: the address is the member's, and the one before is told.
 * Within:   a write batch
 * Errors:   ERR_CODE_EXPIRED   none was sent, it is too old, or was guessed too often; KEEP and
 *                              counted when this was the last guess
 *           ERR_CODE_WRONG     KEEP, counted
 *           ERR_EMAIL_TAKEN    by somebody meanwhile
 */
MUST_USE enum err email_change_confirm(struct ctx *ctx, team_member_id member, struct str code);
/* Forgets what expired, at most max; tells how many. */
MUST_USE enum err email_change_forget(struct ctx *ctx, int max, int64_t *forgotten);

/* All that members set up for themselves goes, with their picture, their second factor and links.
 * Within: a transaction. Repeat: harmless. */
MUST_USE enum err profile_remove(struct ctx *ctx, team_member_id member);
