/*
 * bulk — what is done to all customers that a search finds: given a tag, rid of one, exported.
 *
 * It is a task of the merchant's, one at a time. A job does it step by step, by the customers' ids,
 * so that nobody waits for it, it goes on after a crash where it was, and can be stopped. Whom it
 * changed is noted, so that it can be undone: exactly these, and nobody who had the tag before.
 *
 * An export is a CSV file in the merchant's language, or a workbook, which a job of its own makes
 * of what was gathered (bulk_workbook.c). It holds what people must be able to have erased, so it
 * is kept for an hour, and goes at once when a customer is removed.
 */
#pragma once
#include "core/customers/search.h"
#include "core/customers/tags.h"

enum bulk_kind { BULK_TAG, BULK_UNTAG, BULK_EXPORT, BULK_KIND_COUNT };
enum bulk_state {
    BULK_RUNNING,
    BULK_DONE,
    BULK_CANCELED, /* what was done until then stays, and can be undone */
    BULK_UNDOING,
    BULK_UNDONE,
    BULK_STATE_COUNT
};
enum bulk_format { BULK_CSV, BULK_XLSX, BULK_FORMAT_COUNT };
const char *bulk_kind_name(enum bulk_kind kind);       /* "tag" */
const char *bulk_state_name(enum bulk_state state);    /* "running" */
const char *bulk_format_name(enum bulk_format format); /* "XLSX" */

struct bulk {
    bulk_id id;
    enum bulk_kind kind;
    enum bulk_state state;
    enum bulk_format format; /* of an export */
    bool making;             /* all is gathered: a workbook is made of it */
    tag_id tag;
    struct customer_query query; /* whom it is for; forgotten once it is over */
    int64_t total, done;         /* total: 0 until its first step */
    int64_t changed;             /* of done: who did not have the tag, or had it */
    int64_t size;                /* of an export: bytes; 0: it is not kept any more */
    int64_t after;               /* customers up to this id are done */
    int64_t created_us, updated_us;
};
#define BULK_EXPORT_KEEP_US (60 * INT64_C(60000000))
#define BULK_KEEP_US        (30 * 24 * BULK_EXPORT_KEEP_US)
enum { BULK_LISTED_MAX = 10 };

/* Whether a file of this format can hold all that are found, and so many. The first needs a
 * connection to read by.
 * Errors: ERR_BULK_TOO_MANY   more than a sheet has rows */
MUST_USE enum err bulk_check_size(struct ctx *ctx, const struct bulk *bulk);
MUST_USE enum err bulk_check_count(struct ctx *ctx, const struct bulk *bulk, int64_t count);
/*
 * Within:   a transaction
 * Errors:   ERR_TAG_UNKNOWN
 *           ERR_BULK_RUNNING   another one is
 */
MUST_USE enum err bulk_begin(struct ctx *ctx, struct bulk *bulk);
/* Errors: ERR_BULK_UNKNOWN */
MUST_USE enum err bulk_find(struct ctx *ctx, bulk_id id, struct bulk *bulk);
/* The newest BULK_LISTED_MAX. */
MUST_USE enum err bulk_list(struct ctx *ctx, struct bulk **list, int *count);
/* Repeat: harmless. Errors: ERR_BULK_UNKNOWN; ERR_BULK_OVER   it ended by itself */
MUST_USE enum err bulk_cancel(struct ctx *ctx, bulk_id id, struct bulk *bulk);
/*
 * Begins to take back what it changed.
 * Repeat:   harmless
 * Errors:   ERR_BULK_UNKNOWN
 *           ERR_BULK_OVER      an export; or it is still running
 *           ERR_BULK_RUNNING   another one is
 */
MUST_USE enum err bulk_undo(struct ctx *ctx, bulk_id id, struct bulk *bulk);
/* A piece of an export's file, BULK_PIECE_LEN bytes and the last one fewer, from 0.
 * Errors: ERR_BULK_UNKNOWN */
enum { BULK_PIECE_LEN = 256 << 10 };
MUST_USE enum err bulk_read_piece(struct ctx *ctx, bulk_id id, int64_t number, struct str *piece);
/* What exports hold of anybody goes; those that run are cancelled. Within: a transaction */
MUST_USE enum err bulk_forget_exports(struct ctx *ctx);

/* ---- for the job ---- */
struct bulk_step;
enum { BULK_PAGE = 200 };
/* Within: a snapshot. Gives: NULL when there is nothing to do. */
MUST_USE enum err bulk_prepare(struct ctx *ctx, struct bulk_step **step);
/* Within: a write batch. Nothing when the task was changed meanwhile. */
MUST_USE enum err bulk_write(struct ctx *ctx, const struct bulk_step *step, bool *more);
/*
 * A workbook of what was gathered: prepared within a snapshot, made outside of any transaction with
 * a connection to read by, stored bit by bit within write batches; then given up, whatever
 * happened. After a crash it is made again.
 */
struct bulk_workbook;
/* Gives: NULL when none is to be made. */
MUST_USE enum err bulk_prepare_workbook(struct ctx *ctx, struct bulk_workbook **workbook);
/* Errors: ERR_FILE_FAILED; ERR_BULK_UNKNOWN   what was gathered is gone */
MUST_USE enum err bulk_make_workbook(struct ctx *ctx, struct bulk_workbook *workbook);
/* Nothing when it was stopped meanwhile; when it was not made, the task is cancelled. */
MUST_USE enum err bulk_store_workbook(struct ctx *ctx, struct bulk_workbook *workbook, bool *more);
void bulk_drop_workbook(struct bulk_workbook *workbook);
/* Exports older than an hour, tasks older than BULK_KEEP_US; a few at a time. */
MUST_USE enum err bulk_prune(struct ctx *ctx, bool *more);
