/* customers_test — the directory: kept, found, changed, emptied. */
#include "base/clock.h"
#include "core/customers/search.h"
#include "core/customers/words.h"
#include "support/test.h"
#include "support/world.h"
#include <stdio.h>

static customer_id
add(struct world *w, struct customer customer)
{
    WORLD_TX(w) EXPECT_OK(customers_add(&w->ctx, &customer));
    return customer.id;
}

static customer_id
add_anna(struct world *w)
{
    return add(w, (struct customer){.given_name = STR("Anna-Lena"),
                                    .family_name = STR("Lefèvre"),
                                    .email = STR("Anna.Lefevre@mail.example.org"),
                                    .phone = STR("+33612345678"),
                                    .reference_id = STR("POS-55")});
}

/* How many the query finds; the first one's id in *first. */
static int
search(struct world *w, struct customer_query query, customer_id *first)
{
    struct customer_found *found;
    int count;

    if (query.limit == 0) query.limit = 100;
    EXPECT_OK(customers_search(&w->ctx, &query, &found, &count));
    *first = count > 0 ? found[0].customer.id : (customer_id){0};
    return count;
}

static bool
finds(struct world *w, struct customer_query query, customer_id id)
{
    customer_id first;

    return search(w, query, &first) == 1 && first.v == id.v;
}

static bool
finds_nobody(struct world *w, struct customer_query query)
{
    customer_id first;

    return search(w, query, &first) == 0;
}

static enum err
add_given(struct ctx *ctx, void *arg)
{
    return customers_add(ctx, arg);
}

/* ---- adding ---- */

TEST(a_customer_is_found_as_they_were_added)
{
    struct world w = world_open();
    customer_id anna = add(&w, (struct customer){.given_name = STR("Anna"),
                                                 .nickname = STR("Nan"),
                                                 .birthday = STR("02-29"),
                                                 .address_json = STR("{\"locality\":\"Lyon\"}"),
                                                 .note = STR("window seat")});
    struct customer found;

    EXPECT_OK(customers_find(&w.ctx, anna, &found));
    EXPECT_STR("Anna", found.given_name);
    EXPECT_STR("Nan", found.nickname);
    EXPECT_STR("0000-02-29", found.birthday);
    EXPECT_STR("{\"locality\":\"Lyon\"}", found.address_json);
    EXPECT_STR("window seat", found.note);
    EXPECT_STR("THIRD_PARTY", found.source);
    EXPECT_INT(1, found.version);
    EXPECT_INT(w.ctx.now_us, found.created_us);
    world_close(&w);
}

TEST(a_customer_needs_something_to_be_known_by)
{
    struct world w = world_open();
    struct customer nobody = {.note = STR("tall")};
    struct customer_found *all;
    int count;

    EXPECT_ERR(ERR_CUSTOMER_EMPTY, world_write(&w, add_given, &nobody));
    EXPECT_OK(customers_search(&w.ctx, &(struct customer_query){.limit = 10}, &all, &count));
    EXPECT_INT(0, count);
    world_close(&w);
}

TEST(what_is_no_address_or_no_day_is_refused_by_its_field)
{
    static const char *const days[] = {"1990-13-01", "1990-02-30", "1990-04-31", "90-01-01",
                                       "1990/01/01", "1990-1-1",   "00-10",      "hello"};
    struct world w = world_open();
    struct customer wrong = {.email = STR("anna")};

    EXPECT_ERR(ERR_EMAIL_INVALID, world_write(&w, add_given, &wrong));
    EXPECT_STR("email_address", w.ctx.field);
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        wrong = (struct customer){.given_name = STR("Anna"), .birthday = str_of(days[i])};
        EXPECT_ERR(ERR_FIELD_VALUE, world_write(&w, add_given, &wrong));
        EXPECT_STR("birthday", w.ctx.field);
    }
    world_close(&w);
}

