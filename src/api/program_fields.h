/*
 * program_fields — programs, rules, reward tiers and promotions, as requests tell them: PROGRAM,
 * TIER and promotion in openapi.yaml. Amounts and articles are checked when the request is run.
 */
#pragma once
#include "api/program_handlers.h"

#define API_MONEY_MAX INT64_C(1000000000000)
enum { API_NAME_CHARS_MAX = 100 };

/* Where in a request's body something stands, for the names of its fields at fault. */
struct api_place {
    const json_t *at;
    const char *path; /* "program.reward_tiers[0]" */
};
/* A member of it, to be read further; `at` is NULL when it is not there. */
struct api_place api_member(struct ctx *ctx, struct api_place place, const json_t *member,
                            const char *name);
struct api_place api_element(struct ctx *ctx, struct api_place list, int index);

/*
 * An amount of money of at least so much; nothing is changed when the place is empty.
 * Errors:   those of json_read_fields, ERR_CURRENCY_DIFFERS (from another of the request)
 */
MUST_USE enum err api_read_money(struct ctx *ctx, struct api_place place, int64_t least,
                                 struct told_currency *currency, int64_t *minor);
/* Refuses amounts that are not in the merchant's currency. Errors: ERR_CURRENCY_DIFFERS */
MUST_USE enum err api_check_currency(struct ctx *ctx, const struct told_currency *currency);

/* Articles and categories as one list, each once. Errors: ERR_FIELD_RANGE */
MUST_USE enum err api_join_refs(struct ctx *ctx, struct api_place place,
                                const struct json_ids *variations,
                                const struct json_ids *categories, struct catalog_ref **refs,
                                int *count);

/* Reads "accrual_rules" of a program into its rules. */
MUST_USE enum err api_read_rules(struct ctx *ctx, struct api_place list,
                                 struct told_currency *currency, struct program *program);
/* A new tier has a name and points; of another, what is not told stays. */
MUST_USE enum err api_read_tier(struct ctx *ctx, struct api_place place, bool is_new,
                                struct told_currency *currency, struct tier_change *change);
/* "program" of a request; what is not told of an earlier one stays. */
MUST_USE enum err api_read_program(struct ctx *ctx, struct api_place place, bool is_new,
                                   struct program_request *request);
/* What a request of a change of a program has: its body's members, and its program by the path. */
MUST_USE enum err api_read_day(struct ctx *ctx, struct str text, const char *field, int64_t *day);
