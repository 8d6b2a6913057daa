/* sign_in_codes_test — one-time codes: sent, guessed, used once, counted, forgotten. */
#include "base/clock.h"
#include "base/gsm.h"
#include "core/customers/sign_in.h"
#include "core/merchants/merchants.h"
#include "support/test.h"
#include "support/world.h"

static const struct sign_in_address phone = {OUTBOX_SMS, {"+33612345678", 12}};
static const struct sign_in_address other_phone = {OUTBOX_SMS, {"+33612345679", 12}};
static const struct sign_in_address email = {OUTBOX_EMAIL, {"anna@mail.example", 17}};

static struct world
open(void)
{
    struct world w = world_open();

    world_settings(&w)->demo = 1; /* or nothing could leave */
    return w;
}

static bool
contains(struct str text, struct str part)
{
    for (size_t i = 0; i + part.len <= text.len; i++) {
        if (memcmp(text.at + i, part.at, part.len) == 0) return true;
    }
    return false;
}

static enum err
send(struct ctx *ctx, void *arg)
{
    return sign_in_codes_send(ctx, arg);
}

static struct outbox_message
last_message(struct world *w)
{
    struct outbox_message *messages;
    int count;

    EXPECT_OK(outbox_list(&w->ctx, (message_id){0}, 1, &messages, &count));
    EXPECT_INT(1, count);
    return messages[0];
}

static int
count_messages(struct world *w)
{
    struct outbox_message *messages;
    int count;

    EXPECT_OK(outbox_list(&w->ctx, (message_id){0}, 100, &messages, &count));
    return count;
}

/* The first six digits in a row. */
static struct str
code_in(struct str text)
{
    size_t digits = 0;

    for (size_t i = 0; i < text.len; i++) {
        digits = text.at[i] >= '0' && text.at[i] <= '9' ? digits + 1 : 0;
        if (digits == SIGN_IN_CODE_LEN) return (struct str){text.at + i + 1 - digits, digits};
    }
    return STR("");
}

/* Sends one and gives what it says; each well after the one before. */
static struct str
send_code(struct world *w, struct sign_in_address to)
{
    struct sign_in_code code = {.to = to, .language = STR("fr")};

    world_advance(w, SIGN_IN_CODE_RESEND_US);
    EXPECT_OK(world_write(w, send, &code));
    return code_in(last_message(w).body);
}

struct guess {
    struct sign_in_address address;
    struct str code;
};

static enum err
take(struct ctx *ctx, void *arg)
{
    const struct guess *guess = arg;

    return sign_in_codes_take(ctx, &guess->address, guess->code);
}

static enum err
try_code(struct world *w, struct sign_in_address address, struct str code)
{
    return world_write(w, take, &(struct guess){address, code});
}

/* Another code than this one. */
static struct str
wrong(struct world *w, struct str code)
{
    char *other = str_z(w->ctx.arena, code);

    other[0] = other[0] == '9' ? '0' : (char)(other[0] + 1);
    return str_of(other);
}

TEST(a_code_proves_its_address_once)
{
    struct world w = open();
    struct str code = send_code(&w, phone);

    EXPECT_INT(SIGN_IN_CODE_LEN, (int64_t)code.len);
    EXPECT_OK(try_code(&w, phone, code));
    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&w, phone, code));
    world_close(&w);
}

TEST(a_code_is_read_as_people_type_it)
{
    struct world w = open();
    struct str code = send_code(&w, phone);

    EXPECT_OK(
        try_code(&w, phone, str_format(w.ctx.arena, " %.3s %.3s\xc2\xa0", code.at, code.at + 3)));
    code = send_code(&w, phone);
    char arabic[2 * SIGN_IN_CODE_LEN];
    for (int i = 0; i < SIGN_IN_CODE_LEN; i++) {
        arabic[2 * i] = (char)0xD9;
        arabic[2 * i + 1] = (char)(0xA0 + code.at[i] - '0');
    }
    EXPECT_OK(try_code(&w, phone, (struct str){arabic, sizeof arabic}));
    world_close(&w);
}

TEST(a_code_proves_no_other_address)
{
    struct world w = open();
    struct str code = send_code(&w, phone);
    merchant_id ours = w.ctx.merchant;

    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&w, other_phone, code));
    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&w, email, code));
    EXPECT_ERR(ERR_CODE_EXPIRED,
               try_code(&w, (struct sign_in_address){OUTBOX_EMAIL, phone.text}, code));
    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&w, phone, code));
    w.ctx.merchant = ours;
    EXPECT_OK(try_code(&w, phone, code));
    world_close(&w);
}

TEST(five_wrong_guesses_end_a_code)
{
    static const char *const nonsense[] = {"", "12345", "1234567", "abcdef"};
    struct world w = open();
    struct str code = send_code(&w, phone);

    for (int i = 0; i < 4; i++) {
        EXPECT_ERR(ERR_CODE_WRONG, try_code(&w, phone, str_of(nonsense[i])));
        EXPECT_TRUE(w.ctx.keep);
    }
    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&w, phone, wrong(&w, code)));
    EXPECT_TRUE(w.ctx.keep);
    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&w, phone, code));
    world_close(&w);
}

