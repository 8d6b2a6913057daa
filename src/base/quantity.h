/*
 * quantity — how many, or how much, of an article: a decimal such as "2", "0.350" or "-1".
 *
 * Kept as it was written, since a scale says "0.350" and means it; counted in millionths, so that
 * no fraction is ever rounded before a price is put to it.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"
#include <stdint.h>

struct arena;

enum { QUANTITY_LEN_MAX = 17 }; /* "-999999999.999999" */
#define QUANTITY_ONE INT64_C(1000000)

/*
 * Reads a decimal with a point, of at most nine digits before it and six behind; in millionths.
 * Errors:   ERR_FIELD_VALUE   anything else: "1,5", "1.", ".5", "+1", "1e3", ""
 */
MUST_USE enum err quantity_parse(struct str text, int64_t *millionths);
/* The shortest that is read as this: "0.35", "-1.5", "2". Requires: within what can be read */
struct str quantity_format(struct arena *arena, int64_t millionths);
