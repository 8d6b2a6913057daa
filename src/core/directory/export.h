/*
 * export — customers as rows of a table that spreadsheets open as it is meant.
 *
 * UTF-8 with a byte order mark, in the merchant's language: its words in the first line, its
 * decimal sign, and between the fields what its spreadsheets part them by. What a spreadsheet
 * would take for a formula has an apostrophe in front.
 */
#pragma once
#include "core/customers/customers.h"

enum export_part { EXPORT_BEGINS /* with the first line */, EXPORT_GOES_ON };
/* The rows of these customers; those who are gone are left out.
 * Cost: a few looks by key for each */
MUST_USE enum err export_rows(struct ctx *ctx, enum export_part part, const customer_id *customers,
                              int count, struct str *rows);
