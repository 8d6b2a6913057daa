/* program_shapes — programs, their rules, reward tiers and promotions in JSON; see shapes.h */
#include "api/shapes.h"
#include "base/periods.h"
#include "base/quantity.h"
#include "base/zone.h"

/* ---- what several have ---- */

static void
put_list(struct json_out *out, const char *key, bool of_categories, const struct catalog_ref *refs,
         int count)
{
    bool is_open = false;

    for (int i = 0; i < count; i++) {
        if (refs[i].is_category != of_categories) continue;
        if (!is_open) json_put_array(out, key);
        is_open = true;
        json_put_id(out, NULL, of_categories ? ID_category : ID_variation, refs[i].id);
    }
    if (is_open) json_end_array(out);
}

/* An amount that there may be none of. */
static void
put_money_if(struct json_out *out, const char *key, int64_t minor, struct str currency)
{
    if (minor > 0) json_put_money(out, key, minor, currency);
}

static void
put_day_if(struct json_out *out, const char *key, int64_t day)
{
    if (day != 0) json_put_text(out, key, zone_day_format(out->arena, day));
}

static void
put_int_if(struct json_out *out, const char *key, int64_t value)
{
    if (value != 0) json_put_int(out, key, value);
}

/* ---- rules ---- */

static void
put_scope(struct json_out *out, const struct accrual_rule *rule)
{
    bool excludes = rule->scope_excludes;

    put_list(out, excludes ? "excluded_item_variation_ids" : "item_variation_ids", false,
             rule->scope, rule->scope_count);
    put_list(out, excludes ? "excluded_category_ids" : "category_ids", true, rule->scope,
             rule->scope_count);
}

/* Square names one; of several, the first is that one. */
static void
put_articles(struct json_out *out, const char *one, const char *all,
             const struct accrual_rule *rule)
{
    bool of_categories = rule->kind == ACCRUAL_CATEGORY;

    json_put_id(out, one, of_categories ? ID_category : ID_variation, rule->scope[0].id);
    put_list(out, all, of_categories, rule->scope, rule->scope_count);
}

void
json_put_accrual_rule(struct json_out *out, const char *key, const struct accrual_rule *rule,
                      struct str currency)
{
    static const char *const types[] = {"VISIT", "SPEND", "ITEM_VARIATION", "CATEGORY"};
    struct str tax_mode = rule->before_tax ? STR("BEFORE_TAX") : STR("AFTER_TAX");

    json_put_object(out, key);
    json_put_text(out, "accrual_type", str_of(types[rule->kind]));
    json_put_int(out, "points", rule->points);
    switch (rule->kind) {
    case ACCRUAL_VISIT:
        json_put_object(out, "visit_data");
        put_money_if(out, "minimum_amount_money", rule->amount_minor, currency);
        json_put_text(out, "tax_mode", tax_mode);
        put_scope(out, rule);
        break;
    case ACCRUAL_SPEND:
        json_put_object(out, "spend_data");
        json_put_money(out, "amount_money", rule->amount_minor, currency);
        json_put_text(out, "tax_mode", tax_mode);
        put_scope(out, rule);
        break;
    case ACCRUAL_ITEM_VARIATION:
        json_put_object(out, "item_variation_data");
        put_articles(out, "item_variation_id", "item_variation_ids", rule);
        break;
    case ACCRUAL_CATEGORY:
        json_put_object(out, "category_data");
        put_articles(out, "category_id", "category_ids", rule);
        break;
    }
    json_end_object(out);
    json_end_object(out);
}

/* ---- tiers ---- */

static const char *const tier_kinds[] = {"other", "percentage", "amount", "item", "credit"};

/* 105000 millionths are "10.5" of a hundred. */
static struct str
percentage(struct json_out *out, const struct reward_tier *tier)
{
    return quantity_format(out->arena, tier->value * 100);
}

