/* ids — see ids.h. */
#include "base/ids.h"
#include "base/arena.h"
#include "base/ctx.h"
#include <stdatomic.h>

enum { NODE_BITS = 10, COUNTER_BITS = 12, BELOW_TIME_BITS = NODE_BITS + COUNTER_BITS };
enum { COUNTER_MAX = (1 << COUNTER_BITS) - 1, BASE32_LEN = 13, PREFIX_LEN = 3 };

#define EPOCH_MS INT64_C(1704067200000) /* 2024-01-01 UTC */
#define TIME_MAX ((INT64_C(1) << 41) - 1)

static const char alphabet[] = ID_ALPHABET;

static const char *const prefixes[ID_KIND_COUNT] = {
#define ID_PREFIX(kind, prefix) prefix,
    ID_KINDS(ID_PREFIX)
#undef ID_PREFIX
};

/* Milliseconds since our epoch; at least 1, so that no id is 0 even under a clock set wrong. */
static int64_t
id_time(int64_t at_us)
{
    int64_t time = at_us / 1000 - EPOCH_MS;

    if (time < 1) return 1;
    ASSERT(time <= TIME_MAX);
    return time;
}

int64_t
id_next(struct ctx *ctx)
{
    struct id_source *source = ctx->ids;

    ASSERT(source->node >= 0);
    ASSERT(source->node < 1 << NODE_BITS);
    int64_t node = (int64_t)source->node << COUNTER_BITS;
    int64_t at_clock = id_time(ctx->now_us) << BELOW_TIME_BITS | node;
    int64_t last = atomic_load(&source->last);
    int64_t next;

    do {
        if (last < at_clock) {
            next = at_clock;
        } else if ((last & COUNTER_MAX) < COUNTER_MAX) {
            next = last + 1;
        } else { /* this millisecond is full: borrow the next one */
            next = ((last >> BELOW_TIME_BITS) + 1) << BELOW_TIME_BITS | node;
        }
    } while (!atomic_compare_exchange_weak(&source->last, &last, next));
    return next;
}

int64_t
id_floor_at(int64_t at_us)
{
    return id_time(at_us) << BELOW_TIME_BITS;
}

int64_t
id_at_us(int64_t id)
{
    return ((id >> BELOW_TIME_BITS) + EPOCH_MS) * 1000;
}

void
id_base32(int64_t v, char out[static BASE32_LEN])
{
    ASSERT(v >= 0);
    for (int i = BASE32_LEN - 1; i >= 0; i--) {
        out[i] = alphabet[v & 31];
        v >>= 5;
    }
}

/* Lower case only: one id has one text, so that texts may be compared. */
enum err
id_parse_base32(struct str text, int64_t *v)
{
    uint64_t value = 0;

    if (text.len != BASE32_LEN) return ERR_ID_MALFORMED;
    if (text.at[0] < '0' || text.at[0] > '7') return ERR_ID_MALFORMED; /* 63 bits, not 65 */
    for (size_t i = 0; i < BASE32_LEN; i++) {
        const char *found = memchr(alphabet, text.at[i], sizeof alphabet - 1);
        if (!found) return ERR_ID_MALFORMED;
        value = value << 5 | (uint64_t)(found - alphabet);
    }
    *v = (int64_t)value;
    return OK;
}

struct str
id_format(struct arena *arena, enum id_kind kind, int64_t id)
{
    ASSERT(kind < ID_KIND_COUNT);
    ASSERT(id >= 0);
    if (id == 0) return STR("");

    char *text = arena_alloc(arena, ID_TEXT_MAX);
    memcpy(text, prefixes[kind], PREFIX_LEN);
    text[PREFIX_LEN] = '_';
    id_base32(id, text + PREFIX_LEN + 1);
    return (struct str){text, PREFIX_LEN + 1 + BASE32_LEN};
}

enum err
id_parse(enum id_kind kind, struct str text, int64_t *id)
{
    struct str prefix = {prefixes[kind], PREFIX_LEN};
    int64_t v;

    ASSERT(kind < ID_KIND_COUNT);
    if (!str_starts(text, prefix)) return ERR_ID_MALFORMED;
    if (text.len <= PREFIX_LEN || text.at[PREFIX_LEN] != '_') return ERR_ID_MALFORMED;
    struct str number = {text.at + PREFIX_LEN + 1, text.len - PREFIX_LEN - 1};
    TRY(id_parse_base32(number, &v));
    if (v == 0) return ERR_ID_MALFORMED; /* "none" has no text */
    *id = v;
    return OK;
}

struct str
id_prefix(enum id_kind kind)
{
    ASSERT(kind < ID_KIND_COUNT);
    return (struct str){prefixes[kind], PREFIX_LEN};
}

bool
id_kind_of(struct str prefix, enum id_kind *kind)
{
    for (int i = 0; i < ID_KIND_COUNT; i++) {
        if (!str_is(prefix, id_prefix((enum id_kind)i))) continue;
        *kind = (enum id_kind)i;
        return true;
    }
    return false;
}

enum err
id_parse_any(struct str text, enum id_kind *kind, int64_t *id)
{
    struct str prefix = {text.at, text.len < PREFIX_LEN ? text.len : PREFIX_LEN};

    if (!id_kind_of(prefix, kind)) return ERR_ID_MALFORMED;
    return id_parse(*kind, text, id);
}
