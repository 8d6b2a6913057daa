/* catalog_api — the articles over HTTP, in the first form of Square's catalog. */
#include "api/cursors.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/shapes.h"

enum { NAME_MAX_CHARS = 200, CATEGORY_MAX_CHARS = 100 };

static void
put_variation(struct json_out *out, const struct catalog_item *item, struct str currency)
{
    json_put_object(out, NULL);
    json_put_text(out, "type", STR("ITEM_VARIATION"));
    json_put_id(out, "id", ID_variation, item->id.v);
    json_put_int(out, "version", item->version);
    json_put_time(out, "updated_at", item->updated_us);
    json_put_bool(out, "is_deleted", item->deleted);
    json_put_object(out, "item_variation_data");
    json_put_id(out, "item_id", ID_item, item->id.v);
    json_put_text(out, "name", item->name);
    json_put_text(out, "pricing_type", STR("FIXED_PRICING"));
    json_put_money(out, "price_money", item->price_minor, currency);
    json_end_object(out);
    json_end_object(out);
}

static void
put_item(struct json_out *out, const char *key, const struct catalog_item *item,
         struct str currency)
{
    json_put_object(out, key);
    json_put_text(out, "type", STR("ITEM"));
    json_put_id(out, "id", ID_item, item->id.v);
    json_put_int(out, "version", item->version);
    json_put_time(out, "created_at", item->created_us);
    json_put_time(out, "updated_at", item->updated_us);
    json_put_bool(out, "is_deleted", item->deleted);
    json_put_object(out, "item_data");
    json_put_text(out, "name", item->name);
    json_put_array(out, "variations");
    put_variation(out, item, currency);
    json_end_array(out);
    json_end_object(out);
    json_put_text_if(out, "category", item->category); /* ours */
    json_put_int(out, "position", item->position);     /* ours */
    json_end_object(out);
}

/* ---- list ---- */

enum err
api_catalog_list_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"types", "cursor"};
    static const char *const types[] = {"ITEM"};
    item_id *after = into;
    int type = 0;

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    TRY(api_choose(ctx, http_query(ctx, req, "types"), "types", API_NAMES(types), &type));
    return cursor_parse(ctx, "catalog", http_query(ctx, req, "cursor"), &after->v);
}

enum err
api_catalog_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const item_id *after = parsed;
    struct merchant merchant;
    struct catalog_item *items;
    int count;

    TRY(merchants_find(ctx, &merchant));
    TRY(catalog_list(ctx, *after, CATALOG_PAGE_MAX, &items, &count));
    json_put_array(&reply->out, "objects");
    for (int i = 0; i < count; i++) {
        put_item(&reply->out, NULL, &items[i], merchant.currency);
    }
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "catalog",
                                          .count = count,
                                          .limit = CATALOG_PAGE_MAX,
                                          .last = count > 0 ? items[count - 1].id.v : 0});
    return OK;
}

/* ---- add and change ---- */
#define VARIATIONS "object.item_data.variations"

/* What the body says of the one variation, besides its price. */
struct told_variation {
    struct str type, id, item, name, pricing_type;
};

/* An item here is one thing at one price: its variation has nothing of its own but that. */
static enum err
read_variation(struct ctx *ctx, const json_t *variations, struct catalog_request *request)
{
    static const char *const pricings[] = {"FIXED_PRICING"};
    static const char *const types[] = {"ITEM_VARIATION"};
    struct told_variation told = {0};
    const json_t *ignored;
    int pricing = 0;
    /* clang-format off */
    const struct json_field fields[] = {
        {"type", JSON_FIELD_TEXT, &told.type, .required = true},
        {"id", JSON_FIELD_TEXT, &told.id},
        {"version", JSON_FIELD_ANY, &ignored},
        {"updated_at", JSON_FIELD_ANY, &ignored},
        {"is_deleted", JSON_FIELD_ANY, &ignored},
        {"present_at_all_locations", JSON_FIELD_ANY, &ignored},
        {"item_variation_data.item_id", JSON_FIELD_TEXT, &told.item},
        {"item_variation_data.name", JSON_FIELD_TEXT, &told.name},
        {"item_variation_data.pricing_type", JSON_FIELD_TEXT, &told.pricing_type},
        {"item_variation_data.price_money.amount", JSON_FIELD_INT, &request->item.price_minor,
         .required = true, .min = 0, .max = CATALOG_PRICE_MAX},
        {"item_variation_data.price_money.currency", JSON_FIELD_TEXT, &request->currency,
         .required = true, .min = 3, .max = 3},
    };
    /* clang-format on */

    if (json_array_size(variations) != 1) return fail_field(ctx, ERR_FIELD_RANGE, VARIATIONS);
    TRY(json_read_member(ctx, (struct json_member){variations, VARIATIONS, 0}, JSON_CLOSED,
                         JSON_FIELDS(fields)));
    TRY(api_choose(ctx, told.type, VARIATIONS "[0].type", API_NAMES(types), &pricing));
    return api_choose(ctx, told.pricing_type, VARIATIONS "[0].item_variation_data.pricing_type",
                      API_NAMES(pricings), &pricing);
}

