/*
 * cookies — the three cookies that prove who a browser is; no script can read them.
 */
#pragma once
#include "base/ctx.h"

enum cookie {
    COOKIE_SESSION, /* of a team member; sent everywhere */
    COOKIE_DEVICE,  /* of a counter tablet; sent to /v2/tablet only */
};

/* The header's value; keep_us 0 makes the browser forget it. */
struct str cookie_format(struct ctx *ctx, enum cookie cookie, struct str token, int64_t keep_us);
/* A customer's, which is sent to their shop's part of the API only: one for each shop. */
struct str cookie_format_customer(struct ctx *ctx, struct str slug, struct str token,
                                  int64_t keep_us);
