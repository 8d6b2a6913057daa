/* joining_test — who is signed in by a code or a link, who becomes a customer, and who does not. */
#include "base/clock.h"
#include "core/customers/card_codes.h"
#include "core/customers/customers.h"
#include "core/people/joining.h"
#include "core/people/people.h"
#include "support/club.h"
#include "support/test.h"

static const struct sign_in_address phone = {OUTBOX_SMS, {"+33612345678", 12}};
static const struct sign_in_address other_phone = {OUTBOX_SMS, {"+33612345679", 12}};
static const struct sign_in_address email = {OUTBOX_EMAIL, {"anna@mail.example", 17}};

static struct club
open(void)
{
    struct club club = club_open();

    world_settings(&club.world)->demo = 1; /* or no code could leave */
    club.world.ctx.remote = STR("203.0.113.5");
    return club;
}

static enum err
send(struct ctx *ctx, void *arg)
{
    return joining_send_code(ctx, arg);
}

static enum err
by_code(struct ctx *ctx, void *arg)
{
    struct joining *joining = ((void **)arg)[0];

    return joining_by_code(ctx, joining, ((void **)arg)[1]);
}

static enum err
by_link(struct ctx *ctx, void *arg)
{
    struct str *token = ((void **)arg)[0];

    return joining_by_link(ctx, *token, ((void **)arg)[1]);
}

/* The code that is on its way to an address now; each is asked for well after the one before. */
static struct str
code_for(struct club *club, struct sign_in_address to)
{
    struct world *w = &club->world;
    struct sign_in_code code = {.to = to, .language = STR("fr")};
    struct outbox_message *messages;
    size_t digits = 0;
    int count;

    world_advance(w, SIGN_IN_CODE_RESEND_US);
    EXPECT_OK(world_write(w, send, &code));
    EXPECT_OK(outbox_list(&w->ctx, (message_id){0}, 1, &messages, &count));
    EXPECT_INT(code.customer.v, messages[0].customer.v);
    struct str body = messages[0].body;
    for (size_t i = 0; i < body.len; i++) {
        digits = body.at[i] >= '0' && body.at[i] <= '9' ? digits + 1 : 0;
        if (digits == SIGN_IN_CODE_LEN) return (struct str){body.at + i + 1 - digits, digits};
    }
    return STR("");
}

static const struct joining shown = {
    .notice_version = {"2026-11", 7}, .language = {"fr", 2}, .source = {"tablet", 6}};

/* Each is a request of its own. */
static enum err
try_code(struct club *club, struct sign_in_address address, struct str code, struct joining more,
         struct joined *joined)
{
    more.address = address;
    more.code = code;
    return world_write(&club->world, by_code, (void *[]){&more, joined});
}

static struct joined
join(struct club *club, struct sign_in_address address)
{
    struct joined joined;

    EXPECT_OK(try_code(club, address, code_for(club, address), shown, &joined));
    return joined;
}

static struct str
link_for(struct club *club, customer_id customer)
{
    struct str token;

    WORLD_TX(&club->world)
    EXPECT_OK(sign_in_links_add(&club->world.ctx, customer, SIGN_IN_LINK_KEEP_US, &token));
    return token;
}

static enum err
follow(struct club *club, struct str token, struct joined *joined)
{
    return world_write(&club->world, by_link, (void *[]){&token, joined});
}

/* Whether a session still proves its customer. */
static bool
is_signed_in(struct club *club, const struct joined *joined)
{
    struct ctx ctx = club->world.ctx;

    ctx.merchant = (merchant_id){0};
    ctx.actor = (struct actor){0};
    enum err err = credentials_check(&ctx, joined->credential.token, STR(""), CSRF_IGNORED);
    if (err != OK) return false;
    EXPECT_INT(ACTOR_CUSTOMER, (int64_t)ctx.actor.kind);
    EXPECT_INT(joined->customer.v, ctx.actor.id);
    return true;
}

