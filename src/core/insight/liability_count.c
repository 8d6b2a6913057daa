/* liability_count — the rows for each day: made by a job, checked by the audit. See liability.h. */
#include "base/calc.h"
#include "base/zone.h"
#include "core/insight/liability_store.h"
#include "core/merchants/merchants.h"
#include "db/db.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct liability_count {
    struct liability_mark before, after;
    int64_t newest_seq;
    struct liability_rows rows;
};

static bool
begins_anew(const struct liability_count *counted)
{
    return counted->before.exists && !str_is(counted->before.zone, counted->after.zone);
}

enum err
liability_count_prepare(struct ctx *ctx, struct liability_count **prepared)
{
    struct liability_count *counted = ARENA_NEW(ctx->arena, struct liability_count);
    struct merchant merchant;

    *prepared = NULL;
    TRY(merchants_find(ctx, &merchant));
    TRY(liability_store_find_mark(ctx, &counted->before));
    TRY(liability_store_find_newest(ctx, &counted->newest_seq));
    counted->after.zone = merchant.time_zone;
    struct liability_span span = {.zone = merchant.time_zone};
    if (!begins_anew(counted)) {
        span.after_seq = counted->before.seq;
        if (counted->newest_seq == span.after_seq) return OK;
    }
    span.until_seq = calc_min(counted->newest_seq, span.after_seq + LIABILITY_PAGE);
    counted->after.seq = span.until_seq;
    TRY(liability_store_add_up(ctx, &span, &counted->rows));
    *prepared = counted;
    return OK;
}

enum err
liability_count_write(struct ctx *ctx, const struct liability_count *prepared, bool *more)
{
    bool moved;

    ASSERT(db_in_tx(ctx->db));
    *more = false;
    TRY(liability_store_move_mark(ctx, &prepared->before, &prepared->after, &moved));
    if (!moved) return OK;
    if (begins_anew(prepared)) TRY(liability_store_forget_days(ctx));
    for (int i = 0; i < prepared->rows.count; i++) {
        TRY(liability_store_add_to_day(ctx, &prepared->rows.at[i]));
    }
    *more = prepared->after.seq < prepared->newest_seq;
    return OK;
}

/* ---- audit ---- */
struct told {
    ledger_audit_tell *tell;
    void *self;
    struct liability_audit *found;
    int count; /* of this merchant */
};

/* Below 0, 0 or above, as the place of one row in the order is before, at or behind another's. */
static int
compare_places(const struct liability_row *a, const struct liability_row *b)
{
    if (a->unit != b->unit) return a->unit < b->unit ? -1 : 1;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    return 0;
}

/* What a row counts, in the order of its fields behind unit and day. */
static const char *const counted[] = {
    "issued", "redeemed", "expired", "returned", "adjusted", "owed", "pending",
};
enum { COUNTED = sizeof counted / sizeof counted[0] };
_Static_assert(sizeof(struct liability_row) == (2 + COUNTED) * sizeof(int64_t),
               "a row is its unit, its day, and what is counted");

static void
read_counts(const struct liability_row *row, int64_t counts[static COUNTED])
{
    memset(counts, 0, COUNTED * sizeof *counts);
    if (row == NULL) return;
    memcpy(counts, &row->flows, sizeof row->flows);
    counts[COUNTED - 2] = row->owed;
    counts[COUNTED - 1] = row->pending;
}

/* is or should may be NULL: there is no such row. */
static void
tell_differences(struct ctx *ctx, struct told *told, const struct liability_row *is,
                 const struct liability_row *should)
{
    const struct liability_row *place = is != NULL ? is : should;
    int64_t is_counts[COUNTED], should_counts[COUNTED];
    struct str unit = place->unit < LIABILITY_CURRENCY_END
                          ? STR("credit notes")
                          : id_format(ctx->arena, ID_program, place->unit);
    struct str day = zone_day_format(ctx->arena, place->day);
    char sentence[256];

    read_counts(is, is_counts);
    read_counts(should, should_counts);
    for (int i = 0; i < COUNTED; i++) {
        if (is_counts[i] == should_counts[i]) continue;
        told->found->differences++;
        if (++told->count > LEDGER_AUDIT_TOLD) return;
        snprintf(sentence, sizeof sentence,
                 "liability of %.*s, %.*s: %s %" PRId64 ", the ledger says %" PRId64, STR_ARG(unit),
                 STR_ARG(day), counted[i], is_counts[i], should_counts[i]);
        told->tell(told->self, sentence);
    }
}

/* Both are by unit and day. */
static void
compare(struct ctx *ctx, struct told *told, const struct liability_rows *kept,
        const struct liability_rows *should)
{
    int k = 0, s = 0;

    while (k < kept->count || s < should->count) {
        const struct liability_row *is = k < kept->count ? &kept->at[k] : NULL;
        const struct liability_row *row = s < should->count ? &should->at[s] : NULL;
        int order = is == NULL ? 1 : row == NULL ? -1 : compare_places(is, row);

        if (order <= 0) k++;
        if (order >= 0) s++;
        tell_differences(ctx, told, order <= 0 ? is : NULL, order >= 0 ? row : NULL);
    }
    told->found->days += kept->count;
}

static enum err
audit_merchant(struct ctx *ctx, struct told *told)
{
    struct liability_mark mark;
    struct liability_rows kept, should;

    TRY(liability_store_find_mark(ctx, &mark));
    if (!mark.exists) return OK;
    struct liability_span span = {.until_seq = mark.seq, .zone = mark.zone};
    TRY(liability_store_list_days(ctx, INT64_MIN, INT64_MAX, &kept));
    TRY(liability_store_add_up(ctx, &span, &should));
    compare(ctx, told, &kept, &should);
    return OK;
}

enum err
liability_audit(struct ctx *ctx, ledger_audit_tell *tell, void *self, struct liability_audit *found)
{
    merchant_id before = ctx->merchant;
    struct merchant *merchants;
    enum err err = OK;
    int count;

    TRY(merchants_list(ctx, &merchants, &count));
    for (int i = 0; i < count && err == OK; i++) {
        struct told told = {.tell = tell, .self = self, .found = found};

        ctx->merchant = merchants[i].id;
        err = db_snapshot_begin(ctx);
        if (err != OK) break;
        err = audit_merchant(ctx, &told);
        db_snapshot_end(ctx);
    }
    ctx->merchant = before;
    return err;
}
