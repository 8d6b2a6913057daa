/* log — see log.h. */
#include "base/log.h"
#include "base/clock.h"
#include "base/json.h"
#include <stdatomic.h>
#include <unistd.h>

enum { LINE_MAX_LEN = 64 << 10 };

static _Atomic int least_level = LOG_INFO;

static const char *const level_names[] = {"debug", "info", "warn", "error"};

void
log_set_level(enum log_level least)
{
    least_level = (int)least;
}

static void
put_line(struct json_out *out, enum log_level level, const char *event,
         const struct log_field *fields, int count)
{
    json_put_object(out, NULL);
    json_put_time(out, "at", clock_now_us());
    json_put_text(out, "level", str_of(level_names[level]));
    json_put_text(out, "event", str_of(event));
    for (int i = 0; i < count; i++) {
        if (fields[i].text) {
            json_put_text(out, fields[i].name, str_of(fields[i].text));
        } else {
            json_put_int(out, fields[i].name, fields[i].number);
        }
    }
    json_end_object(out);
}

void
log_event(enum log_level level, const char *event, const struct log_field *fields, int count)
{
    struct arena arena;
    struct json_out out;

    if ((int)level < least_level) return;
    arena_open(&arena, LINE_MAX_LEN);
    json_out_open(&out, &arena);
    put_line(&out, level, event, fields, count);
    struct str line = str_format(&arena, "%.*s\n", STR_ARG(json_out_text(&out)));
    /* One write for the whole line, so that the lines of two threads do not mix. */
    ssize_t written = write(STDERR_FILENO, line.at, line.len);
    (void)written; /* there is no other place to tell it */
    arena_close(&arena);
}
