/*
 * local — times, numbers and money as people of a language write them. By ICU.
 *
 * For what the server itself writes to people; screens write their own (web/shared/format.ts).
 */
#pragma once
#include "base/str.h"
#include <stdint.h>

struct arena;

/* "22 nov. 2026, 09:14", where the zone is. Requires: a zone that is known (asserted). */
struct str local_time(struct arena *arena, struct str language, struct str zone, int64_t at_us);
/* "1 250" */
struct str local_number(struct arena *arena, struct str language, int64_t number);
/* "12,50 €"; minor: in the currency's smallest unit */
struct str local_money(struct arena *arena, struct str language, struct str currency,
                       int64_t minor);
