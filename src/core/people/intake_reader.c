/* intake_reader — see intake_reader.h. */
#include "core/people/intake_reader.h"
#include "base/calc.h"
#include "base/table.h"

_Static_assert(2 * INTAKE_ROW_LEN_MAX < FILES_CHUNK_LEN, "a row lies in two chunks at most");

/* So much of the window is read. */
static void
advance(struct intake_reader *reader, size_t len)
{
    struct str gone = {reader->window.at, len};

    ASSERT(len <= reader->window.len);
    ASSERT(reader->at == reader->window_at);
    reader->at += (int64_t)(reader->units == ENCODING_BYTES ? gone.len : encoding_utf16_len(gone));
    reader->window_at = reader->at;
    reader->window.at += len;
    reader->window.len -= len;
}

/* From the next byte on, what is left of its chunk, and the one behind it. */
static enum err
read_bytes(struct ctx *ctx, const struct intake_reader *reader, struct str *bytes)
{
    int64_t number = reader->at / FILES_CHUNK_LEN;
    size_t gone = (size_t)(reader->at % FILES_CHUNK_LEN);
    struct str first, second;

    TRY(files_read_chunk(ctx, reader->file, number, &first));
    ASSERT(gone < first.len);
    *bytes = (struct str){first.at + gone, first.len - gone};
    if ((number + 1) * FILES_CHUNK_LEN >= reader->size) return OK;
    TRY(files_read_chunk(ctx, reader->file, number + 1, &second));
    char *both = arena_alloc(ctx->arena, bytes->len + second.len);
    memcpy(both, bytes->at, bytes->len);
    memcpy(both + bytes->len, second.at, second.len);
    *bytes = (struct str){both, bytes->len + second.len};
    return OK;
}

static enum err
read_window(struct ctx *ctx, struct intake_reader *reader)
{
    struct str bytes;

    TRY(read_bytes(ctx, reader, &bytes));
    bool is_whole = reader->at + (int64_t)bytes.len >= reader->size;
    reader->window = bytes;
    if (reader->units != ENCODING_BYTES) {
        reader->window =
            encoding_from_utf16(ctx->arena, bytes, reader->units, is_whole, &bytes.len);
    }
    reader->window_at = reader->at;
    reader->window_end = reader->at + (int64_t)bytes.len;
    return OK;
}

/* At least a whole row's bytes, or all that is left. */
static enum err
make_room(struct ctx *ctx, struct intake_reader *reader)
{
    bool is_elsewhere = reader->at != reader->window_at;
    bool is_enough = reader->window_end >= reader->size || reader->window.len >= INTAKE_ROW_LEN_MAX;

    if (reader->at >= reader->size) return OK;
    if (!is_elsewhere && reader->window.len > 0 && is_enough) return OK;
    return read_window(ctx, reader);
}

/* Where in a chunk the line ends; NULL: not there. */
static const char *
find_line_end(const struct intake_reader *reader, struct str bytes)
{
    const char newline[2][ENCODING_UTF16_UNIT_LEN] = {"\n", "\0\n"};
    bool is_big = reader->units == ENCODING_UTF16_BE;

    if (reader->units == ENCODING_BYTES) return memchr(bytes.at, '\n', bytes.len);
    for (size_t i = 0; i + 1 < bytes.len; i += ENCODING_UTF16_UNIT_LEN) {
        if (memcmp(bytes.at + i, newline[is_big], ENCODING_UTF16_UNIT_LEN) == 0)
            return bytes.at + i;
    }
    return NULL;
}

/* One chunk after the other, however long the line is, in memory of its own. */
static enum err
skip_chunks(struct ctx *ctx, struct intake_reader *reader)
{
    size_t unit = reader->units == ENCODING_BYTES ? 1 : ENCODING_UTF16_UNIT_LEN;

    while (reader->at < reader->size) {
        size_t gone = (size_t)(reader->at % FILES_CHUNK_LEN);
        struct str chunk;

        arena_reset(ctx->arena);
        TRY(files_read_chunk(ctx, reader->file, reader->at / FILES_CHUNK_LEN, &chunk));
        struct str rest = {chunk.at + gone, chunk.len - gone};
        const char *end = find_line_end(reader, rest);
        reader->at += (int64_t)(end == NULL ? rest.len : (size_t)(end - rest.at) + unit);
        if (end != NULL) return OK;
    }
    return OK;
}

