/* search — see search.h. */
#include "core/customers/search.h"
#include "base/list.h"
#include "core/customers/customers_store.h"
#include "core/customers/listing.h"
#include "core/customers/search_store.h"

/* ---- what is to be found by ---- */

static enum err
add_exact(struct ctx *ctx, struct search_words *words, struct str text, struct word_range range,
          const char *field)
{
    enum { EXACT_MAX = sizeof words->exact / sizeof words->exact[0] };

    if (text.len == 0) return OK;
    if (range.from.len == 0) return fail_field(ctx, ERR_FIELD_RANGE, field);
    ASSERT(words->exact_count < EXACT_MAX);
    words->exact[words->exact_count++] = range;
    return OK;
}

static enum err
add_all_exact(struct ctx *ctx, const struct customer_query *query, struct search_words *words)
{
    TRY(add_exact(ctx, words, query->phone, words_exact_phone(ctx, query->phone),
                  "query.filter.phone_number.exact"));
    TRY(add_exact(ctx, words, query->email, words_exact_email(ctx, query->email),
                  "query.filter.email_address.exact"));
    TRY(add_exact(ctx, words, query->reference_id, words_exact_reference(ctx, query->reference_id),
                  "query.filter.reference_id.exact"));
    TRY(add_exact(ctx, words, query->phone_fuzzy, words_like_phone(ctx, query->phone_fuzzy),
                  "query.filter.phone_number.fuzzy"));
    TRY(add_exact(ctx, words, query->email_fuzzy, words_like_email(ctx, query->email_fuzzy),
                  "query.filter.email_address.fuzzy"));
    return add_exact(ctx, words, query->reference_fuzzy,
                     words_like_reference(ctx, query->reference_fuzzy),
                     "query.filter.reference_id.fuzzy");
}

/* The rarest in front: it is gone through, and the others are looked for in what it finds. */
static enum err
sort_by_rows(struct ctx *ctx, struct typed_words *typed)
{
    int64_t rows[WORDS_TYPED_MAX];

    for (int i = 0; i < typed->count; i++) {
        struct typed_word word = typed->at[i];
        int place = i;

        TRY(search_store_measure(ctx, &word, &rows[i]));
        int64_t found = rows[i];
        for (; place > 0 && rows[place - 1] > found; place--) {
            rows[place] = rows[place - 1];
            typed->at[place] = typed->at[place - 1];
        }
        rows[place] = found;
        typed->at[place] = word;
    }
    return OK;
}

/* *nobody: what was typed has nothing that anybody could be found by. */
static enum err
read_words(struct ctx *ctx, const struct customer_query *query, struct search_words *words,
           bool *nobody)
{
    *words = (struct search_words){0};
    *nobody = false;
    TRY(add_all_exact(ctx, query, words));
    if (query->text.len == 0) return OK;
    if (words->exact_count > 0) return fail_field(ctx, ERR_FIELD_VALUE, "query.filter.text");
    words_typed(ctx, query->text, &words->typed);
    *nobody = words->typed.count == 0;
    return words->typed.count > 1 ? sort_by_rows(ctx, &words->typed) : OK;
}

static enum err
check(struct ctx *ctx, const struct customer_query *query)
{
    bool has_balance = query->balance.has_min || query->balance.has_max;

    if (query->program.v != 0) return OK;
    if (!has_balance && query->sort != CUSTOMER_SORT_BALANCE) return OK;
    return fail_field(ctx, ERR_FIELD_REQUIRED, "query.filter.balance.program_id");
}

/* ---- by words alone ---- */

static bool
is_asked(struct customer_range range)
{
    return range.has_min || range.has_max;
}

/* Whether the listing has to be looked into. */
static bool
has_filters(const struct customer_query *query)
{
    return query->source.len > 0 || query->created_from_us != 0 || query->created_until_us != 0 ||
           query->updated_from_us != 0 || query->updated_until_us != 0 ||
           is_asked(query->joined_days) || is_asked(query->last_visit_days) ||
           is_asked(query->visits) || is_asked(query->spend_minor) || query->program.v != 0 ||
           query->birth_month != 0 || query->location.v != 0 || query->consent_purpose.len > 0 ||
           query->tags_all.count + query->tags_any.count + query->tags_none.count > 0;
}

