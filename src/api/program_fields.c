/* program_fields — see program_fields.h: programs, and what all of these have. */
#include "api/program_fields.h"
#include "api/fields.h"
#include "base/zone.h"

enum { LIMIT_MAX = 1000000000, VISITS_MAX = 1000, COOLDOWN_MAX = 60 * 24 * 366 };

static const char *const type_names[] = {"points", "stamps", "cashback"};
static const char *const status_names[] = {"INACTIVE", "ACTIVE"};
static const char *const policy_names[] = {"owed", "to_zero"};

/* ---- places ---- */

struct api_place
api_member(struct ctx *ctx, struct api_place place, const json_t *member, const char *name)
{
    return (struct api_place){member, str_format(ctx->arena, "%s.%s", place.path, name).at};
}

struct api_place
api_element(struct ctx *ctx, struct api_place list, int index)
{
    return (struct api_place){json_array_get(list.at, (size_t)index),
                              str_format(ctx->arena, "%s[%d]", list.path, index).at};
}

/* ---- money, days, articles ---- */

enum err
api_read_money(struct ctx *ctx, struct api_place place, int64_t least,
               struct told_currency *currency, int64_t *minor)
{
    struct str code;
    /* clang-format off */
    const struct json_field fields[] = {
        {"amount", JSON_FIELD_INT, minor, .required = true, .min = least, .max = API_MONEY_MAX},
        {"currency", JSON_FIELD_TEXT, &code, .required = true},
    };
    /* clang-format on */

    if (place.at == NULL) return OK;
    TRY(api_read_inner(ctx, place.at, place.path, JSON_FIELDS(fields)));
    const char *field = str_format(ctx->arena, "%s.currency", place.path).at;
    if (currency->code.len > 0 && !str_is(currency->code, code)) {
        return fail_field(ctx, ERR_CURRENCY_DIFFERS, field);
    }
    *currency = (struct told_currency){code, field};
    return OK;
}

enum err
api_check_currency(struct ctx *ctx, const struct told_currency *currency)
{
    struct merchant merchant;

    if (currency->code.len == 0) return OK;
    TRY(merchants_find(ctx, &merchant));
    if (str_is(currency->code, merchant.currency)) return OK;
    return fail_field(ctx, ERR_CURRENCY_DIFFERS, currency->field);
}

enum err
api_read_day(struct ctx *ctx, struct str text, const char *field, int64_t *day)
{
    enum err err = zone_day_parse(ctx->arena, text, day);

    return err == OK ? OK : fail_field(ctx, err, field);
}

static void
add_refs(const struct json_ids *ids, bool is_category, struct catalog_ref *refs, int *count)
{
    int first = *count;

    for (int i = 0; i < ids->count; i++) {
        bool is_there = false;

        for (int k = first; k < *count && !is_there; k++)
            is_there = refs[k].id == ids->at[i];
        if (!is_there) refs[(*count)++] = (struct catalog_ref){is_category, ids->at[i]};
    }
}

enum err
api_join_refs(struct ctx *ctx, struct api_place place, const struct json_ids *variations,
              const struct json_ids *categories, struct catalog_ref **refs, int *count)
{
    int told = variations->count + categories->count;

    if (told > SCOPE_MAX) return fail_field(ctx, ERR_FIELD_RANGE, place.path);
    *refs = ARENA_ARRAY(ctx->arena, struct catalog_ref, (size_t)told);
    *count = 0;
    add_refs(variations, false, *refs, count);
    add_refs(categories, true, *refs, count);
    return OK;
}

/* ---- programs ---- */

/* The members of a program that are objects or lists, and those that are words. */
struct told_program {
    json_t *rules, *tiers, *minimum, *value;
    struct str type, status, on_refund, ends_on;
    bool never_ends, has_no_value;
};

