/* program_changes_api — what a merchant does with its programs and their reward tiers. */
#include "api/fields.h"
#include "api/handlers.h"
#include "api/shapes.h"

#define MONEY_MAX INT64_C(1000000000000)
enum { NAME_LEN_MAX = 100, TIER_POINTS_MAX = 1000000000, RULE_POINTS_MAX = 1000000 };

static const char *const type_names[] = {"points", "stamps", "cashback"};
static const char *const kind_names[] = {"VISIT", "SPEND"};
static const char *const tax_names[] = {"AFTER_TAX", "BEFORE_TAX"};
static const char *const status_names[] = {"INACTIVE", "ACTIVE"};

/* ---- reading ---- */

/* Which currency the merchant has is known in the writer; here, all amounts must be of one. */
static enum err
note_currency(struct ctx *ctx, struct program_request *request, struct str currency,
              const char *field)
{
    if (currency.len == 0) return OK;
    if (request->currency.len > 0 && !str_is(request->currency, currency)) {
        return fail_field(ctx, ERR_CURRENCY_DIFFERS, field);
    }
    request->currency = currency;
    request->currency_field = field;
    return OK;
}

static enum err
finish_rule(struct ctx *ctx, const char *place, struct str kind, struct str tax_mode,
            struct accrual_rule *rule)
{
    int chosen = ACCRUAL_VISIT, tax = 0;

    TRY(api_choose(ctx, kind, str_format(ctx->arena, "%s.accrual_type", place).at,
                   API_NAMES(kind_names), &chosen));
    rule->kind = (enum accrual_kind)chosen;
    TRY(api_choose(ctx, tax_mode,
                   str_format(ctx->arena, "%s.%s_data.tax_mode", place,
                              rule->kind == ACCRUAL_VISIT ? "visit" : "spend")
                       .at,
                   API_NAMES(tax_names), &tax));
    rule->before_tax = tax == 1;
    return OK;
}

static enum err
read_rule(struct ctx *ctx, const json_t *rules, int index, struct program_request *request,
          struct accrual_rule *rule)
{
    const char *place = str_format(ctx->arena, "program.accrual_rules[%d]", index).at;
    struct str kind, tax_visit = {0}, tax_spend = {0}, visit_currency = {0}, spend_currency = {0};
    bool has_visit = false, has_spend = false;
    int64_t visit_minor = 0, spend_minor = 0;
    /* clang-format off */
    const struct json_field fields[] = {
        {"accrual_type", JSON_FIELD_TEXT, &kind, .required = true},
        {"points", JSON_FIELD_INT, &rule->points, .required = true,
         .min = 1, .max = RULE_POINTS_MAX},
        {"visit_data.minimum_amount_money.amount", JSON_FIELD_INT, &visit_minor,
         .min = 0, .max = MONEY_MAX, .given = &has_visit},
        {"visit_data.minimum_amount_money.currency", JSON_FIELD_TEXT, &visit_currency},
        {"visit_data.tax_mode", JSON_FIELD_TEXT, &tax_visit},
        {"spend_data.amount_money.amount", JSON_FIELD_INT, &spend_minor,
         .min = 1, .max = MONEY_MAX, .given = &has_spend},
        {"spend_data.amount_money.currency", JSON_FIELD_TEXT, &spend_currency},
        {"spend_data.tax_mode", JSON_FIELD_TEXT, &tax_spend},
    };
    /* clang-format on */

    TRY(json_read_member(ctx, (struct json_member){rules, "program.accrual_rules", index},
                         JSON_CLOSED, JSON_FIELDS(fields)));
    bool is_spend = str_is(kind, STR("SPEND"));
    struct str currency = is_spend ? spend_currency : visit_currency;
    const char *amount = is_spend ? "spend_data.amount_money" : "visit_data.minimum_amount_money";
    amount = str_format(ctx->arena, "%s.%s", place, amount).at;
    TRY(finish_rule(ctx, place, kind, is_spend ? tax_spend : tax_visit, rule));
    if (is_spend && !has_spend) return fail_field(ctx, ERR_FIELD_REQUIRED, amount);
    if ((is_spend ? has_spend : has_visit) && currency.len == 0) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, amount);
    }
    rule->amount_minor = is_spend ? spend_minor : visit_minor;
    return note_currency(ctx, request, currency, amount);
}

