/* currency — see currency.h. */
#include "base/currency.h"
#include <unicode/ucurr.h>

enum { CODE_LETTERS = 3, DECIMALS_USUAL = 2 };

/* False: no code has such letters. */
static bool
read_letters(struct str code, UChar letters[static CODE_LETTERS + 1])
{
    if (code.len != CODE_LETTERS) return false;
    for (size_t i = 0; i < code.len; i++) {
        if (code.at[i] < 'A' || code.at[i] > 'Z') return false;
        letters[i] = (UChar)code.at[i];
    }
    return true;
}

int64_t
currency_number(struct str code)
{
    UChar letters[CODE_LETTERS + 1] = {0};

    return read_letters(code, letters) ? ucurr_getNumericCode(letters) : 0;
}

int
currency_decimals(struct str code)
{
    UChar letters[CODE_LETTERS + 1] = {0};
    UErrorCode error = U_ZERO_ERROR;

    if (!read_letters(code, letters)) return DECIMALS_USUAL;
    int decimals = ucurr_getDefaultFractionDigits(letters, &error);
    return U_SUCCESS(error) ? decimals : DECIMALS_USUAL;
}
