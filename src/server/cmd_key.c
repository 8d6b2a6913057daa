/* cmd_key — `habitue key`: API keys of a merchant, from the command line. */
#include "base/clock.h"
#include "core/team/roster.h"
#include "db/db.h"
#include "server/cmd.h"
#include "server/commands.h"
#include <stdio.h>

static const char usage[] =
    "habitue key list   [--merchant ID]\n"
    "habitue key add    [--merchant ID] --name NAME [--role owner]\n"
    "habitue key remove [--merchant ID] --id key_…\n"
    "A key may do what a team member of its role may. Its text is shown once.\n";

struct key_wish {
    const char *merchant, *name, *role, *id;
    struct str token; /* filled by add */
};

static enum err
add_key(struct ctx *ctx, void *arg)
{
    struct key_wish *wish = arg;
    struct api_key key = {
        .name = str_of(wish->name),
        .permissions = permissions_of_role(wish->role),
    };

    if (key.permissions == PERM_NOTHING) {
        return fail(ctx, ERR_FIELD_VALUE, "roles are owner, manager and cashier");
    }
    TRY(api_keys_add(ctx, &key));
    wish->token = key.token;
    return OK;
}

static enum err
remove_key(struct ctx *ctx, void *arg)
{
    const struct key_wish *wish = arg;
    api_key_id id;

    TRY(id_parse(ID_api_key, str_of(wish->id), &id.v));
    return roster_remove_key(ctx, id);
}

static enum err
list_keys(struct ctx *ctx, void *arg)
{
    struct roster_key *keys;
    int count;

    (void)arg;
    TRY(roster_list_keys(ctx, &keys, &count));
    for (int i = 0; i < count; i++) {
        struct str used =
            keys[i].used_us == 0 ? STR("never used") : clock_format(ctx->arena, keys[i].used_us);

        printf("%.*s  %-24.*s  %.*s\n", STR_ARG(id_format(ctx->arena, ID_api_key, keys[i].id.v)),
               STR_ARG(keys[i].name), STR_ARG(used));
    }
    return OK;
}

static enum err
run(struct ctx *ctx, struct key_wish *wish, enum err (*action)(struct ctx *ctx, void *arg))
{
    TRY(cmd_open_db(ctx));
    TRY(cmd_find_merchant(ctx, wish->merchant));
    return db_tx(ctx, action, wish);
}

int
cmd_key(struct ctx *ctx, int argc, char **argv)
{
    struct key_wish wish = {.role = "owner"};
    const char *words[1] = {""};
    const struct cmd_flag flags[] = {
        {.name = "--merchant", .into = &wish.merchant},
        {.name = "--name", .into = &wish.name},
        {.name = "--role", .into = &wish.role},
        {.name = "--id", .into = &wish.id},
    };
    enum err (*action)(struct ctx * ctx, void *arg) = NULL;

    if (!cmd_read_flags(argc, argv, CMD_FLAGS(flags), words, 1)) return CMD_WRONG_USAGE;
    if (strcmp(words[0], "list") == 0) action = list_keys;
    if (strcmp(words[0], "add") == 0 && wish.name != NULL) action = add_key;
    if (strcmp(words[0], "remove") == 0 && wish.id != NULL) action = remove_key;
    if (action == NULL) {
        fputs(usage, stderr);
        return CMD_WRONG_USAGE;
    }

    enum err err = run(ctx, &wish, action);
    cmd_close_db(ctx);
    if (err != OK) return cmd_tell(ctx, err, words[0]);
    if (action == add_key) printf("%.*s\n", STR_ARG(wish.token));
    if (action == remove_key) printf("%s: removed\n", wish.id);
    return CMD_OK;
}
