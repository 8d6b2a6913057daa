/* directory_handlers — the handlers of the directory: searches, tags, segments, what is done to
 * many.
 */
#pragma once
#include "api/handlers.h"
#include "core/customers/filter.h"
#include "core/directory/bulk.h"
#include "core/directory/segments.h"

API_PARSER(customer_list);
API_PARSER(customer_search);
API_HANDLER(customer_search);

API_PARSER(bulk_id);
API_PARSER(bulk_tag);
API_HANDLER(bulk_begin);
API_HANDLER(bulk_cancel);
API_HANDLER(bulk_list);
API_HANDLER(bulk_show);
API_HANDLER(bulk_undo);
API_PARSER(export_create);
enum err api_export_create_prepare(struct ctx *ctx, void *parsed);
API_HANDLER(export_show);
API_PARSER(segment_id);
API_PARSER(segment_change);
API_HANDLER(segment_change);
API_PARSER(segment_create);
API_HANDLER(segment_create);
API_PARSER(segment_list);
API_HANDLER(segment_list);
API_HANDLER(segment_remove);
API_PARSER(tag_id);
API_PARSER(tag_change);
API_HANDLER(tag_change);
API_PARSER(tag_create);
API_HANDLER(tag_create);
API_HANDLER(tag_list);
API_HANDLER(tag_remove);
API_HANDLER(tag_show);
API_PARSER(tagging);
API_HANDLER(tag_put_on);
API_HANDLER(tag_take_off);

struct tagging {
    customer_id customer;
    tag_id tag;
};
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
