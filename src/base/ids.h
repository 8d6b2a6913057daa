/*
 * ids — typed, time-ordered numbers for everything that has a row.
 *
 * 63 bits: 41 of milliseconds since 2024-01-01 UTC, 10 of node, 12 of counter; when a counter is
 * full the next millisecond is borrowed, so an id source never repeats and never goes back.
 * Outside the program an id is text with its kind in front, "cus_0c4n8k2m7q9zv" (13 characters
 * of Crockford's base 32), because JavaScript loses whole numbers above 2^53.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"
#include <stdint.h>

struct ctx;
struct arena;

/* kind: C type, text prefix. A row here is all that a new kind needs. */
#define ID_KINDS(X)                                                                                \
    X(merchant, "mer")                                                                             \
    X(location, "loc")                                                                             \
    X(register, "reg")                                                                             \
    X(tablet, "tab")                                                                               \
    X(team_member, "tem")                                                                          \
    X(api_key, "key")                                                                              \
    X(session, "ses")                                                                              \
    X(customer, "cus")                                                                             \
    X(card, "crd")                                                                                 \
    X(consent, "con")                                                                              \
    X(merge, "mrg") /* of two customers */                                                         \
    X(program, "prg")                                                                              \
    X(tier, "tie")                                                                                 \
    X(promotion, "pro")                                                                            \
    X(account, "acc") /* loyalty account */                                                        \
    X(reward, "rew")                                                                               \
    X(transfer, "evt") /* a ledger transfer; its loyalty event has the same id */                  \
    X(order, "ord")                                                                                \
    X(integration, "int")                                                                          \
    X(hold, "hld")                                                                                 \
    X(file, "fil")                                                                                 \
    X(item, "itm")                                                                                 \
    X(variation, "var")                                                                            \
    X(credit_note, "cre")                                                                          \
    X(category, "cat")                                                                             \
    X(tax, "tax")                                                                                  \
    X(message, "msg") /* in the outbox */                                                          \
    X(role, "rol")                                                                                 \
    X(trail, "trl")     /* an entry of the trail */                                                \
    X(suspicion, "sus") /* that something in it is unusual */                                      \
    X(tag, "tag")                                                                                  \
    X(segment, "seg")                                                                              \
    X(bulk, "bul")   /* something done to many customers at once */                                \
    X(intake, "imp") /* an import of customers */

#define ID_TYPE(kind, prefix)                                                                      \
    typedef struct {                                                                               \
        int64_t v; /* 0: none */                                                                   \
    } kind##_id;
ID_KINDS(ID_TYPE)
#undef ID_TYPE

enum id_kind {
#define ID_ENUM(kind, prefix) ID_##kind,
    ID_KINDS(ID_ENUM)
#undef ID_ENUM
        ID_KIND_COUNT
};

enum { ID_TEXT_MAX = 18 }; /* "xxx_" + 13 characters + NUL */

/* One per process (or per test world); safe from any thread. */
struct id_source {
    _Atomic int64_t last;
    int node; /* 0..1023, different on each running server of one database */
};

/* The next id: later than every earlier one of this source. */
int64_t id_next(struct ctx *ctx);
/* The smallest id that could have been made at this time; for reading by time through an id key. */
int64_t id_floor_at(int64_t at_us);
/* The millisecond an id was made in, as UTC microseconds. */
int64_t id_at_us(int64_t id);

struct str id_format(struct arena *arena, enum id_kind kind, int64_t id); /* 0 gives "" */
/* Errors: ERR_ID_MALFORMED   not this kind's prefix, or not 13 characters of the alphabet */
MUST_USE enum err id_parse(enum id_kind kind, struct str text, int64_t *id);

/* An id of whatever kind its prefix says. Errors: ERR_ID_MALFORMED */
MUST_USE enum err id_parse_any(struct str text, enum id_kind *kind, int64_t *id);
struct str id_prefix(enum id_kind kind); /* "cus" */
bool id_kind_of(struct str prefix, enum id_kind *kind);

/* Crockford's: without i, l, o and u, which are misread or make words. */
#define ID_ALPHABET "0123456789abcdefghjkmnpqrstvwxyz"
/* The 13 characters alone, for tokens and codes. */
void id_base32(int64_t v, char out[static 13]);
MUST_USE enum err id_parse_base32(struct str text, int64_t *v);
