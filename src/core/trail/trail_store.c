/* trail_store — see trail_store.h. */
#include "core/trail/trail_store.h"
#include "db/db.h"

DB_SQL(add_trail, "INSERT INTO trail_entry (merchant_id, id, kind, operation, actor_kind, actor_id,"
                  "                         holder_id, subject_kind, subject_id, customer_id,"
                  "                         location_id)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");

enum err
trail_store_add(struct ctx *ctx, const struct trail_entry *entry)
{
    struct str subject_kind = entry->subject != 0 ? id_prefix(entry->subject_kind) : STR("");

    return db_exec(ctx, &add_trail,
                   DB_BIND(db_int(ctx->merchant.v), db_int(entry->id.v),
                           db_text(str_of(trail_kind_name(entry->kind))), db_text(entry->operation),
                           db_int(entry->actor_kind), db_int(entry->actor),
                           db_int_or_null(entry->holder.v), db_text(subject_kind),
                           db_int_or_null(entry->subject), db_int_or_null(entry->customer.v),
                           db_int_or_null(entry->location.v)));
}

DB_SQL(find_look, "SELECT id"
                  "  FROM trail_entry"
                  " WHERE merchant_id = $1 AND customer_id = $2 AND id >= $3"
                  "   AND actor_id = $4 AND kind = 'looked'"
                  " LIMIT 1");

enum err
trail_store_has_look(struct ctx *ctx, customer_id customer, int64_t from, bool *has_look)
{
    struct db_rows *rows = db_query(
        ctx, &find_look,
        DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(from), db_int(ctx->actor.id)));

    *has_look = db_next(rows);
    return db_done(rows);
}

#define COLUMNS                                                                                    \
    "id, kind, operation, actor_kind, actor_id, COALESCE(holder_id, 0), subject_kind,"             \
    " COALESCE(subject_id, 0), COALESCE(customer_id, 0), COALESCE(location_id, 0)"
/* What every list leaves out by, beside what its index is for. */
#define FILTERS                                                                                    \
    "   AND ($4 = '' OR kind = $4)"                                                                \
    "   AND ($5 = '' OR operation = $5)"                                                           \
    "   AND ($6 = 0 OR location_id = $6)"                                                          \
    "   AND ($8 = 0 OR actor_id = $8"                                                              \
    "               OR location_id IN (SELECT p.location_id FROM team_place AS p"                  \
    "                                   WHERE p.merchant_id = $1 AND p.member_id = $8))"

static struct trail_entry
read_entry(struct db_rows *rows)
{
    struct trail_entry entry = {
        .id = {db_col_int(rows, 0)},
        .operation = db_col_text(rows, 2),
        .actor_kind = (enum actor_kind)db_col_int(rows, 3),
        .actor = db_col_int(rows, 4),
        .holder = {db_col_int(rows, 5)},
        .subject = db_col_int(rows, 7),
        .customer = {db_col_int(rows, 8)},
        .location = {db_col_int(rows, 9)},
    };
    bool is_known = trail_kind_parse(db_col_text(rows, 1), &entry.kind) == OK;

    ASSERT(is_known); /* the table's CHECK holds it */
    /* Of a kind that a later version wrote, nothing can be told. */
    if (!id_kind_of(db_col_text(rows, 6), &entry.subject_kind)) entry.subject = 0;
    return entry;
}

DB_SQL(list_trail, "SELECT " COLUMNS "  FROM trail_entry"
                   " WHERE merchant_id = $1 AND id >= $2 AND id < $3" FILTERS
                   " ORDER BY merchant_id DESC, id DESC"
                   " LIMIT $7");

DB_SQL(list_trail_of_actor, "SELECT " COLUMNS "  FROM trail_entry"
                            " WHERE merchant_id = $1 AND actor_id = $9 AND id >= $2 AND id < $3"
                            "   AND ($10 = 0 OR customer_id = $10)" FILTERS
                            " ORDER BY merchant_id DESC, actor_id DESC, id DESC"
                            " LIMIT $7");

DB_SQL(list_trail_of_customer,
       "SELECT " COLUMNS "  FROM trail_entry"
       " WHERE merchant_id = $1 AND customer_id = $9 AND id >= $2 AND id < $3" FILTERS
       " ORDER BY merchant_id DESC, customer_id DESC, id DESC"
       " LIMIT $7");

/* The first id from a time on, also of one after the last that ids can tell. */
static int64_t
id_from(int64_t at_us)
{
    return at_us >= id_at_us(INT64_MAX) ? INT64_MAX : id_floor_at(at_us);
}

/* The statement whose index fits best, and the ids it is for. */
static struct db_rows *
query_entries(struct ctx *ctx, const struct trail_query *query)
{
    int64_t from = query->from_us == 0 ? 0 : id_from(query->from_us);
    int64_t below = query->until_us == 0 ? INT64_MAX : id_from(query->until_us);
    struct str kind = query->has_kind ? str_of(trail_kind_name(query->kind)) : STR("");

    if (query->before.v != 0 && query->before.v < below) below = query->before.v;
    struct db_arg args[] = {
        db_int(ctx->merchant.v),
        db_int(from),
        db_int(below),
        db_text(kind),
        db_text(query->operation),
        db_int(query->location.v),
        db_int(query->limit),
        db_int(query->within.v),
        db_int(query->actor),
        db_int(query->customer.v),
    };
    if (query->actor != 0) return db_query(ctx, &list_trail_of_actor, args, 10);
    if (query->customer.v == 0) return db_query(ctx, &list_trail, args, 8);
    args[8] = args[9];
    return db_query(ctx, &list_trail_of_customer, args, 9);
}

enum err
trail_store_list(struct ctx *ctx, const struct trail_query *query, struct trail_entry **entries,
                 int *count)
{
    struct db_rows *rows = query_entries(ctx, query);

    *entries = ARENA_ARRAY(ctx->arena, struct trail_entry, (size_t)query->limit);
    for (*count = 0; *count < query->limit && db_next(rows); (*count)++)
        (*entries)[*count] = read_entry(rows);
    return db_done(rows);
}

DB_SQL(forget_trail, "DELETE FROM trail_entry"
                     " WHERE merchant_id = $1"
                     "   AND id IN (SELECT id"
                     "                FROM trail_entry"
                     "               WHERE merchant_id = $1 AND id < $2"
                     "               ORDER BY id"
                     "               LIMIT $3)");

enum err
trail_store_forget(struct ctx *ctx, int64_t before, int max, int64_t *forgotten)
{
    return db_change(ctx, &forget_trail,
                     DB_BIND(db_int(ctx->merchant.v), db_int(before), db_int(max)), forgotten);
}