static struct loyalty_account
account_of(struct club *club, customer_id customer)
{
    struct loyalty_account account;

    EXPECT_OK(accounts_find_by_customer(&club->world.ctx, (program_id){0}, customer, &account));
    return account;
}

static int64_t
count(struct club *club, const struct db_sql *sql)
{
    struct ctx *ctx = &club->world.ctx;
    struct db_rows *rows = db_query(ctx, sql, DB_BIND(db_int(ctx->merchant.v)));

    EXPECT_TRUE(db_next(rows));
    int64_t number = db_col_int(rows, 0);
    EXPECT_OK(db_done(rows));
    return number;
}

DB_SQL(count_customers, "SELECT COUNT(*) FROM customer WHERE merchant_id = $1");
DB_SQL(count_consents, "SELECT COUNT(*) FROM consent"
                       " WHERE merchant_id = $1 AND purpose = 'loyalty_notice'"
                       "   AND notice_version = '2026-11' AND language = 'fr'"
                       "   AND source = 'tablet' AND actor_kind = 5 AND actor_id = customer_id");
_Static_assert(ACTOR_CUSTOMER == 5, "the statement above names it by number");

/* ---- joining ---- */

TEST(a_stranger_with_a_telephone_joins)
{
    struct club club = open();
    struct joining told = shown;
    struct joined joined;
    struct customer customer;
    struct str card;

    told.given_name = STR("أنا 👩‍🍳");
    EXPECT_OK(try_code(&club, phone, code_for(&club, phone), told, &joined));
    EXPECT_TRUE(joined.is_new);
    EXPECT_TRUE(is_signed_in(&club, &joined));
    EXPECT_OK(customers_find(&club.world.ctx, joined.customer, &customer));
    EXPECT_STR(phone.text, customer.phone);
    EXPECT_STR("أنا 👩‍🍳", customer.given_name);
    EXPECT_STR(phone.text, account_of(&club, joined.customer).phone);
    EXPECT_OK(card_codes_read(&club.world.ctx, joined.customer, &card));
    EXPECT_INT(CARD_CODE_LEN, (int64_t)card.len);
    EXPECT_INT(1, count(&club, &count_consents));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_stranger_with_an_email_alone_joins_too)
{
    struct club club = open();
    struct joined joined = join(&club, email);
    struct customer customer;

    EXPECT_TRUE(joined.is_new);
    EXPECT_OK(customers_find(&club.world.ctx, joined.customer, &customer));
    EXPECT_STR(email.text, customer.email);
    EXPECT_STR("", customer.phone);
    EXPECT_STR("", account_of(&club, joined.customer).phone);
    EXPECT_OK(club_accumulate(&club, account_of(&club, joined.customer).id, 12));
    EXPECT_INT(12, club_balance(&club, account_of(&club, joined.customer).id));

    struct joined again = join(&club, email);
    EXPECT_TRUE(!again.is_new);
    EXPECT_INT(joined.customer.v, again.customer.v);
    EXPECT_TRUE(is_signed_in(&club, &joined));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(whoever_joins_was_shown_the_notice_and_the_code_waits_for_it)
{
    struct club club = open();
    struct str code = code_for(&club, phone);
    struct joined joined;

    for (int i = 0; i < 2 * SIGN_IN_CODE_TRIES; i++) {
        EXPECT_ERR(ERR_NOTICE_REQUIRED, try_code(&club, phone, code, (struct joining){0}, &joined));
    }
    EXPECT_INT(0, count(&club, &count_customers));
    EXPECT_OK(try_code(&club, phone, code, shown, &joined));
    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&club, phone, code, shown, &joined));
    club_close(&club);
}

TEST(a_known_customer_needs_no_notice)
{
    struct club club = open();
    account_id account = club_join(&club, "+33612345678");
    struct joined joined;

    EXPECT_OK(try_code(&club, phone, code_for(&club, phone), (struct joining){0}, &joined));
    EXPECT_TRUE(!joined.is_new);
    EXPECT_INT(account.v, account_of(&club, joined.customer).id.v);
    EXPECT_INT(0, count(&club, &count_consents));
    club_close(&club);
}

