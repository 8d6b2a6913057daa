/* bulk_steps — a task, done step by step: found on a reader, then written. See bulk.h. */
#include "core/customers/filter.h"
#include "core/directory/bulk_store.h"
#include "core/directory/export.h"
#include "db/write_lane.h"

struct bulk_step {
    struct bulk bulk;
    customer_id *customers; /* whom this step is for, by id */
    int count;
    bool is_last;
    int64_t total;
    struct str rows; /* of an export: behind what is there */
};

/* ---- found ---- */

static enum err
find_customers(struct ctx *ctx, struct bulk_step *step)
{
    struct customer_query query = step->bulk.query;

    query.after = step->bulk.after;
    step->total = step->bulk.total;
    if (step->bulk.after == 0) TRY(customers_count(ctx, &query, &step->total));
    return customers_list_ids(ctx, &query, BULK_PAGE, &step->customers, &step->count);
}

static enum err
prepare_running(struct ctx *ctx, struct bulk_step *step, struct str filter)
{
    TRY(filter_parse(ctx, filter, &step->bulk.query));
    TRY(find_customers(ctx, step));
    step->is_last = step->count < BULK_PAGE;
    if (step->bulk.kind != BULK_EXPORT) return OK;
    enum export_part part = step->bulk.after == 0 ? EXPORT_BEGINS : EXPORT_GOES_ON;
    if (step->bulk.format == BULK_XLSX) part = EXPORT_PLAIN;
    return export_rows(ctx, part, step->customers, step->count, &step->rows);
}

enum err
bulk_prepare(struct ctx *ctx, struct bulk_step **prepared)
{
    struct bulk_step *step = ARENA_NEW(ctx->arena, struct bulk_step);
    struct str filter;

    *prepared = NULL;
    TRY(bulk_store_find_running(ctx, &step->bulk, &filter));
    if (step->bulk.id.v == 0 || step->bulk.making) return OK;
    if (step->bulk.state == BULK_UNDOING) {
        TRY(bulk_store_list_changes(ctx, step->bulk.id, (customer_id){step->bulk.after}, BULK_PAGE,
                                    &step->customers, &step->count));
        step->is_last = step->count < BULK_PAGE;
    } else {
        TRY(prepare_running(ctx, step, filter));
    }
    *prepared = step;
    return OK;
}

/* ---- written ---- */

/* Gives or takes; nobody who is gone, or who has as many tags as there can be. */
static enum err
change_one(struct ctx *ctx, bool gives, customer_id customer, tag_id tag, bool *changed)
{
    struct customer found;

    *changed = false;
    enum err err = customers_find(ctx, customer, &found);
    if (err == ERR_CUSTOMER_UNKNOWN) return OK;
    TRY(err);
    if (!gives) return tags_take_off(ctx, customer, tag, changed);
    err = tags_put_on(ctx, customer, tag, changed);
    return err == ERR_TAGS_FULL ? OK : err;
}

static enum err
write_tags(struct ctx *ctx, const struct bulk_step *step, struct bulk *after)
{
    bool undoes = step->bulk.state == BULK_UNDOING;
    bool gives = (step->bulk.kind == BULK_TAG) != undoes;
    struct tag tag;

    enum err err = tags_find(ctx, step->bulk.tag, &tag);
    if (err == ERR_TAG_UNKNOWN) {
        after->state = undoes ? BULK_UNDONE : BULK_CANCELED;
        return OK;
    }
    TRY(err);
    for (int i = 0; i < step->count; i++) {
        bool changed;

        TRY(change_one(ctx, gives, step->customers[i], step->bulk.tag, &changed));
        if (!changed || undoes) continue;
        after->changed++;
        TRY(bulk_store_add_change(ctx, step->bulk.id, step->customers[i]));
    }
    return OK;
}

/* Behind what is there: the last piece is filled first. */
static enum err
write_rows(struct ctx *ctx, const struct bulk_step *step, struct bulk *after)
{
    bool is_gathered = step->bulk.format == BULK_XLSX;
    struct str rest = step->rows;

    while (rest.len > 0) {
        int64_t number = after->size / BULK_PIECE_LEN;
        size_t taken = (size_t)(after->size % BULK_PIECE_LEN);
        size_t room = BULK_PIECE_LEN - taken, len = rest.len < room ? rest.len : room;
        struct str piece = STR("");

        if (is_gathered) number = bulk_store_gathered(number);
        if (taken > 0) TRY(bulk_read_piece(ctx, step->bulk.id, number, &piece));
        ASSERT(piece.len == taken);
        piece = str_format(ctx->arena, "%.*s%.*s", STR_ARG(piece), (int)len, rest.at);
        TRY(bulk_store_put_piece(ctx, step->bulk.id, number, piece));
        after->size += (int64_t)len;
        rest.at += len;
        rest.len -= len;
    }
    return OK;
}

/* A workbook's rows are gathered then, and there is one more thing to do. */
static void
end_step(const struct bulk_step *step, struct bulk *after)
{
    bool is_workbook = step->bulk.kind == BULK_EXPORT && step->bulk.format == BULK_XLSX;

    if (is_workbook && after->done > XLSX_ROWS_MAX) { /* some came meanwhile */
        after->state = BULK_CANCELED;
    } else if (is_workbook) {
        after->making = step->is_last;
    } else if (step->is_last) {
        after->state = step->bulk.state == BULK_UNDOING ? BULK_UNDONE : BULK_DONE;
    }
}

enum err
bulk_write(struct ctx *ctx, const struct bulk_step *step, bool *more)
{
    struct bulk now, after = step->bulk;
    bool undoes = step->bulk.state == BULK_UNDOING, moved;

    *more = false;
    TRY(bulk_find(ctx, step->bulk.id, &now));
    if (now.state != step->bulk.state || now.after != step->bulk.after) return OK;
    if (!undoes) {
        after.total = step->total;
        after.done += step->count;
    }
    if (step->count > 0) after.after = step->customers[step->count - 1].v;
    end_step(step, &after);
    if (step->bulk.kind == BULK_EXPORT) {
        TRY(write_rows(ctx, step, &after));
    } else {
        TRY(write_tags(ctx, step, &after));
    }
    TRY(bulk_store_move(ctx, &step->bulk, &after, &moved));
    ASSERT(moved);
    *more = (after.state == BULK_RUNNING && !after.making) || after.state == BULK_UNDOING;
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY);
}
