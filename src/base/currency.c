/* currency — see currency.h. */
#include "base/currency.h"
#include <unicode/ucurr.h>

enum { CODE_LETTERS = 3 };

int64_t
currency_number(struct str code)
{
    UChar letters[CODE_LETTERS + 1] = {0};

    if (code.len != CODE_LETTERS) return 0;
    for (size_t i = 0; i < code.len; i++) {
        if (code.at[i] < 'A' || code.at[i] > 'Z') return 0;
        letters[i] = (UChar)code.at[i];
    }
    return ucurr_getNumericCode(letters);
}
