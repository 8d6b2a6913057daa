/* web_files — the built web apps, embedded in the program (generated into build/gen/web_files.c).
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct web_file {
    const char *path;                          /* "/tablet/index.html" */
    const char *type;                          /* "text/html; charset=utf-8" */
    const char *etag;                          /* quoted */
    bool immutable;                            /* its name carries a hash of its content */
    const unsigned char *body, *gzip, *brotli; /* the last two may be NULL */
    size_t body_len, gzip_len, brotli_len;
};
extern const struct web_file web_files[];
extern const int web_file_count;
