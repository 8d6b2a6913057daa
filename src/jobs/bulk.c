/* bulk — the jobs that do to many customers what somebody asked for, and forget it. See jobs.h. */
#include "core/directory/bulk.h"
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
job_prune_bulk(struct ctx *ctx, bool *more)
{
    return bulk_prune(ctx, more);
}
