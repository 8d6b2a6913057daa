/* cmd — see cmd.h. */
#include "server/cmd.h"
#include "base/settings.h"
#include "core/merchants/merchants.h"
#include "db/db.h"
#include "db/migrate.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

enum { PASSWORD_MIN = 8, PASSWORD_MAX = 200 };

static const struct cmd_flag *
find_flag(const struct cmd_flag *flags, int flag_count, const char *text, size_t len)
{
    for (int i = 0; i < flag_count; i++) {
        if (strlen(flags[i].name) == len && memcmp(flags[i].name, text, len) == 0) return &flags[i];
    }
    return NULL;
}

/* Reads the flag at argv[*i], and moves *i past its value. */
static bool
read_flag(int argc, char **argv, int *i, const struct cmd_flag *flags, int flag_count)
{
    const char *text = argv[*i];
    size_t len = strcspn(text, "=");
    const struct cmd_flag *flag = find_flag(flags, flag_count, text, len);

    if (flag == NULL) {
        fprintf(stderr, "habitue %s: there is no flag %.*s\n", argv[0], (int)len, text);
        return false;
    }
    if (flag->given != NULL) {
        if (text[len] != '\0') {
            fprintf(stderr, "habitue %s: %s takes no value\n", argv[0], flag->name);
            return false;
        }
        *flag->given = true;
        return true;
    }
    if (text[len] == '=') {
        *flag->into = text + len + 1;
        return true;
    }
    if (*i + 1 >= argc) {
        fprintf(stderr, "habitue %s: %s needs a value\n", argv[0], flag->name);
        return false;
    }
    *flag->into = argv[++*i];
    return true;
}

bool
cmd_read_flags(int argc, char **argv, const struct cmd_flag *flags, int flag_count,
               const char **words, int words_max)
{
    int word_count = 0;

    for (int i = 1; i < argc; i++) {
        if (strncmp(argv[i], "--", 2) == 0) {
            if (!read_flag(argc, argv, &i, flags, flag_count)) return false;
            continue;
        }
        if (word_count == words_max) {
            fprintf(stderr, "habitue %s: \"%s\" is one word too many\n", argv[0], argv[i]);
            return false;
        }
        words[word_count++] = argv[i];
    }
    return true;
}

bool
cmd_read_number(const char *flag, const char *text, int64_t min, int64_t max, int64_t *number)
{
    char *end;

    if (text == NULL) return true;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || value < min || value > max) {
        fprintf(stderr, "habitue: %s must be a whole number from %" PRId64 " to %" PRId64 "\n",
                flag, min, max);
        return false;
    }
    *number = value;
    return true;
}

enum err
cmd_open_db(struct ctx *ctx)
{
    int ran;

    TRY(db_open(ctx, ctx->settings->db, DB_READ_WRITE, &ctx->db));
    ctx->actor = (struct actor){.kind = ACTOR_SYSTEM};
    return migrate_run(ctx, &ran);
}

void
cmd_close_db(struct ctx *ctx)
{
    if (ctx->db != NULL) db_close(ctx->db);
    ctx->db = NULL;
}

static enum err
choose_merchant(struct ctx *ctx, const struct merchant *merchants, int count)
{
    if (count == 1) {
        ctx->merchant = merchants[0].id;
        return OK;
    }
    if (count == 0) return fail(ctx, ERR_MERCHANT_UNKNOWN, "there is no merchant yet");
    return fail(ctx, ERR_MERCHANT_UNKNOWN, "there are %d; choose with --merchant, such as %.*s",
                count, STR_ARG(id_format(ctx->arena, ID_merchant, merchants[0].id.v)));
}

enum err
cmd_find_merchant(struct ctx *ctx, const char *wanted)
{
    struct merchant *merchants;
    int count;

    TRY(merchants_list(ctx, &merchants, &count));
    if (wanted == NULL) return choose_merchant(ctx, merchants, count);

    for (int i = 0; i < count; i++) {
        struct str id = id_format(ctx->arena, ID_merchant, merchants[i].id.v);

        if (str_is(id, str_of(wanted)) || str_is(merchants[i].name, str_of(wanted))) {
            ctx->merchant = merchants[i].id;
            return OK;
        }
    }
    return fail(ctx, ERR_MERCHANT_UNKNOWN, "none of the %d is %s", count, wanted);
}

int
cmd_tell(const struct ctx *ctx, enum err err, const char *what)
{
    fprintf(stderr, "habitue: %s: %s", what, err_text(err));
    if (ctx->field != NULL) fprintf(stderr, " (%s)", ctx->field);
    if (ctx->detail[0] != '\0') fprintf(stderr, " — %s", ctx->detail);
    fprintf(stderr, "\n");
    return CMD_FAILED;
}

/* Reads one line of standard input, without its end. */
static bool
read_line(struct ctx *ctx, struct str *line)
{
    char text[PASSWORD_MAX + 2];

    if (fgets(text, sizeof text, stdin) == NULL) return false;
    *line = str_copy(ctx->arena, (struct str){text, strcspn(text, "\r\n")});
    return true;
}

static bool
ask_unseen(struct ctx *ctx, const char *question, struct str *answer)
{
    struct termios seen;

    fprintf(stderr, "%s: ", question);
    if (tcgetattr(STDIN_FILENO, &seen) != 0) return false;
    struct termios unseen = seen;
    unseen.c_lflag &= ~(tcflag_t)ECHO;
    if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen) != 0) return false;
    bool answered = read_line(ctx, answer);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &seen);
    fprintf(stderr, "\n");
    return answered;
}

bool
cmd_read_password(struct ctx *ctx, struct str *password)
{
    struct str again;

    if (!isatty(STDIN_FILENO)) {
        if (!read_line(ctx, password)) *password = STR("");
    } else {
        if (!ask_unseen(ctx, "Password", password)) return false;
        if (!ask_unseen(ctx, "The same again", &again)) return false;
        if (!str_is(*password, again)) {
            fprintf(stderr, "habitue: the two are not the same\n");
            return false;
        }
    }
    if (str_chars(*password) < PASSWORD_MIN || password->len > PASSWORD_MAX) {
        fprintf(stderr, "habitue: a password has %d to %d characters\n", PASSWORD_MIN,
                PASSWORD_MAX);
        return false;
    }
    return true;
}
