/*
 * intake_row — a row of a file of customers, as a customer who could be kept, or what is wrong.
 */
#pragma once
#include "core/customers/customers.h"
#include "core/people/intake_columns.h"

/* What is wrong with a row, or OK. */
struct intake_fault {
    enum err err;
    enum intake_column column; /* INTAKE_NOTHING: the row as a whole */
    struct str value;          /* what stands there, cut to INTAKE_VALUE_CHARS_MAX */
};
enum { INTAKE_VALUE_CHARS_MAX = 80 };

struct intake_row {
    struct customer customer; /* e-mail in its normal form, phone in E.164 */
    bool has_points;
    int64_t points; /* from 0 to PROGRAM_POINTS_MAX */
    bool agrees;    /* to marketing */
    struct intake_fault fault;
};

struct intake_habits {
    struct str country; /* of numbers that tell none, and of how days are written */
    bool is_utf8;       /* or Windows-1252 */
};
/* Reads the cells of a row; the first fault from the left is the one that is told. Needs no
 * database. */
void intake_row_read(struct ctx *ctx, const struct csv_row *cells,
                     const struct intake_columns *columns, const struct intake_habits *habits,
                     struct intake_row *row);
