/* merges_store — see merges_store.h. */
#include "core/customers/merges_store.h"
#include "base/list.h"
#include "core/customers/customers_store.h"
#include "db/db.h"

/* ---- where ids lead ---- */
DB_SQL(resolve, "SELECT customer_id"
                "  FROM customer_alias"
                " WHERE merchant_id = $1 AND id = $2");

enum err
merges_store_resolve(struct ctx *ctx, customer_id *id)
{
    struct db_rows *rows = db_query(ctx, &resolve, DB_BIND(db_int(ctx->merchant.v), db_int(id->v)));

    if (db_next(rows)) id->v = db_col_int(rows, 0);
    return db_done(rows);
}

DB_SQL(lead_on, "UPDATE customer_alias"
                "   SET customer_id = $2"
                " WHERE merchant_id = $1 AND customer_id = $3");
DB_SQL(add_alias, "INSERT INTO customer_alias (merchant_id, id, customer_id)"
                  " VALUES ($1, $3, $2)");

enum err
merges_store_add_alias(struct ctx *ctx, const struct customer_merge *merge)
{
    const struct db_arg args[] = {db_int(ctx->merchant.v), db_int(merge->survivor.v),
                                  db_int(merge->merged.v)};

    TRY(db_exec(ctx, &lead_on, args, 3));
    return db_exec(ctx, &add_alias, args, 3);
}

DB_SQL(remove_alias, "DELETE FROM customer_alias"
                     " WHERE merchant_id = $1 AND id = $2");
DB_SQL(lead_back, "UPDATE customer_alias"
                  "   SET customer_id = $2"
                  " WHERE merchant_id = $1 AND id IN ("
                  "WITH RECURSIVE family AS ("
                  "SELECT merged_id AS id"
                  "  FROM customer_merge"
                  " WHERE merchant_id = $1 AND survivor_id = $2 AND undone_us IS NULL"
                  " UNION ALL "
                  "SELECT m.merged_id"
                  "  FROM family AS f"
                  "  JOIN customer_merge AS m"
                  "    ON m.merchant_id = $1 AND m.survivor_id = f.id AND m.undone_us IS NULL)"
                  " SELECT id FROM family)");

enum err
merges_store_remove_alias(struct ctx *ctx, customer_id merged)
{
    const struct db_arg args[] = {db_int(ctx->merchant.v), db_int(merged.v)};

    TRY(db_exec(ctx, &remove_alias, args, 2));
    return db_exec(ctx, &lead_back, args, 2);
}

DB_SQL(list_aliases, "SELECT id"
                     "  FROM customer_alias"
                     " WHERE merchant_id = $1 AND customer_id = $2");

enum err
merges_store_list_aliases(struct ctx *ctx, customer_id id, customer_id **aliases, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_aliases, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    *aliases = NULL;
    *count = 0;
    while (db_next(rows)) {
        const customer_id alias = {db_col_int(rows, 0)};

        LIST_ADD(ctx->arena, *aliases, *count, alias);
    }
    return db_done(rows);
}

DB_SQL(forget_aliases, "DELETE FROM customer_alias"
                       " WHERE merchant_id = $1 AND customer_id = $2");