TEST(another_merchants_customer_is_unknown)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w), found_id;
    struct customer found, change = {.id = anna, .note = STR("x")};

    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, customers_find(&w.ctx, anna, &found));
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN,
               customers_find_by_phone(&w.ctx, STR("+33612345678"), &found_id));
    EXPECT_TRUE(finds_nobody(&w, (struct customer_query){.phone = STR("+33612345678")}));
    WORLD_TX(&w)
    {
        EXPECT_ERR(ERR_CUSTOMER_UNKNOWN,
                   customers_change(&w.ctx, &change, 1u << CUSTOMER_NOTE, &found));
        EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, customers_remove(&w.ctx, anna));
    }
    world_close(&w);
}

/* ---- searching ---- */

TEST(a_customer_is_found_by_exactly_their_phone_email_or_reference)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w);

    add(&w, (struct customer){.given_name = STR("Leo"), .phone = STR("+336123456781")});
    EXPECT_TRUE(finds(&w, (struct customer_query){.phone = STR("+33612345678")}, anna));
    EXPECT_TRUE(
        finds(&w, (struct customer_query){.email = STR("anna.lefevre@MAIL.example.org")}, anna));
    EXPECT_TRUE(finds(&w, (struct customer_query){.reference_id = STR("pos-55")}, anna));
    EXPECT_TRUE(finds_nobody(&w, (struct customer_query){.phone = STR("+3361234567")}));
    EXPECT_TRUE(finds_nobody(&w, (struct customer_query){.email = STR("anna")}));
    EXPECT_TRUE(finds_nobody(&w, (struct customer_query){.reference_id = STR("POS")}));
    world_close(&w);
}

TEST(the_oldest_with_an_email_is_found_and_an_accent_is_another_mailbox)
{
    struct world w = world_open();
    customer_id look_alike = add(&w, (struct customer){.email = STR("ren\u00e9@mail.example")});
    customer_id oldest = add(&w, (struct customer){.email = STR(" Rene@Mail.Example")});
    customer_id found;

    add(&w, (struct customer){.email = STR("rene@mail.example")});
    EXPECT_OK(customers_find_by_email(&w.ctx, STR("rene@mail.example"), &found));
    EXPECT_INT(oldest.v, found.v);
    EXPECT_OK(customers_find_by_email(&w.ctx, STR("ren\u00e9@mail.example"), &found));
    EXPECT_INT(look_alike.v, found.v);
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN,
               customers_find_by_email(&w.ctx, STR("rene@m\u00e0il.example"), &found));
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, customers_find_by_email(&w.ctx, STR("mail.example"), &found));
    world_close(&w);
}

TEST(a_customer_is_found_by_a_part_of_them)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w);

    EXPECT_TRUE(finds(&w, (struct customer_query){.phone_fuzzy = STR("5678")}, anna));
    EXPECT_TRUE(finds(&w, (struct customer_query){.phone_fuzzy = STR("06 12 34 56 78")}, anna));
    EXPECT_TRUE(finds(&w, (struct customer_query){.phone_fuzzy = STR("+33 612")}, anna));
    EXPECT_TRUE(finds(&w, (struct customer_query){.phone_fuzzy = STR("0033 612")}, anna));
    EXPECT_TRUE(finds(&w, (struct customer_query){.email_fuzzy = STR("ANNA")}, anna));
    EXPECT_TRUE(finds(&w, (struct customer_query){.email_fuzzy = STR("lefev")}, anna));
    EXPECT_TRUE(finds(&w, (struct customer_query){.email_fuzzy = STR("example.org")}, anna));
    EXPECT_TRUE(finds(&w, (struct customer_query){.reference_fuzzy = STR("pos")}, anna));
    EXPECT_TRUE(finds_nobody(&w, (struct customer_query){.email_fuzzy = STR("org")}));
    EXPECT_TRUE(finds_nobody(&w, (struct customer_query){.phone_fuzzy = STR("1234")}));
    world_close(&w);
}

static struct customer_query
typed(const char *text)
{
    return (struct customer_query){.text = str_of(text)};
}

