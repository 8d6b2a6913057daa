/* csv_out_test — see csv_out.h. */
#include "base/csv.h"
#include "base/csv_out.h"
#include "support/test.h"

static struct arena arena;

TEST(fields_are_quoted_when_they_need_it)
{
    struct csv_out out;

    arena_open(&arena, ARENA_REQUEST_MAX);
    csv_out_open(&out, &arena, ',');
    csv_put(&out, STR("a b"));
    csv_put(&out, STR(""));
    csv_put(&out, STR("1,5"));
    csv_end_row(&out);
    csv_put(&out, STR("say \"so\""));
    csv_put(&out, STR("1;5"));
    csv_end_row(&out);
    EXPECT_STR("a b,,\"1,5\"\r\n\"say \"\"so\"\"\",1;5\r\n", csv_out_text(&out));
    csv_out_open(&out, &arena, ';');
    csv_put(&out, STR("1,5"));
    csv_put(&out, STR("1;5"));
    csv_end_row(&out);
    EXPECT_STR("1,5;\"1;5\"\r\n", csv_out_text(&out));
    arena_close(&arena);
}

TEST(what_was_written_is_read_back)
{
    static const char *const fields[] = {"", "a", "\"", "\"\"", ",", "x\r\ny", "été", " z "};
    enum { ROWS = 3000, FIELDS = sizeof fields / sizeof fields[0] };
    struct csv_out out;
    struct csv_row row;

    arena_open(&arena, ARENA_REQUEST_MAX);
    struct ctx ctx = {.arena = &arena};
    csv_out_open(&out, &arena, ',');
    for (int i = 0; i < ROWS; i++) {
        for (int j = 0; j < FIELDS; j++)
            csv_put(&out, str_of(fields[(i + j) % FIELDS]));
        csv_end_row(&out);
    }
    struct csv csv = {.rest = csv_out_text(&out)};
    for (int i = 0; i < ROWS; i++) {
        EXPECT_OK(csv_next(&ctx, &csv, &row));
        EXPECT_INT(FIELDS, row.count);
        for (int j = 0; j < FIELDS; j++)
            EXPECT_STR(fields[(i + j) % FIELDS], row.fields[j]);
    }
    EXPECT_OK(csv_next(&ctx, &csv, &row));
    EXPECT_INT(0, row.count);
    arena_close(&arena);
}

TEST(what_looks_like_a_formula_has_an_apostrophe_where_somebody_wrote_it)
{
    struct csv_out out;

    arena_open(&arena, ARENA_REQUEST_MAX);
    csv_out_open(&out, &arena, ',');
    csv_put_mark(&out);
    csv_put_text(&out, STR("=1+1"));
    csv_put_text(&out, STR("@a,\"b\""));
    csv_put_text(&out, STR("a=b"));
    csv_put_text(&out, STR(""));
    csv_put(&out, STR("-5"));
    csv_end_row(&out);
    EXPECT_STR("\xEF\xBB\xBF'=1+1,\"'@a,\"\"b\"\"\",a=b,,-5\r\n", csv_out_text(&out));
    arena_close(&arena);
}

TEST(amounts_have_the_decimals_of_their_currency)
{
    const struct csv_money euros = {2, ','}, yen = {0, '.'};
    struct csv_out out;

    arena_open(&arena, ARENA_REQUEST_MAX);
    csv_out_open(&out, &arena, ';');
    csv_put_amount(&out, 125050, euros);
    csv_put_amount(&out, 5, euros);
    csv_put_amount(&out, 0, euros);
    csv_put_amount(&out, 1250, yen);
    csv_put_amount(&out, 0, yen);
    csv_end_row(&out);
    EXPECT_STR("1250,50;0,05;0,00;1250;0\r\n", csv_out_text(&out));
    arena_close(&arena);
}

TESTS(RUN(fields_are_quoted_when_they_need_it), RUN(what_was_written_is_read_back),
      RUN(what_looks_like_a_formula_has_an_apostrophe_where_somebody_wrote_it),
      RUN(amounts_have_the_decimals_of_their_currency))
