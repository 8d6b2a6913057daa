/*
 * settings — reading what base/settings.h holds: flags, environment, file and defaults.
 *
 * The table in settings.c is the only list: a row there is a flag (--queue-max), a variable
 * (HABITUE_QUEUE_MAX), a line of the file (queue_max = 5000) and a line of the help.
 */
#pragma once
#include "base/settings.h"

/*
 * Fills the settings, and takes their flags out of the arguments: *argc and argv keep the rest.
 * Gives:    texts that live in ctx's arena or in the arguments
 * Errors:   ERR_SETTING_WRONG   with what is wrong in the detail
 */
MUST_USE enum err settings_read(struct ctx *ctx, int *argc, char **argv, struct settings *settings);

/* Reads the server key from its file, made with a random key (mode 0600) when absent.
 * Errors:   ERR_FILE_FAILED     it can be neither read nor made
 *           ERR_SETTING_WRONG   it holds something else */
MUST_USE enum err settings_read_key(struct ctx *ctx, struct settings *settings);

/* Prints the table, for `habitue help settings`. */
void settings_print(void);