TEST(a_customer_is_found_by_what_one_types)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w);
    customer_id jean = add(&w, (struct customer){.given_name = STR("Jean-Luc"),
                                                 .family_name = STR("O'Brien"),
                                                 .phone = STR("+33699995678")});

    EXPECT_TRUE(finds(&w, typed("lefè"), anna));
    EXPECT_TRUE(finds(&w, typed("LEFEVRE anna"), anna));
    EXPECT_TRUE(finds(&w, typed("an 5678"), anna));
    EXPECT_TRUE(finds(&w, typed("je 99 99 56 78"), jean));
    EXPECT_TRUE(finds(&w, typed("06.99.99.56.78"), jean));
    EXPECT_TRUE(finds(&w, typed("+33 699 o'br"), jean));
    EXPECT_TRUE(finds(&w, typed("jean-l"), jean));
    EXPECT_TRUE(finds(&w, typed("anna.lefevre@mail"), anna));
    EXPECT_TRUE(finds(&w, typed("example"), anna));
    EXPECT_TRUE(finds_nobody(&w, typed("anna jean")));
    EXPECT_TRUE(finds_nobody(&w, typed("anna 9999")));
    EXPECT_TRUE(finds_nobody(&w, typed("nna")));
    EXPECT_TRUE(finds_nobody(&w, typed(" - ' \U0001F984")));
    world_close(&w);
}

TEST(more_words_than_are_looked_for_find_by_the_first_ones)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w);

    EXPECT_TRUE(finds(&w, typed("anna lefevre anna lefevre nobody"), anna));
    EXPECT_TRUE(finds_nobody(&w, typed("anna lefevre anna nobody")));
    world_close(&w);
}

TEST(what_one_types_stands_alone_among_texts_but_not_among_times)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w);
    struct customer_query later = typed("anna"), both = typed("anna");
    struct customer_found *found;
    int count;

    later.created_from_us = w.ctx.now_us + 1;
    EXPECT_TRUE(finds_nobody(&w, later));
    later.created_from_us = w.ctx.now_us;
    EXPECT_TRUE(finds(&w, later, anna));
    both.limit = 9;
    both.email = STR("anna.lefevre@mail.example.org");
    EXPECT_ERR(ERR_FIELD_VALUE, customers_search(&w.ctx, &both, &found, &count));
    EXPECT_STR("query.filter.text", w.ctx.field);
    world_close(&w);
}

TEST(all_filters_must_hold_at_once)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w);

    add(&w, (struct customer){.email = STR("anna@other.example"), .phone = STR("+33699995678")});
    EXPECT_TRUE(finds(&w,
                      (struct customer_query){.phone_fuzzy = STR("5678"),
                                              .email_fuzzy = STR("anna"),
                                              .reference_fuzzy = STR("pos")},
                      anna));
    EXPECT_TRUE(finds_nobody(
        &w, (struct customer_query){.phone = STR("+33612345678"), .email_fuzzy = STR("leo")}));
    EXPECT_TRUE(finds_nobody(
        &w, (struct customer_query){.phone = STR("+33612345678"), .source = STR("LOYALTY")}));
    world_close(&w);
}

TEST(a_text_with_nothing_to_find_by_is_refused_by_its_field)
{
    struct world w = world_open();
    struct customer_found *found;
    int count;

    EXPECT_ERR(ERR_FIELD_RANGE,
               customers_search(&w.ctx,
                                &(struct customer_query){.phone_fuzzy = STR("678"), .limit = 9},
                                &found, &count));
    EXPECT_STR("query.filter.phone_number.fuzzy", w.ctx.field);
    EXPECT_ERR(ERR_FIELD_RANGE,
               customers_search(&w.ctx,
                                &(struct customer_query){.email_fuzzy = STR("  "), .limit = 9},
                                &found, &count));
    world_close(&w);
}

