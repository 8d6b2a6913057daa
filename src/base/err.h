/*
 * err — every way an operation can be refused or fail, in one list.
 *
 * err.def is read here, by the HTTP layer (status and Square category from the kind) and by the
 * web apps (the name is the key of the sentence shown).
 */
#pragma once
#include "base/check.h"
#include "base/str.h"

enum err_kind {
    KIND_NONE,
    KIND_MALFORMED,       /* 400 INVALID_REQUEST_ERROR: the request could not be understood */
    KIND_UNAUTHENTICATED, /* 401 AUTHENTICATION_ERROR */
    KIND_FORBIDDEN,       /* 403 AUTHENTICATION_ERROR */
    KIND_MISSING,         /* 404 INVALID_REQUEST_ERROR: absent, or another merchant's */
    KIND_CONFLICT,        /* 409 INVALID_REQUEST_ERROR */
    KIND_TOO_LARGE,       /* 413 INVALID_REQUEST_ERROR */
    KIND_REFUSED,         /* 400 INVALID_REQUEST_ERROR: understood, and the rules say no */
    KIND_TOO_MANY,        /* 429 RATE_LIMIT_ERROR, with Retry-After */
    KIND_RETRY,           /* 503 API_ERROR, with Retry-After: nothing was changed */
    KIND_FAULT,           /* 500 API_ERROR */
};

#define ERR(name, kind, text) name,
enum err {
#include "base/err.def"
    ERR_COUNT
};
#undef ERR

const char *err_name(enum err err); /* "LEDGER_SHORT": without ERR_, as the API writes it */
enum err_kind err_kind(enum err err);
const char *err_text(enum err err); /* English sentence for a person; screens translate by name */

/*
 * An error marked KEEP by fail_keep() is answered as an error, but what its handler wrote stays:
 * so that a wrong code is counted durably.
 */
struct ctx;

/* Notes a detail for the log (never sent to clients) and returns err. */
enum err fail(struct ctx *ctx, enum err err, const char *detail, ...) PRINTF_LIKE(3, 4);
/* The same, naming the request's field at fault ("reward.loyalty_account_id"). */
enum err fail_field(struct ctx *ctx, enum err err, const char *field);
/* The same as fail(), and what was written in this savepoint is kept. */
enum err fail_keep(struct ctx *ctx, enum err err, const char *detail, ...) PRINTF_LIKE(3, 4);

/* Returns the error to the caller's caller. The only macro that returns. */
#define TRY(call)                                                                                  \
    do {                                                                                           \
        enum err try_err_ = (call);                                                                \
        if (try_err_ != OK) return try_err_;                                                       \
    } while (0)
