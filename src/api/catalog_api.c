/* catalog_api — what a merchant sells over HTTP, in Square's catalog. */
#include "api/catalog_handlers.h"
#include "api/catalog_shapes.h"
#include "api/cursors.h"
#include "api/shapes.h"

enum { RETRIEVED_MAX = 100 };

/* ---- list ---- */

/* "ITEM,TAX"; an empty text is all of them. */
static enum err
read_types(struct ctx *ctx, struct str text, struct catalog_list_query *query)
{
    bool *wanted[] = {&query->items, &query->categories, &query->taxes};

    query->items = query->categories = query->taxes = text.len == 0;
    while (text.len > 0) {
        const char *comma = memchr(text.at, ',', text.len);
        size_t len = comma == NULL ? text.len : (size_t)(comma - text.at);
        int type = -1;

        TRY(api_choose(ctx, (struct str){text.at, len}, "types", API_NAMES(catalog_type_names),
                       &type));
        if (type < 0) return fail_field(ctx, ERR_FIELD_VALUE, "types");
        *wanted[type] = true;
        size_t taken = comma == NULL ? len : len + 1;
        text = (struct str){text.at + taken, text.len - taken};
    }
    return OK;
}

enum err
api_catalog_list_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"types", "cursor"};
    struct catalog_list_query *query = into;

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    TRY(read_types(ctx, http_query(ctx, req, "types"), query));
    return cursor_parse(ctx, "catalog", http_query(ctx, req, "cursor"), &query->after.v);
}

static enum err
put_categories(struct ctx *ctx, struct json_out *out)
{
    struct category *categories;
    int count;

    TRY(categories_list(ctx, &categories, &count));
    for (int i = 0; i < count; i++) {
        json_put_category(out, NULL, &categories[i]);
    }
    return OK;
}

static enum err
put_taxes(struct ctx *ctx, struct json_out *out)
{
    struct tax *taxes;
    int count;

    TRY(taxes_list(ctx, &taxes, &count));
    for (int i = 0; i < count; i++) {
        json_put_tax(out, NULL, &taxes[i]);
    }
    return OK;
}

/* Categories and taxes, which are few, stand before the first page of articles. */
enum err
api_catalog_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct catalog_list_query *query = parsed;
    bool is_first = query->after.v == 0;
    struct catalog_item *items = NULL;
    struct merchant merchant;
    int count = 0;

    TRY(merchants_find(ctx, &merchant));
    json_put_array(&reply->out, "objects");
    if (query->categories && is_first) TRY(put_categories(ctx, &reply->out));
    if (query->taxes && is_first) TRY(put_taxes(ctx, &reply->out));
    if (query->items) TRY(catalog_list(ctx, query->after, CATALOG_PAGE_MAX, &items, &count));
    for (int i = 0; i < count; i++) {
        json_put_item(&reply->out, NULL, &items[i], merchant.currency);
    }
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "catalog",
                                          .count = count,
                                          .limit = CATALOG_PAGE_MAX,
                                          .last = count > 0 ? items[count - 1].id.v : 0});
    return OK;
}

/* ---- search ---- */

enum err
api_catalog_search_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct catalog_query *query = into;
    struct str cursor = {0};
    struct json_ids categories = {0};
    int64_t limit = SEARCH_LIMIT_MAX;
    /* clang-format off */
    const struct json_field fields[] = {
        {"text_filter", JSON_FIELD_TEXT, &query->text},
        {"category_ids", JSON_FIELD_IDS, &categories, .id_kind = ID_category,
         .max = SEARCH_CATEGORIES_MAX},
        {"limit", JSON_FIELD_INT, &limit, .min = 1, .max = SEARCH_LIMIT_MAX},
        {"cursor", JSON_FIELD_TEXT, &cursor},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    query->limit = (int)limit;
    query->categories = categories.at;
    query->category_count = categories.count;
    return cursor_parse(ctx, "catalog search", cursor, &query->after.v);
}

enum err
api_catalog_search(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct catalog_query *query = parsed;
    struct catalog_item *items;
    struct merchant merchant;
    int count;

    TRY(merchants_find(ctx, &merchant));
    TRY(catalog_search(ctx, query, &items, &count));
    json_put_array(&reply->out, "items");
    for (int i = 0; i < count; i++) {
        json_put_item(&reply->out, NULL, &items[i], merchant.currency);
    }
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "catalog search",
                                          .count = count,
                                          .limit = query->limit,
                                          .last = count > 0 ? items[count - 1].id.v : 0});
    return OK;
}

/* ---- add and change ---- */

