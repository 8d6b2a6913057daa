/* customers_export — what the directory knows of a person. See customers.h. */
#include "base/dossier.h"
#include "base/json.h"
#include "core/customers/card_codes.h"
#include "core/customers/customers.h"
#include "core/customers/customers_store.h"
#include "core/customers/merges.h"

static void
put_fields(struct dossier *dossier, const struct customer *customer)
{
    dossier_put_text(dossier, WORDS_KEY("export.reference"),
                     id_format(dossier->arena, ID_customer, customer->id.v));
    dossier_put_text(dossier, WORDS_KEY("export.given_name"), customer->given_name);
    dossier_put_text(dossier, WORDS_KEY("export.family_name"), customer->family_name);
    dossier_put_text(dossier, WORDS_KEY("export.company_name"), customer->company_name);
    dossier_put_text(dossier, WORDS_KEY("export.nickname"), customer->nickname);
    dossier_put_text(dossier, WORDS_KEY("export.phone_number"), customer->phone);
    dossier_put_text(dossier, WORDS_KEY("export.email_address"), customer->email);
    dossier_put_text(dossier, WORDS_KEY("export.birthday"), customer->birthday);
    dossier_put_text(dossier, WORDS_KEY("export.note"), customer->note);
    dossier_put_text(dossier, WORDS_KEY("export.reference_id"), customer->reference_id);
    dossier_put_code(dossier, WORDS_KEY("export.source"), customer->source);
    dossier_put_time(dossier, WORDS_KEY("export.known_since"), customer->created_us);
    dossier_put_time(dossier, WORDS_KEY("export.changed_at"), customer->updated_us);
}

/* Of Square's address, in the order of an envelope. */
static enum err
put_address(struct ctx *ctx, const struct customer *customer, struct dossier *dossier)
{
    static const char *const names[] = {
        "address_line_1", "address_line_2", "address_line_3", "sublocality",
        "postal_code",    "locality",       "country",        "administrative_district_level_1",
    };
    enum { NAME_COUNT = sizeof names / sizeof names[0] };
    struct json_field fields[NAME_COUNT];
    struct str parts[NAME_COUNT] = {0}, whole = STR("");
    json_t *root;

    if (customer->address_json.len == 0) return OK;
    for (int i = 0; i < NAME_COUNT; i++)
        fields[i] = (struct json_field){names[i], JSON_FIELD_TEXT, &parts[i], .max = 500};
    TRY(json_parse(ctx, customer->address_json, &root));
    TRY(json_read_fields(ctx, root, JSON_OPEN, fields, NAME_COUNT));
    for (int i = 0; i < NAME_COUNT; i++) {
        if (parts[i].len == 0) continue;
        whole = str_format(ctx->arena, "%.*s%s%.*s", STR_ARG(whole), whole.len > 0 ? ", " : "",
                           STR_ARG(parts[i]));
    }
    dossier_put_text(dossier, WORDS_KEY("export.address"), whole);
    return OK;
}

/* As they were before merges that can be undone yet: another name, number or address may be there.
 */
static enum err
put_persons(struct ctx *ctx, customer_id id, struct dossier *dossier)
{
    struct customer *persons;
    int count;

    TRY(customer_merges_list_persons(ctx, id, &persons, &count));
    dossier_section(dossier, WORDS_KEY("export.before_merges"));
    for (int i = 0; i < count && dossier_row(dossier); i++) {
        put_fields(dossier, &persons[i]);
        TRY(put_address(ctx, &persons[i], dossier));
    }
    return OK;
}

static enum err
put_consents(struct ctx *ctx, customer_id id, struct dossier *dossier)
{
    struct consent_seen *consents;
    int count;

    TRY(consents_list(ctx, id, &consents, &count));
    dossier_section(dossier, WORDS_KEY("export.consents"));
    for (int i = 0; i < count && dossier_row(dossier); i++) {
        const struct consent *consent = &consents[i].consent;

        dossier_put_time(dossier, WORDS_KEY("export.at"), consents[i].at_us);
        dossier_put_code(dossier, WORDS_KEY("export.purpose"), consent->purpose);
        dossier_put_code(dossier, WORDS_KEY("export.state"), consent->state);
        dossier_put_text(dossier, WORDS_KEY("export.notice_version"), consent->notice_version);
        dossier_put_text(dossier, WORDS_KEY("export.language"), consent->language);
        dossier_put_code(dossier, WORDS_KEY("export.where"), consent->source);
    }
    return OK;
}

static enum err
put_cards(struct ctx *ctx, customer_id id, struct dossier *dossier)
{
    struct card_seen *cards;
    int count;

    TRY(cards_list(ctx, id, &cards, &count));
    dossier_section(dossier, WORDS_KEY("export.cards"));
    for (int i = 0; i < count && dossier_row(dossier); i++) {
        dossier_put_text(dossier, WORDS_KEY("export.brand"), cards[i].brand);
        dossier_put_text(dossier, WORDS_KEY("export.last_4"), cards[i].last_4);
        dossier_put_time(dossier, WORDS_KEY("export.linked_at"), cards[i].linked_us);
    }
    return OK;
}

static enum err
put_links(struct ctx *ctx, customer_id id, struct dossier *dossier)
{
    struct str *names;
    int count;

    TRY(customers_store_list_links(ctx, id, &names, &count));
    dossier_section(dossier, WORDS_KEY("export.till_numbers"));
    for (int i = 0; i < count && dossier_row(dossier); i++)
        dossier_put_text(dossier, WORDS_KEY("export.till_number"), names[i]);
    return OK;
}

enum err
customers_export_customer(struct ctx *ctx, customer_id id, struct dossier *dossier)
{
    struct customer customer;
    struct str card_code;

    TRY(customers_find(ctx, id, &customer));
    TRY(card_codes_read(ctx, id, &card_code));
    dossier_section(dossier, WORDS_KEY("export.record"));
    dossier_row(dossier);
    put_fields(dossier, &customer);
    dossier_put_text(dossier, WORDS_KEY("export.card_code"), card_code);
    TRY(put_address(ctx, &customer, dossier));
    TRY(put_persons(ctx, id, dossier));
    TRY(put_links(ctx, id, dossier));
    TRY(put_cards(ctx, id, dossier));
    return put_consents(ctx, id, dossier);
}
