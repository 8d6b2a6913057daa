/* write_batch — see write_batch.h, and "inside a task" in write_lane.h. */
#include "db/write_batch.h"
#include "db/db.h"
#include "db/write_store.h"
#include <inttypes.h>

enum { ROOM_FIRST = 16 };
_Static_assert(DB_SHARDS <= 32, "shards_locked has a bit for each");

void
write_batch_open(struct write_batch *batch, struct arena *arena)
{
    *batch = (struct write_batch){.arena = arena};
}

enum err
write_batch_lock(struct ctx *ctx, int shard)
{
    struct write_batch *batch = ctx->batch;

    ASSERT(shard >= 0);
    ASSERT(shard < DB_SHARDS);
    if (batch->shards_locked & (1U << shard)) return OK;
    TRY(db_lock_shard(ctx, shard));
    batch->shards_locked |= 1U << shard;
    return OK;
}

void
write_batch_mark(struct write_batch *batch)
{
    batch->task++;
    batch->counter_mark = batch->counter_count;
    batch->event_mark = batch->event_count;
    batch->shards_mark = batch->shards_locked;
}

void
write_batch_undo(struct write_batch *batch)
{
    /*
     * A lock taken inside a savepoint goes with it, and a counter read under that lock may be
     * another node's in the next moment: both are forgotten.
     */
    batch->counter_count = batch->counter_mark;
    batch->event_count = batch->event_mark;
    batch->shards_locked = batch->shards_mark;
    batch->kept = NULL; /* it may have been read after the task had changed it */
    for (int i = 0; i < batch->counter_count; i++) {
        struct write_counter *counter = &batch->counters[i];
        if (counter->undo_task == batch->task) counter->seq = counter->undo_seq;
    }
}

/* Room for one more; what was there is copied. The old array stays in the arena. */
static void *
with_room(struct arena *arena, void *items, int count, int *room, size_t item_size)
{
    if (count < *room) return items;
    *room = *room == 0 ? ROOM_FIRST : 2 * *room;
    void *bigger = arena_alloc(arena, item_size * (size_t)*room);
    if (count > 0) memcpy(bigger, items, item_size * (size_t)count);
    return bigger;
}

static enum err
find_counter(struct ctx *ctx, struct write_counter **found)
{
    struct write_batch *batch = ctx->batch;
    struct write_counter counter = {.merchant = ctx->merchant};

    for (int i = 0; i < batch->counter_count; i++) {
        if (batch->counters[i].merchant.v != ctx->merchant.v) continue;
        *found = &batch->counters[i];
        return OK;
    }
    /* The lane locked the shard of the task's merchant; a sign-in learns its merchant later. */
    TRY(write_batch_lock(ctx, db_shard_of(ctx->merchant)));
    TRY(write_store_find_seq(ctx, ctx->merchant, &counter.seq));
    counter.stored = counter.seq;
    batch->counters = with_room(batch->arena, batch->counters, batch->counter_count,
                                &batch->counter_room, sizeof counter);
    *found = &batch->counters[batch->counter_count++];
    **found = counter;
    return OK;
}

enum err
write_next_seq(struct ctx *ctx, int64_t *seq)
{
    struct write_counter *counter = NULL;

    ASSERT(ctx->batch != NULL);
    ASSERT(ctx->merchant.v != 0);
    TRY(find_counter(ctx, &counter));
    if (counter->undo_task != ctx->batch->task) {
        counter->undo_task = ctx->batch->task;
        counter->undo_seq = counter->seq;
    }
    *seq = ++counter->seq;
    return OK;
}

enum err
write_live_event(struct ctx *ctx, struct str topic, struct str name, struct str body)
{
    struct write_batch *batch = ctx->batch;
    struct live_event event = {.merchant = ctx->merchant};

    ASSERT(batch != NULL);
    ASSERT(topic.len > 0); /* an empty one marks where older events were pruned */
    ASSERT(memchr(body.at, '\n', body.len) == NULL);
    if (!str_is_text(body)) return fail(ctx, ERR_FIELD_VALUE, "what is told live is not text");
    TRY(write_next_seq(ctx, &event.seq));
    /* The task's own arena may be gone when the listener is told. */
    event.topic = str_copy(batch->arena, topic);
    event.name = str_copy(batch->arena, name);
    event.body = str_copy(batch->arena, body);
    batch->events = with_room(batch->arena, batch->events, batch->event_count, &batch->event_room,
                              sizeof event);
    batch->events[batch->event_count++] = event;
    return OK;
}

