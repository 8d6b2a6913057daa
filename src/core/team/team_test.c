/* team_test — members, tokens and lock-outs; tablets are in tablets_test.c. */
#include "base/clock.h"
#include "core/team/team.h"
#include "support/test.h"
#include "support/world.h"

#define FOREVER INT64_MAX

static struct team_member
add_member(struct world *w, const char *email, const char *role)
{
    struct team_member member = {.email = str_of(email),
                                 .name = STR("Maud"),
                                 .role = str_of(role),
                                 .password_hash = STR("hash"),
                                 .active = true};

    WORLD_TX(w) EXPECT_OK(team_add(&w->ctx, &member));
    return member;
}

static struct credential
add_credential(struct world *w, enum credential_kind kind, int64_t subject, int64_t expires_us)
{
    struct credential credential = {.kind = kind, .subject = subject, .expires_us = expires_us};

    if (kind == CREDENTIAL_CUSTOMER) credential.proof = PROOF_CODE;
    WORLD_TX(w) EXPECT_OK(credentials_add(&w->ctx, &credential));
    return credential;
}

/* As a request does: nothing is known before. */
static enum err
check(struct world *w, struct str token, struct str csrf, enum csrf_check csrf_check)
{
    w->ctx.merchant.v = 0;
    w->ctx.actor = (struct actor){0};
    return credentials_check(&w->ctx, token, csrf, csrf_check);
}

/* ---- members ---- */

TEST(a_member_is_found_by_id_and_by_address_in_any_case)
{
    struct world w = world_open();
    struct team_member added = add_member(&w, " Maud@Comptoir.example", "owner");
    struct team_member found;
    merchant_id merchant = w.ctx.merchant;

    EXPECT_OK(team_find(&w.ctx, added.id, &found));
    EXPECT_STR("maud@comptoir.example", found.email);
    EXPECT_STR("owner", found.role);
    EXPECT_TRUE(found.active);
    w.ctx.merchant.v = 0;
    EXPECT_OK(team_find_by_email(&w.ctx, STR("MAUD@comptoir.example"), &found));
    EXPECT_INT(added.id.v, found.id.v);
    EXPECT_INT(merchant.v, w.ctx.merchant.v);
    world_close(&w);
}

TEST(an_unknown_member_is_refused)
{
    struct world w = world_open();
    struct team_member added = add_member(&w, "maud@comptoir.example", "owner"), found;

    EXPECT_ERR(ERR_TEAM_MEMBER_UNKNOWN, team_find(&w.ctx, (team_member_id){5}, &found));
    EXPECT_ERR(ERR_TEAM_MEMBER_UNKNOWN, team_find_by_email(&w.ctx, STR("x@y.example"), &found));
    EXPECT_ERR(ERR_TEAM_MEMBER_UNKNOWN, team_find_by_email(&w.ctx, STR("maud"), &found));
    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_ERR(ERR_TEAM_MEMBER_UNKNOWN, team_find(&w.ctx, added.id, &found));
    world_close(&w);
}

static enum err
add_given(struct ctx *ctx, void *arg)
{
    return team_add(ctx, arg);
}

TEST(an_address_signs_in_to_one_merchant_only)
{
    struct world w = world_open();
    struct team_member again = {.email = STR("MAUD@comptoir.example"), .role = STR("cashier")};

    add_member(&w, "maud@comptoir.example", "owner");
    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_ERR(ERR_DB_CONSTRAINT, world_write(&w, add_given, &again));
    world_close(&w);
}

TEST(a_member_needs_an_address_and_a_role_that_exists)
{
    struct world w = world_open();
    struct team_member nobody = {.email = STR("maud"), .role = STR("owner")};
    struct team_member king = {.email = STR("m@c.example"), .role = STR("king")};

    EXPECT_ERR(ERR_EMAIL_INVALID, world_write(&w, add_given, &nobody));
    EXPECT_STR("email", w.ctx.field);
    EXPECT_ERR(ERR_FIELD_VALUE, world_write(&w, add_given, &king));
    EXPECT_STR("role", w.ctx.field);
    world_close(&w);
}

