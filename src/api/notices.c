/* see notices.h */
#include "api/notices.h"
#include "base/words.h"

/* The newest first; each is in every catalogue of words, po/<language>.po. */
static const struct version {
    const char *name, *key;
} versions[] = {
    {"2026-11.2", WORDS_KEY("notice.2026-11.2")},
    {"2026-11", WORDS_KEY("notice.2026-11")},
};
enum { VERSION_COUNT = sizeof versions / sizeof versions[0] };

struct notice
notice_for(struct arena *arena, struct str language, struct str merchant)
{
    return (struct notice){
        .version = versions[0].name,
        .language = words_language(language),
        .text = words_text(arena, language, versions[0].key, WORDS_VALUES({"merchant", merchant})),
    };
}

bool
notice_exists(struct str version, struct str language)
{
    if (!str_is(language, str_of(words_language(language)))) return false;
    for (int i = 0; i < VERSION_COUNT; i++) {
        if (str_is(version, str_of(versions[i].name))) return true;
    }
    return false;
}
