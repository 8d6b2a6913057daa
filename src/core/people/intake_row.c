/* intake_row — see intake_row.h. */
#include "core/people/intake_row.h"
#include "base/email.h"
#include "base/encoding.h"
#include "base/fold.h"
#include "base/json.h"
#include "base/money.h"
#include "base/phone.h"
#include "core/loyalty/programs.h"
#include <stdio.h>

/* One row on its way. */
struct reading {
    struct ctx *ctx;
    const struct intake_habits *habits;
    struct intake_row *row;
    struct str address[INTAKE_COLUMN_COUNT]; /* its parts */
};

static void
note_fault(struct intake_row *row, enum err err, enum intake_column column, struct str value)
{
    if (err == OK || row->fault.err != OK) return;
    row->fault = (struct intake_fault){err, column, table_cut(value, INTAKE_VALUE_CHARS_MAX)};
}

/* ---- texts ---- */

/* Where a text goes, and how long it may be; customers_api.c takes as much. */
static struct str *
text_of(struct reading *reading, enum intake_column column, size_t *chars_max)
{
    struct customer *customer = &reading->row->customer;
    const struct {
        struct str *into;
        size_t chars_max;
    } places[INTAKE_COLUMN_COUNT] = {
        [INTAKE_GIVEN_NAME] = {&customer->given_name, 300},
        [INTAKE_FAMILY_NAME] = {&customer->family_name, 300},
        [INTAKE_COMPANY] = {&customer->company_name, 500},
        [INTAKE_NICKNAME] = {&customer->nickname, 100},
        [INTAKE_REFERENCE] = {&customer->reference_id, 100},
        [INTAKE_ADDRESS_1] = {&reading->address[INTAKE_ADDRESS_1], 500},
        [INTAKE_ADDRESS_2] = {&reading->address[INTAKE_ADDRESS_2], 500},
        [INTAKE_LOCALITY] = {&reading->address[INTAKE_LOCALITY], 500},
        [INTAKE_REGION] = {&reading->address[INTAKE_REGION], 500},
        [INTAKE_POSTCODE] = {&reading->address[INTAKE_POSTCODE], 500},
        [INTAKE_NOTE] = {&customer->note, 4096},
    };

    *chars_max = places[column].chars_max;
    return places[column].into;
}

static void
read_text(struct reading *reading, enum intake_column column, struct str cell)
{
    size_t chars_max;
    struct str *into = text_of(reading, column, &chars_max);

    ASSERT(into != NULL);
    if (into->len > 0) /* a note of several columns */
        cell = str_format(reading->ctx->arena, "%.*s\n%.*s", STR_ARG(*into), STR_ARG(cell));
    if (str_chars(cell) > chars_max) {
        note_fault(reading->row, ERR_FIELD_TOO_LONG, column, cell);
        return;
    }
    *into = cell;
}

static void
read_full_name(struct reading *reading, struct str cell)
{
    const char *space = memchr(cell.at, ' ', cell.len);
    size_t first_len = space == NULL ? cell.len : (size_t)(space - cell.at);

    if (str_chars(cell) > 300) {
        note_fault(reading->row, ERR_FIELD_TOO_LONG, INTAKE_FULL_NAME, cell);
        return;
    }
    reading->row->customer.given_name = (struct str){cell.at, first_len};
    reading->row->customer.family_name =
        str_trim((struct str){cell.at + first_len, cell.len - first_len});
}

/* ---- what has a form ---- */

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Money is no points: "12 €" is refused, and so is half a point. */
static void
read_points(struct reading *reading, struct str cell)
{
    struct intake_row *row = reading->row;
    enum err err = ERR_FIELD_VALUE;

    if (is_digit(cell.at[cell.len - 1]) && is_digit(cell.at[0]))
        err = money_parse(reading->ctx->arena, cell, 0, &row->points);
    else if (cell.at[0] == '-')
        err = ERR_FIELD_RANGE;
    if (err == OK && row->points > PROGRAM_POINTS_MAX) err = ERR_FIELD_RANGE;
    row->has_points = err == OK;
    note_fault(row, err, INTAKE_POINTS, cell);
}

/* The numbers of a day, as they stand; false when these are not two or three. */
static bool
read_numbers(struct str cell, int numbers[static 3], int *count)
{
    int digits = 0;

    *count = 1;
    numbers[0] = numbers[1] = numbers[2] = 0;
    for (size_t i = 0; i < cell.len; i++) {
        char c = cell.at[i];

        if (is_digit(c) && digits < 4) {
            numbers[*count - 1] = numbers[*count - 1] * 10 + (c - '0');
            digits++;
        } else if ((c == '-' || c == '/' || c == '.') && digits > 0 && *count < 3) {
            ++*count;
            digits = 0;
        } else {
            return false;
        }
    }
    return digits > 0 && *count > 1;
}

/*
 * "1991-05-17", "17/05/1991" and, where months are written first, "05/17/1991"; "03-09" is 9 March,
 * as Square writes it, and "09/03" is read as the country reads it.
 */