TEST(each_role_may_what_it_should)
{
    uint64_t owner = permissions_of_role("owner");
    uint64_t cashier = permissions_of_role("cashier");

    EXPECT_TRUE(owner & PERM_LOYALTY_ADJUST);
    EXPECT_TRUE(owner & PERM_TABLETS_WRITE);
    EXPECT_TRUE(owner & PERM_MERCHANT_WRITE);
    EXPECT_TRUE(!(owner & PERM_TABLET));
    EXPECT_TRUE(!(permissions_of_role("manager") & PERM_TABLET));
    EXPECT_TRUE(cashier & PERM_LOYALTY_WRITE);
    EXPECT_TRUE(!(cashier & PERM_LOYALTY_ADJUST));
    EXPECT_TRUE(!(cashier & PERM_TABLETS_WRITE));
    EXPECT_TRUE(!(cashier & PERM_MERCHANT_WRITE));
    EXPECT_INT(0, (int64_t)permissions_of_role("tablet"));
    EXPECT_STR("CUSTOMERS_READ", permission_name(0));
    EXPECT_STR("SELF", permission_name(9));
    EXPECT_STR("MERCHANT_WRITE", permission_name(10));
    EXPECT_STR("CUSTOMER", permission_name(16));
    EXPECT_STR("CUSTOMERS_ERASE", permission_name(20));
    EXPECT_TRUE(permission_name(22) == NULL);
    EXPECT_TRUE(permissions_of_role("manager") & PERM_SALES_REFUND);
    EXPECT_TRUE(!(cashier & (PERM_TRAIL_READ | PERM_CUSTOMERS_BULK | PERM_SALES_REFUND)));
    EXPECT_TRUE(!(cashier & PERM_CUSTOMERS_ERASE));
    EXPECT_TRUE(!(owner & PERM_CUSTOMER));
    EXPECT_TRUE(!(permissions_of_role("manager") & PERM_CUSTOMER));
}

/* ---- tokens ---- */

TEST(a_session_says_who_asks_and_what_they_may)
{
    struct world w = world_open();
    struct team_member member = add_member(&w, "maud@comptoir.example", "cashier");
    merchant_id merchant = w.ctx.merchant;
    struct credential session =
        add_credential(&w, CREDENTIAL_SESSION, member.id.v, w.ctx.now_us + CLOCK_HOUR_US);

    EXPECT_TRUE(str_starts(session.token, STR("ses_")));
    EXPECT_INT(43, (int64_t)session.token.len);
    EXPECT_STR(credentials_csrf(w.ctx.arena, session.token), session.csrf);
    EXPECT_OK(check(&w, session.token, STR(""), CSRF_IGNORED));
    EXPECT_INT(merchant.v, w.ctx.merchant.v);
    EXPECT_INT(ACTOR_STAFF, w.ctx.actor.kind);
    EXPECT_INT(member.id.v, w.ctx.actor.id);
    EXPECT_INT((int64_t)permissions_of_role("cashier"), (int64_t)w.ctx.actor.permissions);
    world_close(&w);
}

TEST(a_session_needs_its_own_csrf_token_to_change_anything)
{
    struct world w = world_open();
    struct team_member member = add_member(&w, "maud@comptoir.example", "owner");
    struct credential one = add_credential(&w, CREDENTIAL_SESSION, member.id.v, FOREVER);
    struct credential other = add_credential(&w, CREDENTIAL_SESSION, member.id.v, FOREVER);

    EXPECT_OK(check(&w, one.token, one.csrf, CSRF_CHECKED));
    EXPECT_ERR(ERR_CSRF, check(&w, one.token, other.csrf, CSRF_CHECKED));
    EXPECT_INT(ACTOR_NONE, w.ctx.actor.kind);
    EXPECT_ERR(ERR_CSRF, check(&w, one.token, STR(""), CSRF_CHECKED));
    world_close(&w);
}

TEST(a_key_has_its_own_permissions_and_no_csrf_token)
{
    struct world w = world_open();
    struct api_key key = {.name = STR("till"), .permissions = PERM_LOYALTY_READ};

    WORLD_TX(&w) EXPECT_OK(api_keys_add(&w.ctx, &key));
    EXPECT_OK(check(&w, key.token, STR(""), CSRF_IGNORED));
    EXPECT_INT(ACTOR_KEY, w.ctx.actor.kind);
    EXPECT_INT(key.id.v, w.ctx.actor.id);
    EXPECT_INT(PERM_LOYALTY_READ, (int64_t)w.ctx.actor.permissions);
    EXPECT_ERR(ERR_CSRF, check(&w, key.token, STR(""), CSRF_CHECKED));
    world_close(&w);
}

TEST(a_token_that_is_not_one_proves_nobody)
{
    struct world w = world_open();
    struct team_member member = add_member(&w, "maud@comptoir.example", "owner");
    struct credential session = add_credential(&w, CREDENTIAL_SESSION, member.id.v, FOREVER);
    char *forged = str_z(w.ctx.arena, session.token);
    const struct str texts[] = {STR(""),
                                STR("ses_"),
                                STR("ses_0000000000000"),
                                {session.token.at, session.token.len - 1},
                                str_of(forged)};

    forged[42] = forged[42] == '0' ? '1' : '0';
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, texts[i], STR(""), CSRF_IGNORED));
        EXPECT_INT(0, w.ctx.merchant.v);
        EXPECT_INT(ACTOR_NONE, w.ctx.actor.kind);
    }
    world_close(&w);
}

