/* rule_fields — accrual rules and reward tiers in requests; see program_fields.h. */
#include "api/fields.h"
#include "api/program_fields.h"
#include "base/quantity.h"
#include "core/credit/credit.h"

enum { TIER_POINTS_MAX = 1000000000, RULE_POINTS_MAX = 1000000, STOCK_MAX = 1000000000 };

static const char *const kind_names[] = {"VISIT", "SPEND", "ITEM_VARIATION", "CATEGORY"};
static const char *const tax_names[] = {"AFTER_TAX", "BEFORE_TAX"};
static const char *const tier_names[] = {"other", "percentage", "amount", "item", "credit"};

/* ---- rules ---- */

static enum err
read_tax_mode(struct ctx *ctx, struct api_place place, struct str tax_mode,
              struct accrual_rule *rule)
{
    int mode = 0;

    TRY(api_choose(ctx, tax_mode, api_member(ctx, place, NULL, "tax_mode").path,
                   API_NAMES(tax_names), &mode));
    rule->before_tax = mode == 1;
    return OK;
}

static enum err
read_visit(struct ctx *ctx, struct api_place place, struct told_currency *currency,
           struct accrual_rule *rule)
{
    struct json_ids variations = {0}, categories = {0};
    struct str tax_mode = {0};
    json_t *minimum = NULL;
    /* clang-format off */
    const struct json_field fields[] = {
        {"minimum_amount_money", JSON_FIELD_ANY, &minimum},
        {"tax_mode", JSON_FIELD_TEXT, &tax_mode},
        {"item_variation_ids", JSON_FIELD_IDS, &variations, .id_kind = ID_variation,
         .max = SCOPE_MAX},
        {"category_ids", JSON_FIELD_IDS, &categories, .id_kind = ID_category, .max = SCOPE_MAX},
    };
    /* clang-format on */

    if (place.at == NULL) return OK;
    TRY(api_read_inner(ctx, place.at, place.path, JSON_FIELDS(fields)));
    TRY(read_tax_mode(ctx, place, tax_mode, rule));
    TRY(api_read_money(ctx, api_member(ctx, place, minimum, "minimum_amount_money"), 0, currency,
                       &rule->amount_minor));
    return api_join_refs(ctx, place, &variations, &categories, &rule->scope, &rule->scope_count);
}

/* These articles and categories count, or all but these: not both. */
static enum err
read_spend(struct ctx *ctx, struct api_place place, struct told_currency *currency,
           struct accrual_rule *rule)
{
    struct json_ids variations = {0}, categories = {0}, no_variations = {0}, no_categories = {0};
    struct str tax_mode = {0};
    json_t *amount = NULL;
    /* clang-format off */
    const struct json_field fields[] = {
        {"amount_money", JSON_FIELD_ANY, &amount, .required = true},
        {"tax_mode", JSON_FIELD_TEXT, &tax_mode},
        {"item_variation_ids", JSON_FIELD_IDS, &variations, .id_kind = ID_variation,
         .max = SCOPE_MAX},
        {"category_ids", JSON_FIELD_IDS, &categories, .id_kind = ID_category, .max = SCOPE_MAX},
        {"excluded_item_variation_ids", JSON_FIELD_IDS, &no_variations, .id_kind = ID_variation,
         .max = SCOPE_MAX},
        {"excluded_category_ids", JSON_FIELD_IDS, &no_categories, .id_kind = ID_category,
         .max = SCOPE_MAX},
    };
    /* clang-format on */

    if (place.at == NULL) return fail_field(ctx, ERR_FIELD_REQUIRED, place.path);
    TRY(api_read_inner(ctx, place.at, place.path, JSON_FIELDS(fields)));
    TRY(read_tax_mode(ctx, place, tax_mode, rule));
    TRY(api_read_money(ctx, api_member(ctx, place, amount, "amount_money"), 1, currency,
                       &rule->amount_minor));
    rule->scope_excludes = no_variations.count + no_categories.count > 0;
    if (rule->scope_excludes && variations.count + categories.count > 0) {
        return fail_field(ctx, ERR_FIELD_VALUE,
                          api_member(ctx, place, NULL, "excluded_category_ids").path);
    }
    if (rule->scope_excludes) {
        variations = no_variations;
        categories = no_categories;
    }
    return api_join_refs(ctx, place, &variations, &categories, &rule->scope, &rule->scope_count);
}

