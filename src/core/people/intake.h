/*
 * intake — customers and their points, taken in from a file of another system.
 *
 * A file comes in parts, and is looked at once; whoever uploads it says what its columns are; a job
 * goes through it to tell what it would do, and again to do it, each time in small steps that go on
 * where they were when the server stops. A row is a customer: found by telephone, e-mail address or
 * reference, in this order, or new. Of somebody who is here already nothing is replaced: what is
 * not known of them yet is added. Points are added to the balance, or become it, by an event of the
 * ledger with the reason "import", whose author is who began the import.
 *
 * A row that cannot be taken is refused with its column and a reason, and given back in a table;
 * the others are taken all the same. A file's row is taken once, for ever: the same file, uploaded
 * again, gives nobody anything twice.
 *
 * Invariants, checked by the tests:
 *   1. of the rows read, each is counted once: new, found, taken before, twice in the file,
 * refused;
 *   2. on the accounts of the rows taken, points before and those moved are the points after: asked
 *      of the ledger in the same transaction, and by a CHECK.
 */
#pragma once
#include "base/hash.h"
#include "core/files/files.h"
#include "core/people/intake_columns.h"
#include "core/people/intake_row.h"

enum {
    INTAKE_SIZE_MAX = 256 << 20, /* bytes */
    INTAKE_PART_LEN = FILES_CHUNK_LEN,
    INTAKE_ROWS_MAX = 1000000,
    INTAKE_NAME_CHARS_MAX = 255, /* of a file; and of how customers agreed */
    INTAKE_LIST_MAX = 20,
    INTAKE_SAMPLES_MAX = 5,
};

enum intake_state {
    INTAKE_UPLOADING,
    INTAKE_READING, /* it is all here: its hash and its encoding are found out */
    INTAKE_READY,
    INTAKE_CHECKING,
    INTAKE_CHECKED,
    INTAKE_RUNNING,
    INTAKE_DONE,
    INTAKE_CANCELED,
    INTAKE_FAILED, /* see failure */
    INTAKE_STATE_COUNT
};
const char *intake_state_name(enum intake_state state); /* "uploading" */
bool intake_is_over(enum intake_state state);

enum intake_mode { INTAKE_ADD, INTAKE_REPLACE, INTAKE_MODE_COUNT };
const char *intake_mode_name(enum intake_mode mode); /* "add" */

enum intake_pass_kind { INTAKE_CHECK, INTAKE_RUN, INTAKE_PASS_COUNT };

/* Going through the file once: how far, and what was found or done. */
struct intake_pass {
    int64_t at, lines; /* what is before is done */
    int64_t rows;      /* the sum of the next seven */
    int64_t added, by_phone, by_email, by_reference, again, twice, refused;
    int64_t points; /* that the rows tell which are taken */
    int64_t points_before, points_moved, points_after;
};

struct intake {
    intake_id id;
    enum intake_state state;
    struct str name; /* the file's */
    file_id file, refused;
    int64_t size, received, refused_size; /* bytes */
    int64_t refused_until_us;             /* 0: not yet known */
    bool has_sha256, is_utf8;
    uint8_t sha256[HASH_LEN];
    struct str columns; /* see intake_columns.h */
    enum intake_mode mode;
    program_id program; /* 0: no points are in it */
    struct str country;
    struct str consent; /* how customers agreed to marketing; empty: that is not taken in */
    int64_t source;     /* the first import of the same file into the same program */
    int64_t round;      /* how often it was checked */
    struct str failure; /* an error's name */
    bool cleared;
    enum actor_kind actor_kind;
    int64_t actor;
    int64_t created_us, updated_us;
    struct intake_pass passes[INTAKE_PASS_COUNT];
};

/* ---- a file comes ---- */
/*
 * Begins one of a name and a size, which are told.
 * Within:   a transaction
 * Errors:   ERR_FIELD_RANGE   size: less than a byte, or more than INTAKE_SIZE_MAX
 */
