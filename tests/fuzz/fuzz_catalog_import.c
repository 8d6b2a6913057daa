/*
 * fuzz_catalog_import — no file breaks the reading of an import, and no row that can be taken has
 * anything in it that the catalog would refuse.
 * Found inputs live in tests/fuzz/corpus/catalog_import and are replayed by the tests.
 */
#include "base/check.h"
#include "base/money.h"
#include "core/catalog/categories.h"
#include "core/catalog/import_rows.h"
#include "core/catalog/taxes.h"
#include <inttypes.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 4096, MEMORY_MAX = 64 << 20 };

static void
check_text(struct str text, size_t chars_max)
{
    ASSERT(str_is_text(text));
    ASSERT(str_chars(text) <= chars_max);
}

/* An amount that was read is read the same when it is written plainly. */
static void
check_price(struct arena *arena, int64_t minor, int decimals)
{
    int64_t unit = decimals == 2 ? 100 : 1, again;
    char text[40];

    ASSERT(minor >= 0);
    ASSERT(minor <= CATALOG_PRICE_MAX);
    snprintf(text, sizeof text, "%" PRId64 ".%0*" PRId64, minor / unit, decimals, minor % unit);
    if (decimals == 0) snprintf(text, sizeof text, "%" PRId64, minor);
    ASSERT(money_parse(arena, str_of(text), decimals, &again) == OK);
    ASSERT(again == minor);
}

static void
check_rows(struct ctx *ctx, const struct import_rows *rows, int decimals)
{
    int64_t line = 1;

    ASSERT(rows->has[IMPORT_NAME]);
    for (int i = 0; i < rows->count; i++) {
        const struct import_row *row = &rows->at[i];

        ASSERT(row->line > line);
        line = row->line;
        ASSERT(str_is_text(row->fault.value));
        ASSERT(str_chars(row->fault.value) <= IMPORT_VALUE_CHARS_MAX);
        if (row->fault.err != OK) continue;
        ASSERT(row->name.len > 0);
        check_text(row->name, CATALOG_NAME_CHARS_MAX);
        check_text(row->variation, CATALOG_NAME_CHARS_MAX);
        check_text(row->sku, CATALOG_SKU_CHARS_MAX);
        check_text(row->category, CATEGORY_NAME_CHARS_MAX);
        check_text(row->tax, TAX_NAME_CHARS_MAX);
        if (row->has_price) check_price(ctx->arena, row->price_minor, decimals);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct ctx ctx = {.arena = &arena};
    struct import_rows rows;

    if (size > INPUT_MAX) return 0;
    for (int decimals = 0; decimals <= 2; decimals += 2) {
        arena_open(&arena, MEMORY_MAX);
        const struct str bytes = {(const char *)data, size};
        if (import_rows_read(&ctx, bytes, decimals, &rows) == OK) check_rows(&ctx, &rows, decimals);
        arena_close(&arena);
    }
    return 0;
}