/* Articles, or categories, that earn: Square's one, or ours, several. */
static enum err
read_articles(struct ctx *ctx, struct api_place place, struct accrual_rule *rule)
{
    bool is_category = rule->kind == ACCRUAL_CATEGORY;
    enum id_kind kind = is_category ? ID_category : ID_variation;
    const char *one_name = is_category ? "category_id" : "item_variation_id";
    struct json_ids several = {0}, none = {0};
    int64_t one = 0;
    /* clang-format off */
    const struct json_field fields[] = {
        {one_name, JSON_FIELD_ID, &one, .id_kind = kind},
        {is_category ? "category_ids" : "item_variation_ids", JSON_FIELD_IDS, &several,
         .id_kind = kind, .max = SCOPE_MAX},
    };
    /* clang-format on */

    if (place.at == NULL) return fail_field(ctx, ERR_FIELD_REQUIRED, place.path);
    TRY(api_read_inner(ctx, place.at, place.path, JSON_FIELDS(fields)));
    if (several.count == 0) several = (struct json_ids){&one, one != 0};
    if (several.count == 0) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, api_member(ctx, place, NULL, one_name).path);
    }
    return api_join_refs(ctx, place, is_category ? &none : &several, is_category ? &several : &none,
                         &rule->scope, &rule->scope_count);
}

static enum err
read_rule(struct ctx *ctx, struct api_place place, struct told_currency *currency,
          struct accrual_rule *rule)
{
    static const char *const block_names[] = {"visit_data", "spend_data", "item_variation_data",
                                              "category_data"};
    struct str kind = {0};
    json_t *blocks[4] = {NULL};
    int chosen = ACCRUAL_VISIT;
    /* clang-format off */
    const struct json_field fields[] = {
        {"accrual_type", JSON_FIELD_TEXT, &kind, .required = true},
        {"points", JSON_FIELD_INT, &rule->points, .required = true,
         .min = 1, .max = RULE_POINTS_MAX},
        {block_names[0], JSON_FIELD_ANY, &blocks[0]},
        {block_names[1], JSON_FIELD_ANY, &blocks[1]},
        {block_names[2], JSON_FIELD_ANY, &blocks[2]},
        {block_names[3], JSON_FIELD_ANY, &blocks[3]},
    };
    /* clang-format on */

    TRY(api_read_inner(ctx, place.at, place.path, JSON_FIELDS(fields)));
    TRY(api_choose(ctx, kind, api_member(ctx, place, NULL, "accrual_type").path,
                   API_NAMES(kind_names), &chosen));
    for (int i = 0; i < 4; i++) {
        if (i == chosen || blocks[i] == NULL) continue;
        return fail_field(ctx, ERR_FIELD_UNKNOWN,
                          api_member(ctx, place, NULL, block_names[i]).path);
    }
    rule->kind = (enum accrual_kind)chosen;
    place = api_member(ctx, place, blocks[chosen], block_names[chosen]);
    switch (rule->kind) {
    case ACCRUAL_VISIT:
        return read_visit(ctx, place, currency, rule);
    case ACCRUAL_SPEND:
        return read_spend(ctx, place, currency, rule);
    case ACCRUAL_ITEM_VARIATION:
    case ACCRUAL_CATEGORY:
        break;
    }
    return read_articles(ctx, place, rule);
}

enum err
api_read_rules(struct ctx *ctx, struct api_place list, struct told_currency *currency,
               struct program *program)
{
    program->rule_count = (int)json_array_size(list.at);
    if (program->rule_count == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, list.path);
    for (int i = 0; i < program->rule_count; i++) {
        TRY(read_rule(ctx, api_element(ctx, list, i), currency, &program->rules[i]));
    }
    return OK;
}

/* ---- tiers ---- */

struct told_tier {
    struct str kind, percentage;
    json_t *amount, *max, *minimum;
    struct json_ids variations, categories;
    bool has_variations, has_categories, has_days, has_stock, has_any_stock, has_per_customer;
    bool has_no_max, has_no_minimum;
};

/* "10.5" of a hundred, in millionths: more than nothing, at most all, exactly. */
static enum err
read_percentage(struct ctx *ctx, struct api_place place, struct str text, int64_t *millionths)
{
    enum { OF_A_HUNDRED = 100 };
    int64_t value = 0;
    const char *field = api_member(ctx, place, NULL, "percentage").path;

    if (text.len == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, field);
    enum err err = quantity_parse(text, &value);
    if (err != OK) return fail_field(ctx, err, field);
    if (value <= 0 || value > OF_A_HUNDRED * QUANTITY_ONE || value % OF_A_HUNDRED != 0) {
        return fail_field(ctx, ERR_FIELD_RANGE, field);
    }
    *millionths = value / OF_A_HUNDRED;
    return OK;
}

/* What it is worth: each kind has its own member, and no other's. */
static enum err
read_worth(struct ctx *ctx, struct api_place place, const struct told_tier *told,
           struct told_currency *currency, struct tier_change *change)
{
    struct api_place amount = api_member(ctx, place, told->amount, "amount_money");
    struct reward_tier *tier = &change->to;
    int kind = TIER_OTHER;

