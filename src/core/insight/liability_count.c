/* liability_count — the rows for each day: made by a job, checked by the audit. See liability.h. */
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
    return counted->before.exists && !str_same(counted->before.zone, counted->after.zone);
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

static void
tell_difference(struct told *told, const struct liability_row *is, const struct liability_row *row)
{
    char sentence[256];
    const struct liability_row none = {0};

    told->found->differences++;
    if (++told->count > LEDGER_AUDIT_TOLD) return;
    const struct liability_row *place = is != NULL ? is : row;
    if (is == NULL) is = &none;
    if (row == NULL) row = &none;
    snprintf(sentence, sizeof sentence,
             "liability of unit %" PRId64 " on day %" PRId64 ": issued %" PRId64
             ", redeemed %" PRId64 ", returned %" PRId64 "; the ledger says %" PRId64 ", %" PRId64
             ", %" PRId64,
             place->unit, place->day, is->flows.issued, is->flows.redeemed, is->flows.returned,
             row->flows.issued, row->flows.redeemed, row->flows.returned);
    told->tell(told->self, sentence);
}

/* Compared as bytes below: whole numbers only, so there is nothing between them. */
_Static_assert(sizeof(struct liability_row) == 9 * sizeof(int64_t), "struct liability_row has gaps");

/* Both are by unit and day. A day on which nothing is left in sum may have a row, or none. */
static void
compare(struct told *told, const struct liability_rows *kept, const struct liability_rows *should)
{
    int k = 0, s = 0;

    while (k < kept->count || s < should->count) {
        const struct liability_row *is = k < kept->count ? &kept->at[k] : NULL;
        const struct liability_row *row = s < should->count ? &should->at[s] : NULL;
        int order = is == NULL ? 1 : row == NULL ? -1 : compare_places(is, row);

        if (order <= 0) k++;
        if (order >= 0) s++;
        if (order < 0) {
            tell_difference(told, is, NULL);
        } else if (order > 0) {
            tell_difference(told, NULL, row);
        } else if (memcmp(is, row, sizeof *is) != 0) {
            tell_difference(told, is, row);
        }
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
    compare(told, &kept, &should);
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
