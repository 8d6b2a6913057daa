/*
 * merges — two people of the directory turn out to be one, and perhaps not.
 *
 * One of them, the survivor, gets what the other's fields have and theirs lack; the other's row
 * goes from the directory. Their id leads to the survivor from then on (customers_find), and so
 * does what recognised them: cards, card codes, the ids that a POS knows them by. Both are kept as
 * they were for as long as a merge can be undone. What follows in other modules is core/people's.
 */
#pragma once
#include "core/customers/customers.h"

#define MERGE_UNDO_DAYS 30

struct customer_merge {
    merge_id id;
    customer_id survivor, merged;
    enum actor_kind actor_kind;
    int64_t actor_id;
    int64_t at_us;
    int64_t undone_us; /* 0: it stands */
    int64_t final_us;  /* since then it cannot be undone; 0: it can */
};
/*
 * Who they would be together. phone is one of theirs; the rest is the survivor's, or the other's
 * where the survivor has none; notes are both.
 */
struct customer customers_combine(struct ctx *ctx, const struct customer *survivor,
                                  const struct customer *merged, struct str phone);
/*
 * Makes one of two; merge: id, survivor and merged.
 *
 * Within:   a write batch
 * Gives:    the survivor as they are now
 * Requires: two different customers who exist
 * Errors:   ERR_CUSTOMER_UNKNOWN
 */
MUST_USE enum err customers_merge(struct ctx *ctx, const struct customer_merge *merge,
                                  struct str phone, struct customer *after);
/*
 * Puts both back as they were: the survivor's fields, except those that changed since, and the
 * other one's row. A telephone number that somebody else has by now stays theirs.
 *
 * Within:   a write batch
 * Requires: it stands, and the survivor is a part of nobody
 * Errors:   ERR_MERGE_FINAL   a person of it is forgotten
 *           ERR_PHONE_TAKEN   somebody else has the number that was all the survivor is known by
 */
MUST_USE enum err customers_restore(struct ctx *ctx, const struct customer_merge *merge,
                                    struct customer *survivor, struct customer *merged);
/* Ends the merge, when all modules have undone their part: the id leads to its own customer again,
 * and what was kept for undoing is forgotten. Within: a write batch. */
MUST_USE enum err customers_unmerge(struct ctx *ctx, const struct customer_merge *merge);

/* Errors: ERR_MERGE_UNKNOWN */
MUST_USE enum err customer_merges_find(struct ctx *ctx, merge_id id, struct customer_merge *merge);
/* The one that stands by which this customer became a part of another. Errors: ERR_MERGE_UNKNOWN */
MUST_USE enum err customer_merges_find_standing(struct ctx *ctx, customer_id merged,
                                                struct customer_merge *merge);
/* Who was merged, as they were; id 0 when that is forgotten. */
MUST_USE enum err customer_merges_find_person(struct ctx *ctx, const struct customer_merge *merge,
                                              struct customer *person);
enum { CUSTOMER_MERGES_MAX = 20 };
/* Of a customer as the survivor, the newest first; at most CUSTOMER_MERGES_MAX. */
MUST_USE enum err customer_merges_list(struct ctx *ctx, customer_id survivor,
                                       struct customer_merge **merges, int *count);
/* Who a customer was before merges that can be undone: themselves, and those who are a part of them
 * now. For erasing, and for telling them. */
MUST_USE enum err customer_merges_list_persons(struct ctx *ctx, customer_id id,
                                               struct customer **persons, int *count);
/* The ids that lead to a customer. */
MUST_USE enum err customer_merges_list_aliases(struct ctx *ctx, customer_id id,
                                               customer_id **aliases, int *count);
/* Forgets the persons of at most max merges that are too old to be undone; tells how many. */
MUST_USE enum err customer_merges_end(struct ctx *ctx, int max, int64_t *ended);
