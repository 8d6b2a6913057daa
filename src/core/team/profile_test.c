/* profile_test — what members set up for themselves, and how they come to another e-mail address.
 */
#include "base/clock.h"
#include "core/outbox/outbox.h"
#include "core/team/profile.h"
#include "core/team/roster.h"
#include "support/test.h"
#include "support/world.h"

struct desk {
    struct world w;
    struct team_member maud;
};

static struct team_member
add_member(struct world *w, const char *email)
{
    struct team_member member = {.email = str_of(email),
                                 .name = STR("Maud"),
                                 .role = STR("cashier"),
                                 .password_hash = STR("hash"),
                                 .active = true};

    WORLD_TX(w) EXPECT_OK(team_add(&w->ctx, &member));
    return member;
}

static struct desk
open_desk(void)
{
    struct desk desk = {.w = world_open()};

    world_settings(&desk.w)->demo = 1; /* or nothing could leave */
    desk.maud = add_member(&desk.w, "maud@comptoir.example");
    return desk;
}

static struct profile
profile_of(struct desk *desk)
{
    struct profile profile;

    EXPECT_OK(profile_find(&desk->w.ctx, desk->maud.id, &profile));
    return profile;
}

/* ---- name, language, zone ---- */

struct changing {
    team_member_id member;
    struct profile_change change;
};

static enum err
change(struct ctx *ctx, void *arg)
{
    const struct changing *changing = arg;

    return profile_change(ctx, changing->member, &changing->change);
}

static enum err
try_change(struct desk *desk, struct profile_change wish)
{
    return world_write(&desk->w, change, &(struct changing){desk->maud.id, wish});
}

TEST(what_is_set_up_is_kept_and_what_is_not_told_stays)
{
    struct desk desk = open_desk();
    struct team_member found;

    EXPECT_STR("", profile_of(&desk).language);
    EXPECT_OK(try_change(&desk, (struct profile_change){.name = STR(" Maud C. "),
                                                        .changes_language = true,
                                                        .language = STR("es"),
                                                        .changes_time_zone = true,
                                                        .time_zone = STR("Europe/Madrid")}));
    EXPECT_STR("es", profile_of(&desk).language);
    EXPECT_STR("Europe/Madrid", profile_of(&desk).time_zone);
    EXPECT_OK(team_find(&desk.w.ctx, desk.maud.id, &found));
    EXPECT_STR("Maud C.", found.name);
    EXPECT_OK(try_change(&desk, (struct profile_change){.changes_time_zone = true}));
    EXPECT_STR("", profile_of(&desk).time_zone); /* the merchant's again */
    EXPECT_STR("es", profile_of(&desk).language);
    world_close(&desk.w);
}

TEST(a_language_a_zone_or_a_name_that_is_none_is_refused)
{
    struct desk desk = open_desk();
    const struct profile_change bad[] = {
        {.name = STR("   ")},
        {.changes_language = true, .language = STR("de")},
        {.changes_language = true, .language = STR("fr-CH")},
        {.changes_time_zone = true, .time_zone = STR("Europe/Atlantis")},
    };
    const char *const fields[] = {"name", "language", "language", "time_zone"};

    for (int i = 0; i < 4; i++) {
        EXPECT_ERR(ERR_FIELD_VALUE, try_change(&desk, bad[i]));
        EXPECT_STR(fields[i], str_of(desk.w.ctx.field));
    }
    desk.maud.id.v = 5;
    EXPECT_ERR(ERR_TEAM_MEMBER_UNKNOWN, try_change(&desk, (struct profile_change){0}));
    world_close(&desk.w);
}

/* ---- the picture ---- */

static enum err
change_photo(struct ctx *ctx, void *arg)
{
    struct desk *desk = arg;
    const struct str png = STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR and more");
    struct file file;

    TRY(files_parse(ctx, png, &file));
    return profile_change_photo(ctx, desk->maud.id, png, &file);
}

static enum err
remove_photo(struct ctx *ctx, void *arg)
{
    return profile_remove_photo(ctx, ((struct desk *)arg)->maud.id);
}

static enum err
find_file(struct desk *desk, file_id id)
{
    struct file file;

    return files_find(&desk->w.ctx, id, &file);
}

