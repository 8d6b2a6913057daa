/*
 * phone — numbers as people write them, to E.164 and back. libphonenumber behind a C++ shim.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"

struct arena;

enum { PHONE_INPUT_MAX = 40, PHONE_E164_MAX = 16 };

/*
 * Reads a number as written in a region ("06 12 34 56 78" in "FR").
 * Gives:    "+33612345678" in the arena
 * Errors:   ERR_PHONE_NUMBER_INVALID   not a number that a telephone could have
 */
MUST_USE enum err phone_parse(struct arena *arena, struct str text, struct str region,
                              struct str *e164);
