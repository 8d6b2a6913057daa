/* intake_rows_test — what rows of a file come to: read in all their forms, found, refused. */
#include "base/clock.h"
#include "core/customers/customers.h"
#include "support/intaking.h"
#include "support/test.h"

/* As protocols of other systems have it: written for this test after Square's export. */
#define SQUARE                                                                                     \
    "Reference ID,First Name,Last Name,Email Address,Phone Number,Birthday,Memo,Square Customer "  \
    "ID,Creation Source,First Visit,Last Visit,Transaction Count,Lifetime Spend,Email "            \
    "Subscription Status\n"                                                                        \
    ",Inès,Morel,ines.morel@example.org,+33 6 12 34 56 78,1991-05-17,\"aime les tartes, sans "    \
    "noix\",CUSTEXAMPLE0001,Point of Sale,2024-11-02,2026-02-27,41,\"€512,40\",subscribed\n"     \
    "K-88,Léo,Petit,,06 98 76 54 32,03-09,,CUSTEXAMPLE0002,Loyalty,2025-06-14,2026-03-01,7,"      \
    "€61.00,unsubscribed\n"
static int64_t
points_of(struct club *club, const char *phone)
{
    struct loyalty_account account = {0};

    EXPECT_OK(accounts_find_by_phone(&club->world.ctx, club->program.id, str_of(phone), &account));
    return account.balance;
}

/* ---- what files look like ---- */

TEST(a_squares_export_is_known_by_its_columns)
{
    struct club club = club_open();
    struct world *w = &club.world;
    struct intaking told = intaking_upload(w, STR(SQUARE));
    struct intake_sample sample;

    EXPECT_OK(intake_look(&w->ctx, &told.intake, &sample));
    EXPECT_STR("reference,given_name,family_name,email,phone,birthday,note,,,,,,,consent",
               intake_columns_format(&w->ctx, &sample.guess));
    EXPECT_INT(2, sample.row_count);
    EXPECT_STR("Inès", sample.rows[0].fields[1]);
    EXPECT_STR("aime les tartes, sans noix", sample.rows[0].fields[6]);
    EXPECT_TRUE(!sample.is_known);

    told = intaking_all(w, STR(SQUARE),
                        "reference,given_name,family_name,email,phone,birthday,note,,,,,,,consent");
    EXPECT_INT(2, told.intake.passes[INTAKE_RUN].added);
    struct customer ines = intaking_customer(w, "+33612345678"),
                    leo = intaking_customer(w, "+33698765432");
    EXPECT_STR("ines.morel@example.org", ines.email);
    EXPECT_STR("1991-05-17", ines.birthday);
    EXPECT_STR("aime les tartes, sans noix", ines.note);
    EXPECT_STR("IMPORT", ines.source);
    EXPECT_STR("Petit", leo.family_name);
    EXPECT_STR("0000-03-09", leo.birthday);
    EXPECT_STR("K-88", leo.reference_id);
    club_close(&club);
}

