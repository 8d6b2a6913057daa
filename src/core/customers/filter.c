/* filter — see filter.h. */
#include "core/customers/filter.h"
#include <string.h>

enum { DAYS_MAX = 36500, VISITS_MAX = 1000000000, PURPOSE_MAX = 60 };
#define AMOUNT_MAX INT64_C(1000000000000)

/* ---- in ---- */

struct adding {
    struct ctx *ctx;
    const char *prefix;
    struct json_field *fields;
    int count;
};

static void
add(struct adding *adding, struct json_field field)
{
    ASSERT(adding->count < FILTER_FIELDS_MAX);
    field.path = str_format(adding->ctx->arena, "%s%s", adding->prefix, field.path).at;
    adding->fields[adding->count++] = field;
}

static void
add_range(struct adding *adding, const char *name, struct customer_range *range,
          const int64_t ends[2])
{
    struct arena *arena = adding->ctx->arena;

    add(adding, (struct json_field){.path = str_format(arena, "%s.min", name).at,
                                    .kind = JSON_FIELD_INT,
                                    .into = &range->min,
                                    .min = ends[0],
                                    .max = ends[1],
                                    .given = &range->has_min});
    add(adding, (struct json_field){.path = str_format(arena, "%s.max", name).at,
                                    .kind = JSON_FIELD_INT,
                                    .into = &range->max,
                                    .min = ends[0],
                                    .max = ends[1],
                                    .given = &range->has_max});
}

static void
add_squares(struct adding *adding, struct filter_told *told)
{
    struct customer_query *query = &told->query;
    const struct json_field fields[] = {
        {"creation_source.values", JSON_FIELD_TEXTS, &told->sources},
        {"creation_source.rule", JSON_FIELD_TEXT, &told->rule},
        {"created_at.start_at", JSON_FIELD_TIME, &query->created_from_us},
        {"created_at.end_at", JSON_FIELD_TIME, &query->created_until_us},
        {"updated_at.start_at", JSON_FIELD_TIME, &query->updated_from_us},
        {"updated_at.end_at", JSON_FIELD_TIME, &query->updated_until_us},
        {"email_address.exact", JSON_FIELD_TEXT, &query->email},
        {"email_address.fuzzy", JSON_FIELD_TEXT, &query->email_fuzzy},
        {"phone_number.exact", JSON_FIELD_TEXT, &query->phone, .max = 40},
        {"phone_number.fuzzy", JSON_FIELD_TEXT, &query->phone_fuzzy, .max = 40},
        {"reference_id.exact", JSON_FIELD_TEXT, &query->reference_id},
        {"reference_id.fuzzy", JSON_FIELD_TEXT, &query->reference_fuzzy},
        {"text.fuzzy", JSON_FIELD_TEXT, &query->text, .max = 100},
        {"group_ids.all", JSON_FIELD_IDS, &told->all, .id_kind = ID_tag, .max = CUSTOMER_TAGS_MAX},
        {"group_ids.any", JSON_FIELD_IDS, &told->any, .id_kind = ID_tag, .max = CUSTOMER_TAGS_MAX},
        {"group_ids.none", JSON_FIELD_IDS, &told->none, .id_kind = ID_tag,
         .max = CUSTOMER_TAGS_MAX},
    };

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        add(adding, fields[i]);
    }
}

static const int64_t days_ends[2] = {0, DAYS_MAX};
static const int64_t visits_ends[2] = {0, VISITS_MAX};
static const int64_t amount_ends[2] = {-AMOUNT_MAX, AMOUNT_MAX};

int
filter_fields(struct ctx *ctx, const char *prefix, struct filter_told *told,
              struct json_field fields[static FILTER_FIELDS_MAX])
{
    struct adding adding = {.ctx = ctx, .prefix = prefix, .fields = fields};
    struct customer_query *query = &told->query;

    add_squares(&adding, told);
    add_range(&adding, "visits", &query->visits, visits_ends);
    add_range(&adding, "spend", &query->spend_minor, amount_ends);
    add_range(&adding, "last_visit_days", &query->last_visit_days, days_ends);
    add_range(&adding, "joined_days", &query->joined_days, days_ends);
    add_range(&adding, "balance", &query->balance, amount_ends);
    add(&adding, (struct json_field){"balance.program_id", JSON_FIELD_ID, &query->program.v,
                                     .id_kind = ID_program});
    add(&adding, (struct json_field){"birth_month", JSON_FIELD_INT, &query->birth_month, .min = 1,
                                     .max = 12});
    add(&adding, (struct json_field){"location_id", JSON_FIELD_ID, &query->location.v,
                                     .id_kind = ID_location});
    add(&adding, (struct json_field){"consent.purpose", JSON_FIELD_TEXT, &query->consent_purpose,
                                     .max = PURPOSE_MAX});
    add(&adding, (struct json_field){"consent.state", JSON_FIELD_TEXT, &query->consent_state,
                                     .max = PURPOSE_MAX});
    return adding.count;
}

