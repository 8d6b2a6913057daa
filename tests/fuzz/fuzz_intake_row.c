/*
 * fuzz_intake_row — no table of customers breaks the reading of its rows, and no row that can be
 * taken has anything in it that the directory or the ledger would refuse. Found inputs live in
 * tests/fuzz/corpus/intake_row and are replayed by the tests.
 */
#include "base/check.h"
#include "base/email.h"
#include "base/encoding.h"
#include "base/phone.h"
#include "core/loyalty/programs.h"
#include "core/people/intake_row.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 4096, MEMORY_MAX = 64 << 20 };

static void
check_text(struct str text, size_t chars_max)
{
    ASSERT(str_is_text(text));
    ASSERT(str_chars(text) <= chars_max);
}

/* What was read is read the same again. */
static void
check_addresses(struct ctx *ctx, const struct customer *customer)
{
    struct str again;

    if (customer->phone.len > 0) {
        ASSERT(phone_parse(ctx->arena, customer->phone, STR("FR"), &again) == OK);
        ASSERT(str_is(again, customer->phone));
    }
    if (customer->email.len == 0) return;
    ASSERT(email_parse(ctx->arena, customer->email, &again) == OK);
    ASSERT(str_is(again, customer->email));
}

static void
check_row(struct ctx *ctx, const struct intake_row *row)
{
    const struct customer *customer = &row->customer;

    check_text(row->fault.value, INTAKE_VALUE_CHARS_MAX + 1);
    if (row->fault.err != OK) return;
    ASSERT(customer->phone.len + customer->email.len + customer->reference_id.len > 0);
    check_addresses(ctx, customer);
    check_text(customer->given_name, 300);
    check_text(customer->family_name, 300);
    check_text(customer->company_name, 500);
    check_text(customer->nickname, 100);
    check_text(customer->reference_id, 100);
    check_text(customer->note, 4096);
    ASSERT(customer->birthday.len == 0 || customers_is_birthday(customer->birthday));
    ASSERT(!row->has_points || (row->points >= 0 && row->points <= PROGRAM_POINTS_MAX));
}

/* Every column as it is guessed; what is said of them reads back as it was. */
static void
check_table(struct ctx *ctx, struct str text, const struct intake_habits *habits)
{
    struct csv csv = {.rest = text, .separator = csv_separator_of(text)};
    struct intake_columns columns, again;
    struct intake_row row;
    struct csv_row cells;

    if (csv_next(ctx, &csv, &cells) != OK || cells.count == 0) return;
    for (int i = 0; i < cells.count; i++) {
        cells.fields[i] = encoding_to_utf8(ctx->arena, cells.fields[i]);
    }
    intake_columns_guess(ctx, &cells, &columns);
    if (intake_columns_parse(ctx, intake_columns_format(ctx, &columns), &again) == OK) {
        ASSERT(again.count == columns.count);
        ASSERT(memcmp(again.at, columns.at, sizeof again.at[0] * (size_t)again.count) == 0);
    }
    while (csv_next(ctx, &csv, &cells) == OK && cells.count > 0) {
        intake_row_read(ctx, &cells, &columns, habits, &row);
        check_row(ctx, &row);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct intake_habits habits[] = {
        {STR("FR"), true}, {STR("FR"), false}, {STR("US"), true}, {STR("ES"), false}};
    struct arena arena;
    struct ctx ctx = {.arena = &arena};

    if (size > INPUT_MAX) return 0;
    for (size_t i = 0; i < sizeof habits / sizeof habits[0]; i++) {
        arena_open(&arena, MEMORY_MAX);
        check_table(&ctx, (struct str){(const char *)data, size}, &habits[i]);
        arena_close(&arena);
    }
    return 0;
}
