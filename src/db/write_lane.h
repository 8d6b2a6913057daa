/*
 * write_lane — group commit: what waits when the writer is free becomes one transaction.
 *
 * A task is run inside a savepoint of a shared transaction. OK, or an error marked KEEP, releases
 * the savepoint; any other error rolls it back, and only it. After the commit every task's `done`
 * is called with its own result; if the commit fails, all are done with ERR_DB_BUSY and nothing
 * changed (ERR_DB_FAILED when a connection broke while committing: then nobody knows). No
 * artificial delay. SQLite: one lane thread, at most 256 tasks a batch. PostgreSQL: one lane
 * thread, batches are of one shard, begin with db_lock_shard, at most 50 tasks; after a lost race
 * the tasks are run one by one.
 *
 * Sequences: write_next_seq gives the merchant's next merchant_seq; events put with
 * write_live_event are stored in live_event and, after the commit, handed to the listener.
 */
#pragma once
#include "base/ctx.h"

struct write_lane;
struct write_batch;

struct write_task {
    struct write_task *next; /* the lane's */
    merchant_id merchant;    /* whose shard; 0: the server's own */
    struct ctx *ctx; /* the task's own arena and actor; the lane sets db, batch, now_us stays */
    enum err (*run)(struct ctx *ctx, void *arg);
    void (*done)(struct write_task *task,
                 enum err result); /* on the lane's thread; must not block */
    void *arg;
};

struct live_event {
    merchant_id merchant;
    int64_t seq;
    struct str topic; /* "register:reg_…", "merchant", "tablet:tab_…" */
    struct str name;  /* the SSE event's name: "order" */
    struct str body;  /* JSON on one line; codes and numbers, never personal data */
};
/* Called on the lane's thread after a commit, with the events in merchant_seq order. */
typedef void write_listener(void *self, const struct live_event *events, int count);

struct write_lane_options {
    const char *db_url;
    int queue_max;            /* tasks waiting; more are refused with ERR_BUSY */
    int batch_max;            /* 0: the engine's own (256 or 50) */
    write_listener *listener; /* may be NULL */
    void *listener_self;
};
MUST_USE enum err write_lane_open(struct ctx *ctx, const struct write_lane_options *options,
                                  struct write_lane **lane);
/* Hands a task over; the caller keeps owning its memory until done is called.
 * Errors:   ERR_BUSY       the queue is full
 *           ERR_STOPPING   write_lane_close was called */
MUST_USE enum err write_lane_submit(struct write_lane *lane, struct write_task *task);
/* Submits and waits. For jobs and the command line; never on the lane's own thread. */
MUST_USE enum err write_lane_run(struct write_lane *lane, struct ctx *ctx,
                                 enum err (*run)(struct ctx *, void *), void *arg);
/* Finishes what was accepted, refuses what comes later, joins the thread. */
void write_lane_close(struct write_lane *lane);

/*
 * A note: something a read wants remembered (an API key was used). Bounded and merged by
 * (kind, merchant, id); the newest time wins; when full, dropped. Flushed once a minute, and when
 * the lane closes.
 */
enum write_note { NOTE_CREDENTIAL_USED, NOTE_SESSION_USED, NOTE_TABLET_SEEN };
typedef enum err write_note_flush(struct ctx *ctx, enum write_note kind, merchant_id merchant,
                                  int64_t id, int64_t at_us);
void write_lane_on_note(struct write_lane *lane, write_note_flush *flush);
void write_lane_note(struct write_lane *lane, enum write_note kind, merchant_id merchant,
                     int64_t id, int64_t at_us);

struct write_lane_figures {
    int64_t batches, tasks, refused, commit_failures;
    int waiting;
    int64_t commit_us_total;
};
struct write_lane_figures write_lane_read_figures(struct write_lane *lane);

/* ---- inside a task ---- */
/*
 * A batch for code that runs outside the lane (command line, tests): the same sequences and
 * events, in a transaction begun by the caller. write_batch_end stores the counters.
 */
struct write_batch *write_batch_begin(struct ctx *ctx);
MUST_USE enum err write_batch_end(struct ctx *ctx);

MUST_USE enum err write_next_seq(struct ctx *ctx, int64_t *seq);
/* Within: a write task. Takes the merchant's next seq for itself. */
MUST_USE enum err write_live_event(struct ctx *ctx, struct str topic, struct str name,
                                   struct str body);
/*
 * That something changed, and not what: whoever watches reads anew what they show. However many
 * tasks of a batch say it, it is one event. Body: {}. Within: a write task.
 */
MUST_USE enum err write_live_hint(struct ctx *ctx, struct str topic, struct str name);
/*
 * What a task read of the merchant that orders need again and again, kept for the batch's later
 * tasks under a name (the address of something of the reader's) and two numbers. As long as a batch
 * lasts only its own tasks can change what the merchant has: whoever does forgets what was kept,
 * and when a task is rolled back all is forgotten. So nothing kept is ever stale.
 *
 * write_kept gives NULL for what was not kept. write_arena gives where to read what will be kept;
 * where nothing is kept (outside a batch, or before it has the merchant's lock), the task's own.
 */
struct kept_key {
    const void *name;
    int64_t id, part;
};
void *write_kept(const struct ctx *ctx, const struct kept_key *key);
struct arena *write_arena(const struct ctx *ctx);
void write_keep(struct ctx *ctx, const struct kept_key *key, void *what);
void write_forget(struct ctx *ctx);

/* The merchant's own people, at the till and in the dashboard: topic, and the two hints there are.
 */
#define LIVE_MERCHANT STR("merchant")
#define LIVE_ACTIVITY STR("activity") /* points, rewards, orders or customers */
#define LIVE_SETTINGS STR("settings") /* the merchant, its programs, tablets, articles, team */
/* All tablets on the merchant's counters: they are told LIVE_SETTINGS when it looks otherwise. */
#define LIVE_TABLETS STR("tablets")
