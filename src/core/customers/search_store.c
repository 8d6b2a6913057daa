/* search_store — see search_store.h; db/compose.h tells how pieces are joined. */
#include "core/customers/search_store.h"
#include "base/clock.h"
#include "base/list.h"
#include "core/customers/customers_store.h"
#include "db/compose.h"

/* ---- heads: what is read ---- */

/* From the narrow rows alone: a customer's own is read for those that are shown. */
#define SHOWN  " l.customer_id, l.visits, l.spend_minor, l.last_visit_us, "
#define LISTED "customer_listing AS l WHERE l.merchant_id = $1"
#define IN_PROGRAM                                                                                 \
    "customer_balance AS b CROSS JOIN customer_listing AS l"                                       \
    " WHERE b.merchant_id = $1 AND b.program_id = @"                                               \
    "   AND l.merchant_id = $1 AND l.customer_id = b.customer_id"
/* CROSS JOIN: the few that a source finds come first. */
#define FEW    "(SELECT DISTINCT n.customer_id FROM (#) AS n) AS x CROSS JOIN "
#define THEIRS " AND l.customer_id = x.customer_id"

/* All in the order asked for, until there are enough … */
DB_HEAD(page_by_created, "SELECT" SHOWN "l.customer_id, '' FROM " LISTED);
DB_HEAD(page_by_visit, "SELECT" SHOWN "l.last_visit_us, '' FROM " LISTED);
DB_HEAD(page_by_spend, "SELECT" SHOWN "l.spend_minor, '' FROM " LISTED);
DB_HEAD(page_by_name, "SELECT" SHOWN "0, l.sort_name FROM " LISTED);
DB_HEAD(page_by_balance, "SELECT" SHOWN "b.balance, '' FROM " IN_PROGRAM);
DB_HEAD(ids_by_created, "SELECT l.customer_id FROM " LISTED);
DB_HEAD(count_by_key, "SELECT COUNT(*) FROM " LISTED);
/* … or few, which are sorted. */
DB_HEAD(few_by_created, "SELECT" SHOWN "l.customer_id, '' FROM " FEW LISTED THEIRS);
DB_HEAD(few_by_visit, "SELECT" SHOWN "l.last_visit_us, '' FROM " FEW LISTED THEIRS);
DB_HEAD(few_by_spend, "SELECT" SHOWN "l.spend_minor, '' FROM " FEW LISTED THEIRS);
DB_HEAD(few_by_name, "SELECT" SHOWN "0, l.sort_name FROM " FEW LISTED THEIRS);
DB_HEAD(few_by_balance,
        "SELECT" SHOWN "b.balance, '' FROM " FEW IN_PROGRAM " AND b.customer_id = x.customer_id");
DB_HEAD(few_ids_by_created, "SELECT l.customer_id FROM " FEW LISTED THEIRS);
DB_HEAD(few_count_by_key, "SELECT COUNT(*) FROM " FEW LISTED THEIRS);

DB_ALONE(measure, "SELECT COUNT(*) FROM (SELECT 1 FROM (#) AS n LIMIT @) AS found");

/* ---- tails: from where, in what order ---- */
DB_TAIL(created_up, " AND l.customer_id > @ ORDER BY l.customer_id LIMIT @");
DB_TAIL(created_down, " AND l.customer_id < @ ORDER BY l.customer_id DESC LIMIT @");
DB_TAIL(visit_up, " AND (l.last_visit_us, l.customer_id) > (@, @)"
                  " ORDER BY l.last_visit_us, l.customer_id LIMIT @");
DB_TAIL(visit_down, " AND (l.last_visit_us, l.customer_id) < (@, @)"
                    " ORDER BY l.last_visit_us DESC, l.customer_id DESC LIMIT @");
DB_TAIL(spend_up, " AND (l.spend_minor, l.customer_id) > (@, @)"
                  " ORDER BY l.spend_minor, l.customer_id LIMIT @");
DB_TAIL(spend_down, " AND (l.spend_minor, l.customer_id) < (@, @)"
                    " ORDER BY l.spend_minor DESC, l.customer_id DESC LIMIT @");
