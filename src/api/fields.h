/*
 * fields — reading requests: what http_read_json and http_query leave to do.
 */
#pragma once
#include "http/http.h"

/*
 * Reads the members of an object inside the body, which was read as JSON_FIELD_ANY; path is its
 * place ("address"), put in front of a field at fault.
 * Errors: those of json_read_fields
 */
MUST_USE enum err api_read_inner(struct ctx *ctx, const json_t *inner, const char *path,
                                 const struct json_field *fields, int count);

/* Which of the names a text is; *index stays as it is when the text is empty.
 * Errors: ERR_FIELD_VALUE */
MUST_USE enum err api_choose(struct ctx *ctx, struct str text, const char *field,
                             const char *const *names, int count, int *index);
#define API_NAMES(array) (array), (int)(sizeof(array) / sizeof((array)[0]))

/* Refuses query parameters other than these. Errors: ERR_FIELD_UNKNOWN */
MUST_USE enum err api_query_only(struct ctx *ctx, const struct http_request *req,
                                 const char *const *names, int count);
/* *value stays as it is when the parameter is absent. Errors: ERR_FIELD_TYPE, ERR_FIELD_RANGE */
struct api_range {
    int64_t min, max;
};
MUST_USE enum err api_query_int(struct ctx *ctx, const struct http_request *req, const char *name,
                                struct api_range range, int64_t *value);

/*
 * Telephone numbers in two steps, because the merchant's country is in the database and parse has
 * none: parse settles numbers written with "+" and keeps others as they are, run settles those.
 * Errors: ERR_PHONE_NUMBER_INVALID with the field
 */
MUST_USE enum err api_phone_parse(struct ctx *ctx, struct str *phone, const char *field);
MUST_USE enum err api_phone_finish(struct ctx *ctx, struct str *phone, const char *field);