/* As Square tells the same: read only. */
static void
put_definition(struct json_out *out, const struct reward_tier *tier, struct str currency)
{
    bool is_percentage = tier->kind == TIER_PERCENTAGE || tier->kind == TIER_ITEM;
    struct str scope = STR("ORDER");

    if (tier->kind == TIER_OTHER || tier->kind == TIER_CREDIT) return;
    if (tier->object_count > 0) {
        scope = tier->objects[0].is_category ? STR("CATEGORY") : STR("ITEM_VARIATION");
    } else if (tier->kind == TIER_ITEM) {
        scope = STR("ITEM_VARIATION");
    }
    json_put_object(out, "definition");
    json_put_text(out, "scope", scope);
    json_put_text(out, "discount_type",
                  is_percentage ? STR("FIXED_PERCENTAGE") : STR("FIXED_AMOUNT"));
    if (tier->kind == TIER_ITEM) json_put_text(out, "percentage_discount", STR("100"));
    if (tier->kind == TIER_PERCENTAGE) {
        json_put_text(out, "percentage_discount", percentage(out, tier));
    }
    if (!is_percentage) json_put_money(out, "fixed_discount_money", tier->value, currency);
    put_money_if(out, "max_discount_money", tier->max_minor, currency);
    if (tier->object_count > 0) json_put_array(out, "catalog_object_ids");
    for (int i = 0; i < tier->object_count; i++) {
        json_put_id(out, NULL, tier->objects[i].is_category ? ID_category : ID_variation,
                    tier->objects[i].id);
    }
    if (tier->object_count > 0) json_end_array(out);
    json_end_object(out);
}

void
json_put_tier_terms(struct json_out *out, const struct reward_tier *tier, struct str currency)
{
    json_put_text(out, "kind", str_of(tier_kinds[tier->kind]));
    if (tier->kind == TIER_PERCENTAGE) json_put_text(out, "percentage", percentage(out, tier));
    if (tier->kind == TIER_AMOUNT || tier->kind == TIER_CREDIT) {
        json_put_money(out, "amount_money", tier->value, currency);
    }
    put_money_if(out, "max_discount_money", tier->max_minor, currency);
    put_money_if(out, "minimum_amount_money", tier->minimum_minor, currency);
    put_list(out, "item_variation_ids", false, tier->objects, tier->object_count);
    put_list(out, "category_ids", true, tier->objects, tier->object_count);
    put_int_if(out, "valid_days", tier->valid_days);
}

void
json_put_tier(struct json_out *out, const char *key, const struct reward_tier *tier,
              struct str currency)
{
    json_put_object(out, key);
    json_put_id(out, "id", ID_tier, tier->id.v);
    json_put_int(out, "points", tier->points);
    json_put_text(out, "name", tier->name);
    json_put_time(out, "created_at", tier->created_us);
    put_definition(out, tier, currency);
    /* ours */
    json_put_tier_terms(out, tier, currency);
    if (tier->has_stock) json_put_int(out, "stock", tier->stock);
    put_int_if(out, "per_customer", tier->per_customer);
    json_end_object(out);
}

/* ---- programs ---- */

struct str
program_type_name(enum program_type type)
{
    static const char *const names[] = {"points", "stamps", "cashback"};

    return str_of(names[type]);
}

void
json_put_terminology(struct json_out *out, const struct program *program)
{
    json_put_object(out, "terminology");
    json_put_text(out, "one", program->term_one);
    json_put_text(out, "other", program->term_other);
    json_end_object(out);
}

void
json_put_program_fields(struct json_out *out, const struct program *program)
{
    json_put_id(out, "id", ID_program, program->id.v);
    json_put_text(out, "name", program->name);
    json_put_text(out, "type", program_type_name(program->type));
    json_put_terminology(out, program);
}

static void
put_expiry(struct json_out *out, const struct program *program)
{
    if (program->expiry_days == 0) return;
    json_put_object(out, "expiration_policy");
    json_put_text(out, "expiration_duration",
                  str_format(out->arena, "P%lldD", (long long)program->expiry_days));
    json_end_object(out);
}

static void
put_limits(struct json_out *out, const struct program *program)
{
    json_put_object(out, "limits");
    put_int_if(out, "points_per_purchase", program->cap_purchase);
    put_int_if(out, "points_per_day", program->cap_day);
    put_int_if(out, "points_per_month", program->cap_month);
    put_int_if(out, "earnings_per_day", program->visits_day);
    put_int_if(out, "cooldown_minutes", program->cooldown_minutes);
    json_end_object(out);
}

/* What Square's program does not have. */
static void
put_ours(struct json_out *out, const struct program *program, struct str currency)
{
    json_put_text(out, "name", program->name);
    json_put_text(out, "type", program_type_name(program->type));
    json_put_bool(out, "is_main", program->is_main);
    json_put_money(out, "minimum_amount_money", program->minimum_minor, currency);
    json_put_int(out, "expiration_days", program->expiry_days);
    json_put_int(out, "expiry_notice_days", program->notice_days);
    json_put_int(out, "ripen_days", program->ripen_days);
    json_put_text(out, "on_refund",
                  program->on_refund == REFUND_OWED ? STR("owed") : STR("to_zero"));
    put_day_if(out, "ends_on", program->ends_on);
    put_limits(out, program);
    if (program->value_points > 0) {
        json_put_object(out, "value");
        json_put_int(out, "points", program->value_points);
        json_put_money(out, "money", program->value_minor, currency);
        json_end_object(out);
    }
    json_put_int(out, "version", program->version);
    json_put_time(out, "closing_at", program->closing_us);
    json_put_time(out, "closed_at", program->closed_us);
}

