/* err — see err.h. */
#include "base/err.h"
#include "base/ctx.h"
#include <stdarg.h>
#include <stdio.h>

static const struct {
    const char *name;
    enum err_kind kind;
    const char *text;
} rows[ERR_COUNT] = {
#define ERR(name, kind, text) {#name, kind, text},
#include "base/err.def"
#undef ERR
};

const char *
err_name(enum err err)
{
    ASSERT(err >= OK);
    ASSERT(err < ERR_COUNT);
    return err == OK ? "OK" : rows[err].name + strlen("ERR_");
}

enum err_kind
err_kind(enum err err)
{
    ASSERT(err >= OK);
    ASSERT(err < ERR_COUNT);
    return rows[err].kind;
}

const char *
err_text(enum err err)
{
    ASSERT(err >= OK);
    ASSERT(err < ERR_COUNT);
    return rows[err].text;
}

static void PRINTF_LIKE(4, 0)
    note(struct ctx *ctx, enum err err, bool keep, const char *detail, va_list args)
{
    ASSERT(err != OK);
    ctx->keep = keep;
    ctx->field = NULL;
    vsnprintf(ctx->detail, sizeof ctx->detail, detail, args);
}

enum err
fail(struct ctx *ctx, enum err err, const char *detail, ...)
{
    va_list args;

    va_start(args, detail);
    note(ctx, err, false, detail, args);
    va_end(args);
    return err;
}

enum err
fail_keep(struct ctx *ctx, enum err err, const char *detail, ...)
{
    va_list args;

    va_start(args, detail);
    note(ctx, err, true, detail, args);
    va_end(args);
    return err;
}

enum err
fail_field(struct ctx *ctx, enum err err, const char *field)
{
    fail(ctx, err, "field %s", field);
    ctx->field = field;
    return err;
}
