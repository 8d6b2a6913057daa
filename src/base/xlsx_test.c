/* xlsx_test — a workbook is a whole file, and ends where a sheet does. What is in its cells is read
 * by another program in tests/contract/openapi_directory.test.mjs. */
#include "base/xlsx.h"
#include "support/test.h"

static const struct xlsx_column columns[] = {
    {STR("Name"), XLSX_TEXT, 20},
    {STR("Day"), XLSX_DAY, 12},
    {STR("Spent"), XLSX_MONEY, 12},
};
static const struct xlsx_sheet sheet = {
    .name = STR("Clients"), .columns = columns, .count = 3, .decimals = 2};

static struct xlsx *
create(struct ctx *ctx)
{
    struct xlsx *xlsx = NULL;

    EXPECT_OK(xlsx_create(ctx, &sheet, &xlsx));
    return xlsx;
}

TEST(a_workbook_is_a_whole_zip_file_whatever_is_in_it)
{
    struct arena arena;
    struct ctx ctx = {.arena = &arena};
    const struct str rows[][3] = {
        {STR("Anna"), STR("2026-03-02"), STR("-1250.50")},
        {STR("=1+1"), STR("0000-05-12"), STR("")},
        {STR("\0\x01_x0041_\r\n\xEF\xBF\xBE"), STR(""), STR("0")},
    };
    struct str bytes;
    int64_t size = 0;

    arena_open(&arena, 1 << 20);
    struct xlsx *xlsx = create(&ctx);
    for (int i = 0; i < 3; i++)
        EXPECT_OK(xlsx_add_row(&ctx, xlsx, rows[i]));
    EXPECT_OK(xlsx_finish(&ctx, xlsx, &size));
    EXPECT_OK(xlsx_read(&ctx, xlsx, 0, 1 << 16, &bytes));
    EXPECT_INT(size, (int64_t)bytes.len);
    EXPECT_TRUE(str_starts(bytes, STR("PK\3\4")));
    EXPECT_TRUE(str_starts((struct str){bytes.at + bytes.len - 22, 4}, STR("PK\5\6")));
    EXPECT_OK(xlsx_read(&ctx, xlsx, size - 3, 100, &bytes));
    EXPECT_INT(3, bytes.len);
    xlsx_destroy(xlsx);
    arena_close(&arena);
}

TEST(a_sheet_ends_after_its_last_row)
{
    struct arena arena, of_row;
    struct ctx ctx = {.arena = &arena};
    struct ctx row_ctx = {.arena = &of_row};
    const struct str cells[3] = {STR(""), STR(""), STR("")};

    arena_open(&arena, 1 << 20);
    arena_open(&of_row, 1 << 20);
    struct xlsx *xlsx = create(&ctx);
    for (int i = 0; i < XLSX_ROWS_MAX; i++) {
        EXPECT_OK(xlsx_add_row(&row_ctx, xlsx, cells));
        arena_reset(&of_row);
    }
    EXPECT_ERR(ERR_FILE_FAILED, xlsx_add_row(&row_ctx, xlsx, cells));
    xlsx_destroy(xlsx);
    arena_close(&of_row);
    arena_close(&arena);
}

TESTS(RUN(a_workbook_is_a_whole_zip_file_whatever_is_in_it), RUN(a_sheet_ends_after_its_last_row))
