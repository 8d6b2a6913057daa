/* programs_close_store — the SQL of ending programs. For this module only. */
#pragma once
#include "core/loyalty/programs.h"

/* closing_us 0: it does not close. */
MUST_USE enum err programs_store_set_closing(struct ctx *ctx, program_id id, int64_t closing_us);
/* Closed now, and main no more. */
MUST_USE enum err programs_store_set_closed(struct ctx *ctx, program_id id);

/* One whose time is over, and how far it is emptied; id 0: there is none. */
struct closing_program {
    program_id id;
    account_id emptied;
};
MUST_USE enum err programs_store_find_closing(struct ctx *ctx, struct closing_program *closing);
/* Its next accounts, with points left or not: what is read is what is gone through. */
MUST_USE enum err programs_store_list_left(struct ctx *ctx, const struct closing_program *closing,
                                           int max, account_id **accounts, int *count);
MUST_USE enum err programs_store_note_emptied(struct ctx *ctx, program_id id, account_id account);
