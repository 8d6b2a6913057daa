/* promotions_api — loyalty promotions, over HTTP as Square has them. */
#include "api/cursors.h"
#include "api/fields.h"
#include "api/program_fields.h"
#include "api/shapes.h"
#include "base/periods.h"
#include "base/quantity.h"

/* Square's limits. */
enum {
    ADDITION_MAX = 100,
    LIMIT_TIMES_MAX = 1000000,
    NAME_CHARS_MAX = 70,
    MULTIPLIER_LEN_MAX = 10
};

/* ---- reading ---- */

static const char *const incentive_names[] = {"POINTS_MULTIPLIER", "POINTS_ADDITION"};
static const char *const interval_names[] = {"ALL_TIME", "DAY"};
#define INCENTIVE  "loyalty_promotion.incentive"
#define MULTIPLIER INCENTIVE ".points_multiplier_data"
#define PERIODS    "loyalty_promotion.available_time.time_periods"

/* What stands in a promotion before it is understood. */
struct told_promotion {
    struct str incentive, multiplier, interval;
    int64_t whole_multiplier, addition;
    struct json_texts times;
    struct json_ids variations, categories;
    json_t *minimum;
    bool has_multiplier, has_whole, has_addition, has_times_limit;
};

/* "1.5": more than once, at most tenfold, of at most three decimals. */
static enum err
read_multiplier(struct ctx *ctx, const struct told_promotion *told, int64_t *thousandths)
{
    const int64_t thousandth = QUANTITY_ONE / PROMOTION_ONCE;
    const char *field =
        told->has_multiplier ? MULTIPLIER ".multiplier" : MULTIPLIER ".points_multiplier";
    int64_t millionths = told->whole_multiplier * QUANTITY_ONE;

    if (!told->has_multiplier && !told->has_whole) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, MULTIPLIER ".multiplier");
    }
    if (told->has_multiplier) {
        enum err err = quantity_parse(told->multiplier, &millionths);
        if (err != OK) return fail_field(ctx, err, field);
    }
    /* Both: Square's replies have both, and they are the same. */
    if (told->has_whole && millionths != told->whole_multiplier * QUANTITY_ONE) {
        return fail_field(ctx, ERR_FIELD_VALUE, MULTIPLIER ".points_multiplier");
    }
    *thousandths = millionths / thousandth;
    if (millionths % thousandth != 0 || *thousandths <= PROMOTION_ONCE ||
        *thousandths > PROMOTION_TENFOLD) {
        return fail_field(ctx, ERR_FIELD_RANGE, field);
    }
    return OK;
}

static enum err
read_incentive(struct ctx *ctx, const struct told_promotion *told, struct promotion *promotion)
{
    int type = 0;

    TRY(api_choose(ctx, told->incentive, INCENTIVE ".type", API_NAMES(incentive_names), &type));
    promotion->is_multiplier = type == 0;
    if (promotion->is_multiplier) {
        if (told->has_addition) {
            return fail_field(ctx, ERR_FIELD_UNKNOWN, INCENTIVE ".points_addition_data");
        }
        return read_multiplier(ctx, told, &promotion->multiplier);
    }
    if (told->has_multiplier || told->has_whole) {
        return fail_field(ctx, ERR_FIELD_UNKNOWN, MULTIPLIER);
    }
    if (!told->has_addition) {
        return fail_field(ctx, ERR_FIELD_REQUIRED,
                          INCENTIVE ".points_addition_data.points_addition");
    }
    promotion->addition = told->addition;
    return OK;
}

static enum err
read_times(struct ctx *ctx, const struct told_promotion *told, struct promotion *promotion)
{
    promotion->time_count = told->times.count;
    if (promotion->time_count == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, PERIODS);
    for (int i = 0; i < promotion->time_count; i++) {
        enum err err = period_parse(ctx->arena, told->times.at[i], &promotion->times[i]);

        if (err == OK) continue;
        return fail_field(ctx, err, str_format(ctx->arena, PERIODS "[%d]", i).at);
    }
    return OK;
}

static enum err
read_limit(struct ctx *ctx, const struct told_promotion *told, struct promotion *promotion)
{
    int interval = 0;

    TRY(api_choose(ctx, told->interval, "loyalty_promotion.trigger_limit.interval",
                   API_NAMES(interval_names), &interval));
    if (told->interval.len > 0 && !told->has_times_limit) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, "loyalty_promotion.trigger_limit.times");
    }
    promotion->limit_per_day = interval == 1;
    return OK;
}

