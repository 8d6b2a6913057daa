/* intake_reader — see intake_reader.h. */
#include "core/people/intake_reader.h"
#include "base/calc.h"
#include "base/table.h"

_Static_assert(2 * INTAKE_ROW_LEN_MAX < FILES_CHUNK_LEN, "a row lies in two chunks at most");

static struct str
rest_of(const struct intake_reader *reader)
{
    size_t gone = (size_t)(reader->at - reader->window_at);

    ASSERT(reader->at >= reader->window_at);
    ASSERT(gone <= reader->window.len);
    return (struct str){reader->window.at + gone, reader->window.len - gone};
}

static bool
is_last(const struct intake_reader *reader)
{
    return reader->window_at + (int64_t)reader->window.len >= reader->size;
}

/* The chunk that the next byte is in, and the one behind it. */
static enum err
read_window(struct ctx *ctx, struct intake_reader *reader)
{
    int64_t number = reader->at / FILES_CHUNK_LEN;
    struct str first, second = STR("");

    TRY(files_read_chunk(ctx, reader->file, number, &first));
    if ((number + 1) * FILES_CHUNK_LEN < reader->size)
        TRY(files_read_chunk(ctx, reader->file, number + 1, &second));
    reader->window_at = number * FILES_CHUNK_LEN;
    if (second.len == 0) {
        reader->window = first;
        return OK;
    }
    char *both = arena_alloc(ctx->arena, first.len + second.len);
    memcpy(both, first.at, first.len);
    memcpy(both + first.len, second.at, second.len);
    reader->window = (struct str){both, first.len + second.len};
    return OK;
}

/* At least a whole row's bytes, or all that is left. */
static enum err
make_room(struct ctx *ctx, struct intake_reader *reader)
{
    int64_t end = reader->window_at + (int64_t)reader->window.len;
    bool is_outside = reader->at < reader->window_at || reader->at > end;

    if (reader->at >= reader->size) return OK;
    if (!is_outside && reader->window.len > 0 &&
        (is_last(reader) || rest_of(reader).len >= INTAKE_ROW_LEN_MAX))
        return OK;
    return read_window(ctx, reader);
}

/* One chunk after the other, however long the line is, in memory of its own. */
static enum err
find_line_end(struct ctx *ctx, struct intake_reader *reader)
{
    while (reader->at < reader->size) {
        int64_t number = reader->at / FILES_CHUNK_LEN;
        size_t gone = (size_t)(reader->at % FILES_CHUNK_LEN);
        struct str chunk;

        arena_reset(ctx->arena);
        TRY(files_read_chunk(ctx, reader->file, number, &chunk));
        const char *end = memchr(chunk.at + gone, '\n', chunk.len - gone);
        reader->at = end == NULL ? number * FILES_CHUNK_LEN + (int64_t)chunk.len
                                 : number * FILES_CHUNK_LEN + (end - chunk.at) + 1;
        if (end != NULL) return OK;
    }
    return OK;
}

/* Goes behind the end of the line that it is in. */
static enum err
skip_line(struct ctx *ctx, struct intake_reader *reader)
{
    struct str rest = rest_of(reader);
    const char *end = memchr(rest.at, '\n', rest.len);
    struct ctx scan = *ctx;
    struct arena arena;

    reader->lines++;
    if (end != NULL) {
        reader->at += end - rest.at + 1;
        return OK;
    }
    arena_open(&arena, ARENA_REQUEST_MAX);
    scan.arena = &arena;
    enum err err = find_line_end(&scan, reader);
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
    struct str rest = rest_of(reader);
    struct str view = {rest.at, (size_t)calc_min((int64_t)rest.len, INTAKE_ROW_LEN_MAX)};
    struct csv csv = {.rest = view, .separator = reader->separator, .line = reader->lines};

    *line = (struct intake_line){.line = reader->lines + 1};
    enum err err = csv_next(ctx, &csv, &line->cells);
    bool is_cut = csv.rest.len == 0 && reader->at + (int64_t)view.len < reader->size;
    if (err == OK && !is_cut) {
        size_t len = view.len - csv.rest.len;

        line->bytes = without_line_end((struct str){view.at, len});
        reader->at += (int64_t)len;
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
        char next = rest_of(reader).at[0];

        if (!is_line_end(next)) return OK;
        reader->lines += next == '\n';
        reader->at++;
    }
    return OK;
}

enum err
intake_reader_open(struct ctx *ctx, struct intake_reader *reader)
{
    ASSERT(reader->size > 0);
    reader->at = reader->lines = reader->window_at = 0;
    reader->window = (struct str){0};
    TRY(make_room(ctx, reader));
    if (str_starts(reader->window, STR("\xEF\xBB\xBF"))) reader->at = 3;
    struct str rest = rest_of(reader);
    if (rest.len > INTAKE_ROW_LEN_MAX) rest.len = INTAKE_ROW_LEN_MAX;
    reader->separator = csv_separator_of(rest);
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
