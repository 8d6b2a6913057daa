/* merges — see merges.h. */
#include "core/customers/merges.h"
#include "base/clock.h"
#include "core/customers/customers_store.h"
#include "core/customers/fields.h"
#include "core/customers/merges_store.h"
#include "core/customers/sign_in_store.h"
#include "db/db.h"
#include "db/write_lane.h"
#include <inttypes.h>

#define ALL_FIELDS ((1U << CUSTOMER_FIELD_COUNT) - 1)
enum { NOTE_MAX = 2000 /* bytes that both notes may have together */ };

/* ---- who they are together ---- */

static struct str
both_notes(struct ctx *ctx, struct str survivor, struct str merged)
{
    bool fits = survivor.len + merged.len < NOTE_MAX;

    if (merged.len == 0 || str_is(survivor, merged) || !fits) return survivor;
    if (survivor.len == 0) return merged;
    return str_format(ctx->arena, "%.*s\n%.*s", STR_ARG(survivor), STR_ARG(merged));
}

struct customer
customers_combine(struct ctx *ctx, const struct customer *survivor, const struct customer *merged,
                  struct str phone)
{
    struct customer both = *survivor, other = *merged;

    for (int i = 0; i < CUSTOMER_FIELD_COUNT; i++) {
        struct str *text = customer_field(&both, (enum customer_field)i);

        if (text->len == 0) *text = *customer_field(&other, (enum customer_field)i);
    }
    both.note = both_notes(ctx, survivor->note, merged->note);
    both.phone = phone;
    return both;
}

/* ---- merging ---- */

enum err
customers_merge(struct ctx *ctx, const struct customer_merge *merge, struct str phone,
                struct customer *after)
{
    struct customer survivor, merged;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(merge->survivor.v != merge->merged.v);
    TRY(customers_store_find(ctx, merge->survivor, &survivor));
    TRY(customers_store_find(ctx, merge->merged, &merged));
    TRY(merges_store_add(ctx, merge));
    TRY(merges_store_keep_persons(ctx, merge));
    TRY(merges_store_move_tags(ctx, merge));
    TRY(customers_take_out(ctx, &merged));
    TRY(merges_store_add_alias(ctx, merge));
    const struct customer both = customers_combine(ctx, &survivor, &merged, phone);

    return customers_change(ctx, &both, ALL_FIELDS, after);
}

/* ---- undoing ---- */

/* Somebody else has the number by now. */
static enum err
release_taken(struct ctx *ctx, customer_id but, struct str *phone)
{
    customer_id owner;

    if (phone->len == 0) return OK;
    enum err err = customers_find_by_phone(ctx, *phone, &owner);
    if (err == ERR_CUSTOMER_UNKNOWN) return OK;
    TRY(err);
    if (owner.v != but.v) *phone = STR("");
    return OK;
}

/* Each field as it was before, unless it is not what the merge made of it. */
static enum err
restore_survivor(struct ctx *ctx, const struct customer *was, const struct customer *merged,
                 struct customer *now)
{
    struct customer before = *was, both = customers_combine(ctx, was, merged, was->phone);
    struct customer wanted = *now;

    for (int i = 0; i < CUSTOMER_FIELD_COUNT; i++) {
        enum customer_field field = (enum customer_field)i;
        struct str *text = customer_field(&wanted, field);

        if (str_is(*text, *customer_field(&both, field))) *text = *customer_field(&before, field);
    }
    if (str_is(now->phone, merged->phone)) wanted.phone = was->phone;
    TRY(release_taken(ctx, now->id, &wanted.phone));
    enum err err = customers_change(ctx, &wanted, ALL_FIELDS, now);
    /* The number was all that they were known by. */
    return err == ERR_CUSTOMER_EMPTY ? fail(ctx, ERR_PHONE_TAKEN, "of the survivor") : err;
}

enum err
customers_restore(struct ctx *ctx, const struct customer_merge *merge, struct customer *survivor,
                  struct customer *merged)
{
    struct customer was;