TEST(four_wrong_guesses_leave_it_usable)
{
    struct world w = open();
    struct str code = send_code(&w, phone);

    for (int i = 0; i < SIGN_IN_CODE_TRIES - 1; i++)
        EXPECT_ERR(ERR_CODE_WRONG, try_code(&w, phone, wrong(&w, code)));
    EXPECT_OK(try_code(&w, phone, code));
    world_close(&w);
}

TEST(a_code_ends_after_ten_minutes)
{
    struct world w = open();
    struct str code = send_code(&w, phone);

    world_advance(&w, SIGN_IN_CODE_KEEP_US);
    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&w, phone, code));
    code = send_code(&w, phone);
    world_advance(&w, SIGN_IN_CODE_KEEP_US - 1);
    EXPECT_OK(try_code(&w, phone, code));
    world_close(&w);
}

TEST(a_newer_code_ends_the_older_one)
{
    struct world w = open();
    struct str older = send_code(&w, phone), newer = send_code(&w, phone);

    if (!str_is(older, newer)) EXPECT_ERR(ERR_CODE_WRONG, try_code(&w, phone, older));
    EXPECT_OK(try_code(&w, phone, newer));
    world_close(&w);
}

TEST(asking_again_at_once_sends_nothing_and_answers_alike)
{
    struct world w = open();
    struct sign_in_code first = {.to = phone, .language = STR("fr")}, second = first;

    EXPECT_OK(world_write(&w, send, &first));
    world_advance(&w, SIGN_IN_CODE_RESEND_US - 1);
    EXPECT_OK(world_write(&w, send, &second));
    EXPECT_INT(1, count_messages(&w));
    EXPECT_INT(first.expires_us, second.expires_us);
    EXPECT_INT(first.resend_us, second.resend_us);
    EXPECT_OK(try_code(&w, phone, code_in(last_message(&w).body)));
    /* What was used is not on its way any more. */
    EXPECT_OK(world_write(&w, send, &second));
    EXPECT_INT(2, count_messages(&w));
    world_close(&w);
}

TEST(an_address_is_sent_four_codes_an_hour_used_or_not)
{
    struct world w = open();
    struct sign_in_code code = {.to = phone, .language = STR("fr")};

    for (int i = 0; i < SIGN_IN_CODES_AN_HOUR; i++)
        EXPECT_OK(try_code(&w, phone, send_code(&w, phone)));
    world_advance(&w, SIGN_IN_CODE_RESEND_US);
    EXPECT_ERR(ERR_CODE_TOO_MANY, world_write(&w, send, &code));
    EXPECT_INT(3600 - 4 * 30, w.ctx.retry_after_s);
    EXPECT_INT(SIGN_IN_CODES_AN_HOUR, count_messages(&w));
    (void)send_code(&w, other_phone);

    world_advance(&w, w.ctx.retry_after_s * CLOCK_SECOND_US);
    EXPECT_OK(world_write(&w, send, &code));
    world_close(&w);
}

TEST(nothing_of_a_code_or_its_address_is_stored_readable)
{
    struct world w = open();
    struct str code = send_code(&w, phone);
    DB_SQL(read_all, "SELECT address_hash, code_hash FROM sign_in_code WHERE merchant_id = $1");
    struct db_rows *rows = db_query(&w.ctx, &read_all, DB_BIND(db_int(w.ctx.merchant.v)));

    EXPECT_TRUE(db_next(rows));
    for (int i = 0; i < 2; i++) {
        struct str stored = db_col_text(rows, i);
        EXPECT_INT(32, (int64_t)stored.len);
        EXPECT_TRUE(!contains(stored, code));
    }
    EXPECT_OK(db_done(rows));
    world_close(&w);
}

/* ---- what is written ---- */

static void
rename_shop(struct world *w, const char *name)
{
    DB_SQL(rename, "UPDATE merchant SET name = $2 WHERE id = $1");

    WORLD_TX(w)
    EXPECT_OK(db_exec(&w->ctx, &rename, DB_BIND(db_int(w->ctx.merchant.v), db_text(str_of(name)))));
}

TEST(an_sms_is_one_message_whatever_the_shop_is_called)
{
    static const char *const names[] = {
        "Le Fournil",   "Crêperie « Chez l’Œil », à Besançon — spécialités bretonnes et galettes",
        "🥐🥐🥐", "مخبز الحي",
        "Бистро «Уют»", "XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX"};
    static const char *const languages[] = {"fr", "en", "es", "de"};
    struct world w = open();

    world_settings(&w)->public_url = "https://fidelite.le-fournil.example/";
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        for (size_t j = 0; j < sizeof languages / sizeof languages[0]; j++) {
            struct sign_in_code code = {.to = phone, .language = str_of(languages[j])};
            rename_shop(&w, names[i]);
            world_advance(&w, CLOCK_HOUR_US);
            EXPECT_OK(world_write(&w, send, &code));
            struct str body = last_message(&w).body;
            EXPECT_STR(body, gsm_plain(w.ctx.arena, body));
            EXPECT_TRUE(gsm_signs(body) <= GSM_SIGNS_MAX);
            EXPECT_INT(SIGN_IN_CODE_LEN, (int64_t)code_in(body).len);
        }
    }
    world_close(&w);
}