TEST(a_customer_of_the_directory_alone_is_given_an_account_once_shown_the_notice)
{
    struct club club = open();
    struct customer anna = {.given_name = STR("Anna"), .email = STR("Anna@Mail.Example")};
    struct joining told = shown;
    struct joined joined;

    WORLD_TX(&club.world) EXPECT_OK(customers_add(&club.world.ctx, &anna));
    struct str code = code_for(&club, email);
    EXPECT_ERR(ERR_NOTICE_REQUIRED, try_code(&club, email, code, (struct joining){0}, &joined));
    told.given_name = STR("Somebody");
    EXPECT_OK(try_code(&club, email, code, told, &joined));
    EXPECT_TRUE(!joined.is_new);
    EXPECT_INT(anna.id.v, joined.customer.v);
    EXPECT_INT(joined.customer.v, account_of(&club, anna.id).customer.v);
    EXPECT_INT(1, count(&club, &count_customers));
    EXPECT_OK(customers_find(&club.world.ctx, anna.id, &anna));
    EXPECT_STR("Anna", anna.given_name);
    club_close(&club);
}

TEST(of_two_customers_with_a_number_the_oldest_one_signs_in)
{
    struct club club = open();
    struct customer first = {.given_name = STR("A"), .phone = phone.text};
    struct customer second = {.given_name = STR("B"), .phone = phone.text};

    WORLD_TX(&club.world)
    {
        EXPECT_OK(customers_add(&club.world.ctx, &first));
        EXPECT_OK(customers_add(&club.world.ctx, &second));
    }
    EXPECT_INT(first.id.v, join(&club, phone).customer.v);
    club_close(&club);
}

TEST(a_number_that_only_an_account_knows_signs_its_customer_in)
{
    struct club club = open();
    struct customer anna = {.given_name = STR("Anna")};
    struct loyalty_account account;

    WORLD_TX(&club.world) EXPECT_OK(customers_add(&club.world.ctx, &anna));
    EXPECT_OK(club_create(&club, &(struct account_order){.customer = anna.id, .phone = phone.text},
                          &account));
    EXPECT_INT(anna.id.v, join(&club, phone).customer.v);
    club_close(&club);
}

TEST(a_number_that_somebody_gave_up_opens_nothing_of_theirs)
{
    struct club club = open();
    struct joined before = join(&club, phone);
    struct customer change = {.id = before.customer, .phone = other_phone.text}, after;

    WORLD_TX(&club.world)
    EXPECT_OK(customers_change(&club.world.ctx, &change, 1U << CUSTOMER_PHONE, &after));
    struct joined newcomer = join(&club, phone);
    EXPECT_TRUE(newcomer.is_new);
    EXPECT_TRUE(newcomer.customer.v != before.customer.v);
    EXPECT_TRUE(account_of(&club, newcomer.customer).id.v !=
                account_of(&club, before.customer).id.v);
    EXPECT_INT(before.customer.v, join(&club, other_phone).customer.v);
    club_close(&club);
}

TEST(an_address_that_staff_correct_ends_what_it_let_in)
{
    struct club club = open();
    struct joined before = join(&club, phone), linked;
    struct customer change = {.id = before.customer, .phone = phone.text}, after;

    change.given_name = STR("Anna");
    WORLD_TX(&club.world)
    EXPECT_OK(people_change_customer(&club.world.ctx, &change,
                                     1U << CUSTOMER_GIVEN_NAME | 1U << CUSTOMER_PHONE, &after));
    EXPECT_TRUE(is_signed_in(&club, &before));
    struct str link = link_for(&club, before.customer);
    change.phone = other_phone.text;
    WORLD_TX(&club.world)
    EXPECT_OK(people_change_customer(&club.world.ctx, &change, 1U << CUSTOMER_PHONE, &after));
    EXPECT_TRUE(!is_signed_in(&club, &before));
    EXPECT_ERR(ERR_LINK_EXPIRED, follow(&club, link, &linked));
    club_close(&club);
}

