/* merging — see merging.h. */
#include "core/loyalty/merging.h"
#include "base/calc.h"
#include "base/list.h"
#include "core/ledger/moves.h"
#include "core/loyalty/merging_store.h"
#include "core/loyalty/points.h"
#include "db/db.h"
#include <stdlib.h>

enum err
accounts_list_pairs(struct ctx *ctx, merge_id merge, struct account_pair **pairs, int *count)
{
    *pairs = ARENA_ARRAY(ctx->arena, struct account_pair, ACCOUNT_PAIRS_MAX);
    return merging_store_list_pairs(ctx, merge, *pairs, count);
}

/* ---- what goes ---- */

static int
by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

static bool
is_among(int64_t id, const int64_t *ids, int count)
{
    return count > 0 && bsearch(&id, ids, (size_t)count, sizeof *ids, by_value) != NULL;
}

/* Whose lots: made on one of these accounts, or by one of these orders; both ascending. */
struct origins {
    const int64_t *accounts, *lots;
    int account_count, lot_count;
};

/* The account's lots of these origins; origins NULL: all of them. */
static enum err
collect_lots(struct ctx *ctx, account_id account, const struct origins *origins,
             struct points_bundle *bundle)
{
    struct ledger_line after = {.owner = account.v};
    struct ledger_line *found = NULL;
    struct ledger_lot *lots;
    int count, found_count = 0;

    do {
        TRY(ledger_list_lots(ctx, &after, LEDGER_LOTS_MAX, &lots, &count));
        for (int i = 0; i < count; i++) {
            bool goes = origins == NULL ||
                        is_among(lots[i].made_on.v, origins->accounts, origins->account_count) ||
                        is_among(lots[i].line.lot, origins->lots, origins->lot_count);

            if (goes) LIST_ADD(ctx->arena, found, found_count, lots[i].line);
            after = lots[i].line;
        }
    } while (count == LEDGER_LOTS_MAX);
    bundle->lots = found;
    bundle->lot_count = found_count;
    return OK;
}

/* The account as it is, once what is due has expired. */
static enum err
read_now(struct ctx *ctx, account_id id, struct membership *member)
{
    TRY(accounts_store_find(ctx, id, member));
    ASSERT(member->account.id.v != 0);
    return points_expire_due(ctx, member);
}

/* ---- merging ---- */

/* The survivor's account in this program, whatever the program's state. */
static enum err
open_account(struct ctx *ctx, const struct membership *like, customer_id customer, account_id *id)
{
    const struct loyalty_account account = {
        .id = {id_next(ctx)},
        .program = like->account.program,
        .customer = customer,
        .enrolled_us = like->account.enrolled_us,
        .created_us = ctx->now_us,
        .updated_us = ctx->now_us,
    };
    bool added;

    TRY(accounts_store_add(ctx, &account, &added));
    if (!added) return fail(ctx, ERR_DB_BUSY, "joined meanwhile");
    *id = account.id;
    return ledger_open_account(ctx, account.id.v, BOOK_POINTS, account.program.v, 0);
}

static enum err
find_or_open(struct ctx *ctx, const struct membership *from, customer_id survivor,
             struct membership *into)
{
    struct membership *theirs = ARENA_ARRAY(ctx->arena, struct membership, ACCOUNT_PAIRS_MAX);
    account_id id = {0};
    int count;

    TRY(merging_store_list_accounts(ctx, survivor, theirs, &count));
    for (int i = 0; i < count; i++) {
        if (theirs[i].account.program.v == from->account.program.v) id = theirs[i].account.id;
    }
    if (id.v == 0) TRY(open_account(ctx, from, survivor, &id));
    return read_now(ctx, id, into);
}

static enum err
move_points(struct ctx *ctx, merge_id merge, const struct membership *from,
            const struct membership *into)
{
    struct ledger_lifetime_move move = {
        .from = from->account.id, .into = into->account.id, .lifetime = from->account.lifetime};
    struct points_bundle bundle = {.owed = from->owed};
    struct merged_earnings earned;

    TRY(merging_store_sum_earnings(ctx, merge, move.from, &earned));
    bundle.pending = earned.pending;
    move.carry = earned.carry;
    TRY(collect_lots(ctx, move.from, NULL, &bundle));
    TRY(points_move_to(ctx, from, into, &bundle, STR("merged")));
    TRY(ledger_move_lifetime(ctx, &move));
    return merging_store_move_earnings(ctx, merge, move.from, move.into);
}

