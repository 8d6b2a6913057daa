/* audit_checks — what the audits of other modules have in common; see audit.h. */
#include "core/ledger/audit.h"
#include "db/db.h"
#include <inttypes.h>
#include <stdio.h>

enum err
audit_read(struct db_rows *rows, struct audit_difference *differences, int *count)
{
    *count = 0;
    while (db_next(rows)) {
        differences[(*count)++] = (struct audit_difference){
            .subject = db_col_int(rows, 0),
            .is = db_col_int(rows, 1),
            .should_be = db_col_int(rows, 2),
        };
    }
    return db_done(rows);
}

void
audit_tell(struct ctx *ctx, const struct audit_check *check,
           const struct audit_difference *differences, int count, struct audit_told *told)
{
    char sentence[256];

    for (int i = 0; i < count; i++) {
        struct str id = id_format(ctx->arena, check->kind, differences[i].subject);

        snprintf(sentence, sizeof sentence, "%s %.*s: %s %" PRId64 ", %s %" PRId64, check->subject,
                 STR_ARG(id), check->is, differences[i].is, check->should_be,
                 differences[i].should_be);
        told->tell(told->self, sentence);
    }
    told->differences += count;
}

enum err
audit_run(struct ctx *ctx, const struct audit_check *checks, int count, struct audit_told *told)
{
    struct audit_difference differences[LEDGER_AUDIT_TOLD];
    int found;

    for (int i = 0; i < count; i++) {
        TRY(checks[i].compare(ctx, differences, &found));
        audit_tell(ctx, &checks[i], differences, found, told);
    }
    return OK;
}