enum err
api_catalog_put_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return catalog_request_read(ctx, req, into);
}

static void
put_mapping(struct json_out *out, struct str client_id, enum id_kind kind, int64_t id)
{
    json_put_object(out, NULL);
    json_put_text(out, "client_object_id", client_id);
    json_put_id(out, "object_id", kind, id);
    json_end_object(out);
}

/* The id that each of the caller's own names has become. */
static void
put_mappings(struct json_out *out, const struct catalog_request *request,
             struct catalog_object_id id)
{
    static const enum id_kind kinds[] = {ID_item, ID_category, ID_tax};
    const struct catalog_item *item = &request->item;

    json_put_array(out, "id_mappings");
    if (request->client_id.len > 0) put_mapping(out, request->client_id, kinds[id.type], id.v);
    for (int i = 0; request->type == CATALOG_ITEM && i < item->variation_count; i++) {
        if (request->variation_ids[i].len == 0) continue;
        put_mapping(out, request->variation_ids[i], ID_variation, item->variations[i].id.v);
    }
    json_end_array(out);
}

static enum err
name_field(struct ctx *ctx, enum err err, enum catalog_type type)
{
    switch ((int)err) {
    case ERR_ITEM_CHANGED:
        return fail_field(ctx, err, "object.version");
    case ERR_CATEGORY_EXISTS:
        return fail_field(ctx, err, "object.category_data.name");
    case ERR_SKU_TAKEN:
    case ERR_VARIATION_UNKNOWN:
        return fail_field(ctx, err, "object.item_data.variations");
    case ERR_CATEGORY_UNKNOWN:
        return type == CATALOG_ITEM ? fail_field(ctx, err, "object.item_data.category_id") : err;
    case ERR_TAX_UNKNOWN:
        return type == CATALOG_ITEM ? fail_field(ctx, err, "object.item_data.tax_ids") : err;
    default:
        return err;
    }
}

static enum err
put_object(struct ctx *ctx, struct catalog_request *request, struct str currency,
           struct json_out *out)
{
    bool is_new = request->client_id.len > 0;

    switch (request->type) {
    case CATALOG_ITEM:
        TRY(is_new ? catalog_add(ctx, &request->item) : catalog_change(ctx, &request->item));
        json_put_item(out, "catalog_object", &request->item, currency);
        put_mappings(out, request, (struct catalog_object_id){CATALOG_ITEM, request->item.id.v});
        return OK;
    case CATALOG_CATEGORY:
        TRY(is_new ? categories_add(ctx, &request->category)
                   : categories_change(ctx, &request->category));
        json_put_category(out, "catalog_object", &request->category);
        put_mappings(out, request,
                     (struct catalog_object_id){CATALOG_CATEGORY, request->category.id.v});
        return OK;
    case CATALOG_TAX:
        TRY(is_new ? taxes_add(ctx, &request->tax) : taxes_change(ctx, &request->tax));
        json_put_tax(out, "catalog_object", &request->tax);
        put_mappings(out, request, (struct catalog_object_id){CATALOG_TAX, request->tax.id.v});
        return OK;
    }
    return OK;
}

/* A handler may run twice: what was parsed stays as it was told. */
static struct catalog_request
copy_request(struct ctx *ctx, const struct catalog_request *told)
{
    struct catalog_request request = *told;
    size_t count = (size_t)told->item.variation_count;

    if (count == 0) return request;
    request.item.variations = ARENA_ARRAY(ctx->arena, struct catalog_variation, count);
    memcpy(request.item.variations, told->item.variations, count * sizeof *request.item.variations);
    return request;
}

enum err
api_catalog_put(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct catalog_request request = copy_request(ctx, parsed);
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    if (request.currency.len > 0 && !str_is(request.currency, merchant.currency)) {
        return fail_field(ctx, ERR_CURRENCY_DIFFERS, request.currency_field);
    }
    enum err err = put_object(ctx, &request, merchant.currency, &reply->out);
    return name_field(ctx, err, request.type);
}

/* ---- one, by its id ---- */

enum err
api_catalog_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return catalog_object_id_parse(ctx, req->segment[0], "object", into);
}

/* An object as a reply has it. deleted tells whether it was removed. */
static enum err
find_object(struct ctx *ctx, struct catalog_object_id id, struct catalog_request *found,
            bool *deleted)
{
    found->type = id.type;
    switch (id.type) {
    case CATALOG_ITEM:
        TRY(catalog_find(ctx, (item_id){id.v}, &found->item));
        *deleted = found->item.deleted;
        return OK;
    case CATALOG_CATEGORY:
        TRY(categories_find(ctx, (category_id){id.v}, &found->category));
        *deleted = found->category.deleted;
        return OK;
    case CATALOG_TAX:
        TRY(taxes_find(ctx, (tax_id){id.v}, &found->tax));
        *deleted = found->tax.deleted;
        return OK;
    }
    return OK;
}

