/* trail_export — when staff looked at a person's sheet. See trail.h. */
#include "base/dossier.h"
#include "core/trail/trail.h"

enum { PAGE = 500 };

enum err
trail_export_customer(struct ctx *ctx, customer_id customer, struct dossier *dossier)
{
    struct trail_query query = {.customer = customer, .limit = PAGE};
    struct trail_entry *entries;
    int count;

    dossier_section(dossier, WORDS_KEY("export.trail"));
    do {
        TRY(trail_list(ctx, &query, &entries, &count));
        for (int i = 0; i < count; i++) {
            if (!dossier_row(dossier)) return OK;
            dossier_put_time(dossier, WORDS_KEY("export.at"), id_at_us(entries[i].id.v));
            dossier_put_code(dossier, WORDS_KEY("export.what"),
                             str_of(trail_kind_name(entries[i].kind)));
            query.before = entries[i].id;
        }
    } while (count == PAGE);
    return OK;
}
