/* search_store — see search_store.h; db/compose.h tells how pieces are joined. */
#include "core/customers/search_store.h"
#include "base/clock.h"
#include "base/list.h"
#include "core/customers/customers_store.h"
#include "db/compose.h"

/* ---- heads: what is read ---- */

/* CROSS JOIN: the narrow rows first, and a customer's own for those alone that are shown. */
#define FIGURES ", l.visits, l.spend_minor, l.last_visit_us"
#define FROM_LISTING                                                                               \
    "  FROM customer_listing AS l"                                                                 \
    " CROSS JOIN customer AS c"                                                                    \
    " WHERE l.merchant_id = $1 AND c.merchant_id = $1 AND c.id = l.customer_id"

DB_HEAD(page_by_created, "SELECT " CUSTOMER_COLUMNS FIGURES ", l.customer_id, ''" FROM_LISTING);
DB_HEAD(page_by_visit, "SELECT " CUSTOMER_COLUMNS FIGURES ", l.last_visit_us, ''" FROM_LISTING);
DB_HEAD(page_by_spend, "SELECT " CUSTOMER_COLUMNS FIGURES ", l.spend_minor, ''" FROM_LISTING);
DB_HEAD(page_by_name, "SELECT " CUSTOMER_COLUMNS FIGURES ", 0, l.sort_name" FROM_LISTING);
DB_HEAD(page_by_balance, "SELECT " CUSTOMER_COLUMNS FIGURES ", b.balance, ''"
                         "  FROM customer_balance AS b"
                         " CROSS JOIN customer_listing AS l"
                         " CROSS JOIN customer AS c"
                         " WHERE b.merchant_id = $1 AND b.program_id = @"
                         "   AND l.merchant_id = $1 AND l.customer_id = b.customer_id"
                         "   AND c.merchant_id = $1 AND c.id = l.customer_id");
/* By the key: it is the table. */
DB_HEAD(count_listed, "SELECT COUNT(*) FROM customer_listing AS l"
                      " WHERE l.merchant_id = $1 AND l.customer_id > 0");
DB_HEAD(ids_by_created, "SELECT l.customer_id FROM customer_listing AS l"
                        " WHERE l.merchant_id = $1");

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

/* ---- filters; + in front of a column: filtering by it must not choose another order ---- */
#define WORD_IN "FROM customer_word AS w WHERE w.merchant_id = $1 AND w.word >= @ AND w.word < @"
DB_FILTER(has_word, " AND l.customer_id IN (SELECT w.customer_id " WORD_IN ")");
DB_FILTER(has_typed, " AND l.customer_id IN (SELECT w.customer_id " WORD_IN
                     " UNION ALL SELECT w.customer_id " WORD_IN
                     " UNION ALL SELECT w.customer_id " WORD_IN ")");
DB_FILTER(of_source, " AND l.source = @");
DB_FILTER(not_of_source, " AND l.source <> @");
DB_FILTER(created_between, " AND l.created_us >= @ AND l.created_us < @");
DB_FILTER(updated_between, " AND EXISTS (SELECT 1 FROM customer AS u"
                           "      WHERE u.merchant_id = $1 AND u.id = l.customer_id"
                           "        AND u.updated_us >= @ AND u.updated_us < @)");
DB_FILTER(visited_between, " AND +l.last_visit_us > @ AND +l.last_visit_us <= @"
                           " AND +l.last_visit_us > 0");
DB_FILTER(visits_between, " AND l.visits >= @ AND l.visits <= @");
DB_FILTER(spend_between, " AND +l.spend_minor >= @ AND +l.spend_minor <= @");
DB_FILTER(born_in, " AND l.birth_month = @");
DB_FILTER(last_at, " AND l.location_id = @");
DB_FILTER(balance_between, " AND EXISTS (SELECT 1 FROM customer_balance AS p"
                           "      WHERE p.merchant_id = $1 AND p.customer_id = l.customer_id"
                           "        AND p.program_id = @ AND p.balance >= @ AND p.balance <= @)");
DB_FILTER(has_tag, " AND EXISTS (SELECT 1 FROM customer_tag AS t"
                   "      WHERE t.merchant_id = $1 AND t.customer_id = l.customer_id"
                   "        AND t.tag_id = @)");
