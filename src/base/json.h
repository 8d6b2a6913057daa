/*
 * json — bodies in by a table of fields, bodies out by a writer that never fails.
 *
 * In: strict (jansson, duplicate names refused, whole numbers exact, depth limited); unknown
 * fields are refused with their name, unless the table is open (webhooks of other companies).
 * Out: into the arena, in order, no tree.
 */
#pragma once
#include "base/ctx.h"
#include <jansson.h>

enum { JSON_DEPTH_MAX = 32, JSON_BODY_MAX = 1 << 20 };

enum json_kind {
    JSON_FIELD_TEXT,  /* struct str; .max in characters (0: 255), .min */
    JSON_FIELD_INT,   /* int64_t; .min .max (both 0: ±10^12) */
    JSON_FIELD_BOOL,  /* bool */
    JSON_FIELD_ID,    /* int64_t, of .id_kind */
    JSON_FIELD_TIME,  /* int64_t, UTC microseconds, from RFC 3339 */
    JSON_FIELD_IDS,   /* struct json_ids: array of ids of .id_kind, at most .max (0: 100) */
    JSON_FIELD_TEXTS, /* struct json_texts: array of texts, at most .max (0: 100) */
    JSON_FIELD_LIST,  /* json_t *: array, borrowed, at most .max (0: 100); see json_read_member */
    JSON_FIELD_ANY,   /* json_t *: accepted as it is, borrowed */
};

struct json_ids {
    int64_t *at;
    int count;
};
struct json_texts {
    struct str *at;
    int count;
};

struct json_field {
    const char *path; /* "reward.loyalty_account_id": dots go into objects */
    enum json_kind kind;
    void *into;
    bool required;
    enum id_kind id_kind;
    int64_t min, max;
    bool *given;  /* set true when the field was there (null counts as absent unless nullable) */
    bool *nulled; /* may be NULL; when set, JSON null is accepted and noted here */
};

enum json_strictness { JSON_CLOSED /* unknown fields are refused */, JSON_OPEN };

/*
 * Errors: ERR_JSON_MALFORMED     not JSON, duplicate names, bad UTF-8, bytes behind the end
 *         ERR_JSON_TOO_DEEP
 *         ERR_FIELD_UNKNOWN      with the field's path
 *         ERR_FIELD_REQUIRED     also when a required text is empty
 *         ERR_FIELD_TYPE, ERR_FIELD_TOO_LONG, ERR_FIELD_RANGE, ERR_ID_MALFORMED,
 *         ERR_TIME_MALFORMED
 * The tree and the texts read from it live as long as the arena's content.
 */
MUST_USE enum err json_parse(struct ctx *ctx, struct str body, json_t **root);
MUST_USE enum err json_read_fields(struct ctx *ctx, const json_t *root,
                                   enum json_strictness strictness, const struct json_field *fields,
                                   int field_count);
/* One member of an array that a JSON_FIELD_LIST gave; its fields are named "lines[2].sku". */
struct json_member {
    const json_t *list;
    const char *path; /* of the list: "lines" */
    int index;
};
MUST_USE enum err json_read_member(struct ctx *ctx, struct json_member member,
                                   enum json_strictness strictness, const struct json_field *fields,
                                   int field_count);
#define JSON_FIELDS(array) (array), (int)(sizeof(array) / sizeof((array)[0]))

/* ---- out ---- */
struct json_out {
    struct arena *arena;
    char *at;
    size_t len, room;
    bool comma;
    enum id_kind first_kind; /* of first_id */
    int64_t first_id;        /* the first that was put: what the text is about; 0: none */
};
void json_out_open(struct json_out *out, struct arena *arena);
struct str json_out_text(const struct json_out *out);
/* key may be NULL inside an array */
void json_put_object(struct json_out *out, const char *key);
void json_put_array(struct json_out *out, const char *key);
void json_end_object(struct json_out *out);
void json_end_array(struct json_out *out);
void json_put_text(struct json_out *out, const char *key, struct str value);
void json_put_text_if(struct json_out *out, const char *key,
                      struct str value); /* left out when empty */
void json_put_int(struct json_out *out, const char *key, int64_t value);
void json_put_bool(struct json_out *out, const char *key, bool value);
void json_put_null(struct json_out *out, const char *key);
void json_put_id(struct json_out *out, const char *key, enum id_kind kind,
                 int64_t id);                                             /* left out when 0 */
void json_put_time(struct json_out *out, const char *key, int64_t at_us); /* left out when 0 */
void json_put_money(struct json_out *out, const char *key, int64_t minor, struct str currency);
/* A whole value that another json_out wrote, as it is. */
void json_put_json(struct json_out *out, const char *key, struct str value);