static void
read_birthday(struct reading *reading, struct str cell)
{
    bool month_first = str_is(reading->habits->country, STR("US"));
    struct str day_text = {cell.at, cell.len < 10 ? cell.len : 10};
    int numbers[3], count, year = 0;
    char text[16];

    /* "1991-05-17 00:00:00" is a day, too. */
    bool has_time = cell.len > 10 && (cell.at[10] == ' ' || cell.at[10] == 'T');
    if (!read_numbers(has_time ? day_text : cell, numbers, &count)) {
        note_fault(reading->row, ERR_FIELD_VALUE, INTAKE_BIRTHDAY, cell);
        return;
    }
    bool year_first = count == 3 && numbers[0] > 31;
    int first = numbers[year_first ? 1 : 0], second = numbers[year_first ? 2 : 1];
    if (count == 3) year = numbers[year_first ? 0 : 2];
    /* "03-09" is Square's, whatever the country. */
    bool is_squares = count == 2 && memchr(cell.at, '-', cell.len) != NULL;
    if (year_first || is_squares) month_first = true;
    int month = month_first ? first : second, day = month_first ? second : first;
    bool is_day = month >= 1 && month <= 12 && day >= 1 && day <= 31 && year <= 9999 &&
                  (count == 2 || year >= 1000);
    snprintf(text, sizeof text, "%04d-%02d-%02d", year % 10000, month % 100, day % 100);
    reading->row->customer.birthday = str_copy(reading->ctx->arena, str_of(text));
    if (!is_day || !customers_is_birthday(reading->row->customer.birthday))
        note_fault(reading->row, ERR_FIELD_VALUE, INTAKE_BIRTHDAY, cell);
}

static void
read_consent(struct reading *reading, struct str cell)
{
    static const char yes[] = ",subscribed,yes,y,true,1,x,oui,o,vrai,inscrit,abonne,si,s,verdadero,"
                              "suscrito,opt in,optin,given,accepte,";
    struct str key = table_key(reading->ctx->arena, cell);
    const char *wanted = str_format(reading->ctx->arena, ",%.*s,", STR_ARG(key)).at;

    reading->row->agrees = key.len > 0 && strstr(yes, wanted) != NULL;
}

static void
read_cell(struct reading *reading, enum intake_column column, struct str cell)
{
    struct customer *customer = &reading->row->customer;
    struct arena *arena = reading->ctx->arena;

    switch (column) {
    case INTAKE_NOTHING:
    case INTAKE_COLUMN_COUNT:
        return;
    case INTAKE_PHONE:
        note_fault(reading->row,
                   phone_parse(arena, cell, reading->habits->country, &customer->phone), column,
                   cell);
        return;
    case INTAKE_EMAIL:
        note_fault(reading->row, email_parse(arena, cell, &customer->email), column, cell);
        return;
    case INTAKE_FULL_NAME:
        read_full_name(reading, cell);
        return;
    case INTAKE_BIRTHDAY:
        read_birthday(reading, cell);
        return;
    case INTAKE_POINTS:
        read_points(reading, cell);
        return;
    case INTAKE_CONSENT:
        read_consent(reading, cell);
        return;
    case INTAKE_GIVEN_NAME:
    case INTAKE_FAMILY_NAME:
    case INTAKE_COMPANY:
    case INTAKE_NICKNAME:
    case INTAKE_REFERENCE:
    case INTAKE_ADDRESS_1:
    case INTAKE_ADDRESS_2:
    case INTAKE_LOCALITY:
    case INTAKE_REGION:
    case INTAKE_POSTCODE:
    case INTAKE_NOTE:
        read_text(reading, column, cell);
        return;
    }
}

/* In Square's shape of an address. */
static void
put_address(struct reading *reading)
{
    static const struct {
        enum intake_column column;
        const char *name;
    } parts[] = {
        {INTAKE_ADDRESS_1, "address_line_1"}, {INTAKE_ADDRESS_2, "address_line_2"},
        {INTAKE_LOCALITY, "locality"},        {INTAKE_REGION, "administrative_district_level_1"},
        {INTAKE_POSTCODE, "postal_code"},
    };
    struct json_out out;
    bool has_any = false;

    json_out_open(&out, reading->ctx->arena);
    json_put_object(&out, NULL);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct str part = reading->address[parts[i].column];

        has_any = has_any || part.len > 0;
        json_put_text_if(&out, parts[i].name, part);
    }
    json_end_object(&out);
    if (has_any) reading->row->customer.address_json = json_out_text(&out);
}

/* False when it is not the text that the file's others are. */
static bool
decode(struct reading *reading, struct str *cell)
{
    if (!reading->habits->is_utf8) *cell = encoding_to_utf8(reading->ctx->arena, *cell);
    return str_is_text(*cell);
}

void
intake_row_read(struct ctx *ctx, const struct csv_row *cells, const struct intake_columns *columns,
                const struct intake_habits *habits, struct intake_row *row)
{
    struct reading reading = {.ctx = ctx, .habits = habits, .row = row};
    const struct customer *customer = &row->customer;

    *row = (struct intake_row){0};
    for (int i = 0; i < columns->count; i++) {
        struct str cell = table_cell(cells, i);

        if (cell.len == 0 || columns->at[i] == INTAKE_NOTHING) continue;
        if (decode(&reading, &cell))
            read_cell(&reading, columns->at[i], cell);
        else
            note_fault(row, ERR_IMPORT_TEXT, columns->at[i], STR(""));
    }
    put_address(&reading);
    for (int i = columns->count; i < cells->count; i++) {
        struct str cell = table_cell(cells, i);
        if (cell.len > 0) note_fault(row, ERR_IMPORT_ROW, INTAKE_NOTHING, STR(""));
    }
    if (customer->phone.len + customer->email.len + customer->reference_id.len == 0)
        note_fault(row, ERR_IMPORT_NOBODY, INTAKE_NOTHING, STR(""));
}