enum { LOOK_MEMORY_MAX = 256 << 10 };

static bool
means_all(const struct words *words, const struct typed_words *typed)
{
    for (int i = 1; i < typed->count; i++) {
        if (!words_mean(words, &typed->at[i])) return false;
    }
    return true;
}

/* Whether the other words are theirs, too. In memory of its own: many are looked at, few shown. */
static enum err
has_others(struct ctx *look, customer_id id, const struct typed_words *typed, bool *has)
{
    struct customer customer;
    struct words words;

    *has = typed->count == 1;
    if (*has) return OK;
    TRY(customers_store_find(look, id, &customer));
    words_of_customer(look, &customer, &words);
    *has = means_all(&words, typed);
    arena_reset(look->arena);
    return OK;
}

static enum err
add_found(struct ctx *ctx, customer_id id, struct customer_found **found, int *count)
{
    struct customer_found one = {.customer = {.id = id}};
    struct listing listing;

    TRY(customers_store_find(ctx, id, &one.customer));
    TRY(listing_find(ctx, id, &listing));
    one.visits = listing.counts.visits;
    one.spend_minor = listing.counts.spend_minor;
    one.last_visit_us = listing.counts.last_visit_us;
    LIST_ADD(ctx->arena, *found, *count, one);
    return OK;
}

struct typed_search {
    struct customer_query rest; /* after: who was looked at last */
    const struct search_words *words;
    struct ctx look;
};

/* The next that the first word finds, until the page is full. */
static enum err
look_further(struct ctx *ctx, struct typed_search *search, struct customer_found **found,
             int *count, bool *whole)
{
    customer_id *ids;
    int id_count;

    TRY(search_store_list_typed(ctx, &search->rest, search->words, &ids, &id_count, whole));
    for (int i = 0; i < id_count && *count < search->rest.limit; i++) {
        bool has;

        if (ids[i].v == search->rest.after) continue;
        search->rest.after = ids[i].v;
        TRY(has_others(&search->look, ids[i], &search->words->typed, &has));
        if (has) TRY(add_found(ctx, ids[i], found, count));
    }
    return OK;
}

static enum err
search_typed(struct ctx *ctx, const struct customer_query *query, const struct search_words *words,
             struct customer_found **found, int *count)
{
    struct typed_search search = {.rest = *query, .words = words, .look = *ctx};
    struct arena arena;
    enum err err = OK;
    bool whole = false;

    arena_open(&arena, LOOK_MEMORY_MAX);
    search.look.arena = &arena;
    while (err == OK && !whole && *count < query->limit) {
        err = look_further(ctx, &search, found, count, &whole);
    }
    arena_close(&arena);
    return err;
}

/* ---- finding ---- */

enum err
customers_search(struct ctx *ctx, const struct customer_query *query, struct customer_found **found,
                 int *count)
{
    struct search_words words;
    bool nobody;

    ASSERT(query->limit >= 1);
    ASSERT(query->limit <= 100);
    *found = NULL;
    *count = 0;
    TRY(check(ctx, query));
    TRY(read_words(ctx, query, &words, &nobody));
    if (nobody) return OK;
    bool by_id = query->sort == CUSTOMER_SORT_CREATED;
    if (words.typed.count > 0 && by_id && !has_filters(query)) {
        return search_typed(ctx, query, &words, found, count);
    }
    return search_store_list(ctx, query, &words, found, count);
}

enum err
customers_count(struct ctx *ctx, const struct customer_query *query, int64_t *count)
{
    struct search_words words;
    bool nobody;

    *count = 0;
    TRY(check(ctx, query));
    TRY(read_words(ctx, query, &words, &nobody));
    return nobody ? OK : search_store_count(ctx, query, &words, count);
}

enum err
customers_list_ids(struct ctx *ctx, const struct customer_query *query, int max, customer_id **ids,
                   int *count)
{
    struct search_words words;
    bool nobody;

    ASSERT(max >= 1);
    *ids = NULL;
    *count = 0;
    TRY(check(ctx, query));
    TRY(read_words(ctx, query, &words, &nobody));
    return nobody ? OK : search_store_list_ids(ctx, query, &words, max, ids, count);
}
