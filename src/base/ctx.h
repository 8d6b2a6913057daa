/*
 * ctx — what every operation is given first: its memory, its time, its database, who asks.
 *
 * One per request or job, on one thread at a time. Filled by the HTTP layer, a job or a test.
 */
#pragma once
#include "base/arena.h"
#include "base/err.h"
#include "base/ids.h"
#include "base/str.h"
#include <stdbool.h>
#include <stdint.h>

struct db;
struct write_batch;

enum actor_kind {
    ACTOR_NONE,     /* nobody proved who they are */
    ACTOR_SYSTEM,   /* a job, the command line */
    ACTOR_STAFF,    /* a team member with a session */
    ACTOR_KEY,      /* a program with an API key */
    ACTOR_TABLET,   /* a counter tablet with its device token */
    ACTOR_CUSTOMER, /* a customer with a session */
    ACTOR_POS,      /* a POS whose signature was checked */
};

struct actor {
    enum actor_kind kind;
    int64_t id;       /* team_member_id, api_key_id, tablet_id, customer_id or integration_id */
    int64_t location; /* location_id a tablet stands in; 0: none */
    int64_t session;  /* session_id of a team member's; 0: none */
    bool limited; /* a member's session that has yet to set up the second factor required here */
    uint64_t permissions; /* PERM_* bits, core/team/permissions.h */
    int64_t holder; /* team_member_id who signed in where another one serves by PIN; 0: the same */
};

struct ctx {
    struct arena *arena;
    struct db *db;         /* NULL while parsing, before the queue */
    struct id_source *ids; /* */
    int64_t now_us;        /* UTC; read once for this request */
    merchant_id merchant;  /* the tenant; 0 before it is known */
    struct actor actor;
    struct str remote; /* the caller's address, or IPv6 network; for lock-outs, never logged */
    const struct settings *settings;
    struct write_batch *batch; /* set in the write lane: sequences and live events */

    /* The last failure. */
    bool keep;         /* KEEP: see err.h */
    const char *field; /* the request's field at fault, or NULL */
    char detail[160];  /* for the log */
    int retry_after_s; /* for KIND_TOO_MANY and KIND_RETRY; 0: one second */
};
