/* simulate_calls — what the simulator asks of the server, as till, tablet and program. */
#include "base/hash.h"
#include "server/simulate.h"

/* Reads a reply's body; without one (or with something else than JSON) the tree stays NULL. */
static enum err
read_reply(struct ctx *ctx, const struct http_answer *answer, struct sim_reply *reply)
{
    json_t *errors = NULL;
    const struct json_field top[] = {{"errors", JSON_FIELD_LIST, &errors, .required = false}};
    const struct json_field member[] = {{"code", JSON_FIELD_TEXT, &reply->code, .required = true}};

    *reply = (struct sim_reply){.status = answer->status};
    if (answer->body.len == 0) return OK;
    if (json_parse(ctx, answer->body, &reply->root) != OK) return OK;
    TRY(json_read_fields(ctx, reply->root, JSON_OPEN, JSON_FIELDS(top)));
    if (json_array_size(errors) == 0) return OK;
    return json_read_member(ctx, (struct json_member){errors, "errors", 0}, JSON_OPEN,
                            JSON_FIELDS(member));
}

static const char *
url_of(struct ctx *ctx, const struct sim_server *server, struct str path)
{
    return str_format(ctx->arena, "%s%.*s", server->url, STR_ARG(path)).at;
}

static const char *
header_of(struct ctx *ctx, const char *name, struct str value)
{
    return str_format(ctx->arena, "%s: %.*s", name, STR_ARG(value)).at;
}

enum err
sim_send_feed(struct ctx *ctx, struct sim_server *server, struct str body,
              enum sim_delivery delivery, struct sim_reply *reply)
{
    struct http_answer answers[2];
    uint8_t signature[HASH_LEN];

    hash_hmac(server->shop->feed_secret, body, STR(""), signature);
    const struct http_ask ask = {
        .method = "POST",
        .url = url_of(ctx, server, server->shop->feed_path),
        .body = body,
        .headers = {"Content-Type: application/json",
                    header_of(ctx, "X-Habitue-Signature",
                              hash_hex(ctx->arena, signature, HASH_LEN))},
    };
    server->calls += delivery == SIM_TWICE_AT_ONCE ? 2 : 1;
    if (delivery == SIM_ONCE) {
        TRY(http_client_send(ctx, server->feed[0], &ask, &answers[0]));
        return read_reply(ctx, &answers[0], reply);
    }
    TRY(http_client_send_twice(ctx, server->feed, &ask, answers));
    if (answers[0].status != answers[1].status) {
        return fail(ctx, ERR_FIELD_VALUE, "one delivery gave %d, its twin %d", answers[0].status,
                    answers[1].status);
    }
    return read_reply(ctx, &answers[1], reply);
}

enum err
sim_ask_tablet(struct ctx *ctx, struct sim_server *server, int counter, const char *path,
               struct str body, struct sim_reply *reply)
{
    struct sim_counter *asking = &server->counters[counter];
    struct http_answer answer;
    const struct http_ask ask = {
        .method = body.len > 0 ? "POST" : "GET",
        .url = url_of(ctx, server, str_of(path)),
        .body = body,
        .headers = {"Content-Type: application/json",
                    header_of(ctx, "X-Habitue-CSRF", asking->csrf)},
    };

    server->calls++;
    TRY(http_client_send(ctx, asking->client, &ask, &answer));
    return read_reply(ctx, &answer, reply);
}

enum err
sim_ask_api(struct ctx *ctx, struct sim_server *server, const char *method, struct str path,
            struct str body, struct sim_reply *reply)
{
    struct http_answer answer;
    const struct http_ask ask = {
        .method = method,
        .url = url_of(ctx, server, path),
        .body = body,
        .headers = {"Content-Type: application/json",
                    header_of(
                        ctx, "Authorization",
                        str_format(ctx->arena, "Bearer %.*s", STR_ARG(server->shop->api_key)))},
    };

    server->calls++;
    TRY(http_client_send(ctx, server->api, &ask, &answer));
    return read_reply(ctx, &answer, reply);
}

static enum err
check_status(struct ctx *ctx, const struct sim_reply *reply, const char *what)
{
    if (reply->status == 200 && reply->root != NULL) return OK;
    return fail(ctx, ERR_FIELD_VALUE, "%s: the server answered %d %.*s", what, reply->status,
                STR_ARG(reply->code));
}