/* Reads all pages of two, and gives how many there were; each id must follow the one before. */
static int
page_through(struct world *w, struct customer_query query)
{
    struct customer_found *found;
    int count, total = 0;

    query.limit = 2;
    do {
        EXPECT_OK(customers_search(&w->ctx, &query, &found, &count));
        for (int i = 0; i < count; i++) {
            bool follows = query.newest_first ? found[i].customer.id.v < query.after
                                              : found[i].customer.id.v > query.after;
            EXPECT_TRUE(query.after == 0 || follows);
            query.after = found[i].customer.id.v;
        }
        total += count;
    } while (count > 0);
    return total;
}

TEST(pages_go_through_everybody_in_both_directions)
{
    struct world w = world_open();

    for (int i = 0; i < 5; i++)
        add(&w, (struct customer){.email = str_format(w.ctx.arena, "guest%d@example.org", i)});
    EXPECT_INT(5, page_through(&w, (struct customer_query){0}));
    EXPECT_INT(5, page_through(&w, (struct customer_query){.newest_first = true}));
    EXPECT_INT(5, page_through(&w, (struct customer_query){.email_fuzzy = STR("guest")}));
    EXPECT_INT(5, page_through(&w, typed("guest")));
    EXPECT_INT(
        5, page_through(&w, (struct customer_query){.text = STR("guest"), .newest_first = true}));
    EXPECT_INT(5, page_through(&w, (struct customer_query){.email_fuzzy = STR("guest"),
                                                           .newest_first = true}));
    world_close(&w);
}

TEST(times_include_their_beginning_and_not_their_end)
{
    struct world w = world_open();
    int64_t then = w.ctx.now_us;
    customer_id early = add(&w, (struct customer){.given_name = STR("Early")});

    world_advance(&w, CLOCK_HOUR_US);
    customer_id late = add(&w, (struct customer){.given_name = STR("Late")});
    EXPECT_TRUE(finds(&w, (struct customer_query){.created_until_us = w.ctx.now_us}, early));
    EXPECT_TRUE(finds(&w, (struct customer_query){.created_from_us = w.ctx.now_us}, late));
    EXPECT_TRUE(finds(
        &w, (struct customer_query){.updated_from_us = then, .updated_until_us = then + 1}, early));
    world_close(&w);
}

TEST(the_oldest_customer_with_a_phone_has_it)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w), found;

    add(&w, (struct customer){.phone = STR("+33612345678")});
    EXPECT_OK(customers_find_by_phone(&w.ctx, STR("+33612345678"), &found));
    EXPECT_INT(anna.v, found.v);
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, customers_find_by_phone(&w.ctx, STR("+33600000000"), &found));
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, customers_find_by_phone(&w.ctx, STR(""), &found));
    world_close(&w);
}

/* ---- words ---- */

static void
expect_words(struct world *w, struct customer customer, const char *const *wanted, int count)
{
    struct words words;

    words_of_customer(&w->ctx, &customer, &words);
    for (int i = 0; i < count; i++)
        EXPECT_TRUE(words_have(&words, str_of(wanted[i])));
    EXPECT_INT(count, words.count);
}

TEST(names_are_found_without_case_accents_and_joined_letters)
{
    struct world w = world_open();
    static const char *const names[] = {"n:anna", "n:lena", "n:d", "n:artagnan", "n:boeuf"};
    static const char *const wide[] = {"n:strasse", "n:abc", "n:олег", "n:lodz"};

    expect_words(&w,
                 (struct customer){.given_name = STR("Ànna-LENA"),
                                   .family_name = STR("d'Artagnan"),
                                   .company_name = STR("Bœuf, d'")},
                 names, 5);
    expect_words(&w,
                 (struct customer){.given_name = STR("Straße ＡＢＣ"),
                                   .family_name = STR("ОЛЕГ"),
                                   .nickname = STR("Łódź")},
                 wide, 4);
    world_close(&w);
}

TEST(a_customer_of_the_counter_costs_two_words)
{
    struct world w = world_open();
    static const char *const phone[] = {"p:33612345678", "r:87654321633"};

    expect_words(&w, (struct customer){.phone = STR("+33612345678")}, phone, 2);
    world_close(&w);
}

