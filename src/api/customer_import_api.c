/* customer_import_api — customers and their points taken in from files: see core/people/intake.h.
 */
#include "api/fields.h"
#include "api/import_handlers.h"
#include "http/http.h"

enum { PARTS_MAX = INTAKE_SIZE_MAX / INTAKE_PART_LEN, COLUMN_NAME_MAX = 40 };

/* ---- what is told of one ---- */

static void
put_pass(struct json_out *out, const char *key, const struct intake *intake,
         const struct intake_pass *pass)
{
    json_put_object(out, key);
    json_put_int(out, "bytes_read", pass->at);
    json_put_int(out, "rows", pass->rows);
    json_put_int(out, "new", pass->added);
    json_put_int(out, "matched_by_phone", pass->by_phone);
    json_put_int(out, "matched_by_email", pass->by_email);
    json_put_int(out, "matched_by_reference", pass->by_reference);
    json_put_int(out, "imported_before", pass->again);
    json_put_int(out, "twice", pass->twice);
    json_put_int(out, "refused", pass->refused);
    json_put_int(out, "points", pass->points);
    if (pass == &intake->passes[INTAKE_RUN]) {
        json_put_int(out, "points_before", pass->points_before);
        json_put_int(out, "points_moved", pass->points_moved);
        json_put_int(out, "points_after", pass->points_after);
    }
    json_end_object(out);
}

/* Each column's name, or nothing: "phone,,points". */
static void
put_columns(struct json_out *out, const char *key, struct str columns)
{
    size_t begin = 0;

    json_put_array(out, key);
    for (size_t i = 0; i <= columns.len && columns.len > 0; i++) {
        if (i < columns.len && columns.at[i] != ',') continue;
        json_put_text(out, NULL, (struct str){columns.at + begin, i - begin});
        begin = i + 1;
    }
    json_end_array(out);
}

static void
put_import_fields(struct json_out *out, const struct intake *intake)
{
    json_put_id(out, "id", ID_intake, intake->id.v);
    json_put_text(out, "state", str_of(intake_state_name(intake->state)));
    json_put_text(out, "name", intake->name);
    json_put_int(out, "size", intake->size);
    if (intake->state == INTAKE_UPLOADING) json_put_int(out, "received", intake->received);
    json_put_text(out, "country", intake->country);
    json_put_text_if(out, "failure", intake->failure);
    json_put_bool(out, "has_refused_rows", intake->refused_size > 0);
    if (intake->round > 0) {
        put_columns(out, "columns", intake->columns);
        json_put_text(out, "mode", str_of(intake_mode_name(intake->mode)));
        json_put_id(out, "program_id", ID_program, intake->program.v);
        json_put_text_if(out, "consent", intake->consent);
        put_pass(out, "check", intake, &intake->passes[INTAKE_CHECK]);
    }
    bool has_run = intake->state == INTAKE_RUNNING || intake->passes[INTAKE_RUN].rows > 0;
    if (has_run) put_pass(out, "run", intake, &intake->passes[INTAKE_RUN]);
    json_put_time(out, "created_at", intake->created_us);
    json_put_time(out, "updated_at", intake->updated_us);
}

static void
put_import(struct json_out *out, const struct intake *intake)
{
    json_put_object(out, "import");
    put_import_fields(out, intake);
    json_end_object(out);
}

static void
put_cells(struct json_out *out, const struct csv_row *row)
{
    json_put_array(out, NULL);
    for (int i = 0; i < row->count; i++) {
        json_put_text(out, NULL, row->fields[i]);
    }
    json_end_array(out);
}

static void
put_sample(struct ctx *ctx, struct json_out *out, const struct intake_sample *sample)
{
    json_put_object(out, "sample");
    json_put_array(out, "header");
    for (int i = 0; i < sample->header.count; i++) {
        json_put_text(out, NULL, sample->header.fields[i]);
    }
    json_end_array(out);
    put_columns(out, "guess", intake_columns_format(ctx, &sample->guess));
    json_put_bool(out, "is_known", sample->is_known);
    json_put_array(out, "rows");
    for (int i = 0; i < sample->row_count; i++) {
        put_cells(out, &sample->rows[i]);
    }
    json_end_array(out);
    json_end_object(out);
}

static enum err
put_refusals(struct ctx *ctx, struct json_out *out, const struct intake *intake)
{
    struct intake_refusal *refusals;
    int count;

    TRY(intake_list_refusals(ctx, intake, &refusals, &count));
    json_put_array(out, "refusals");
    for (int i = 0; i < count; i++) {
        json_put_object(out, NULL);
        json_put_text(out, "row", refusals[i].line);
        json_put_text_if(out, "column", refusals[i].column);
        json_put_text_if(out, "value", refusals[i].value);
        json_put_text(out, "code", refusals[i].code);
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}

/* ---- a file comes ---- */

enum err
api_import_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, 0, ID_intake, into);
}

enum err
api_import_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct intake *intake = into;
    struct str once_key;
    const struct json_field fields[] = {
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .max = 128},
        {"name", JSON_FIELD_TEXT, &intake->name, .required = true, .max = INTAKE_NAME_CHARS_MAX},
        {"size", JSON_FIELD_INT, &intake->size, .required = true, .min = 1, .max = INTAKE_SIZE_MAX},
    };

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_import_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct intake *intake = parsed;

    TRY(intake_add(ctx, intake));
    put_import(&reply->out, intake);
    json_put_int(&reply->out, "part_size", INTAKE_PART_LEN);
    return OK;
}

