/* credit_export — a person's credit notes. See credit.h. */
#include "base/dossier.h"
#include "core/credit/credit.h"

enum err
credit_export_customer(struct ctx *ctx, customer_id customer, struct dossier *dossier)
{
    struct credit_note *notes;
    int count;

    TRY(credit_list(ctx, customer, CREDIT_ALL, &notes, &count));
    dossier_section(dossier, WORDS_KEY("export.credit_notes"));
    for (int i = 0; i < count && dossier_row(dossier); i++) {
        const struct credit_note *note = &notes[i];

        dossier_put_time(dossier, WORDS_KEY("export.at"), note->created_us);
        dossier_put_text(dossier, WORDS_KEY("export.code_of_note"), note->code);
        dossier_put_money(dossier, WORDS_KEY("export.amount"), note->amount_minor);
        dossier_put_money(dossier, WORDS_KEY("export.left"), note->balance_minor);
        dossier_put_code(dossier, WORDS_KEY("export.reason"), credit_reason_name(note->reason));
        dossier_put_text(dossier, WORDS_KEY("export.note"), note->note);
        dossier_put_time(dossier, WORDS_KEY("export.expires_at"), note->expires_us);
        dossier_put_time(dossier, WORDS_KEY("export.ended_at"), note->ended_us);
    }
    return OK;
}
