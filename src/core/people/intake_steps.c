/* intake_steps — see intake.h: what a job does of an import at a time. */
#include "base/clock.h"
#include "base/encoding.h"
#include "core/loyalty/accounts.h"
#include "core/merchants/merchants.h"
#include "core/people/intake_store.h"
#include "core/people/intake_take.h"
#include "db/db.h"

/* Rows in a transaction: nobody at a till waits for more than these. */
enum { ROWS_TO_CHECK = 500, ROWS_TO_RUN = 100 };
enum { KEYS_TO_CLEAR = 2000, CHUNKS_TO_CLEAR = 16 };
#define KEEP_REFUSED_US (1 * CLOCK_DAY_US)
#define KEEP_WAITING_US (7 * CLOCK_DAY_US) /* a file that nobody goes on with */

enum work { WORK_READ, WORK_ROWS, WORK_CLEAR, WORK_ABANDON, WORK_FORGET_REFUSED };

struct intake_step {
    enum work work;
    struct intake intake; /* as it was */
    /* WORK_READ: */
    uint8_t sha256[HASH_LEN];
    bool is_utf8;
    /* WORK_ROWS: */
    struct intake_columns columns;
    struct csv_row header;
    struct intake_line *lines;
    struct intake_row *rows;
    int row_count;
    int64_t at, lines_read; /* behind them */
    char separator;
};

/* ---- preparing ---- */

/* Chunk by chunk, in memory of its own. */
static enum err
read_chunks(struct ctx *ctx, const struct intake *intake, struct hash_stream *hash,
            struct encoding_survey *survey, enum encoding_units *units)
{
    for (int64_t at = 0; at < intake->size; at += FILES_CHUNK_LEN) {
        struct str chunk;

        arena_reset(ctx->arena);
        TRY(files_read_chunk(ctx, intake->file, at / FILES_CHUNK_LEN, &chunk));
        hash_add(hash, chunk.at, chunk.len);
        if (at == 0) *units = encoding_units_of(chunk);
        if (*units == ENCODING_BYTES) encoding_survey_add(survey, chunk);
    }
    return OK;
}

static enum err
prepare_reading(struct ctx *ctx, struct intake_step *step)
{
    struct encoding_survey survey = {0};
    enum encoding_units units = ENCODING_BYTES; /* of UTF-16 rows come as UTF-8 */
    struct hash_stream hash;
    struct ctx reading = *ctx;
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    reading.arena = &arena;
    hash_begin(&hash);
    enum err err = read_chunks(&reading, &step->intake, &hash, &survey, &units);
    arena_close(&arena);
    TRY(err);
    hash_end(&hash, step->sha256);
    step->is_utf8 = encoding_survey_is_utf8(&survey);
    return OK;
}

static enum intake_pass_kind
pass_of(const struct intake *intake)
{
    return intake->state == INTAKE_RUNNING ? INTAKE_RUN : INTAKE_CHECK;
}

static void
add_row(struct ctx *ctx, struct intake_step *step, const struct intake_line *line)
{
    const struct intake_habits habits = {step->intake.country, step->intake.is_utf8};
    struct intake_row *row = &step->rows[step->row_count];

    *row = (struct intake_row){0};
    if (line->err == OK) intake_row_read(ctx, &line->cells, &step->columns, &habits, row);
    step->lines[step->row_count++] = *line;
}

/* From where the pass has come to. A row that has no cells is told as it stands in the file. */
static enum err
read_rows(struct ctx *ctx, struct intake_step *step, struct intake_reader *reader, int max)
{
    const struct intake_pass *pass = &step->intake.passes[pass_of(&step->intake)];

    if (pass->at > 0) {
        reader->at = pass->at;
        reader->lines = pass->lines;
    }
    int64_t until = reader->at + FILES_CHUNK_LEN;
    step->lines = ARENA_ARRAY(ctx->arena, struct intake_line, (size_t)max);
    step->rows = ARENA_ARRAY(ctx->arena, struct intake_row, (size_t)max);
    while (step->row_count < max && reader->at < until) {
        struct intake_line line;

        TRY(intake_reader_next(ctx, reader, &line));
        if (line.cells.count == 0) break;
        if (line.err != OK) line.cells.fields[0] = line.bytes;
        add_row(ctx, step, &line);
    }
    step->at = reader->at;
    step->lines_read = reader->lines;
    return OK;
}

