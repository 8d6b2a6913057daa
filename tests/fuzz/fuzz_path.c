/*
 * fuzz_path — the router gives a route exactly when the path fits it, segment by segment, and the
 * segments that it gives are the path's own. Found inputs live in tests/fuzz/corpus/path.
 *
 * The routes are the API's; the first byte chooses the method.
 */
#include "api/handlers.h"
#include "base/arena.h"
#include "base/check.h"
#include "http/router.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct router router;
static struct arena arena;

/* The first segment of a path without its slash; the path moves behind it. */
static struct str
take_segment(struct str *path)
{
    ASSERT(path->len > 0 && path->at[0] == '/');
    struct str rest = {path->at + 1, path->len - 1};
    const char *slash = memchr(rest.at, '/', rest.len);
    struct str segment = {rest.at, slash == NULL ? rest.len : (size_t)(slash - rest.at)};

    *path = (struct str){rest.at + segment.len, rest.len - segment.len};
    return segment;
}

/* A second opinion: does the path fit the route? Fills what the "{names}" stand for. */
static bool
fits(const struct route *route, struct str path, struct str *segments)
{
    struct str wanted = str_of(route->path);
    int count = 0;

    while (wanted.len > 0 && path.len > 0) {
        struct str name = take_segment(&wanted);
        struct str segment = take_segment(&path);

        if (name.len > 0 && name.at[0] == '{') {
            if (segment.len == 0) return false;
            segments[count++] = segment;
        } else if (!str_is(name, segment)) {
            return false;
        }
    }
    return wanted.len == 0 && path.len == 0;
}

static bool
fits_any(struct str path)
{
    struct str segments[HTTP_PATH_IDS_MAX];

    for (int i = 0; i < api_route_count; i++) {
        if (fits(&api_routes[i], path, segments)) return true;
    }
    return false;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str segments[HTTP_PATH_IDS_MAX] = {{0}};

    if (size < 2 || size > 512 || data[1] != '/') return 0;
    if (router.root == NULL) {
        arena_open(&arena, ARENA_REQUEST_MAX);
        router_open(&router, &arena, api_routes, api_route_count);
    }
    enum http_method method = (enum http_method)(data[0] % HTTP_METHODS);
    struct str path = {(const char *)data + 1, size - 1};
    struct router_match match = router_find(&router, method, path);

    if (match.route == NULL) {
        /* A literal wins, so "…/search" is never a "{name}", whatever the method. */
        ASSERT((match.methods & (1U << method)) == 0);
        ASSERT((match.methods != 0) == fits_any(path));
        return 0;
    }
    ASSERT(match.route->method == method);
    ASSERT(match.methods & (1U << method));
    ASSERT(fits(match.route, path, segments));
    for (int i = 0; i < HTTP_PATH_IDS_MAX && segments[i].len > 0; i++) {
        ASSERT(str_is(match.segments[i], segments[i]));
    }
    return 0;
}
