/* user_agent — see user_agent.h. */
#include "base/user_agent.h"

struct sign {
    const char *in, *name;
};

/* In this order: nearly all say Safari, most say Chrome, and Android says Linux. */
static const struct sign browsers[] = {
    {"Edg", "Edge"},       {"OPR/", "Opera"},       {"SamsungBrowser/", "Samsung Internet"},
    {"FxiOS/", "Firefox"}, {"Firefox/", "Firefox"}, {"CriOS/", "Chrome"},
    {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
};
static const struct sign systems[] = {
    {"iPhone", "iPhone"}, {"iPad", "iPad"},     {"Android", "Android"}, {"Windows", "Windows"},
    {"CrOS", "ChromeOS"}, {"Macintosh", "Mac"}, {"Linux", "Linux"},
};

static struct str
find(struct str text, const struct sign *signs, size_t count)
{
    for (size_t s = 0; s < count; s++) {
        struct str sign = str_of(signs[s].in);

        for (size_t i = 0; i + sign.len <= text.len; i++) {
            if (memcmp(text.at + i, sign.at, sign.len) == 0) return str_of(signs[s].name);
        }
    }
    return STR("");
}

struct str
user_agent_words(struct arena *arena, struct str header)
{
    struct str browser = find(header, browsers, sizeof browsers / sizeof browsers[0]);
    struct str system = find(header, systems, sizeof systems / sizeof systems[0]);

    if (browser.len == 0) return system;
    if (system.len == 0) return browser;
    return str_format(arena, "%.*s, %.*s", STR_ARG(browser), STR_ARG(system));
}