TEST(a_picture_is_kept_once_and_goes_with_its_member)
{
    struct desk desk = open_desk();

    EXPECT_OK(world_write(&desk.w, remove_photo, &desk)); /* there is none */
    EXPECT_OK(world_write(&desk.w, change_photo, &desk));
    file_id first = profile_of(&desk).photo;
    EXPECT_OK(find_file(&desk, first));
    EXPECT_OK(world_write(&desk.w, change_photo, &desk));
    EXPECT_INT(first.v, profile_of(&desk).photo.v);
    EXPECT_OK(world_write(&desk.w, remove_photo, &desk));
    EXPECT_INT(0, profile_of(&desk).photo.v);
    EXPECT_ERR(ERR_FILE_UNKNOWN, find_file(&desk, first));

    EXPECT_OK(world_write(&desk.w, change_photo, &desk));
    file_id second = profile_of(&desk).photo;
    WORLD_TX(&desk.w) EXPECT_OK(roster_remove_member(&desk.w.ctx, desk.maud.id));
    EXPECT_ERR(ERR_FILE_UNKNOWN, find_file(&desk, second));
    world_close(&desk.w);
}

/* ---- another e-mail address ---- */

struct email_try {
    team_member_id member;
    struct str text;
};

static enum err
begin(struct ctx *ctx, void *arg)
{
    const struct email_try *tried = arg;
    struct email_change found;

    return email_change_begin(ctx, tried->member, tried->text, &found);
}

static enum err
confirm(struct ctx *ctx, void *arg)
{
    const struct email_try *tried = arg;

    return email_change_confirm(ctx, tried->member, tried->text);
}

static enum err
try_begin(struct desk *desk, const char *email)
{
    return world_write(&desk->w, begin, &(struct email_try){desk->maud.id, str_of(email)});
}

static enum err
try_code(struct desk *desk, struct str code)
{
    return world_write(&desk->w, confirm, &(struct email_try){desk->maud.id, code});
}

static struct outbox_message
last_message(struct desk *desk)
{
    struct outbox_message *messages;
    int count;

    EXPECT_OK(outbox_list(&desk->w.ctx, (message_id){0}, 1, &messages, &count));
    EXPECT_INT(1, count);
    return messages[0];
}

/* A subject begins with the code. */
static struct str
code_sent(struct desk *desk)
{
    return (struct str){last_message(desk).subject.at, 6};
}

static int
count_messages(struct desk *desk)
{
    struct outbox_message *messages;
    int count;

    EXPECT_OK(outbox_list(&desk->w.ctx, (message_id){0}, 100, &messages, &count));
    return count;
}

TEST(a_code_proves_the_new_address_and_the_old_one_is_told)
{
    struct desk desk = open_desk();
    struct team_member found;
    struct email_change under_way;

    EXPECT_OK(try_begin(&desk, " Maud@Maison.example"));
    EXPECT_STR("maud@maison.example", last_message(&desk).address);
    EXPECT_OK(email_change_find(&desk.w.ctx, desk.maud.id, &under_way));
    EXPECT_STR("maud@maison.example", under_way.email);
    EXPECT_OK(team_find(&desk.w.ctx, desk.maud.id, &found));
    EXPECT_STR("maud@comptoir.example", found.email); /* nothing changed yet */

    struct str code = code_sent(&desk);
    EXPECT_OK(try_code(&desk, code));
    EXPECT_OK(team_find(&desk.w.ctx, desk.maud.id, &found));
    EXPECT_STR("maud@maison.example", found.email);
    EXPECT_STR("maud@comptoir.example", last_message(&desk).address);
    EXPECT_STR("email_changed", last_message(&desk).purpose);
    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&desk, code));
    EXPECT_OK(email_change_find(&desk.w.ctx, desk.maud.id, &under_way));
    EXPECT_STR("", under_way.email);
    world_close(&desk.w);
}

TEST(the_language_of_a_letter_is_its_readers)
{
    struct desk desk = open_desk();

    EXPECT_OK(try_change(&desk,
                         (struct profile_change){.changes_language = true, .language = STR("en")}));
    EXPECT_OK(try_begin(&desk, "maud@maison.example"));
    EXPECT_STR("en", last_message(&desk).language);
    EXPECT_TRUE(strstr(str_z(desk.w.ctx.arena, last_message(&desk).subject), "your code"));
    world_close(&desk.w);
}

