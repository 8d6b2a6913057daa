/*
 * currency — what ISO 4217 says of a currency, as ICU knows it.
 */
#pragma once
#include "base/str.h"
#include <stdint.h>

/* What the ledger writes as a unit: 978 of "EUR"; 0: there is no such currency. */
int64_t currency_number(struct str code);
/* How many decimals its amounts are written with: 2 for "EUR", 0 for "JPY". */
int currency_decimals(struct str code);