TEST(however_long_a_name_is_its_words_are_bounded)
{
    struct world w = world_open();
    char many[300 * 4 + 1];
    struct words words;

    for (int i = 0; i < 300; i++)
        snprintf(many + i * 4, 5, "%03d ", i);
    struct customer customer = {.given_name = str_of(many), .phone = STR("+33612345678")};
    words_of_customer(&w.ctx, &customer, &words);
    EXPECT_INT(WORDS_MAX, words.count);
    EXPECT_TRUE(words_have(&words, STR("p:33612345678")));

    memset(many, 'x', sizeof many - 1);
    memcpy(many + 252, "éééé", 8);
    customer.given_name = (struct str){many, sizeof many - 1};
    words_of_customer(&w.ctx, &customer, &words);
    for (int i = 0; i < words.count; i++) {
        EXPECT_TRUE(words.at[i].len <= WORD_LEN_MAX);
        EXPECT_TRUE(str_is_utf8(words.at[i]));
    }
    world_close(&w);
}

/* ---- changing and removing ---- */

TEST(a_change_replaces_what_it_names_and_moves_the_words)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w);
    struct customer change = {.id = anna, .version = 1, .phone = STR("+33700000001")}, after;
    unsigned fields = 1u << CUSTOMER_PHONE | 1u << CUSTOMER_EMAIL;

    world_advance(&w, CLOCK_HOUR_US);
    WORLD_TX(&w) EXPECT_OK(customers_change(&w.ctx, &change, fields, &after));
    EXPECT_INT(2, after.version);
    EXPECT_STR("Lefèvre", after.family_name);
    EXPECT_STR("", after.email);
    EXPECT_INT(w.ctx.now_us, after.updated_us);
    EXPECT_TRUE(finds(&w, (struct customer_query){.phone = STR("+33700000001")}, anna));
    EXPECT_TRUE(finds_nobody(&w, (struct customer_query){.phone = STR("+33612345678")}));
    EXPECT_TRUE(finds_nobody(&w, (struct customer_query){.email_fuzzy = STR("anna")}));
    world_close(&w);
}

TEST(a_change_of_an_older_version_is_refused)
{
    struct world w = world_open();
    struct customer change = {.id = add_anna(&w), .note = STR("new")}, after;

    WORLD_TX(&w) EXPECT_OK(customers_change(&w.ctx, &change, 1u << CUSTOMER_NOTE, &after));
    change.version = 1;
    WORLD_TX(&w)
    {
        EXPECT_ERR(ERR_CUSTOMER_CHANGED,
                   customers_change(&w.ctx, &change, 1u << CUSTOMER_NOTE, &after));
    }
    world_close(&w);
}

TEST(a_change_that_would_leave_nothing_is_refused)
{
    struct world w = world_open();
    customer_id leo = add(&w, (struct customer){.given_name = STR("Leo")});
    struct customer change = {.id = leo}, after;

    WORLD_TX(&w)
    {
        EXPECT_ERR(ERR_CUSTOMER_EMPTY,
                   customers_change(&w.ctx, &change, 1u << CUSTOMER_GIVEN_NAME, &after));
    }
    EXPECT_OK(customers_find(&w.ctx, leo, &after));
    EXPECT_STR("Leo", after.given_name);
    world_close(&w);
}

TEST(a_removed_customer_is_found_by_nothing_any_more)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w), found_id;
    struct payment_card card = {.brand = STR("VISA"), .last_4 = STR("4242")};
    struct customer found;

    cards_hash(&w.ctx, STR("square"), STR("fp-1"), card.fingerprint_hash);
    WORLD_TX(&w)
    {
        EXPECT_OK(cards_link(&w.ctx, &card, anna));
        EXPECT_OK(customer_links_add(&w.ctx, (integration_id){7}, STR("C1"), anna));
        EXPECT_OK(customers_remove(&w.ctx, anna));
    }
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, customers_find(&w.ctx, anna, &found));
    EXPECT_TRUE(finds_nobody(&w, (struct customer_query){.phone = STR("+33612345678")}));
    EXPECT_TRUE(finds_nobody(&w, (struct customer_query){.email_fuzzy = STR("anna")}));
    EXPECT_OK(cards_find_owner(&w.ctx, card.fingerprint_hash, &found_id));
    EXPECT_INT(0, found_id.v);
    EXPECT_OK(customer_links_find(&w.ctx, (integration_id){7}, STR("C1"), &found_id));
    EXPECT_INT(0, found_id.v);
    WORLD_TX(&w) EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, customers_remove(&w.ctx, anna));
    world_close(&w);
}