static enum err
read_rules(struct ctx *ctx, const json_t *rules, struct program_request *request)
{
    struct program *to = &request->change.to;

    to->rule_count = (int)json_array_size(rules);
    if (to->rule_count == 0) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, "program.accrual_rules");
    }
    for (int i = 0; i < to->rule_count; i++) {
        TRY(read_rule(ctx, rules, i, request, &to->rules[i]));
    }
    request->change.fields |= PROGRAM_RULES;
    return OK;
}

static enum err
read_tiers(struct ctx *ctx, const json_t *tiers, struct program_request *request)
{
    request->tier_count = (int)json_array_size(tiers);
    for (int i = 0; i < request->tier_count; i++) {
        struct reward_tier *tier = &request->tiers[i];
        /* clang-format off */
        const struct json_field fields[] = {
            {"name", JSON_FIELD_TEXT, &tier->name, .required = true, .min = 1, .max = NAME_LEN_MAX},
            {"points", JSON_FIELD_INT, &tier->points, .required = true,
             .min = 1, .max = TIER_POINTS_MAX},
        };
        /* clang-format on */

        tier->active = true;
        TRY(json_read_member(ctx, (struct json_member){tiers, "program.reward_tiers", i},
                             JSON_CLOSED, JSON_FIELDS(fields)));
    }
    return OK;
}

/* What adding and changing share. The first three fields are of adding alone, the last of changing:
 * a new program is active. */
static enum err
read_program(struct ctx *ctx, const struct http_request *req, bool is_new,
             struct program_request *request)
{
    struct program *to = &request->change.to;
    bool has_minimum = false, has_expiry = false;
    struct str type = {0}, status = {0}, currency = {0}, once_key;
    json_t *rules = NULL, *tiers = NULL;
    int chosen = PROGRAM_POINTS, active = 1;
    /* clang-format off */
    const struct json_field fields[] = {
        {"program.type", JSON_FIELD_TEXT, &type, .required = is_new},
        {"program.reward_tiers", JSON_FIELD_LIST, &tiers, .max = PROGRAM_TIERS_MAX},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = is_new, .min = 1, .max = 128},
        {"program.name", JSON_FIELD_TEXT, &to->name, .required = is_new,
         .min = 1, .max = NAME_LEN_MAX},
        {"program.terminology.one", JSON_FIELD_TEXT, &to->term_one, .required = is_new,
         .min = 1, .max = NAME_LEN_MAX},
        {"program.terminology.other", JSON_FIELD_TEXT, &to->term_other, .required = is_new,
         .min = 1, .max = NAME_LEN_MAX},
        {"program.accrual_rules", JSON_FIELD_LIST, &rules, .required = is_new,
         .max = PROGRAM_RULES_MAX},
        {"program.minimum_amount_money.amount", JSON_FIELD_INT, &to->minimum_minor,
         .min = 0, .max = MONEY_MAX, .given = &has_minimum},
        {"program.minimum_amount_money.currency", JSON_FIELD_TEXT, &currency},
        {"program.expiration_days", JSON_FIELD_INT, &to->expiry_days,
         .min = 0, .max = PROGRAM_DAYS_MAX, .given = &has_expiry},
        {"program.status", JSON_FIELD_TEXT, &status},
    };
    /* clang-format on */
    const int of_new_ones = is_new ? 0 : 3;
    const int of_changes = is_new ? 1 : 0;

    TRY(http_read_json(ctx, req, fields + of_new_ones,
                       (int)(sizeof fields / sizeof fields[0]) - of_new_ones - of_changes));
    TRY(api_choose(ctx, type, "program.type", API_NAMES(type_names), &chosen));
    request->type = (enum program_type)chosen;
    TRY(api_choose(ctx, status, "program.status", API_NAMES(status_names), &active));
    to->active = active == 1;
    request->change.fields |= (to->name.len > 0 ? PROGRAM_NAME : 0) | PROGRAM_TERMS |
                              (status.len > 0 ? PROGRAM_STATUS : 0) |
                              (has_minimum ? PROGRAM_MINIMUM : 0) |
                              (has_expiry ? PROGRAM_EXPIRY : 0);
    if (has_minimum && currency.len == 0) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, "program.minimum_amount_money.currency");
    }
    TRY(note_currency(ctx, request, currency, "program.minimum_amount_money.currency"));
    if (rules != NULL) TRY(read_rules(ctx, rules, request));
    return tiers == NULL ? OK : read_tiers(ctx, tiers, request);
}

