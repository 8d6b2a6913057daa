/*
 * log — one JSON line per thing worth telling, on standard error; never personal data.
 */
#pragma once
#include "base/check.h"
#include <stdint.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
    const char *name;
    const char *text; /* or NULL: number */
    int64_t number;
};
#define LOG_TEXT(field_name, value)                                                                \
    {                                                                                              \
        .name = (field_name), .text = (value)                                                      \
    }
#define LOG_INT(field_name, value)                                                                 \
    {                                                                                              \
        .name = (field_name), .number = (value)                                                    \
    }

void log_set_level(enum log_level least);
void log_event(enum log_level level, const char *event, const struct log_field *fields, int count);
#define LOG(level, event, ...)                                                                     \
    log_event((level), (event), (const struct log_field[]){__VA_ARGS__},                           \
              (int)(sizeof((const struct log_field[]){__VA_ARGS__}) / sizeof(struct log_field)))
