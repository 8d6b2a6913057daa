/* importing — the job that goes through files of customers. See jobs.h, core/people/intake.h. */
#include "core/people/intake.h"
#include "jobs/jobs.h"

enum err
job_import_prepare(struct ctx *ctx, void **prepared)
{
    struct intake_step *step;

    TRY(intake_prepare_step(ctx, &step));
    *prepared = step;
    return OK;
}

enum err
job_import_write(struct ctx *ctx, void *prepared, bool *more)
{
    return intake_take_step(ctx, prepared, more);
}