TEST(a_token_ends_when_it_is_due_removed_or_its_holder_is_gone)
{
    struct world w = world_open();
    struct team_member member = add_member(&w, "maud@comptoir.example", "owner");
    merchant_id merchant = w.ctx.merchant;
    struct credential hour =
        add_credential(&w, CREDENTIAL_SESSION, member.id.v, w.ctx.now_us + CLOCK_HOUR_US);
    struct credential other = add_credential(&w, CREDENTIAL_SESSION, member.id.v, FOREVER);
    struct credential nobodys = add_credential(&w, CREDENTIAL_SESSION, 4711, FOREVER);

    EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, nobodys.token, STR(""), CSRF_IGNORED));
    EXPECT_OK(check(&w, hour.token, STR(""), CSRF_IGNORED));
    world_advance(&w, CLOCK_HOUR_US);
    EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, hour.token, STR(""), CSRF_IGNORED));
    w.ctx.merchant = merchant;
    WORLD_TX(&w) EXPECT_OK(credentials_remove(&w.ctx, other.token));
    EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, other.token, STR(""), CSRF_IGNORED));
    world_close(&w);
}

TEST(a_member_who_was_switched_off_proves_nobody)
{
    struct world w = world_open();
    struct team_member member = {
        .email = STR("leo@comptoir.example"), .role = STR("owner"), .active = false};

    WORLD_TX(&w) EXPECT_OK(team_add(&w.ctx, &member));
    struct credential session = add_credential(&w, CREDENTIAL_SESSION, member.id.v, FOREVER);
    EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, session.token, STR(""), CSRF_IGNORED));
    world_close(&w);
}

static struct str
add_customers_session(struct world *w, int64_t customer, enum credential_proof proof)
{
    struct credential credential = {
        .kind = CREDENTIAL_CUSTOMER, .proof = proof, .subject = customer, .expires_us = FOREVER};

    WORLD_TX(w) EXPECT_OK(credentials_add(&w->ctx, &credential));
    return credential.token;
}

static enum credential_proof
proof_of(struct world *w, struct str token)
{
    enum credential_proof proof;

    EXPECT_OK(credentials_read_proof(&w->ctx, token, &proof));
    return proof;
}

TEST(what_a_link_began_ends_when_a_code_proves_who_it_is)
{
    struct world w = world_open();
    struct str linked = add_customers_session(&w, 99, PROOF_LINK);
    struct str proven = add_customers_session(&w, 99, PROOF_CODE);
    struct str others = add_customers_session(&w, 98, PROOF_LINK);

    EXPECT_INT(PROOF_LINK, (int64_t)proof_of(&w, linked));
    EXPECT_INT(PROOF_CODE, (int64_t)proof_of(&w, proven));
    WORLD_TX(&w) EXPECT_OK(credentials_end_unproven(&w.ctx, (customer_id){99}));
    EXPECT_INT(PROOF_NONE, (int64_t)proof_of(&w, linked));
    EXPECT_OK(check(&w, proven, STR(""), CSRF_IGNORED));
    EXPECT_OK(check(&w, others, STR(""), CSRF_IGNORED));
    EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, linked, STR(""), CSRF_IGNORED));
    world_close(&w);
}

TEST(erasing_a_customer_ends_their_sessions)
{
    struct world w = world_open();
    merchant_id merchant = w.ctx.merchant;
    struct credential session = add_credential(&w, CREDENTIAL_CUSTOMER, 99, FOREVER);

    EXPECT_OK(check(&w, session.token, session.csrf, CSRF_CHECKED));
    EXPECT_INT(ACTOR_CUSTOMER, w.ctx.actor.kind);
    EXPECT_INT(PERM_CUSTOMER, (int64_t)w.ctx.actor.permissions);
    w.ctx.merchant = merchant;
    WORLD_TX(&w) EXPECT_OK(team_erase_customer(&w.ctx, (customer_id){99}));
    EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, session.token, STR(""), CSRF_IGNORED));
    world_close(&w);
}

TEST(using_a_credential_is_noted_and_never_goes_back)
{
    struct world w = world_open();
    struct api_key key = {.name = STR("till"), .permissions = PERM_SELF};

    WORLD_TX(&w) EXPECT_OK(api_keys_add(&w.ctx, &key));
    WORLD_TX(&w) EXPECT_OK(credentials_note_used(&w.ctx, key.id.v, w.ctx.now_us));
    WORLD_TX(&w) EXPECT_OK(credentials_note_used(&w.ctx, key.id.v, 5));
    EXPECT_OK(check(&w, key.token, STR(""), CSRF_IGNORED));
    world_close(&w);
}

