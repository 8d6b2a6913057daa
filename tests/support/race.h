/*
 * race — several threads at once, each with a connection of its own.
 */
#pragma once
#include "support/world.h"

enum { RACERS_MAX = 8 };
/* What each of them does; number is 0, 1, … EXPECT is for the test's own thread: note what came
 * out in *arg, each racer in a place of its own. */
typedef void race_body(struct ctx *ctx, int number, void *arg);
/* Runs them all, and waits for the last. */
void race_run(struct world *w, int racers, race_body *body, void *arg);

/* A write transaction of a racer; begun again after a lost race. */
MUST_USE enum err race_write(struct ctx *ctx, enum err (*body)(struct ctx *ctx, void *arg),
                             void *arg);
