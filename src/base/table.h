/*
 * table — what all who read tables of a spreadsheet or of another shop system share: which column
 * is meant by a name on the first line, and what stands in a cell.
 */
#pragma once
#include "base/csv.h"

/* "Prix TTC (€)" is "prix ttc": folded, with one space for whatever stands between words. */
struct str table_key(struct arena *arena, struct str name);

/* A column, and the names it has, as table_key gives them: a comma in front of each and behind the
 * last. */
struct table_synonyms {
    int column;
    const char *names;
};
/* False when nobody knows the name. */
bool table_find_column(struct arena *arena, const struct table_synonyms *synonyms, int count,
                       struct str name, int *column);

/*
 * A cell without what stands around it; empty where the row has none. An export puts an apostrophe
 * in front of what a spreadsheet would take for a formula: it is taken off.
 */
struct str table_cell(const struct csv_row *row, int place);
bool table_is_empty(const struct csv_row *row);
/* At most so many characters of a text. */
struct str table_cut(struct str text, size_t chars_max);
