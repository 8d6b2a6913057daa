/* trail_api — who did what, for those who may read it. */
#include "api/cursors.h"
#include "api/fields.h"
#include "api/shapes.h"
#include "api/team_handlers.h"
#include "base/zone.h"
#include "core/insight/suspect.h"

enum { TRAIL_PAGE = 50, OPERATION_CHARS_MAX = 60 };

/* ---- what is asked ---- */

static enum err
read_day(struct ctx *ctx, const struct http_request *req, const char *name, bool *given,
         int64_t *day)
{
    struct str text = http_query(ctx, req, name);

    *given = text.len > 0;
    if (!*given) return OK;
    enum err err = zone_day_parse(ctx->arena, text, day);
    return err == OK ? OK : fail_field(ctx, err, name);
}

static enum err
read_id(struct ctx *ctx, const struct http_request *req, const char *name, enum id_kind kind,
        int64_t *id)
{
    struct str text = http_query(ctx, req, name);

    if (text.len == 0) return OK;
    enum err err = id_parse(kind, text, id);
    return err == OK ? OK : fail_field(ctx, err, name);
}

/* Whoever writes the trail: a member of the team, or a program's key. */
static enum err
read_author(struct ctx *ctx, const struct http_request *req, int64_t *author)
{
    struct str text = http_query(ctx, req, "author_id");

    if (text.len == 0 || id_parse(ID_team_member, text, author) == OK) return OK;
    enum err err = id_parse(ID_api_key, text, author);
    return err == OK ? OK : fail_field(ctx, err, "author_id");
}

enum err
api_trail_list_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"kind",        "author_id", "operation", "customer_id",
                                        "location_id", "from",      "to",        "cursor"};
    struct trail_request *request = into;
    struct trail_query *query = &request->query;
    struct days_request *days = &request->days;
    struct str kind = http_query(ctx, req, "kind");

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    query->limit = TRAIL_PAGE;
    query->has_kind = kind.len > 0;
    if (query->has_kind && trail_kind_parse(kind, &query->kind) != OK) {
        return fail_field(ctx, ERR_FIELD_VALUE, "kind");
    }
    query->operation = http_query(ctx, req, "operation");
    if (query->operation.len > OPERATION_CHARS_MAX) {
        return fail_field(ctx, ERR_FIELD_RANGE, "operation");
    }
    TRY(read_author(ctx, req, &query->actor));
    TRY(read_id(ctx, req, "customer_id", ID_customer, &query->customer.v));
    TRY(read_id(ctx, req, "location_id", ID_location, &query->location.v));
    TRY(read_day(ctx, req, "from", &days->has_first, &days->first));
    TRY(read_day(ctx, req, "to", &days->has_last, &days->last));
    return cursor_parse(ctx, "trail", http_query(ctx, req, "cursor"), &query->before.v);
}

/* ---- what is told ---- */

/* Everybody who may be named. */
struct authors {
    struct team_member *members;
    struct roster_key *keys;
    int member_count, key_count;
};

static enum err
list_authors(struct ctx *ctx, struct authors *authors)
{
    TRY(roster_list_members(ctx, &authors->members, &authors->member_count));
    return roster_list_keys(ctx, &authors->keys, &authors->key_count);
}

/* Empty: whoever it was is gone. */
static struct str
name_of(const struct authors *authors, enum actor_kind kind, int64_t id)
{
    for (int i = 0; kind == ACTOR_STAFF && i < authors->member_count; i++) {
        if (authors->members[i].id.v == id) return authors->members[i].name;
    }
    for (int i = 0; kind == ACTOR_KEY && i < authors->key_count; i++) {
        if (authors->keys[i].id.v == id) return authors->keys[i].name;
    }
    return STR("");
}

static void
put_author(struct json_out *out, const char *key, struct str name, enum actor_kind kind, int64_t id)
{
    json_put_object(out, key);
    json_put_id(out, "id", kind == ACTOR_KEY ? ID_api_key : ID_team_member, id);
    json_put_text_if(out, "name", name);
    json_end_object(out);
}

/* A customer's name is the directory's, for those who may read that. */
static enum err
put_customer(struct ctx *ctx, struct json_out *out, customer_id id)
{
    struct customer customer;

    if (id.v == 0) return OK;
    json_put_object(out, "customer");
    json_put_id(out, "id", ID_customer, id.v);
    if ((ctx->actor.permissions & PERM_CUSTOMERS_READ) != 0) {
        enum err err = customers_find(ctx, id, &customer);
        if (err != OK && err != ERR_CUSTOMER_UNKNOWN) return err;
        if (err == OK) {
            json_put_text_if(out, "given_name", customer.given_name);
            json_put_text_if(out, "family_name", customer.family_name);
        }
    }
    json_end_object(out);
    return OK;
}

static enum err
put_entry(struct ctx *ctx, struct json_out *out, const struct trail_entry *entry,
          const struct authors *authors)
{
    json_put_object(out, NULL);
    json_put_id(out, "id", ID_trail, entry->id.v);
    json_put_time(out, "at", id_at_us(entry->id.v));
    json_put_text(out, "kind", str_of(trail_kind_name(entry->kind)));
    json_put_text(out, "operation", entry->operation);
    put_author(out, "author", name_of(authors, entry->actor_kind, entry->actor), entry->actor_kind,
               entry->actor);
    if (entry->holder.v != 0) {
        put_author(out, "signed_in", name_of(authors, ACTOR_STAFF, entry->holder.v), ACTOR_STAFF,
                   entry->holder.v);
    }
    if (entry->subject != 0) {
        json_put_id(out, "subject_id", entry->subject_kind, entry->subject);
    }
    TRY(put_customer(ctx, out, entry->customer));
    json_put_id(out, "location_id", ID_location, entry->location.v);
    json_end_object(out);
    return OK;
}