void
json_put_program(struct json_out *out, const char *key, const struct program *program,
                 const struct program_place *place)
{
    json_put_object(out, key);
    json_put_id(out, "id", ID_program, program->id.v);
    json_put_text(out, "status", program->active ? STR("ACTIVE") : STR("INACTIVE"));
    json_put_array(out, "reward_tiers");
    for (int i = 0; i < program->tier_count; i++)
        json_put_tier(out, NULL, &program->tiers[i], place->currency);
    json_end_array(out);
    put_expiry(out, program);
    json_put_terminology(out, program);
    json_put_array(out, "location_ids");
    for (int i = 0; i < place->location_count; i++)
        json_put_id(out, NULL, ID_location, place->locations[i].id.v);
    json_end_array(out);
    json_put_time(out, "created_at", program->created_us);
    json_put_time(out, "updated_at", program->updated_us);
    json_put_array(out, "accrual_rules");
    for (int i = 0; i < program->rule_count; i++)
        json_put_accrual_rule(out, NULL, &program->rules[i], place->currency);
    json_end_array(out);
    put_ours(out, program, place->currency);
    json_end_object(out);
}

/* ---- promotions ---- */

const char *
promotion_status_name(enum promotion_status status)
{
    static const char *const names[] = {"SCHEDULED", "ACTIVE", "ENDED", "CANCELED"};

    return names[status];
}

static void
put_incentive(struct json_out *out, const struct promotion *promotion)
{
    json_put_object(out, "incentive");
    if (promotion->is_multiplier) {
        json_put_text(out, "type", STR("POINTS_MULTIPLIER"));
        json_put_object(out, "points_multiplier_data");
        json_put_text(
            out, "multiplier",
            quantity_format(out->arena, promotion->multiplier * (QUANTITY_ONE / PROMOTION_ONCE)));
        /* Square's earlier field knows whole numbers alone. */
        if (promotion->multiplier % PROMOTION_ONCE == 0) {
            json_put_int(out, "points_multiplier", promotion->multiplier / PROMOTION_ONCE);
        }
    } else {
        json_put_text(out, "type", STR("POINTS_ADDITION"));
        json_put_object(out, "points_addition_data");
        json_put_int(out, "points_addition", promotion->addition);
    }
    json_end_object(out);
    json_end_object(out);
}

static void
put_available_time(struct json_out *out, const struct promotion *promotion)
{
    json_put_object(out, "available_time");
    put_day_if(out, "start_date", promotion->start_on);
    put_day_if(out, "end_date", promotion->end_on);
    json_put_array(out, "time_periods");
    for (int i = 0; i < promotion->time_count; i++)
        json_put_text(out, NULL, period_format(out->arena, &promotion->times[i]));
    json_end_array(out);
    json_end_object(out);
}

void
json_put_promotion(struct json_out *out, const char *key, const struct promotion *promotion,
                   const struct promotion_place *place)
{
    json_put_object(out, key);
    json_put_id(out, "id", ID_promotion, promotion->id.v);
    json_put_text(out, "name", promotion->name);
    put_incentive(out, promotion);
    put_available_time(out, promotion);
    if (promotion->limit_times > 0) {
        json_put_object(out, "trigger_limit");
        json_put_int(out, "times", promotion->limit_times);
        json_put_text(out, "interval", promotion->limit_per_day ? STR("DAY") : STR("ALL_TIME"));
        json_end_object(out);
    }
    json_put_text(out, "status",
                  str_of(promotion_status_name(promotions_status(promotion, place->today))));
    json_put_time(out, "created_at", promotion->created_us);
    json_put_time(out, "canceled_at", promotion->canceled_us);
    json_put_time(out, "updated_at", promotion->updated_us);
    json_put_id(out, "loyalty_program_id", ID_program, promotion->program.v);
    put_money_if(out, "minimum_spend_amount_money", promotion->minimum_minor, place->currency);
    put_list(out, "qualifying_item_variation_ids", false, promotion->scope, promotion->scope_count);
    put_list(out, "qualifying_category_ids", true, promotion->scope, promotion->scope_count);
    json_end_object(out);
}
