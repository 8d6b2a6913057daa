/* see routes_print.h */
#include "api/routes_print.h"
#include "api/handlers.h"
#include "api/shapes.h"

static const char *
lane_name(enum http_lane lane)
{
    switch (lane) {
    case READ:
        return "READ";
    case WRITE:
        return "WRITE";
    case REPORT:
        return "REPORT";
    }
    ASSERT(!"a lane");
    return "";
}

static const char *
method_name(enum http_method method)
{
    switch (method) {
    case GET:
        return "GET";
    case POST:
        return "POST";
    case PUT:
        return "PUT";
    case DELETE_:
        return "DELETE";
    }
    ASSERT(!"a method");
    return "";
}

static void
print_needs(FILE *out, const struct route *route)
{
    if (route->auth == AUTH_NONE) fprintf(out, " (nobody in particular)");
    for (int bit = 0; permission_name(bit) != NULL; bit++) {
        if (route->needs >> bit & 1) fprintf(out, " %s", permission_name(bit));
    }
}

void
routes_print(FILE *out)
{
    for (int i = 0; i < api_route_count; i++) {
        const struct route *route = &api_routes[i];

        fprintf(out, "%-6s %-6s %-45s", lane_name(route->lane), method_name(route->method),
                route->path);
        print_needs(out, route);
        fprintf(out, "\n");
    }
}

static void
put_route(struct json_out *json, const struct route *route)
{
    json_put_object(json, NULL);
    json_put_text(json, "method", str_of(method_name(route->method)));
    json_put_text(json, "path", str_of(route->path));
    json_put_text(json, "name", str_of(route->name));
    json_put_text(json, "lane", str_of(lane_name(route->lane)));
    json_put_text(json, "auth", route->auth == AUTH_NONE ? STR("NONE") : STR("REQUIRED"));
    json_put_permissions(json, "needs", route->needs);
    json_put_bool(json, "traced", route->trace != TRACE_NOTHING);
    json_put_bool(json, "stream", route->stream);
    json_put_bool(json, "idempotent", route->idempotent);
    json_end_object(json);
}

void
routes_print_json(FILE *out)
{
    static const char *const roles[] = {"owner", "manager", "cashier"};
    struct json_out json;
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    json_out_open(&json, &arena);
    json_put_object(&json, NULL);
    json_put_array(&json, "routes");
    for (int i = 0; i < api_route_count; i++) {
        put_route(&json, &api_routes[i]);
    }
    json_end_array(&json);
    json_put_object(&json, "roles");
    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        json_put_permissions(&json, roles[i], permissions_of_role(roles[i]));
    }
    json_put_permissions(&json, "tablet", PERM_OF_TABLETS);
    json_put_permissions(&json, "customer", PERM_OF_CUSTOMERS);
    json_end_object(&json);
    json_end_object(&json);
    fprintf(out, "%.*s\n", STR_ARG(json_out_text(&json)));
    arena_close(&arena);
}