enum err
merges_store_forget_aliases(struct ctx *ctx, customer_id id)
{
    return db_exec(ctx, &forget_aliases, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
}

/* ---- merges ---- */
DB_SQL(add_merge, "INSERT INTO customer_merge (merchant_id, id, survivor_id, merged_id, actor_kind,"
                  "                            actor_id, at_us)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7)");

enum err
merges_store_add(struct ctx *ctx, const struct customer_merge *merge)
{
    return db_exec(ctx, &add_merge,
                   DB_BIND(db_int(ctx->merchant.v), db_int(merge->id.v), db_int(merge->survivor.v),
                           db_int(merge->merged.v), db_int(ctx->actor.kind), db_int(ctx->actor.id),
                           db_int(ctx->now_us)));
}

#define MERGE_COLUMNS                                                                              \
    "id, survivor_id, merged_id, actor_kind, actor_id, at_us, COALESCE(undone_us, 0),"             \
    " COALESCE(final_us, 0)"

static struct customer_merge
read_merge(struct db_rows *rows)
{
    return (struct customer_merge){
        .id = {db_col_int(rows, 0)},
        .survivor = {db_col_int(rows, 1)},
        .merged = {db_col_int(rows, 2)},
        .actor_kind = (enum actor_kind)db_col_int(rows, 3),
        .actor_id = db_col_int(rows, 4),
        .at_us = db_col_int(rows, 5),
        .undone_us = db_col_int(rows, 6),
        .final_us = db_col_int(rows, 7),
    };
}

DB_SQL(find_merge, "SELECT " MERGE_COLUMNS "  FROM customer_merge"
                   " WHERE merchant_id = $1 AND id = $2");

enum err
merges_store_find(struct ctx *ctx, merge_id id, struct customer_merge *merge)
{
    struct db_rows *rows =
        db_query(ctx, &find_merge, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    *merge = (struct customer_merge){0};
    if (db_next(rows)) *merge = read_merge(rows);
    return db_done(rows);
}

DB_SQL(find_standing, "SELECT " MERGE_COLUMNS "  FROM customer_merge"
                      " WHERE merchant_id = $1 AND merged_id = $2 AND undone_us IS NULL");

enum err
merges_store_find_standing(struct ctx *ctx, customer_id merged, struct customer_merge *merge)
{
    struct db_rows *rows =
        db_query(ctx, &find_standing, DB_BIND(db_int(ctx->merchant.v), db_int(merged.v)));

    *merge = (struct customer_merge){0};
    if (db_next(rows)) *merge = read_merge(rows);
    return db_done(rows);
}

DB_SQL(list_merges, "SELECT " MERGE_COLUMNS "  FROM customer_merge"
                    " WHERE merchant_id = $1 AND survivor_id = $2"
                    " ORDER BY id DESC"
                    " LIMIT $3");

enum err
merges_store_list(struct ctx *ctx, customer_id survivor, int max, struct customer_merge *merges,
                  int *count)
{
    struct db_rows *rows = db_query(
        ctx, &list_merges, DB_BIND(db_int(ctx->merchant.v), db_int(survivor.v), db_int(max)));

    *count = 0;
    while (db_next(rows)) {
        merges[(*count)++] = read_merge(rows);
    }
    return db_done(rows);
}

/* ---- persons ---- */
#define PERSON_COLUMNS                                                                             \
    "version, given_name, family_name, company_name, nickname, email, phone, birthday, address,"   \
    " note, reference_id, source, created_us, updated_us"

DB_SQL(keep_persons, "INSERT INTO customer_merge_person"
                     "  (merchant_id, merge_id, customer_id, " PERSON_COLUMNS ")"
                     " SELECT merchant_id, $2, id, " PERSON_COLUMNS "   FROM customer"
                     "  WHERE merchant_id = $1 AND id IN ($3, $4)");

enum err
merges_store_keep_persons(struct ctx *ctx, const struct customer_merge *merge)
{
    return db_exec(ctx, &keep_persons,
                   DB_BIND(db_int(ctx->merchant.v), db_int(merge->id.v), db_int(merge->survivor.v),
                           db_int(merge->merged.v)));
}

DB_SQL(find_person, "SELECT customer_id, " PERSON_COLUMNS "  FROM customer_merge_person"
                    " WHERE merchant_id = $1 AND merge_id = $2 AND customer_id = $3");

enum err
merges_store_find_person(struct ctx *ctx, merge_id merge, customer_id id, struct customer *person)
{
    struct db_rows *rows = db_query(
        ctx, &find_person, DB_BIND(db_int(ctx->merchant.v), db_int(merge.v), db_int(id.v)));

    *person = (struct customer){0};
    if (db_next(rows)) *person = customers_store_read(rows);
    return db_done(rows);
}

#define STANDING_OF                                                                                \
    "  FROM customer_merge"                                                                        \
    " WHERE merchant_id = $1 AND undone_us IS NULL"                                                \
    "   AND (survivor_id = $2"                                                                     \
    "        OR survivor_id IN (SELECT id FROM customer_alias"                                     \
    "                            WHERE merchant_id = $1 AND customer_id = $2))"

DB_SQL(list_persons, "SELECT customer_id, " PERSON_COLUMNS "  FROM customer_merge_person"
                     " WHERE merchant_id = $1 AND merge_id IN (SELECT id" STANDING_OF ")");

enum err
merges_store_list_persons(struct ctx *ctx, customer_id id, struct customer **persons, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_persons, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    *persons = NULL;
    *count = 0;
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, *persons, *count, customers_store_read(rows));
    }
    return db_done(rows);
}

/* ---- the end of undoing ---- */
DB_SQL(forget_persons, "DELETE FROM customer_merge_person"
                       " WHERE merchant_id = $1 AND merge_id = $2");
DB_SQL(forget_parts, "DELETE FROM customer_merge_part"
                     " WHERE merchant_id = $1 AND merge_id = $2");
DB_SQL(note_final, "UPDATE customer_merge"
                   "   SET final_us = $3"
                   " WHERE merchant_id = $1 AND id = $2 AND final_us IS NULL");

