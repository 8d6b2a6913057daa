/*
 * arena — memory for one request or one job, freed all at once.
 *
 * Outgrowing the maximum is remembered, not refused at each call: arena_alloc always gives
 * memory, and whoever owns the arena asks arena_outgrown() when the work is done and answers 413.
 * Since every input has a limit, an arena past sixteen times its maximum is a bug (asserted).
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct arena {
    struct arena_block *block; /* the newest; older ones hang behind it */
    size_t used;               /* in the newest block */
    size_t total;              /* bytes given out since the last reset */
    size_t max;                /* bytes; more than this is "outgrown" */
    struct arena_hook *hooks;  /* what to free elsewhere, newest first */
};

enum { ARENA_REQUEST_MAX = 4 << 20 }; /* bytes for one request's parsed body, rows and reply */

void arena_open(struct arena *arena, size_t max);
/* Zeroed memory, aligned for any type. Never NULL. */
void *arena_alloc(struct arena *arena, size_t size);
/* Makes room for more behind what was allocated last, or moves it. Zeroed like arena_alloc. */
void *arena_grow(struct arena *arena, void *at, size_t size, size_t larger);
/* Calls release(what) when the arena is reset or closed: for what a library allocated. */
void arena_on_reset(struct arena *arena, void (*release)(void *what), void *what);
/* Keeps the first block for reuse, so that a thread's next request allocates nothing. */
void arena_reset(struct arena *arena);
void arena_close(struct arena *arena);
bool arena_outgrown(const struct arena *arena);

#define ARENA_NEW(arena, type)          ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc((arena), sizeof(type) * (count)))