/* Whether this batch tells the merchant's watchers of that topic this already. */
static bool
is_told(const struct write_batch *batch, merchant_id merchant, struct str topic, struct str name)
{
    for (int i = batch->event_count - 1; i >= 0; i--) {
        const struct live_event *event = &batch->events[i];

        if (event->merchant.v == merchant.v && str_is(event->name, name) &&
            str_is(event->topic, topic)) {
            return true;
        }
    }
    return false;
}

enum err
write_live_hint(struct ctx *ctx, struct str topic, struct str name)
{
    ASSERT(ctx->batch != NULL);
    if (is_told(ctx->batch, ctx->merchant, topic, name)) return OK;
    return write_live_event(ctx, topic, name, STR("{}"));
}

/*
 * On PostgreSQL every node, this one too, learns of events by NOTIFY: it comes in the order of
 * commits, whichever node made them, which local calls mixed with it would not.
 */
static enum err
tell_nodes(struct ctx *ctx)
{
    struct write_batch *batch = ctx->batch;
    struct str script = STR("");

    if (db_engine_of(ctx->db) != DB_POSTGRES) return OK;
    for (int i = 0; i < batch->counter_count; i++) {
        int64_t first = 0;
        int64_t last = 0;

        for (int j = 0; j < batch->event_count; j++) {
            if (batch->events[j].merchant.v != batch->counters[i].merchant.v) continue;
            if (first == 0) first = batch->events[j].seq;
            last = batch->events[j].seq;
        }
        if (first == 0) continue;
        script = str_format(batch->arena,
                            "%.*sNOTIFY habitue_live, '%" PRId64 " %" PRId64 " %" PRId64 "';",
                            STR_ARG(script), batch->counters[i].merchant.v, first, last);
    }
    return script.len == 0 ? OK : db_run_script(ctx, str_z(batch->arena, script));
}

enum err
write_batch_store(struct ctx *ctx)
{
    struct write_batch *batch = ctx->batch;

    for (int i = 0; i < batch->counter_count; i++) {
        struct write_counter *counter = &batch->counters[i];

        ASSERT(counter->seq >= counter->stored);
        if (counter->seq == counter->stored) continue;
        TRY(write_store_change_seq(ctx, counter->merchant, counter->seq));
        counter->stored = counter->seq;
    }
    for (int i = 0; i < batch->event_count; i++)
        TRY(write_store_add_event(ctx, &batch->events[i]));
    return tell_nodes(ctx);
}

/* ---- kept ---- */
static bool
keeps(const struct ctx *ctx)
{
    return ctx->batch != NULL &&
           (ctx->batch->shards_locked & (1U << db_shard_of(ctx->merchant))) != 0;
}

void *
write_kept(const struct ctx *ctx, const struct kept_key *key)
{
    if (!keeps(ctx)) return NULL;
    for (const struct write_kept *kept = ctx->batch->kept; kept != NULL; kept = kept->older) {
        bool is_it = kept->key.id == key->id && kept->key.part == key->part &&
                     kept->key.name == key->name && kept->merchant.v == ctx->merchant.v;

        if (is_it) return kept->what;
    }
    return NULL;
}

struct arena *
write_arena(const struct ctx *ctx)
{
    return keeps(ctx) ? ctx->batch->arena : ctx->arena;
}

void
write_keep(struct ctx *ctx, const struct kept_key *key, void *what)
{
    if (!keeps(ctx)) return;
    struct write_kept *kept = ARENA_NEW(ctx->batch->arena, struct write_kept);

    *kept = (struct write_kept){ctx->batch->kept, ctx->merchant, *key, what};
    ctx->batch->kept = kept;
}

void
write_forget(struct ctx *ctx)
{
    if (ctx->batch != NULL) ctx->batch->kept = NULL;
}

/* ---- for code outside the lane ---- */
struct write_batch *
write_batch_begin(struct ctx *ctx)
{
    ASSERT(db_in_tx(ctx->db));
    ctx->batch = ARENA_NEW(ctx->arena, struct write_batch);
    write_batch_open(ctx->batch, ctx->arena);
    return ctx->batch;
}

enum err
write_batch_end(struct ctx *ctx)
{
    ASSERT(ctx->batch != NULL);
    TRY(write_batch_store(ctx));
    ctx->batch = NULL;
    return OK;
}
