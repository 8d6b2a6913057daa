/* phone — see phone.h. */
#include "base/phone.h"
#include "base/arena.h"
#include "base/phone_shim.h"

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "1-800-FLOWERS", "tel:…" and "ext. 5" are ways to write numbers, but not those of a customer. */
static bool
has_letter(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (is_letter(text.at[i])) return true;
    }
    return false;
}

enum err
phone_parse(struct arena *arena, struct str text, struct str region, struct str *e164)
{
    char found[PHONE_E164_MAX + 1];

    text = str_trim(text);
    if (text.len == 0 || text.len > PHONE_INPUT_MAX) return ERR_PHONE_NUMBER_INVALID;
    if (!str_is_text(text)) return ERR_PHONE_NUMBER_INVALID;
    if (has_letter(text)) return ERR_PHONE_NUMBER_INVALID;
    if (region.len != 2) return ERR_PHONE_NUMBER_INVALID;
    if (!phone_shim_parse(text.at, text.len, region.at, found, sizeof found)) {
        return ERR_PHONE_NUMBER_INVALID;
    }
    *e164 = str_copy(arena, str_of(found));
    return OK;
}
