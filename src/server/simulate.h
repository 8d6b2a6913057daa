/*
 * simulate — a shop's real orders played through a running server, as its till and its counter
 * tablets would, and every balance recomputed beside it.
 *
 * Orders come from a table of sales; prices and customers, which such tables lack, from a price
 * table and a seeded draw. The model (simulate_model.c) shares no code with the server: it is told
 * what was sent and works out what each customer must have.
 */
#pragma once
#include "base/ctx.h"
#include "base/json.h"
#include "net/http_client.h"

/* ---- the shop's table of sales: simulate_orders.c ---- */
struct sim_item {
    struct str name;
    int64_t price_minor;
};
struct sim_order {
    struct str number;             /* the shop's own */
    int64_t at_us;                 /* as the shop noted it */
    const struct sim_item **items; /* one for each thing sold */
    int item_count;
    int64_t total_minor;
};
struct sim_orders {
    struct sim_order *at;
    int count;
    int64_t unreadable; /* lines whose item is "NONE": left out */
};
/*
 * Reads date,time,transaction,item rows, and item,price_minor rows; a first row of names is skipped
 * in both. Rows of one transaction stand together.
 * Errors:   ERR_FILE_FAILED, ERR_CSV_MALFORMED, ERR_TIME_MALFORMED
 *           ERR_FIELD_VALUE   an item has no price; the detail names it
 */
MUST_USE enum err sim_read_orders(struct ctx *ctx, const char *orders_path, const char *prices_path,
                                  struct sim_orders *orders);

/* ---- the shop, as `habitue demo --json` told it: simulate_shop.c ---- */
enum { SIM_COUNTERS_MAX = 2 };
struct sim_shop {
    struct str api_key, currency;
    struct str feed_path, feed_secret, establishment, location;
    struct sim_shop_counter {
        struct str pairing_code, vendor_register;
    } counters[SIM_COUNTERS_MAX]; /* registers of the feed that have a tablet */
    int counter_count;
};
/* Reads the first merchant. Errors: ERR_FILE_FAILED, ERR_JSON_MALFORMED, ERR_FIELD_… */
MUST_USE enum err sim_read_shop(struct ctx *ctx, const char *demo_path, struct sim_shop *shop);
/* A whole file. Errors: ERR_FILE_FAILED */
MUST_USE enum err sim_read_file(struct ctx *ctx, const char *path, struct str *content);

/* ---- what each customer must have: simulate_model.c ---- */
enum { SIM_TIERS_MAX = 20 };
struct sim_rules {        /* as the program says */
    int64_t amount_minor; /* one point for each of it */
};
struct sim_account {
    struct str id; /* empty until the first claim */
    int64_t balance, carry;
};
struct sim_sale { /* an order that was sent */
    struct str order_id;
    struct str sale_id;
    int counter;
    int64_t total_minor, refunded_minor;
    int account;           /* who claimed it; -1: nobody */
    int64_t points;        /* what it gave, before refunds */
    int64_t taken_back;    /* of them, by refunds */
    int64_t settled_minor; /* of refunded_minor, what is in the account already */
};
/* Whether a sale that nobody claimed yet still waits on the tablet. */
bool sim_model_waits(const struct sim_rules *rules, const struct sim_sale *sale);
/* The sale is claimed: gives the points that the account gets. */
int64_t sim_model_claim(const struct sim_rules *rules, struct sim_account *account,
                        struct sim_sale *sale);
/* Money goes back to the customer; account may be NULL when nobody claimed the sale. */
void sim_model_refund(const struct sim_rules *rules, struct sim_account *account,
                      struct sim_sale *sale, int64_t amount_minor);

/* ---- calls: simulate_calls.c ---- */
struct sim_reward_tier {
    struct str id;
    int64_t points;
};
struct sim_server {
    const char *url;
    const struct sim_shop *shop;
    struct http_client *api, *feed[2];
    struct sim_counter {
        struct http_client *client; /* holds the tablet's cookie */
        struct str csrf, notice_version, notice_language;
    } counters[SIM_COUNTERS_MAX];
    struct sim_rules rules;
    struct sim_reward_tier tiers[SIM_TIERS_MAX];
    int tier_count;
    int64_t calls;
};
/* The server's reply: status and, if there is one, its tree and first error's code. */
struct sim_reply {
    int status;
    json_t *root;
    struct str code;
};
/* Activates the tablets and reads the main program. Errors: ERR_PEER_UNREACHABLE, ERR_FIELD_… */
MUST_USE enum err sim_server_open(struct ctx *ctx, const char *url, const struct sim_shop *shop,
                                  struct sim_server *server);
void sim_server_close(struct sim_server *server);

/* A signed message of the till; twice at once when wished. */
enum sim_delivery { SIM_ONCE, SIM_TWICE_AT_ONCE };
MUST_USE enum err sim_send_feed(struct ctx *ctx, struct sim_server *server, struct str body,
                                enum sim_delivery delivery, struct sim_reply *reply);
/* A request of a counter's tablet. */
MUST_USE enum err sim_ask_tablet(struct ctx *ctx, struct sim_server *server, int counter,
                                 const char *path, struct str body, struct sim_reply *reply);
/* A request with the API key. */
MUST_USE enum err sim_ask_api(struct ctx *ctx, struct sim_server *server, const char *method,
                              struct str path, struct str body, struct sim_reply *reply);

/* ---- the play: simulate.c ---- */
struct sim_wish {
    const char *orders_path, *prices_path, *demo_path, *url;
    int64_t speed; /* times as fast as it was; 0: as fast as possible */
    int64_t seed, customers, orders_max;
    bool quiet; /* no progress */
};
struct sim_figures {
    int64_t orders, deliveries, claims, accounts, points, refunds, taken_back;
    int64_t rewards_taken, rewards_used, rewards_given_up;
    int64_t balances, differences;
    int64_t calls, took_us;
};
/*
 * Plays all of it, then compares every balance.
 * Gives:    figures; differences is 0 when the server and the model agree about everything
 * Errors:   ERR_PEER_UNREACHABLE   the server was lost on the way; … those of reading
 */
MUST_USE enum err simulate_run(struct ctx *ctx, const struct sim_wish *wish,
                               struct sim_figures *figures);
