/* stream_proof — whether who listens to a stream still may. See streams.h. */
#include "base/clock.h"
#include "http/streams.h"

bool
stream_proof_holds(const struct stream_proof *proof)
{
    const struct http_options *options = &proof->server->options;
    struct reader *reader = &http_thread_of(proof->server)->reader;
    struct http_auth auth = {.token = proof->token, .lane = options->lane};
    struct arena arena;
    struct ctx ctx = {.arena = &arena, .settings = options->settings, .now_us = clock_now_us()};

    arena_open(&arena, ARENA_REQUEST_MAX);
    enum err err = reader_begin(reader, &ctx);
    if (err == OK) {
        err = options->authenticate(&ctx, &auth);
        reader_end(reader, &ctx);
    }
    bool may = err == OK && ctx.merchant.v == proof->merchant.v &&
               (proof->route->needs & ~ctx.actor.permissions) == 0;
    arena_close(&arena);
    return may || err_kind(err) == KIND_RETRY || err_kind(err) == KIND_FAULT;
}