TEST(a_wrong_code_is_counted_and_the_fifth_ends_it)
{
    struct desk desk = open_desk();

    EXPECT_OK(try_begin(&desk, "maud@maison.example"));
    struct str code = code_sent(&desk);
    for (int i = 0; i < EMAIL_CHANGE_TRIES - 1; i++)
        EXPECT_ERR(ERR_CODE_WRONG, try_code(&desk, STR("no code")));
    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&desk, STR("no code")));
    EXPECT_STR("code", str_of(desk.w.ctx.field));
    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&desk, code));
    world_close(&desk.w);
}

TEST(a_code_ends_with_its_time_or_with_the_next_one)
{
    struct desk desk = open_desk();

    EXPECT_OK(try_begin(&desk, "maud@maison.example"));
    EXPECT_OK(try_begin(&desk, "maud@maison.example")); /* a double tap */
    EXPECT_INT(1, count_messages(&desk));
    struct str first = code_sent(&desk);
    EXPECT_OK(try_begin(&desk, "maud@ailleurs.example"));
    EXPECT_INT(2, count_messages(&desk));
    struct str second = code_sent(&desk);
    if (!str_is(first, second)) EXPECT_ERR(ERR_CODE_WRONG, try_code(&desk, first));
    world_advance(&desk.w, EMAIL_CHANGE_KEEP_US);
    EXPECT_ERR(ERR_CODE_EXPIRED, try_code(&desk, second));
    int64_t forgotten;
    world_advance(&desk.w, 1);
    WORLD_TX(&desk.w) EXPECT_OK(email_change_forget(&desk.w.ctx, 10, &forgotten));
    EXPECT_INT(1, forgotten);
    world_close(&desk.w);
}

TEST(an_address_that_signs_in_somewhere_is_taken)
{
    struct desk desk = open_desk();
    merchant_id merchant = desk.w.ctx.merchant;

    EXPECT_ERR(ERR_EMAIL_INVALID, try_begin(&desk, "maud"));
    EXPECT_ERR(ERR_EMAIL_TAKEN, try_begin(&desk, "MAUD@comptoir.example")); /* her own */
    desk.w.ctx.merchant = world_add_merchant(&desk.w);
    add_member(&desk.w, "hugo@other.example");
    desk.w.ctx.merchant = merchant;
    EXPECT_ERR(ERR_EMAIL_TAKEN, try_begin(&desk, "hugo@other.example"));
    EXPECT_STR("email", str_of(desk.w.ctx.field));
    EXPECT_INT(merchant.v, desk.w.ctx.merchant.v);

    EXPECT_OK(try_begin(&desk, "zoe@other.example"));
    struct str code = code_sent(&desk);
    desk.w.ctx.merchant = world_add_merchant(&desk.w);
    add_member(&desk.w, "zoe@other.example"); /* meanwhile */
    desk.w.ctx.merchant = merchant;
    EXPECT_ERR(ERR_EMAIL_TAKEN, try_code(&desk, code));
    world_close(&desk.w);
}

TEST(codes_are_not_asked_for_without_end)
{
    struct desk desk = open_desk();

    for (int i = 0; i < 5; i++) {
        world_advance(&desk.w, EMAIL_CHANGE_RESEND_US);
        EXPECT_OK(try_begin(&desk, "maud@maison.example"));
    }
    world_advance(&desk.w, EMAIL_CHANGE_RESEND_US);
    EXPECT_ERR(ERR_CODE_TOO_MANY, try_begin(&desk, "maud@maison.example"));
    world_close(&desk.w);
}

TEST(where_no_emails_are_sent_the_address_stays)
{
    struct desk desk = open_desk();

    world_settings(&desk.w)->demo = 0;
    EXPECT_ERR(ERR_CHANNEL_OFF, try_begin(&desk, "maud@maison.example"));
    world_close(&desk.w);
}

TESTS(RUN(what_is_set_up_is_kept_and_what_is_not_told_stays),
      RUN(a_language_a_zone_or_a_name_that_is_none_is_refused),
      RUN(a_picture_is_kept_once_and_goes_with_its_member),
      RUN(a_code_proves_the_new_address_and_the_old_one_is_told),
      RUN(the_language_of_a_letter_is_its_readers),
      RUN(a_wrong_code_is_counted_and_the_fifth_ends_it),
      RUN(a_code_ends_with_its_time_or_with_the_next_one),
      RUN(an_address_that_signs_in_somewhere_is_taken), RUN(codes_are_not_asked_for_without_end),
      RUN(where_no_emails_are_sent_the_address_stays))