DB_FILTER(has_not_tag, " AND NOT EXISTS (SELECT 1 FROM customer_tag AS t"
                       "      WHERE t.merchant_id = $1 AND t.customer_id = l.customer_id"
                       "        AND t.tag_id = @)");
DB_FILTER(has_a_tag, " AND EXISTS (SELECT 1 FROM customer_tag AS t"
                     "      WHERE t.merchant_id = $1 AND t.customer_id = l.customer_id"
                     "        AND t.tag_id IN (@, @, @, @, @))");
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

/* ---- joining them ---- */

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
add_range(struct db_composition *search, const struct db_piece *piece, struct customer_range range)
{
    if (!range.has_min && !range.has_max) return;
    db_compose_add(search, piece, DB_BIND(db_int(min_of(range)), db_int(max_of(range))));
}

static void
add_words(struct db_composition *search, const struct search_words *words)
{
    for (int i = 0; i < words->exact_count; i++) {
        db_compose_add(search, &has_word,
                       DB_BIND(db_text(words->exact[i].from), db_text(words->exact[i].until)));
    }
    for (int i = 0; i < words->typed.count; i++) {
        const struct typed_word *word = &words->typed.at[i];

        db_compose_add(search, &has_typed,
                       DB_BIND(db_text(word->name.from), db_text(word->name.until),
                               db_text(word->email.from), db_text(word->email.until),
                               db_text(word->phone.from), db_text(word->phone.until)));
    }
}

static void
add_times(struct db_composition *search, const struct customer_query *query)
{
    const struct ctx *ctx = search->ctx;
    const struct customer_range *joined = &query->joined_days, *visit = &query->last_visit_days;
    int64_t never_us = INT64_MAX;

    if (query->created_from_us != 0 || query->created_until_us != 0) {
        int64_t until_us = query->created_until_us != 0 ? query->created_until_us : never_us;
        db_compose_add(search, &created_between,
                       DB_BIND(db_int(query->created_from_us), db_int(until_us)));
    }
    if (query->updated_from_us != 0 || query->updated_until_us != 0) {
        int64_t until_us = query->updated_until_us != 0 ? query->updated_until_us : never_us;
        db_compose_add(search, &updated_between,
                       DB_BIND(db_int(query->updated_from_us), db_int(until_us)));
    }
    if (joined->has_min || joined->has_max) {
        db_compose_add(search, &created_between,
                       DB_BIND(db_int(ago(ctx, joined->has_max, joined->max, 0)),
                               db_int(ago(ctx, joined->has_min, joined->min, never_us))));
    }
    if (visit->has_min || visit->has_max) {
        db_compose_add(search, &visited_between,
                       DB_BIND(db_int(ago(ctx, visit->has_max, visit->max, 0)),
                               db_int(ago(ctx, visit->has_min, visit->min, never_us))));
    }
}

static void
add_tags(struct db_composition *search, const struct customer_query *query)
{
    const struct customer_tags *any = &query->tags_any;
    struct db_arg one_of[CUSTOMER_TAGS_MAX];

    for (int i = 0; i < query->tags_all.count; i++) {
        db_compose_add(search, &has_tag, DB_BIND(db_int(query->tags_all.at[i])));
    }
    for (int i = 0; i < query->tags_none.count; i++) {
        db_compose_add(search, &has_not_tag, DB_BIND(db_int(query->tags_none.at[i])));
    }
    if (any->count == 0) return;
    for (int i = 0; i < CUSTOMER_TAGS_MAX; i++) {
        one_of[i] = db_int(any->at[i < any->count ? i : 0]);
    }
    db_compose_add(search, &has_a_tag, one_of, CUSTOMER_TAGS_MAX);
}

static void
add_consent(struct db_composition *search, const struct customer_query *query)
{
    if (query->consent_purpose.len == 0) return;
    if (str_is(query->consent_state, STR("none"))) {
        db_compose_add(search, &nothing_said, DB_BIND(db_text(query->consent_purpose)));
        return;
    }
    const struct db_arg said[] = {db_text(query->consent_purpose), db_text(query->consent_state)};

    db_compose_add(search, &last_said, said, 2);
    db_compose_add(search, &no_part_said_else, said, 2);
}

