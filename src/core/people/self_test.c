/* self_test — what customers change of themselves, and what it takes. */
#include "core/people/joining.h"
#include "core/people/self.h"
#include "support/club.h"
#include "support/test.h"

#define EMAIL (1U << CUSTOMER_EMAIL)
#define NAME  (1U << CUSTOMER_GIVEN_NAME)

static struct club
open(void)
{
    struct club club = club_open();

    world_settings(&club.world)->demo = 1; /* or no code could leave */
    club.world.ctx.remote = STR("203.0.113.5");
    return club;
}

static customer_id
add(struct club *club, struct customer customer)
{
    WORLD_TX(&club->world) EXPECT_OK(customers_add(&club->world.ctx, &customer));
    return customer.id;
}

static enum err
send(struct ctx *ctx, void *arg)
{
    return joining_send_code(ctx, arg);
}

/* The code that is on its way to an e-mail address now: the first six signs of its subject. */
static struct str
code_for(struct club *club, const char *email)
{
    struct sign_in_code code = {.to = {OUTBOX_EMAIL, str_of(email)}, .language = STR("fr")};
    struct outbox_message *messages;
    int count;

    EXPECT_OK(world_write(&club->world, send, &code));
    EXPECT_OK(outbox_list(&club->world.ctx, (message_id){0}, 1, &messages, &count));
    return (struct str){messages[0].subject.at, SIGN_IN_CODE_LEN};
}

static enum err
change_self(struct ctx *ctx, void *arg)
{
    struct customer after;

    return self_change(ctx, arg, &after);
}

static enum err
change(struct club *club, struct self_change wanted)
{
    return world_write(&club->world, change_self, &wanted);
}

static struct str
email_of(struct club *club, customer_id id)
{
    struct customer customer;

    EXPECT_OK(customers_find(&club->world.ctx, id, &customer));
    return customer.email;
}

TEST(names_are_changed_from_any_session)
{
    struct club club = open();
    customer_id anna = add(&club, (struct customer){.phone = STR("+33612345678")});
    struct customer after;

    for (int proof = PROOF_LINK; proof <= PROOF_CODE; proof++) {
        EXPECT_OK(
            change(&club, (struct self_change){.customer = {.id = anna, .given_name = STR("Z")},
                                               .fields = NAME,
                                               .proof = (enum credential_proof)proof}));
    }
    EXPECT_OK(customers_find(&club.world.ctx, anna, &after));
    EXPECT_STR("Z", after.given_name);
    EXPECT_STR("+33612345678", after.phone);
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN,
               change(&club, (struct self_change){.customer = {.id = {7}}, .fields = NAME}));
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN,
               change(&club, (struct self_change){.customer = {.id = {7}}, .fields = EMAIL}));
    club_close(&club);
}

TEST(another_address_takes_its_own_code_and_a_proven_session)
{
    struct club club = open();
    customer_id anna = add(&club, (struct customer){.phone = STR("+33612345678")});
    struct self_change wanted = {.customer = {.id = anna, .email = STR("Anna@Mail.Example")},
                                 .fields = EMAIL,
                                 .proof = PROOF_CODE};

    EXPECT_ERR(ERR_CODE_REQUIRED, change(&club, wanted));
    EXPECT_STR("code", club.world.ctx.field);
    struct str others = code_for(&club, "other@mail.example");
    wanted.code = others;
    EXPECT_ERR(ERR_CODE_EXPIRED, change(&club, wanted));
    wanted.code = code_for(&club, "anna@mail.example");
    wanted.proof = PROOF_LINK;
    EXPECT_ERR(ERR_PROOF_REQUIRED, change(&club, wanted));
    EXPECT_STR("", email_of(&club, anna));
    wanted.proof = PROOF_CODE;
    EXPECT_OK(change(&club, wanted));
    EXPECT_STR("Anna@Mail.Example", email_of(&club, anna));
    club_close(&club);
}

TEST(a_wrong_code_is_counted)
{
    struct club club = open();
    customer_id anna = add(&club, (struct customer){.phone = STR("+33612345678")});
    struct self_change wanted = {.customer = {.id = anna, .email = STR("anna@mail.example")},
                                 .fields = EMAIL,
                                 .code = STR("no"),
                                 .proof = PROOF_CODE};
    struct str code = code_for(&club, "anna@mail.example");

    for (int i = 0; i < SIGN_IN_CODE_TRIES - 1; i++)
        EXPECT_ERR(ERR_CODE_WRONG, change(&club, wanted));
    EXPECT_ERR(ERR_CODE_EXPIRED, change(&club, wanted));
    wanted.code = code;
    EXPECT_ERR(ERR_CODE_EXPIRED, change(&club, wanted));
    EXPECT_STR("", email_of(&club, anna));
    club_close(&club);
}

TEST(the_same_address_in_another_case_is_no_other)
{
    struct club club = open();
    customer_id anna = add(&club, (struct customer){.email = STR("anna@mail.example")});

    EXPECT_OK(change(
        &club, (struct self_change){.customer = {.id = anna, .email = STR(" ANNA@mail.example")},
                                    .fields = EMAIL,
                                    .proof = PROOF_LINK}));
    EXPECT_STR("ANNA@mail.example", email_of(&club, anna));
    EXPECT_ERR(ERR_PROOF_REQUIRED,
               change(&club, (struct self_change){
                                 .customer = {.id = anna, .email = STR("\u00e4nna@mail.example")},
                                 .fields = EMAIL,
                                 .proof = PROOF_LINK}));
    club_close(&club);
}

TEST(the_only_way_in_stays)
{
    struct club club = open();
    customer_id alone = add(&club, (struct customer){.email = STR("anna@mail.example")});
    customer_id both = add(
        &club, (struct customer){.email = STR("leo@mail.example"), .phone = STR("+33612345678")});
    struct self_change wanted = {.customer = {.id = alone}, .fields = EMAIL, .proof = PROOF_CODE};

    EXPECT_ERR(ERR_FIELD_REQUIRED, change(&club, wanted));
    EXPECT_STR("email_address", club.world.ctx.field);
    wanted.customer.id = both;
    wanted.proof = PROOF_LINK;
    EXPECT_ERR(ERR_PROOF_REQUIRED, change(&club, wanted));
    wanted.proof = PROOF_CODE;
    EXPECT_OK(change(&club, wanted));
    EXPECT_STR("", email_of(&club, both));
    wanted.customer.email = STR("leo");
    EXPECT_ERR(ERR_EMAIL_INVALID, change(&club, wanted));
    EXPECT_STR("email_address", club.world.ctx.field);
    club_close(&club);
}

TESTS(RUN(names_are_changed_from_any_session),
      RUN(another_address_takes_its_own_code_and_a_proven_session), RUN(a_wrong_code_is_counted),
      RUN(the_same_address_in_another_case_is_no_other), RUN(the_only_way_in_stays))