/* ---- put together ---- */

static enum err
refuse(struct ctx *ctx, enum err err, const char *prefix, const char *name)
{
    return fail_field(ctx, err, str_format(ctx->arena, "%s%s", prefix, name).at);
}

/* A filter is exact or fuzzy, but cannot be both. */
static enum err
check_texts(struct ctx *ctx, const char *prefix, const struct customer_query *query)
{
    const struct {
        struct str exact, fuzzy;
        const char *name;
    } filters[] = {
        {query->email, query->email_fuzzy, "email_address"},
        {query->phone, query->phone_fuzzy, "phone_number"},
        {query->reference_id, query->reference_fuzzy, "reference_id"},
    };

    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) {
        if (filters[i].exact.len == 0 || filters[i].fuzzy.len == 0) continue;
        return refuse(ctx, ERR_FIELD_VALUE, prefix, filters[i].name);
    }
    return OK;
}

static enum err
check_ranges(struct ctx *ctx, const char *prefix, const struct customer_query *query)
{
    const struct {
        struct customer_range range;
        const char *name;
    } ranges[] = {
        {query->visits, "visits.max"},
        {query->spend_minor, "spend.max"},
        {query->last_visit_days, "last_visit_days.max"},
        {query->joined_days, "joined_days.max"},
        {query->balance, "balance.max"},
    };

    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        const struct customer_range *range = &ranges[i].range;

        if (!range->has_min || !range->has_max || range->min <= range->max) continue;
        return refuse(ctx, ERR_FIELD_RANGE, prefix, ranges[i].name);
    }
    if (query->program.v != 0 || (!query->balance.has_min && !query->balance.has_max)) return OK;
    return refuse(ctx, ERR_FIELD_REQUIRED, prefix, "balance.program_id");
}

static enum err
check_consent(struct ctx *ctx, const char *prefix, const struct customer_query *query)
{
    static const char *const states[] = {"shown", "given", "withdrawn", "none"};

    if (query->consent_purpose.len == 0 && query->consent_state.len == 0) return OK;
    if (query->consent_purpose.len == 0) {
        return refuse(ctx, ERR_FIELD_REQUIRED, prefix, "consent.purpose");
    }
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        if (str_is(query->consent_state, str_of(states[i]))) return OK;
    }
    return refuse(ctx, ERR_FIELD_VALUE, prefix, "consent.state");
}

/* creation_source: one value to include, or to leave out. */
static enum err
settle_source(struct ctx *ctx, const char *prefix, const struct filter_told *told,
              struct customer_query *query)
{
    bool excludes = str_is(told->rule, STR("EXCLUDE"));

    if (told->rule.len > 0 && !excludes && !str_is(told->rule, STR("INCLUDE"))) {
        return refuse(ctx, ERR_FIELD_VALUE, prefix, "creation_source.rule");
    }
    if (told->sources.count > 1) {
        return refuse(ctx, ERR_FIELD_VALUE, prefix, "creation_source.values");
    }
    if (told->sources.count == 0) return OK;
    query->source = told->sources.at[0];
    query->source_excluded = excludes;
    return OK;
}

static struct customer_tags
tags_of(struct json_ids ids)
{
    return (struct customer_tags){ids.at, ids.count};
}

enum err
filter_settle(struct ctx *ctx, const char *prefix, const struct filter_told *told,
              struct customer_query *query)
{
    struct customer_query rest = *query;

    *query = told->query;
    query->sort = rest.sort;
    query->newest_first = rest.newest_first;
    query->after = rest.after;
    query->after_key = rest.after_key;
    query->after_name = rest.after_name;
    query->limit = rest.limit;
    query->tags_all = tags_of(told->all);
    query->tags_any = tags_of(told->any);
    query->tags_none = tags_of(told->none);
    TRY(check_texts(ctx, prefix, query));
    TRY(check_ranges(ctx, prefix, query));
    TRY(check_consent(ctx, prefix, query));
    return settle_source(ctx, prefix, told, query);
}

