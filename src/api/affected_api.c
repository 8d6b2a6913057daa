/* affected_api — who a change of a program touches, before it is made. */
#include "api/fields.h"
#include "api/program_fields.h"
#include "core/insight/affected.h"

enum err
api_program_preview_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct program_preview_request *request = into;
    json_t *told = NULL;
    const struct json_field body[] = {{"program", JSON_FIELD_ANY, &told, .required = true}};
    /* Deleting is told alone: {"closing": true}. */
    const struct json_field closing[] = {{"closing", JSON_FIELD_BOOL, &request->closing}};

    TRY(api_program_id_parse(ctx, req, &request->change.program.v));
    TRY(http_read_json(ctx, req, JSON_FIELDS(body)));
    if (json_object_get(told, "closing") != NULL) {
        TRY(api_read_inner(ctx, told, "program", JSON_FIELDS(closing)));
        return request->closing ? OK : fail_field(ctx, ERR_FIELD_VALUE, "program.closing");
    }
    return api_read_program(ctx, (struct api_place){told, "program"}, false, &request->change);
}

enum err
api_program_preview(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct program_preview_request *request = parsed;
    const struct program_request *change = &request->change;
    struct json_out *out = &reply->out;
    struct affected affected;

    TRY(api_check_currency(ctx, &change->currency));
    if (request->closing) {
        TRY(affected_by_closing(ctx, change->program, &affected));
    } else {
        TRY(affected_by_change(ctx, change->program, &change->change, &affected));
    }
    json_put_object(out, "preview");
    json_put_int(out, "accounts", affected.accounts);
    json_put_int(out, "points", affected.points);
    json_put_int(out, "pending_points", affected.pending_points);
    json_put_int(out, "rewards_issued", affected.rewards_issued);
    json_put_int(out, "waiting_orders", affected.waiting_orders);
    json_put_bool(out, "new_rules", affected.new_rules);
    json_put_array(out, "sentences");
    for (int i = 0; i < affected.sentence_count; i++) {
        json_put_object(out, NULL);
        json_put_text(out, "code", str_of(affected_name(affected.sentences[i].code)));
        json_put_int(out, "count", affected.sentences[i].count);
        json_end_object(out);
    }
    json_end_array(out);
    json_end_object(out);
    return OK;
}
