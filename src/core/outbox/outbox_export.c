/* outbox_export — what was written to a person. See outbox.h. */
#include "base/dossier.h"
#include "core/outbox/outbox.h"
#include "core/outbox/outbox_store.h"

enum { MESSAGES_MAX = 1000 }; /* they are kept for a month */

enum err
outbox_export_customer(struct ctx *ctx, customer_id customer, struct dossier *dossier)
{
    struct outbox_message *messages;
    int count;

    TRY(outbox_store_list_of_customer(ctx, customer, MESSAGES_MAX, &messages, &count));
    dossier_section(dossier, WORDS_KEY("export.messages"));
    for (int i = 0; i < count && dossier_row(dossier); i++) {
        const struct outbox_message *message = &messages[i];
        bool is_code = str_is(message->purpose, STR("sign_in_code"));

        dossier_put_time(dossier, WORDS_KEY("export.at"), message->created_us);
        dossier_put_code(dossier, WORDS_KEY("export.purpose"), message->purpose);
        dossier_put_code(dossier, WORDS_KEY("export.channel"),
                         str_of(outbox_channel_name(message->channel)));
        dossier_put_text(dossier, WORDS_KEY("export.sent_to"), message->address);
        dossier_put_code(dossier, WORDS_KEY("export.state"),
                         str_of(outbox_state_name(message->state)));
        if (is_code) continue;
        dossier_put_text(dossier, WORDS_KEY("export.subject"), message->subject);
        dossier_put_text(dossier, WORDS_KEY("export.text"), message->body);
    }
    return OK;
}
