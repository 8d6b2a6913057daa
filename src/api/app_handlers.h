/*
 * app_handlers — the customers' app, /v2/app/{shop}/…: what each of its addresses is told, and the
 * functions that routes.c names. {shop} is a merchant's slug.
 *
 * The requests of those who are nobody yet begin with the shop, by which api_shop_admit finds the
 * merchant. Those of customers need it no more: their session names their merchant, and
 * api_authenticate compared it with the path.
 */
#pragma once
#include "api/handlers.h"
#include "core/people/joining.h"
#include "core/people/self.h"

/* ---- requests ---- */
struct shop_visit {
    struct str shop;
    struct str language; /* of the notice; empty: the merchant's */
    file_id file;
};

/* One of the two is empty. */
struct told_address {
    struct str phone, email;
};

struct code_request {
    struct str shop;
    struct told_address address;
    struct str language;
};

struct join_request {
    struct str shop;
    struct told_address address;
    struct joining joining; /* its address is filled by run */
};

struct link_request {
    struct str shop;
    struct str token;
};

struct me_request {
    struct self_change change; /* whose and what proved them is filled by run */
    struct str token;          /* of the session that asks */
};

struct history_request {
    int64_t before;
};

/* ---- handlers ---- */
/* Finds the merchant of a request that begins with struct str shop. */
enum err api_shop_admit(struct ctx *ctx, void *parsed);

API_PARSER(app_visit);
API_PARSER(app_file);
API_HANDLER(app_shop_show);
API_HANDLER(app_file_show);
API_HANDLER(app_manifest);

API_PARSER(app_code_send);
API_HANDLER(app_code_send);
API_PARSER(app_join);
API_HANDLER(app_join);
API_PARSER(app_link);
API_HANDLER(app_link);
API_HANDLER(app_session_show);
API_HANDLER(app_session_end);

API_PARSER(app_me_change);
API_HANDLER(app_me_change);
API_HANDLER(app_me_remove);
API_HANDLER(app_card_code_renew);

API_HANDLER(app_card_show);
API_PARSER(app_history);
API_HANDLER(app_history);

API_PARSER(app_reward_id);
API_PARSER(app_reward_tap);
API_PARSER(app_reward_take);
API_HANDLER(app_reward_take);
API_HANDLER(app_reward_list);
API_HANDLER(app_reward_give_up);
API_HANDLER(app_reward_use);
API_PARSER(app_showing_show);
API_HANDLER(app_showing_show);
API_PARSER(app_showing_end);
API_HANDLER(app_showing_end);
