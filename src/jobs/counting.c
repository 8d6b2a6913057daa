/* counting — the job that adds what was posted to the days' figures of what is owed. See jobs.h. */
#include "core/insight/liability.h"
#include "jobs/jobs.h"

enum err
job_count_liability_prepare(struct ctx *ctx, void **prepared)
{
    struct liability_count *counted;

    TRY(liability_count_prepare(ctx, &counted));
    *prepared = counted;
    return OK;
}

enum err
job_count_liability_write(struct ctx *ctx, void *prepared, bool *more)
{
    return liability_count_write(ctx, prepared, more);
}
