/* expiry — jobs of what has a time: points ripen; claims waiting on tablets, points, rewards and
 * credit notes end. See jobs.h. */
#include "core/credit/credit.h"
#include "core/loyalty/accounts.h"
#include "core/loyalty/programs_close.h"
#include "core/loyalty/rewards.h"
#include "core/loyalty/settle.h"
#include "core/orders/orders.h"
#include "jobs/jobs.h"

enum { ITEMS_MAX = 100 };

enum err
job_expire_claims(struct ctx *ctx, bool *more)
{
    int expired = 0;

    TRY(orders_expire_claims(ctx, ITEMS_MAX, &expired));
    *more = expired == ITEMS_MAX;
    return OK;
}

enum err
job_ripen_points(struct ctx *ctx, bool *more)
{
    int ripened = 0;

    TRY(accounts_ripen(ctx, ITEMS_MAX, &ripened));
    *more = ripened == ITEMS_MAX;
    return OK;
}

enum err
job_expire_points(struct ctx *ctx, bool *more)
{
    int expired = 0;

    TRY(accounts_expire(ctx, ITEMS_MAX, &expired));
    *more = expired == ITEMS_MAX;
    return OK;
}

enum err
job_expire_rewards(struct ctx *ctx, bool *more)
{
    int expired = 0;

    TRY(rewards_expire(ctx, ITEMS_MAX, &expired));
    *more = expired == ITEMS_MAX;
    return OK;
}

enum err
job_expire_credit_notes(struct ctx *ctx, bool *more)
{
    int expired = 0;

    TRY(credit_expire(ctx, ITEMS_MAX, &expired));
    *more = expired == ITEMS_MAX;
    return OK;
}

enum err
job_close_programs(struct ctx *ctx, bool *more)
{
    return programs_empty_closing(ctx, ITEMS_MAX, more);
}
