/* erasure — see erasure.h. */
#include "core/people/erasure.h"
#include "core/people/erasure_store.h"
#include "core/people/merge.h"
#include "core/people/people.h"
#include "db/db.h"
#include <inttypes.h>
#include <stdio.h>

enum { REPLAY_PAGE = 1000 };

void
erasure_hash(merchant_id merchant, customer_id customer, uint8_t hash[static HASH_LEN])
{
    char text[64];

    ASSERT(merchant.v != 0);
    ASSERT(customer.v != 0);
    int len = snprintf(text, sizeof text, "%" PRId64 " %" PRId64, merchant.v, customer.v);
    hash_sha256((struct str){text, (size_t)len}, hash);
}

/* Whoever asked; jobs erase whom nobody heard of for long. */
static struct str
cause_of(const struct actor *actor)
{
    if (actor->kind == ACTOR_CUSTOMER) return STR("person");
    return actor->kind == ACTOR_SYSTEM ? STR("retention") : STR("staff");
}

static enum err
note(struct ctx *ctx, customer_id customer)
{
    struct erasure erasure = {.merchant = ctx->merchant, .at_us = ctx->now_us};

    erasure_hash(ctx->merchant, customer, erasure.hash);
    return erasure_store_add(ctx, &erasure, cause_of(&ctx->actor));
}

/* A backup from before a merge has those who became this customer, each as a person. */
enum err
erasure_note(struct ctx *ctx, customer_id customer)
{
    int64_t *merged;
    int count;

    TRY(erasure_store_list_aliases(ctx, customer, &merged, &count));
    for (int i = 0; i < count; i++)
        TRY(note(ctx, (customer_id){merged[i]}));
    return note(ctx, customer);
}

/* ---- what is to be done after ---- */

enum err
erasure_list(struct ctx *ctx, enum erasure_work work, int max, struct erasure **erasures,
             int *count)
{
    ASSERT(max > 0);
    return erasure_store_list(ctx, work, max, erasures, count);
}

enum err
erasure_done(struct ctx *ctx, enum erasure_work work, const struct erasure *erasures, int count)
{
    ASSERT(db_in_tx(ctx->db));
    for (int i = 0; i < count; i++)
        TRY(erasure_store_mark(ctx, work, &erasures[i]));
    return OK;
}

enum err
erasure_file_anew(struct ctx *ctx)
{
    ASSERT(db_in_tx(ctx->db));
    return erasure_store_unmark(ctx);
}

/* ---- after a restore ---- */

/* What was erased since the backup is in its journal from now on: it is backed up in its turn. */
static enum err
adopt(struct ctx *ctx, const struct erasure_replay *replay)
{
    for (int64_t i = 0; i < replay->count; i++) {
        if (replay->journal[i].merchant.v != ctx->merchant.v) continue;
        TRY(erasure_store_add(ctx, &replay->journal[i], STR("restored")));
    }
    return OK;
}

static enum err
is_noted(struct ctx *ctx, customer_id customer, bool *noted)
{
    uint8_t hash[HASH_LEN];

    erasure_hash(ctx->merchant, customer, hash);
    return erasure_store_has(ctx, hash, noted);
}

/* Of who was a part of somebody when the backup was made, and was erased alone, as a customer of
 * their own again, what that one had of them goes, too. */
static enum err
erase_again(struct ctx *ctx, customer_id id, struct erasure_replay *replay)
{
    struct customer customer;
    bool noted;

    TRY(is_noted(ctx, id, &noted));
    if (!noted) return OK;
    enum err err = customers_find(ctx, id, &customer);
    if (err == ERR_CUSTOMER_UNKNOWN) return OK; /* went with whom they were a part of */
    TRY(err);
    if (customer.id.v != id.v) {
        TRY(is_noted(ctx, customer.id, &noted));
        if (noted) return OK; /* goes with them */
        TRY(people_part(ctx, id));
    }
    TRY(people_remove_customer(ctx, id));
    replay->erased++;
    return OK;
}

enum err
erasure_replay(struct ctx *ctx, struct erasure_replay *replay, int64_t *after)
{
    int64_t ids[REPLAY_PAGE];
    int count;

    ASSERT(ctx->batch != NULL);
    if (*after == 0) TRY(adopt(ctx, replay));
    TRY(erasure_store_list_suspects(ctx, *after, REPLAY_PAGE, ids, &count));
    for (int i = 0; i < count; i++)
        TRY(erase_again(ctx, (customer_id){ids[i]}, replay));
    replay->looked_at += count;
    *after = count < REPLAY_PAGE ? 0 : ids[count - 1];
    return OK;
}
