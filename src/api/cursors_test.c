/* cursors_test — where the next page begins, and who may say so. */
#include "api/cursors.h"
#include "support/test.h"
#include "support/world.h"

/* The cursor after a full page of one row, this id. */
static struct str
cursor_of(struct world *w, const char *list, int64_t id)
{
    struct json_out out;

    json_out_open(&out, w->ctx.arena);
    json_put_cursor(&w->ctx, &out,
                    &(struct cursor_page){.list = list, .count = 1, .limit = 1, .last = id});
    struct str text = json_out_text(&out);
    const struct str before = STR("\"cursor\":\""), behind = STR("\"");
    EXPECT_TRUE(str_starts(text, before));
    return (struct str){text.at + before.len, text.len - before.len - behind.len};
}

TEST(a_cursor_gives_back_its_place)
{
    struct world w = world_open();
    const int64_t places[] = {1, 255, INT64_C(1) << 40, INT64_MAX};

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        int64_t after = 0;

        EXPECT_OK(cursor_parse(&w.ctx, "customers", cursor_of(&w, "customers", places[i]), &after));
        EXPECT_INT(places[i], after);
    }
    world_close(&w);
}

TEST(no_cursor_is_the_first_page)
{
    struct world w = world_open();
    int64_t after = 7;

    EXPECT_OK(cursor_parse(&w.ctx, "customers", STR(""), &after));
    EXPECT_INT(7, after);
    world_close(&w);
}

TEST(the_last_page_has_none)
{
    struct world w = world_open();
    struct json_out out;

    json_out_open(&out, w.ctx.arena);
    json_put_cursor(&w.ctx, &out,
                    &(struct cursor_page){.list = "customers", .count = 1, .limit = 2, .last = 9});
    EXPECT_STR("", json_out_text(&out));
    world_close(&w);
}

TEST(a_cursor_of_another_list_or_merchant_is_refused)
{
    struct world w = world_open();
    struct str cursor = cursor_of(&w, "customers", 1000);
    int64_t after = 0;

    EXPECT_ERR(ERR_CURSOR_MALFORMED, cursor_parse(&w.ctx, "accounts", cursor, &after));
    EXPECT_STR("cursor", w.ctx.field);
    w.ctx.merchant.v++;
    EXPECT_ERR(ERR_CURSOR_MALFORMED, cursor_parse(&w.ctx, "customers", cursor, &after));
    EXPECT_INT(0, after);
    world_close(&w);
}

TEST(a_cursor_made_up_is_refused)
{
    struct world w = world_open();
    struct str cursor = cursor_of(&w, "customers", 1000);
    int64_t after = 0;

    for (size_t i = 0; i < cursor.len; i++) {
        char *changed = str_z(w.ctx.arena, cursor);

        changed[i] = changed[i] == '0' ? '1' : '0';
        EXPECT_ERR(ERR_CURSOR_MALFORMED,
                   cursor_parse(&w.ctx, "customers", str_of(changed), &after));
    }
    EXPECT_ERR(ERR_CURSOR_MALFORMED, cursor_parse(&w.ctx, "customers", STR("abc"), &after));
    EXPECT_INT(0, after);
    world_close(&w);
}

TESTS(RUN(a_cursor_gives_back_its_place), RUN(no_cursor_is_the_first_page),
      RUN(the_last_page_has_none), RUN(a_cursor_of_another_list_or_merchant_is_refused),
      RUN(a_cursor_made_up_is_refused))