static void
put_found(struct json_out *out, const char *key, const struct catalog_request *found,
          struct str currency)
{
    if (found->type == CATALOG_ITEM) json_put_item(out, key, &found->item, currency);
    if (found->type == CATALOG_CATEGORY) json_put_category(out, key, &found->category);
    if (found->type == CATALOG_TAX) json_put_tax(out, key, &found->tax);
}

static enum err
unknown(enum catalog_type type)
{
    static const enum err errors[] = {ERR_ITEM_UNKNOWN, ERR_CATEGORY_UNKNOWN, ERR_TAX_UNKNOWN};

    return errors[type];
}

enum err
api_catalog_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct catalog_object_id *id = parsed;
    struct catalog_request found;
    struct merchant merchant;
    bool deleted = false;

    TRY(merchants_find(ctx, &merchant));
    TRY(find_object(ctx, *id, &found, &deleted));
    if (deleted) return fail(ctx, unknown(id->type), "it was removed");
    put_found(&reply->out, "object", &found, merchant.currency);
    return OK;
}

/* ---- several, by their ids ---- */

enum err
api_catalog_retrieve_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct catalog_ids *ids = into;
    struct json_texts told = {0};
    const struct json_field fields[] = {
        {"object_ids", JSON_FIELD_TEXTS, &told, .required = true, .max = RETRIEVED_MAX},
    };

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    ids->count = told.count;
    ids->at = ARENA_ARRAY(ctx->arena, struct catalog_object_id, (size_t)told.count + 1);
    for (int i = 0; i < told.count; i++) {
        const char *field = str_format(ctx->arena, "object_ids[%d]", i).at;
        TRY(catalog_object_id_parse(ctx, told.at[i], field, &ids->at[i]));
    }
    return OK;
}

/* What there is none of is left out, as Square does. */
enum err
api_catalog_retrieve(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct catalog_ids *ids = parsed;
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    json_put_array(&reply->out, "objects");
    for (int i = 0; i < ids->count; i++) {
        struct catalog_request found;
        bool deleted = false;
        enum err err = find_object(ctx, ids->at[i], &found, &deleted);

        if (err == unknown(ids->at[i].type) || (err == OK && deleted)) continue;
        TRY(err);
        put_found(&reply->out, NULL, &found, merchant.currency);
    }
    json_end_array(&reply->out);
    return OK;
}

/* ---- remove, and bring back ---- */

static void
put_variation_ids(struct json_out *out, const struct catalog_item *item)
{
    for (int i = 0; i < item->variation_count; i++) {
        json_put_id(out, NULL, ID_variation, item->variations[i].id.v);
    }
}

enum err
api_catalog_remove(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct catalog_object_id *id = parsed;
    struct catalog_item item = {0};
    struct category category;
    struct tax tax;
    int64_t at_us = 0;

    switch (id->type) {
    case CATALOG_ITEM:
        TRY(catalog_remove(ctx, (item_id){id->v}, &item));
        at_us = item.updated_us;
        break;
    case CATALOG_CATEGORY:
        TRY(categories_remove(ctx, (category_id){id->v}, &category));
        at_us = category.updated_us;
        break;
    case CATALOG_TAX:
        TRY(taxes_remove(ctx, (tax_id){id->v}, &tax));
        at_us = tax.updated_us;
        break;
    }
    json_put_array(&reply->out, "deleted_object_ids");
    json_put_object_id(&reply->out, NULL, *id);
    put_variation_ids(&reply->out, &item);
    json_end_array(&reply->out);
    json_put_time(&reply->out, "deleted_at", at_us);
    return OK;
}

enum err
api_catalog_restore(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct catalog_object_id *id = parsed;
    struct catalog_request found = {.type = id->type};
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    switch (id->type) {
    case CATALOG_ITEM:
        TRY(catalog_restore(ctx, (item_id){id->v}, &found.item));
        break;
    case CATALOG_CATEGORY:
        TRY(categories_restore(ctx, (category_id){id->v}, &found.category));
        break;
    case CATALOG_TAX:
        TRY(taxes_restore(ctx, (tax_id){id->v}, &found.tax));
        break;
    }
    put_found(&reply->out, "catalog_object", &found, merchant.currency);
    return OK;
}
