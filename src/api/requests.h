/*
 * requests — what each address is told, after parsing and before anything is done.
 *
 * Filled on the HTTP thread by a handler's parse, given to its run as `parsed`. Where the core has
 * a struct for just that (struct reward_order), it is used as it is. Texts lie in the request's
 * arena. Telephone numbers are as written until api_phone_finish().
 */
#pragma once
#include "api/catalog_shapes.h"
#include "core/catalog/catalog.h"
#include "core/catalog/search.h"
#include "core/credit/credit.h"
#include "core/customers/customers.h"
#include "core/files/files.h"
#include "core/insight/liability_journal.h"
#include "core/loyalty/accounts.h"
#include "core/loyalty/rewards.h"
#include "core/loyalty/spending.h"
#include "core/merchants/merchants.h"
#include "core/orders/api_orders.h"
#include "core/orders/orders.h"
#include "core/orders/sheets.h"
#include "core/orders/till_days.h"
#include "core/orders/till_refunds.h"
#include "core/orders/tills.h"
#include "core/team/roster.h"
#include "core/team/tablets.h"
#include "core/team/team.h"

struct customer_request {
    struct customer customer; /* version: the one expected; 0: whatever it is */
    unsigned fields;          /* bit for each enum customer_field that was told, null included */
};

struct customer_removal {
    customer_id id;
    int64_t version; /* the one expected; 0: whatever it is */
};

struct calculation_request {
    program_id program;  /* 0: main */
    order_id order;      /* or */
    int64_t total_minor; /* an amount, in */
    struct str currency; /* this currency */
    account_id account;  /* 0: somebody new */
};

struct earning_request {
    account_id account;
    order_id order;
};

struct accumulate_request {
    struct accumulate_order give; /* points: exactly these, or 0 and */
    order_id order;               /* what this order earns */
};

struct days_request {
    bool has_first, has_last;
    int64_t first, last; /* days of zone.h */
};

enum { DECIMAL_POINT, DECIMAL_COMMA };
struct liability_request {
    struct days_request period;
    program_id program; /* 0: all */
    /* the journal's: */
    int decimal;                                /* how its amounts are written */
    struct str accounts[JOURNAL_ACCOUNT_COUNT]; /* empty: the country's */
};

struct credit_note_request {
    struct credit_note note;
    struct str currency;
};

struct credit_note_search {
    customer_id customer; /* 0: any */
    struct str code;      /* empty: any; one of both is told */
};

struct spend_request {
    struct spend_order order;
    struct str currency;
};

struct reward_use {
    reward_id reward;
    location_id location; /* 0: not told */
};

struct showing_request {
    reward_id reward;
    struct str token;
};

struct claim_request {
    order_id order;
    struct str phone, notice_version, language;
    bool link_card; /* they agreed to be recognised by the card that paid */
};

/* catalog_request, what an upsert was told, is in catalog_shapes.h. */
struct catalog_list_query {
    bool items, categories, taxes;
    item_id after; /* 0: the first page */
};

struct catalog_ids {
    struct catalog_object_id *at;
    int count;
};

struct member_request {
    struct member_change change; /* adding: name and role of it; prepare fills password_hash */
    struct str email, password, pin;
    struct json_ids places;
    bool changes_places, changes_pin, removes_pin;
};

struct merchant_request {
    struct merchant_change change; /* its tablet_pin_hash is filled by prepare */
    struct str pin;                /* digits; empty: stays */
};

struct tablet_change {
    struct tablet to;         /* its id, and what was told */
    bool name, location, reg; /* was told */
};

struct pin_try {
    struct str pin;
    bool matches; /* filled by prepare */
};

struct sale_request {
    struct sale sale;
    struct str currency;        /* of all its prices; empty: it has none */
    const char *currency_field; /* where it stands first */
};

struct order_draft_request {
    struct order_draft draft;
    struct str currency;        /* of all its amounts; empty: it has none */
    const char *currency_field; /* where it stands first */
};

struct refund_request {
    struct sale_refund refund;
    struct str currency; /* of its amount */
};

struct till_day_request {
    location_id location; /* 0: the merchant's first */
    bool has_day;         /* otherwise today */
    int64_t day;
};

/* Who stands at the till: one of these. */
struct till_caller {
    struct str phone, card_code, reward_code;
    customer_id customer; /* chosen among those that a search found */
};

struct logo_request {
    struct str content; /* the picture itself */
    struct file file;   /* what it is */
};

struct hook {
    const struct pos_link *link; /* by the path */
    struct pos_delivery delivery;
    struct integration integration; /* by its id, until admit finds it */
    struct pos_message message;     /* filled by admit */
};

struct sign_in {
    struct str email, password, code; /* code: of their second factor; empty: none told */
    struct str device;                /* "Firefox, Windows" */
    /* filled by prepare */
    bool matches;
    merchant_id merchant;
    struct team_member member;
};

struct demo_entry {
    merchant_id merchant; /* 0: the first */
    struct str device;
};

struct session_request {
    struct str token; /* of the caller's cookie or header */
    bool from_cookie;
};

struct stream_request {
    int64_t after; /* events later than this; -1: only new ones */
};
