/* sessions — see sessions.h. */
#include "core/team/sessions.h"
#include "core/team/sessions_store.h"
#include "db/db.h"

enum err
sessions_list(struct ctx *ctx, team_member_id member, struct session **sessions, int *count)
{
    return sessions_store_list(ctx, member, sessions, count);
}

enum err
sessions_end(struct ctx *ctx, team_member_id member, session_id id)
{
    bool found;

    ASSERT(db_in_tx(ctx->db));
    TRY(sessions_store_remove(ctx, member, id, &found));
    return found ? OK : fail(ctx, ERR_SESSION_UNKNOWN, "session %lld", (long long)id.v);
}

enum err
sessions_end_others(struct ctx *ctx, team_member_id member, session_id kept)
{
    ASSERT(db_in_tx(ctx->db));
    return sessions_store_remove_others(ctx, member, kept);
}

enum err
sessions_note_used(struct ctx *ctx, session_id id, int64_t at_us)
{
    ASSERT(id.v != 0);
    return sessions_store_note_used(ctx, id, at_us);
}

enum err
sessions_unlimit(struct ctx *ctx, team_member_id member)
{
    return sessions_store_unlimit(ctx, member);
}

enum err
sessions_shorten(struct ctx *ctx, int64_t until_us)
{
    ASSERT(until_us > ctx->now_us);
    return sessions_store_shorten(ctx, until_us);
}
