/*
 * search — whom the directory finds: by words, by what is known of them and by what they did.
 *
 * What is asked by words is found through customer_word; all else is asked of the listing's narrow
 * rows (listing.h), which follow orders and points by a few seconds. Filters that are given must
 * all hold.
 */
#pragma once
#include "core/customers/customers.h"

enum customer_sort {
    CUSTOMER_SORT_CREATED,
    CUSTOMER_SORT_LAST_VISIT,
    CUSTOMER_SORT_SPEND,
    CUSTOMER_SORT_BALANCE, /* in query.program: those who are in it */
    CUSTOMER_SORT_NAME,
    CUSTOMER_SORT_COUNT
};

struct customer_range { /* both ends included */
    int64_t min, max;
    bool has_min, has_max;
};
enum { CUSTOMER_TAGS_MAX = 5 };
struct customer_tags {
    int64_t *at;
    int count; /* at most CUSTOMER_TAGS_MAX */
};

/* Empty texts and zeros are no filter; all that are given must hold. */
struct customer_query {
    struct str email, phone, reference_id; /* exactly, but for case */
    /* What an address or one of its parts, or a reference, begins with; what a phone ends with, or
     * begins with when a + or 00 is in front. */
    struct str email_fuzzy, phone_fuzzy, reference_fuzzy;
    struct str text; /* as typed: each word begins a name or an address, or ends a phone number */

    struct str source;
    bool source_excluded; /* all sources but this */
    int64_t created_from_us, created_until_us, updated_from_us, updated_until_us;
    struct customer_range joined_days;     /* so many days ago */
    struct customer_range last_visit_days; /* the same: who never came is in none */
    struct customer_range visits, spend_minor;
    program_id program;            /* those who are in it, */
    struct customer_range balance; /* and have so many points there */
    int64_t birth_month;           /* 1 to 12 */
    location_id location;          /* of their last visit */
    struct str consent_purpose;    /* what was last said of this purpose is … */
    struct str consent_state;      /* "shown", "given", "withdrawn"; "none": nothing was */
    struct customer_tags tags_all, tags_any, tags_none;

    enum customer_sort sort;
    bool newest_first; /* and in other orders: the largest, the last first */
    /* Where the page before ended: its last customer's id, and what they were sorted by. */
    int64_t after; /* 0: the first page */
    int64_t after_key;
    struct str after_name;
    int limit; /* 1..100 */
    /* A filter that finds fewer is gone through and sorted; 0: fewer than is fastest. */
    int few_max;
};

struct customer_found {
    struct customer customer;
    int64_t visits, spend_minor, last_visit_us; /* some seconds old */
    int64_t key;                                /* what they were sorted by: a number … */
    struct str sort_name;                       /* … or, CUSTOMER_SORT_NAME, this */
};
/*
 * Errors:   ERR_FIELD_RANGE   a text with nothing to find by: a phone's ending needs four digits
 *                             (what was typed and has no letter and no digit finds nobody)
 *           ERR_FIELD_VALUE   text, and another text beside it
 *           ERR_FIELD_REQUIRED  a balance, or an order by it, of no program
 * Cost:     words alone, newest or oldest first: what they find is read from one index. Else each
 *           filter that has an index is counted there, up to some thousands. Where one finds fewer,
 *           those are looked at and sorted; otherwise the listing is read in the order asked for
 *           until the page is full, at worst (common filters that nobody passes together, or one
 *           without an index that few pass) each narrow row once
 */
MUST_USE enum err customers_search(struct ctx *ctx, const struct customer_query *query,
                                   struct customer_found **found, int *count);
/* How many there are in all. Errors: those of customers_search. Cost: each narrow row, or few */
MUST_USE enum err customers_count(struct ctx *ctx, const struct customer_query *query,
                                  int64_t *count);
/*
 * The ids behind query->after, in order, at most `max`: for going through all that a search finds,
 * page by page, whatever happens meanwhile. Sort and limit are not looked at.
 */
MUST_USE enum err customers_list_ids(struct ctx *ctx, const struct customer_query *query, int max,
                                     customer_id **ids, int *count);
