/* dossier — what modules write, and the JSON of it; the page is in dossier_page.c. See dossier.h.
 */
#include "base/dossier.h"
#include "base/arena.h"
#include "base/json.h"

/* Texts that are read while rows are: what they stand in is not kept. */
static struct dossier_value *
add(struct dossier *dossier, const char *key, enum dossier_kind kind)
{
    struct dossier_value *value = ARENA_NEW(dossier->arena, struct dossier_value);

    ASSERT(dossier->last != NULL);
    ASSERT(dossier->last->last != NULL);
    struct dossier_row *row = dossier->last->last;
    *value = (struct dossier_value){.key = key, .kind = kind};
    *(row->last == NULL ? &row->first : &row->last->next) = value;
    row->last = value;
    return value;
}

void
dossier_section(struct dossier *dossier, const char *key)
{
    struct dossier_section *section = ARENA_NEW(dossier->arena, struct dossier_section);

    *section = (struct dossier_section){.key = key};
    *(dossier->last == NULL ? &dossier->first : &dossier->last->next) = section;
    dossier->last = section;
}

bool
dossier_row(struct dossier *dossier)
{
    struct dossier_section *section = dossier->last;

    ASSERT(section != NULL);
    if (section->rows == DOSSIER_ROWS_MAX) {
        section->is_cut = true;
        return false;
    }
    struct dossier_row *row = ARENA_NEW(dossier->arena, struct dossier_row);
    *row = (struct dossier_row){.next = NULL};
    *(section->last == NULL ? &section->first : &section->last->next) = row;
    section->last = row;
    section->rows++;
    return true;
}

void
dossier_put_text(struct dossier *dossier, const char *key, struct str text)
{
    if (text.len > 0) add(dossier, key, DOSSIER_TEXT)->text = text;
}

void
dossier_put_code(struct dossier *dossier, const char *key, struct str code)
{
    if (code.len > 0) add(dossier, key, DOSSIER_CODE)->text = code;
}

void
dossier_put_number(struct dossier *dossier, const char *key, int64_t number)
{
    add(dossier, key, DOSSIER_NUMBER)->number = number;
}

void
dossier_put_money(struct dossier *dossier, const char *key, int64_t minor)
{
    if (minor != 0) add(dossier, key, DOSSIER_MONEY)->number = minor;
}

void
dossier_put_time(struct dossier *dossier, const char *key, int64_t at_us)
{
    if (at_us != 0) add(dossier, key, DOSSIER_TIME)->number = at_us;
}

/* ---- for programs ---- */

/* "given_name" of "export.given_name" */
static const char *
name_of(const char *key)
{
    const char *dot = strrchr(key, '.');

    return dot == NULL ? key : dot + 1;
}

static void
put_value(struct json_out *out, const struct dossier *dossier, const struct dossier_value *value)
{
    const char *name = name_of(value->key);

    switch (value->kind) {
    case DOSSIER_TEXT:
    case DOSSIER_CODE:
        json_put_text(out, name, value->text);
        break;
    case DOSSIER_NUMBER:
        json_put_int(out, name, value->number);
        break;
    case DOSSIER_MONEY:
        json_put_money(out, name, value->number, dossier->currency);
        break;
    case DOSSIER_TIME:
        json_put_time(out, name, value->number);
        break;
    }
}

static void
put_section(struct json_out *out, const struct dossier *dossier,
            const struct dossier_section *section)
{
    json_put_array(out, name_of(section->key));
    for (const struct dossier_row *row = section->first; row != NULL; row = row->next) {
        json_put_object(out, NULL);
        for (const struct dossier_value *value = row->first; value != NULL; value = value->next)
            put_value(out, dossier, value);
        json_end_object(out);
    }
    json_end_array(out);
}

struct str
dossier_json(const struct dossier *dossier)
{
    struct json_out out;
    bool is_complete = true;

    json_out_open(&out, dossier->arena);
    json_put_object(&out, NULL);
    json_put_time(&out, "made_at", dossier->made_us);
    json_put_text(&out, "merchant", dossier->merchant);
    json_put_object(&out, "sections");
    for (const struct dossier_section *at = dossier->first; at != NULL; at = at->next) {
        is_complete = is_complete && !at->is_cut;
        if (at->rows > 0) put_section(&out, dossier, at);
    }
    json_end_object(&out);
    json_put_bool(&out, "complete", is_complete);
    json_end_object(&out);
    return json_out_text(&out);
}
