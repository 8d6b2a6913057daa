/* retention — see retention.h. */
#include "core/people/retention.h"
#include "base/clock.h"
#include "base/list.h"
#include "core/loyalty/accounts.h"
#include "core/people/people.h"
#include "core/people/retention_store.h"
#include "db/db.h"

enum { ERASED_MAX = 20, PAGES_A_STEP = 10 };

/* What people do themselves; expiry and what staff give are no contact. */
#define DONE_BY_PEOPLE                                                                             \
    (1U << EVENT_ACCUMULATE_POINTS | 1U << EVENT_ACCUMULATE_PROMOTION_POINTS |                     \
     1U << EVENT_CREATE_REWARD | 1U << EVENT_REDEEM_REWARD)

/* Four years have 1,461 days and 48 months. */
static int64_t
time_before(int64_t now_us, int64_t months)
{
    return now_us - (months * 1461 + 47) / 48 * CLOCK_DAY_US;
}

enum err
retention_read(struct ctx *ctx, struct retention *retention)
{
    struct retention_row row;

    TRY(retention_store_find(ctx, &row));
    *retention = row.retention;
    return OK;
}

enum err
retention_change(struct ctx *ctx, const struct retention *wanted)
{
    struct retention changed = *wanted;

    ASSERT(db_in_tx(ctx->db));
    if (changed.months < 1 || changed.months > RETENTION_MONTHS_MAX) {
        return fail_field(ctx, ERR_FIELD_RANGE, "months");
    }
    changed.changed_us = ctx->now_us;
    return retention_store_put(ctx, &changed);
}

/* ---- who is quiet ---- */

static int64_t
later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* The newest event may be one that they did not do, with one behind it that they did. */
static enum err
has_done_something(struct ctx *ctx, const struct trace_row *row, int64_t since_us, bool *done)
{
    const struct event_query query = {
        .customer = row->customer.id, .types = DONE_BY_PEOPLE, .from_us = since_us, .limit = 1};
    struct loyalty_event *events;
    int count;

    *done = false;
    if (row->event_id < id_floor_at(since_us)) return OK;
    TRY(accounts_search_events(ctx, &query, &events, &count));
    *done = count > 0;
    return OK;
}

static enum err
look_at(struct ctx *ctx, struct trace_row *row, int64_t since_us, bool *is_quiet)
{
    bool done;

    row->customer.heard_us =
        later(later(row->created_us, row->contact_us), later(row->session_us, row->order_us));
    *is_quiet = false;
    if (row->customer.heard_us >= since_us) return OK;
    TRY(has_done_something(ctx, row, since_us, &done));
    *is_quiet = !done;
    return OK;
}

/* A page of customers; *after becomes the last one's id, or 0 when they were the last. */
static enum err
look_at_page(struct ctx *ctx, const struct quiet_query *query, int64_t *after,
             struct quiet_customer **customers, int *count)
{
    int64_t since_us = time_before(ctx->now_us, query->months);
    struct trace_row *rows;
    int row_count;

    TRY(retention_store_list(ctx, *after, since_us, RETENTION_PAGE_MAX, &rows, &row_count));
    for (int i = 0; i < row_count; i++) {
        bool is_quiet;

        TRY(look_at(ctx, &rows[i], since_us, &is_quiet));
        *after = rows[i].customer.id.v;
        if (!is_quiet) continue;
        LIST_ADD(ctx->arena, *customers, *count, rows[i].customer);
        if (*count == query->max) return OK;
    }
    if (row_count < RETENTION_PAGE_MAX) *after = 0;
    return OK;
}

enum err
retention_look(struct ctx *ctx, const struct quiet_query *query, struct quiet_customer **customers,
               int *count, int64_t *next)
{
    ASSERT(query->months >= 1);
    ASSERT(query->max >= 1);
    *customers = NULL;
    *count = 0;
    *next = query->after;
    for (int page = 0; query->pages_max == 0 || page < query->pages_max; page++) {
        TRY(look_at_page(ctx, query, next, customers, count));
        if (*next == 0 || *count == query->max) return OK;
    }
    return OK;
}

/* In an arena of its own for each page: a report may not hold a million names. */
enum err
retention_count(struct ctx *ctx, int64_t months, int64_t *total)
{
    const struct quiet_query query = {.months = months, .max = RETENTION_PAGE_MAX + 1};
    struct arena scratch, *before = ctx->arena;
    int64_t after = 0;
    enum err err;

    *total = 0;
    do {
        struct quiet_customer *customers = NULL;
        int count = 0;

        arena_open(&scratch, ARENA_REQUEST_MAX);
        ctx->arena = &scratch;
        err = look_at_page(ctx, &query, &after, &customers, &count);
        ctx->arena = before;
        arena_close(&scratch);
        *total += count;
    } while (err == OK && after != 0);
    return err;
}

/* ---- the job ---- */

enum err
retention_prepare(struct ctx *ctx, struct retention_step **step)
{
    struct quiet_query query = {.max = ERASED_MAX, .pages_max = PAGES_A_STEP};
    struct retention_row row;

    *step = NULL;
    TRY(retention_store_find(ctx, &row));
    if (!row.retention.active) return OK;
    struct retention_step *made = ARENA_NEW(ctx->arena, struct retention_step);
    query.months = row.retention.months;
    query.after = row.checked_id;
    TRY(retention_look(ctx, &query, &made->customers, &made->count, &made->next));
    made->months = query.months;
    *step = made;
    return OK;
}

/* They may have come back since they were found: a moment ago, but who comes back is a customer. */
static enum err
erase(struct ctx *ctx, customer_id id, int64_t since_us)
{
    struct trace_row *rows;
    bool is_quiet = false;
    int count;

    TRY(retention_store_list(ctx, id.v - 1, since_us, 1, &rows, &count));
    if (count == 0 || rows[0].customer.id.v != id.v) return OK;
    TRY(look_at(ctx, &rows[0], since_us, &is_quiet));
    return is_quiet ? people_remove_customer(ctx, id) : OK;
}

enum err
retention_erase(struct ctx *ctx, const struct retention_step *step)
{
    int64_t since_us = time_before(ctx->now_us, step->months);
    struct retention retention;

    ASSERT(ctx->batch != NULL);
    TRY(retention_read(ctx, &retention));
    if (!retention.active || retention.months != step->months) return OK;
    for (int i = 0; i < step->count; i++)
        TRY(erase(ctx, step->customers[i].id, since_us));
    return retention_store_check(ctx, step->next);
}

enum err
retention_note_contact(struct ctx *ctx, customer_id customer, int64_t at_us)
{
    ASSERT(db_in_tx(ctx->db));
    return retention_store_put_contact(ctx, customer, at_us);
}
