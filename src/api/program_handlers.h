/*
 * program_handlers — programs, reward tiers and promotions: what each of their addresses is told,
 * and the functions that routes.c names. See requests.h and handlers.h.
 */
#pragma once
#include "api/handlers.h"
#include "core/loyalty/promotions.h"

/* Of all amounts of a request; which one the merchant has is known when it is run. */
struct told_currency {
    struct str code;   /* empty: there is no amount */
    const char *field; /* where it stands */
};

struct program_request {
    program_id program;           /* changing: which; 0: main */
    struct program_change change; /* adding: all that was told of it, with its tiers */
    struct told_currency currency;
};

struct program_list_request {
    bool closed; /* those, too */
};

struct program_ending {
    program_id program;
    bool has_day;
    int64_t points_until; /* the last day that its points count, of zone.h */
};

/* A change of a program that is not made: what it would mean. */
struct program_preview_request {
    struct program_request change;
    bool closing; /* or what deleting it would mean */
};

struct tier_request {
    struct tier_change change;
    struct told_currency currency;
};

struct promotion_request {
    struct promotion promotion;
    struct told_currency currency;
};

struct promotion_choice {
    program_id program;
    promotion_id promotion;
};

API_PARSER(program_change);
API_HANDLER(program_change);
API_PARSER(program_close);
API_HANDLER(program_close);
API_PARSER(program_create);
API_HANDLER(program_create);
API_PARSER(program_list);
API_HANDLER(program_list);
API_PARSER(program_preview);
API_HANDLER(program_preview);
API_HANDLER(program_reopen);
API_HANDLER(program_show);
API_PARSER(promotion_choice); /* struct promotion_choice: its program and its id */
API_HANDLER(promotion_cancel);
API_PARSER(promotion_create);
API_HANDLER(promotion_create);
API_PARSER(promotion_list);
API_HANDLER(promotion_list);
API_HANDLER(promotion_show);
API_PARSER(tier_add);
API_HANDLER(tier_add);
API_PARSER(tier_change);
API_HANDLER(tier_change);
API_PARSER(tier_id); /* struct reward_tier: its program and its id */
API_HANDLER(tier_withdraw);