TEST(while_nothing_is_rewarded_people_join_without_an_account)
{
    struct club club = open();
    struct loyalty_account account;

    WORLD_TX(&club.world) EXPECT_OK(programs_suspend(&club.world.ctx, club.program.id));
    struct joined joined = join(&club, phone);
    EXPECT_TRUE(is_signed_in(&club, &joined));
    EXPECT_ERR(ERR_ACCOUNT_UNKNOWN, accounts_find_by_customer(&club.world.ctx, (program_id){0},
                                                              joined.customer, &account));
    EXPECT_INT(1, count(&club, &count_consents));
    WORLD_TX(&club.world) EXPECT_OK(programs_resume(&club.world.ctx, club.program.id));
    EXPECT_INT(joined.customer.v, join(&club, phone).customer.v);
    EXPECT_INT(joined.customer.v, account_of(&club, joined.customer).customer.v);
    club_close(&club);
}

/* ---- links ---- */

TEST(a_link_signs_in_whom_it_is_for_once)
{
    struct club club = open();
    customer_id anna = club_account(&club, club_join(&club, "+33612345678")).customer;
    struct str token = link_for(&club, anna);
    struct joined joined, again;

    EXPECT_OK(follow(&club, token, &joined));
    EXPECT_INT(anna.v, joined.customer.v);
    EXPECT_TRUE(is_signed_in(&club, &joined));
    EXPECT_ERR(ERR_LINK_EXPIRED, follow(&club, token, &again));
    EXPECT_TRUE(is_signed_in(&club, &joined));
    club_close(&club);
}

TEST(a_proof_ends_what_links_began_and_a_link_ends_nothing)
{
    struct club club = open();
    struct joined proven = join(&club, phone), linked, later;

    EXPECT_OK(follow(&club, link_for(&club, proven.customer), &linked));
    EXPECT_TRUE(is_signed_in(&club, &proven));
    struct str unused = link_for(&club, proven.customer);

    struct joined again = join(&club, phone);
    EXPECT_TRUE(!is_signed_in(&club, &linked));
    EXPECT_TRUE(is_signed_in(&club, &proven));
    EXPECT_TRUE(is_signed_in(&club, &again));
    EXPECT_ERR(ERR_LINK_EXPIRED, follow(&club, unused, &later));
    club_close(&club);
}

TEST(a_wrong_guess_ends_nothing)
{
    struct club club = open();
    struct joined proven = join(&club, phone), linked, none;

    EXPECT_OK(follow(&club, link_for(&club, proven.customer), &linked));
    (void)code_for(&club, phone);
    EXPECT_ERR(ERR_CODE_WRONG, try_code(&club, phone, STR("x"), shown, &none));
    EXPECT_TRUE(is_signed_in(&club, &linked));
    club_close(&club);
}

TEST(a_session_ends_after_half_a_year_and_with_its_customer)
{
    struct club club = open();
    struct joined joined = join(&club, phone);

    world_advance(&club.world, JOINING_SESSION_KEEP_US - 1);
    EXPECT_TRUE(is_signed_in(&club, &joined));
    world_advance(&club.world, 1);
    EXPECT_TRUE(!is_signed_in(&club, &joined));
    joined = join(&club, phone);
    WORLD_TX(&club.world) EXPECT_OK(people_remove_customer(&club.world.ctx, joined.customer));
    EXPECT_TRUE(!is_signed_in(&club, &joined));
    club_close(&club);
}

