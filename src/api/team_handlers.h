/* team_handlers — handlers of who works here and what they did; see handlers.h. */
#pragma once
#include "api/handlers.h"
#include "core/trail/trail.h"

struct trail_request {
    struct trail_query query;
    struct days_request days; /* into query's times, in the merchant's zone */
};

API_PARSER(trail_list);
API_HANDLER(trail_list);
API_HANDLER(trail_authors);
