/* bulk_workbook — an export's workbook, made of what was gathered, and stored. See bulk.h. */
#include "base/xlsx.h"
#include "core/directory/bulk_store.h"
#include "core/directory/export.h"
#include "db/write_lane.h"

/* Of gathered rows: a piece, what is left of the one before, and their cells. */
#define PIECE_MEMORY_MAX ((size_t)16 << 20)
enum { STORED_AT_ONCE = 2, REMOVED_AT_ONCE = 8 };

struct bulk_workbook {
    struct bulk bulk;
    struct xlsx *xlsx; /* NULL: not begun */
    bool made;
    int64_t size, stored; /* bytes */
};

enum err
bulk_prepare_workbook(struct ctx *ctx, struct bulk_workbook **prepared)
{
    struct bulk_workbook *workbook = ARENA_NEW(ctx->arena, struct bulk_workbook);
    struct str filter;

    TRY(bulk_store_find_running(ctx, &workbook->bulk, &filter));
    *prepared = workbook->bulk.making ? workbook : NULL;
    return OK;
}

/* ---- made ---- */

/* What is left is the beginning of a row. */
static enum err
add_piece(struct ctx *ctx, const struct bulk_workbook *workbook, int64_t number, struct str *left)
{
    struct str piece;

    TRY(bulk_read_piece(ctx, workbook->bulk.id, bulk_store_gathered(number), &piece));
    struct str text = str_format(ctx->arena, "%.*s%.*s", STR_ARG(*left), STR_ARG(piece));
    size_t whole = export_whole_len(text);
    TRY(export_add_rows(ctx, workbook->xlsx, (struct str){text.at, whole}));
    *left = (struct str){text.at + whole, text.len - whole};
    return OK;
}

/* Each piece in memory of its own, two by turns, since what one leaves is the next one's. */
static enum err
add_pieces(struct ctx *ctx, const struct bulk_workbook *workbook)
{
    int64_t count = (workbook->bulk.size + BULK_PIECE_LEN - 1) / BULK_PIECE_LEN;
    struct str left = STR("");
    struct arena arenas[2];
    enum err err = OK;

    for (int i = 0; i < 2; i++)
        arena_open(&arenas[i], PIECE_MEMORY_MAX);
    for (int64_t number = 0; number < count && err == OK; number++) {
        struct ctx of_piece = *ctx;

        of_piece.arena = &arenas[number % 2];
        arena_reset(of_piece.arena);
        err = add_piece(&of_piece, workbook, number, &left);
    }
    ASSERT(err != OK || left.len == 0);
    for (int i = 0; i < 2; i++)
        arena_close(&arenas[i]);
    return err;
}

enum err
bulk_make_workbook(struct ctx *ctx, struct bulk_workbook *workbook)
{
    TRY(export_begin_workbook(ctx, &workbook->xlsx));
    TRY(add_pieces(ctx, workbook));
    TRY(xlsx_finish(ctx, workbook->xlsx, &workbook->size));
    workbook->made = true;
    return OK;
}

/* ---- stored ---- */

static enum err
store_pieces(struct ctx *ctx, struct bulk_workbook *workbook)
{
    for (int i = 0; i < STORED_AT_ONCE && workbook->stored < workbook->size; i++) {
        struct str piece;

        TRY(xlsx_read(ctx, workbook->xlsx, workbook->stored, BULK_PIECE_LEN, &piece));
        TRY(bulk_store_put_piece(ctx, workbook->bulk.id, workbook->stored / BULK_PIECE_LEN, piece));
        workbook->stored += (int64_t)piece.len;
    }
    return OK;
}

static enum err
end_task(struct ctx *ctx, const struct bulk_workbook *workbook)
{
    struct bulk after = workbook->bulk;
    bool moved;

    after.state = workbook->made ? BULK_DONE : BULK_CANCELED;
    after.making = false;
    after.size = workbook->size;
    TRY(bulk_store_move(ctx, &workbook->bulk, &after, &moved));
    ASSERT(moved);
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY);
}

enum err
bulk_store_workbook(struct ctx *ctx, struct bulk_workbook *workbook, bool *more)
{
    struct bulk now;
    int64_t removed = 0;

    TRY(bulk_find(ctx, workbook->bulk.id, &now));
    if (now.making && now.state == BULK_RUNNING) {
        TRY(store_pieces(ctx, workbook));
        *more = true;
        return workbook->stored < workbook->size ? OK : end_task(ctx, workbook);
    }
    /* Over, in whichever way. */
    TRY(bulk_store_remove_gathered(ctx, workbook->bulk.id, REMOVED_AT_ONCE, &removed));
    *more = removed == REMOVED_AT_ONCE;
    return OK;
}

void
bulk_drop_workbook(struct bulk_workbook *workbook)
{
    if (workbook->xlsx != NULL) xlsx_destroy(workbook->xlsx);
    workbook->xlsx = NULL;
}
