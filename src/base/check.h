/*
 * check — assertions, in every build: what fails here is a bug of ours, and the process stops
 * before it can write something wrong. Never used on what comes from outside.
 */
#pragma once

/* Writes where and what to standard error, then aborts. */
_Noreturn void check_failed(const char *file, int line, const char *condition);

#define ASSERT(condition)                                                                          \
    do {                                                                                           \
        if (!(condition)) check_failed(__FILE__, __LINE__, #condition);                            \
    } while (0)

#define MUST_USE                 __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, first) __attribute__((format(printf, text, first)))
