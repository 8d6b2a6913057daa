/* xlsx — see xlsx.h. */
#include "base/xlsx.h"
#include "base/table.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* Of 32,767 that a cell holds: enough when each sixth is escaped, or all are of two units. */
enum { CELL_CHARS_MAX = 16000, FIRST_YEAR = 1901 };

struct xlsx {
    int file;
    lxw_workbook *book; /* NULL: finished */
    lxw_worksheet *sheet;
    lxw_format *formats[XLSX_MONEY + 1];
    enum xlsx_kind kinds[XLSX_COLUMNS_MAX];
    int count;
    lxw_row_t next;
};

/* ---- the file ---- */

static enum err
failed(struct ctx *ctx, const char *what)
{
    return fail(ctx, ERR_FILE_FAILED, "workbook: %s", what);
}

/* Where large files may lie for a moment. */
static const char *
folder(void)
{
    const char *chosen = getenv("TMPDIR");

    return chosen != NULL && chosen[0] != '\0' ? chosen : "/var/tmp";
}

/* Without a name from its first moment on: the disk has it back when it is closed, or we are no
 * more. */
static enum err
open_file(struct ctx *ctx, int *file)
{
    char *path = str_z(ctx->arena, str_format(ctx->arena, "%s/habitue.XXXXXX", folder()));

    *file = mkstemp(path);
    if (*file < 0) return failed(ctx, strerror(errno));
    unlink(path);
    return OK;
}

/* The library opens a path: the one by which the kernel knows what we have open. */
static lxw_workbook *
open_book(struct ctx *ctx, int file)
{
    const struct str path = str_format(ctx->arena, "/proc/self/fd/%d", file);
    lxw_workbook_options options = {
        .constant_memory = LXW_TRUE,
        .tmpdir = str_z(ctx->arena, str_of(folder())),
    };

    return workbook_new_opt(str_z(ctx->arena, path), &options);
}

/* ---- cells ---- */

/* At "_x0041_", which a spreadsheet reads as "A" unless the first sign is escaped itself. */
static bool
is_escape(struct str text)
{
    if (text.len < 7 || text.at[0] != '_' || text.at[1] != 'x' || text.at[6] != '_') return false;
    for (int i = 2; i < 6; i++) {
        if (strchr("0123456789abcdefABCDEF", text.at[i]) == NULL) return false;
    }
    return true;
}

/* How many bytes at the start of a text XML cannot hold, or which say nothing before a line end. */
static size_t
forbidden_len(struct str text)
{
    unsigned char c = (unsigned char)text.at[0];

    if (str_starts(text, STR("\xEF\xBF\xBE")) || str_starts(text, STR("\xEF\xBF\xBF"))) return 3;
    if (str_starts(text, STR("\r\n"))) return 1;
    return c < ' ' && c != '\t' && c != '\n' && c != '\r' ? 1 : 0;
}

/* A text as a cell holds it. */
static const char *
cell_text(struct arena *arena, struct str text)
{
    static const char escape[] = "_x005F";
    struct str rest = table_cut(text, CELL_CHARS_MAX);
    char *clean = arena_alloc(arena, rest.len * sizeof escape + 1);
    size_t len = 0;

    while (rest.len > 0) {
        size_t skipped = forbidden_len(rest);

        if (skipped == 0 && is_escape(rest)) {
            memcpy(clean + len, escape, sizeof escape - 1);
            len += sizeof escape - 1;
        }
        if (skipped == 0) clean[len++] = rest.at[0] == '\r' ? '\n' : rest.at[0];
        rest.at += skipped == 0 ? 1 : skipped;
        rest.len -= skipped == 0 ? 1 : skipped;
    }
    return clean;
}

static lxw_error
write_day(struct xlsx *xlsx, lxw_col_t column, const char *text)
{
    lxw_datetime day = {0};

    if (sscanf(text, "%4d-%2d-%2d", &day.year, &day.month, &day.day) == 3 &&
        day.year >= FIRST_YEAR) {
        return worksheet_write_datetime(xlsx->sheet, xlsx->next, column, &day,
                                        xlsx->formats[XLSX_DAY]);
    }
    return worksheet_write_string(xlsx->sheet, xlsx->next, column, text, NULL);
}

static lxw_error
write_cell(struct ctx *ctx, struct xlsx *xlsx, lxw_col_t column, struct str cell)
{
    const char *text = cell_text(ctx->arena, cell);

    if (text[0] == '\0') return LXW_NO_ERROR;
    switch (xlsx->kinds[column]) {
    case XLSX_TEXT:
        break;
    case XLSX_DAY:
        return write_day(xlsx, column, text);
    case XLSX_NUMBER:
    case XLSX_MONEY:
        return worksheet_write_number(xlsx->sheet, xlsx->next, column, strtod(text, NULL),
                                      xlsx->formats[xlsx->kinds[column]]);
    }
    return worksheet_write_string(xlsx->sheet, xlsx->next, column, text, NULL);
}

