/*
 * router — from a method and a path to a row of the route table.
 *
 * Built once from the table: a tree with a level for each segment of a path. A literal segment
 * wins over a "{name}"; where the literal leads nowhere, the name is tried.
 */
#pragma once
#include "http/http.h"

enum { HTTP_METHODS = 4 };

struct router {
    struct router_node *root;
};

/* Two rows with the same method and path, or too many "{names}", are a bug (asserted). */
void router_open(struct router *router, struct arena *arena, const struct route *routes, int count);

struct router_match {
    const struct route *route;              /* NULL: none */
    unsigned methods;                       /* bit per method that the path answers; 0: none */
    struct str segments[HTTP_PATH_IDS_MAX]; /* what the "{names}" took */
};
/* path begins with "/" and has no query. A slash at the end is not the same path. */
struct router_match router_find(const struct router *router, enum http_method method,
                                struct str path);