/* The body is the part itself. */
enum err
api_import_part_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct import_part *part = into;

    part->bytes = req->body;
    TRY(http_path_id(ctx, req, 0, ID_intake, &part->import.v));
    return api_query_int(ctx, req, "number", (struct api_range){0, PARTS_MAX}, &part->number);
}

enum err
api_import_part(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct import_part *part = parsed;
    struct intake intake;

    TRY(intake_add_part(ctx, part->import, part->number, part->bytes, &intake));
    put_import(&reply->out, &intake);
    return OK;
}

/* ---- looking ---- */

enum err
api_import_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct intake *intakes;
    int count;

    (void)parsed;
    TRY(intake_list(ctx, &intakes, &count));
    json_put_array(&reply->out, "imports");
    for (int i = 0; i < count; i++) {
        json_put_object(&reply->out, NULL);
        put_import_fields(&reply->out, &intakes[i]);
        json_end_object(&reply->out);
    }
    json_end_array(&reply->out);
    return OK;
}

enum err
api_import_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct intake intake;
    struct intake_sample sample;

    TRY(intake_find(ctx, (intake_id){*id}, &intake));
    put_import(&reply->out, &intake);
    bool is_open = intake.state >= INTAKE_READY && !intake_is_over(intake.state);
    if (is_open) {
        TRY(intake_look(ctx, &intake, &sample));
        put_sample(ctx, &reply->out, &sample);
    }
    return put_refusals(ctx, &reply->out, &intake);
}

static enum err
read_piece(struct ctx *ctx, int64_t of, int64_t number, struct str *piece)
{
    return files_read_chunk(ctx, (file_id){of}, number, piece);
}

/* While a pass goes on the table grows: it is given out once it is whole. */
enum err
api_import_refused(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct intake intake;

    TRY(intake_find(ctx, (intake_id){*id}, &intake));
    if (intake.state == INTAKE_CHECKING || intake.state == INTAKE_RUNNING)
        return fail(ctx, ERR_IMPORT_STATE, "its table is not whole");
    if (intake.refused_size == 0) return fail(ctx, ERR_FILE_UNKNOWN, "nothing was refused");
    reply->pieces = (struct http_pieces){
        .read = read_piece,
        .of = intake.refused.v,
        .size = intake.refused_size,
        .piece_len = FILES_CHUNK_LEN,
        .type = "text/csv; charset=utf-8",
        .etag = str_format(ctx->arena, "%lld-%lld-%lld", (long long)intake.refused.v,
                           (long long)intake.round, (long long)intake.updated_us),
    };
    return OK;
}

/* ---- what becomes of it ---- */

/* The names of columns as one text; whether they are any is core's to say. */
static enum err
join_columns(struct ctx *ctx, const struct json_texts *texts, struct str *columns)
{
    *columns = STR("");
    for (int i = 0; i < texts->count; i++) {
        if (texts->at[i].len > COLUMN_NAME_MAX || memchr(texts->at[i].at, ',', texts->at[i].len))
            return fail_field(ctx, ERR_FIELD_VALUE, "columns");
        *columns = str_format(ctx->arena, "%.*s%s%.*s", STR_ARG(*columns), i > 0 ? "," : "",
                              STR_ARG(texts->at[i]));
    }
    return OK;
}

enum err
api_import_check_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const modes[INTAKE_MODE_COUNT] = {"add", "replace"};
    struct import_choice *request = into;
    struct intake_choice *choice = &request->choice;
    struct json_texts columns = {0};
    struct str mode = STR("");
    int index = INTAKE_ADD;
    const struct json_field fields[] = {
        {"columns", JSON_FIELD_TEXTS, &columns, .required = true, .max = CSV_FIELDS_MAX},
        {"mode", JSON_FIELD_TEXT, &mode},
        {"program_id", JSON_FIELD_ID, &choice->program.v, .id_kind = ID_program},
        {"country", JSON_FIELD_TEXT, &choice->country, .max = 2},
        {"consent", JSON_FIELD_TEXT, &choice->consent, .max = INTAKE_NAME_CHARS_MAX},
    };

    TRY(http_path_id(ctx, req, 0, ID_intake, &request->import.v));
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    TRY(api_choose(ctx, mode, "mode", API_NAMES(modes), &index));
    choice->mode = (enum intake_mode)index;
    return join_columns(ctx, &columns, &choice->columns);
}

enum err
api_import_check(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct import_choice *request = parsed;
    struct intake intake;

    TRY(intake_begin_check(ctx, request->import, &request->choice, &intake));
    put_import(&reply->out, &intake);
    return OK;
}

enum err
api_import_run(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct intake intake;

    TRY(intake_begin_run(ctx, (intake_id){*id}, &intake));
    put_import(&reply->out, &intake);
    return OK;
}

enum err
api_import_cancel(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct intake intake;

    TRY(intake_cancel(ctx, (intake_id){*id}, &intake));
    put_import(&reply->out, &intake);
    return OK;
}
