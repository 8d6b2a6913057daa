/*
 * export — the catalog as a table that spreadsheets open as it is meant, and that can be imported
 * again.
 *
 * UTF-8 with a byte order mark, in the merchant's language: its words in the first line, its
 * decimal sign, and between the fields what its spreadsheets part them by. A row is a variation.
 * What a spreadsheet would take for a formula has an apostrophe in front.
 */
#pragma once
#include "core/catalog/catalog.h"

/* Cost: reads the whole catalog. */
MUST_USE enum err catalog_export(struct ctx *ctx, struct str *text);
