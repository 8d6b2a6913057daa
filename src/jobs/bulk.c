/* bulk — the jobs that do to many customers what somebody asked for, and forget it. See jobs.h. */
#include "core/directory/bulk.h"
#include "base/log.h"
#include "base/settings.h"
#include "db/db.h"
#include "jobs/jobs.h"

enum err
job_bulk_prepare(struct ctx *ctx, void **prepared)
{
    struct bulk_step *step;

    TRY(bulk_prepare(ctx, &step));
    *prepared = step;
    return OK;
}

enum err
job_bulk_write(struct ctx *ctx, void *prepared, bool *more)
{
    return bulk_write(ctx, prepared, more);
}

enum err
job_workbook_prepare(struct ctx *ctx, void **prepared)
{
    struct bulk_workbook *workbook;

    TRY(bulk_prepare_workbook(ctx, &workbook));
    *prepared = workbook;
    return OK;
}

/* With a connection that no snapshot keeps: minutes may pass. */
void
job_workbook_call(struct ctx *ctx, void *prepared)
{
    enum err err = db_open(ctx, ctx->settings->db, DB_READ_ONLY, &ctx->db);

    if (err == OK) {
        err = bulk_make_workbook(ctx, prepared);
        db_close(ctx->db);
    }
    ctx->db = NULL;
    if (err == OK) return;
    LOG(LOG_WARN, "workbook_not_made", LOG_TEXT("error", err_name(err)),
        LOG_TEXT("detail", ctx->detail));
}

enum err
job_workbook_settle(struct ctx *ctx, void *prepared, bool *more)
{
    return bulk_store_workbook(ctx, prepared, more);
}

void
job_workbook_leave(struct ctx *ctx, void *prepared)
{
    (void)ctx;
    bulk_drop_workbook(prepared);
}

enum err
job_prune_bulk(struct ctx *ctx, bool *more)
{
    return bulk_prune(ctx, more);
}