/* A number that is a field of its own: its name, its place in struct program, its limits. */
struct number_field {
    const char *path;
    enum program_field field;
    size_t offset;
    int64_t min, max;
};
/* clang-format off */
static const struct number_field numbers[] = {
    {"expiration_days", PROGRAM_EXPIRY, offsetof(struct program, expiry_days), 0, PROGRAM_DAYS_MAX},
    {"expiry_notice_days", PROGRAM_NOTICE, offsetof(struct program, notice_days),
     0, PROGRAM_DAYS_MAX},
    {"ripen_days", PROGRAM_RIPENING, offsetof(struct program, ripen_days), 0, PROGRAM_DAYS_MAX},
    {"limits.points_per_purchase", PROGRAM_CAP_PURCHASE, offsetof(struct program, cap_purchase),
     0, LIMIT_MAX},
    {"limits.points_per_day", PROGRAM_CAP_DAY, offsetof(struct program, cap_day), 0, LIMIT_MAX},
    {"limits.points_per_month", PROGRAM_CAP_MONTH, offsetof(struct program, cap_month),
     0, LIMIT_MAX},
    {"limits.earnings_per_day", PROGRAM_VISITS_DAY, offsetof(struct program, visits_day),
     0, VISITS_MAX},
    {"limits.cooldown_minutes", PROGRAM_COOLDOWN, offsetof(struct program, cooldown_minutes),
     0, COOLDOWN_MAX},
};
/* clang-format on */
enum { COMMON_COUNT = 8, NUMBER_COUNT = sizeof numbers / sizeof numbers[0] };

/* Reads what the object itself holds; what it leads to is read after. */
static enum err
read_told(struct ctx *ctx, struct api_place place, bool is_new, struct program_request *request,
          struct told_program *told)
{
    struct program *to = &request->change.to;
    bool given[NUMBER_COUNT] = {false};
    /* clang-format off */
    struct json_field fields[COMMON_COUNT + NUMBER_COUNT + 2] = {
        {"name", JSON_FIELD_TEXT, &to->name, .required = is_new,
         .min = 1, .max = API_NAME_CHARS_MAX},
        {"terminology.one", JSON_FIELD_TEXT, &to->term_one, .required = is_new,
         .min = 1, .max = API_NAME_CHARS_MAX},
        {"terminology.other", JSON_FIELD_TEXT, &to->term_other, .required = is_new,
         .min = 1, .max = API_NAME_CHARS_MAX},
        {"accrual_rules", JSON_FIELD_LIST, &told->rules, .required = is_new,
         .max = PROGRAM_RULES_MAX},
        {"minimum_amount_money", JSON_FIELD_ANY, &told->minimum},
        {"on_refund", JSON_FIELD_TEXT, &told->on_refund},
        {"ends_on", JSON_FIELD_TEXT, &told->ends_on, .nulled = &told->never_ends},
        {"value", JSON_FIELD_ANY, &told->value, .nulled = &told->has_no_value},
    };
    /* A program stays of its type, and its tiers have addresses of their own. */
    const struct json_field of_new_ones[] = {
        {"type", JSON_FIELD_TEXT, &told->type, .required = true},
        {"reward_tiers", JSON_FIELD_LIST, &told->tiers, .max = PROGRAM_TIERS_MAX},
    };
    /* clang-format on */
    int count = COMMON_COUNT;

    for (int i = 0; i < NUMBER_COUNT; i++) {
        fields[count++] = (struct json_field){
            .path = numbers[i].path,
            .kind = JSON_FIELD_INT,
            .into = (char *)to + numbers[i].offset,
            .min = numbers[i].min,
            .max = numbers[i].max,
            .given = &given[i],
        };
    }
    if (is_new) {
        fields[count++] = of_new_ones[0];
        fields[count++] = of_new_ones[1];
    } else {
        fields[count++] = (struct json_field){"status", JSON_FIELD_TEXT, &told->status};
    }
    TRY(api_read_inner(ctx, place.at, place.path, fields, count));
    for (int i = 0; i < NUMBER_COUNT; i++)
        request->change.fields |= given[i] ? numbers[i].field : 0;
    return OK;
}

