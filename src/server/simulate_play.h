/* simulate_play — one order's life in the simulated shop. */
#pragma once
#include "server/simulate.h"

struct sim_play {
    const struct sim_wish *wish;
    struct sim_figures *figures;
    struct arena *kept; /* lives as long as the play; a ctx's arena is emptied after each order */
    struct sim_orders orders;
    struct sim_shop shop;
    struct sim_server server;
    struct sim_account *accounts; /* one for each customer there could be */
    struct sim_sale *sales;       /* sent so far, in their order */
    int sale_count;
    uint64_t random;
    int64_t begun_us, shown_us; /* clock_monotonic_us */
};

/*
 * Sends an order, and what follows from it: claim, rewards, refunds.
 * Errors:   ERR_PEER_UNREACHABLE; what the server answers wrongly is counted as a difference
 */
MUST_USE enum err sim_play_order(struct ctx *ctx, struct sim_play *play, int place);

uint64_t sim_random(struct sim_play *play);
bool sim_chance(struct sim_play *play, int per_thousand);
/* Notes that server and model disagree, and says about what. */
void sim_differs(struct sim_play *play, const char *format, ...) PRINTF_LIKE(2, 3);
