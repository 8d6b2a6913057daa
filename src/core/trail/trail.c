/* trail — see trail.h. */
#include "core/trail/trail.h"
#include "core/trail/trail_store.h"
#include "db/db.h"

static const char *const kind_names[TRAIL_KIND_COUNT] = {
    [TRAIL_CHANGED] = "changed", [TRAIL_GAVE] = "gave", [TRAIL_LOOKED] = "looked"};

const char *
trail_kind_name(enum trail_kind kind)
{
    ASSERT(kind < TRAIL_KIND_COUNT);
    return kind_names[kind];
}

enum err
trail_kind_parse(struct str name, enum trail_kind *kind)
{
    for (int i = 0; i < TRAIL_KIND_COUNT; i++) {
        if (!str_is(name, str_of(kind_names[i]))) continue;
        *kind = (enum trail_kind)i;
        return OK;
    }
    return ERR_FIELD_VALUE;
}

enum err
trail_add(struct ctx *ctx, struct trail_entry *entry)
{
    ASSERT(ctx->merchant.v != 0);
    ASSERT(ctx->actor.kind == ACTOR_STAFF || ctx->actor.kind == ACTOR_KEY);
    ASSERT(ctx->actor.id != 0);
    ASSERT(entry->operation.len > 0);
    entry->id.v = id_next(ctx);
    entry->actor_kind = ctx->actor.kind;
    entry->actor = ctx->actor.id;
    entry->holder.v = ctx->actor.holder;
    return trail_store_add(ctx, entry);
}

enum err
trail_has_look(struct ctx *ctx, customer_id customer, bool *has_look)
{
    ASSERT(customer.v != 0);
    int64_t from = id_floor_at(ctx->now_us - TRAIL_SAME_LOOK_US);

    return trail_store_has_look(ctx, customer, from, has_look);
}

enum err
trail_list(struct ctx *ctx, const struct trail_query *query, struct trail_entry **entries,
           int *count)
{
    ASSERT(query->limit > 0);
    return trail_store_list(ctx, query, entries, count);
}

enum err
trail_forget(struct ctx *ctx, int max, int64_t *forgotten)
{
    ASSERT(db_in_tx(ctx->db));
    return trail_store_forget(ctx, id_floor_at(ctx->now_us - TRAIL_KEEP_US), max, forgotten);
}