/* "#anything" is the caller's own name for a new one. */
static enum err
read_object_id(struct ctx *ctx, struct str id, struct catalog_request *request)
{
    request->client_id = str_starts(id, STR("#")) ? id : STR("");
    if (request->client_id.len > 0) return OK;
    enum err err = id_parse(ID_item, id, &request->item.id.v);
    return err == OK ? OK : fail_field(ctx, err, "object.id");
}

enum err
api_catalog_put_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct catalog_request *request = into;
    struct catalog_item *item = &request->item;
    struct str once_key, type, id;
    const json_t *variations, *ignored;
    static const char *const types[] = {"ITEM"};
    int chosen = 0;
    /* clang-format off */
    const struct json_field fields[] = {
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
        {"object.type", JSON_FIELD_TEXT, &type, .required = true},
        {"object.id", JSON_FIELD_TEXT, &id, .required = true},
        {"object.version", JSON_FIELD_INT, &item->version, .min = 0, .max = INT64_MAX},
        {"object.item_data.name", JSON_FIELD_TEXT, &item->name, .required = true,
         .max = NAME_MAX_CHARS},
        {VARIATIONS, JSON_FIELD_LIST, &variations, .required = true},
        {"object.created_at", JSON_FIELD_ANY, &ignored},
        {"object.updated_at", JSON_FIELD_ANY, &ignored},
        {"object.is_deleted", JSON_FIELD_ANY, &ignored},
        {"object.present_at_all_locations", JSON_FIELD_ANY, &ignored},
        {"object.category", JSON_FIELD_TEXT, &item->category, .max = CATEGORY_MAX_CHARS},
        {"object.position", JSON_FIELD_INT, &item->position, .min = 0, .max = CATALOG_POSITION_MAX},
    };
    /* clang-format on */

    item->position = -1;
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    TRY(api_choose(ctx, type, "object.type", API_NAMES(types), &chosen));
    TRY(read_object_id(ctx, id, request));
    TRY(read_variation(ctx, variations, request));
    item->name = str_trim(item->name);
    item->category = str_trim(item->category);
    return item->name.len > 0 ? OK : fail_field(ctx, ERR_FIELD_REQUIRED, "object.item_data.name");
}

/* The id that the caller's own name for it has become. */
static void
put_mapping(struct json_out *out, struct str client_id, item_id id)
{
    json_put_array(out, "id_mappings");
    json_put_object(out, NULL);
    json_put_text(out, "client_object_id", client_id);
    json_put_id(out, "object_id", ID_item, id.v);
    json_end_object(out);
    json_end_array(out);
}

enum err
api_catalog_put(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct catalog_request *request = parsed;
    struct catalog_item item = request->item;
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    if (!str_is(request->currency, merchant.currency)) {
        return fail_field(ctx, ERR_CURRENCY_DIFFERS,
                          VARIATIONS "[0].item_variation_data.price_money.currency");
    }
    if (request->client_id.len > 0) {
        TRY(catalog_add(ctx, &item));
    } else {
        enum err err = catalog_change(ctx, &item);
        if (err == ERR_ITEM_CHANGED) return fail_field(ctx, err, "object.version");
        TRY(err);
    }
    put_item(&reply->out, "catalog_object", &item, merchant.currency);
    if (request->client_id.len > 0) put_mapping(&reply->out, request->client_id, item.id);
    return OK;
}

/* ---- remove ---- */

enum err
api_item_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, 0, ID_item, into);
}

enum err
api_catalog_remove(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct catalog_item item;

    TRY(catalog_remove(ctx, (item_id){*id}, &item));
    json_put_array(&reply->out, "deleted_object_ids");
    json_put_id(&reply->out, NULL, ID_item, item.id.v);
    json_put_id(&reply->out, NULL, ID_variation, item.id.v);
    json_end_array(&reply->out);
    json_put_time(&reply->out, "deleted_at", item.updated_us);
    return OK;
}