DB_TAIL(balance_up, " AND (b.balance, b.customer_id) > (@, @)"
                    " ORDER BY b.balance, b.customer_id LIMIT @");
DB_TAIL(balance_down, " AND (b.balance, b.customer_id) < (@, @)"
                      " ORDER BY b.balance DESC, b.customer_id DESC LIMIT @");
DB_TAIL(name_up, " AND (l.sort_name, l.customer_id) > (@, @)"
                 " ORDER BY l.sort_name, l.customer_id LIMIT @");
DB_TAIL(name_down, " AND (l.sort_name, l.customer_id) < (@, @)"
                   " ORDER BY l.sort_name DESC, l.customer_id DESC LIMIT @");

DB_TAIL(key_any, " AND l.customer_id > 0"); /* by the key: it is the table */

/*
 * ---- filters, and sources: whom some find, out of an index of their own, with the same args ----
 * + in front of a column: filtering by it must not choose another order; || '' is a text's.
 */
#define WORD_IN "FROM customer_word AS w WHERE w.merchant_id = $1 AND w.word >= @ AND w.word < @"
DB_FILTER(has_word, " AND l.customer_id IN (SELECT w.customer_id " WORD_IN ")");
DB_SOURCE(ids_has_word, "SELECT w.customer_id " WORD_IN);
#define ANY_OF_THREE                                                                               \
    "(SELECT w.customer_id " WORD_IN " UNION ALL SELECT w.customer_id " WORD_IN                    \
    " UNION ALL SELECT w.customer_id " WORD_IN ")"
DB_FILTER(has_typed, " AND l.customer_id IN " ANY_OF_THREE);
DB_SOURCE(ids_has_typed, "SELECT y.customer_id FROM " ANY_OF_THREE " AS y");
#define OWN "FROM customer_listing AS o WHERE o.merchant_id = $1 AND "
DB_FILTER(of_source, " AND l.source || '' = @");
DB_SOURCE(ids_of_source, "SELECT o.customer_id " OWN "o.source = @");
DB_FILTER(not_of_source, " AND l.source || '' <> @");
DB_FILTER(created_between, " AND +l.created_us >= @ AND +l.created_us < @");
DB_SOURCE(ids_created_between,
          "SELECT o.customer_id " OWN "o.created_us >= @ AND o.created_us < @");
DB_FILTER(updated_between, " AND EXISTS (SELECT 1 FROM customer AS u"
                           "      WHERE u.merchant_id = $1 AND u.id = l.customer_id"
                           "        AND u.updated_us >= @ AND u.updated_us < @)");
DB_SOURCE(ids_updated_between, "SELECT u.id AS customer_id FROM customer AS u"
                               " WHERE u.merchant_id = $1"
                               "   AND u.updated_us >= @ AND u.updated_us < @");
DB_FILTER(visited_between, " AND +l.last_visit_us > @ AND +l.last_visit_us <= @"
                           " AND +l.last_visit_us > 0");
DB_SOURCE(ids_visited_between,
          "SELECT o.customer_id " OWN "o.last_visit_us > @ AND o.last_visit_us <= @"
          " AND o.last_visit_us > 0");
DB_FILTER(visits_between, " AND +l.visits >= @ AND +l.visits <= @");
DB_SOURCE(ids_visits_between, "SELECT o.customer_id " OWN "o.visits >= @ AND o.visits <= @");
DB_FILTER(spend_between, " AND +l.spend_minor >= @ AND +l.spend_minor <= @");
DB_SOURCE(ids_spend_between,
          "SELECT o.customer_id " OWN "o.spend_minor >= @ AND o.spend_minor <= @");
DB_FILTER(born_in, " AND +l.birth_month = @");
DB_SOURCE(ids_born_in, "SELECT o.customer_id " OWN "o.birth_month = @ AND o.birth_month > 0");
DB_FILTER(last_at, " AND +l.location_id = @");
DB_SOURCE(ids_last_at, "SELECT o.customer_id " OWN "o.location_id = @ AND o.location_id > 0");
DB_FILTER(balance_between, " AND EXISTS (SELECT 1 FROM customer_balance AS p"
                           "      WHERE p.merchant_id = $1 AND p.customer_id = l.customer_id"
                           "        AND p.program_id = @ AND p.balance >= @ AND p.balance <= @)");
