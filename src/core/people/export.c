/* export — see export.h. */
#include "core/people/export.h"
#include "core/credit/credit.h"
#include "core/loyalty/accounts.h"
#include "core/merchants/merchants.h"
#include "core/orders/orders.h"
#include "core/outbox/outbox.h"
#include "core/people/retention_store.h"
#include "core/team/team.h"
#include "core/trail/trail.h"

typedef enum err exporter(struct ctx *ctx, customer_id id, struct dossier *dossier);

static enum err
export_contact(struct ctx *ctx, customer_id id, struct dossier *dossier)
{
    int64_t at_us;

    TRY(retention_store_find_contact(ctx, id, &at_us));
    if (at_us == 0) return OK;
    dossier_section(dossier, WORDS_KEY("export.contact"));
    dossier_row(dossier);
    dossier_put_time(dossier, WORDS_KEY("export.at"), at_us);
    return OK;
}

/* In the order that a person reads: who they are, what they have, what they did, what was done. */
static exporter *const exporters[] = {
    customers_export_customer,
    accounts_export_customer,
    credit_export_customer,
    orders_export_customer,
    outbox_export_customer,
    team_export_customer,
    export_contact,
    trail_export_customer,
};
enum { EXPORTER_COUNT = sizeof exporters / sizeof exporters[0] };

static enum err
choose_language(struct ctx *ctx, customer_id id, const struct merchant *merchant,
                struct str *language)
{
    struct consent_seen *consents;
    int count;

    if (language->len > 0) return OK;
    *language = merchant->language;
    TRY(consents_list(ctx, id, &consents, &count));
    if (count > 0) *language = consents[0].consent.language;
    return OK;
}

enum err
people_export_customer(struct ctx *ctx, customer_id id, struct str language,
                       struct dossier *dossier)
{
    struct merchant merchant;
    struct customer person;

    TRY(customers_find(ctx, id, &person));
    id = person.id; /* of who was merged, all that the survivor has */
    TRY(merchants_find(ctx, &merchant));
    TRY(choose_language(ctx, id, &merchant, &language));
    *dossier = (struct dossier){
        .arena = ctx->arena,
        .language = str_of(words_language(language)),
        .zone = merchant.time_zone,
        .currency = merchant.currency,
        .merchant = merchant.name,
        .made_us = ctx->now_us,
    };
    for (int i = 0; i < EXPORTER_COUNT; i++)
        TRY(exporters[i](ctx, id, dossier));
    return OK;
}
