/* headers — what every reply says to keep browsers careful. */
#pragma once
#include "base/check.h"
#include <microhttpd.h>

/* Only for values made by us: a bad one is a bug. */
static inline void
headers_put(struct MHD_Response *response, const char *name, const char *value)
{
    enum MHD_Result added = MHD_add_response_header(response, name, value);
    ASSERT(added == MHD_YES);
}

static inline void
headers_put_safety(struct MHD_Response *response, const char *content_policy)
{
    headers_put(response, "Content-Security-Policy", content_policy);
    headers_put(response, "X-Content-Type-Options", "nosniff");
    headers_put(response, "Referrer-Policy", "no-referrer");
}