DB_SOURCE(ids_balance_between, "SELECT p.customer_id FROM customer_balance AS p"
                               " WHERE p.merchant_id = $1 AND p.program_id = @"
                               "   AND p.balance >= @ AND p.balance <= @");
DB_FILTER(has_tag, " AND EXISTS (SELECT 1 FROM customer_tag AS t"
                   "      WHERE t.merchant_id = $1 AND t.customer_id = l.customer_id"
                   "        AND t.tag_id = @)");
#define TAGGED "FROM customer_tag AS t WHERE t.merchant_id = $1"
DB_SOURCE(ids_has_tag, "SELECT t.customer_id " TAGGED " AND t.tag_id = @");
DB_FILTER(has_not_tag, " AND NOT EXISTS (SELECT 1 FROM customer_tag AS t"
                       "      WHERE t.merchant_id = $1 AND t.customer_id = l.customer_id"
                       "        AND t.tag_id = @)");
DB_FILTER(has_a_tag, " AND EXISTS (SELECT 1 FROM customer_tag AS t"
                     "      WHERE t.merchant_id = $1 AND t.customer_id = l.customer_id"
                     "        AND t.tag_id IN (@, @, @, @, @))");
DB_SOURCE(ids_has_a_tag, "SELECT t.customer_id " TAGGED " AND t.tag_id IN (@, @, @, @, @)");
_Static_assert(CUSTOMER_TAGS_MAX == 5, "has_a_tag has five");
DB_FILTER(last_said,
          " AND EXISTS (SELECT 1 FROM consent AS n"
          "      WHERE n.merchant_id = $1 AND n.customer_id = l.customer_id AND n.purpose = @"
          "        AND n.state = @"
          "        AND NOT EXISTS (SELECT 1 FROM consent AS s"
          "             WHERE s.merchant_id = $1 AND s.customer_id = n.customer_id"
          "               AND s.purpose = n.purpose AND s.id > n.id))");
/* Nor did somebody who has become a part of them say anything else since: who withdrew a consent is
 * not among those who gave it, whichever of their records it was said under. */
DB_FILTER(no_part_said_else,
          " AND NOT EXISTS (SELECT 1 FROM customer_alias AS a"
          "      JOIN consent AS t ON t.merchant_id = $1 AND t.customer_id = a.id"
          "      WHERE a.merchant_id = $1 AND a.customer_id = l.customer_id AND t.purpose = @"
          "        AND t.state <> @"
          "        AND NOT EXISTS (SELECT 1 FROM consent AS o"
          "             WHERE o.merchant_id = $1 AND o.customer_id IN (a.customer_id, a.id)"
          "               AND o.purpose = t.purpose AND o.id > t.id))");
DB_FILTER(nothing_said,
          " AND NOT EXISTS (SELECT 1 FROM consent AS n"
          "      WHERE n.merchant_id = $1 AND n.customer_id = l.customer_id AND n.purpose = @)");

/* ---- what must hold ---- */

enum { CONDITION_ARGS_MAX = 6, CONDITIONS_MAX = 40 };
struct condition {
    const struct db_piece *filter, *source; /* NULL: no index has whom it finds */
    struct db_arg args[CONDITION_ARGS_MAX];
    int arg_count;
};
struct conditions {
    struct ctx *ctx;
    struct condition at[CONDITIONS_MAX];
    int count;
};

static void
add(struct conditions *all, const struct db_piece *filter, const struct db_piece *source,
    const struct db_arg *args, int arg_count)
{
    ASSERT(all->count < CONDITIONS_MAX);
    struct condition *condition = &all->at[all->count++];

    ASSERT(arg_count <= CONDITION_ARGS_MAX);
    *condition = (struct condition){.filter = filter, .source = source, .arg_count = arg_count};
    for (int i = 0; i < arg_count; i++)
        condition->args[i] = args[i];
}

static int64_t
min_of(struct customer_range range)
{
    return range.has_min ? range.min : INT64_MIN;
}

static int64_t
max_of(struct customer_range range)
{
    return range.has_max ? range.max : INT64_MAX;
}

