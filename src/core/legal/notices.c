/* see notices.h */
#include "core/legal/notices.h"
#include "base/words.h"

/* The newest first; each is in every catalogue of words, po/<language>.po. */
static const struct version {
    const char *name, *key;
} versions[] = {
    {"2026-11.2", WORDS_KEY("notice.2026-11.2")},
    {"2026-11", WORDS_KEY("notice.2026-11")},
};
enum { VERSION_COUNT = sizeof versions / sizeof versions[0], NUMBER_DIGITS_MAX = 6 };

struct notice
notice_of(struct arena *arena, struct str version, struct str language, struct str merchant)
{
    const struct version *found = &versions[0];

    for (int i = 0; i < VERSION_COUNT; i++) {
        if (str_is(version, str_of(versions[i].name))) found = &versions[i];
    }
    return (struct notice){
        .version = found->name,
        .language = words_language(language),
        .text = words_text(arena, language, found->key, WORDS_VALUES({"merchant", merchant})),
    };
}

struct notice
notice_for(struct arena *arena, struct str language, struct str merchant)
{
    return notice_of(arena, STR(""), language, merchant);
}

const char *
notice_newest(void)
{
    return versions[0].name;
}

bool
notice_split(struct str *version, int64_t *number)
{
    const char *slash = memchr(version->at, '/', version->len);

    *number = 0;
    if (slash == NULL) return true;
    size_t len = (size_t)(slash - version->at), digits = version->len - len - 1;
    if (digits == 0 || digits > NUMBER_DIGITS_MAX || slash[1] == '0') return false;
    for (size_t i = 1; i <= digits; i++) {
        if (slash[i] < '0' || slash[i] > '9') return false;
        *number = *number * 10 + (slash[i] - '0');
    }
    version->len = len;
    return true;
}

bool
notice_exists(struct str version, struct str language)
{
    int64_t number;

    if (version.len == 0) return false;
    if (!str_is(language, str_of(words_language(language)))) return false;
    if (!notice_split(&version, &number)) return false;
    if (number > 0 && str_is(version, STR(NOTICE_OWN))) return true;
    for (int i = 0; i < VERSION_COUNT; i++) {
        if (str_is(version, str_of(versions[i].name))) return true;
    }
    return false;
}
