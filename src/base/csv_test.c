/* csv_test — see csv.h. */
#include "base/csv.h"
#include "support/test.h"

static struct arena arena;

static struct ctx
open_ctx(void)
{
    arena_open(&arena, ARENA_REQUEST_MAX);
    return (struct ctx){.arena = &arena};
}

TEST(rows_are_read_to_the_end)
{
    struct ctx ctx = open_ctx();
    struct csv csv = {.rest = STR("a,b\r\n\n1,\n")};
    struct csv_row row;

    EXPECT_OK(csv_next(&ctx, &csv, &row));
    EXPECT_INT(2, row.count);
    EXPECT_STR("b", row.fields[1]);
    EXPECT_OK(csv_next(&ctx, &csv, &row));
    EXPECT_INT(2, row.count);
    EXPECT_INT(3, csv.line);
    EXPECT_STR("", row.fields[1]);
    EXPECT_OK(csv_next(&ctx, &csv, &row));
    EXPECT_INT(0, row.count);
    arena_close(&arena);
}

TEST(quotes_hold_commas_quotes_and_line_ends)
{
    struct ctx ctx = open_ctx();
    struct csv csv = {.rest = STR("\xEF\xBB\xBF\"a,\"\"b\"\"\nc\",d\ne")};
    struct csv_row row;

    EXPECT_OK(csv_next(&ctx, &csv, &row));
    EXPECT_INT(2, row.count);
    EXPECT_STR("a,\"b\"\nc", row.fields[0]);
    EXPECT_STR("d", row.fields[1]);
    EXPECT_OK(csv_next(&ctx, &csv, &row));
    EXPECT_INT(3, csv.line);
    EXPECT_STR("e", row.fields[0]);
    arena_close(&arena);
}

TEST(a_quote_without_end_is_refused)
{
    struct ctx ctx = open_ctx();
    struct csv csv = {.rest = STR("a\n\"b,c\n")};
    struct csv_row row;

    EXPECT_OK(csv_next(&ctx, &csv, &row));
    EXPECT_ERR(ERR_CSV_MALFORMED, csv_next(&ctx, &csv, &row));
    arena_close(&arena);
}

TEST(text_behind_a_quote_is_refused)
{
    struct ctx ctx = open_ctx();
    struct csv csv = {.rest = STR("\"a\"b\n")};
    struct csv_row row;

    EXPECT_ERR(ERR_CSV_MALFORMED, csv_next(&ctx, &csv, &row));
    arena_close(&arena);
}

TEST(another_sign_may_part_the_fields)
{
    struct ctx ctx = open_ctx();
    struct csv csv = {.rest = STR("a,b;\"c;d\"\n"), .separator = ';'};
    struct csv_row row;

    EXPECT_OK(csv_next(&ctx, &csv, &row));
    EXPECT_INT(2, row.count);
    EXPECT_STR("a,b", row.fields[0]);
    EXPECT_STR("c;d", row.fields[1]);
    EXPECT_INT(';', csv_separator_of(STR("a;b;\"c,d,e,f\"\n1,2,3,4,5")));
    EXPECT_INT('\t', csv_separator_of(STR("a\tb\tc,d")));
    EXPECT_INT(',', csv_separator_of(STR("a,b\n")));
    EXPECT_INT(',', csv_separator_of(STR("a")));
    arena_close(&arena);
}

TEST(more_fields_than_a_row_holds_are_refused)
{
    struct ctx ctx = open_ctx();
    char text[CSV_FIELDS_MAX + 1];
    struct csv csv = {.rest = {text, CSV_FIELDS_MAX}};
    struct csv_row row;

    memset(text, ',', sizeof text);
    EXPECT_ERR(ERR_CSV_MALFORMED, csv_next(&ctx, &csv, &row));
    csv = (struct csv){.rest = {text, CSV_FIELDS_MAX - 1}};
    EXPECT_OK(csv_next(&ctx, &csv, &row));
    EXPECT_INT(CSV_FIELDS_MAX, row.count);
    arena_close(&arena);
}

TESTS(RUN(rows_are_read_to_the_end), RUN(quotes_hold_commas_quotes_and_line_ends),
      RUN(a_quote_without_end_is_refused), RUN(text_behind_a_quote_is_refused),
      RUN(another_sign_may_part_the_fields), RUN(more_fields_than_a_row_holds_are_refused))
