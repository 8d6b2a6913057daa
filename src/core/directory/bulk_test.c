/* bulk_test — what is done to many: step by step, once, whatever happens meanwhile; and undone. */
#include "base/clock.h"
#include "core/directory/bulk.h"
#include "support/test.h"
#include "support/world.h"

static customer_id
add_customer(struct world *w, const char *name)
{
    struct customer customer = {.given_name = str_of(name)};

    WORLD_TX(w) EXPECT_OK(customers_add(&w->ctx, &customer));
    return customer.id;
}

static tag_id
add_tag(struct world *w)
{
    struct tag tag = {.name = STR("market")};

    WORLD_TX(w) EXPECT_OK(tags_add(&w->ctx, &tag));
    return tag.id;
}

static bulk_id
begin(struct world *w, struct bulk bulk)
{
    WORLD_TX(w) EXPECT_OK(bulk_begin(&w->ctx, &bulk));
    return bulk.id;
}

static struct bulk
find(struct world *w, bulk_id id)
{
    struct bulk bulk = {0};

    EXPECT_OK(bulk_find(&w->ctx, id, &bulk));
    return bulk;
}

static struct bulk_step *
prepare(struct world *w)
{
    struct bulk_step *step;

    EXPECT_OK(db_snapshot_begin(&w->ctx));
    EXPECT_OK(bulk_prepare(&w->ctx, &step));
    db_snapshot_end(&w->ctx);
    return step;
}

static enum err
write_step(struct ctx *ctx, void *arg)
{
    bool more;

    return bulk_write(ctx, arg, &more);
}

/* All steps; gives how many there were. */
static int
run(struct world *w)
{
    int steps = 0;

    for (struct bulk_step *step = prepare(w); step != NULL; step = prepare(w)) {
        EXPECT_OK(world_write(w, write_step, step));
        steps++;
    }
    return steps;
}

static int
count_tags(struct world *w, customer_id customer)
{
    tag_id *tags;
    int count;

    EXPECT_OK(tags_list_of(&w->ctx, customer, &tags, &count));
    return count;
}

TEST(everybody_found_gets_the_tag_in_steps_and_gives_it_back)
{
    enum { MANY = BULK_PAGE + 3 };
    struct world w = world_open();
    tag_id tag = add_tag(&w);
    customer_id last = {0};
    bool changed;

    for (int i = 0; i < MANY; i++)
        last = add_customer(&w, "Anna");
    customer_id other = add_customer(&w, "Leo");
    WORLD_TX(&w) EXPECT_OK(tags_put_on(&w.ctx, last, tag, &changed));
    bulk_id id =
        begin(&w, (struct bulk){.kind = BULK_TAG, .tag = tag, .query = {.text = STR("anna")}});
    EXPECT_INT(2, run(&w));
    struct bulk done = find(&w, id);
    EXPECT_INT(BULK_DONE, done.state);
    EXPECT_INT(MANY, done.total);
    EXPECT_INT(MANY, done.done);
    EXPECT_INT(MANY - 1, done.changed);
    EXPECT_INT(0, count_tags(&w, other));
    WORLD_TX(&w) EXPECT_OK(bulk_undo(&w.ctx, id, &done));
    EXPECT_INT(2, run(&w));
    EXPECT_INT(BULK_UNDONE, find(&w, id).state);
    EXPECT_INT(1, count_tags(&w, last));
    world_close(&w);
}

TEST(a_tag_that_was_taken_off_comes_back_when_it_is_undone)
{
    struct world w = world_open();
    tag_id tag = add_tag(&w);
    customer_id anna = add_customer(&w, "Anna"), leo = add_customer(&w, "Leo");
    struct bulk bulk;
    bool changed;

    WORLD_TX(&w) EXPECT_OK(tags_put_on(&w.ctx, anna, tag, &changed));
    bulk_id id = begin(&w, (struct bulk){.kind = BULK_UNTAG, .tag = tag});
    run(&w);
    EXPECT_INT(0, count_tags(&w, anna));
    WORLD_TX(&w) EXPECT_OK(bulk_undo(&w.ctx, id, &bulk));
    run(&w);
    EXPECT_INT(1, count_tags(&w, anna));
    EXPECT_INT(0, count_tags(&w, leo));
    world_close(&w);
}

