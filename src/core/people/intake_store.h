/* intake_store — the rows of intake.h. For this module only. */
#pragma once
#include "core/people/intake.h"

MUST_USE enum err intake_store_add(struct ctx *ctx, const struct intake *intake);
/* All that may change, but what it found: passes. */
MUST_USE enum err intake_store_change(struct ctx *ctx, const struct intake *intake);
/* With its passes. Errors: ERR_IMPORT_UNKNOWN */
MUST_USE enum err intake_store_find(struct ctx *ctx, intake_id id, struct intake *intake);
MUST_USE enum err intake_store_list(struct ctx *ctx, int limit, struct intake **intakes,
                                    int *count);
/*
 * The oldest that a job has something to do for: one that is read, checked, taken in, or over and
 * not cleared; or that nobody touched since then. id 0: none.
 */
MUST_USE enum err intake_store_find_open(struct ctx *ctx, int64_t untouched_since_us,
                                         intake_id *id);
/* One whose refused rows were kept for long enough. id 0: none. */
MUST_USE enum err intake_store_find_kept(struct ctx *ctx, intake_id *id);
/* All that are over are no longer kept. */
MUST_USE enum err intake_store_end_keeping(struct ctx *ctx);
/* What rows of this file and program are known as; 0: it is the first of them. */
MUST_USE enum err intake_store_find_source(struct ctx *ctx, const struct intake *intake,
                                           int64_t *source);
MUST_USE enum err intake_store_put_pass(struct ctx *ctx, intake_id id, enum intake_pass_kind kind,
                                        const struct intake_pass *pass);

/* ---- keys of rows ---- */
/* line 0: no row has it yet. */
MUST_USE enum err intake_store_find_key(struct ctx *ctx, const struct intake *intake, int64_t hash,
                                        int64_t *line);
MUST_USE enum err intake_store_add_key(struct ctx *ctx, const struct intake *intake, int64_t hash,
                                       int64_t line);
MUST_USE enum err intake_store_remove_keys(struct ctx *ctx, intake_id id, int max,
                                           int64_t *removed);

/* ---- rows that were taken ---- */
MUST_USE enum err intake_store_has_row(struct ctx *ctx, int64_t source, int64_t line, bool *has);
MUST_USE enum err intake_store_has_customer(struct ctx *ctx, int64_t source, customer_id customer,
                                            bool *has);
struct intake_taken {
    int64_t source, line;
    customer_id customer;
};
MUST_USE enum err intake_store_add_row(struct ctx *ctx, const struct intake_taken *taken);

/* ---- what columns were said to be ---- */
/* Empty: no file had this first line. */
MUST_USE enum err intake_store_find_columns(struct ctx *ctx, const uint8_t header[static HASH_LEN],
                                            struct str *columns);
MUST_USE enum err intake_store_put_columns(struct ctx *ctx, const uint8_t header[static HASH_LEN],
                                           struct str columns);
