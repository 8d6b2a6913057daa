/*
 * identity_handlers — who is who: merges, telephone numbers, cards, credits given to the wrong one;
 * what each of their addresses is told. See handlers.h.
 */
#pragma once
#include "api/handlers.h"
#include "core/people/merge.h"

struct phone_request {
    account_id account;
    struct str phone;
};
struct unlink_request {
    customer_id customer;
    struct json_ids cards;
};
struct move_credit_request {
    order_id order;
    customer_id into;
};

API_PARSER(merge_preview);
API_HANDLER(merge_preview);
API_PARSER(merge_create);
API_HANDLER(merge_create);
API_HANDLER(merge_list);
API_PARSER(merge_undo);
API_HANDLER(merge_undo);
API_HANDLER(duplicate_list);
API_PARSER(account_change_phone);
API_HANDLER(account_change_phone);
API_PARSER(card_unlink);
API_HANDLER(card_unlink);
API_PARSER(order_move_credit);
API_HANDLER(order_move_credit);
