/* router — see router.h. */
#include "http/router.h"

struct router_node {
    struct str literal;              /* empty for a name */
    struct router_node *first_child; /* literals */
    struct router_node *name_child;  /* "{name}"; may be NULL */
    struct router_node *next;        /* among its parent's literals */
    const struct route *routes[HTTP_METHODS];
};

/* Takes the next segment off a path: "/v2/customers" gives "v2" and leaves "/customers". */
static struct str
take_segment(struct str *path)
{
    ASSERT(path->len > 0);
    const char *start = path->at + 1;
    const char *slash = memchr(start, '/', path->len - 1);
    size_t len = slash == NULL ? path->len - 1 : (size_t)(slash - start);

    path->at = start + len;
    path->len -= len + 1;
    return (struct str){start, len};
}

static struct router_node *
find_literal(const struct router_node *node, struct str segment)
{
    struct router_node *child = node->first_child;

    while (child != NULL && !str_is(child->literal, segment))
        child = child->next;
    return child;
}

/* ---- building ---- */
static struct router_node *
child_for(struct router_node *node, struct arena *arena, struct str segment)
{
    bool is_name = segment.len > 0 && segment.at[0] == '{';
    struct router_node *child = is_name ? node->name_child : find_literal(node, segment);

    if (child != NULL) return child;
    child = ARENA_NEW(arena, struct router_node);
    if (is_name) {
        node->name_child = child;
        return child;
    }
    child->literal = segment;
    child->next = node->first_child;
    node->first_child = child;
    return child;
}

static void
add_route(struct router *router, struct arena *arena, const struct route *route)
{
    struct router_node *node = router->root;
    struct str path = str_of(route->path);
    int names = 0;

    ASSERT(path.len > 0);
    ASSERT(path.at[0] == '/');
    while (path.len > 0) {
        struct str segment = take_segment(&path);

        if (segment.len > 0 && segment.at[0] == '{') names++;
        node = child_for(node, arena, segment);
    }
    ASSERT(names <= HTTP_PATH_IDS_MAX);
    ASSERT(node->routes[route->method] == NULL);
    node->routes[route->method] = route;
}

void
router_open(struct router *router, struct arena *arena, const struct route *routes, int count)
{
    router->root = ARENA_NEW(arena, struct router_node);
    for (int i = 0; i < count; i++)
        add_route(router, arena, &routes[i]);
}

/* ---- finding ---- */
static unsigned
methods_of(const struct router_node *node)
{
    unsigned methods = 0;

    for (int i = 0; i < HTTP_METHODS; i++) {
        if (node->routes[i] != NULL) methods |= 1U << i;
    }
    return methods;
}

/* The node that the rest of a path leads to. As deep as the table's longest path at most. */
static const struct router_node *
walk(const struct router_node *node, struct str path, struct str *segments, int names)
{
    if (path.len == 0) return methods_of(node) != 0 ? node : NULL;

    struct str segment = take_segment(&path);
    const struct router_node *child = find_literal(node, segment);
    const struct router_node *found = child == NULL ? NULL : walk(child, path, segments, names);
    if (found != NULL || node->name_child == NULL || segment.len == 0) return found;

    segments[names] = segment;
    return walk(node->name_child, path, segments, names + 1);
}

struct router_match
router_find(const struct router *router, enum http_method method, struct str path)
{
    struct router_match match = {0};

    if (path.len == 0 || path.at[0] != '/') return match;
    const struct router_node *node = walk(router->root, path, match.segments, 0);
    if (node == NULL) return match;
    match.route = node->routes[method];
    match.methods = methods_of(node);
    return match;
}