/* A time so many days ago, or one that is always before or behind it. */
static int64_t
ago(const struct ctx *ctx, bool given, int64_t days, int64_t otherwise_us)
{
    return given ? ctx->now_us - days * CLOCK_DAY_US : otherwise_us;
}

static void
add_range(struct conditions *all, const struct db_piece *filter, const struct db_piece *source,
          struct customer_range range)
{
    if (!range.has_min && !range.has_max) return;
    add(all, filter, source, DB_BIND(db_int(min_of(range)), db_int(max_of(range))));
}

static void
add_words(struct conditions *all, const struct search_words *words)
{
    for (int i = 0; i < words->exact_count; i++) {
        add(all, &has_word, &ids_has_word,
            DB_BIND(db_text(words->exact[i].from), db_text(words->exact[i].until)));
    }
    for (int i = 0; i < words->typed.count; i++) {
        const struct typed_word *word = &words->typed.at[i];

        add(all, &has_typed, &ids_has_typed,
            DB_BIND(db_text(word->name.from), db_text(word->name.until), db_text(word->email.from),
                    db_text(word->email.until), db_text(word->phone.from),
                    db_text(word->phone.until)));
    }
}

static void
add_times(struct conditions *all, const struct customer_query *query)
{
    const struct ctx *ctx = all->ctx;
    const struct customer_range *joined = &query->joined_days, *visit = &query->last_visit_days;
    int64_t never_us = INT64_MAX;

    if (query->created_from_us != 0 || query->created_until_us != 0) {
        int64_t until_us = query->created_until_us != 0 ? query->created_until_us : never_us;
        add(all, &created_between, &ids_created_between,
            DB_BIND(db_int(query->created_from_us), db_int(until_us)));
    }
    if (query->updated_from_us != 0 || query->updated_until_us != 0) {
        int64_t until_us = query->updated_until_us != 0 ? query->updated_until_us : never_us;
        add(all, &updated_between, &ids_updated_between,
            DB_BIND(db_int(query->updated_from_us), db_int(until_us)));
    }
    if (joined->has_min || joined->has_max) {
        add(all, &created_between, &ids_created_between,
            DB_BIND(db_int(ago(ctx, joined->has_max, joined->max, 0)),
                    db_int(ago(ctx, joined->has_min, joined->min, never_us))));
    }
    if (visit->has_min || visit->has_max) {
        add(all, &visited_between, &ids_visited_between,
            DB_BIND(db_int(ago(ctx, visit->has_max, visit->max, 0)),
                    db_int(ago(ctx, visit->has_min, visit->min, never_us))));
    }
}

static void
add_tags(struct conditions *all, const struct customer_query *query)
{
    const struct customer_tags *any = &query->tags_any;
    struct db_arg one_of[CUSTOMER_TAGS_MAX];

    for (int i = 0; i < query->tags_all.count; i++) {
        add(all, &has_tag, &ids_has_tag, DB_BIND(db_int(query->tags_all.at[i])));
    }
    for (int i = 0; i < query->tags_none.count; i++) {
        add(all, &has_not_tag, NULL, DB_BIND(db_int(query->tags_none.at[i])));
    }
    if (any->count == 0) return;
    for (int i = 0; i < CUSTOMER_TAGS_MAX; i++) {
        one_of[i] = db_int(any->at[i < any->count ? i : 0]);
    }
    add(all, &has_a_tag, &ids_has_a_tag, one_of, CUSTOMER_TAGS_MAX);
}

static void
add_consent(struct conditions *all, const struct customer_query *query)
{
    if (query->consent_purpose.len == 0) return;
    if (str_is(query->consent_state, STR("none"))) {
        add(all, &nothing_said, NULL, DB_BIND(db_text(query->consent_purpose)));
        return;
    }
    const struct db_arg said[] = {db_text(query->consent_purpose), db_text(query->consent_state)};

    add(all, &last_said, NULL, said, 2);
    add(all, &no_part_said_else, NULL, said, 2);
}

