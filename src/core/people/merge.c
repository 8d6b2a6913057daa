/* merge — see merge.h. */
#include "core/people/merge.h"
#include "base/clock.h"
#include "core/credit/credit.h"
#include "core/customers/listing.h"
#include "core/customers/sign_in.h"
#include "core/loyalty/merging.h"
#include "core/orders/merging.h"
#include "core/people/erasure_store.h"
#include "core/team/team.h"
#include "db/db.h"
#include "db/write_lane.h"
#include <inttypes.h>

/* ---- before ---- */

static enum err
find_both(struct ctx *ctx, struct merge_order *order, struct customer *survivor,
          struct customer *merged)
{
    TRY(customers_find(ctx, order->survivor, survivor));
    TRY(customers_find(ctx, order->merged, merged));
    order->survivor = survivor->id;
    order->merged = merged->id;
    if (survivor->id.v != merged->id.v) return OK;
    return fail(ctx, ERR_MERGE_SAME, "customer %" PRId64, merged->id.v);
}

static enum err
choose_phone(struct ctx *ctx, const struct customer *survivor, const struct customer *merged,
             struct str *phone)
{
    if (phone->len == 0) {
        *phone = survivor->phone.len > 0 ? survivor->phone : merged->phone;
        return OK;
    }
    if (str_is(*phone, survivor->phone) || str_is(*phone, merged->phone)) return OK;
    return fail_field(ctx, ERR_FIELD_VALUE, "phone_number");
}

enum err
people_combine(struct ctx *ctx, struct merge_order *order, struct customer *both)
{
    struct customer survivor, merged;

    TRY(find_both(ctx, order, &survivor, &merged));
    TRY(choose_phone(ctx, &survivor, &merged, &order->phone));
    *both = customers_combine(ctx, &survivor, &merged, order->phone);
    return OK;
}

/* ---- merging ---- */

/* Whoever reads messages to another number or address than before is perhaps another person. */
static enum err
end_sign_ins(struct ctx *ctx, const struct customer *before, const struct customer *after)
{
    bool is_same = str_is(before->phone, after->phone) && str_is(before->email, after->email);

    if (is_same && before->id.v == after->id.v) return OK;
    TRY(team_end_customer_sessions(ctx, before->id));
    TRY(sign_in_links_end(ctx, before->id));
    if (before->phone.len == 0 || str_is(before->phone, after->phone)) return OK;
    return sign_in_codes_remove(ctx, &(struct sign_in_address){OUTBOX_SMS, before->phone});
}

static enum err
merge_modules(struct ctx *ctx, const struct customer_merge *merge, struct str phone)
{
    const struct accounts_merge accounts = {merge->id, merge->survivor, merge->merged, phone};
    const struct credit_merge notes = {merge->id, merge->survivor, merge->merged};

    TRY(orders_note_merge(ctx, merge->id, merge->merged));
    TRY(accounts_merge(ctx, &accounts));
    TRY(orders_follow_merge(ctx, merge->id));
    return credit_merge_customer(ctx, &notes);
}

enum err
people_merge(struct ctx *ctx, const struct merge_order *order, struct merge_done *done)
{
    struct merge_order wanted = *order;
    struct customer before;

    ASSERT(db_in_tx(ctx->db));
    TRY(find_both(ctx, &wanted, &before, &done->merged));
    TRY(choose_phone(ctx, &before, &done->merged, &wanted.phone));
    done->merge = (struct customer_merge){
        .id = {id_next(ctx)},
        .survivor = before.id,
        .merged = done->merged.id,
        .actor_kind = ctx->actor.kind,
        .actor_id = ctx->actor.id,
        .at_us = ctx->now_us,
    };
    TRY(customers_merge(ctx, &done->merge, wanted.phone, &done->survivor));
    TRY(merge_modules(ctx, &done->merge, wanted.phone));
    TRY(end_sign_ins(ctx, &before, &done->survivor));
    TRY(end_sign_ins(ctx, &done->merged, &done->survivor));
    TRY(listing_touch(ctx, done->merge.survivor));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY);
}

/* ---- undoing ---- */

enum err
people_check_unmerge(struct ctx *ctx, const struct customer_merge *merge)
{
    bool is_old = merge->at_us + MERGE_UNDO_DAYS * CLOCK_DAY_US <= ctx->now_us;
    customer_id survivor = merge->survivor;

    TRY(customers_resolve(ctx, &survivor));
    if (merge->final_us != 0 || is_old) {
        return fail(ctx, ERR_MERGE_FINAL, "merge %" PRId64, merge->id.v);
    }
    if (survivor.v == merge->survivor.v) return OK;
    return fail(ctx, ERR_MERGE_LATER_FIRST, "merge %" PRId64, merge->id.v);
}

static enum err
unmerge_modules(struct ctx *ctx, const struct merge_done *done)
{
    const struct customer_merge *merge = &done->merge;
    const struct accounts_unmerge accounts = {
        .merge = {merge->id, merge->survivor, merge->merged, done->survivor.phone},
        .merged_phone = done->merged.phone,
    };
    const struct credit_merge notes = {merge->id, merge->survivor, merge->merged};

    TRY(orders_unmerge(ctx, merge->id));
    TRY(accounts_unmerge(ctx, &accounts));
    return credit_unmerge_customer(ctx, &notes);
}

/* What was answered while they were one tells of both: it would stay when one of them is erased. */
static enum err
erase_replies(struct ctx *ctx, const struct customer_merge *merge)
{
    int64_t from = id_floor_at(merge->at_us);

    TRY(erasure_store_erase_replies(ctx, merge->survivor, from));
    return erasure_store_erase_replies(ctx, merge->merged, from);
}

static enum err
undo(struct ctx *ctx, struct merge_done *done)
{
    struct customer before;

    TRY(customers_find(ctx, done->merge.survivor, &before));
    TRY(customers_restore(ctx, &done->merge, &done->survivor, &done->merged));
    TRY(unmerge_modules(ctx, done));
    TRY(customers_unmerge(ctx, &done->merge));
    TRY(end_sign_ins(ctx, &before, &done->survivor));
    TRY(erase_replies(ctx, &done->merge));
    done->merge.undone_us = ctx->now_us;
    TRY(listing_touch(ctx, done->merge.survivor));
    TRY(listing_touch(ctx, done->merge.merged));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY);
}

enum err
people_unmerge(struct ctx *ctx, merge_id id, struct merge_done *done)
{
    ASSERT(db_in_tx(ctx->db));
    *done = (struct merge_done){0};
    TRY(customer_merges_find(ctx, id, &done->merge));
    if (done->merge.undone_us != 0) return OK;
    TRY(people_check_unmerge(ctx, &done->merge));
    return undo(ctx, done);
}

/* The newest merge of those that lead away from somebody. */
static enum err
find_newest(struct ctx *ctx, customer_id merged, struct customer_merge *merge)
{
    customer_id survivor;

    TRY(customer_merges_find_standing(ctx, merged, merge));
    survivor = merge->survivor;
    TRY(customers_resolve(ctx, &survivor));
    while (survivor.v != merge->survivor.v)
        TRY(customer_merges_find_standing(ctx, merge->survivor, merge));
    return OK;
}

enum err
people_part(struct ctx *ctx, customer_id merged)
{
    struct merge_done done;

    ASSERT(db_in_tx(ctx->db));
    do {
        done = (struct merge_done){0};
        TRY(find_newest(ctx, merged, &done.merge));
        TRY(undo(ctx, &done));
    } while (done.merge.merged.v != merged.v);
    return OK;
}