TEST(what_is_on_its_way_to_somebody_ends_with_them)
{
    struct club club = open();
    struct customer change = {.email = STR("Anna@Mail.Example")}, after;
    struct joined joined = join(&club, phone), none;

    change.id = joined.customer;
    WORLD_TX(&club.world)
    EXPECT_OK(customers_change(&club.world.ctx, &change, 1U << CUSTOMER_EMAIL, &after));
    struct str by_phone = code_for(&club, phone), by_email = code_for(&club, email);
    struct str link = link_for(&club, joined.customer);
    WORLD_TX(&club.world) EXPECT_OK(people_remove_customer(&club.world.ctx, joined.customer));
    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&club, phone, by_phone, shown, &none));
    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&club, email, by_email, shown, &none));
    EXPECT_ERR(ERR_LINK_EXPIRED, follow(&club, link, &none));
    club_close(&club);
}

/* ---- limits of one place ---- */

static struct sign_in_address
number(struct club *club, int i)
{
    return (struct sign_in_address){OUTBOX_SMS, str_format(club->world.ctx.arena, "+336%08d", i)};
}

TEST(one_place_is_sent_only_so_many_codes_whatever_the_addresses)
{
    struct club club = open();
    struct sign_in_code code = {.language = STR("fr")};

    for (int i = 0; i < JOINING_CODES_MAX; i++) {
        code.to = number(&club, i);
        EXPECT_OK(world_write(&club.world, send, &code));
    }
    code.to = email;
    EXPECT_ERR(ERR_CODE_TOO_MANY, world_write(&club.world, send, &code));
    EXPECT_INT(900, club.world.ctx.retry_after_s);
    club.world.ctx.remote = STR("203.0.113.6");
    EXPECT_OK(world_write(&club.world, send, &code));
    club_close(&club);
}

TEST(one_place_guesses_only_so_often_whatever_the_addresses)
{
    struct club club = open();
    struct joined none;
    struct str code = STR("");

    for (int i = 0; i < JOINING_GUESSES_MAX; i++) {
        if (i % 4 == 0) code = code_for(&club, number(&club, i));
        EXPECT_ERR(ERR_CODE_WRONG,
                   try_code(&club, number(&club, i / 4 * 4), STR("no"), shown, &none));
    }
    struct sign_in_address last = number(&club, JOINING_GUESSES_MAX - 4);
    EXPECT_ERR(ERR_CODE_TOO_MANY, try_code(&club, last, code, shown, &none));
    EXPECT_TRUE(club.world.ctx.retry_after_s > 0);
    club.world.ctx.remote = STR("203.0.113.6");
    EXPECT_OK(try_code(&club, last, code, shown, &none));
    club_close(&club);
}

TEST(right_codes_and_old_ones_are_no_guesses)
{
    struct club club = open();
    struct joined none;

    for (int i = 0; i < 2 * JOINING_GUESSES_MAX; i++)
        EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&club, phone, STR("123456"), shown, &none));
    (void)join(&club, phone);
    club_close(&club);
}

TESTS(RUN(a_stranger_with_a_telephone_joins), RUN(a_stranger_with_an_email_alone_joins_too),
      RUN(whoever_joins_was_shown_the_notice_and_the_code_waits_for_it),
      RUN(a_known_customer_needs_no_notice),
      RUN(a_customer_of_the_directory_alone_is_given_an_account_once_shown_the_notice),
      RUN(of_two_customers_with_a_number_the_oldest_one_signs_in),
      RUN(a_number_that_only_an_account_knows_signs_its_customer_in),
      RUN(a_number_that_somebody_gave_up_opens_nothing_of_theirs),
      RUN(an_address_that_staff_correct_ends_what_it_let_in),
      RUN(while_nothing_is_rewarded_people_join_without_an_account),
      RUN(a_link_signs_in_whom_it_is_for_once),
      RUN(a_proof_ends_what_links_began_and_a_link_ends_nothing), RUN(a_wrong_guess_ends_nothing),
      RUN(a_session_ends_after_half_a_year_and_with_its_customer),
      RUN(what_is_on_its_way_to_somebody_ends_with_them),
      RUN(one_place_is_sent_only_so_many_codes_whatever_the_addresses),
      RUN(one_place_guesses_only_so_often_whatever_the_addresses),
      RUN(right_codes_and_old_ones_are_no_guesses))
