/*
 * cmd_simulate — `habitue simulate pos`: plays a shop's real orders through a running server.
 * `habitue simulate order` is in cmd_simulate_order.c.
 */
#include "base/json.h"
#include "server/cmd.h"
#include "server/commands.h"
#include "server/simulate.h"
#include <curl/curl.h>
#include <inttypes.h>
#include <stdio.h>

enum { CUSTOMERS_MAX = 10000, SPEED_MAX = 1000000 };

static const char usage[] =
    "habitue simulate pos --orders FILE --prices FILE --demo-json FILE --url http://HOST:PORT\n"
    "                     [--speed N] [--seed N] [--customers N] [--first N] [--json]\n"
    "--orders     rows date,time,transaction,item\n"
    "--prices     rows item,price_minor\n"
    "--demo-json  what `habitue demo --json` printed; its first shop is played\n"
    "--speed      times as fast as it was (0, the default: as fast as possible)\n"
    "--first      only so many orders\n";

static void
print_text(const struct sim_figures *f)
{
    printf("%" PRId64 " orders in %" PRId64 " deliveries, %" PRId64 " requests in %" PRId64 " ms\n",
           f->orders, f->deliveries, f->calls, f->took_us / 1000);
    printf("%" PRId64 " claims by %" PRId64 " customers gave %" PRId64 " points; %" PRId64
           " refunds took back %" PRId64 "\n",
           f->claims, f->accounts, f->points, f->refunds, f->taken_back);
    printf("%" PRId64 " rewards taken, %" PRId64 " used, %" PRId64 " given up\n", f->rewards_taken,
           f->rewards_used, f->rewards_given_up);
    if (f->differences == 0) {
        printf("All %" PRId64 " balances agree with the recomputation.\n", f->balances);
    } else {
        printf("%" PRId64 " DIFFERENCES; %" PRId64 " balances were compared.\n", f->differences,
               f->balances);
    }
}

static void
print_json(struct ctx *ctx, const struct sim_figures *f)
{
    struct json_out out;

    json_out_open(&out, ctx->arena);
    json_put_object(&out, NULL);
    json_put_int(&out, "orders", f->orders);
    json_put_int(&out, "deliveries", f->deliveries);
    json_put_int(&out, "requests", f->calls);
    json_put_int(&out, "took_ms", f->took_us / 1000);
    json_put_int(&out, "claims", f->claims);
    json_put_int(&out, "customers", f->accounts);
    json_put_int(&out, "points", f->points);
    json_put_int(&out, "refunds", f->refunds);
    json_put_int(&out, "taken_back", f->taken_back);
    json_put_int(&out, "rewards_taken", f->rewards_taken);
    json_put_int(&out, "rewards_used", f->rewards_used);
    json_put_int(&out, "rewards_given_up", f->rewards_given_up);
    json_put_int(&out, "balances", f->balances);
    json_put_int(&out, "differences", f->differences);
    json_end_object(&out);
    printf("%.*s\n", STR_ARG(json_out_text(&out)));
}

static int
run(struct ctx *ctx, const struct sim_wish *wish, bool as_json)
{
    struct sim_figures figures;

    curl_global_init(CURL_GLOBAL_DEFAULT);
    enum err err = simulate_run(ctx, wish, &figures);
    curl_global_cleanup();
    if (err != OK) return cmd_tell(ctx, err, "the simulation was not finished");
    if (as_json) {
        print_json(ctx, &figures);
    } else {
        print_text(&figures);
    }
    return figures.differences == 0 ? CMD_OK : CMD_FAILED;
}

int
cmd_simulate(struct ctx *ctx, int argc, char **argv)
{
    struct sim_wish wish = {.seed = 1, .customers = 600};
    const char *speed = NULL, *seed = NULL, *customers = NULL, *first = NULL;
    const char *words[1] = {NULL};
    bool as_json = false;
    const struct cmd_flag flags[] = {
        {.name = "--orders", .into = &wish.orders_path},
        {.name = "--prices", .into = &wish.prices_path},
        {.name = "--demo-json", .into = &wish.demo_path},
        {.name = "--url", .into = &wish.url},
        {.name = "--speed", .into = &speed},
        {.name = "--seed", .into = &seed},
        {.name = "--customers", .into = &customers},
        {.name = "--first", .into = &first},
        {.name = "--quiet", .given = &wish.quiet},
        {.name = "--json", .given = &as_json},
    };

    if (argc > 1 && strcmp(argv[1], "order") == 0) return cmd_simulate_order(ctx, argc, argv);
    if (!cmd_read_flags(argc, argv, CMD_FLAGS(flags), words, 1)) return CMD_WRONG_USAGE;
    if (words[0] == NULL || strcmp(words[0], "pos") != 0 || wish.orders_path == NULL ||
        wish.prices_path == NULL || wish.demo_path == NULL || wish.url == NULL) {
        fputs(usage, stderr);
        return CMD_WRONG_USAGE;
    }
    if (!cmd_read_number("--speed", speed, 0, SPEED_MAX, &wish.speed) ||
        !cmd_read_number("--seed", seed, 0, INT64_MAX, &wish.seed) ||
        !cmd_read_number("--customers", customers, 1, CUSTOMERS_MAX, &wish.customers) ||
        !cmd_read_number("--first", first, 1, INT32_MAX, &wish.orders_max)) {
        return CMD_WRONG_USAGE;
    }
    return run(ctx, &wish, as_json);
}
