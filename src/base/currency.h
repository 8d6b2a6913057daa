/*
 * currency — what ISO 4217 says of a currency, as ICU knows it.
 */
#pragma once
#include "base/str.h"
#include <stdint.h>

/* The number of a currency that the ledger writes as a unit: 978 of "EUR"; 0: there is none such. */
int64_t currency_number(struct str code);
