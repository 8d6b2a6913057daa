/* sealing — the job that seals what was posted since the last seal. See jobs.h and seal.h. */
#include "base/log.h"
#include "core/ledger/seal.h"
#include "jobs/jobs.h"

/* Once, when the first seal with another server key is prepared; `habitue verify` tells it, too. */
static enum err
warn_of_key(struct ctx *ctx, const struct ledger_seal *seal)
{
    uint8_t key[SIGN_PUBLIC_LEN];
    bool found;

    TRY(ledger_seal_find_key(ctx, key, &found));
    if (found && !hash_same(key, seal->public_key, sizeof key)) {
        LOG(LOG_WARN, "seal_key_changed",
            LOG_TEXT("was", str_z(ctx->arena, hash_hex(ctx->arena, key, sizeof key))));
    }
    return OK;
}

enum err
job_seal_prepare(struct ctx *ctx, void **prepared)
{
    struct ledger_seal *seal = ARENA_NEW(ctx->arena, struct ledger_seal);

    TRY(ledger_seal_prepare(ctx, seal));
    if (seal->number == 0) return OK;
    *prepared = seal;
    return warn_of_key(ctx, seal);
}

enum err
job_seal_write(struct ctx *ctx, void *prepared, bool *more)
{
    const struct ledger_seal *seal = prepared;
    bool added;

    TRY(ledger_seal_add(ctx, seal, &added));
    *more = added && seal->transfers == LEDGER_SEAL_MAX;
    return OK;
}
