/*
 * files — the web apps inside the program, ready to be sent.
 *
 * Each file's responses (plain, gzip, brotli, "not modified") are made once, at start, and shared
 * by all connections. Names with a hash may be cached forever; the rest is asked for again.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include "http/web_files.h"
#include <microhttpd.h>

struct file_responses {
    struct MHD_Response *plain, *gzip, *brotli, *unchanged;
};
struct files {
    const struct web_file *files; /* sorted by path */
    struct file_responses *responses;
    int count;
};

void files_open(struct files *files, struct arena *arena, const struct web_file *list, int count);
void files_close(struct files *files);

/*
 * Sends the file at a path: "/tablet/" is "/tablet/index.html", "/tablet" sends there, and any
 * page below it ("/tablet/a/b") is the same file.
 * Gives: the status sent; 0: there is no such file, and nothing was sent.
 */
int files_send(const struct files *files, struct MHD_Connection *connection, struct str path);
