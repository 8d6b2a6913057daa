/* catalog_fields — how the catalog's objects are told; see catalog_shapes.h. */
#include "api/catalog_shapes.h"

#define ITEM       "object.item_data"
#define VARIATIONS ITEM ".variations"

static const char *
name_place(struct ctx *ctx, int index, const char *field)
{
    return str_format(ctx->arena, VARIATIONS "[%d].%s", index, field).at;
}

/* What the body says of one variation, besides what is kept of it. */
struct told_variation {
    struct str type, item, pricing_type, currency;
    bool has_price;
};

/* FIXED_PRICING has a price, VARIABLE_PRICING has none; without the word the price tells. */
static enum err
check_pricing(struct ctx *ctx, const struct told_variation *told, int index)
{
    static const char *const names[] = {"FIXED_PRICING", "VARIABLE_PRICING"};
    const char *field = name_place(ctx, index, "item_variation_data.pricing_type");
    const char *price = name_place(ctx, index, "item_variation_data.price_money");
    int chosen = told->has_price ? 0 : 1;

    TRY(api_choose(ctx, told->pricing_type, field, API_NAMES(names), &chosen));
    if (chosen == 0 && !told->has_price) return fail_field(ctx, ERR_FIELD_REQUIRED, price);
    if (chosen == 1 && told->has_price) return fail_field(ctx, ERR_FIELD_VALUE, field);
    if (told->has_price && told->currency.len == 0) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, str_format(ctx->arena, "%s.currency", price).at);
    }
    return OK;
}

/* All prices are in one currency, which is compared with the merchant's later. */
static enum err
note_currency(struct ctx *ctx, const struct told_variation *told, int index,
              struct catalog_request *request)
{
    const char *field = name_place(ctx, index, "item_variation_data.price_money.currency");

    if (!told->has_price) return OK;
    if (request->currency.len == 0) {
        request->currency = told->currency;
        request->currency_field = field;
    }
    if (str_is(told->currency, request->currency)) return OK;
    return fail_field(ctx, ERR_CURRENCY_DIFFERS, field);
}

/* "#anything", or nothing, is the caller's own name for a new one. */
static enum err
read_variation_id(struct ctx *ctx, struct str text, int index, struct catalog_request *request)
{
    int64_t *id = &request->item.variations[index].id.v;

    if (text.len == 0) return OK;
    if (str_starts(text, STR("#"))) {
        request->variation_ids[index] = text;
        return OK;
    }
    enum err err = id_parse(ID_variation, text, id);
    return err == OK ? OK : fail_field(ctx, err, name_place(ctx, index, "id"));
}

static enum err
read_variation(struct ctx *ctx, const json_t *list, int index, struct catalog_request *request)
{
    static const char *const types[] = {"ITEM_VARIATION"};
    struct catalog_variation *variation = &request->item.variations[index];
    struct told_variation told = {0};
    struct str id = {0};
    const json_t *ignored;
    int type = 0;
    /* clang-format off */
    const struct json_field fields[] = {
        {"type", JSON_FIELD_TEXT, &told.type, .required = true},
        {"id", JSON_FIELD_TEXT, &id},
        {"version", JSON_FIELD_ANY, &ignored},
        {"created_at", JSON_FIELD_ANY, &ignored},
        {"updated_at", JSON_FIELD_ANY, &ignored},
        {"is_deleted", JSON_FIELD_ANY, &ignored},
        {"present_at_all_locations", JSON_FIELD_ANY, &ignored},
        {"item_variation_data.item_id", JSON_FIELD_TEXT, &told.item},
        {"item_variation_data.ordinal", JSON_FIELD_ANY, &ignored},
        {"item_variation_data.name", JSON_FIELD_TEXT, &variation->name,
         .max = CATALOG_NAME_CHARS_MAX},
        {"item_variation_data.sku", JSON_FIELD_TEXT, &variation->sku, .max = CATALOG_SKU_CHARS_MAX},
        {"item_variation_data.pricing_type", JSON_FIELD_TEXT, &told.pricing_type},
        {"item_variation_data.price_money.amount", JSON_FIELD_INT, &variation->price_minor,
         .min = 0, .max = CATALOG_PRICE_MAX, .given = &told.has_price},
        {"item_variation_data.price_money.currency", JSON_FIELD_TEXT, &told.currency,
         .min = 3, .max = 3},
    };
    /* clang-format on */

    TRY(json_read_member(ctx, (struct json_member){list, VARIATIONS, index}, JSON_CLOSED,
                         JSON_FIELDS(fields)));
    TRY(api_choose(ctx, told.type, name_place(ctx, index, "type"), API_NAMES(types), &type));
    TRY(read_variation_id(ctx, id, index, request));
    variation->has_price = told.has_price;
    variation->name = str_trim(variation->name);
    variation->sku = str_trim(variation->sku);
    TRY(check_pricing(ctx, &told, index));
    return note_currency(ctx, &told, index, request);
}

