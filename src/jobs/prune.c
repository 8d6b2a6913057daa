/* prune — jobs that forget: old events, kept replies, ended credentials, wrong guesses. See jobs.h.
 */
#include "base/clock.h"
#include "base/settings.h"
#include "core/customers/merges.h"
#include "core/customers/sign_in.h"
#include "core/outbox/outbox.h"
#include "core/team/passwords.h"
#include "core/team/profile.h"
#include "core/trail/suspicions.h"
#include "core/trail/trail.h"
#include "jobs/jobs.h"
#include "jobs/jobs_store.h"

enum { ROWS_MAX = 500, MERGES_MAX = 20 /* each may have thousands of parts */ };
#define MESSAGES_KEEP_US (30 * CLOCK_DAY_US)

enum err
job_prune_events(struct ctx *ctx, bool *more)
{
    int64_t before_us = ctx->now_us - ctx->settings->live_keep_s * CLOCK_SECOND_US;
    int64_t removed = 0;

    TRY(jobs_store_mark_events(ctx, before_us));
    TRY(jobs_store_remove_events(ctx, before_us, ROWS_MAX, &removed));
    *more = removed == ROWS_MAX;
    return OK;
}

enum err
job_prune_replies(struct ctx *ctx, bool *more)
{
    int64_t keep_us = ctx->settings->idempotency_keep_days * CLOCK_DAY_US;
    int64_t removed = 0;

    TRY(jobs_store_remove_replies(ctx, id_floor_at(ctx->now_us - keep_us), ROWS_MAX, &removed));
    *more = removed == ROWS_MAX;
    return OK;
}

/* What was written to people is theirs; it is of no use to anybody after a while. */
enum err
job_prune_messages(struct ctx *ctx, bool *more)
{
    int64_t before_us = ctx->now_us - MESSAGES_KEEP_US;
    int64_t removed = 0;

    TRY(outbox_forget(ctx, before_us, ROWS_MAX, &removed));
    *more = removed == ROWS_MAX;
    return OK;
}

enum err
job_prune_trail(struct ctx *ctx, bool *more)
{
    int64_t forgotten = 0;

    TRY(trail_forget(ctx, ROWS_MAX, &forgotten));
    *more = forgotten == ROWS_MAX;
    TRY(suspicions_forget(ctx, ROWS_MAX, &forgotten));
    *more = *more || forgotten == ROWS_MAX;
    return OK;
}

enum err
job_prune_sign_ins(struct ctx *ctx, bool *more)
{
    int64_t removed = 0;

    TRY(sign_in_forget(ctx, ROWS_MAX, &removed));
    *more = removed == ROWS_MAX;
    TRY(email_change_forget(ctx, ROWS_MAX, &removed));
    *more = *more || removed == ROWS_MAX;
    TRY(passwords_forget_links(ctx, ROWS_MAX, &removed));
    *more = *more || removed == ROWS_MAX;
    return OK;
}

/* Who two customers were before they became one, once that cannot be undone any more. */
enum err
job_prune_merges(struct ctx *ctx, bool *more)
{
    int64_t ended = 0;

    TRY(customer_merges_end(ctx, MERGES_MAX, &ended));
    *more = ended == MERGES_MAX;
    return OK;
}

enum err
job_prune_credentials(struct ctx *ctx, bool *more)
{
    int64_t removed = 0;

    TRY(jobs_store_remove_credentials(ctx, ctx->now_us, ROWS_MAX, &removed));
    *more = removed == ROWS_MAX;
    return OK;
}

enum err
job_prune_lockouts(struct ctx *ctx, bool *more)
{
    int64_t removed = 0;

    TRY(lockout_forget(ctx, ROWS_MAX, &removed));
    *more = removed == ROWS_MAX;
    return OK;
}
