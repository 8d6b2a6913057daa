/* rights_handlers — handlers of what people may ask of their data; see handlers.h. */
#pragma once
#include "api/handlers.h"
#include "core/legal/legal.h"
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

struct legal_visit {
    struct str shop; /* in the app's address, first: api_shop_admit */
    struct str language, version;
};
struct wording_request {
    int kind; /* enum legal_kind */
    struct str language, text;
};

API_PARSER(app_legal);
API_PARSER(legal_show);
API_HANDLER(legal_show);
API_PARSER(legal_shown);
API_HANDLER(legal_shown);
API_PARSER(legal_identity_change);
API_HANDLER(legal_identity_change);
API_PARSER(legal_write);
API_HANDLER(legal_write);
API_PARSER(customer_export);
API_HANDLER(customer_export);
API_PARSER(app_export);
API_HANDLER(app_export);
API_HANDLER(retention_show);
API_PARSER(retention_change);
API_HANDLER(retention_change);
API_PARSER(retention_preview);
API_HANDLER(retention_preview);
