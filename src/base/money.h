/*
 * money — an amount as people and spreadsheets write it: "1 250,50 €", "$1,250.5", "12".
 *
 * Of a point and a comma in one amount the later one is in front of the decimals. One of them
 * alone, with exactly three digits behind it and one to three before, parts thousands: "1,250" is
 * twelve hundred and fifty; unless the number begins with 0. Spaces of all widths and apostrophes
 * part thousands, too. Groups have three digits, and one kind of sign between them.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"

#define MONEY_MAX INT64_C(1000000000000)

/*
 * Reads an amount of a currency with so many decimals, in its smallest unit. A currency's sign, or
 * its three letters, may stand before or behind. Decimals past the currency's must be zeros.
 *
 * Requires: 0 to 4 decimals
 * Errors:   ERR_FIELD_VALUE   anything else
 *           ERR_FIELD_RANGE   less than nothing, or more than MONEY_MAX
 */
MUST_USE enum err money_parse(struct arena *arena, struct str text, int decimals, int64_t *minor);
