/* locations_api — the merchant's shops over HTTP, in Square's shapes. */
#include "api/handlers.h"
#include "api/shapes.h"

/* "main" is the merchant's first location, as it is Square's. */
enum err
api_location_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    int64_t *id = into;

    *id = 0;
    if (str_is(req->segment[0], STR("main"))) return OK;
    return http_path_id(ctx, req, 0, ID_location, id);
}

enum err
api_location_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct merchant merchant;
    struct location location;

    TRY(locations_find(ctx, (location_id){*id}, &location));
    TRY(merchants_find(ctx, &merchant));
    json_put_location(&reply->out, "location", &merchant, &location);
    return OK;
}

enum err
api_location_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct merchant merchant;
    struct location *locations;
    int count;

    (void)parsed;
    TRY(merchants_find(ctx, &merchant));
    TRY(locations_list(ctx, &locations, &count));
    json_put_array(&reply->out, "locations");
    for (int i = 0; i < count; i++) {
        json_put_location(&reply->out, NULL, &merchant, &locations[i]);
    }
    json_end_array(&reply->out);
    return OK;
}
