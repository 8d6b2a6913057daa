/*
 * filter — a search's filters as JSON: what requests send, and what is kept of a search that is
 * gone through later or has a name.
 *
 * Square's filters have Square's shape, ours the same style:
 *   {"creation_source":{"values":["LOYALTY"],"rule":"INCLUDE"},
 *    "text":{"fuzzy":"anna"}, "group_ids":{"all":["tag_…"],"any":[…],"none":[…]},
 *    "visits":{"min":3,"max":9}, "spend":{"min":…,"max":…}, "last_visit_days":{…},
 *    "joined_days":{…}, "balance":{"program_id":"prg_…","min":…,"max":…},
 *    "birth_month":5, "location_id":"loc_…", "consent":{"purpose":"…","state":"given"}}
 */
#pragma once
#include "base/json.h"
#include "core/customers/search.h"

/* What was read, before it is put together. Lives as long as the fields are used. */
struct filter_told {
    struct customer_query query;
    struct json_texts sources;
    struct str rule;
    struct json_ids all, any, none;
};
enum { FILTER_FIELDS_MAX = 40 };
/* The fields of a filter that stands at prefix ("query.filter."); gives how many. */
int filter_fields(struct ctx *ctx, const char *prefix, struct filter_told *told,
                  struct json_field fields[static FILTER_FIELDS_MAX]);
/*
 * Checks them and fills the filters of *query, and nothing else of it.
 * Errors:   ERR_FIELD_VALUE   exact and fuzzy at once; several sources; words that mean nothing
 *           ERR_FIELD_RANGE   nothing lies between these ends
 *           ERR_FIELD_REQUIRED  one half of what belongs together
 */
MUST_USE enum err filter_settle(struct ctx *ctx, const char *prefix, const struct filter_told *told,
                                struct customer_query *query);

/* The same filter reads back as it was. */
struct str filter_format(struct ctx *ctx, const struct customer_query *query);
void filter_put(struct json_out *out, const char *key, const struct customer_query *query);
/* Errors: those of json_parse, json_read_fields and filter_settle */
MUST_USE enum err filter_parse(struct ctx *ctx, struct str text, struct customer_query *query);
/* Whether it has what names one person: words, addresses, numbers. */
bool filter_names_somebody(const struct customer_query *query);