/* ---- programs ---- */

static enum err
check_currency(struct ctx *ctx, const struct program_request *request)
{
    struct merchant merchant;

    if (request->currency.len == 0) return OK;
    TRY(merchants_find(ctx, &merchant));
    if (str_is(request->currency, merchant.currency)) return OK;
    return fail_field(ctx, ERR_CURRENCY_DIFFERS, request->currency_field);
}

enum err
api_program_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return read_program(ctx, req, true, into);
}

enum err
api_program_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct program_request *request = parsed;
    const struct program *told = &request->change.to;
    struct program program = {
        .active = true,
        .type = request->type,
        .name = told->name,
        .term_one = told->term_one,
        .term_other = told->term_other,
        .minimum_minor = told->minimum_minor,
        .expiry_days = told->expiry_days,
        .on_refund = REFUND_OWED,
        .rule_count = told->rule_count,
        .tiers = ARENA_ARRAY(ctx->arena, struct reward_tier, PROGRAM_TIERS_MAX),
        .tier_count = request->tier_count,
    };

    /* It may run twice, and must find what was told: so it fills copies. */
    memcpy(program.rules, told->rules, sizeof program.rules);
    for (int i = 0; i < request->tier_count; i++)
        program.tiers[i] = request->tiers[i];
    TRY(check_currency(ctx, request));
    TRY(programs_create(ctx, &program));
    return json_put_program_found(ctx, &reply->out, program.id);
}

enum err
api_program_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct program_request *request = into;

    TRY(api_program_id_parse(ctx, req, &request->program.v));
    return read_program(ctx, req, false, request);
}

enum err
api_program_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct program_request *request = parsed;
    struct program program;

    TRY(check_currency(ctx, request));
    TRY(programs_change(ctx, request->program, &request->change, &program));
    return json_put_program_found(ctx, &reply->out, program.id);
}

/* ---- tiers ---- */

static enum err
read_tier(struct ctx *ctx, const struct http_request *req, bool is_new, struct tier_change *change)
{
    struct reward_tier *tier = &change->to;
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"tier.name", JSON_FIELD_TEXT, &tier->name, .required = is_new,
         .min = 1, .max = NAME_LEN_MAX},
        {"tier.points", JSON_FIELD_INT, &tier->points, .required = is_new,
         .min = 1, .max = TIER_POINTS_MAX},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = is_new, .min = 1, .max = 128},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    change->fields = (tier->name.len > 0 ? TIER_NAME : 0) | (tier->points > 0 ? TIER_POINTS : 0);
    return OK;
}

enum err
api_tier_add_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct tier_change *change = into;

    TRY(api_program_id_parse(ctx, req, &change->to.program.v));
    return read_tier(ctx, req, true, change);
}

enum err
api_tier_add(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct reward_tier tier = ((const struct tier_change *)parsed)->to;

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
    struct tier_change *change = into;

    TRY(parse_tier_id(ctx, req, &change->to));
    return read_tier(ctx, req, false, change);
}

enum err
api_tier_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct reward_tier tier;

    TRY(programs_replace_tier(ctx, parsed, &tier));
    return json_put_program_found(ctx, &reply->out, tier.program);
}

enum err
api_tier_withdraw(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct reward_tier *tier = parsed;

    TRY(programs_withdraw_tier(ctx, tier->program, tier->id));
    return json_put_program_found(ctx, &reply->out, tier->program);
}
