/*
 * list — an array in the arena that grows while rows come in: a pointer and a count, no type.
 */
#pragma once
#include "base/arena.h"

enum { LIST_FIRST = 8 };

/* Where the array is, now with room for one more than count. It doubles, so that copying stays
 * small beside what the rows themselves cost. */
static inline void *
list_room(struct arena *arena, void *at, size_t size, int count)
{
    size_t held = (size_t)count;

    if (count == 0) return arena_alloc(arena, size * LIST_FIRST);
    if (count < LIST_FIRST || (held & (held - 1)) != 0) return at;
    return arena_grow(arena, at, size * held, size * held * 2);
}

/* LIST_ADD(ctx->arena, rows, count, value): appends and counts. */
#define LIST_ADD(arena, at, count, value)                                                          \
    do {                                                                                           \
        (at) = list_room((arena), (at), sizeof *(at), (count));                                    \
        (at)[(count)++] = (value);                                                                 \
    } while (0)
