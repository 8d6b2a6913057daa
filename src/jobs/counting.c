/* counting — the jobs that keep figures: of what is owed each day, and of each customer. See
 * jobs.h. */
#include "core/insight/figures.h"
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

enum err
job_count_customers_prepare(struct ctx *ctx, void **prepared)
{
    struct figures *figures;

    TRY(figures_prepare(ctx, &figures));
    *prepared = figures;
    return OK;
}

enum err
job_count_customers_write(struct ctx *ctx, void *prepared, bool *more)
{
    return figures_write(ctx, prepared, more);
}
