/*
 * fuzz_csv — what csv_next reads, written again with every field in quotes, reads the same.
 * Found inputs live in tests/fuzz/corpus/csv and are replayed by the tests.
 */
#include "base/check.h"
#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 4096, WRITTEN_MAX = 8 * INPUT_MAX };

static char written[WRITTEN_MAX];

static size_t
write_quoted(size_t len, struct str field)
{
    written[len++] = '"';
    for (size_t i = 0; i < field.len; i++) {
        if (field.at[i] == '"') written[len++] = '"';
        written[len++] = field.at[i];
    }
    written[len++] = '"';
    return len;
}

static size_t
write_row(size_t len, const struct csv_row *row)
{
    for (int i = 0; i < row->count; i++) {
        if (i > 0) written[len++] = ',';
        len = write_quoted(len, row->fields[i]);
    }
    written[len++] = '\n';
    return len;
}

static void
read_both(struct ctx *ctx, struct csv first, struct csv second)
{
    struct csv_row a, b;

    do {
        ASSERT(csv_next(ctx, &first, &a) == OK);
        ASSERT(csv_next(ctx, &second, &b) == OK);
        ASSERT(a.count == b.count);
        for (int i = 0; i < a.count; i++)
            ASSERT(str_is(a.fields[i], b.fields[i]));
    } while (a.count > 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct ctx ctx = {.arena = &arena};
    struct csv csv = {.rest = {(const char *)data, size}};
    struct csv_row row = {.count = 1};
    size_t len = 0;

    if (size > INPUT_MAX) return 0;
    arena_open(&arena, ARENA_REQUEST_MAX);
    while (row.count > 0) {
        if (csv_next(&ctx, &csv, &row) != OK) break;
        if (row.count > 0) len = write_row(len, &row);
    }
    /* A row count above zero here means that the loop stopped at a malformed row. */
    if (row.count == 0) {
        read_both(&ctx, (struct csv){.rest = {(const char *)data, size}},
                  (struct csv){.rest = {written, len}});
    }
    arena_close(&arena);
    return 0;
}
