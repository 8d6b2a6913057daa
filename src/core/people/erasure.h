/*
 * erasure — the journal of who was erased: what a restored backup must forget once more.
 *
 * A backup is older than what was erased after it. So each erasure is noted as a hash of the
 * customer's id, which tells nothing to whoever reads it: of a database restored from before, the
 * customers that a hash fits are erased again. The journal is in the database, and so in every
 * backup; a file beside the database has it, too (src/jobs/erasure_file.h), for the time after the
 * last backup; see docs/decisions/0106.
 *
 * Invariant: nothing in a journal is personal data.
 */
#pragma once
#include "base/ctx.h"
#include "base/hash.h"

struct erasure {
    merchant_id merchant;
    uint8_t hash[HASH_LEN];
    int64_t at_us;
};

/* What the journal has of a customer. */
void erasure_hash(merchant_id merchant, customer_id customer, uint8_t hash[static HASH_LEN]);

/*
 * Notes that ctx->actor erases a customer of ctx->merchant, and whoever was merged into them.
 * Within:   a transaction
 * Repeat:   harmless
 */
MUST_USE enum err erasure_note(struct ctx *ctx, customer_id customer);

/* ---- what is to be done after an erasure: of all merchants, the oldest first ---- */
enum erasure_work {
    ERASURE_TO_FILE,    /* it is not in the journal's file yet */
    ERASURE_TO_REWRITE, /* the database's file may have a trace of it; SQLite */
};
/* At most max. */
MUST_USE enum err erasure_list(struct ctx *ctx, enum erasure_work work, int max,
                               struct erasure **erasures, int *count);
/* Within: a transaction. Repeat: harmless. */
MUST_USE enum err erasure_done(struct ctx *ctx, enum erasure_work work,
                               const struct erasure *erasures, int count);
/* All are to be filed anew: the file is gone. Within: a transaction. */
MUST_USE enum err erasure_file_anew(struct ctx *ctx);

/* ---- after a restore ---- */
struct erasure_replay {
    const struct erasure *journal; /* in any order, each as often as one likes */
    int64_t count;
    int64_t looked_at, erased; /* filled: customers */
};
/*
 * Erases those customers of ctx->merchant that the given journal or the database's own names, and
 * adds the given one of the merchant to the latter. Who is named alone, and is a part of somebody
 * here, is parted from them first. Looks at a page of customers after *after;
 * *after is 0 again when it has seen the last.
 *
 * Within:   a write batch
 * Repeat:   harmless
 */
MUST_USE enum err erasure_replay(struct ctx *ctx, struct erasure_replay *replay, int64_t *after);