static void
expect_read(struct str bytes)
{
    struct club club = club_open();
    struct intaking told = intaking_all(&club.world, bytes, INTAKING_COLUMNS);

    EXPECT_INT(2, told.intake.passes[INTAKE_RUN].added);
    EXPECT_STR("Léa", intaking_customer(&club.world, "+33612345678").given_name);
    EXPECT_STR("Muñoz", intaking_customer(&club.world, "+34612345678").family_name);
    EXPECT_INT(1250, points_of(&club, "+33612345678"));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(three_encodings_and_three_separators_tell_the_same)
{
#define BODY "06 12 34 56 78;Léa;Roux;;1 250\r\n+34 612 34 56 78;Inés;Muñoz;;0\r\n"
    expect_read(STR("T;P;N;E;S\n" BODY));
    expect_read(STR("\xEF\xBB\xBF" INTAKING_HEADER BODY));
    expect_read(STR("Tel,Prenom,Nom,Mail,Points\n06 12 34 56 78,L\xe9"
                    "a,Roux,,\"1,250\"\n+34 612 34 56 78,In\xe9s,Mu\xf1oz,,0\n"));
    expect_read(STR("Tel\tPrenom\tNom\tMail\tPoints\n0612345678\tLéa\tRoux\t\t1\xC2\xA0"
                    "250\n0034612345678\tInés\tMuñoz\t\t0"));
#undef BODY
}

/* ---- who a row is ---- */

TEST(somebody_known_is_found_and_nothing_of_them_is_replaced)
{
    struct club club = club_open();
    struct world *w = &club.world;
    struct customer known = {.given_name = STR("Zoé"), .phone = STR("+33612345678")};
    struct customer mailed = {.email = STR("Paul@Example.org")};

    WORLD_TX(w) EXPECT_OK(customers_add(&w->ctx, &known));
    WORLD_TX(w) EXPECT_OK(customers_add(&w->ctx, &mailed));
    struct intaking told =
        intaking_all(w,
                     STR(INTAKING_HEADER "06 12 34 56 78;Zoë;Roux;zoe@example.org;7\n"
                                         ";Paul;Weber;paul@example.org;8\n"
                                         "06 98 34 56 78;Nina;;;9\n"),
                     INTAKING_COLUMNS);
    const struct intake_pass *pass = &told.intake.passes[INTAKE_RUN];
    EXPECT_INT(1, pass->by_phone);
    EXPECT_INT(1, pass->by_email);
    EXPECT_INT(1, pass->added);
    struct customer after = intaking_customer(w, "+33612345678");
    EXPECT_STR("Zoé", after.given_name);
    EXPECT_STR("", after.family_name); /* half of another name */
    EXPECT_STR("zoe@example.org", after.email);
    EXPECT_INT(7, points_of(&club, "+33612345678"));
    EXPECT_INT(24, intaking_sum(&club));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_row_that_is_two_customers_is_refused)
{
    struct club club = club_open();
    struct world *w = &club.world;
    struct customer one = {.phone = STR("+33612345678")}, two = {.email = STR("b@example.org")};

    WORLD_TX(w) EXPECT_OK(customers_add(&w->ctx, &one));
    WORLD_TX(w) EXPECT_OK(customers_add(&w->ctx, &two));
    struct intaking told = intaking_all(
        w, STR(INTAKING_HEADER "06 12 34 56 78;;;b@example.org;7\n"), INTAKING_COLUMNS);
    EXPECT_INT(1, told.intake.passes[INTAKE_CHECK].refused);
    EXPECT_INT(1, told.intake.passes[INTAKE_RUN].refused);
    EXPECT_INT(0, intaking_sum(&club));
    club_close(&club);
}

TEST(rows_are_refused_with_their_column_and_the_others_are_taken)
{
    static const struct {
        const char *line, *column, *value, *code;
    } wanted[] = {
        {"2", "Téléphone", "06 12", "PHONE_NUMBER_INVALID"},
        {"3", "E-mail", "a@b", "EMAIL_INVALID"},
        {"4", "Points", "12,5", "FIELD_VALUE"},
        {"5", "Points", "-3", "FIELD_RANGE"},
        {"6", "Points", "12 €", "FIELD_VALUE"},
        {"7", "", "", "IMPORT_NOBODY"},
        {"8", "", "", "IMPORT_ROW"},
        {"10", "", "", "IMPORT_SAME"},
        {"11", "", "", "IMPORT_ROW"},
    };
    struct club club = club_open();
    struct world *w = &club.world;
    struct intake_refusal *refusals;
    int count;

    struct intaking told = intaking_upload(w, STR(INTAKING_HEADER "06 12;A;;;1\n"
                                                                  ";B;;a@b;1\n"
                                                                  "0612345671;C;;;12,5\n"
                                                                  "0612345672;D;;;-3\n"
                                                                  "0612345673;E;;;12 €\n"
                                                                  ";Nobody;;;5\n"
                                                                  "0612345674;\"F;;;5\n"
                                                                  "0612345675;G;;;5\n"
                                                                  "06.12.34.56.75;H;;;6\n"
                                                                  "0612345676;I;;;1;250\n"
                                                                  "0612345677;J;;;70\n"));
    intaking_check(w, &told, INTAKING_COLUMNS);
    const struct intake_pass *pass = &told.intake.passes[INTAKE_CHECK];
    EXPECT_INT(11, pass->rows);
    EXPECT_INT(2, pass->added);
    EXPECT_INT(8, pass->refused);
    EXPECT_INT(1, pass->twice);
    EXPECT_INT(75, pass->points);
    EXPECT_INT(0, intaking_sum(&club)); /* nothing is done yet */
    EXPECT_OK(intake_list_refusals(&w->ctx, &told.intake, &refusals, &count));
    EXPECT_INT(sizeof wanted / sizeof wanted[0], count);
    for (int i = 0; i < count; i++) {
        EXPECT_STR(wanted[i].line, refusals[i].line);
        EXPECT_STR(wanted[i].column, refusals[i].column);
        EXPECT_STR(wanted[i].value, refusals[i].value);
        EXPECT_STR(wanted[i].code, refusals[i].code);
    }
    intaking_run(w, &told);
    EXPECT_INT(75, intaking_sum(&club));
    EXPECT_INT(9, told.intake.passes[INTAKE_RUN].refused + told.intake.passes[INTAKE_RUN].twice);
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- points ---- */

TEST(points_are_added_or_replace_what_there_is)
{
    struct club club = club_open();
    account_id had = club_join(&club, "+33612345678");
    const struct str file = STR(INTAKING_HEADER "06 12 34 56 78;;;;30\n06 12 34 56 79;;;;5\n");

    EXPECT_OK(club_accumulate(&club, had, 100));
    struct intaking told = intaking_upload(&club.world, file);
    told.choice.mode = INTAKE_REPLACE;
    intaking_check(&club.world, &told, INTAKING_COLUMNS);
    intaking_run(&club.world, &told);
    const struct intake_pass *pass = &told.intake.passes[INTAKE_RUN];
    EXPECT_INT(30, club_balance(&club, had));
    EXPECT_INT(100, pass->points_before);
    EXPECT_INT(-65, pass->points_moved);
    EXPECT_INT(35, pass->points_after);
    EXPECT_INT(35, intaking_sum(&club));
    intaking_all(&club.world, STR(INTAKING_HEADER "06 12 34 56 78;;;;12\n"), INTAKING_COLUMNS);
    EXPECT_INT(42, club_balance(&club, had));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(points_come_with_a_reason_and_an_author)
{
    struct club club = club_open();
    struct world *w = &club.world;
    struct loyalty_event *events;
    int count;

    w->ctx.actor = (struct actor){.kind = ACTOR_STAFF, .id = 77};
    struct intaking told = intaking_upload(w, STR(INTAKING_HEADER "06 12 34 56 78;;;;30\n"));
    intaking_check(w, &told, INTAKING_COLUMNS);
    told.change = intake_begin_run;
    EXPECT_OK(world_write(w, intaking_change, &told));
    w->ctx.actor = (struct actor){.kind = ACTOR_SYSTEM};
    intaking_work(w, &told);
    const struct event_query query = {.limit = 10};
    EXPECT_OK(accounts_search_events(&w->ctx, &query, &events, &count));
    EXPECT_INT(1, count);
    EXPECT_STR("import", events[0].reason);
    EXPECT_INT(EVENT_ADJUST_POINTS, events[0].type);
    EXPECT_INT(ACTOR_STAFF, events[0].actor_kind);
    EXPECT_INT(77, events[0].actor_id);
    club_close(&club);
}

TEST(points_that_are_due_expire_before_they_are_replaced)
{
    struct club club = club_open_like((struct program){.expiry_days = 1});
    account_id had = club_join(&club, "+33612345678");

    EXPECT_OK(club_accumulate(&club, had, 100));
    world_advance(&club.world, 2 * CLOCK_DAY_US);
    struct intaking told =
        intaking_upload(&club.world, STR(INTAKING_HEADER "06 12 34 56 78;;;;30\n"));
    told.choice.mode = INTAKE_REPLACE;
    intaking_check(&club.world, &told, INTAKING_COLUMNS);
    intaking_run(&club.world, &told);
    EXPECT_INT(30, club_balance(&club, had));
    EXPECT_INT(0, told.intake.passes[INTAKE_RUN].points_before);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(consent_comes_only_with_how_it_was_given)
{
    const struct str file = STR("phone,newsletter\n0612345678,oui\n0612345679,non\n");
    struct club club = club_open();
    struct world *w = &club.world;
    struct consent_seen *seen;
    int count;

    intaking_all(w, file, "phone,consent");
    EXPECT_OK(consents_list(&w->ctx, intaking_customer(w, "+33612345678").id, &seen, &count));
    EXPECT_INT(0, count);
    struct intaking told =
        intaking_upload(w, STR("phone,newsletter\n0612345678,oui\n0612345679,non\n\n"));
    told.choice.consent = STR("formulaire papier en boutique");
    intaking_check(w, &told, "phone,consent");
    intaking_run(w, &told);
    EXPECT_OK(consents_list(&w->ctx, intaking_customer(w, "+33612345678").id, &seen, &count));
    EXPECT_INT(1, count);
    EXPECT_STR("marketing", seen[0].consent.purpose);
    EXPECT_STR("given", seen[0].consent.state);
    EXPECT_STR("import: formulaire papier en boutique", seen[0].consent.source);
    EXPECT_OK(consents_list(&w->ctx, intaking_customer(w, "+33612345679").id, &seen, &count));
    EXPECT_INT(0, count);
    club_close(&club);
}

TESTS(RUN(a_squares_export_is_known_by_its_columns),
      RUN(three_encodings_and_three_separators_tell_the_same),
      RUN(somebody_known_is_found_and_nothing_of_them_is_replaced),
      RUN(a_row_that_is_two_customers_is_refused),
      RUN(rows_are_refused_with_their_column_and_the_others_are_taken),
      RUN(points_are_added_or_replace_what_there_is), RUN(points_come_with_a_reason_and_an_author),
      RUN(points_that_are_due_expire_before_they_are_replaced),
      RUN(consent_comes_only_with_how_it_was_given))