static enum err
prepare_rows(struct ctx *ctx, struct intake_step *step)
{
    struct intake_reader reader = {.file = step->intake.file, .size = step->intake.size};
    int max = pass_of(&step->intake) == INTAKE_RUN ? ROWS_TO_RUN : ROWS_TO_CHECK;
    struct intake_line header;

    TRY(intake_columns_parse(ctx, step->intake.columns, &step->columns));
    TRY(intake_reader_open(ctx, &reader));
    TRY(intake_reader_next(ctx, &reader, &header));
    step->header = header.cells;
    step->separator = reader.separator;
    return read_rows(ctx, step, &reader, max);
}

static enum work
work_of(const struct intake *intake)
{
    switch (intake->state) {
    case INTAKE_READING:
        return WORK_READ;
    case INTAKE_CHECKING:
    case INTAKE_RUNNING:
        return WORK_ROWS;
    case INTAKE_DONE:
    case INTAKE_CANCELED:
    case INTAKE_FAILED:
        return WORK_CLEAR;
    case INTAKE_UPLOADING:
    case INTAKE_READY:
    case INTAKE_CHECKED:
    case INTAKE_STATE_COUNT:
        return WORK_ABANDON;
    }
    return WORK_ABANDON;
}

enum err
intake_prepare_step(struct ctx *ctx, struct intake_step **step)
{
    struct intake_step *made;
    bool is_kept = false;
    intake_id id;

    *step = NULL;
    TRY(intake_store_find_open(ctx, ctx->now_us - KEEP_WAITING_US, &id));
    if (id.v == 0) {
        TRY(intake_store_find_kept(ctx, &id));
        is_kept = true;
    }
    if (id.v == 0) return OK;
    made = ARENA_NEW(ctx->arena, struct intake_step);
    TRY(intake_store_find(ctx, id, &made->intake));
    made->work = is_kept ? WORK_FORGET_REFUSED : work_of(&made->intake);
    if (made->work == WORK_READ) TRY(prepare_reading(ctx, made));
    if (made->work == WORK_ROWS) TRY(prepare_rows(ctx, made));
    *step = made;
    return OK;
}

/* ---- writing ---- */

static void
end(struct ctx *ctx, struct intake *intake, enum intake_state state, enum err failure)
{
    intake->state = state;
    intake->failure = failure == OK ? STR("") : str_of(err_name(failure));
    if (intake_is_over(state)) intake->refused_until_us = ctx->now_us + KEEP_REFUSED_US;
}

/* Points that are due expire now, and not between what an account had and what it has. */
static enum err
expire_due(struct ctx *ctx)
{
    int expired;

    do {
        TRY(accounts_expire(ctx, ACCOUNTS_EXPIRE_MAX, &expired));
    } while (expired == ACCOUNTS_EXPIRE_MAX);
    return OK;
}

static enum err
take_rows(struct ctx *ctx, const struct intake_step *step, struct intake_taking *taking)
{
    struct ctx writing = *ctx;
    struct arena arena;
    enum err err = OK;

    /* What it does is done by whoever began it; each row in memory that the next one has again. */
    writing.actor = (struct actor){.kind = step->intake.actor_kind, .id = step->intake.actor};
    if (taking->kind == INTAKE_RUN) TRY(expire_due(ctx));
    arena_open(&arena, ARENA_REQUEST_MAX);
    writing.arena = &arena;
    for (int i = 0; i < step->row_count && err == OK; i++) {
        err = intake_take_row(&writing, taking, &step->lines[i], &step->rows[i]);
        arena_reset(&arena);
    }
    arena_close(&arena);
    if (err == OK) return OK;
    return fail(ctx, err, "import %lld: %s", (long long)step->intake.id.v, writing.detail);
}

static enum err
append_refused(struct ctx *ctx, const struct intake_taking *taking, struct intake *intake)
{
    struct str text = csv_out_text(&taking->refused.out);

    if (text.len == 0) return OK;
    return files_append(ctx, intake->refused, text, &intake->refused_size);
}

