/*
 * cmd — what the commands share: their flags, their database, how they say that something failed.
 */
#pragma once
#include "base/ctx.h"

enum { CMD_OK = 0, CMD_FAILED = 1, CMD_WRONG_USAGE = 2 };

/* A flag of one command: with a value (into) or without (given). Settings' flags are not here. */
struct cmd_flag {
    const char *name; /* "--merchant" */
    const char **into;
    bool *given;
};

/*
 * Reads a command's arguments: "--name value", "--name=value" and words; at most words_max of the
 * latter, put in words (NULL where there is none). What is wrong is said on standard error.
 */
MUST_USE bool cmd_read_flags(int argc, char **argv, const struct cmd_flag *flags, int flag_count,
                             const char **words, int words_max);
#define CMD_FLAGS(array) (array), (int)(sizeof(array) / sizeof((array)[0]))

/*
 * Reads a whole number within limits; what is wrong is said on standard error.
 * An absent text (NULL) leaves *number as it is.
 */
MUST_USE bool cmd_read_number(const char *flag, const char *text, int64_t min, int64_t max,
                              int64_t *number);

/* Opens the database of the settings into ctx->db, and brings its schema up to date. */
MUST_USE enum err cmd_open_db(struct ctx *ctx);
void cmd_close_db(struct ctx *ctx);

/*
 * Finds the merchant that a command works on, into ctx->merchant: by id ("mer_…") or whole name;
 * without one (NULL) the only merchant there is.
 * Errors:   ERR_MERCHANT_UNKNOWN   none or several fit; the detail says which there are
 */
MUST_USE enum err cmd_find_merchant(struct ctx *ctx, const char *wanted);

/* Says on standard error what failed and why. Gives CMD_FAILED. */
int cmd_tell(const struct ctx *ctx, enum err err, const char *what);

/*
 * Reads a password of at least 8 characters: asked twice, unseen, from a terminal; otherwise the
 * first line of standard input. Never an argument, which other users of the machine could see.
 */
MUST_USE bool cmd_read_password(struct ctx *ctx, struct str *password);
