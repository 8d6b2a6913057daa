/* arena — see arena.h. */
#include "base/arena.h"
#include "base/check.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Under the address sanitizer, memory that was not given out, or was given back, may not be
 * touched. */
#ifdef __has_feature
#define HAS_ASAN __has_feature(address_sanitizer) /* clang */
#elif defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN 1 /* gcc */
#else
#define HAS_ASAN 0
#endif
#if HAS_ASAN
#include <sanitizer/asan_interface.h>
#define FORBID(at, size) __asan_poison_memory_region((at), (size))
#define ALLOW(at, size)  __asan_unpoison_memory_region((at), (size))
#else
#define FORBID(at, size) ((void)(at), (void)(size))
#define ALLOW(at, size)  ((void)(at), (void)(size))
#endif

enum {
    FIRST_BLOCK_LEN = 16 << 10, /* holds most requests whole */
    ALIGN = _Alignof(max_align_t),
    OVERRUN_TIMES = 16, /* every input has a limit, so more than this is our mistake */
};

struct arena_block {
    struct arena_block *older;
    size_t size; /* of bytes */
    _Alignas(max_align_t) unsigned char bytes[];
};

struct arena_hook {
    struct arena_hook *older;
    void (*release)(void *what);
    void *what;
};

void
arena_open(struct arena *arena, size_t max)
{
    ASSERT(max > 0);
    *arena = (struct arena){.max = max};
}

static void
add_block(struct arena *arena, size_t needed)
{
    size_t size = arena->block ? arena->block->size * 2 : FIRST_BLOCK_LEN;
    if (size < needed) size = needed;

    struct arena_block *block = malloc(sizeof *block + size);
    ASSERT(block); /* nothing useful can be done without memory */
    block->older = arena->block;
    block->size = size;
    FORBID(block->bytes, size);
    arena->block = block;
    arena->used = 0;
}

static size_t
aligned(size_t size)
{
    return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

static void
count_bytes(struct arena *arena, size_t size)
{
    ASSERT(size <= SIZE_MAX / 4);
    arena->total += size;
    ASSERT(arena->total / OVERRUN_TIMES <= arena->max);
}

void *
arena_alloc(struct arena *arena, size_t size)
{
    count_bytes(arena, size);
    size_t taken = aligned(size);
    if (!arena->block || arena->block->size - arena->used < taken) add_block(arena, taken);

    void *at = arena->block->bytes + arena->used;
    arena->used += taken;
    ALLOW(at, size);
    return memset(at, 0, size);
}

void *
arena_grow(struct arena *arena, void *at, size_t size, size_t larger)
{
    unsigned char *bytes = at;

    ASSERT(larger >= size);
    bool is_last = size > 0 && bytes + aligned(size) == arena->block->bytes + arena->used;
    size_t more = aligned(larger) - aligned(size);
    if (is_last && arena->block->size - arena->used >= more) {
        count_bytes(arena, larger - size);
        arena->used += more;
        ALLOW(bytes, larger);
        memset(bytes + size, 0, larger - size);
        return at;
    }
    void *moved = arena_alloc(arena, larger);
    if (size > 0) memcpy(moved, at, size);
    return moved;
}

void
arena_on_reset(struct arena *arena, void (*release)(void *what), void *what)
{
    struct arena_hook *hook = ARENA_NEW(arena, struct arena_hook);

    *hook = (struct arena_hook){arena->hooks, release, what};
    arena->hooks = hook;
}

/* Frees every block but the first when keep_first. */
static void
empty(struct arena *arena, bool keep_first)
{
    /* A hook lies in the arena itself, so hooks run before any block goes. */
    for (struct arena_hook *hook = arena->hooks; hook; hook = hook->older)
        hook->release(hook->what);
    arena->hooks = NULL;

    while (arena->block && (arena->block->older || !keep_first)) {
        struct arena_block *older = arena->block->older;

        ALLOW(arena->block->bytes, arena->block->size);
        free(arena->block);
        arena->block = older;
    }
    if (arena->block) FORBID(arena->block->bytes, arena->block->size);
    arena->used = 0;
    arena->total = 0;
}

void
arena_reset(struct arena *arena)
{
    empty(arena, true);
}

void
arena_close(struct arena *arena)
{
    empty(arena, false);
}

bool
arena_outgrown(const struct arena *arena)
{
    return arena->total > arena->max;
}
