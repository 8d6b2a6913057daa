/*
 * intake_columns — what a column of a file of customers may be, and what it seems to be by its
 * name.
 *
 * Names are known as Square, loyalty systems and people's own tables write them, in French, English
 * and Spanish. What is said of a file's columns is one text, "phone,,points": a name for each of
 * them, empty for those that are left out.
 */
#pragma once
#include "base/ctx.h"
#include "base/table.h"

enum intake_column {
    INTAKE_NOTHING,
    INTAKE_GIVEN_NAME,
    INTAKE_FAMILY_NAME,
    INTAKE_FULL_NAME, /* "Inès Morel": the first word is the given name */
    INTAKE_COMPANY,
    INTAKE_NICKNAME,
    INTAKE_PHONE,
    INTAKE_EMAIL,
    INTAKE_REFERENCE, /* the number that another system knows them by */
    INTAKE_BIRTHDAY,
    INTAKE_ADDRESS_1,
    INTAKE_ADDRESS_2,
    INTAKE_LOCALITY,
    INTAKE_REGION,
    INTAKE_POSTCODE,
    INTAKE_NOTE, /* the only one that several columns may be */
    INTAKE_POINTS,
    INTAKE_CONSENT, /* to marketing */
    INTAKE_COLUMN_COUNT
};
const char *intake_column_name(enum intake_column column); /* "given_name"; "" of nothing */

struct intake_columns {
    enum intake_column at[CSV_FIELDS_MAX];
    int count;
};

/* What the columns of a first line seem to be. */
void intake_columns_guess(struct ctx *ctx, const struct csv_row *header,
                          struct intake_columns *columns);
/*
 * Errors: ERR_FIELD_VALUE   not a name; one that only one column may be, twice; too many. Nothing
 *                           by which somebody is known again: a number, an address or a reference
 */
MUST_USE enum err intake_columns_parse(struct ctx *ctx, struct str text,
                                       struct intake_columns *columns);
struct str intake_columns_format(struct ctx *ctx, const struct intake_columns *columns);
bool intake_columns_have(const struct intake_columns *columns, enum intake_column column);
