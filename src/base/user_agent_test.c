/* user_agent_test — what browsers say of themselves, as they say it. */
#include "base/arena.h"
#include "base/user_agent.h"
#include "support/test.h"

TEST(a_browser_is_told_by_its_name_and_system)
{
    static const struct {
        const char *says, *words;
    } given[] = {
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
         "Firefox, Windows"},
        {"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
         " Version/17.5 Safari/605.1.15",
         "Safari, Mac"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
         " Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
         "Edge, Windows"},
        {"Mozilla/5.0 (Linux; Android 14; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko)"
         " SamsungBrowser/25.0 Chrome/121.0.0.0 Safari/537.36",
         "Samsung Internet, Android"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
         " Gecko) CriOS/126.0.6478.54 Mobile/15E148 Safari/604.1",
         "Chrome, iPhone"},
        {"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
         " HeadlessChrome/126.0.0.0 Safari/537.36",
         "Chrome, Linux"},
        {"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)", "ChromeOS"},
        {"curl/8.5.0", ""},
        {"", ""},
    };
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++)
        EXPECT_STR(given[i].words, user_agent_words(&arena, str_of(given[i].says)));
    arena_close(&arena);
}

TESTS(RUN(a_browser_is_told_by_its_name_and_system))
