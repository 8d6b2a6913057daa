/* bulk_workbook_test — a workbook is made of all that was gathered, again after a crash, and of
 * nothing that was stopped. */
#include "core/directory/bulk_store.h"
#include "support/test.h"
#include "support/world.h"

enum { LONG = 4000, MANY = 90 };

static void
add_customers(struct world *w)
{
    char *note = arena_alloc(w->ctx.arena, LONG);

    memset(note, '"', LONG);
    note[LONG / 2] = '\n';
    for (int i = 0; i < MANY; i++) {
        struct customer customer = {.given_name = STR("Anna"), .note = {note, LONG}};

        WORLD_TX(w) EXPECT_OK(customers_add(&w->ctx, &customer));
    }
}

static enum err
write_step(struct ctx *ctx, void *arg)
{
    bool more;

    return bulk_write(ctx, arg, &more);
}

/* Until all is gathered. */
static bulk_id
gather(struct world *w)
{
    struct bulk bulk = {.kind = BULK_EXPORT, .format = BULK_XLSX};
    struct bulk_step *step;

    WORLD_TX(w) EXPECT_OK(bulk_begin(&w->ctx, &bulk));
    do {
        EXPECT_OK(db_snapshot_begin(&w->ctx));
        EXPECT_OK(bulk_prepare(&w->ctx, &step));
        db_snapshot_end(&w->ctx);
        if (step != NULL) EXPECT_OK(world_write(w, write_step, step));
    } while (step != NULL);
    return bulk.id;
}

static struct bulk_workbook *
prepare(struct world *w)
{
    struct bulk_workbook *workbook;

    EXPECT_OK(bulk_prepare_workbook(&w->ctx, &workbook));
    return workbook;
}

struct settling {
    struct bulk_workbook *workbook;
    bool more;
};

static enum err
settle(struct ctx *ctx, void *arg)
{
    struct settling *settling = arg;

    return bulk_store_workbook(ctx, settling->workbook, &settling->more);
}

static void
store(struct world *w, struct bulk_workbook *workbook)
{
    struct settling settling = {.workbook = workbook, .more = true};

    while (settling.more)
        EXPECT_OK(world_write(w, settle, &settling));
    bulk_drop_workbook(workbook);
}

static struct bulk
find(struct world *w, bulk_id id)
{
    struct bulk bulk = {0};

    EXPECT_OK(bulk_find(&w->ctx, id, &bulk));
    return bulk;
}

static bool
has_piece(struct world *w, bulk_id id, int64_t number)
{
    struct str piece;
    bool found;

    EXPECT_OK(bulk_store_read_piece(&w->ctx, id, number, &piece, &found));
    return found;
}

TEST(a_workbook_takes_the_place_of_what_was_gathered)
{
    struct world w = world_open();
    struct str piece;

    add_customers(&w);
    bulk_id id = gather(&w);
    struct bulk gathered = find(&w, id);
    EXPECT_TRUE(gathered.making);
    EXPECT_INT(BULK_RUNNING, gathered.state);
    EXPECT_TRUE(gathered.size > BULK_PIECE_LEN);
    EXPECT_TRUE(has_piece(&w, id, bulk_store_gathered(1)));
    /* One that crashed before it was stored. */
    struct bulk_workbook *lost = prepare(&w);
    EXPECT_OK(bulk_make_workbook(&w.ctx, lost));
    bulk_drop_workbook(lost);
    struct bulk_workbook *workbook = prepare(&w);
    EXPECT_OK(bulk_make_workbook(&w.ctx, workbook));
    store(&w, workbook);
    struct bulk done = find(&w, id);
    EXPECT_INT(BULK_DONE, done.state);
    EXPECT_INT(MANY, done.done);
    EXPECT_OK(bulk_read_piece(&w.ctx, id, 0, &piece));
    EXPECT_INT(done.size, (int64_t)piece.len);
    EXPECT_TRUE(str_starts(piece, STR("PK")));
    EXPECT_TRUE(!has_piece(&w, id, bulk_store_gathered(0)));
    EXPECT_TRUE(prepare(&w) == NULL);
    WORLD_TX(&w) EXPECT_OK(bulk_forget_exports(&w.ctx));
    EXPECT_INT(0, find(&w, id).size);
    EXPECT_TRUE(!has_piece(&w, id, 0));
    world_close(&w);
}

TEST(what_was_stopped_or_forgotten_meanwhile_is_not_stored)
{
    struct world w = world_open();
    struct bulk bulk;

    add_customers(&w);
    bulk_id id = gather(&w);
    struct bulk_workbook *workbook = prepare(&w);
    EXPECT_OK(bulk_make_workbook(&w.ctx, workbook));
    WORLD_TX(&w) EXPECT_OK(bulk_cancel(&w.ctx, id, &bulk));
    store(&w, workbook);
    EXPECT_INT(BULK_CANCELED, find(&w, id).state);
    EXPECT_TRUE(!has_piece(&w, id, 0));
    EXPECT_TRUE(!has_piece(&w, id, bulk_store_gathered(0)));
    bulk_id next = gather(&w);
    workbook = prepare(&w);
    WORLD_TX(&w) EXPECT_OK(bulk_forget_exports(&w.ctx));
    EXPECT_ERR(ERR_BULK_UNKNOWN, bulk_make_workbook(&w.ctx, workbook));
    store(&w, workbook);
    EXPECT_INT(BULK_CANCELED, find(&w, next).state);
    world_close(&w);
}

TEST(one_that_cannot_be_made_ends_its_task)
{
    struct world w = world_open();

    add_customers(&w);
    bulk_id id = gather(&w);
    store(&w, prepare(&w));
    EXPECT_INT(BULK_CANCELED, find(&w, id).state);
    EXPECT_INT(0, find(&w, id).size);
    EXPECT_TRUE(prepare(&w) == NULL);
    world_close(&w);
}

TEST(more_than_a_sheet_has_rows_are_refused_before_it_begins)
{
    struct world w = world_open();
    const struct bulk book = {.kind = BULK_EXPORT, .format = BULK_XLSX};
    const struct bulk table = {.kind = BULK_EXPORT, .format = BULK_CSV};

    EXPECT_OK(bulk_check_size(&w.ctx, &book));
    EXPECT_OK(bulk_check_count(&w.ctx, &book, 1048575));
    EXPECT_ERR(ERR_BULK_TOO_MANY, bulk_check_count(&w.ctx, &book, 1048576));
    EXPECT_OK(bulk_check_count(&w.ctx, &table, 1048576));
    world_close(&w);
}

TESTS(RUN(more_than_a_sheet_has_rows_are_refused_before_it_begins),
      RUN(a_workbook_takes_the_place_of_what_was_gathered),
      RUN(what_was_stopped_or_forgotten_meanwhile_is_not_stored),
      RUN(one_that_cannot_be_made_ends_its_task))