static struct conditions
conditions_of(struct ctx *ctx, const struct customer_query *query, const struct search_words *words)
{
    struct conditions all = {.ctx = ctx};

    add_words(&all, words);
    if (query->source.len > 0) {
        const struct db_arg source = db_text(query->source);

        if (query->source_excluded) {
            add(&all, &not_of_source, NULL, &source, 1);
        } else {
            add(&all, &of_source, &ids_of_source, &source, 1);
        }
    }
    add_times(&all, query);
    add_range(&all, &visits_between, &ids_visits_between, query->visits);
    add_range(&all, &spend_between, &ids_spend_between, query->spend_minor);
    if (query->program.v != 0) {
        add(&all, &balance_between, &ids_balance_between,
            DB_BIND(db_int(query->program.v), db_int(min_of(query->balance)),
                    db_int(max_of(query->balance))));
    }
    if (query->birth_month != 0) {
        add(&all, &born_in, &ids_born_in, DB_BIND(db_int(query->birth_month)));
    }
    if (query->location.v != 0) {
        add(&all, &last_at, &ids_last_at, DB_BIND(db_int(query->location.v)));
    }
    add_consent(&all, query);
    add_tags(&all, query);
    return all;
}

/* ---- whom to look at ---- */

static enum err
measure_source(struct ctx *ctx, const struct condition *condition, int max, int *rows)
{
    struct db_arg args[CONDITION_ARGS_MAX + 1];

    for (int i = 0; i < condition->arg_count; i++)
        args[i] = condition->args[i];
    args[condition->arg_count] = db_int(max);
    struct db_composition search =
        db_compose_of(ctx, &measure, condition->source, args, condition->arg_count + 1);
    struct db_rows *found = db_query_composed(&search);
    *rows = db_next(found) ? (int)db_col_int(found, 0) : 0;
    return db_done(found);
}

/* The condition that the fewest rows are found by; NULL: by each there are as many as max. */
static enum err
find_narrowest(const struct conditions *all, int max, const struct condition **narrowest)
{
    *narrowest = NULL;
    for (int i = 0; i < all->count && max > 0; i++) {
        int rows;

        if (all->at[i].source == NULL) continue;
        TRY(measure_source(all->ctx, &all->at[i], max, &rows));
        if (rows < max) *narrowest = &all->at[i];
        max = rows;
    }
    return OK;
}

struct heads {
    const struct db_piece *all, *few;
};

/* What a head reads of those for whom all holds, few of whom are looked at if there is a way. */
static enum err
compose(const struct conditions *all, struct heads heads, const struct customer_query *query,
        int few_max, struct db_composition *search)
{
    const bool by_balance = heads.all == &page_by_balance;
    const struct condition *narrowest;
    struct db_arg args[CONDITION_ARGS_MAX + 1];
    int count = 0;

    TRY(find_narrowest(all, query->few_max > 0 ? query->few_max : few_max, &narrowest));
    for (; narrowest != NULL && count < narrowest->arg_count; count++)
        args[count] = narrowest->args[count];
    if (by_balance) args[count++] = db_int(query->program.v);
    *search = narrowest != NULL ? db_compose_of(all->ctx, heads.few, narrowest->source, args, count)
                                : db_compose(all->ctx, heads.all, args, count);
    for (int i = 0; i < all->count; i++) {
        const struct condition *condition = &all->at[i];

        db_compose_add(search, condition->filter, condition->args, condition->arg_count);
    }
    return OK;
}

/* ---- pages ---- */
static const struct {
    struct heads heads;
    const struct db_piece *tails[2]; /* up, down */
} orders[CUSTOMER_SORT_COUNT] = {
    [CUSTOMER_SORT_CREATED] = {{&page_by_created, &few_by_created}, {&created_up, &created_down}},
    [CUSTOMER_SORT_LAST_VISIT] = {{&page_by_visit, &few_by_visit}, {&visit_up, &visit_down}},
    [CUSTOMER_SORT_SPEND] = {{&page_by_spend, &few_by_spend}, {&spend_up, &spend_down}},
    [CUSTOMER_SORT_BALANCE] = {{&page_by_balance, &few_by_balance}, {&balance_up, &balance_down}},
    [CUSTOMER_SORT_NAME] = {{&page_by_name, &few_by_name}, {&name_up, &name_down}},
};

/* Behind the last letter there is: where names that go down begin. */
#define LAST_NAME STR("\xF4\x8F\xBF\xBF")