enum err
filter_parse(struct ctx *ctx, struct str text, struct customer_query *query)
{
    struct json_field fields[FILTER_FIELDS_MAX];
    struct filter_told told = {0};
    json_t *root;

    TRY(json_parse(ctx, text, &root));
    int count = filter_fields(ctx, "", &told, fields);
    TRY(json_read_fields(ctx, root, JSON_CLOSED, fields, count));
    return filter_settle(ctx, "", &told, query);
}

bool
filter_names_somebody(const struct customer_query *query)
{
    return query->text.len > 0 || query->email.len > 0 || query->email_fuzzy.len > 0 ||
           query->phone.len > 0 || query->phone_fuzzy.len > 0 || query->reference_id.len > 0 ||
           query->reference_fuzzy.len > 0;
}

/* ---- out ---- */

static void
put_range(struct json_out *out, const char *name, struct customer_range range)
{
    if (!range.has_min && !range.has_max) return;
    json_put_object(out, name);
    if (range.has_min) json_put_int(out, "min", range.min);
    if (range.has_max) json_put_int(out, "max", range.max);
    json_end_object(out);
}

static void
put_times(struct json_out *out, const char *name, int64_t from_us, int64_t until_us)
{
    if (from_us == 0 && until_us == 0) return;
    json_put_object(out, name);
    json_put_time(out, "start_at", from_us);
    json_put_time(out, "end_at", until_us);
    json_end_object(out);
}

static void
put_text(struct json_out *out, const char *name, struct str exact, struct str fuzzy)
{
    if (exact.len == 0 && fuzzy.len == 0) return;
    json_put_object(out, name);
    json_put_text_if(out, "exact", exact);
    json_put_text_if(out, "fuzzy", fuzzy);
    json_end_object(out);
}

static void
put_tags(struct json_out *out, const char *name, struct customer_tags tags)
{
    if (tags.count == 0) return;
    json_put_array(out, name);
    for (int i = 0; i < tags.count; i++)
        json_put_id(out, NULL, ID_tag, tags.at[i]);
    json_end_array(out);
}

static void
put_source(struct json_out *out, const struct customer_query *query)
{
    if (query->source.len == 0) return;
    json_put_object(out, "creation_source");
    json_put_array(out, "values");
    json_put_text(out, NULL, query->source);
    json_end_array(out);
    json_put_text(out, "rule", query->source_excluded ? STR("EXCLUDE") : STR("INCLUDE"));
    json_end_object(out);
}

static void
put_balance(struct json_out *out, const struct customer_query *query)
{
    if (query->program.v == 0) return;
    json_put_object(out, "balance");
    json_put_id(out, "program_id", ID_program, query->program.v);
    if (query->balance.has_min) json_put_int(out, "min", query->balance.min);
    if (query->balance.has_max) json_put_int(out, "max", query->balance.max);
    json_end_object(out);
}

void
filter_put(struct json_out *out, const char *key, const struct customer_query *query)
{
    json_put_object(out, key);
    put_source(out, query);
    put_times(out, "created_at", query->created_from_us, query->created_until_us);
    put_times(out, "updated_at", query->updated_from_us, query->updated_until_us);
    put_text(out, "email_address", query->email, query->email_fuzzy);
    put_text(out, "phone_number", query->phone, query->phone_fuzzy);
    put_text(out, "reference_id", query->reference_id, query->reference_fuzzy);
    put_text(out, "text", STR(""), query->text);
    if (query->tags_all.count + query->tags_any.count + query->tags_none.count > 0) {
        json_put_object(out, "group_ids");
        put_tags(out, "all", query->tags_all);
        put_tags(out, "any", query->tags_any);
        put_tags(out, "none", query->tags_none);
        json_end_object(out);
    }
    put_range(out, "visits", query->visits);
    put_range(out, "spend", query->spend_minor);
    put_range(out, "last_visit_days", query->last_visit_days);
    put_range(out, "joined_days", query->joined_days);
    put_balance(out, query);
    if (query->birth_month != 0) json_put_int(out, "birth_month", query->birth_month);
    json_put_id(out, "location_id", ID_location, query->location.v);
    if (query->consent_purpose.len > 0) {
        json_put_object(out, "consent");
        json_put_text(out, "purpose", query->consent_purpose);
        json_put_text(out, "state", query->consent_state);
        json_end_object(out);
    }
    json_end_object(out);
}

struct str
filter_format(struct ctx *ctx, const struct customer_query *query)
{
    struct json_out out;

    json_out_open(&out, ctx->arena);
    filter_put(&out, NULL, query);
    return json_out_text(&out);
}
