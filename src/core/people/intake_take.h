/* intake_take — what one row does, looked at or done. For this module only. */
#pragma once
#include "core/people/intake_reader.h"
#include "core/people/intake_refused.h"

/* A pass on its way. */
struct intake_taking {
    const struct intake *intake;
    enum intake_pass_kind kind;
    struct intake_pass pass; /* counted on */
    struct intake_refused refused;
};

/*
 * Finds out what a row does, does it in a run, and counts it.
 *
 * Fails with a fault, of which nothing of the batch may stay, when an account has not what it had
 * and what it got.
 *
 * Within:   a write batch, in which nothing is due to expire
 */
MUST_USE enum err intake_take_row(struct ctx *ctx, struct intake_taking *taking,
                                  const struct intake_line *line, const struct intake_row *row);