    ASSERT(db_in_tx(ctx->db));
    TRY(merges_store_find_person(ctx, merge->id, merge->survivor, &was));
    TRY(merges_store_find_person(ctx, merge->id, merge->merged, merged));
    if (was.id.v == 0 || merged->id.v == 0) {
        return fail(ctx, ERR_MERGE_FINAL, "merge %" PRId64, merge->id.v);
    }
    TRY(customers_store_find(ctx, merge->survivor, survivor));
    TRY(restore_survivor(ctx, &was, merged, survivor));
    TRY(release_taken(ctx, merge->merged, &merged->phone));
    merged->version++;
    merged->updated_us = ctx->now_us;
    return customers_put_in(ctx, merged);
}

enum err
customers_unmerge(struct ctx *ctx, const struct customer_merge *merge)
{
    ASSERT(db_in_tx(ctx->db));
    TRY(merges_store_return_tags(ctx, merge));
    TRY(merges_store_note_undone(ctx, merge->id));
    return merges_store_remove_alias(ctx, merge->merged);
}

/* ---- reading ---- */

enum err
customer_merges_find(struct ctx *ctx, merge_id id, struct customer_merge *merge)
{
    TRY(merges_store_find(ctx, id, merge));
    return merge->id.v != 0 ? OK : fail(ctx, ERR_MERGE_UNKNOWN, "merge %" PRId64, id.v);
}

enum err
customer_merges_find_standing(struct ctx *ctx, customer_id merged, struct customer_merge *merge)
{
    TRY(merges_store_find_standing(ctx, merged, merge));
    return merge->id.v != 0 ? OK : fail(ctx, ERR_MERGE_UNKNOWN, "of %" PRId64, merged.v);
}

enum err
customer_merges_find_person(struct ctx *ctx, const struct customer_merge *merge,
                            struct customer *person)
{
    return merges_store_find_person(ctx, merge->id, merge->merged, person);
}

enum err
customer_merges_list(struct ctx *ctx, customer_id survivor, struct customer_merge **merges,
                     int *count)
{
    *merges = ARENA_ARRAY(ctx->arena, struct customer_merge, CUSTOMER_MERGES_MAX);
    return merges_store_list(ctx, survivor, CUSTOMER_MERGES_MAX, *merges, count);
}

enum err
customer_merges_list_persons(struct ctx *ctx, customer_id id, struct customer **persons, int *count)
{
    return merges_store_list_persons(ctx, id, persons, count);
}

enum err
customer_merges_list_aliases(struct ctx *ctx, customer_id id, customer_id **aliases, int *count)
{
    return merges_store_list_aliases(ctx, id, aliases, count);
}

/* ---- forgetting ---- */

enum err
customer_merges_end(struct ctx *ctx, int max, int64_t *ended)
{
    int64_t *ids = ARENA_ARRAY(ctx->arena, int64_t, (size_t)max);
    int count;

    ASSERT(max > 0);
    TRY(merges_store_list_old(ctx, ctx->now_us - MERGE_UNDO_DAYS * CLOCK_DAY_US, max, ids, &count));
    for (int i = 0; i < count; i++) {
        TRY(merges_store_end(ctx, (merge_id){ids[i]}));
    }
    *ended = count;
    return OK;
}

/* What of merges tells of a customer who is removed, and what recognised those who became a part of
 * them. */
enum err
customers_erase_merges(struct ctx *ctx, customer_id id)
{
    customer_id *aliases;
    int64_t *merges;
    int count;

    TRY(merges_store_list_aliases(ctx, id, &aliases, &count));
    for (int i = 0; i < count; i++) {
        TRY(customers_remove_marks(ctx, aliases[i]));
    }
    TRY(merges_store_list_standing(ctx, id, &merges, &count));
    for (int i = 0; i < count; i++) {
        TRY(merges_store_end(ctx, (merge_id){merges[i]}));
    }
    return merges_store_forget_aliases(ctx, id);
}
