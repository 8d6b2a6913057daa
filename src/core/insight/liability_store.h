/* liability_store — the statements of liability.h. For this module only. */
#pragma once
#include "core/insight/liability.h"

/* How one unit's balances moved on one day. */
struct liability_row {
    int64_t unit; /* program id; below LIABILITY_CURRENCY_END a currency's number */
    int64_t day;
    struct liability_flows flows;
    int64_t owed, pending; /* their growth */
};
enum { LIABILITY_CURRENCY_END = 1000 };

struct liability_rows {
    struct liability_row *at; /* by unit and day, each once */
    int count;
};

struct liability_mark {
    int64_t seq; /* 0: nothing is counted */
    struct str zone;
    bool exists;
};
MUST_USE enum err liability_store_find_mark(struct ctx *ctx, struct liability_mark *mark);
/* Moves the mark, when it is still as it was; anew: the days were another zone's, and go. */
MUST_USE enum err liability_store_move_mark(struct ctx *ctx, const struct liability_mark *before,
                                            const struct liability_mark *after, bool *moved);
MUST_USE enum err liability_store_forget_days(struct ctx *ctx);
MUST_USE enum err liability_store_find_newest(struct ctx *ctx, int64_t *seq);

/* Adds up the transfers from behind one seq up to another, by unit and day of a zone, in order. */
struct liability_span {
    int64_t after_seq, until_seq;
    struct str zone;
};
MUST_USE enum err liability_store_add_up(struct ctx *ctx, const struct liability_span *span,
                                         struct liability_rows *rows);

MUST_USE enum err liability_store_add_to_day(struct ctx *ctx, const struct liability_row *row);
/* All before a day, one row for each unit; its day is not filled. */
MUST_USE enum err liability_store_sum_before(struct ctx *ctx, int64_t day,
                                             struct liability_rows *rows);
/* From one day to another, both included, by unit and day. */
MUST_USE enum err liability_store_list_days(struct ctx *ctx, int64_t first, int64_t last,
                                            struct liability_rows *rows);

/* The programs (0: all), the main one first, with what the merchant says a point is worth. */
struct liability_program {
    struct liability liability;
    bool closed;
};
MUST_USE enum err liability_store_list_programs(struct ctx *ctx, program_id program,
                                                struct liability_program **programs, int *count);

/* A reward whose worth in money is known: at most that. */
struct liability_reward {
    program_id program;
    tier_id tier;
    struct str name;
    int64_t points, minor;
};
/* Those that programs offer, by program and age. */
MUST_USE enum err liability_store_list_rewards(struct ctx *ctx, struct liability_reward **rewards,
                                               int *count);
