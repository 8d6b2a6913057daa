/*
 * forget — jobs that erase whom nobody heard of for long; and after an erasure: the journal's file
 * is told of it, and the database's file loses the last traces. See jobs.h, core/people/erasure.h,
 * core/people/retention.h, db/rewrite.h.
 */
#include "base/clock.h"
#include "base/log.h"
#include "base/settings.h"
#include "base/zone.h"
#include "core/merchants/merchants.h"
#include "core/people/erasure.h"
#include "core/people/retention.h"
#include "db/rewrite.h"
#include "jobs/erasure_file.h"
#include "jobs/jobs.h"

enum { FILED_MAX = 500, REWRITTEN_MAX = 10000 };
/* Rewriting so much keeps nobody waiting for longer than half a second; more waits for the night,
 * when the shops are closed. */
#define REWRITE_BY_DAY_MAX (INT64_C(48) << 20)
enum { NIGHT_BEGINS = 3, NIGHT_ENDS = 5 }; /* hours, where the first merchant is */

/* What is to be done, and whether it was. */
struct forgetting {
    struct erasure *erasures;
    int count;
    bool is_done;
};

static enum err
prepare(struct ctx *ctx, enum erasure_work work, int max, void **prepared)
{
    struct forgetting *forgetting = ARENA_NEW(ctx->arena, struct forgetting);

    TRY(erasure_list(ctx, work, max, &forgetting->erasures, &forgetting->count));
    if (forgetting->count > 0) *prepared = forgetting;
    return OK;
}

static enum err
settle(struct ctx *ctx, enum erasure_work work, const struct forgetting *forgetting)
{
    if (!forgetting->is_done) return OK;
    return erasure_done(ctx, work, forgetting->erasures, forgetting->count);
}

/* ---- the journal's file ---- */

enum err
job_file_erasures_prepare(struct ctx *ctx, void **prepared)
{
    return prepare(ctx, ERASURE_TO_FILE, FILED_MAX, prepared);
}

void
job_file_erasures_call(struct ctx *ctx, void *prepared)
{
    struct forgetting *forgetting = prepared;
    const char *path = ctx->settings->erasure_file;

    enum err err = erasure_file_add(ctx, path, forgetting->erasures, forgetting->count);
    forgetting->is_done = err == OK;
    if (err == OK) return;
    LOG(LOG_ERROR, "erasures_not_filed", LOG_TEXT("error", err_name(err)),
        LOG_TEXT("detail", ctx->detail));
}

enum err
job_file_erasures_settle(struct ctx *ctx, void *prepared, bool *more)
{
    const struct forgetting *forgetting = prepared;

    *more = forgetting->is_done && forgetting->count == FILED_MAX;
    return settle(ctx, ERASURE_TO_FILE, forgetting);
}

/* ---- the database's file ---- */

static enum err
is_time_to_rewrite(struct ctx *ctx, bool *now)
{
    struct merchant *merchants;
    int64_t size;
    int count;

    *now = true;
    TRY(rewrite_size(ctx, &size));
    if (size <= REWRITE_BY_DAY_MAX) return OK;
    TRY(merchants_list(ctx, &merchants, &count));
    if (count == 0) return OK;
    int64_t local_us = zone_local_at(merchants[0].time_zone, ctx->now_us);
    int64_t hour = local_us % CLOCK_DAY_US / CLOCK_HOUR_US;
    *now = hour >= NIGHT_BEGINS && hour < NIGHT_ENDS;
    return OK;
}

enum err
job_rewrite_prepare(struct ctx *ctx, void **prepared)
{
    bool now;

    TRY(prepare(ctx, ERASURE_TO_REWRITE, REWRITTEN_MAX, prepared));
    if (*prepared == NULL) return OK;
    TRY(is_time_to_rewrite(ctx, &now));
    if (!now) *prepared = NULL;
    return OK;
}

void
job_rewrite_call(struct ctx *ctx, void *prepared)
{
    struct forgetting *forgetting = prepared;

    enum err err = rewrite_database(ctx);
    forgetting->is_done = err == OK;
    if (err == OK) return;
    LOG(LOG_WARN, "database_not_rewritten", LOG_TEXT("error", err_name(err)),
        LOG_TEXT("detail", ctx->detail));
}

enum err
job_rewrite_settle(struct ctx *ctx, void *prepared, bool *more)
{
    *more = false;
    return settle(ctx, ERASURE_TO_REWRITE, prepared);
}

/* ---- whom nobody heard of for long ---- */

enum err
job_retain_prepare(struct ctx *ctx, void **prepared)
{
    struct retention_step *step;

    TRY(retention_prepare(ctx, &step));
    if (step != NULL) *prepared = step;
    return OK;
}

enum err
job_retain_write(struct ctx *ctx, void *prepared, bool *more)
{
    const struct retention_step *step = prepared;

    *more = step->next != 0;
    return retention_erase(ctx, step);
}