MUST_USE enum err intake_add(struct ctx *ctx, struct intake *intake);
/*
 * Takes a part, counted from 0: INTAKE_PART_LEN bytes, the last one what is left.
 * Within:   a transaction
 * Repeat:   harmless
 * Errors:   ERR_IMPORT_UNKNOWN
 *           ERR_IMPORT_STATE   it is not being uploaded any more
 *           ERR_IMPORT_PART    one before it is missing, or it has another length
 */
MUST_USE enum err intake_add_part(struct ctx *ctx, intake_id id, int64_t number, struct str bytes,
                                  struct intake *intake);
/* Errors: ERR_IMPORT_UNKNOWN */
MUST_USE enum err intake_find(struct ctx *ctx, intake_id id, struct intake *intake);
/* The newest INTAKE_LIST_MAX, the newest first. */
MUST_USE enum err intake_list(struct ctx *ctx, struct intake **intakes, int *count);

/* What the file looks like: its first line and a few below, as UTF-8. */
struct intake_sample {
    struct csv_row header, rows[INTAKE_SAMPLES_MAX];
    int row_count;
    struct intake_columns guess; /* as they were said of the last file with this first line, */
    bool is_known;               /* or by their names */
};
/* Requires: it is ready, checked, or has begun, and is not over (asserted) */
MUST_USE enum err intake_look(struct ctx *ctx, const struct intake *intake,
                              struct intake_sample *sample);

/* ---- what becomes of it ---- */
struct intake_choice {
    struct str columns;
    enum intake_mode mode;
    program_id program; /* 0: main; not looked at when no column is points */
    struct str country; /* empty: the merchant's */
    struct str consent;
};
/*
 * Begins to find out what it would do.
 * Within:   a transaction
 * Repeat:   checks it once more
 * Errors:   ERR_IMPORT_UNKNOWN
 *           ERR_IMPORT_STATE   it is neither ready nor checked
 *           ERR_FIELD_VALUE    columns: see intake_columns_parse; country: not two letters
 *           ERR_PROGRAM_UNKNOWN, ERR_PROGRAM_INACTIVE
 */
MUST_USE enum err intake_begin_check(struct ctx *ctx, intake_id id,
                                     const struct intake_choice *choice, struct intake *intake);
/*
 * Begins to take it in.
 * Within:   a transaction
 * Errors:   ERR_IMPORT_UNKNOWN
 *           ERR_IMPORT_STATE   it is not checked
 */
MUST_USE enum err intake_begin_run(struct ctx *ctx, intake_id id, struct intake *intake);
/*
 * Ends it. What was taken in stays; the same file takes in the rest.
 * Within:   a transaction
 * Errors:   ERR_IMPORT_UNKNOWN
 *           ERR_IMPORT_STATE   it is over
 */
MUST_USE enum err intake_cancel(struct ctx *ctx, intake_id id, struct intake *intake);

/* The first rows that were refused, as they are told in the table of all of them. */
struct intake_refusal {
    struct str line, column, code, value;
};
enum { INTAKE_REFUSALS_MAX = 50 };
MUST_USE enum err intake_list_refusals(struct ctx *ctx, const struct intake *intake,
                                       struct intake_refusal **refusals, int *count);
/*
 * The part of erasing a customer that is this module's: rows that were refused are forgotten, since
 * nobody knows whose they are. Within: a transaction. Repeat: harmless
 */
MUST_USE enum err intake_erase_customers(struct ctx *ctx);

/* ---- for the job: what is open goes one step on ---- */
struct intake_step;
/* Within: a snapshot. Gives: NULL when there is nothing to do. */
MUST_USE enum err intake_prepare_step(struct ctx *ctx, struct intake_step **step);
/*
 * Within:   a write batch
 * Repeat:   harmless: what was prepared from what is no longer there is dropped
 */
MUST_USE enum err intake_take_step(struct ctx *ctx, const struct intake_step *step, bool *more);
