/* intake — see intake.h. A file comes, is looked at, and is told what becomes of it. */
#include "core/people/intake.h"
#include "base/calc.h"
#include "base/encoding.h"
#include "base/list.h"
#include "core/loyalty/programs.h"
#include "core/merchants/merchants.h"
#include "core/people/intake_reader.h"
#include "core/people/intake_refused.h"
#include "core/people/intake_store.h"
#include "db/db.h"

bool
intake_is_over(enum intake_state state)
{
    return state == INTAKE_DONE || state == INTAKE_CANCELED || state == INTAKE_FAILED;
}

static enum err
refuse_state(struct ctx *ctx, const struct intake *intake)
{
    return fail(ctx, ERR_IMPORT_STATE, "import %lld is %s", (long long)intake->id.v,
                intake_state_name(intake->state));
}

/* ---- a file comes ---- */

enum err
intake_add(struct ctx *ctx, struct intake *intake)
{
    struct merchant merchant;

    if (intake->size < 1 || intake->size > INTAKE_SIZE_MAX)
        return fail_field(ctx, ERR_FIELD_RANGE, "size");
    TRY(merchants_find(ctx, &merchant));
    intake->id.v = id_next(ctx);
    intake->file.v = id_next(ctx);
    intake->refused.v = id_next(ctx);
    intake->state = INTAKE_UPLOADING;
    intake->country = merchant.country;
    intake->actor_kind = ctx->actor.kind;
    intake->actor = ctx->actor.id;
    intake->created_us = intake->updated_us = ctx->now_us;
    return intake_store_add(ctx, intake);
}

enum err
intake_add_part(struct ctx *ctx, intake_id id, int64_t number, struct str bytes,
                struct intake *intake)
{
    TRY(intake_store_find(ctx, id, intake));
    int64_t at = number * INTAKE_PART_LEN;
    int64_t len = calc_min(INTAKE_PART_LEN, intake->size - at);

    if (at >= intake->size || at > intake->received || (int64_t)bytes.len != len)
        return fail(ctx, ERR_IMPORT_PART, "part %lld of %zu bytes", (long long)number, bytes.len);
    if (at < intake->received) return OK; /* it is here already */
    if (intake->state != INTAKE_UPLOADING) return refuse_state(ctx, intake);
    TRY(files_append(ctx, intake->file, bytes, &intake->received));
    if (intake->received == intake->size) intake->state = INTAKE_READING;
    intake->updated_us = ctx->now_us;
    return intake_store_change(ctx, intake);
}

enum err
intake_find(struct ctx *ctx, intake_id id, struct intake *intake)
{
    return intake_store_find(ctx, id, intake);
}

enum err
intake_list(struct ctx *ctx, struct intake **intakes, int *count)
{
    return intake_store_list(ctx, INTAKE_LIST_MAX, intakes, count);
}

/* ---- what it looks like ---- */

static struct csv_row
decoded(struct ctx *ctx, const struct csv_row *row)
{
    struct csv_row text = {.count = row->count};

    for (int i = 0; i < row->count; i++) {
        text.fields[i] = str_trim(encoding_to_utf8(ctx->arena, row->fields[i]));
    }
    return text;
}

/* By the names of the columns, however they are written. */
static void
hash_header(struct ctx *ctx, const struct csv_row *header, uint8_t hash[static HASH_LEN])
{
    struct hash_stream stream;

    hash_begin(&stream);
    for (int i = 0; i < header->count; i++) {
        struct str key = table_key(ctx->arena, header->fields[i]);

        hash_add(&stream, key.at, key.len);
        hash_add(&stream, ",", 1);
    }
    hash_end(&stream, hash);
}

static enum err
guess_columns(struct ctx *ctx, struct intake_sample *sample)
{
    uint8_t hash[HASH_LEN];
    struct str said;

    hash_header(ctx, &sample->header, hash);
    TRY(intake_store_find_columns(ctx, hash, &said));
    sample->is_known = said.len > 0 && intake_columns_parse(ctx, said, &sample->guess) == OK;
    if (!sample->is_known) intake_columns_guess(ctx, &sample->header, &sample->guess);
    return OK;
}

static enum err
read_header(struct ctx *ctx, const struct intake *intake, struct intake_reader *reader,
            struct csv_row *header)
{
    struct intake_line line;

    *reader = (struct intake_reader){.file = intake->file, .size = intake->size};
    TRY(intake_reader_open(ctx, reader));
    TRY(intake_reader_next(ctx, reader, &line));
    *header = decoded(ctx, &line.cells);
    return OK;
}

enum err
intake_look(struct ctx *ctx, const struct intake *intake, struct intake_sample *sample)
{
    struct intake_reader reader;

    ASSERT(intake->state >= INTAKE_READY);
    ASSERT(!intake_is_over(intake->state));
    sample->row_count = 0;
    TRY(read_header(ctx, intake, &reader, &sample->header));
    while (sample->row_count < INTAKE_SAMPLES_MAX) {
        struct intake_line line;

        TRY(intake_reader_next(ctx, &reader, &line));
        if (line.cells.count == 0) break;
        sample->rows[sample->row_count++] = decoded(ctx, &line.cells);
    }
    return guess_columns(ctx, sample);
}

/* ---- what becomes of it ---- */

