/* csv — see csv.h. */
#include "base/csv.h"
#include <inttypes.h>

static enum err
malformed(struct ctx *ctx, const struct csv *csv, const char *what)
{
    return fail(ctx, ERR_CSV_MALFORMED, "line %" PRId64 ": %s", csv->line, what);
}

static void
skip(struct csv *csv, size_t len)
{
    ASSERT(len <= csv->rest.len);
    csv->rest.at += len;
    csv->rest.len -= len;
}

/* How long a line end at the start of text is; 0 when there is none. */
static size_t
line_end_len(struct str text)
{
    if (str_starts(text, STR("\r\n"))) return 2;
    return str_starts(text, STR("\n")) ? 1 : 0;
}

static char
separator_of(const struct csv *csv)
{
    return csv->separator != 0 ? csv->separator : ',';
}

char
csv_separator_of(struct str text)
{
    static const char signs[] = {';', '\t', ','};
    int counts[sizeof signs] = {0}, best = 2;
    bool is_quoted = false;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"') is_quoted = !is_quoted;
        if (text.at[i] == '\n' && !is_quoted) break;
        for (int k = 0; k < (int)sizeof signs && !is_quoted; k++) {
            counts[k] += text.at[i] == signs[k];
        }
    }
    for (int k = 0; k < (int)sizeof signs; k++) {
        if (counts[k] > counts[best]) best = k;
    }
    return signs[best];
}

/* A field without quotes: up to the next comma or line end. */
static struct str
read_plain(struct csv *csv)
{
    struct str field = {csv->rest.at, 0};

    while (csv->rest.len > 0 && csv->rest.at[0] != separator_of(csv) &&
           line_end_len(csv->rest) == 0) {
        field.len++;
        skip(csv, 1);
    }
    return field;
}

/* Bytes up to the quote that ends a quoted text; more than text.len when none does. */
static size_t
quoted_len(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '"') continue;
        if (i + 1 == text.len || text.at[i + 1] != '"') return i;
        i++;
    }
    return text.len + 1;
}

/* A field in quotes; the opening one is the next byte. */
static enum err
read_quoted(struct ctx *ctx, struct csv *csv, struct str *field)
{
    skip(csv, 1);
    struct str inside = {csv->rest.at, quoted_len(csv->rest)};
    if (inside.len > csv->rest.len) return malformed(ctx, csv, "a quote does not end");

    char *copy = arena_alloc(ctx->arena, inside.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < inside.len; i++) {
        if (inside.at[i] == '"') i++; /* the second of two */
        if (inside.at[i] == '\n') csv->line++;
        copy[len++] = inside.at[i];
    }
    *field = (struct str){copy, len};
    skip(csv, inside.len + 1);
    if (csv->rest.len > 0 && csv->rest.at[0] != separator_of(csv) && line_end_len(csv->rest) == 0) {
        return malformed(ctx, csv, "text behind a quote");
    }
    return OK;
}

static enum err
read_fields(struct ctx *ctx, struct csv *csv, struct csv_row *row)
{
    for (;;) {
        if (row->count == CSV_FIELDS_MAX) return malformed(ctx, csv, "too many fields");
        struct str *field = &row->fields[row->count++];

        if (csv->rest.len > 0 && csv->rest.at[0] == '"') {
            TRY(read_quoted(ctx, csv, field));
        } else {
            *field = read_plain(csv);
        }
        if (csv->rest.len == 0 || csv->rest.at[0] != separator_of(csv)) break;
        skip(csv, 1);
    }
    skip(csv, line_end_len(csv->rest));
    return OK;
}

enum err
csv_next(struct ctx *ctx, struct csv *csv, struct csv_row *row)
{
    row->count = 0;
    if (csv->line == 0 && str_starts(csv->rest, STR("\xEF\xBB\xBF"))) skip(csv, 3);

    while (csv->rest.len > 0) {
        csv->line++;
        size_t empty = line_end_len(csv->rest);
        if (empty == 0) return read_fields(ctx, csv, row);
        skip(csv, empty);
    }
    return OK;
}
