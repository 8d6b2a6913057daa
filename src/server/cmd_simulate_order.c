/*
 * cmd_simulate_order — `habitue simulate order`: closes one order on a till of the demo's first
 * shop, through its signed feed, so that its points appear on that till's tablet.
 */
#include "base/clock.h"
#include "base/hash.h"
#include "server/cmd.h"
#include "server/commands.h"
#include "server/simulate.h"
#include <curl/curl.h>
#include <stdio.h>

#define TOTAL_MINOR_MAX INT64_C(1000000)

static const char usage[] =
    "habitue simulate order [--total MINOR] [--register NAME] [--url http://HOST:PORT]\n"
    "                       [--demo-json FILE]\n"
    "--total      what was paid, in cents (1250)\n"
    "--register   the till's name at the vendor (the first that has a tablet)\n"
    "--demo-json  what `habitue demo --json` printed (habitue.db.logins.json)\n";

struct closing {
    const char *demo_path, *url, *reg;
    int64_t total_minor;
    struct sim_shop shop;
};

static struct str
write_order(struct ctx *ctx, const struct closing *closing)
{
    struct str reg =
        closing->reg == NULL ? closing->shop.counters[0].vendor_register : str_of(closing->reg);
    struct json_out out;

    json_out_open(&out, ctx->arena);
    json_put_object(&out, NULL);
    json_put_text(&out, "event", STR("closed"));
    json_put_text(&out, "sale_id",
                  str_format(ctx->arena, "one-%.*s", STR_ARG(random_token(ctx->arena))));
    json_put_time(&out, "closed_at", ctx->now_us);
    json_put_time(&out, "sent_at", ctx->now_us);
    json_put_text(&out, "establishment", closing->shop.establishment);
    json_put_text(&out, "register", reg);
    json_put_text(&out, "currency", closing->shop.currency);
    json_put_int(&out, "total", closing->total_minor);
    json_put_int(&out, "tip", 0);
    json_put_int(&out, "tax", 0);
    json_put_array(&out, "lines");
    json_end_array(&out);
    json_end_object(&out);
    return json_out_text(&out);
}

static enum err
close_order(struct ctx *ctx, struct closing *closing, struct sim_reply *reply)
{
    struct sim_server server = {.url = closing->url, .shop = &closing->shop};

    TRY(sim_read_shop(ctx, closing->demo_path, &closing->shop));
    TRY(http_client_open(ctx, &server.feed[0]));
    enum err err = sim_send_feed(ctx, &server, write_order(ctx, closing), SIM_ONCE, reply);
    http_client_close(server.feed[0]);
    return err;
}

int
cmd_simulate_order(struct ctx *ctx, int argc, char **argv)
{
    struct closing closing = {
        .demo_path = "habitue.db.logins.json", .url = "http://127.0.0.1:8080", .total_minor = 1250};
    struct sim_reply reply = {0};
    const char *total = NULL;
    const char *words[1] = {NULL};
    const struct cmd_flag flags[] = {
        {.name = "--total", .into = &total},
        {.name = "--register", .into = &closing.reg},
        {.name = "--url", .into = &closing.url},
        {.name = "--demo-json", .into = &closing.demo_path},
    };

    if (!cmd_read_flags(argc, argv, CMD_FLAGS(flags), words, 1) ||
        !cmd_read_number("--total", total, 1, TOTAL_MINOR_MAX, &closing.total_minor)) {
        fputs(usage, stderr);
        return CMD_WRONG_USAGE;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    enum err err = close_order(ctx, &closing, &reply);
    curl_global_cleanup();
    if (err != OK) return cmd_tell(ctx, err, "the order was not closed");
    if (reply.status != 200) {
        fprintf(stderr, "The server answered %d %.*s.\n", reply.status, STR_ARG(reply.code));
        return CMD_FAILED;
    }
    printf("Closed: look at the till's tablet.\n");
    return CMD_OK;
}