TEST(what_was_stopped_or_begun_twice_writes_nothing)
{
    struct world w = world_open();
    tag_id tag = add_tag(&w);
    customer_id anna = add_customer(&w, "Anna");
    struct bulk bulk, second = {.kind = BULK_EXPORT};
    bulk_id id = begin(&w, (struct bulk){.kind = BULK_TAG, .tag = tag});
    struct bulk_step *step = prepare(&w);

    WORLD_TX(&w)
    {
        EXPECT_ERR(ERR_BULK_RUNNING, bulk_begin(&w.ctx, &second));
        EXPECT_ERR(ERR_BULK_OVER, bulk_undo(&w.ctx, id, &bulk));
        EXPECT_OK(bulk_cancel(&w.ctx, id, &bulk));
    }
    EXPECT_OK(world_write(&w, write_step, step));
    EXPECT_INT(0, count_tags(&w, anna));
    EXPECT_INT(BULK_CANCELED, find(&w, id).state);
    WORLD_TX(&w) EXPECT_ERR(ERR_BULK_UNKNOWN, bulk_cancel(&w.ctx, (bulk_id){9}, &bulk));
    world_close(&w);
}

TEST(a_tag_or_a_customer_that_goes_meanwhile_is_left_out)
{
    struct world w = world_open();
    tag_id tag = add_tag(&w);
    customer_id anna = add_customer(&w, "Anna"), leo = add_customer(&w, "Leo");
    bulk_id id = begin(&w, (struct bulk){.kind = BULK_TAG, .tag = tag});
    struct bulk_step *step = prepare(&w);

    WORLD_TX(&w) EXPECT_OK(customers_remove(&w.ctx, leo));
    EXPECT_OK(world_write(&w, write_step, step));
    EXPECT_INT(1, find(&w, id).changed);
    EXPECT_INT(1, count_tags(&w, anna));
    EXPECT_INT(0, count_tags(&w, leo));
    bulk_id next = begin(&w, (struct bulk){.kind = BULK_UNTAG, .tag = tag});
    WORLD_TX(&w) EXPECT_OK(tags_remove(&w.ctx, tag));
    run(&w);
    EXPECT_INT(BULK_CANCELED, find(&w, next).state);
    struct bulk unknown = {.kind = BULK_TAG, .tag = tag};
    WORLD_TX(&w) EXPECT_ERR(ERR_TAG_UNKNOWN, bulk_begin(&w.ctx, &unknown));
    world_close(&w);
}

TEST(an_export_longer_than_a_piece_is_whole_and_forgotten_after_an_hour)
{
    enum { LONG = 4000, MANY = 90 };
    struct world w = world_open();
    char *note = arena_alloc(w.ctx.arena, LONG);
    struct str piece;
    bool more;

    memset(note, 'x', LONG);
    for (int i = 0; i < MANY; i++) {
        struct customer customer = {.given_name = STR("Anna"), .note = {note, LONG}};
        WORLD_TX(&w) EXPECT_OK(customers_add(&w.ctx, &customer));
    }
    bulk_id id = begin(&w, (struct bulk){.kind = BULK_EXPORT});
    run(&w);
    int64_t size = find(&w, id).size, read = 0;
    EXPECT_TRUE(size > BULK_PIECE_LEN);
    for (int64_t number = 0; read < size; number++) {
        EXPECT_OK(bulk_read_piece(&w.ctx, id, number, &piece));
        EXPECT_INT(size - read < BULK_PIECE_LEN ? size - read : BULK_PIECE_LEN, piece.len);
        read += (int64_t)piece.len;
    }
    EXPECT_TRUE(str_is((struct str){piece.at + piece.len - 2, 2}, STR("\r\n")));
    world_advance(&w, BULK_EXPORT_KEEP_US + CLOCK_SECOND_US);
    WORLD_TX(&w) EXPECT_OK(bulk_prune(&w.ctx, &more));
    EXPECT_INT(0, find(&w, id).size);
    EXPECT_ERR(ERR_BULK_UNKNOWN, bulk_read_piece(&w.ctx, id, 0, &piece));
    world_advance(&w, BULK_KEEP_US);
    WORLD_TX(&w) EXPECT_OK(bulk_prune(&w.ctx, &more));
    struct bulk gone;
    EXPECT_ERR(ERR_BULK_UNKNOWN, bulk_find(&w.ctx, id, &gone));
    world_close(&w);
}

TESTS(RUN(everybody_found_gets_the_tag_in_steps_and_gives_it_back),
      RUN(a_tag_that_was_taken_off_comes_back_when_it_is_undone),
      RUN(what_was_stopped_or_begun_twice_writes_nothing),
      RUN(a_tag_or_a_customer_that_goes_meanwhile_is_left_out),
      RUN(an_export_longer_than_a_piece_is_whole_and_forgotten_after_an_hour))
