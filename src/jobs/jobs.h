/*
 * jobs — what is done now and then, and nobody waits for.
 *
 * One table (jobs.c) and three threads: one for the jobs that call others, one for those that make
 * files. A job asks merchant by
 * merchant, in small write tasks, so that a request never waits for more than one of them. While
 * there is more to do it rests between them, so that the writer is the requests' for most of the
 * time, whatever there is to expire or to prune.
 */
#pragma once
#include "db/write_lane.h"

struct jobs;

/* What a step may have of memory: more than a request, since nobody waits for it, and there is one
 * of them at a time. */
enum { JOBS_STEP_MEMORY_MAX = 16 << 20 };

MUST_USE enum err jobs_open(struct ctx *ctx, struct write_lane *lane, struct jobs **jobs);
/* Waits for the task that is running. */
void jobs_close(struct jobs *jobs);

/*
 * Does a little of a job's work for ctx->merchant, or for the server when that is 0.
 * Within:   a write task.
 * Repeat:   harmless.
 * Gives:    *more: there is more of it to do now
 */
typedef enum err job_step(struct ctx *ctx, bool *more);
/*
 * The other kind of job, where what is written takes long to find: it is prepared on a connection
 * of the jobs' own, so that the writer does not wait, and then written.
 */
/* Within: a snapshot. Gives: *prepared, in ctx's arena; NULL: there is nothing to write. */
typedef enum err job_prepare(struct ctx *ctx, void **prepared);
/* As job_step. Must not trust that nothing happened since it was prepared. */
typedef enum err job_write(struct ctx *ctx, void *prepared, bool *more);
/*
 * A job that calls others out there, or works on files, has two more parts, and a thread that only
 * such jobs use: what was written is told outside, without a database, and what came of it is
 * written after. It may have nothing to write before.
 */
typedef void job_call(struct ctx *ctx, void *prepared);
/*
 * A job that makes a file is called as well, for minutes perhaps, and settles as often as it says
 * that there is more: what it made is stored bit by bit, with rests between. It is left in the end,
 * whatever came of it.
 */

job_prepare job_deliver_prepare, job_file_erasures_prepare, job_rewrite_prepare;
job_write job_deliver_write, job_deliver_settle, job_file_erasures_settle, job_rewrite_settle;
job_call job_deliver_call, job_file_erasures_call, job_rewrite_call;
job_step job_prune_bulk, job_prune_messages, job_prune_events, job_prune_replies,
    job_prune_credentials, job_prune_sign_ins, job_prune_merges, job_prune_lockouts,
    job_prune_trail, job_expire_claims, job_expire_points, job_expire_rewards,
    job_expire_credit_notes, job_ripen_points, job_close_programs;
job_prepare job_retain_prepare, job_seal_prepare, job_count_liability_prepare,
    job_count_customers_prepare, job_bulk_prepare, job_import_prepare, job_suspect_prepare,
    job_workbook_prepare;
job_write job_retain_write, job_seal_write, job_count_liability_write, job_count_customers_write,
    job_bulk_write, job_import_write, job_suspect_write, job_workbook_settle;
job_call job_workbook_call, job_workbook_leave;
