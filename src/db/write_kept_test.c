/* write_kept_test — what a batch keeps for its later tasks, and when it is gone. */
#include "db/db.h"
#include "db/write_batch.h"
#include "db/write_lane.h"
#include "support/test.h"
#include "support/world.h"

static const char rules, days;

static int
kept(struct world *w, const char *name, int64_t id, int64_t part)
{
    const int *what = write_kept(&w->ctx, &(struct kept_key){name, id, part});

    return what == NULL ? 0 : *what;
}

static void
keep(struct world *w, const char *name, int value)
{
    int *what = ARENA_NEW(write_arena(&w->ctx), int);

    *what = value;
    write_keep(&w->ctx, &(struct kept_key){name, 1, 2}, what);
}

TEST(what_is_kept_is_found_by_its_name_and_its_merchant)
{
    struct world w = world_open();
    merchant_id own = w.ctx.merchant, other = world_add_merchant(&w);

    WORLD_TX(&w)
    {
        int64_t seq;

        EXPECT_OK(write_next_seq(&w.ctx, &seq)); /* which takes the merchant's lock */
        keep(&w, &rules, 7);
        keep(&w, &days, 8);
        EXPECT_INT(7, kept(&w, &rules, 1, 2));
        EXPECT_INT(8, kept(&w, &days, 1, 2));
        EXPECT_INT(0, kept(&w, &rules, 1, 3));
        EXPECT_INT(0, kept(&w, &rules, 2, 2));
        w.ctx.merchant = other;
        EXPECT_INT(0, kept(&w, &rules, 1, 2));
        w.ctx.merchant = own;
        write_forget(&w.ctx);
        EXPECT_INT(0, kept(&w, &days, 1, 2));
    }
    EXPECT_INT(0, kept(&w, &rules, 1, 2));
    world_close(&w);
}

/* Without its lock another node may change the merchant's rows while the batch runs. */
TEST(nothing_is_kept_of_a_merchant_whose_lock_the_batch_has_not)
{
    struct world w = world_open();

    keep(&w, &rules, 7);
    EXPECT_INT(0, kept(&w, &rules, 1, 2));
    WORLD_TX(&w)
    {
        EXPECT_TRUE(write_arena(&w.ctx) == w.ctx.arena);
        keep(&w, &rules, 7);
        EXPECT_INT(0, kept(&w, &rules, 1, 2));
    }
    world_close(&w);
}

TEST(a_task_that_is_rolled_back_leaves_nothing_kept)
{
    struct world w = world_open();

    WORLD_TX(&w)
    {
        int64_t seq;

        EXPECT_OK(write_next_seq(&w.ctx, &seq));
        keep(&w, &rules, 7);
        write_batch_mark(w.ctx.batch);
        EXPECT_OK(db_savepoint(&w.ctx));
        EXPECT_INT(7, kept(&w, &rules, 1, 2));
        keep(&w, &days, 8);
        EXPECT_OK(db_savepoint_rollback(&w.ctx));
        write_batch_undo(w.ctx.batch);
        EXPECT_INT(0, kept(&w, &rules, 1, 2));
        EXPECT_INT(0, kept(&w, &days, 1, 2));
    }
    world_close(&w);
}

TESTS(RUN(what_is_kept_is_found_by_its_name_and_its_merchant),
      RUN(nothing_is_kept_of_a_merchant_whose_lock_the_batch_has_not),
      RUN(a_task_that_is_rolled_back_leaves_nothing_kept))