/* ---- lock-outs ---- */

static enum err
guess(struct ctx *ctx, void *subject)
{
    TRY(lockout_check(ctx, STR("sign_in"), *(struct str *)subject, ERR_SIGN_IN_LOCKED));
    return lockout_count(ctx, STR("sign_in"), *(struct str *)subject, ERR_SIGN_IN_WRONG,
                         ERR_SIGN_IN_LOCKED);
}

TEST(the_fifth_wrong_guess_locks_for_a_quarter_of_an_hour)
{
    struct world w = world_open();
    struct str anna = STR("anna@example.org"), leo = STR("leo@example.org");

    for (int i = 0; i < LOCKOUT_TRIES - 1; i++)
        EXPECT_ERR(ERR_SIGN_IN_WRONG, world_write(&w, guess, &anna));
    EXPECT_ERR(ERR_SIGN_IN_LOCKED, world_write(&w, guess, &anna));
    EXPECT_INT(900, w.ctx.retry_after_s);
    world_advance(&w, 5 * CLOCK_MINUTE_US);
    EXPECT_ERR(ERR_SIGN_IN_LOCKED, world_write(&w, guess, &anna));
    EXPECT_INT(600, w.ctx.retry_after_s);
    EXPECT_ERR(ERR_SIGN_IN_WRONG, world_write(&w, guess, &leo));

    world_advance(&w, 10 * CLOCK_MINUTE_US);
    EXPECT_OK(lockout_check(&w.ctx, STR("sign_in"), anna, ERR_SIGN_IN_LOCKED));
    EXPECT_ERR(ERR_SIGN_IN_WRONG, world_write(&w, guess, &anna));
    world_close(&w);
}

static enum err
spend(struct ctx *ctx, void *subject)
{
    return lockout_spend(ctx, STR("codes"), *(struct str *)subject, 3, ERR_CODE_TOO_MANY);
}

TEST(what_may_be_asked_for_so_often_is_locked_after_that)
{
    struct world w = world_open();
    struct str shop = STR("203.0.113.5"), other = STR("203.0.113.6");

    for (int i = 0; i < 3; i++)
        EXPECT_OK(world_write(&w, spend, &shop));
    EXPECT_ERR(ERR_CODE_TOO_MANY, world_write(&w, spend, &shop));
    EXPECT_INT(900, w.ctx.retry_after_s);
    EXPECT_OK(world_write(&w, spend, &other));
    world_advance(&w, LOCKOUT_US);
    EXPECT_OK(world_write(&w, spend, &shop));
    world_close(&w);
}

TEST(wrong_guesses_are_forgotten_after_a_while_or_a_right_one)
{
    struct world w = world_open();
    struct str anna = STR("anna@example.org");

    for (int i = 0; i < LOCKOUT_TRIES - 1; i++)
        EXPECT_ERR(ERR_SIGN_IN_WRONG, world_write(&w, guess, &anna));
    world_advance(&w, LOCKOUT_US + CLOCK_SECOND_US);
    for (int i = 0; i < LOCKOUT_TRIES - 1; i++)
        EXPECT_ERR(ERR_SIGN_IN_WRONG, world_write(&w, guess, &anna));
    WORLD_TX(&w) EXPECT_OK(lockout_clear(&w.ctx, STR("sign_in"), anna));
    EXPECT_ERR(ERR_SIGN_IN_WRONG, world_write(&w, guess, &anna));
    world_close(&w);
}

TESTS(RUN(a_member_is_found_by_id_and_by_address_in_any_case), RUN(an_unknown_member_is_refused),
      RUN(an_address_signs_in_to_one_merchant_only),
      RUN(a_member_needs_an_address_and_a_role_that_exists), RUN(each_role_may_what_it_should),
      RUN(a_session_says_who_asks_and_what_they_may),
      RUN(a_session_needs_its_own_csrf_token_to_change_anything),
      RUN(a_key_has_its_own_permissions_and_no_csrf_token),
      RUN(a_token_that_is_not_one_proves_nobody),
      RUN(a_token_ends_when_it_is_due_removed_or_its_holder_is_gone),
      RUN(a_member_who_was_switched_off_proves_nobody),
      RUN(what_a_link_began_ends_when_a_code_proves_who_it_is),
      RUN(erasing_a_customer_ends_their_sessions),
      RUN(what_may_be_asked_for_so_often_is_locked_after_that),
      RUN(using_a_credential_is_noted_and_never_goes_back),
      RUN(the_fifth_wrong_guess_locks_for_a_quarter_of_an_hour),
      RUN(wrong_guesses_are_forgotten_after_a_while_or_a_right_one))
