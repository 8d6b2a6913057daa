/* phone_shim — see phone_shim.h. */
#include "base/phone_shim.h"
#include <cstring>
#include <phonenumbers/phonenumberutil.h>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

/* The library makes its one instance under a lock and only reads it afterwards. */
static bool
parse(const std::string &text, const std::string &region, std::string *e164)
{
    const PhoneNumberUtil *numbers = PhoneNumberUtil::GetInstance();
    PhoneNumber number;

    if (numbers->Parse(text, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return false;
    /* E.164 has no extension, and without it the number would be that of a whole office. */
    if (number.has_extension()) return false;
    if (!numbers->IsValidNumber(number)) return false;
    numbers->Format(number, PhoneNumberUtil::E164, e164);
    return true;
}

bool
phone_shim_parse(const char *text, size_t len, const char region[2], char *e164, size_t room)
{
    std::string found;

    try { /* nothing may be thrown into C */
        if (!parse(std::string(text, len), std::string(region, 2), &found)) return false;
    } catch (...) {
        return false;
    }
    if (found.size() + 1 > room) return false;
    std::memcpy(e164, found.c_str(), found.size() + 1);
    return true;
}
