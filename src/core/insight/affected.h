/*
 * affected — who a change of a program touches, before anybody makes it.
 *
 * Counted, not estimated: what customers have in the program now, which no change takes from them.
 * What the change means for them is told as codes with a number, for screens to say in words.
 */
#pragma once
#include "core/loyalty/programs.h"

enum affected_code {
    AFFECTED_POINTS_KEPT,     /* accounts whose points stay, with the end they have */
    AFFECTED_PENDING_KEPT,    /* pending points that ripen as they would have */
    AFFECTED_REWARDS_USABLE,  /* rewards that were taken and can be used as they are */
    AFFECTED_WAITING_NEW,     /* orders nobody has claimed yet: they earn by the new rules */
    AFFECTED_NEW_RULES,       /* orders from now on earn by other rules, as this version */
    AFFECTED_EARNS_NOTHING,   /* from now on orders earn nothing in it */
    AFFECTED_OFFERS_NOTHING,  /* no reward can be taken */
    AFFECTED_ENDS,            /* days that it goes on earning, today being one */
    AFFECTED_POINTS_END,      /* points that end when it is deleted, unless they are spent before */
    AFFECTED_MAIN_PASSES,     /* another program is the main one; how many there are left */
    AFFECTED_NO_PROGRAM_LEFT, /* no program is left that earns */
    AFFECTED_CODE_COUNT
};
const char *affected_name(enum affected_code code); /* "POINTS_KEPT" */

struct affected_sentence {
    enum affected_code code;
    int64_t count;
};
struct affected {
    int64_t accounts, points; /* with points that can be spent, and how many they have together */
    int64_t pending_points;
    int64_t rewards_issued; /* taken and not used yet */
    int64_t waiting_orders; /* of the merchant: they are nobody's, so of no program yet */
    bool new_rules;
    struct affected_sentence sentences[AFFECTED_CODE_COUNT];
    int sentence_count;
};

/*
 * What a change of a program (0: the main one) touches. Nothing is changed.
 * Errors:   ERR_PROGRAM_UNKNOWN, ERR_PROGRAM_CLOSED
 * Cost:     reads the program's accounts; for the REPORT lane
 */
MUST_USE enum err affected_by_change(struct ctx *ctx, program_id id,
                                     const struct program_change *change,
                                     struct affected *affected);
/* The same of deleting it. */
MUST_USE enum err affected_by_closing(struct ctx *ctx, program_id id, struct affected *affected);
