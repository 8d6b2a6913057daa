/*
 * simulate — see simulate.h.
 *
 * One order after the other, so that the model knows in which order the server saw them; what
 * arrives at once is the same message twice.
 */
#include "server/simulate.h"
#include "base/clock.h"
#include "server/simulate_play.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { KEPT_MAX = 256 << 20, PROGRESS_US = 250000, DIFFERENCES_SAID_MAX = 20 };

void
sim_differs(struct sim_play *play, const char *format, ...)
{
    va_list args;

    if (++play->figures->differences > DIFFERENCES_SAID_MAX) return;
    fprintf(stderr, "\nDIFFERS  ");
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, "\n");
}

/* splitmix64: small, and good enough to deal customers. */
uint64_t
sim_random(struct sim_play *play)
{
    uint64_t z = play->random += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

bool
sim_chance(struct sim_play *play, int per_thousand)
{
    return sim_random(play) % 1000 < (uint64_t)per_thousand;
}

/* Waits until this order's moment has come at the wished speed. */
static void
wait_for(const struct sim_play *play, const struct sim_order *order)
{
    if (play->wish->speed == 0) return;
    int64_t due_us = play->begun_us + (order->at_us - play->orders.at[0].at_us) / play->wish->speed;
    int64_t left_us = due_us - clock_monotonic_us();

    if (left_us <= 0) return;
    struct timespec pause = {
        .tv_sec = left_us / 1000000,
        .tv_nsec = left_us % 1000000 * 1000,
    };
    nanosleep(&pause, NULL);
}

static void
show_progress(struct sim_play *play, int done)
{
    const struct sim_figures *figures = play->figures;
    int64_t now_us = clock_monotonic_us();
    bool last = done == play->orders.count;

    if (play->wish->quiet || (!last && now_us - play->shown_us < PROGRESS_US)) return;
    if (!last && !isatty(STDERR_FILENO)) return;
    play->shown_us = now_us;
    fprintf(stderr,
            "\r%d of %d orders, %" PRId64 " claims, %" PRId64 " refunds, %" PRId64
            " rewards; %" PRId64 " s%s",
            done, play->orders.count, figures->claims, figures->refunds, figures->rewards_taken,
            (now_us - play->begun_us) / 1000000, last ? "\n" : "");
}

static enum err
play_all(struct ctx *ctx, struct sim_play *play)
{
    for (int i = 0; i < play->orders.count; i++) {
        wait_for(play, &play->orders.at[i]);
        ctx->now_us = clock_now_us();
        TRY(sim_play_order(ctx, play, i));
        arena_reset(ctx->arena);
        show_progress(play, i + 1);
    }
    return OK;
}

/* What the server says each customer has, beside what the model says. */
static enum err
compare_all(struct ctx *ctx, struct sim_play *play)
{
    for (int i = 0; i < play->wish->customers; i++) {
        const struct sim_account *account = &play->accounts[i];
        int64_t balance;
        struct sim_reply reply;
        const struct json_field fields[] = {
            {"loyalty_account.balance", JSON_FIELD_INT, &balance, .required = true},
        };

        if (account->id.len == 0) continue;
        struct str path = str_format(ctx->arena, "/v2/loyalty/accounts/%.*s", STR_ARG(account->id));
        TRY(sim_ask_api(ctx, &play->server, "GET", path, STR(""), &reply));
        if (reply.status != 200) {
            sim_differs(play, "account %.*s: %d", STR_ARG(account->id), reply.status);
            continue;
        }
        TRY(json_read_fields(ctx, reply.root, JSON_OPEN, JSON_FIELDS(fields)));
        play->figures->balances++;
        if (balance != account->balance) {
            sim_differs(play, "account %.*s has %" PRId64 ", must have %" PRId64,
                        STR_ARG(account->id), balance, account->balance);
        }
        arena_reset(ctx->arena);
    }
    return OK;
}

/* kept lives as long as the play; ctx's own arena is emptied after each order. */
static enum err
play_and_compare(struct ctx *kept, struct ctx *ctx, struct sim_play *play)
{
    TRY(sim_read_orders(kept, play->wish->orders_path, play->wish->prices_path, &play->orders));
    if (play->wish->orders_max > 0 && play->orders.count > play->wish->orders_max) {
        play->orders.count = (int)play->wish->orders_max;
    }
    TRY(sim_read_shop(kept, play->wish->demo_path, &play->shop));
    TRY(sim_server_open(kept, play->wish->url, &play->shop, &play->server));

    play->kept = kept->arena;
    play->sales = ARENA_ARRAY(kept->arena, struct sim_sale, (size_t)play->orders.count + 1);
    play->accounts = ARENA_ARRAY(kept->arena, struct sim_account, (size_t)play->wish->customers);
    play->random = (uint64_t)play->wish->seed;
    play->begun_us = clock_monotonic_us();
    TRY(play_all(ctx, play));
    TRY(compare_all(ctx, play));
    play->figures->took_us = clock_monotonic_us() - play->begun_us;
    play->figures->calls = play->server.calls;
    return OK;
}

enum err
simulate_run(struct ctx *ctx, const struct sim_wish *wish, struct sim_figures *figures)
{
    struct arena kept_arena, order_arena;
    struct ctx kept = *ctx, order = *ctx;
    struct sim_play play = {.wish = wish, .figures = figures};

    *figures = (struct sim_figures){0};
    arena_open(&kept_arena, KEPT_MAX);
    arena_open(&order_arena, ARENA_REQUEST_MAX);
    kept.arena = &kept_arena;
    order.arena = &order_arena;

    enum err err = play_and_compare(&kept, &order, &play);
    if (err != OK) {
        const struct ctx *told = kept.detail[0] != '\0' ? &kept : &order;
        memcpy(ctx->detail, told->detail, sizeof ctx->detail);
    }
    sim_server_close(&play.server);
    arena_close(&order_arena);
    arena_close(&kept_arena);
    return err;
}