static enum err
read_variations(struct ctx *ctx, const json_t *list, struct catalog_request *request)
{
    int count = (int)json_array_size(list);

    if (count == 0) return fail_field(ctx, ERR_FIELD_RANGE, VARIATIONS);
    request->item.variation_count = count;
    request->item.variations = ARENA_ARRAY(ctx->arena, struct catalog_variation, (size_t)count);
    request->variation_ids = ARENA_ARRAY(ctx->arena, struct str, (size_t)count);
    for (int i = 0; i < count; i++) {
        TRY(read_variation(ctx, list, i, request));
    }
    return OK;
}

/* Square has told an item's category in two ways, and gives both; one of them is enough. */
static enum err
read_categories(struct ctx *ctx, const json_t *list, struct catalog_request *request)
{
    category_id *category = &request->item.category, told = {0};
    const json_t *ignored;
    const struct json_field fields[] = {
        {"id", JSON_FIELD_ID, &told.v, .required = true, .id_kind = ID_category},
        {"ordinal", JSON_FIELD_ANY, &ignored},
    };

    if (list == NULL || json_array_size(list) == 0) return OK;
    TRY(json_read_member(ctx, (struct json_member){list, ITEM ".categories", 0}, JSON_CLOSED,
                         JSON_FIELDS(fields)));
    if (category->v != 0 && category->v != told.v) {
        return fail_field(ctx, ERR_FIELD_VALUE, ITEM ".category_id");
    }
    *category = told;
    return OK;
}

static enum err
read_item(struct ctx *ctx, const json_t *told, struct catalog_request *request)
{
    struct catalog_item *item = &request->item;
    const json_t *variations = NULL, *categories = NULL;
    struct json_ids taxes = {0};
    const struct json_field fields[] = {
        {"name", JSON_FIELD_TEXT, &item->name, .required = true, .max = CATALOG_NAME_CHARS_MAX},
        {"category_id", JSON_FIELD_ID, &item->category.v, .id_kind = ID_category},
        {"categories", JSON_FIELD_LIST, &categories, .max = 1},
        {"tax_ids", JSON_FIELD_IDS, &taxes, .id_kind = ID_tax, .max = 1},
        {"variations", JSON_FIELD_LIST, &variations, .required = true,
         .max = CATALOG_VARIATIONS_MAX},
    };

    TRY(api_read_inner(ctx, told, ITEM, JSON_FIELDS(fields)));
    item->name = str_trim(item->name);
    if (item->name.len == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, ITEM ".name");
    if (taxes.count > 0) item->tax.v = taxes.at[0];
    TRY(read_categories(ctx, categories, request));
    return read_variations(ctx, variations, request);
}

static enum err
read_category(struct ctx *ctx, const json_t *told, struct catalog_request *request)
{
    struct str *name = &request->category.name;
    const struct json_field fields[] = {
        {"name", JSON_FIELD_TEXT, name, .required = true, .max = CATEGORY_NAME_CHARS_MAX},
    };

    TRY(api_read_inner(ctx, told, "object.category_data", JSON_FIELDS(fields)));
    *name = str_trim(*name);
    return name->len > 0 ? OK : fail_field(ctx, ERR_FIELD_REQUIRED, "object.category_data.name");
}