static enum err
merge_account(struct ctx *ctx, const struct accounts_merge *merge, account_id id)
{
    struct membership from, into;

    TRY(read_now(ctx, id, &from));
    TRY(find_or_open(ctx, &from, merge->survivor, &into));
    const struct account_pair pair = {
        .from = from.account.id,
        .into = into.account.id,
        .from_phone = from.account.phone.len > 0,
        .into_phone = into.account.phone.len > 0,
        .owed = from.owed,
        .lifetime = from.account.lifetime,
    };
    TRY(move_points(ctx, merge->id, &from, &into));
    TRY(merging_store_add_pair(ctx, merge->id, &pair));
    TRY(merging_store_move_rewards(ctx, merge->id, &pair));
    TRY(merging_store_add_counts(ctx, &pair));
    TRY(merging_store_set_phone(ctx, pair.from, STR("")));
    if (pair.from_phone) TRY(merging_store_set_phone(ctx, pair.into, merge->phone));
    return merging_store_lead(ctx, pair.from, pair.into);
}

enum err
accounts_merge(struct ctx *ctx, const struct accounts_merge *merge)
{
    struct membership *theirs = ARENA_ARRAY(ctx->arena, struct membership, ACCOUNT_PAIRS_MAX);
    int count;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(merge->survivor.v != merge->merged.v);
    TRY(merging_store_list_accounts(ctx, merge->merged, theirs, &count));
    for (int i = 0; i < count; i++) {
        TRY(merge_account(ctx, merge, theirs[i].account.id));
    }
    return accounts_follow_phone(ctx, merge->survivor, merge->phone);
}

/* ---- undoing ---- */

static enum err
return_points(struct ctx *ctx, merge_id merge, const struct account_pair *pair)
{
    struct ledger_lifetime_move move = {
        .from = pair->into, .into = pair->from, .lifetime = pair->lifetime};
    struct membership had, has;
    struct merged_earnings earned;
    struct points_bundle bundle;
    int64_t *family;
    int family_count;

    TRY(read_now(ctx, pair->into, &has));
    TRY(accounts_store_find(ctx, pair->from, &had));
    TRY(merging_store_sum_earnings(ctx, merge, pair->into, &earned));
    TRY(merging_store_list_family(ctx, pair->from, &family, &family_count));
    const struct origins origins = {family, earned.lots, family_count, earned.lot_count};
    bundle = (struct points_bundle){
        .owed = calc_max(pair->owed, has.owed),
        .pending = earned.pending,
    };
    TRY(collect_lots(ctx, pair->into, &origins, &bundle));
    TRY(points_move_to(ctx, &has, &had, &bundle, STR("merge undone")));
    move.carry = earned.carry;
    TRY(ledger_move_lifetime(ctx, &move));
    return merging_store_move_earnings(ctx, merge, pair->into, pair->from);
}

static enum err
unmerge_account(struct ctx *ctx, merge_id merge, const struct account_pair *pair)
{
    TRY(return_points(ctx, merge, pair));
    TRY(merging_store_return_rewards(ctx, merge, pair));
    TRY(merging_store_take_counts(ctx, pair));
    if (!pair->into_phone) TRY(merging_store_set_phone(ctx, pair->into, STR("")));
    return merging_store_lead(ctx, pair->from, (account_id){0});
}

enum err
accounts_unmerge(struct ctx *ctx, const struct accounts_unmerge *unmerge)
{
    struct account_pair *pairs;
    int count;

    ASSERT(db_in_tx(ctx->db));
    TRY(accounts_list_pairs(ctx, unmerge->merge.id, &pairs, &count));
    for (int i = 0; i < count; i++) {
        TRY(unmerge_account(ctx, unmerge->merge.id, &pairs[i]));
    }
    /* The survivor's first: it may have had the number that the other one gets back. */
    TRY(accounts_follow_phone(ctx, unmerge->merge.survivor, unmerge->merge.phone));
    for (int i = 0; i < count; i++) {
        if (!pairs[i].from_phone) continue;
        TRY(merging_store_set_phone(ctx, pairs[i].from, unmerge->merged_phone));
    }
    return OK;
}