static void
add_filters(struct db_composition *search, const struct customer_query *query,
            const struct search_words *words)
{
    add_words(search, words);
    if (query->source.len > 0) {
        db_compose_add(search, query->source_excluded ? &not_of_source : &of_source,
                       DB_BIND(db_text(query->source)));
    }
    add_times(search, query);
    add_range(search, &visits_between, query->visits);
    add_range(search, &spend_between, query->spend_minor);
    if (query->program.v != 0) {
        db_compose_add(search, &balance_between,
                       DB_BIND(db_int(query->program.v), db_int(min_of(query->balance)),
                               db_int(max_of(query->balance))));
    }
    if (query->birth_month != 0) {
        db_compose_add(search, &born_in, DB_BIND(db_int(query->birth_month)));
    }
    if (query->location.v != 0) {
        db_compose_add(search, &last_at, DB_BIND(db_int(query->location.v)));
    }
    add_consent(search, query);
    add_tags(search, query);
}

/* ---- pages ---- */
static const struct {
    const struct db_piece *head, *tails[2]; /* up, down */
} orders[CUSTOMER_SORT_COUNT] = {
    [CUSTOMER_SORT_CREATED] = {&page_by_created, {&created_up, &created_down}},
    [CUSTOMER_SORT_LAST_VISIT] = {&page_by_visit, {&visit_up, &visit_down}},
    [CUSTOMER_SORT_SPEND] = {&page_by_spend, {&spend_up, &spend_down}},
    [CUSTOMER_SORT_BALANCE] = {&page_by_balance, {&balance_up, &balance_down}},
    [CUSTOMER_SORT_NAME] = {&page_by_name, {&name_up, &name_down}},
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

enum { COLUMN_VISITS = 15, COLUMN_KEY = 18 };

enum err
search_store_list(struct ctx *ctx, const struct customer_query *query,
                  const struct search_words *words, struct customer_found **found, int *count)
{
    const struct db_arg program = db_int(query->program.v);
    int head_args = query->sort == CUSTOMER_SORT_BALANCE ? 1 : 0;
    struct db_composition search = db_compose(ctx, orders[query->sort].head, &program, head_args);

    add_filters(&search, query, words);
    add_tail(&search, query);
    struct db_rows *rows = db_query_composed(&search);
    while (db_next(rows)) {
        const struct customer_found one = {
            .customer = customers_store_read(rows),
            .visits = db_col_int(rows, COLUMN_VISITS),
            .spend_minor = db_col_int(rows, COLUMN_VISITS + 1),
            .last_visit_us = db_col_int(rows, COLUMN_VISITS + 2),
            .key = db_col_int(rows, COLUMN_KEY),
            .sort_name = db_col_text(rows, COLUMN_KEY + 1),
        };

        LIST_ADD(ctx->arena, *found, *count, one);
    }
    return db_done(rows);
}

enum err
search_store_count(struct ctx *ctx, const struct customer_query *query,
                   const struct search_words *words, int64_t *count)
{
    struct db_composition search = db_compose(ctx, &count_listed, NULL, 0);

    add_filters(&search, query, words);
    struct db_rows *rows = db_query_composed(&search);
    *count = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

static enum err
read_ids(struct ctx *ctx, struct db_rows *rows, customer_id **ids, int *count)
{
    *ids = NULL;
    *count = 0;
    while (db_next(rows)) {
        const customer_id id = {db_col_int(rows, 0)};

        LIST_ADD(ctx->arena, *ids, *count, id);
    }
    return db_done(rows);
}

enum err
search_store_list_ids(struct ctx *ctx, const struct customer_query *query,
                      const struct search_words *words, int max, customer_id **ids, int *count)
{
    struct db_composition search = db_compose(ctx, &ids_by_created, NULL, 0);

    add_filters(&search, query, words);
    db_compose_add(&search, &created_up, DB_BIND(db_int(query->after), db_int(max)));
    return read_ids(ctx, db_query_composed(&search), ids, count);
}
