/* test — see test.h. */
#include "test.h"
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static jmp_buf back_to_run;
static char failure[1024];        /* what the running test did not keep; "" while all is well */
static const char *running = "?"; /* its name, for the message after a crash */

static void __attribute__((noreturn, format(printf, 3, 4)))
give_up(const char *file, int line, const char *format, ...)
{
    va_list args;
    int len = snprintf(failure, sizeof failure, "%s:%d ", file, line);

    va_start(args, format);
    if (len > 0 && (size_t)len < sizeof failure) {
        vsnprintf(failure + len, sizeof failure - (size_t)len, format, args);
    }
    va_end(args);
    longjmp(back_to_run, 1);
}

struct str
test_str(struct str text)
{
    return text;
}

struct str
test_c_str(const char *text)
{
    return (struct str){text, text ? strlen(text) : 0};
}

void
test_expect_err(enum err wanted, enum err got, const char *what, const char *file, int line)
{
    if (got == wanted) return;
    give_up(file, line, "%s gave %s, not %s", what, err_name(got), err_name(wanted));
}

void
test_expect_int(int64_t wanted, int64_t got, const char *what, const char *file, int line)
{
    if (got == wanted) return;
    give_up(file, line, "%s is %" PRId64 ", not %" PRId64, what, got, wanted);
}

void
test_expect_true(bool got, const char *what, const char *file, int line)
{
    if (got) return;
    give_up(file, line, "not so: %s", what);
}

void
test_expect_str(struct str wanted, struct str got, const char *what, const char *file, int line)
{
    if (got.len == wanted.len && (got.len == 0 || memcmp(got.at, wanted.at, got.len) == 0)) return;
    give_up(file, line, "%s is \"%.*s\", not \"%.*s\"", what, (int)got.len, got.at, (int)wanted.len,
            wanted.at);
}

/* Only async-signal-safe calls: the process is already broken. */
static void
name_the_crashed(int signal_number)
{
    const char *const parts[] = {"FAILED ", running, ": it crashed\n"};

    for (int i = 0; i < 3; i++) {
        if (write(STDOUT_FILENO, parts[i], strlen(parts[i])) < 0) break;
    }
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static bool
is_chosen(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strstr(name, argv[i])) return true;
    }
    return argc <= 1;
}

static bool
passes(const struct test *test)
{
    failure[0] = '\0';
    running = test->name;
    if (setjmp(back_to_run) == 0) test->run();
    return failure[0] == '\0';
}

int
test_run(const struct test *tests, int count, int argc, char **argv)
{
    int passed = 0;
    int failed = 0;

    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGABRT, name_the_crashed);
    signal(SIGSEGV, name_the_crashed);
    for (int i = 0; i < count; i++) {
        if (!is_chosen(tests[i].name, argc, argv)) continue;
        if (passes(&tests[i])) {
            printf("ok %s\n", tests[i].name);
            passed++;
        } else {
            printf("FAILED %s: %s\n", tests[i].name, failure);
            failed++;
        }
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
