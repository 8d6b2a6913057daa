/*
 * write_batch — what one transaction of the write lane remembers: sequences taken, events put.
 *
 * A merchant's counter is read once in a batch and stored once, at its end. A task that is rolled
 * back gives its numbers back, so that a merchant's sequence has no gaps. For write_lane only;
 * everybody else has write_next_seq and write_live_event.
 */
#pragma once
#include "db/write_lane.h"

struct write_counter {
    merchant_id merchant;
    int64_t seq;      /* the last one given */
    int64_t stored;   /* what the database has */
    int64_t undo_seq; /* before the running task took its first */
    int undo_task;    /* the task that undo_seq is of */
};

struct write_kept {
    const struct write_kept *older;
    merchant_id merchant;
    struct kept_key key;
    void *what;
};

struct write_batch {
    struct arena *arena; /* lives as long as the batch */
    const struct write_kept *kept;
    struct write_counter *counters;
    struct live_event *events;
    int counter_count, counter_room;
    int event_count, event_room;
    unsigned shards_locked; /* bit per shard; PostgreSQL */

    /* As they were when the running task began. */
    int task, counter_mark, event_mark;
    unsigned shards_mark;
};

void write_batch_open(struct write_batch *batch, struct arena *arena);
/* Takes a shard's lock unless the batch has it. */
MUST_USE enum err write_batch_lock(struct ctx *ctx, int shard);
void write_batch_mark(struct write_batch *batch); /* a task's savepoint begins */
void write_batch_undo(struct write_batch *batch); /* that savepoint was rolled back */
/* Stores the counters and tells the other nodes of the events. */
MUST_USE enum err write_batch_store(struct ctx *ctx);
