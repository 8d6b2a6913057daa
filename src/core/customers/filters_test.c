/* filters_test — each filter in each order finds the same customers, whichever way they are looked
 * for: in the order asked for, or through the few that a filter's own index has. */
#include "base/clock.h"
#include "core/customers/listing.h"
#include "core/customers/search.h"
#include "core/customers/tags.h"
#include "support/test.h"
#include "support/world.h"

enum { GUESTS = 12, PAGE = 5, WALK = 1, LOOK_UP = 100 };
static const program_id program = {77};
static const location_id location = {88};

/* The nth has come n % 4 times; of each row some are alike, so that ids decide. */
static void
count_guest(struct world *w, customer_id id, int n)
{
    struct listing_balance balance = {program, n % 3 * 10};
    struct listing before, after;

    EXPECT_OK(listing_find(&w->ctx, id, &before));
    after = before;
    after.counts = (struct listing_counts){
        .visits = n % 4,
        .spend_minor = n % 5 * 100,
        .first_visit_us = n % 4 > 0 ? w->ctx.now_us - 90 * CLOCK_DAY_US : 0,
        .last_visit_us = n % 4 > 0 ? w->ctx.now_us - n % 6 * CLOCK_DAY_US : 0,
        .location = n % 4 > 0 ? location : (location_id){0},
    };
    after.balances = &balance;
    after.balance_count = n < 9 ? 1 : 0;
    WORLD_TX(w) EXPECT_OK(listing_put(&w->ctx, id, &before, &after));
}

static void
add_guest(struct world *w, int n, tag_id tag)
{
    static const char *const names[] = {"Anna", "Leo", "Zoé"};
    struct customer guest = {
        .given_name = str_of(names[n % 3]),
        .family_name = n % 2 == 0 ? STR("Martin") : STR("Dupont"),
        .birthday = n % 6 == 0 ? STR("1990-05-01") : STR(""),
        .source = n == 3 ? STR("LOYALTY") : STR("THIRD_PARTY"),
    };
    struct consent consent = {.purpose = STR("marketing"),
                              .state = STR("given"),
                              .notice_version = STR("1"),
                              .language = STR("fr")};
    bool changed;

    world_advance(w, CLOCK_HOUR_US);
    WORLD_TX(w)
    {
        EXPECT_OK(customers_add(&w->ctx, &guest));
        consent.customer = guest.id;
        if (n % 4 == 1) EXPECT_OK(consents_add(&w->ctx, &consent));
        consent.state = STR("withdrawn");
        if (n == 5) EXPECT_OK(consents_add(&w->ctx, &consent));
        if (n % 5 == 0) EXPECT_OK(tags_put_on(&w->ctx, guest.id, tag, &changed));
    }
    count_guest(w, guest.id, n);
}

/* All pages, one behind the other; gives how many there are. */
static int
read_pages(struct world *w, struct customer_query query, int64_t ids[GUESTS])
{
    struct customer_found *found;
    int count, total = 0;

    query.limit = PAGE;
    do {
        EXPECT_OK(customers_search(&w->ctx, &query, &found, &count));
        for (int i = 0; i < count && total < GUESTS; i++) {
            EXPECT_TRUE(found[i].customer.given_name.len > 0);
            ids[total++] = found[i].customer.id.v;
        }
        if (count == 0) break;
        query.after = found[count - 1].customer.id.v;
        query.after_key = found[count - 1].key;
        query.after_name = found[count - 1].sort_name;
    } while (count == PAGE && total < GUESTS);
    return total;
}

static void
expect_one_list(struct world *w, struct customer_query query, int expected)
{
    int64_t ids[4][GUESTS] = {{0}};

    for (int way = 0; way < 4; way++) {
        query.newest_first = way % 2 == 1;
        query.few_max = way < 2 ? WALK : LOOK_UP;
        EXPECT_INT(expected, read_pages(w, query, ids[way]));
    }
    for (int i = 0; i < expected; i++) {
        EXPECT_INT(ids[0][i], ids[1][expected - 1 - i]);
        EXPECT_INT(ids[0][i], ids[2][i]);
        EXPECT_INT(ids[1][i], ids[3][i]);
    }
}

