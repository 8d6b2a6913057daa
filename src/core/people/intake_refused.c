/* intake_refused — see intake_refused.h. */
#include "core/people/intake_refused.h"
#include "base/encoding.h"
#include "base/words.h"

static struct str
word(struct ctx *ctx, const struct intake_refused *refused, const char *key)
{
    return words_text(ctx->arena, refused->language, key, NULL, 0);
}

static const char *
reason_key(enum err err)
{
    static const struct {
        enum err err;
        const char *key;
    } keys[] = {
        {ERR_PHONE_NUMBER_INVALID, WORDS_KEY("import.refused.phone")},
        {ERR_EMAIL_INVALID, WORDS_KEY("import.refused.email")},
        {ERR_FIELD_RANGE, WORDS_KEY("import.refused.range")},
        {ERR_FIELD_TOO_LONG, WORDS_KEY("import.refused.long")},
        {ERR_FIELD_VALUE, WORDS_KEY("import.refused.value")},
        {ERR_IMPORT_TEXT, WORDS_KEY("import.refused.text")},
        {ERR_IMPORT_ROW, WORDS_KEY("import.refused.row")},
        {ERR_IMPORT_NOBODY, WORDS_KEY("import.refused.nobody")},
        {ERR_IMPORT_SAME, WORDS_KEY("import.refused.same")},
        {ERR_IMPORT_OTHERS, WORDS_KEY("import.refused.others")},
    };

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (keys[i].err == err) return keys[i].key;
    }
    return WORDS_KEY("import.refused.other");
}

/* What the file calls the column; empty when it is the row as a whole. */
static struct str
name_of(struct ctx *ctx, const struct intake_refused *refused, enum intake_column column)
{
    for (int i = 0; i < refused->columns->count && column != INTAKE_NOTHING; i++) {
        if (refused->columns->at[i] == column && i < refused->header->count)
            return encoding_to_utf8(ctx->arena, refused->header->fields[i]);
    }
    return STR("");
}

static void
put_cells(struct ctx *ctx, struct intake_refused *refused, const struct csv_row *cells)
{
    for (int i = 0; i < cells->count; i++) {
        csv_put(&refused->out, encoding_to_utf8(ctx->arena, cells->fields[i]));
    }
    csv_end_row(&refused->out);
}

void
intake_refused_begin(struct ctx *ctx, struct intake_refused *refused)
{
    csv_put(&refused->out, word(ctx, refused, WORDS_KEY("import.column.line")));
    csv_put(&refused->out, word(ctx, refused, WORDS_KEY("import.column.column")));
    csv_put(&refused->out, word(ctx, refused, WORDS_KEY("import.column.value")));
    csv_put(&refused->out, word(ctx, refused, WORDS_KEY("import.column.reason")));
    csv_put(&refused->out, word(ctx, refused, WORDS_KEY("import.column.code")));
    put_cells(ctx, refused, refused->header);
}

void
intake_refused_add(struct ctx *ctx, struct intake_refused *refused, int64_t line,
                   const struct csv_row *cells, const struct intake_fault *fault)
{
    csv_put(&refused->out, str_format(ctx->arena, "%lld", (long long)line));
    csv_put(&refused->out, name_of(ctx, refused, fault->column));
    csv_put(&refused->out, fault->value);
    csv_put(&refused->out, word(ctx, refused, reason_key(fault->err)));
    csv_put(&refused->out, str_of(err_name(fault->err)));
    put_cells(ctx, refused, cells);
}
