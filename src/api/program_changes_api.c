/* program_changes_api — what a merchant does with its programs and their reward tiers. */
#include "api/fields.h"
#include "api/program_fields.h"
#include "api/shapes.h"
#include "base/currency.h"
#include "core/loyalty/programs_close.h"

/* ---- programs ---- */

static enum err
read_body(struct ctx *ctx, const struct http_request *req, const char *name, bool is_new,
          json_t **told)
{
    struct str once_key;
    const struct json_field fields[] = {
        {name, JSON_FIELD_ANY, told, .required = true},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = is_new, .min = 1, .max = 128},
    };

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_program_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    json_t *told = NULL;

    TRY(read_body(ctx, req, "program", true, &told));
    return api_read_program(ctx, (struct api_place){told, "program"}, true, into);
}

/* A15: an order of less than one of the currency earns nothing, unless something else is told. */
static enum err
find_minimum(struct ctx *ctx, const struct program_change *change, int64_t *minimum_minor)
{
    struct merchant merchant;

    *minimum_minor = change->to.minimum_minor;
    if (change->fields & PROGRAM_MINIMUM) return OK;
    TRY(merchants_find(ctx, &merchant));
    *minimum_minor = 1;
    for (int i = 0; i < currency_decimals(merchant.currency); i++)
        *minimum_minor *= 10;
    return OK;
}

enum err
api_program_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct program_request *request = parsed;
    const struct program_change *told = &request->change;
    struct program program = told->to;

    /* It may run twice, and must find what was told: so it fills copies. */
    program.tiers = ARENA_ARRAY(ctx->arena, struct reward_tier, (size_t)program.tier_count);
    for (int i = 0; i < program.tier_count; i++)
        program.tiers[i] = told->to.tiers[i];
    program.active = true;
    if (!(told->fields & PROGRAM_NOTICE)) program.notice_days = PROGRAM_NOTICE_DAYS;
    TRY(api_check_currency(ctx, &request->currency));
    TRY(find_minimum(ctx, told, &program.minimum_minor));
    TRY(programs_create(ctx, &program));
    return json_put_program_found(ctx, &reply->out, program.id);
}

enum err
api_program_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct program_request *request = into;
    json_t *told = NULL;

    TRY(api_program_id_parse(ctx, req, &request->program.v));
    TRY(read_body(ctx, req, "program", false, &told));
    return api_read_program(ctx, (struct api_place){told, "program"}, false, request);
}

enum err
api_program_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct program_request *request = parsed;
    struct program program;

    TRY(api_check_currency(ctx, &request->currency));
    TRY(programs_change(ctx, request->program, &request->change, &program));
    return json_put_program_found(ctx, &reply->out, program.id);
}

/* ---- deleting ---- */

enum err
api_program_close_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct program_ending *ending = into;
    struct str day = {0}, once_key;
    const struct json_field fields[] = {
        {"points_until", JSON_FIELD_TEXT, &day, .given = &ending->has_day},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .min = 1, .max = 128},
    };

    TRY(api_program_id_parse(ctx, req, &ending->program.v));
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (!ending->has_day) return OK;
    return api_read_day(ctx, day, "points_until", &ending->points_until);
}

enum err
api_program_close(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct program_ending *ending = parsed;
    int64_t day = ending->points_until;
    struct program program;

    if (!ending->has_day) {
        TRY(promotions_find_today(ctx, &day));
        day += PROGRAM_CLOSING_DAYS;
    }
    TRY(programs_close(ctx, ending->program, day, &program));
    return json_put_program_found(ctx, &reply->out, program.id);
}

enum err
api_program_reopen(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct program program;

    TRY(programs_reopen(ctx, (program_id){*id}, &program));
    return json_put_program_found(ctx, &reply->out, program.id);
}

/* ---- tiers ---- */

static enum err
read_tier(struct ctx *ctx, const struct http_request *req, bool is_new,
          struct tier_request *request)
{
    json_t *told = NULL;

    TRY(read_body(ctx, req, "tier", is_new, &told));
    return api_read_tier(ctx, (struct api_place){told, "tier"}, is_new, &request->currency,
                         &request->change);
}

enum err
api_tier_add_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct tier_request *request = into;

    TRY(api_program_id_parse(ctx, req, &request->change.to.program.v));
    return read_tier(ctx, req, true, request);
}

enum err
api_tier_add(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct tier_request *request = parsed;
    struct reward_tier tier = request->change.to;

    TRY(api_check_currency(ctx, &request->currency));
    TRY(programs_add_tier(ctx, &tier));
    return json_put_program_found(ctx, &reply->out, tier.program);
}

static enum err
parse_tier_id(struct ctx *ctx, const struct http_request *req, struct reward_tier *tier)
{
    TRY(api_program_id_parse(ctx, req, &tier->program.v));
    return http_path_id(ctx, req, 1, ID_tier, &tier->id.v);
}

enum err
api_tier_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return parse_tier_id(ctx, req, into);
}

enum err
api_tier_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct tier_request *request = into;

    TRY(parse_tier_id(ctx, req, &request->change.to));
    return read_tier(ctx, req, false, request);
}

enum err
api_tier_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct tier_request *request = parsed;
    struct reward_tier tier;

    TRY(api_check_currency(ctx, &request->currency));
    TRY(programs_replace_tier(ctx, &request->change, &tier));
    return json_put_program_found(ctx, &reply->out, tier.program);
}

enum err
api_tier_withdraw(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct reward_tier *tier = parsed;

    TRY(programs_withdraw_tier(ctx, tier->program, tier->id));
    return json_put_program_found(ctx, &reply->out, tier->program);
}
