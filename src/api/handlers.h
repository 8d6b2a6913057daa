/*
 * handlers — every function that routes.c names.
 *
 * api_<what>_parse runs on the HTTP thread without a database, api_<what> does it (READ: on the
 * same thread; WRITE: in the writer). See http/http.h for what each may do.
 */
#pragma once
#include "api/requests.h"
#include "http/http.h"

#define API_PARSER(name)                                                                           \
    enum err api_##name##_parse(struct ctx *ctx, const struct http_request *req, void *into)
#define API_HANDLER(name)                                                                          \
    enum err api_##name(struct ctx *ctx, void *parsed, struct http_reply *reply)

/* The whole table. */
extern const struct route api_routes[];
extern const int api_route_count;

/* Finds who asks, by the token: struct http_options.authenticate. */
enum err api_authenticate(struct ctx *ctx, struct http_auth *auth);

/* Requests that several addresses have: one id in the path, … */
API_PARSER(account_id);
API_PARSER(customer_id);
API_PARSER(file_id);
API_PARSER(location_id); /* "main" is 0 */
API_PARSER(order_id);
API_PARSER(program_id); /* "main" is 0 */
API_PARSER(reward_id);
API_PARSER(tablet_id);
API_PARSER(reward_tap); /* … an id and perhaps an idempotency key, … */
API_PARSER(token);      /* … the caller's own token, … */
API_PARSER(stream);     /* … or where a stream goes on. */

API_PARSER(account_accumulate);
API_HANDLER(account_accumulate);
API_PARSER(account_adjust);
API_HANDLER(account_adjust);
API_PARSER(account_create);
API_HANDLER(account_create);
API_PARSER(account_search);
API_HANDLER(account_search);
API_HANDLER(account_show);

API_PARSER(order_search);
API_HANDLER(order_search);
API_HANDLER(order_show);
API_PARSER(till_claim);
API_HANDLER(till_claim);
API_PARSER(till_identify);
API_HANDLER(till_identify);
API_PARSER(till_open);
API_HANDLER(till_open);
API_PARSER(till_sign_in_link);
API_HANDLER(till_sign_in_link);

API_PARSER(customer_change);
API_HANDLER(customer_change);
API_PARSER(customer_create);
API_HANDLER(customer_create);
API_PARSER(customer_remove);
API_HANDLER(customer_remove);
API_HANDLER(customer_show);
API_HANDLER(customer_summary);

API_PARSER(event_search);
API_HANDLER(event_search);

API_HANDLER(file_show);

API_PARSER(insight_days);
API_HANDLER(insight_days);
API_HANDLER(insight_attention);
API_PARSER(liability);
API_HANDLER(liability);
API_PARSER(liability_journal);
API_HANDLER(liability_journal);

API_PARSER(hook_feed);
API_PARSER(hook_square);
enum err api_hook_admit(struct ctx *ctx, void *parsed);
API_HANDLER(hook);

API_HANDLER(tablet_stream);
API_HANDLER(staff_stream);

API_HANDLER(location_list);
API_HANDLER(location_show);

API_PARSER(logo_change);
API_HANDLER(logo_change);
API_HANDLER(logo_remove);

API_PARSER(message_list);
API_HANDLER(message_list);
API_HANDLER(demo_messages);
API_HANDLER(demo_show);
API_PARSER(demo_enter);
API_HANDLER(demo_enter);

API_PARSER(member_change);
enum err api_member_change_prepare(struct ctx *ctx, void *parsed);
API_HANDLER(member_change);
API_PARSER(member_create);
enum err api_member_create_prepare(struct ctx *ctx, void *parsed);
API_HANDLER(member_create);
API_HANDLER(member_list);

API_HANDLER(merchant_show);
API_PARSER(merchant_change);
enum err api_merchant_change_prepare(struct ctx *ctx, void *parsed);
API_HANDLER(merchant_change);

API_PARSER(program_calculate);
API_HANDLER(program_calculate);
API_PARSER(earning_show);
API_HANDLER(earning_show);

API_PARSER(reward_create);
API_HANDLER(reward_create);
API_HANDLER(reward_give_up);
API_HANDLER(reward_put_back);
API_PARSER(reward_redeem);
API_HANDLER(reward_redeem);
API_PARSER(reward_search);
API_HANDLER(reward_search);
API_HANDLER(reward_show);
API_HANDLER(reward_use);
API_PARSER(showing_end);
API_HANDLER(showing_end);
API_PARSER(showing_show);
API_HANDLER(showing_show);

API_HANDLER(server_health);
API_HANDLER(server_ready);
API_HANDLER(server_metrics);

API_PARSER(session_create);
/* A new session of somebody of ctx->merchant's team, who has proved who they are. */
enum err api_session_begin(struct ctx *ctx, const struct team_member *member, struct str device,
                           struct http_reply *reply);
enum err api_session_create_prepare(struct ctx *ctx, void *parsed);
API_HANDLER(session_create);
API_HANDLER(session_show);
API_HANDLER(session_end);

API_HANDLER(register_list);

API_PARSER(tablet_activate);
API_HANDLER(tablet_activate);
API_HANDLER(tablet_appoint);
API_PARSER(tablet_change);
API_HANDLER(tablet_change);
API_PARSER(tablet_claim);
API_HANDLER(tablet_claim);
API_PARSER(tablet_create);
API_HANDLER(tablet_create);
API_HANDLER(tablet_identify);
API_HANDLER(tablet_leave);
API_HANDLER(tablet_list);
API_HANDLER(tablet_pairing_code);
API_HANDLER(tablet_remove);
API_HANDLER(tablet_show);
API_PARSER(tablet_unlock);
enum err api_tablet_unlock_prepare(struct ctx *ctx, void *parsed);
API_HANDLER(tablet_unlock);
/* The device's cookie, and the tablet that it is now. */
enum err api_tablet_welcome(struct ctx *ctx, struct http_reply *reply, const struct tablet *tablet,
                            const struct credential *credential);
