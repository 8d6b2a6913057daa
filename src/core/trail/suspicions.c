/* suspicions — see suspicions.h. */
#include "core/trail/suspicions_store.h"
#include "core/trail/trail.h"
#include "db/db.h"
#include "db/write_lane.h"
#include <inttypes.h>

static const char *const kind_names[SUSPICION_KIND_COUNT] = {
    [SUSPICION_OWN] = "own",
    [SUSPICION_BURST] = "burst",
    [SUSPICION_AFTER_HOURS] = "after_hours",
};

const char *
suspicion_kind_name(enum suspicion_kind kind)
{
    ASSERT(kind >= 0);
    ASSERT(kind < SUSPICION_KIND_COUNT);
    return kind_names[kind];
}

enum err
suspicions_keep(struct ctx *ctx, const struct suspicion *suspicion)
{
    struct suspicion kept = *suspicion;
    bool is_news;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(kept.member.v != 0);
    ASSERT(kept.counted > 0);
    ASSERT(kept.from_us < kept.until_us);
    kept.id.v = id_next(ctx);
    TRY(suspicions_store_keep(ctx, &kept, &is_news));
    return is_news ? write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY) : OK;
}

enum err
suspicions_list(struct ctx *ctx, const struct suspicion_query *query, struct suspicion **suspicions,
                int *count)
{
    ASSERT(query->limit > 0);
    return suspicions_store_list(ctx, query, suspicions, count);
}

enum err
suspicions_count_open(struct ctx *ctx, int64_t *count, int64_t *since_us)
{
    suspicion_id first;

    TRY(suspicions_store_count_open(ctx, count, &first));
    *since_us = first.v == 0 ? 0 : id_at_us(first.v);
    return OK;
}

enum err
suspicions_find(struct ctx *ctx, suspicion_id id, struct suspicion *suspicion)
{
    bool found;

    TRY(suspicions_store_find(ctx, id, suspicion, &found));
    return found ? OK : fail(ctx, ERR_SUSPICION_UNKNOWN, "%" PRId64, id.v);
}

enum err
suspicions_close(struct ctx *ctx, suspicion_id id, struct str word)
{
    struct suspicion suspicion;

    ASSERT(db_in_tx(ctx->db));
    TRY(suspicions_find(ctx, id, &suspicion));
    suspicion.closed_us = ctx->now_us;
    suspicion.closed_by.v = ctx->actor.kind == ACTOR_STAFF ? ctx->actor.id : 0;
    suspicion.word = word;
    TRY(suspicions_store_close(ctx, &suspicion));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY);
}

enum err
suspicions_erase_customer(struct ctx *ctx, customer_id customer)
{
    ASSERT(db_in_tx(ctx->db));
    ASSERT(customer.v != 0);
    return suspicions_store_erase_customer(ctx, customer);
}

enum err
suspicions_forget(struct ctx *ctx, int max, int64_t *forgotten)
{
    ASSERT(db_in_tx(ctx->db));
    return suspicions_store_forget(ctx, id_floor_at(ctx->now_us - TRAIL_KEEP_US), max, forgotten);
}