/* Days are the merchant's. */
static enum err
read_times(struct ctx *ctx, const struct days_request *days, struct trail_query *query)
{
    struct merchant merchant;

    if (!days->has_first && !days->has_last) return OK;
    TRY(merchants_find(ctx, &merchant));
    if (days->has_first) zone_day_starts(merchant.time_zone, days->first, 1, &query->from_us);
    if (days->has_last) zone_day_starts(merchant.time_zone, days->last + 1, 1, &query->until_us);
    return OK;
}

enum err
api_trail_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct trail_request *request = parsed;
    struct trail_query query = request->query;
    struct trail_entry *entries;
    struct authors authors;
    int count;

    TRY(read_times(ctx, &request->days, &query));
    TRY(places_find_limited(ctx, &query.within));
    TRY(trail_list(ctx, &query, &entries, &count));
    TRY(list_authors(ctx, &authors));
    json_put_array(&reply->out, "entries");
    for (int i = 0; i < count; i++)
        TRY(put_entry(ctx, &reply->out, &entries[i], &authors));
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "trail",
                                          .count = count,
                                          .limit = TRAIL_PAGE,
                                          .last = count > 0 ? entries[count - 1].id.v : 0});
    return OK;
}

enum err
api_trail_authors(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct authors authors;

    (void)parsed;
    TRY(list_authors(ctx, &authors));
    json_put_array(&reply->out, "authors");
    for (int i = 0; i < authors.member_count; i++) {
        put_author(&reply->out, NULL, authors.members[i].name, ACTOR_STAFF,
                   authors.members[i].id.v);
    }
    for (int i = 0; i < authors.key_count; i++)
        put_author(&reply->out, NULL, authors.keys[i].name, ACTOR_KEY, authors.keys[i].id.v);
    json_end_array(&reply->out);
    return OK;
}

/* ---- what is unusual ---- */

enum err
api_suspicion_list_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"state", "cursor"};
    struct suspicion_query *query = into;
    struct str state = http_query(ctx, req, "state");

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    query->limit = TRAIL_PAGE;
    query->closed = str_is(state, STR("closed"));
    if (!query->closed && state.len > 0 && !str_is(state, STR("open"))) {
        return fail_field(ctx, ERR_FIELD_VALUE, "state");
    }
    return cursor_parse(ctx, "suspicions", http_query(ctx, req, "cursor"), &query->before.v);
}

static enum err
put_suspicion(struct ctx *ctx, struct json_out *out, const char *key,
              const struct suspicion *suspicion, const struct authors *authors)
{
    json_put_object(out, key);
    json_put_id(out, "id", ID_suspicion, suspicion->id.v);
    json_put_text(out, "kind", str_of(suspicion_kind_name(suspicion->kind)));
    json_put_time(out, "found_at", id_at_us(suspicion->id.v));
    put_author(out, "member", name_of(authors, ACTOR_STAFF, suspicion->member.v), ACTOR_STAFF,
               suspicion->member.v);
    TRY(put_customer(ctx, out, suspicion->customer));
    json_put_time(out, "from", suspicion->from_us);
    json_put_time(out, "to", suspicion->until_us);
    json_put_int(out, "count", suspicion->counted);
    json_put_int(out, "usual", suspicion->usual);
    json_put_int(out, "known", suspicion->known);
    if (suspicion->closed_us != 0) {
        json_put_object(out, "closed");
        json_put_time(out, "at", suspicion->closed_us);
        if (suspicion->closed_by.v != 0) {
            put_author(out, "by", name_of(authors, ACTOR_STAFF, suspicion->closed_by.v),
                       ACTOR_STAFF, suspicion->closed_by.v);
        }
        json_put_text(out, "word", suspicion->word);
        json_end_object(out);
    }
    json_end_object(out);
    return OK;
}

enum err
api_suspicion_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct suspicion_query *query = parsed;
    struct suspicion *suspicions = NULL;
    struct authors authors;
    bool may_know;
    int count = 0;

    TRY(suspect_may_know(ctx, &may_know));
    if (may_know) TRY(suspicions_list(ctx, query, &suspicions, &count));
    TRY(list_authors(ctx, &authors));
    json_put_array(&reply->out, "suspicions");
    for (int i = 0; i < count; i++)
        TRY(put_suspicion(ctx, &reply->out, NULL, &suspicions[i], &authors));
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "suspicions",
                                          .count = count,
                                          .limit = TRAIL_PAGE,
                                          .last = count > 0 ? suspicions[count - 1].id.v : 0});
    return OK;
}

enum err
api_suspicion_close_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct suspicion_request *request = into;
    const struct json_field fields[] = {
        {"word", JSON_FIELD_TEXT, &request->word, .required = true, .min = 1,
         .max = SUSPICION_WORD_MAX},
    };

    TRY(http_path_id(ctx, req, 0, ID_suspicion, &request->id.v));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_suspicion_close(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct suspicion_request *request = parsed;
    struct suspicion suspicion;
    struct authors authors;

    TRY(suspect_close(ctx, request->id, request->word, &suspicion));
    TRY(list_authors(ctx, &authors));
    return put_suspicion(ctx, &reply->out, "suspicion", &suspicion, &authors);
}