static void
expect_found(struct world *w, struct customer_query query, int expected)
{
    const int ways[] = {WALK, LOOK_UP, 0};

    for (int sort = 0; sort < CUSTOMER_SORT_COUNT; sort++) {
        query.sort = (enum customer_sort)sort;
        if (query.sort == CUSTOMER_SORT_BALANCE && query.program.v == 0) continue;
        expect_one_list(w, query, expected);
    }
    for (int i = 0; i < 3; i++) {
        customer_id *ids;
        int64_t all;
        int count;

        query.few_max = ways[i];
        EXPECT_OK(customers_count(&w->ctx, &query, &all));
        EXPECT_INT(expected, all);
        EXPECT_OK(customers_list_ids(&w->ctx, &query, GUESTS, &ids, &count));
        EXPECT_INT(expected, count);
    }
}

TEST(each_filter_in_each_order_is_one_list_from_both_ends_whichever_way_it_is_read)
{
    struct world w = world_open();
    struct tag tag = {.name = STR("terrace")}, unused = {.name = STR("nobody's")};
    int64_t begun_us = w.ctx.now_us;

    WORLD_TX(&w) EXPECT_OK(tags_add(&w.ctx, &tag));
    WORLD_TX(&w) EXPECT_OK(tags_add(&w.ctx, &unused));
    for (int n = 0; n < GUESTS; n++)
        add_guest(&w, n, tag.id);
    int64_t tagged[] = {tag.id.v}, either[] = {unused.id.v, tag.id.v};
    const struct customer_range two_or_more = {.min = 2, .has_min = true};
    const struct customer_range ten_or_more = {.min = 10, .has_min = true};
    const struct {
        struct customer_query query;
        int expected;
    } cases[] = {
        {{.limit = 0}, 12},
        {{.tags_all = {tagged, 1}}, 3},
        {{.tags_all = {either, 1}}, 0},
        {{.tags_any = {either, 2}}, 3},
        {{.tags_none = {tagged, 1}}, 9},
        {{.source = STR("LOYALTY")}, 1},
        {{.source = STR("LOYALTY"), .source_excluded = true}, 11},
        {{.source = STR("DIRECTORY")}, 0},
        {{.location = location}, 9},
        {{.birth_month = 5}, 2},
        {{.visits = two_or_more}, 6},
        {{.spend_minor = {.min = 1, .max = 200, .has_min = true, .has_max = true}}, 5},
        {{.last_visit_days = {.max = 3, .has_max = true}}, 4},
        {{.program = program}, 9},
        {{.program = program, .balance = ten_or_more}, 6},
        {{.consent_purpose = STR("marketing"), .consent_state = STR("given")}, 2},
        {{.consent_purpose = STR("marketing"), .consent_state = STR("withdrawn")}, 1},
        {{.consent_purpose = STR("marketing"), .consent_state = STR("none")}, 9},
        {{.created_from_us = begun_us + 10 * CLOCK_HOUR_US}, 3},
        {{.updated_until_us = begun_us + 3 * CLOCK_HOUR_US}, 2},
        {{.joined_days = {.min = 1, .has_min = true}}, 0},
        {{.text = STR("anna")}, 4},
        {{.text = STR("martin anna"), .visits = two_or_more}, 1},
        {{.tags_any = {either, 2}, .visits = two_or_more, .program = program}, 0},
        {{.location = location, .visits = two_or_more, .birth_month = 5}, 1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect_found(&w, cases[i].query, cases[i].expected);
    world_close(&w);
}

TESTS(RUN(each_filter_in_each_order_is_one_list_from_both_ends_whichever_way_it_is_read))