static enum err
read_tax(struct ctx *ctx, const json_t *told, struct catalog_request *request)
{
    static const char *const kinds[] = {"ADDITIVE", "INCLUSIVE"};
    struct tax *tax = &request->tax;
    struct str percentage, inclusion = {0};
    const json_t *ignored;
    int included = 0;
    const struct json_field fields[] = {
        {"name", JSON_FIELD_TEXT, &tax->name, .required = true, .max = TAX_NAME_CHARS_MAX},
        {"percentage", JSON_FIELD_TEXT, &percentage, .required = true, .max = 20},
        {"inclusion_type", JSON_FIELD_TEXT, &inclusion},
        {"calculation_phase", JSON_FIELD_ANY, &ignored},
        {"enabled", JSON_FIELD_ANY, &ignored},
    };

    TRY(api_read_inner(ctx, told, "object.tax_data", JSON_FIELDS(fields)));
    tax->name = str_trim(tax->name);
    if (tax->name.len == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, "object.tax_data.name");
    enum err err = tax_parse_rate(percentage, &tax->rate);
    if (err != OK) return fail_field(ctx, err, "object.tax_data.percentage");
    TRY(api_choose(ctx, inclusion, "object.tax_data.inclusion_type", API_NAMES(kinds), &included));
    tax->included = included == 1;
    return OK;
}

/* ---- the object around it ---- */

struct told_object {
    struct str type, id;
    int64_t version, position;
    const json_t *parts[3]; /* by enum catalog_type */
};

/* An id has to be one of the object's own type. */
static enum err
read_id(struct ctx *ctx, const struct told_object *told, struct catalog_request *request)
{
    struct catalog_object_id id = {0};

    if (str_starts(told->id, STR("#"))) {
        request->client_id = told->id;
        return OK;
    }
    TRY(catalog_object_id_parse(ctx, told->id, "object.id", &id));
    if (id.type != request->type) return fail_field(ctx, ERR_ID_MALFORMED, "object.id");
    request->item.id.v = request->category.id.v = request->tax.id.v = id.v;
    return OK;
}

static enum err
read_part(struct ctx *ctx, const struct told_object *told, struct catalog_request *request)
{
    static const char *const names[] = {ITEM, "object.category_data", "object.tax_data"};

    for (int i = 0; i < 3; i++) {
        bool is_its = i == (int)request->type;
        if (is_its == (told->parts[i] != NULL)) continue;
        return fail_field(ctx, is_its ? ERR_FIELD_REQUIRED : ERR_FIELD_VALUE, names[i]);
    }
    switch (request->type) {
    case CATALOG_ITEM:
        return read_item(ctx, told->parts[CATALOG_ITEM], request);
    case CATALOG_CATEGORY:
        return read_category(ctx, told->parts[CATALOG_CATEGORY], request);
    case CATALOG_TAX:
        return read_tax(ctx, told->parts[CATALOG_TAX], request);
    }
    return OK;
}

enum err
catalog_request_read(struct ctx *ctx, const struct http_request *req,
                     struct catalog_request *request)
{
    struct told_object told = {.position = -1};
    struct str once_key;
    const json_t *ignored;
    int type = 0;
    /* clang-format off */
    const struct json_field fields[] = {
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
        {"object.type", JSON_FIELD_TEXT, &told.type, .required = true},
        {"object.id", JSON_FIELD_TEXT, &told.id, .required = true},
        {"object.version", JSON_FIELD_INT, &told.version, .min = 0, .max = INT64_MAX},
        {"object.position", JSON_FIELD_INT, &told.position, .min = 0, .max = CATALOG_POSITION_MAX},
        {ITEM, JSON_FIELD_ANY, &told.parts[CATALOG_ITEM]},
        {"object.category_data", JSON_FIELD_ANY, &told.parts[CATALOG_CATEGORY]},
        {"object.tax_data", JSON_FIELD_ANY, &told.parts[CATALOG_TAX]},
        {"object.created_at", JSON_FIELD_ANY, &ignored},
        {"object.updated_at", JSON_FIELD_ANY, &ignored},
        {"object.is_deleted", JSON_FIELD_ANY, &ignored},
        {"object.present_at_all_locations", JSON_FIELD_ANY, &ignored},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    TRY(api_choose(ctx, told.type, "object.type", API_NAMES(catalog_type_names), &type));
    request->type = (enum catalog_type)type;
    TRY(read_id(ctx, &told, request));
    request->item.version = request->category.version = request->tax.version = told.version;
    request->item.position = request->category.position = told.position;
    return read_part(ctx, &told, request);
}