/* Activates one counter's tablet, and reads what notice it shows to new customers. */
static enum err
open_counter(struct ctx *ctx, struct sim_server *server, int place)
{
    struct sim_counter *counter = &server->counters[place];
    struct json_out out;
    struct sim_reply reply;
    const struct json_field activated[] = {
        {"csrf_token", JSON_FIELD_TEXT, &counter->csrf, .required = true},
    };
    const struct json_field fields[] = {
        {"notice.version", JSON_FIELD_TEXT, &counter->notice_version, .required = true},
        {"notice.language", JSON_FIELD_TEXT, &counter->notice_language, .required = true},
    };

    TRY(http_client_open(ctx, &counter->client));
    json_out_open(&out, ctx->arena);
    json_put_object(&out, NULL);
    json_put_text(&out, "code", server->shop->counters[place].pairing_code);
    json_end_object(&out);
    TRY(sim_ask_tablet(ctx, server, place, "/v2/tablets/activate", json_out_text(&out), &reply));
    if (str_is(reply.code, STR("PAIRING_CODE_WRONG"))) {
        return fail(ctx, ERR_PAIRING_CODE_WRONG,
                    "the simulation wants a fresh demo: each pairing code works once");
    }
    TRY(check_status(ctx, &reply, "activating the tablet"));
    TRY(json_read_fields(ctx, reply.root, JSON_OPEN, JSON_FIELDS(activated)));
    TRY(sim_ask_tablet(ctx, server, place, "/v2/tablet", STR(""), &reply));
    TRY(check_status(ctx, &reply, "reading the tablet"));
    return json_read_fields(ctx, reply.root, JSON_OPEN, JSON_FIELDS(fields));
}

static enum err
read_tiers(struct ctx *ctx, struct sim_server *server, const json_t *tiers)
{
    server->tier_count = 0;
    for (int i = 0; i < (int)json_array_size(tiers) && i < SIM_TIERS_MAX; i++) {
        struct sim_reward_tier *tier = &server->tiers[server->tier_count++];
        const struct json_field fields[] = {
            {"id", JSON_FIELD_TEXT, &tier->id, .required = true},
            {"points", JSON_FIELD_INT, &tier->points, .required = true, .min = 1, .max = 1000000},
        };

        TRY(json_read_member(ctx, (struct json_member){tiers, "reward_tiers", i}, JSON_OPEN,
                             JSON_FIELDS(fields)));
    }
    return OK;
}

/* The model knows one kind of program: one point for each amount spent, tax included. */
static enum err
read_program(struct ctx *ctx, struct sim_server *server)
{
    json_t *rules, *tiers;
    struct str kind, tax_mode;
    int64_t points;
    struct sim_reply reply;
    const struct json_field fields[] = {
        {"program.accrual_rules", JSON_FIELD_LIST, &rules, .required = true},
        {"program.reward_tiers", JSON_FIELD_LIST, &tiers, .required = true},
    };
    const struct json_field rule[] = {
        {"accrual_type", JSON_FIELD_TEXT, &kind, .required = true},
        {"points", JSON_FIELD_INT, &points, .required = true},
        {"spend_data.amount_money.amount", JSON_FIELD_INT, &server->rules.amount_minor,
         .required = true},
        {"spend_data.tax_mode", JSON_FIELD_TEXT, &tax_mode, .required = true},
    };

    TRY(sim_ask_api(ctx, server, "GET", STR("/v2/loyalty/programs/main"), STR(""), &reply));
    TRY(check_status(ctx, &reply, "reading the program"));
    TRY(json_read_fields(ctx, reply.root, JSON_OPEN, JSON_FIELDS(fields)));
    if (json_array_size(rules) != 1) return fail(ctx, ERR_FIELD_VALUE, "not one accrual rule");
    TRY(json_read_member(ctx, (struct json_member){rules, "accrual_rules", 0}, JSON_OPEN,
                         JSON_FIELDS(rule)));
    if (!str_is(kind, STR("SPEND")) || !str_is(tax_mode, STR("AFTER_TAX")) || points != 1) {
        return fail(ctx, ERR_FIELD_VALUE, "the main program does not count what is spent");
    }
    return read_tiers(ctx, server, tiers);
}

enum err
sim_server_open(struct ctx *ctx, const char *url, const struct sim_shop *shop,
                struct sim_server *server)
{
    *server = (struct sim_server){.url = url, .shop = shop};
    TRY(http_client_open(ctx, &server->api));
    TRY(http_client_open(ctx, &server->feed[0]));
    TRY(http_client_open(ctx, &server->feed[1]));
    TRY(read_program(ctx, server));
    for (int i = 0; i < shop->counter_count; i++) {
        TRY(open_counter(ctx, server, i));
    }
    return OK;
}

void
sim_server_close(struct sim_server *server)
{
    http_client_close(server->api);
    http_client_close(server->feed[0]);
    http_client_close(server->feed[1]);
    for (int i = 0; i < SIM_COUNTERS_MAX; i++)
        http_client_close(server->counters[i].client);
}