/* Goes behind the end of the line that it is in. */
static enum err
skip_line(struct ctx *ctx, struct intake_reader *reader)
{
    const char *end = memchr(reader->window.at, '\n', reader->window.len);
    struct ctx scan = *ctx;
    struct arena arena;

    reader->lines++;
    if (end != NULL) {
        advance(reader, (size_t)(end - reader->window.at) + 1);
        return OK;
    }
    arena_open(&arena, ARENA_REQUEST_MAX);
    scan.arena = &arena;
    enum err err = skip_chunks(&scan, reader);
    arena_close(&arena);
    return err;
}

static struct str
without_line_end(struct str bytes)
{
    while (bytes.len > 0 && (bytes.at[bytes.len - 1] == '\n' || bytes.at[bytes.len - 1] == '\r')) {
        bytes.len--;
    }
    return bytes;
}

/* Reads one row, or nothing but the line it begins on when that cannot be read. */
static enum err
read_row(struct ctx *ctx, struct intake_reader *reader, struct intake_line *line)
{
    const struct str window = reader->window;
    struct str view = {window.at, (size_t)calc_min((int64_t)window.len, INTAKE_ROW_LEN_MAX)};
    struct csv csv = {.rest = view, .separator = reader->separator, .line = reader->lines};

    *line = (struct intake_line){.line = reader->lines + 1};
    enum err err = csv_next(ctx, &csv, &line->cells);
    bool is_more = view.len < window.len || reader->window_end < reader->size;
    bool is_cut = csv.rest.len == 0 && is_more;
    if (err == OK && !is_cut) {
        size_t len = view.len - csv.rest.len;

        line->bytes = without_line_end((struct str){view.at, len});
        advance(reader, len);
        reader->lines = csv.line;
        return OK;
    }
    const char *end = memchr(view.at, '\n', view.len);
    line->err = ERR_IMPORT_ROW;
    line->cells.count = 1;
    line->cells.fields[0] = STR("");
    line->bytes =
        without_line_end((struct str){view.at, end == NULL ? view.len : (size_t)(end - view.at)});
    return skip_line(ctx, reader);
}

static bool
is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Empty lines have no row, and are counted. */
static enum err
skip_empty(struct ctx *ctx, struct intake_reader *reader)
{
    while (reader->at < reader->size) {
        TRY(make_room(ctx, reader));
        char next = reader->window.at[0];

        if (!is_line_end(next)) return OK;
        reader->lines += next == '\n';
        advance(reader, 1);
    }
    return OK;
}

enum err
intake_reader_open(struct ctx *ctx, struct intake_reader *reader)
{
    ASSERT(reader->size > 0);
    reader->at = reader->lines = 0;
    reader->units = ENCODING_BYTES;
    TRY(read_window(ctx, reader));
    reader->units = encoding_units_of(reader->window);
    if (reader->units != ENCODING_BYTES) {
        reader->at = ENCODING_UTF16_MARK_LEN;
        TRY(make_room(ctx, reader));
    } else if (str_starts(reader->window, STR("\xEF\xBB\xBF"))) {
        advance(reader, 3);
    }
    struct str first = reader->window;
    if (first.len > INTAKE_ROW_LEN_MAX) first.len = INTAKE_ROW_LEN_MAX;
    reader->separator = csv_separator_of(first);
    return OK;
}

enum err
intake_reader_next(struct ctx *ctx, struct intake_reader *reader, struct intake_line *line)
{
    for (;;) {
        *line = (struct intake_line){0};
        TRY(skip_empty(ctx, reader));
        if (reader->at >= reader->size) return OK;
        TRY(make_room(ctx, reader));
        TRY(read_row(ctx, reader, line));
        if (line->err != OK || !table_is_empty(&line->cells)) return OK;
    }
}