TEST(the_last_line_of_an_sms_lets_the_apps_own_page_fill_it_in)
{
    static const struct {
        const char *url, *host;
    } cases[] = {{"https://club.example", "club.example"},
                 {"https://club.example:8443/", "club.example"}};
    struct world w = open();

    for (int i = 0; i < 2; i++) {
        world_settings(&w)->public_url = cases[i].url;
        struct str code = send_code(&w, phone), body = last_message(&w).body;
        struct str line = str_format(w.ctx.arena, "\n\n@%s #%.*s", cases[i].host, STR_ARG(code));
        EXPECT_STR(line, ((struct str){body.at + body.len - line.len, line.len}));
    }
    world_settings(&w)->public_url = "http://localhost:8080";
    (void)send_code(&w, phone);
    EXPECT_TRUE(!contains(last_message(&w).body, STR("@")));
    world_close(&w);
}

TEST(a_host_too_long_for_one_message_is_left_out)
{
    struct world w = open();

    world_settings(&w)->public_url =
        "https://fidelite.une-tres-longue-adresse-pour-une-petite-boulangerie-de-quartier.example";
    struct str code = send_code(&w, phone), body = last_message(&w).body;
    EXPECT_TRUE(gsm_signs(body) <= GSM_SIGNS_MAX);
    EXPECT_TRUE(!contains(body, STR("@")));
    EXPECT_OK(try_code(&w, phone, code));
    world_close(&w);
}

TEST(an_email_keeps_the_shops_name_and_has_the_code_in_its_subject)
{
    struct world w = open();

    rename_shop(&w, "Crêperie 🥞");
    struct str code = send_code(&w, email);
    struct outbox_message message = last_message(&w);
    EXPECT_INT(OUTBOX_EMAIL, (int64_t)message.channel);
    EXPECT_STR(email.text, message.address);
    EXPECT_STR(code, code_in(message.subject));
    EXPECT_TRUE(contains(message.body, STR("Crêperie 🥞")));
    EXPECT_STR("sign_in_code", message.purpose);
    EXPECT_OK(try_code(&w, email, code));
    world_close(&w);
}

/* ---- forgetting ---- */

static int64_t
forget(struct world *w, int max)
{
    int64_t forgotten = 0;

    WORLD_TX(w) EXPECT_OK(sign_in_forget(&w->ctx, max, &forgotten));
    return forgotten;
}

TEST(what_ended_is_forgotten_an_hour_later_with_its_count)
{
    struct world w = open();
    struct str token;

    for (int i = 0; i < SIGN_IN_CODES_AN_HOUR; i++)
        (void)send_code(&w, phone);
    (void)send_code(&w, email);
    WORLD_TX(&w) EXPECT_OK(sign_in_links_add(&w.ctx, (customer_id){7}, CLOCK_MINUTE_US, &token));
    EXPECT_INT(0, forget(&w, 10));
    world_advance(&w, CLOCK_HOUR_US);
    EXPECT_INT(1, forget(&w, 10)); /* the link */
    world_advance(&w, SIGN_IN_CODE_KEEP_US + 1);
    EXPECT_INT(1, forget(&w, 1));
    EXPECT_INT(1, forget(&w, 1));
    EXPECT_INT(0, forget(&w, 1));
    (void)send_code(&w, phone);
    world_close(&w);
}

TEST(an_address_can_be_forgotten_at_once)
{
    struct world w = open();
    struct str code = send_code(&w, phone);

    WORLD_TX(&w) EXPECT_OK(sign_in_codes_remove(&w.ctx, &phone));
    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&w, phone, code));
    EXPECT_INT(0, forget(&w, 10));
    world_close(&w);
}

TESTS(RUN(a_code_proves_its_address_once), RUN(a_code_is_read_as_people_type_it),
      RUN(a_code_proves_no_other_address), RUN(five_wrong_guesses_end_a_code),
      RUN(four_wrong_guesses_leave_it_usable), RUN(a_code_ends_after_ten_minutes),
      RUN(a_newer_code_ends_the_older_one),
      RUN(asking_again_at_once_sends_nothing_and_answers_alike),
      RUN(an_address_is_sent_four_codes_an_hour_used_or_not),
      RUN(nothing_of_a_code_or_its_address_is_stored_readable),
      RUN(an_sms_is_one_message_whatever_the_shop_is_called),
      RUN(the_last_line_of_an_sms_lets_the_apps_own_page_fill_it_in),
      RUN(a_host_too_long_for_one_message_is_left_out),
      RUN(an_email_keeps_the_shops_name_and_has_the_code_in_its_subject),
      RUN(what_ended_is_forgotten_an_hour_later_with_its_count),
      RUN(an_address_can_be_forgotten_at_once))
