/* router_test — see router.h. */
#include "http/router.h"
#include "support/test.h"

static const struct route routes[] = {
    {READ, GET, "/", AUTH_NONE, 0},
    {READ, GET, "/v2/customers", AUTH_NONE, 0},
    {WRITE, POST, "/v2/customers", AUTH_NONE, 0},
    {READ, POST, "/v2/customers/search", AUTH_NONE, 0},
    {READ, GET, "/v2/customers/{customer}", AUTH_NONE, 0},
    {READ, GET, "/v2/customers/{customer}/cards/{card}", AUTH_NONE, 0},
    {READ, GET, "/v2/customers/search/deep", AUTH_NONE, 0},
};

static struct router_match
find(enum http_method method, const char *path)
{
    static struct arena arena;
    struct router router;

    arena_close(&arena);
    arena_open(&arena, ARENA_REQUEST_MAX);
    router_open(&router, &arena, routes, sizeof routes / sizeof routes[0]);
    return router_find(&router, method, str_of(path));
}

TEST(a_path_finds_its_row)
{
    EXPECT_TRUE(find(GET, "/").route == &routes[0]);
    EXPECT_TRUE(find(GET, "/v2/customers").route == &routes[1]);
    EXPECT_TRUE(find(POST, "/v2/customers").route == &routes[2]);
    EXPECT_TRUE(find(POST, "/v2/customers/search").route == &routes[3]);
}

TEST(names_take_a_segment_each)
{
    struct router_match match = find(GET, "/v2/customers/cus_1/cards/crd_2");

    EXPECT_TRUE(match.route == &routes[5]);
    EXPECT_STR("cus_1", match.segments[0]);
    EXPECT_STR("crd_2", match.segments[1]);
}

TEST(a_literal_that_leads_nowhere_gives_way_to_a_name)
{
    struct router_match match = find(GET, "/v2/customers/search/cards/crd_2");

    EXPECT_TRUE(match.route == &routes[5]);
    EXPECT_STR("search", match.segments[0]);
    EXPECT_TRUE(find(GET, "/v2/customers/search/deep").route == &routes[6]);
}

TEST(a_known_path_tells_its_methods)
{
    struct router_match match = find(DELETE_, "/v2/customers");

    EXPECT_TRUE(match.route == NULL);
    EXPECT_INT(1 << GET | 1 << POST, match.methods);
}

TEST(what_is_not_in_the_table_is_not_found)
{
    static const char *const paths[] = {
        "",
        "v2",
        "//",
        "/v2",
        "/v2/",
        "/v2/customers/",
        "/v2//customers",
        "/V2/customers",
        "/v2/customers/a/b",
        "/v2/customers//cards/c",
        "/v2/customers/a/cards/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u/v/w/x/y/z",
    };

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        struct router_match match = find(GET, paths[i]);

        EXPECT_TRUE(match.route == NULL);
        EXPECT_INT(0, match.methods);
    }
}

TESTS(RUN(a_path_finds_its_row), RUN(names_take_a_segment_each),
      RUN(a_literal_that_leads_nowhere_gives_way_to_a_name), RUN(a_known_path_tells_its_methods),
      RUN(what_is_not_in_the_table_is_not_found))
