/* local — see local.h. */
#include "base/local.h"
#include "base/arena.h"
#include "base/currency.h"
#include "base/zone.h"
#include <inttypes.h>
#include <unicode/udat.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

enum { TEXT_MAX = 128 };
#define MS_US 1000

/* What ICU wrote, in UTF-16, as our text. */
static struct str
text_of(struct arena *arena, const UChar *text, int32_t len)
{
    UErrorCode error = U_ZERO_ERROR;
    char utf8[TEXT_MAX * 3];
    int32_t utf8_len = 0;

    u_strToUTF8(utf8, sizeof utf8, &utf8_len, text, len, &error);
    ASSERT(U_SUCCESS(error));
    return str_copy(arena, (struct str){utf8, (size_t)utf8_len});
}

/* Names of zones and currencies are ASCII and short. */
static int32_t
widen(struct str name, UChar out[static TEXT_MAX])
{
    ASSERT(name.len < TEXT_MAX);
    for (size_t i = 0; i < name.len; i++)
        out[i] = (UChar)(unsigned char)name.at[i];
    return (int32_t)name.len;
}

struct str
local_time(struct arena *arena, struct str language, struct str zone, int64_t at_us)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar name[TEXT_MAX], text[TEXT_MAX];

    ASSERT(zone_is_known(zone));
    UDateFormat *format = udat_open(UDAT_SHORT, UDAT_MEDIUM, str_z(arena, language), name,
                                    widen(zone, name), NULL, 0, &error);
    ASSERT(U_SUCCESS(error));
    int32_t len = udat_format(format, (UDate)(at_us / MS_US), text, TEXT_MAX, NULL, &error);
    udat_close(format);
    ASSERT(U_SUCCESS(error));
    return text_of(arena, text, len);
}

struct str
local_number(struct arena *arena, struct str language, int64_t number)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar text[TEXT_MAX];

    UNumberFormat *format = unum_open(UNUM_DECIMAL, NULL, 0, str_z(arena, language), NULL, &error);
    ASSERT(U_SUCCESS(error));
    int32_t len = unum_formatInt64(format, number, text, TEXT_MAX, NULL, &error);
    unum_close(format);
    ASSERT(U_SUCCESS(error));
    return text_of(arena, text, len);
}

/* "-12.50", exactly. */
static struct str
decimal_of(struct arena *arena, struct str currency, int64_t minor)
{
    int decimals = currency_decimals(currency);
    uint64_t size = minor < 0 ? 0 - (uint64_t)minor : (uint64_t)minor, unit = 1;

    for (int i = 0; i < decimals; i++)
        unit *= 10;
    const char *sign = minor < 0 ? "-" : "";
    if (decimals == 0) return str_format(arena, "%s%" PRIu64, sign, size);
    return str_format(arena, "%s%" PRIu64 ".%0*" PRIu64, sign, size / unit, decimals, size % unit);
}

struct str
local_money(struct arena *arena, struct str language, struct str currency, int64_t minor)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar code[TEXT_MAX], text[TEXT_MAX];
    struct str decimal = decimal_of(arena, currency, minor);

    UNumberFormat *format = unum_open(UNUM_CURRENCY, NULL, 0, str_z(arena, language), NULL, &error);
    ASSERT(U_SUCCESS(error));
    unum_setTextAttribute(format, UNUM_CURRENCY_CODE, code, widen(currency, code), &error);
    int32_t len =
        unum_formatDecimal(format, decimal.at, (int32_t)decimal.len, text, TEXT_MAX, NULL, &error);
    unum_close(format);
    ASSERT(U_SUCCESS(error));
    return text_of(arena, text, len);
}
