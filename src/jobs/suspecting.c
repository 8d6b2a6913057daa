/* suspecting — the job that finds what is unusual in the trail. See jobs.h. */
#include "core/insight/suspect.h"
#include "jobs/jobs.h"

enum err
job_suspect_prepare(struct ctx *ctx, void **prepared)
{
    struct suspicion_list *found;

    TRY(suspect_find(ctx, &found));
    *prepared = found;
    return OK;
}

enum err
job_suspect_write(struct ctx *ctx, void *prepared, bool *more)
{
    const struct suspicion_list *found = prepared;

    *more = false;
    for (int i = 0; i < found->count; i++)
        TRY(suspicions_keep(ctx, &found->at[i]));
    return OK;
}