/* ---- the sheet ---- */

static void
add_formats(struct ctx *ctx, struct xlsx *xlsx, int decimals)
{
    const struct str money =
        str_format(ctx->arena, "#,##0%s%.*s", decimals > 0 ? "." : "", decimals, "0000");

    ASSERT(decimals >= 0);
    ASSERT(decimals <= 4);
    for (int kind = XLSX_DAY; kind <= XLSX_MONEY; kind++)
        xlsx->formats[kind] = workbook_add_format(xlsx->book);
    format_set_num_format(xlsx->formats[XLSX_DAY], "yyyy-mm-dd");
    format_set_num_format(xlsx->formats[XLSX_NUMBER], "0");
    format_set_num_format(xlsx->formats[XLSX_MONEY], str_z(ctx->arena, money));
}

static enum err
add_sheet(struct ctx *ctx, struct xlsx *xlsx, const struct xlsx_sheet *sheet)
{
    lxw_format *bold = workbook_add_format(xlsx->book);

    xlsx->sheet = workbook_add_worksheet(xlsx->book, str_z(ctx->arena, sheet->name));
    if (xlsx->sheet == NULL) return failed(ctx, "no sheet");
    format_set_bold(bold);
    worksheet_freeze_panes(xlsx->sheet, 1, 0);
    for (int i = 0; i < sheet->count; i++) {
        const struct xlsx_column *column = &sheet->columns[i];
        const lxw_col_t at = (lxw_col_t)i;

        xlsx->kinds[i] = column->kind;
        worksheet_set_column(xlsx->sheet, at, at, column->width, NULL);
        worksheet_write_string(xlsx->sheet, 0, at, cell_text(ctx->arena, column->name), bold);
    }
    xlsx->count = sheet->count;
    xlsx->next = 1;
    return OK;
}

enum err
xlsx_create(struct ctx *ctx, const struct xlsx_sheet *sheet, struct xlsx **xlsx)
{
    struct xlsx *made = ARENA_NEW(ctx->arena, struct xlsx);

    ASSERT(sheet->count <= XLSX_COLUMNS_MAX);
    TRY(open_file(ctx, &made->file));
    made->book = open_book(ctx, made->file);
    enum err err = made->book == NULL ? failed(ctx, "not begun") : OK;
    if (err == OK) {
        add_formats(ctx, made, sheet->decimals);
        err = add_sheet(ctx, made, sheet);
    }
    if (err == OK) {
        *xlsx = made;
    } else {
        xlsx_destroy(made);
    }
    return err;
}

enum err
xlsx_add_row(struct ctx *ctx, struct xlsx *xlsx, const struct str *cells)
{
    ASSERT(xlsx->book != NULL);
    if (xlsx->next > XLSX_ROWS_MAX) return failed(ctx, "too many rows");
    for (int i = 0; i < xlsx->count; i++) {
        lxw_error error = write_cell(ctx, xlsx, (lxw_col_t)i, cells[i]);

        if (error != LXW_NO_ERROR) return failed(ctx, lxw_strerror(error));
    }
    xlsx->next++;
    return OK;
}

/* ---- finished ---- */

static lxw_error
close_book(struct xlsx *xlsx)
{
    lxw_workbook *book = xlsx->book;

    xlsx->book = NULL;
    return book == NULL ? LXW_NO_ERROR : workbook_close(book);
}

enum err
xlsx_finish(struct ctx *ctx, struct xlsx *xlsx, int64_t *size)
{
    struct stat file;
    lxw_error error = close_book(xlsx);

    if (error != LXW_NO_ERROR) return failed(ctx, lxw_strerror(error));
    if (fstat(xlsx->file, &file) != 0) return failed(ctx, strerror(errno));
    *size = file.st_size;
    return OK;
}

enum err
xlsx_read(struct ctx *ctx, const struct xlsx *xlsx, int64_t at, size_t max, struct str *bytes)
{
    char *read = arena_alloc(ctx->arena, max);

    ASSERT(xlsx->book == NULL);
    ssize_t len = pread(xlsx->file, read, max, at);
    if (len < 0) return failed(ctx, strerror(errno));
    *bytes = (struct str){read, (size_t)len};
    return OK;
}

void
xlsx_destroy(struct xlsx *xlsx)
{
    close_book(xlsx);
    close(xlsx->file);
}