static bool
is_country(struct str text)
{
    return text.len == 2 && text.at[0] >= 'A' && text.at[0] <= 'Z' && text.at[1] >= 'A' &&
           text.at[1] <= 'Z';
}

/* Whose points they are: of no program when no column is points. */
static enum err
choose_program(struct ctx *ctx, const struct intake_columns *columns, program_id *id)
{
    struct program program;

    if (!intake_columns_have(columns, INTAKE_POINTS)) {
        *id = (program_id){0};
        return OK;
    }
    TRY(programs_find_rules(ctx, *id, &program));
    if (!program.active || program.closing_us != 0)
        return fail(ctx, ERR_PROGRAM_INACTIVE, "program %lld", (long long)program.id.v);
    *id = program.id;
    return OK;
}

/* So that the next file with this first line is known. */
static enum err
remember_columns(struct ctx *ctx, const struct intake *intake)
{
    struct intake_reader reader;
    struct csv_row header;
    uint8_t hash[HASH_LEN];

    TRY(read_header(ctx, intake, &reader, &header));
    hash_header(ctx, &header, hash);
    return intake_store_put_columns(ctx, hash, intake->columns);
}

static enum err
put_choice(struct ctx *ctx, const struct intake_choice *choice, struct intake *intake)
{
    struct intake_columns columns;

    TRY(intake_columns_parse(ctx, choice->columns, &columns));
    if (choice->country.len > 0 && !is_country(choice->country))
        return fail_field(ctx, ERR_FIELD_VALUE, "country");
    intake->columns = choice->columns;
    intake->mode = choice->mode;
    intake->program = choice->program;
    intake->consent = str_trim(choice->consent);
    if (choice->country.len > 0) intake->country = choice->country;
    TRY(choose_program(ctx, &columns, &intake->program));
    TRY(intake_store_find_source(ctx, intake, &intake->source));
    if (intake->source == 0) intake->source = id_next(ctx);
    return remember_columns(ctx, intake);
}

/* Whoever begins a pass is its author. */
static enum err
begin_pass(struct ctx *ctx, enum intake_pass_kind kind, struct intake *intake)
{
    intake->passes[kind] = (struct intake_pass){0};
    intake->refused_size = 0;
    intake->actor_kind = ctx->actor.kind;
    intake->actor = ctx->actor.id;
    intake->updated_us = ctx->now_us;
    TRY(files_cut(ctx, intake->refused, 0));
    TRY(intake_store_put_pass(ctx, intake->id, kind, &intake->passes[kind]));
    return intake_store_change(ctx, intake);
}

enum err
intake_begin_check(struct ctx *ctx, intake_id id, const struct intake_choice *choice,
                   struct intake *intake)
{
    ASSERT(db_in_tx(ctx->db));
    TRY(intake_store_find(ctx, id, intake));
    if (intake->state != INTAKE_READY && intake->state != INTAKE_CHECKED)
        return refuse_state(ctx, intake);
    TRY(put_choice(ctx, choice, intake));
    intake->state = INTAKE_CHECKING;
    intake->round++;
    return begin_pass(ctx, INTAKE_CHECK, intake);
}

enum err
intake_begin_run(struct ctx *ctx, intake_id id, struct intake *intake)
{
    ASSERT(db_in_tx(ctx->db));
    TRY(intake_store_find(ctx, id, intake));
    if (intake->state != INTAKE_CHECKED) return refuse_state(ctx, intake);
    intake->state = INTAKE_RUNNING;
    return begin_pass(ctx, INTAKE_RUN, intake);
}

enum err
intake_cancel(struct ctx *ctx, intake_id id, struct intake *intake)
{
    TRY(intake_store_find(ctx, id, intake));
    if (intake_is_over(intake->state)) return refuse_state(ctx, intake);
    intake->state = INTAKE_CANCELED;
    intake->refused_until_us = ctx->now_us;
    intake->updated_us = ctx->now_us;
    return intake_store_change(ctx, intake);
}

/* ---- what was refused ---- */

enum err
intake_list_refusals(struct ctx *ctx, const struct intake *intake, struct intake_refusal **refusals,
                     int *count)
{
    struct intake_reader reader = {.file = intake->refused, .size = intake->refused_size};
    struct intake_line line;

    *refusals = NULL;
    *count = 0;
    if (intake->refused_size == 0) return OK;
    TRY(intake_reader_open(ctx, &reader));
    TRY(intake_reader_next(ctx, &reader, &line)); /* the names of its columns */
    while (*count < INTAKE_REFUSALS_MAX) {
        TRY(intake_reader_next(ctx, &reader, &line));
        if (line.cells.count == 0) return OK;
        if (line.cells.count < REFUSED_COLUMNS) continue; /* too long to be read again */
        const struct intake_refusal refusal = {
            .line = line.cells.fields[REFUSED_LINE],
            .column = line.cells.fields[REFUSED_COLUMN],
            .value = line.cells.fields[REFUSED_VALUE],
            .code = line.cells.fields[REFUSED_CODE],
        };
        LIST_ADD(ctx->arena, *refusals, *count, refusal);
    }
    return OK;
}

enum err
intake_erase_customers(struct ctx *ctx)
{
    ASSERT(db_in_tx(ctx->db));
    return intake_store_end_keeping(ctx);
}
