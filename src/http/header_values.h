/*
 * header_values — reading the request headers whose values are more than a text. Pure.
 */
#pragma once
#include "base/str.h"
#include <stdbool.h>

/* The token of an Authorization header, "Bearer TOKEN"; empty when it is of another kind. */
struct str header_bearer(struct str value);

/* Whether an Accept-Encoding allows a coding: named, and not with a weight of zero. The first
 * mention counts. */
bool header_accepts(struct str value, struct str coding);

/* Whether an If-None-Match names this entity tag (quoted), weakly or not, or any ("*"). */
bool header_has_etag(struct str value, struct str etag);
