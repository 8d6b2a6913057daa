/* fold — see fold.h. */
#include "base/fold.h"
#include "base/arena.h"
#include "base/check.h"
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

/* UTF-16, as ICU works. */
struct wide {
    UChar *at;
    int32_t len;
};

static struct wide
normalise(struct arena *arena, const UNormalizer2 *form, struct wide text)
{
    int32_t room = text.len * 3 + 32; /* enough for all but a few signs that become eighteen */
    struct wide made = {ARENA_ARRAY(arena, UChar, (size_t)room), 0};
    UErrorCode error = U_ZERO_ERROR;

    made.len = unorm2_normalize(form, text.at, text.len, made.at, room, &error);
    if (error == U_BUFFER_OVERFLOW_ERROR) {
        room = made.len + 1;
        made.at = ARENA_ARRAY(arena, UChar, (size_t)room);
        error = U_ZERO_ERROR;
        made.len = unorm2_normalize(form, text.at, text.len, made.at, room, &error);
    }
    ASSERT(U_SUCCESS(error));
    return made;
}

/* Letters that people leave the stroke or the joining out of, and Unicode does not. */
static const char *
plain_letters(UChar c)
{
    switch (c) {
    case 0x00E6:
        return "ae";
    case 0x0153:
        return "oe";
    case 0x00F8:
        return "o";
    case 0x0142:
        return "l";
    case 0x0111:
        return "d";
    default:
        return NULL;
    }
}

/* Takes the accents out of decomposed text. None of the replacements is longer than twice. */
static struct wide
without_marks(struct arena *arena, struct wide text)
{
    struct wide made = {ARENA_ARRAY(arena, UChar, (size_t)text.len * 2 + 1), 0};

    for (int32_t i = 0; i < text.len; i++) {
        UChar c = text.at[i];
        const char *plain = plain_letters(c);
        if (plain) {
            for (; *plain; plain++)
                made.at[made.len++] = (UChar)*plain;
        } else if (u_charType(c) != U_NON_SPACING_MARK) {
            made.at[made.len++] = c;
        }
    }
    return made;
}

static struct str
fold_wide(struct arena *arena, struct str text)
{
    UErrorCode error = U_ZERO_ERROR;
    struct wide wide = {ARENA_ARRAY(arena, UChar, text.len + 1), 0};
    const UNormalizer2 *folded = unorm2_getNFKCCasefoldInstance(&error);
    const UNormalizer2 *decomposed = unorm2_getNFDInstance(&error);

    ASSERT(U_SUCCESS(error));
    u_strFromUTF8WithSub(wide.at, (int32_t)text.len + 1, &wide.len, text.at, (int32_t)text.len,
                         0xFFFD, NULL, &error);
    ASSERT(U_SUCCESS(error));
    wide = without_marks(arena, normalise(arena, decomposed, normalise(arena, folded, wide)));

    int32_t room = wide.len * 3 + 1, len = 0;
    char *made = arena_alloc(arena, (size_t)room);
    u_strToUTF8WithSub(made, room, &len, wide.at, wide.len, 0xFFFD, NULL, &error);
    ASSERT(U_SUCCESS(error));
    return (struct str){made, (size_t)len};
}

struct str
fold(struct arena *arena, struct str text)
{
    char *lower = arena_alloc(arena, text.len + 1);

    /* Most texts are ASCII, which needs no tables. */
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if ((unsigned char)c >= 0x80) return fold_wide(arena, text);
        lower[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (struct str){lower, text.len};
}
