/* catalog_shapes — what the catalog's objects look like; see catalog_shapes.h. */
#include "api/catalog_shapes.h"

const char *const catalog_type_names[] = {"ITEM", "CATEGORY", "TAX"};

static const enum id_kind kinds[] = {ID_item, ID_category, ID_tax};

enum err
catalog_object_id_parse(struct ctx *ctx, struct str text, const char *field,
                        struct catalog_object_id *id)
{
    for (int i = 0; i < 3; i++) {
        id->type = (enum catalog_type)i;
        if (id_parse(kinds[i], text, &id->v) == OK) return OK;
    }
    return fail_field(ctx, ERR_ID_MALFORMED, field);
}

void
json_put_object_id(struct json_out *out, const char *key, struct catalog_object_id id)
{
    json_put_id(out, key, kinds[id.type], id.v);
}

/* What all objects have; leaves the object open. */
struct object_head {
    struct catalog_object_id id;
    int64_t version, created_us, updated_us;
    bool deleted;
};

static void
put_head(struct json_out *out, const char *key, const struct object_head *head)
{
    json_put_object(out, key);
    json_put_text(out, "type", str_of(catalog_type_names[head->id.type]));
    json_put_object_id(out, "id", head->id);
    json_put_int(out, "version", head->version);
    json_put_time(out, "created_at", head->created_us);
    json_put_time(out, "updated_at", head->updated_us);
    json_put_bool(out, "is_deleted", head->deleted);
}

static void
put_variation(struct json_out *out, const struct catalog_item *item, int index, struct str currency)
{
    const struct catalog_variation *variation = &item->variations[index];

    json_put_object(out, NULL);
    json_put_text(out, "type", STR("ITEM_VARIATION"));
    json_put_id(out, "id", ID_variation, variation->id.v);
    json_put_int(out, "version", item->version);
    json_put_time(out, "updated_at", item->updated_us);
    json_put_bool(out, "is_deleted", item->deleted);
    json_put_object(out, "item_variation_data");
    json_put_id(out, "item_id", ID_item, item->id.v);
    json_put_text(out, "name", variation->name);
    json_put_text_if(out, "sku", variation->sku);
    json_put_int(out, "ordinal", index);
    json_put_text(out, "pricing_type",
                  variation->has_price ? STR("FIXED_PRICING") : STR("VARIABLE_PRICING"));
    if (variation->has_price) json_put_money(out, "price_money", variation->price_minor, currency);
    json_end_object(out);
    json_end_object(out);
}

static void
put_category_of(struct json_out *out, category_id category)
{
    if (category.v == 0) return;
    json_put_id(out, "category_id", ID_category, category.v);
    json_put_array(out, "categories");
    json_put_object(out, NULL);
    json_put_id(out, "id", ID_category, category.v);
    json_end_object(out);
    json_end_array(out);
}

void
json_put_item(struct json_out *out, const char *key, const struct catalog_item *item,
              struct str currency)
{
    put_head(out, key,
             &(struct object_head){.id = {CATALOG_ITEM, item->id.v},
                                   .version = item->version,
                                   .created_us = item->created_us,
                                   .updated_us = item->updated_us,
                                   .deleted = item->deleted});
    json_put_object(out, "item_data");
    json_put_text(out, "name", item->name);
    put_category_of(out, item->category);
    if (item->tax.v != 0) {
        json_put_array(out, "tax_ids");
        json_put_id(out, NULL, ID_tax, item->tax.v);
        json_end_array(out);
    }
    json_put_array(out, "variations");
    for (int i = 0; i < item->variation_count; i++) {
        put_variation(out, item, i, currency);
    }
    json_end_array(out);
    json_end_object(out);
    json_put_int(out, "position", item->position); /* ours */
    json_end_object(out);
}

void
json_put_category(struct json_out *out, const char *key, const struct category *category)
{
    put_head(out, key,
             &(struct object_head){.id = {CATALOG_CATEGORY, category->id.v},
                                   .version = category->version,
                                   .created_us = category->created_us,
                                   .updated_us = category->updated_us,
                                   .deleted = category->deleted});
    json_put_object(out, "category_data");
    json_put_text(out, "name", category->name);
    json_end_object(out);
    json_put_int(out, "position", category->position); /* ours */
    json_end_object(out);
}

void
json_put_tax(struct json_out *out, const char *key, const struct tax *tax)
{
    put_head(out, key,
             &(struct object_head){.id = {CATALOG_TAX, tax->id.v},
                                   .version = tax->version,
                                   .created_us = tax->created_us,
                                   .updated_us = tax->updated_us,
                                   .deleted = tax->deleted});
    json_put_object(out, "tax_data");
    json_put_text(out, "name", tax->name);
    json_put_text(out, "percentage", tax_format_rate(out->arena, tax->rate));
    json_put_text(out, "inclusion_type", tax->included ? STR("INCLUSIVE") : STR("ADDITIVE"));
    json_end_object(out);
    json_end_object(out);
}
