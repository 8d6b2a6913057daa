/* profile_handlers — handlers of what members of the team set up for themselves; see handlers.h. */
#pragma once
#include "api/handlers.h"
#include "core/team/passwords.h"
#include "core/team/profile.h"

/* ---- who asks, once more: the password, and a code where there is a second factor ---- */
struct self_proof {
    struct str password, code;
    bool matches; /* the password; filled by api_self_prepare */
};
/* Off the HTTP threads and out of the writer: it is slow on purpose. */
enum err api_self_prepare(struct ctx *ctx, struct self_proof *proof);
/*
 * Errors: ERR_PASSWORD_LOCKED, ERR_PASSWORD_WRONG   KEEP, counted for the member
 */
enum err api_self_check(struct ctx *ctx, const struct self_proof *proof);
/* The same, and the code: errors of second_factor_check, too. */
enum err api_self_check_all(struct ctx *ctx, const struct self_proof *proof);
/* Whose profile it is: that of who signed in here. */
team_member_id api_self(const struct ctx *ctx);

struct email_request {
    struct self_proof proof;
    struct str email;
};

struct password_request {
    struct self_proof proof;
    struct str new_password;
    struct str password_hash; /* filled by prepare */
};

struct password_link_request {
    struct str email;
};

struct password_reset {
    struct str token, new_password;
    struct str password_hash; /* filled by prepare */
};

struct code_typed {
    struct str code;
};

struct second_factor_rule_request {
    bool required;
};

API_HANDLER(profile_show);
API_PARSER(profile_change);
API_HANDLER(profile_change);
API_PARSER(photo_change);
API_HANDLER(photo_change);
API_HANDLER(photo_remove);
API_PARSER(email_change_begin);
enum err api_email_change_begin_prepare(struct ctx *ctx, void *parsed);
API_HANDLER(email_change_begin);
API_PARSER(code_typed);
API_HANDLER(email_change_confirm);
API_PARSER(password_change);
enum err api_password_change_prepare(struct ctx *ctx, void *parsed);
API_HANDLER(password_change);
API_PARSER(password_link_send);
API_HANDLER(password_link_send);
API_PARSER(password_reset);
enum err api_password_reset_admit(struct ctx *ctx, void *parsed);
enum err api_password_reset_prepare(struct ctx *ctx, void *parsed);
API_HANDLER(password_reset);

API_HANDLER(session_list);
API_PARSER(session_id);
API_HANDLER(session_remove);
API_HANDLER(session_end_others);

API_PARSER(self_proof);
enum err api_second_factor_offer_prepare(struct ctx *ctx, void *parsed);
API_HANDLER(second_factor_offer);
API_HANDLER(second_factor_confirm);
enum err api_second_factor_end_prepare(struct ctx *ctx, void *parsed);
API_HANDLER(second_factor_end);
enum err api_recovery_codes_renew_prepare(struct ctx *ctx, void *parsed);
API_HANDLER(recovery_codes_renew);

API_PARSER(team_member_id);
API_HANDLER(second_factor_list);
API_PARSER(second_factor_require);
API_HANDLER(second_factor_require);
API_HANDLER(second_factor_reset);