enum err
merges_store_end(struct ctx *ctx, merge_id id)
{
    const struct db_arg args[] = {db_int(ctx->merchant.v), db_int(id.v), db_int(ctx->now_us)};

    TRY(db_exec(ctx, &forget_persons, args, 2));
    TRY(db_exec(ctx, &forget_parts, args, 2));
    return db_exec(ctx, &note_final, args, 3);
}

DB_SQL(note_undone, "UPDATE customer_merge"
                    "   SET undone_us = $3"
                    " WHERE merchant_id = $1 AND id = $2 AND undone_us IS NULL");

enum err
merges_store_note_undone(struct ctx *ctx, merge_id id)
{
    TRY(db_exec(ctx, &note_undone,
                DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(ctx->now_us))));
    return merges_store_end(ctx, id);
}

DB_SQL(list_old, "SELECT id"
                 "  FROM customer_merge"
                 " WHERE merchant_id = $1 AND at_us < $2 AND final_us IS NULL"
                 " ORDER BY at_us"
                 " LIMIT $3");

enum err
merges_store_list_old(struct ctx *ctx, int64_t before_us, int max, int64_t *ids, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_old, DB_BIND(db_int(ctx->merchant.v), db_int(before_us), db_int(max)));

    *count = 0;
    while (db_next(rows)) {
        ids[(*count)++] = db_col_int(rows, 0);
    }
    return db_done(rows);
}

DB_SQL(list_standing, "SELECT id" STANDING_OF);

enum err
merges_store_list_standing(struct ctx *ctx, customer_id id, int64_t **ids, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_standing, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    *ids = NULL;
    *count = 0;
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, *ids, *count, db_col_int(rows, 0));
    }
    return db_done(rows);
}

/* ---- tags ---- */
DB_SQL(note_tags, "INSERT INTO customer_merge_part (merchant_id, merge_id, kind, object_id)"
                  " SELECT merchant_id, $2, CASE WHEN customer_id = $3 THEN 'survivor_tag'"
                  "                              ELSE 'tag' END, tag_id"
                  "   FROM customer_tag"
                  "  WHERE merchant_id = $1 AND customer_id IN ($3, $4)");
DB_SQL(copy_tags, "INSERT INTO customer_tag (merchant_id, customer_id, tag_id)"
                  " SELECT merchant_id, $2, tag_id"
                  "   FROM customer_tag"
                  "  WHERE merchant_id = $1 AND customer_id = $3"
                  " ON CONFLICT (merchant_id, customer_id, tag_id) DO NOTHING");
DB_SQL(remove_tags, "DELETE FROM customer_tag"
                    " WHERE merchant_id = $1 AND customer_id = $2");

enum err
merges_store_move_tags(struct ctx *ctx, const struct customer_merge *merge)
{
    TRY(db_exec(ctx, &note_tags,
                DB_BIND(db_int(ctx->merchant.v), db_int(merge->id.v), db_int(merge->survivor.v),
                        db_int(merge->merged.v))));
    TRY(db_exec(
        ctx, &copy_tags,
        DB_BIND(db_int(ctx->merchant.v), db_int(merge->survivor.v), db_int(merge->merged.v))));
    return db_exec(ctx, &remove_tags, DB_BIND(db_int(ctx->merchant.v), db_int(merge->merged.v)));
}

#define TAGS_OF_MERGE(kind)                                                                        \
    "(SELECT object_id FROM customer_merge_part"                                                   \
    " WHERE merchant_id = $1 AND merge_id = $2 AND kind = '" kind "')"

DB_SQL(take_tags, "DELETE FROM customer_tag"
                  " WHERE merchant_id = $1 AND customer_id = $3"
                  "   AND tag_id IN " TAGS_OF_MERGE("tag") "   AND tag_id NOT IN (" TAGS_OF_MERGE(
                      "survivor_tag") ")");
DB_SQL(give_tags, "INSERT INTO customer_tag (merchant_id, customer_id, tag_id)"
                  " SELECT t.merchant_id, $3, t.id"
                  "   FROM tag AS t"
                  "  WHERE t.merchant_id = $1 AND t.id IN " TAGS_OF_MERGE("tag"));

enum err
merges_store_return_tags(struct ctx *ctx, const struct customer_merge *merge)
{
    TRY(db_exec(ctx, &take_tags,
                DB_BIND(db_int(ctx->merchant.v), db_int(merge->id.v), db_int(merge->survivor.v))));
    return db_exec(ctx, &give_tags,
                   DB_BIND(db_int(ctx->merchant.v), db_int(merge->id.v), db_int(merge->merged.v)));
}