static void
add_tail(struct db_composition *search, const struct customer_query *query)
{
    const struct db_piece *tail = orders[query->sort].tails[query->newest_first];
    int64_t edge = query->newest_first ? INT64_MAX : INT64_MIN;
    int64_t after = query->after != 0 ? query->after : edge;
    int64_t key = query->after != 0 ? query->after_key : edge;
    struct db_arg limit = db_int(query->limit);

    switch (query->sort) {
    case CUSTOMER_SORT_CREATED:
        db_compose_add(search, tail, DB_BIND(db_int(after), limit));
        return;
    case CUSTOMER_SORT_NAME: {
        struct str edge_name = query->newest_first ? LAST_NAME : STR("");
        struct str name = query->after != 0 ? query->after_name : edge_name;

        db_compose_add(search, tail, DB_BIND(db_text(name), db_int(after), limit));
        return;
    }
    case CUSTOMER_SORT_LAST_VISIT:
    case CUSTOMER_SORT_SPEND:
    case CUSTOMER_SORT_BALANCE:
    case CUSTOMER_SORT_COUNT:
        break;
    }
    db_compose_add(search, tail, DB_BIND(db_int(key), db_int(after), limit));
}

/*
 * How many may be looked at one by one. For a page: about as many as are passed on the way when a
 * filter that finds more is looked for in the order asked for; more if there are several filters,
 * which may find nobody together, and then the way is all there are. For a count, which otherwise
 * reads all of a merchant's rows one behind the other: as many as take as long.
 */
enum { FEW_FOR_PAGE = 2000, FEW_OF_SEVERAL = 20000, FEW_FOR_COUNT = 50000 };

static int
few_for_page(const struct conditions *all)
{
    return all->count > 1 ? FEW_OF_SEVERAL : FEW_FOR_PAGE;
}

enum err
search_store_list(struct ctx *ctx, const struct customer_query *query,
                  const struct search_words *words, struct customer_found **found, int *count)
{
    const struct conditions all = conditions_of(ctx, query, words);
    struct db_composition search;

    TRY(compose(&all, orders[query->sort].heads, query, few_for_page(&all), &search));
    add_tail(&search, query);
    struct db_rows *rows = db_query_composed(&search);
    while (db_next(rows)) {
        const struct customer_found one = {
            .customer.id = {db_col_int(rows, 0)},
            .visits = db_col_int(rows, 1),
            .spend_minor = db_col_int(rows, 2),
            .last_visit_us = db_col_int(rows, 3),
            .key = db_col_int(rows, 4),
            .sort_name = db_col_text(rows, 5),
        };

        LIST_ADD(ctx->arena, *found, *count, one);
    }
    TRY(db_done(rows));
    for (int i = 0; i < *count; i++) {
        TRY(customers_store_find(ctx, (*found)[i].customer.id, &(*found)[i].customer));
    }
    return OK;
}

enum err
search_store_count(struct ctx *ctx, const struct customer_query *query,
                   const struct search_words *words, int64_t *count)
{
    const struct conditions all = conditions_of(ctx, query, words);
    const struct heads heads = {&count_by_key, &few_count_by_key};
    struct db_composition search;

    TRY(compose(&all, heads, query, FEW_FOR_COUNT, &search));
    db_compose_add(&search, &key_any, NULL, 0);
    struct db_rows *rows = db_query_composed(&search);
    *count = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

enum err
search_store_list_ids(struct ctx *ctx, const struct customer_query *query,
                      const struct search_words *words, int max, customer_id **ids, int *count)
{
    const struct conditions all = conditions_of(ctx, query, words);
    const struct heads heads = {&ids_by_created, &few_ids_by_created};
    struct db_composition search;

    *ids = NULL;
    *count = 0;
    TRY(compose(&all, heads, query, few_for_page(&all), &search));
    db_compose_add(&search, &created_up, DB_BIND(db_int(query->after), db_int(max)));
    struct db_rows *rows = db_query_composed(&search);
    while (db_next(rows)) {
        const customer_id id = {db_col_int(rows, 0)};

        LIST_ADD(ctx->arena, *ids, *count, id);
    }
    return db_done(rows);
}
