/*
 * catalog_shapes — Square's catalog objects in JSON: what they look like, and how they are told.
 */
#pragma once
#include "api/fields.h"
#include "core/catalog/categories.h"
#include "core/catalog/taxes.h"

enum catalog_type { CATALOG_ITEM, CATALOG_CATEGORY, CATALOG_TAX };
/* A word of enum catalog_type, as Square writes it. */
extern const char *const catalog_type_names[3];

/* One of them, by the kind of its id. */
struct catalog_object_id {
    enum catalog_type type;
    int64_t v;
};
/* Errors: ERR_ID_MALFORMED with the field */
MUST_USE enum err catalog_object_id_parse(struct ctx *ctx, struct str text, const char *field,
                                          struct catalog_object_id *id);
void json_put_object_id(struct json_out *out, const char *key, struct catalog_object_id id);

void json_put_item(struct json_out *out, const char *key, const struct catalog_item *item,
                   struct str currency);
void json_put_category(struct json_out *out, const char *key, const struct category *category);
void json_put_tax(struct json_out *out, const char *key, const struct tax *tax);

/* An object as it was told. */
struct catalog_request {
    enum catalog_type type;
    struct str client_id; /* "#new": it is to be added; empty: id is to be changed */
    struct catalog_item item;
    struct category category;
    struct tax tax;
    struct str *variation_ids; /* what the caller calls each of the item's; may be empty */
    struct str currency;       /* of all its prices; empty: it has none */
    const char *currency_field;
};
/* Reads the body of an upsert. Errors: those of http_read_json, with the field */
MUST_USE enum err catalog_request_read(struct ctx *ctx, const struct http_request *req,
                                       struct catalog_request *request);