enum err
api_promotion_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct promotion_request *request = into;
    struct promotion *promotion = &request->promotion;
    const struct api_place place = {NULL, "loyalty_promotion"};
    struct told_promotion told = {0};
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"loyalty_promotion.name", JSON_FIELD_TEXT, &promotion->name, .required = true,
         .min = 1, .max = NAME_CHARS_MAX},
        {INCENTIVE ".type", JSON_FIELD_TEXT, &told.incentive, .required = true},
        {MULTIPLIER ".multiplier", JSON_FIELD_TEXT, &told.multiplier, .max = MULTIPLIER_LEN_MAX,
         .given = &told.has_multiplier},
        {MULTIPLIER ".points_multiplier", JSON_FIELD_INT, &told.whole_multiplier,
         .min = 2, .max = PROMOTION_TENFOLD / PROMOTION_ONCE, .given = &told.has_whole},
        {INCENTIVE ".points_addition_data.points_addition", JSON_FIELD_INT, &told.addition,
         .min = 1, .max = ADDITION_MAX, .given = &told.has_addition},
        {PERIODS, JSON_FIELD_TEXTS, &told.times, .required = true, .max = PROMOTION_TIMES_MAX},
        {"loyalty_promotion.trigger_limit.times", JSON_FIELD_INT, &promotion->limit_times,
         .min = 1, .max = LIMIT_TIMES_MAX, .given = &told.has_times_limit},
        {"loyalty_promotion.trigger_limit.interval", JSON_FIELD_TEXT, &told.interval},
        {"loyalty_promotion.minimum_spend_amount_money", JSON_FIELD_ANY, &told.minimum},
        {"loyalty_promotion.qualifying_item_variation_ids", JSON_FIELD_IDS, &told.variations,
         .id_kind = ID_variation, .max = SCOPE_MAX},
        {"loyalty_promotion.qualifying_category_ids", JSON_FIELD_IDS, &told.categories,
         .id_kind = ID_category, .max = SCOPE_MAX},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    TRY(api_program_id_parse(ctx, req, &promotion->program.v));
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    TRY(read_incentive(ctx, &told, promotion));
    TRY(read_times(ctx, &told, promotion));
    TRY(read_limit(ctx, &told, promotion));
    TRY(api_read_money(ctx, api_member(ctx, place, told.minimum, "minimum_spend_amount_money"), 1,
                       &request->currency, &promotion->minimum_minor));
    if (told.variations.count > 0 && told.categories.count > 0) {
        return fail_field(ctx, ERR_FIELD_VALUE, "loyalty_promotion.qualifying_category_ids");
    }
    return api_join_refs(ctx, place, &told.variations, &told.categories, &promotion->scope,
                         &promotion->scope_count);
}

/* ---- replies ---- */

static enum err
find_place(struct ctx *ctx, struct promotion_place *place)
{
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    place->currency = merchant.currency;
    return promotions_find_today(ctx, &place->today);
}

static enum err
put(struct ctx *ctx, const struct promotion *promotion, struct http_reply *reply)
{
    struct promotion_place place;

    TRY(find_place(ctx, &place));
    json_put_promotion(&reply->out, "loyalty_promotion", promotion, &place);
    return OK;
}

enum err
api_promotion_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct promotion_request *request = parsed;
    struct promotion promotion = request->promotion;

    TRY(api_check_currency(ctx, &request->currency));
    TRY(promotions_add(ctx, &promotion));
    return put(ctx, &promotion, reply);
}

enum err
api_promotion_choice_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct promotion_choice *choice = into;

    TRY(api_program_id_parse(ctx, req, &choice->program.v));
    return http_path_id(ctx, req, 1, ID_promotion, &choice->promotion.v);
}

enum err
api_promotion_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct promotion_choice *choice = parsed;
    struct promotion promotion;

    TRY(promotions_find(ctx, choice->program, choice->promotion, &promotion));
    return put(ctx, &promotion, reply);
}

enum err
api_promotion_cancel(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct promotion_choice *choice = parsed;
    struct promotion promotion;

    TRY(promotions_cancel(ctx, choice->program, choice->promotion, &promotion));
    return put(ctx, &promotion, reply);
}

/* ---- the list ---- */

enum err
api_promotion_list_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const known[] = {"status", "cursor", "limit"};
    static const char *const statuses[] = {"SCHEDULED", "ACTIVE", "ENDED", "CANCELED"};
    struct promotion_query *query = into;
    struct str status;
    int64_t limit = PROMOTIONS_PAGE_MAX;
    int chosen = PROMOTION_ACTIVE;

    TRY(api_program_id_parse(ctx, req, &query->program.v));
    TRY(api_query_only(ctx, req, API_NAMES(known)));
    TRY(api_query_int(ctx, req, "limit", (struct api_range){1, PROMOTIONS_PAGE_MAX}, &limit));
    status = http_query(ctx, req, "status");
    TRY(api_choose(ctx, status, "status", API_NAMES(statuses), &chosen));
    query->any_status = status.len == 0;
    query->status = (enum promotion_status)chosen;
    query->limit = (int)limit;
    return cursor_parse(ctx, "promotions", http_query(ctx, req, "cursor"), &query->before);
}

enum err
api_promotion_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct promotion_query *query = parsed;
    struct promotion_place place;
    struct promotion *promotions;
    int count;

    TRY(promotions_search(ctx, query, &promotions, &count));
    TRY(find_place(ctx, &place));
    json_put_array(&reply->out, "loyalty_promotions");
    for (int i = 0; i < count; i++)
        json_put_promotion(&reply->out, NULL, &promotions[i], &place);
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "promotions",
                                          .count = count,
                                          .limit = query->limit,
                                          .last = count > 0 ? promotions[count - 1].id.v : 0});
    return OK;
}