static enum err
read_words(struct ctx *ctx, struct api_place place, const struct told_program *told,
           struct program_request *request)
{
    struct program *to = &request->change.to;
    int type = PROGRAM_POINTS, active = 1, policy = REFUND_OWED;
    struct api_place ends_on = api_member(ctx, place, NULL, "ends_on");

    TRY(api_choose(ctx, told->type, api_member(ctx, place, NULL, "type").path,
                   API_NAMES(type_names), &type));
    TRY(api_choose(ctx, told->status, api_member(ctx, place, NULL, "status").path,
                   API_NAMES(status_names), &active));
    TRY(api_choose(ctx, told->on_refund, api_member(ctx, place, NULL, "on_refund").path,
                   API_NAMES(policy_names), &policy));
    if (told->ends_on.len > 0) TRY(api_read_day(ctx, told->ends_on, ends_on.path, &to->ends_on));
    to->type = (enum program_type)type;
    to->active = active == 1;
    to->on_refund = (enum refund_policy)policy;
    request->change.fields |= (to->name.len > 0 ? PROGRAM_NAME : 0) | PROGRAM_TERMS |
                              (told->status.len > 0 ? PROGRAM_STATUS : 0) |
                              (told->on_refund.len > 0 ? PROGRAM_REFUNDS : 0) |
                              (told->ends_on.len > 0 || told->never_ends ? PROGRAM_END : 0);
    return OK;
}

/* For the books: so many points are worth so much; null: as much as the best reward. */
static enum err
read_value(struct ctx *ctx, struct api_place place, const struct told_program *told,
           struct program_request *request)
{
    struct program *to = &request->change.to;
    struct api_place value = api_member(ctx, place, told->value, "value");
    json_t *money = NULL;
    /* clang-format off */
    const struct json_field fields[] = {
        {"points", JSON_FIELD_INT, &to->value_points, .required = true, .min = 1, .max = LIMIT_MAX},
        {"money", JSON_FIELD_ANY, &money, .required = true},
    };
    /* clang-format on */

    if (told->value != NULL || told->has_no_value) request->change.fields |= PROGRAM_VALUE;
    if (told->value == NULL) return OK;
    TRY(api_read_inner(ctx, value.at, value.path, JSON_FIELDS(fields)));
    return api_read_money(ctx, api_member(ctx, value, money, "money"), 1, &request->currency,
                          &to->value_minor);
}

static enum err
read_tiers(struct ctx *ctx, struct api_place list, struct program_request *request)
{
    struct program *to = &request->change.to;

    to->tier_count = (int)json_array_size(list.at);
    to->tiers = ARENA_ARRAY(ctx->arena, struct reward_tier, (size_t)to->tier_count);
    for (int i = 0; i < to->tier_count; i++) {
        struct tier_change tier = {0};

        TRY(api_read_tier(ctx, api_element(ctx, list, i), true, &request->currency, &tier));
        to->tiers[i] = tier.to;
        to->tiers[i].active = true;
    }
    return OK;
}

enum err
api_read_program(struct ctx *ctx, struct api_place place, bool is_new,
                 struct program_request *request)
{
    struct program *to = &request->change.to;
    struct told_program told = {0};
    struct api_place minimum;

    TRY(read_told(ctx, place, is_new, request, &told));
    TRY(read_words(ctx, place, &told, request));
    minimum = api_member(ctx, place, told.minimum, "minimum_amount_money");
    TRY(api_read_money(ctx, minimum, 0, &request->currency, &to->minimum_minor));
    if (told.minimum != NULL) request->change.fields |= PROGRAM_MINIMUM;
    TRY(read_value(ctx, place, &told, request));
    if (told.rules != NULL) {
        request->change.fields |= PROGRAM_RULES;
        TRY(api_read_rules(ctx, api_member(ctx, place, told.rules, "accrual_rules"),
                           &request->currency, to));
    }
    if (told.tiers == NULL) return OK;
    return read_tiers(ctx, api_member(ctx, place, told.tiers, "reward_tiers"), request);
}
