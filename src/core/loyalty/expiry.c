/* expiry — see accounts_expire in accounts.h. */
#include "core/loyalty/accounts.h"
#include "core/loyalty/points.h"

enum err
accounts_expire(struct ctx *ctx, int max, int *expired)
{
    struct ledger_line *lots;
    int next;

    ASSERT(max <= ACCOUNTS_EXPIRE_MAX);
    TRY(ledger_list_due(ctx, (account_id){0}, max, &lots, expired));
    for (int i = 0; i < *expired; i = next) {
        struct membership member;

        for (next = i; next < *expired && lots[next].owner == lots[i].owner; next++) {
        }
        TRY(points_find(ctx, (account_id){lots[i].owner}, &member));
        TRY(points_expire_lots(ctx, &member, &lots[i], next - i));
    }
    return OK;
}