    if (told->kind.len == 0) {
        if (told->percentage.len == 0 && told->amount == NULL) return OK;
        return fail_field(ctx, ERR_FIELD_REQUIRED, api_member(ctx, place, NULL, "kind").path);
    }
    TRY(api_choose(ctx, told->kind, api_member(ctx, place, NULL, "kind").path,
                   API_NAMES(tier_names), &kind));
    change->fields |= TIER_VALUE;
    tier->kind = (enum tier_kind)kind;
    bool has_amount = tier->kind == TIER_AMOUNT || tier->kind == TIER_CREDIT;
    if (tier->kind != TIER_PERCENTAGE && told->percentage.len > 0) {
        return fail_field(ctx, ERR_FIELD_VALUE, api_member(ctx, place, NULL, "percentage").path);
    }
    if (!has_amount && told->amount != NULL) return fail_field(ctx, ERR_FIELD_VALUE, amount.path);
    if (tier->kind == TIER_PERCENTAGE) {
        return read_percentage(ctx, place, told->percentage, &tier->value);
    }
    if (has_amount && told->amount == NULL) return fail_field(ctx, ERR_FIELD_REQUIRED, amount.path);
    TRY(api_read_money(ctx, amount, 1, currency, &tier->value));
    if (tier->kind != TIER_CREDIT || tier->value <= CREDIT_AMOUNT_MAX) return OK;
    return fail_field(ctx, ERR_FIELD_RANGE, api_member(ctx, amount, NULL, "amount").path);
}

static void
note_fields(const struct told_tier *told, struct tier_change *change)
{
    struct reward_tier *tier = &change->to;

    tier->has_stock = told->has_stock;
    change->fields |= (tier->name.len > 0 ? TIER_NAME : 0) | (tier->points > 0 ? TIER_POINTS : 0) |
                      (told->max != NULL || told->has_no_max ? TIER_MAX : 0) |
                      (told->minimum != NULL || told->has_no_minimum ? TIER_MINIMUM : 0) |
                      (told->has_variations || told->has_categories ? TIER_OBJECTS : 0) |
                      (told->has_days ? TIER_VALIDITY : 0) |
                      (told->has_stock || told->has_any_stock ? TIER_STOCK : 0) |
                      (told->has_per_customer ? TIER_PER_CUSTOMER : 0);
}

enum err
api_read_tier(struct ctx *ctx, struct api_place place, bool is_new, struct told_currency *currency,
              struct tier_change *change)
{
    struct reward_tier *tier = &change->to;
    struct told_tier told = {0};
    /* clang-format off */
    const struct json_field fields[] = {
        {"name", JSON_FIELD_TEXT, &tier->name, .required = is_new,
         .min = 1, .max = API_NAME_CHARS_MAX},
        {"points", JSON_FIELD_INT, &tier->points, .required = is_new,
         .min = 1, .max = TIER_POINTS_MAX},
        {"kind", JSON_FIELD_TEXT, &told.kind},
        {"percentage", JSON_FIELD_TEXT, &told.percentage, .max = QUANTITY_LEN_MAX},
        {"amount_money", JSON_FIELD_ANY, &told.amount},
        {"max_discount_money", JSON_FIELD_ANY, &told.max, .nulled = &told.has_no_max},
        {"minimum_amount_money", JSON_FIELD_ANY, &told.minimum, .nulled = &told.has_no_minimum},
        {"item_variation_ids", JSON_FIELD_IDS, &told.variations, .id_kind = ID_variation,
         .max = SCOPE_MAX, .given = &told.has_variations},
        {"category_ids", JSON_FIELD_IDS, &told.categories, .id_kind = ID_category,
         .max = SCOPE_MAX, .given = &told.has_categories},
        {"valid_days", JSON_FIELD_INT, &tier->valid_days, .min = 0, .max = PROGRAM_DAYS_MAX,
         .given = &told.has_days},
        {"stock", JSON_FIELD_INT, &tier->stock, .min = 0, .max = STOCK_MAX,
         .given = &told.has_stock, .nulled = &told.has_any_stock},
        {"per_customer", JSON_FIELD_INT, &tier->per_customer, .min = 0, .max = STOCK_MAX,
         .given = &told.has_per_customer},
    };
    /* clang-format on */

    TRY(api_read_inner(ctx, place.at, place.path, JSON_FIELDS(fields)));
    note_fields(&told, change);
    TRY(read_worth(ctx, place, &told, currency, change));
    TRY(api_read_money(ctx, api_member(ctx, place, told.max, "max_discount_money"), 1, currency,
                       &tier->max_minor));
    TRY(api_read_money(ctx, api_member(ctx, place, told.minimum, "minimum_amount_money"), 0,
                       currency, &tier->minimum_minor));
    return api_join_refs(ctx, place, &told.variations, &told.categories, &tier->objects,
                         &tier->object_count);
}
