/*
 * programs_close — how a program ends.
 *
 * It is deleted in two steps. While it closes, it earns nothing, and its rewards can still be taken
 * and used, until the day that the merchant told its customers. Then a job expires what is left of
 * its points, account by account, and it is closed: its history stays, and so do rewards that were
 * taken. Until that day all of it can be taken back.
 *
 * The main program of a merchant is one that goes on: when it begins to close, the oldest that does
 * not is the main one. When none is left there is none, and what asks for it finds
 * ERR_PROGRAM_UNKNOWN.
 */
#pragma once
#include "core/loyalty/programs.h"

enum { PROGRAM_CLOSING_DAYS = 90 /* that customers have, unless the merchant tells others */ };

/*
 * Begins to delete a program (0: the main one), or tells another last day of its points
 * (points_until, of zone.h, where the merchant is).
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_PROGRAM_UNKNOWN
 *           ERR_PROGRAM_CLOSED   what is left of its points has begun to expire
 *           ERR_FIELD_RANGE      a day that is over, or more than PROGRAM_DAYS_MAX away
 */
MUST_USE enum err programs_close(struct ctx *ctx, program_id id, int64_t points_until,
                                 struct program *program);
/*
 * Takes it back: the program is as it was, but not the main one again if another became it.
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_PROGRAM_UNKNOWN, ERR_PROGRAM_CLOSED
 */
MUST_USE enum err programs_reopen(struct ctx *ctx, program_id id, struct program *program);
/*
 * Expires what is left in the next accounts of programs whose time is over, at most max of them,
 * and closes the program behind its last account. Gives *more: there may be others.
 * Within:   a write batch
 * Repeat:   goes on
 */
MUST_USE enum err programs_empty_closing(struct ctx *ctx, int max, bool *more);
