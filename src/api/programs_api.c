/* programs_api — loyalty programs, over HTTP. */
#include "api/fields.h"
#include "api/program_handlers.h"
#include "api/shapes.h"

enum err
api_program_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    int64_t *id = into;

    *id = 0;
    if (str_is(req->segment[0], STR("main"))) return OK;
    return http_path_id(ctx, req, 0, ID_program, id);
}

/* A program counts at every location, in the merchant's currency. */
static enum err
find_place(struct ctx *ctx, struct program_place *place)
{
    struct merchant merchant;
    struct location *locations;

    TRY(merchants_find(ctx, &merchant));
    TRY(locations_list(ctx, &locations, &place->location_count));
    place->currency = merchant.currency;
    place->locations = locations;
    return OK;
}

enum err
json_put_program_found(struct ctx *ctx, struct json_out *out, program_id id)
{
    struct program_place place;
    struct program program;

    TRY(programs_find(ctx, id, &program));
    TRY(find_place(ctx, &place));
    json_put_program(out, "program", &program, &place);
    return OK;
}

enum err
api_program_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;

    return json_put_program_found(ctx, &reply->out, (program_id){*id});
}

enum err
api_program_list_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const known[] = {"closed"};
    static const char *const answers[] = {"false", "true"};
    struct program_list_request *request = into;
    int chosen = 0;

    TRY(api_query_only(ctx, req, API_NAMES(known)));
    TRY(api_choose(ctx, http_query(ctx, req, "closed"), "closed", API_NAMES(answers), &chosen));
    request->closed = chosen == 1;
    return OK;
}

enum err
api_program_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct program_list_request *request = parsed;
    struct program_place place;
    struct program *programs;
    int count;

    if (request->closed) {
        TRY(programs_list_all(ctx, &programs, &count));
    } else {
        TRY(programs_list(ctx, &programs, &count));
    }
    TRY(find_place(ctx, &place));
    json_put_array(&reply->out, "programs");
    for (int i = 0; i < count; i++) {
        json_put_program(&reply->out, NULL, &programs[i], &place);
    }
    json_end_array(&reply->out);
    return OK;
}