/* ---- cards ---- */

TEST(a_card_is_the_last_claimers_and_only_at_this_merchant)
{
    struct world w = world_open();
    customer_id anna = add_anna(&w), leo = add(&w, (struct customer){.given_name = STR("Leo")});
    struct payment_card card = {.brand = STR("VISA"), .last_4 = STR("4242")};
    customer_id owner;
    uint8_t other[32];

    cards_hash(&w.ctx, STR("square"), STR("fp-1"), card.fingerprint_hash);
    WORLD_TX(&w) EXPECT_OK(cards_link(&w.ctx, &card, anna));
    WORLD_TX(&w) EXPECT_OK(cards_link(&w.ctx, &card, leo));
    EXPECT_OK(cards_find_owner(&w.ctx, card.fingerprint_hash, &owner));
    EXPECT_INT(leo.v, owner.v);

    cards_hash(&w.ctx, STR("feed"), STR("fp-1"), other);
    EXPECT_TRUE(memcmp(card.fingerprint_hash, other, 32) != 0);
    w.ctx.merchant = world_add_merchant(&w);
    cards_hash(&w.ctx, STR("square"), STR("fp-1"), other);
    EXPECT_TRUE(memcmp(card.fingerprint_hash, other, 32) != 0);
    EXPECT_OK(cards_find_owner(&w.ctx, card.fingerprint_hash, &owner));
    EXPECT_INT(0, owner.v);
    world_close(&w);
}

TEST(a_consent_is_only_added_to)
{
    struct world w = world_open();
    struct consent consent = {.customer = add_anna(&w),
                              .purpose = STR("card_link"),
                              .state = STR("given"),
                              .notice_version = STR("1"),
                              .language = STR("fr")};

    WORLD_TX(&w) EXPECT_OK(consents_add(&w.ctx, &consent));
    consent.state = STR("withdrawn");
    WORLD_TX(&w) EXPECT_OK(consents_add(&w.ctx, &consent));
    world_close(&w);
}

TESTS(RUN(a_customer_is_found_as_they_were_added), RUN(a_customer_needs_something_to_be_known_by),
      RUN(what_is_no_address_or_no_day_is_refused_by_its_field),
      RUN(another_merchants_customer_is_unknown),
      RUN(a_customer_is_found_by_exactly_their_phone_email_or_reference),
      RUN(the_oldest_with_an_email_is_found_and_an_accent_is_another_mailbox),
      RUN(a_customer_is_found_by_a_part_of_them), RUN(a_customer_is_found_by_what_one_types),
      RUN(more_words_than_are_looked_for_find_by_the_first_ones),
      RUN(what_one_types_stands_alone_among_texts_but_not_among_times),
      RUN(all_filters_must_hold_at_once),
      RUN(a_text_with_nothing_to_find_by_is_refused_by_its_field),
      RUN(pages_go_through_everybody_in_both_directions),
      RUN(times_include_their_beginning_and_not_their_end),
      RUN(the_oldest_customer_with_a_phone_has_it),
      RUN(names_are_found_without_case_accents_and_joined_letters),
      RUN(a_customer_of_the_counter_costs_two_words),
      RUN(however_long_a_name_is_its_words_are_bounded),
      RUN(a_change_replaces_what_it_names_and_moves_the_words),
      RUN(a_change_of_an_older_version_is_refused),
      RUN(a_change_that_would_leave_nothing_is_refused),
      RUN(a_removed_customer_is_found_by_nothing_any_more),
      RUN(a_card_is_the_last_claimers_and_only_at_this_merchant), RUN(a_consent_is_only_added_to))