static void
settle_end(struct ctx *ctx, const struct intake_pass *pass, enum intake_pass_kind kind,
           struct intake *intake)
{
    if (pass->rows == 0)
        end(ctx, intake, INTAKE_FAILED, ERR_IMPORT_EMPTY);
    else
        end(ctx, intake, kind == INTAKE_RUN ? INTAKE_DONE : INTAKE_CHECKED, OK);
}

static enum err
write_rows(struct ctx *ctx, const struct intake_step *step, struct intake *intake)
{
    struct merchant merchant;
    struct intake_taking taking = {
        .intake = intake,
        .kind = pass_of(intake),
        .pass = intake->passes[pass_of(intake)],
        .refused = {.header = &step->header, .columns = &step->columns},
    };

    TRY(merchants_find(ctx, &merchant));
    taking.refused.language = merchant.language;
    /* As the file's, so that the same spreadsheet opens it. */
    csv_out_open(&taking.refused.out, ctx->arena, step->separator == ',' ? ',' : ';');
    bool begins_table = intake->refused_size == 0 && taking.pass.at == 0;
    if (begins_table) intake_refused_begin(ctx, &taking.refused);
    TRY(take_rows(ctx, step, &taking));
    taking.pass.at = step->at;
    taking.pass.lines = step->lines_read;
    TRY(append_refused(ctx, &taking, intake));
    if (taking.pass.rows > INTAKE_ROWS_MAX)
        end(ctx, intake, INTAKE_FAILED, ERR_IMPORT_ROWS);
    else if (step->at >= intake->size)
        settle_end(ctx, &taking.pass, taking.kind, intake);
    intake->updated_us = ctx->now_us;
    TRY(intake_store_put_pass(ctx, intake->id, taking.kind, &taking.pass));
    return intake_store_change(ctx, intake);
}

static enum err
write_reading(struct ctx *ctx, const struct intake_step *step, struct intake *intake)
{
    memcpy(intake->sha256, step->sha256, HASH_LEN);
    intake->has_sha256 = true;
    intake->is_utf8 = step->is_utf8;
    intake->state = INTAKE_READY;
    intake->updated_us = ctx->now_us;
    return intake_store_change(ctx, intake);
}

/* The file's chunks from the last on, and the keys of its rows, a little at a time. */
static enum err
clear(struct ctx *ctx, struct intake *intake)
{
    int64_t chunks = (intake->received + FILES_CHUNK_LEN - 1) / FILES_CHUNK_LEN, removed;

    TRY(intake_store_remove_keys(ctx, intake->id, KEYS_TO_CLEAR, &removed));
    if (removed == KEYS_TO_CLEAR) return OK;
    int64_t first = chunks > CHUNKS_TO_CLEAR ? chunks - CHUNKS_TO_CLEAR : 0;
    TRY(files_cut(ctx, intake->file, first));
    intake->received = first * FILES_CHUNK_LEN;
    intake->cleared = first == 0;
    return intake_store_change(ctx, intake);
}

static enum err
forget_refused(struct ctx *ctx, struct intake *intake)
{
    TRY(files_cut(ctx, intake->refused, 0));
    intake->refused_size = 0;
    intake->refused_until_us = 0;
    return intake_store_change(ctx, intake);
}

/* What was prepared is still what there is. */
static bool
is_same(const struct intake *now, const struct intake *before)
{
    const struct intake_pass *pass = &now->passes[pass_of(now)];

    return now->state == before->state && now->round == before->round &&
           now->updated_us == before->updated_us && pass->at == before->passes[pass_of(now)].at;
}

enum err
intake_take_step(struct ctx *ctx, const struct intake_step *step, bool *more)
{
    struct intake intake;

    ASSERT(db_in_tx(ctx->db));
    *more = true;
    TRY(intake_store_find(ctx, step->intake.id, &intake));
    if (!is_same(&intake, &step->intake)) return OK;
    switch (step->work) {
    case WORK_READ:
        return write_reading(ctx, step, &intake);
    case WORK_ROWS:
        return write_rows(ctx, step, &intake);
    case WORK_CLEAR:
        return clear(ctx, &intake);
    case WORK_ABANDON:
        end(ctx, &intake, INTAKE_CANCELED, OK);
        return intake_store_change(ctx, &intake);
    case WORK_FORGET_REFUSED:
        return forget_refused(ctx, &intake);
    }
    return OK;
}
