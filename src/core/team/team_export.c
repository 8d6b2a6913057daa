/* team_export — where a customer is signed in. See team.h. */
#include "base/dossier.h"
#include "core/team/team.h"
#include "core/team/team_store.h"

enum err
team_export_customer(struct ctx *ctx, customer_id id, struct dossier *dossier)
{
    struct customer_session *sessions;
    int count;

    TRY(team_store_list_customer_sessions(ctx, id, &sessions, &count));
    dossier_section(dossier, WORDS_KEY("export.sessions"));
    for (int i = 0; i < count && dossier_row(dossier); i++) {
        dossier_put_time(dossier, WORDS_KEY("export.began_at"), sessions[i].created_us);
        dossier_put_time(dossier, WORDS_KEY("export.used_at"), sessions[i].used_us);
        dossier_put_time(dossier, WORDS_KEY("export.expires_at"), sessions[i].expires_us);
    }
    return OK;
}
