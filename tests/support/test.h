/*
 * test — the whole test framework.
 *
 * A test program is a file of TEST(name) { … } bodies that ends with TESTS(RUN(name), …); a test
 * left out of that list is an unused static function, and the build fails. The first EXPECT that
 * does not hold ends its test, from whatever depth it was called. EXPECT may be used from the
 * test's own thread only.
 *
 * Arguments of the program: parts of names; only tests whose name has one of them are run.
 */
#pragma once
#include "base/ctx.h"
#include <stdbool.h>
#include <stdint.h>

struct test {
    const char *name;
    void (*run)(void);
};

#define TEST(name) static void name(void)
/* clang-format off */
#define RUN(name) {#name, name}
/* clang-format on */
#define TESTS(...)                                                                                 \
    int main(int argc, char **argv)                                                                \
    {                                                                                              \
        static const struct test tests[] = {__VA_ARGS__};                                          \
        return test_run(tests, (int)(sizeof tests / sizeof tests[0]), argc, argv);                 \
    }

/* What a call should give comes first, the call second. */
#define EXPECT_OK(call)          test_expect_err(OK, call, #call, __FILE__, __LINE__)
#define EXPECT_ERR(wanted, call) test_expect_err(wanted, call, #call, __FILE__, __LINE__)
#define EXPECT_INT(wanted, got)  test_expect_int(wanted, got, #got, __FILE__, __LINE__)
#define EXPECT_TRUE(got)         test_expect_true(got, #got, __FILE__, __LINE__)
/* Each side is a struct str or a C string. */
#define EXPECT_STR(wanted, got)                                                                    \
    test_expect_str(TEST_STR(wanted), TEST_STR(got), #got, __FILE__, __LINE__)
#define TEST_STR(text)                                                                             \
    _Generic((text), struct str : test_str, char * : test_c_str, const char * : test_c_str)(text)

struct str test_str(struct str text);
struct str test_c_str(const char *text);
void test_expect_err(enum err wanted, enum err got, const char *what, const char *file, int line);
void test_expect_int(int64_t wanted, int64_t got, const char *what, const char *file, int line);
void test_expect_true(bool got, const char *what, const char *file, int line);
void test_expect_str(struct str wanted, struct str got, const char *what, const char *file,
                     int line);
int test_run(const struct test *tests, int count, int argc, char **argv);
