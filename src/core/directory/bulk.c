/* bulk — tasks: begun, looked at, stopped; their steps are in bulk_steps.c. See bulk.h. */
#include "core/directory/bulk.h"
#include "base/xlsx.h"
#include "core/customers/filter.h"
#include "core/directory/bulk_store.h"
#include "db/write_lane.h"

static const char *const kind_names[BULK_KIND_COUNT] = {
    [BULK_TAG] = "tag", [BULK_UNTAG] = "untag", [BULK_EXPORT] = "export"};
static const char *const state_names[BULK_STATE_COUNT] = {
    [BULK_RUNNING] = "running", [BULK_DONE] = "done",     [BULK_CANCELED] = "canceled",
    [BULK_UNDOING] = "undoing", [BULK_UNDONE] = "undone",
};
static const char *const format_names[BULK_FORMAT_COUNT] = {
    [BULK_CSV] = "CSV", [BULK_XLSX] = "XLSX"};
enum { PRUNE_ROWS = 500, PRUNE_PIECES = 20 };

const char *
bulk_kind_name(enum bulk_kind kind)
{
    ASSERT(kind < BULK_KIND_COUNT);
    return kind_names[kind];
}

const char *
bulk_state_name(enum bulk_state state)
{
    ASSERT(state < BULK_STATE_COUNT);
    return state_names[state];
}

const char *
bulk_format_name(enum bulk_format format)
{
    ASSERT(format < BULK_FORMAT_COUNT);
    return format_names[format];
}

enum err
bulk_check_count(struct ctx *ctx, const struct bulk *bulk, int64_t count)
{
    if (bulk->format != BULK_XLSX || count <= XLSX_ROWS_MAX) return OK;
    return fail(ctx, ERR_BULK_TOO_MANY, "%lld customers", (long long)count);
}

enum err
bulk_check_size(struct ctx *ctx, const struct bulk *bulk)
{
    int64_t count;

    if (bulk->format != BULK_XLSX) return OK;
    TRY(customers_count(ctx, &bulk->query, &count));
    return bulk_check_count(ctx, bulk, count);
}

static enum err
check_none_runs(struct ctx *ctx)
{
    struct bulk running;
    struct str filter;

    TRY(bulk_store_find_running(ctx, &running, &filter));
    if (running.id.v == 0) return OK;
    return fail(ctx, ERR_BULK_RUNNING, "bulk %lld", (long long)running.id.v);
}

enum err
bulk_begin(struct ctx *ctx, struct bulk *bulk)
{
    struct tag tag;

    if (bulk->kind != BULK_EXPORT) TRY(tags_find(ctx, bulk->tag, &tag));
    TRY(check_none_runs(ctx));
    bulk->id.v = id_next(ctx);
    bulk->state = BULK_RUNNING;
    bulk->created_us = bulk->updated_us = ctx->now_us;
    return bulk_store_add(ctx, bulk, filter_format(ctx, &bulk->query));
}

enum err
bulk_find(struct ctx *ctx, bulk_id id, struct bulk *bulk)
{
    struct str filter;

    return bulk_store_find(ctx, id, bulk, &filter);
}

enum err
bulk_list(struct ctx *ctx, struct bulk **list, int *count)
{
    return bulk_store_list(ctx, BULK_LISTED_MAX, list, count);
}

static enum err
change_state(struct ctx *ctx, struct bulk *bulk, enum bulk_state state, int64_t after)
{
    struct bulk before = *bulk;
    bool moved;

    bulk->state = state;
    bulk->after = after;
    bulk->updated_us = ctx->now_us;
    TRY(bulk_store_move(ctx, &before, bulk, &moved));
    /* Within one transaction nobody else moves it. */
    return moved ? OK : fail(ctx, ERR_DB_BUSY, "bulk %lld moved", (long long)bulk->id.v);
}

enum err
bulk_cancel(struct ctx *ctx, bulk_id id, struct bulk *bulk)
{
    TRY(bulk_find(ctx, id, bulk));
    if (bulk->state == BULK_CANCELED) return OK;
    if (bulk->state != BULK_RUNNING) return fail(ctx, ERR_BULK_OVER, "not running");
    return change_state(ctx, bulk, BULK_CANCELED, bulk->after);
}

enum err
bulk_undo(struct ctx *ctx, bulk_id id, struct bulk *bulk)
{
    TRY(bulk_find(ctx, id, bulk));
    if (bulk->state == BULK_UNDOING || bulk->state == BULK_UNDONE) return OK;
    if (bulk->kind == BULK_EXPORT || bulk->state == BULK_RUNNING) {
        return fail(ctx, ERR_BULK_OVER, "nothing to undo");
    }
    TRY(check_none_runs(ctx));
    return change_state(ctx, bulk, BULK_UNDOING, 0);
}

enum err
bulk_read_piece(struct ctx *ctx, bulk_id id, int64_t number, struct str *piece)
{
    bool found;

    TRY(bulk_store_read_piece(ctx, id, number, piece, &found));
    return found ? OK : fail(ctx, ERR_BULK_UNKNOWN, "piece %lld", (long long)number);
}

enum err
bulk_forget_exports(struct ctx *ctx)
{
    TRY(bulk_store_cancel_exports(ctx));
    TRY(bulk_store_empty_exports(ctx, (bulk_id){INT64_MAX}));
    return bulk_store_remove_pieces(ctx);
}

enum err
bulk_prune(struct ctx *ctx, bool *more)
{
    const bulk_id export_end = {id_floor_at(ctx->now_us - BULK_EXPORT_KEEP_US)};
    const bulk_id end = {id_floor_at(ctx->now_us - BULK_KEEP_US)};
    int64_t pieces = 0, changes = 0, tasks = 0;

    TRY(bulk_store_empty_exports(ctx, export_end));
    TRY(bulk_store_remove_old_pieces(ctx, export_end, PRUNE_PIECES, &pieces));
    TRY(bulk_store_remove_changes(ctx, end, PRUNE_ROWS, &changes));
    if (changes == 0) TRY(bulk_store_remove_old(ctx, end, PRUNE_ROWS, &tasks));
    *more = pieces == PRUNE_PIECES || changes == PRUNE_ROWS || tasks == PRUNE_ROWS;
    return OK;
}
