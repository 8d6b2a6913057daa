/* rights_handlers — handlers of what people may ask of their data; see handlers.h. */
#pragma once
#include "api/handlers.h"
#include "core/people/retention.h"

enum { EXPORT_MEMORY_MAX = 96 << 20 };

struct export_request {
    customer_id customer;
    int is_page;         /* 0: JSON */
    struct str language; /* of the page; empty: the person's */
    struct str token;    /* of a customer who asks for their own */
};
struct retention_request {
    struct retention wanted;
};
struct retention_preview {
    int64_t months, after;
};

API_PARSER(customer_export);
API_HANDLER(customer_export);
API_PARSER(app_export);
API_HANDLER(app_export);
API_HANDLER(retention_show);
API_PARSER(retention_change);
API_HANDLER(retention_change);
API_PARSER(retention_preview);
API_HANDLER(retention_preview);
