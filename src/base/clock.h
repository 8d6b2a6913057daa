/*
 * clock — UTC microseconds, and their RFC 3339 text.
 *
 * clock_now_us is called by http, jobs and server only; everything else has ctx->now_us.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"
#include <stdint.h>

#define CLOCK_SECOND_US INT64_C(1000000)
#define CLOCK_MINUTE_US (60 * CLOCK_SECOND_US)
#define CLOCK_HOUR_US   (60 * CLOCK_MINUTE_US)
#define CLOCK_DAY_US    (24 * CLOCK_HOUR_US)

struct arena;

int64_t clock_now_us(void);
int64_t clock_monotonic_us(void);                            /* for measuring; never stored */
struct str clock_format(struct arena *arena, int64_t at_us); /* "2026-03-02T11:04:09.120Z" */
/* Accepts RFC 3339 with Z or an offset, years 1970 to 2200, fractions of any length.
 * Errors: ERR_TIME_MALFORMED */
MUST_USE enum err clock_parse(struct str text, int64_t *at_us);
