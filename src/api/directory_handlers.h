/* directory_handlers — the handlers of the directory: searches, tags, segments, what is done to
 * many.
 */
#pragma once
#include "api/handlers.h"
#include "core/customers/filter.h"
#include "core/customers/tags.h"

API_PARSER(customer_list);
API_PARSER(customer_search);
API_HANDLER(customer_search);

struct search_request {
    struct customer_query query;
    bool wants_count; /* and how many there are in all */
};

/* Reads a body whose filter stands at "query.filter", beside fields of the caller's own.
 * Errors: those of http_read_json, api_phone_parse and filter_settle */
MUST_USE enum err api_filter_parse(struct ctx *ctx, const struct http_request *req,
                                   const struct json_field *own, int own_count,
                                   struct customer_query *query);
/* What of a filter needs the merchant: its country's telephone numbers. */
MUST_USE enum err api_filter_finish(struct ctx *ctx, struct customer_query *query);
