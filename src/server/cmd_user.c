/* cmd_user — `habitue user`: who may sign in to a merchant, from the command line. */
#include "base/clock.h"
#include "base/hash.h"
#include "core/merchants/merchants.h"
#include "core/team/roster.h"
#include "core/team/second_factor.h"
#include "db/db.h"
#include "server/cmd.h"
#include "server/commands.h"
#include <stdio.h>

static const char usage[] =
    "habitue user list     [--merchant ID]\n"
    "habitue user add      [--merchant ID] --email ADDRESS --name NAME [--role owner]\n"
    "habitue user password [--merchant ID] --email ADDRESS\n"
    "habitue user remove   [--merchant ID] --email ADDRESS\n"
    "habitue user second-factor [--merchant ID] --email ADDRESS\n"
    "second-factor takes it from who has lost their telephone and their recovery codes.\n"
    "Roles: owner, manager, cashier. The password is asked for, or read from standard input.\n";

struct user_wish {
    const char *merchant, *email, *name, *role;
    struct str password_hash;
};

/* The member of this merchant with the wished e-mail address. */
static enum err
find_member(struct ctx *ctx, const struct user_wish *wish, struct team_member *member)
{
    merchant_id wanted = ctx->merchant;

    TRY(team_find_by_email(ctx, str_of(wish->email), member));
    bool same = ctx->merchant.v == wanted.v;
    ctx->merchant = wanted;
    if (!same) return fail(ctx, ERR_TEAM_MEMBER_UNKNOWN, "of another merchant");
    return OK;
}

static enum err
add_user(struct ctx *ctx, void *arg)
{
    const struct user_wish *wish = arg;
    struct team_member member = {
        .email = str_of(wish->email),
        .name = str_of(wish->name),
        .role = str_of(wish->role),
        .password_hash = wish->password_hash,
        .active = true,
    };

    return team_add(ctx, &member);
}

static enum err
change_password(struct ctx *ctx, void *arg)
{
    const struct user_wish *wish = arg;
    struct team_member member;

    TRY(find_member(ctx, wish, &member));
    return roster_change_password(ctx, member.id, wish->password_hash);
}

static enum err
remove_user(struct ctx *ctx, void *arg)
{
    struct team_member member;

    TRY(find_member(ctx, arg, &member));
    return roster_remove_member(ctx, member.id);
}

static enum err
reset_second_factor(struct ctx *ctx, void *arg)
{
    struct team_member member;

    TRY(find_member(ctx, arg, &member));
    return second_factor_reset(ctx, member.id);
}

static enum err
list_users(struct ctx *ctx, void *arg)
{
    struct team_member *members;
    int count;

    (void)arg;
    TRY(roster_list_members(ctx, &members, &count));
    for (int i = 0; i < count; i++) {
        printf("%-8.*s  %-32.*s  %.*s%s\n", STR_ARG(members[i].role), STR_ARG(members[i].email),
               STR_ARG(members[i].name), members[i].active ? "" : "  (inactive)");
    }
    return OK;
}

static const struct user_action {
    const char *name;
    enum err (*run)(struct ctx *ctx, void *arg);
    bool needs_email, needs_name, needs_password;
    const char *done; /* what is said afterwards; NULL: nothing */
} actions[] = {
    {"list", list_users, false, false, false, NULL},
    {"add", add_user, true, true, true, "added"},
    {"password", change_password, true, false, true, "changed; sessions ended"},
    {"remove", remove_user, true, false, false, "removed; sessions ended"},
    {"second-factor", reset_second_factor, true, false, false,
     "second factor removed; sessions ended"},
};

static const struct user_action *
find_action(const char *name)
{
    for (size_t i = 0; name != NULL && i < sizeof actions / sizeof actions[0]; i++) {
        if (strcmp(actions[i].name, name) == 0) return &actions[i];
    }
    return NULL;
}

static enum err
run(struct ctx *ctx, const struct user_action *action, struct user_wish *wish)
{
    TRY(cmd_open_db(ctx));
    TRY(cmd_find_merchant(ctx, wish->merchant));
    return db_tx(ctx, action->run, wish);
}

int
cmd_user(struct ctx *ctx, int argc, char **argv)
{
    struct user_wish wish = {.role = "owner"};
    const char *words[1] = {NULL};
    const struct cmd_flag flags[] = {
        {.name = "--merchant", .into = &wish.merchant},
        {.name = "--email", .into = &wish.email},
        {.name = "--name", .into = &wish.name},
        {.name = "--role", .into = &wish.role},
    };
    struct str password;

    if (!cmd_read_flags(argc, argv, CMD_FLAGS(flags), words, 1)) return CMD_WRONG_USAGE;
    const struct user_action *action = find_action(words[0]);
    if (action == NULL || (action->needs_email && wish.email == NULL) ||
        (action->needs_name && wish.name == NULL)) {
        fputs(usage, stderr);
        return CMD_WRONG_USAGE;
    }
    if (action->needs_password) {
        if (!cmd_read_password(ctx, &password)) return CMD_FAILED;
        enum err err = password_hash(ctx->arena, password, &wish.password_hash);
        if (err != OK) return cmd_tell(ctx, err, "the password could not be hashed");
    }

    enum err err = run(ctx, action, &wish);
    cmd_close_db(ctx);
    if (err != OK) return cmd_tell(ctx, err, action->name);
    if (action->done != NULL) printf("%s: %s\n", wish.email, action->done);
    return CMD_OK;
}
