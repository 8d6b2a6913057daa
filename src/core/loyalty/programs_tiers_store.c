/* programs_tiers_store — reward tiers, and what they are for; see programs_store.h. */
#include "core/loyalty/programs_store.h"

/* ---- words of columns ---- */

int
programs_store_word(struct str word, const char *const *words, int count)
{
    for (int i = 0; i < count; i++) {
        if (str_is(word, str_of(words[i]))) return i;
    }
    ASSERT(!"the column's CHECK allows no other word");
    return 0;
}

struct db_arg
programs_store_ref_kind(const struct catalog_ref *ref)
{
    return db_text(ref->is_category ? STR("category") : STR("variation"));
}

struct catalog_ref
programs_store_ref(struct db_rows *rows, int kind_column, int id_column)
{
    return (struct catalog_ref){
        .is_category = str_is(db_col_text(rows, kind_column), STR("category")),
        .id = db_col_int(rows, id_column),
    };
}

/* ---- tiers ---- */

static const char *const kind_names[] = {"other", "percentage", "amount", "item", "credit"};

DB_SQL(add_tier, "INSERT INTO reward_tier"
                 "  (merchant_id, id, program_id, name, points, active, created_us, kind, value,"
                 "   max_minor, minimum_minor, valid_days, stock, per_customer)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)");

DB_SQL(add_object, "INSERT INTO reward_tier_object"
                   "  (merchant_id, tier_id, kind, object_id)"
                   " VALUES ($1, $2, $3, $4)");

static struct db_arg
stock_of(const struct reward_tier *tier)
{
    struct db_arg stock = db_int(tier->stock);

    stock.is_null = !tier->has_stock;
    return stock;
}

enum err
programs_store_add_tier(struct ctx *ctx, const struct reward_tier *tier)
{
    TRY(db_exec(ctx, &add_tier,
                DB_BIND(db_int(ctx->merchant.v), db_int(tier->id.v), db_int(tier->program.v),
                        db_text(tier->name), db_int(tier->points), db_bool(tier->active),
                        db_int(tier->created_us), db_text(str_of(kind_names[tier->kind])),
                        db_int(tier->value), db_int(tier->max_minor), db_int(tier->minimum_minor),
                        db_int(tier->valid_days), stock_of(tier), db_int(tier->per_customer))));
    for (int i = 0; i < tier->object_count; i++) {
        TRY(db_exec(ctx, &add_object,
                    DB_BIND(db_int(ctx->merchant.v), db_int(tier->id.v),
                            programs_store_ref_kind(&tier->objects[i]),
                            db_int(tier->objects[i].id))));
    }
    return OK;
}

DB_SQL(withdraw_tier, "UPDATE reward_tier"
                      "   SET active = FALSE"
                      " WHERE merchant_id = $1 AND id = $2");

enum err
programs_store_withdraw_tier(struct ctx *ctx, tier_id id)
{
    return db_exec(ctx, &withdraw_tier, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
}

DB_SQL(change_stock, "UPDATE reward_tier"
                     "   SET stock = $3"
                     " WHERE merchant_id = $1 AND id = $2");

enum err
programs_store_change_stock(struct ctx *ctx, const struct reward_tier *tier)
{
    return db_exec(ctx, &change_stock,
                   DB_BIND(db_int(ctx->merchant.v), db_int(tier->id.v), stock_of(tier)));
}

DB_SQL(move_stock, "UPDATE reward_tier"
                   "   SET stock = stock + $3"
                   " WHERE merchant_id = $1 AND id = $2 AND (stock IS NULL OR stock + $3 >= 0)");

enum err
programs_store_move_stock(struct ctx *ctx, tier_id id, int64_t by, bool *moved)
{
    int64_t count = 0;

    TRY(db_change(ctx, &move_stock, DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(by)),
                  &count));
    *moved = count == 1;
    return OK;
}

/* What read_tier reads: a row for each thing the tier is for, one for a tier without. */
#define TIER_COLUMNS                                                                               \
    "t.id, t.program_id, t.name, t.points, t.active, t.created_us, t.kind, t.value, t.max_minor,"  \
    " t.minimum_minor, t.valid_days, t.stock, t.per_customer, o.kind, o.object_id"
#define TIER_TABLES                                                                                \
    " reward_tier AS t"                                                                            \
    "  LEFT JOIN reward_tier_object AS o"                                                          \
    "    ON o.merchant_id = t.merchant_id AND o.tier_id = t.id"

static void
read_tier(struct db_rows *rows, struct reward_tier *tier)
{
    *tier = (struct reward_tier){
        .id = {db_col_int(rows, 0)},
        .program = {db_col_int(rows, 1)},
        .name = db_col_text(rows, 2),
        .points = db_col_int(rows, 3),
        .active = db_col_bool(rows, 4),
        .created_us = db_col_int(rows, 5),
        .kind = (enum tier_kind)programs_store_word(db_col_text(rows, 6), kind_names, 5),
        .value = db_col_int(rows, 7),
        .max_minor = db_col_int(rows, 8),
        .minimum_minor = db_col_int(rows, 9),
        .valid_days = db_col_int(rows, 10),
        .has_stock = !db_col_is_null(rows, 11),
        .stock = db_col_int(rows, 11),
        .per_customer = db_col_int(rows, 12),
    };
}

/* Rows of one tier follow each other. */
static enum err
read_tiers(struct ctx *ctx, struct db_rows *rows, int max, struct reward_tier *tiers, int *count)
{
    struct reward_tier *tier = NULL;

    *count = 0;
    while (db_next(rows)) {
        if (tier == NULL || tier->id.v != db_col_int(rows, 0)) {
            if (*count == max) continue;
            tier = &tiers[(*count)++];
            read_tier(rows, tier);
        }
        if (db_col_is_null(rows, 14)) continue;
        if (tier->objects == NULL) {
            tier->objects = ARENA_ARRAY(ctx->arena, struct catalog_ref, SCOPE_MAX);
        }
        tier->objects[tier->object_count++] = programs_store_ref(rows, 13, 14);
    }
    return db_done(rows);
}

DB_SQL(list_tiers, "SELECT " TIER_COLUMNS "  FROM" TIER_TABLES
                   " WHERE t.merchant_id = $1 AND t.program_id = $2 AND t.active"
                   " ORDER BY t.points, t.id, o.kind, o.object_id"
                   " LIMIT $3");

enum err
programs_store_list_tiers(struct ctx *ctx, struct program *program)
{
    program->tiers = ARENA_ARRAY(ctx->arena, struct reward_tier, PROGRAM_TIERS_MAX);
    return read_tiers(ctx,
                      db_query(ctx, &list_tiers,
                               DB_BIND(db_int(ctx->merchant.v), db_int(program->id.v),
                                       db_int(PROGRAM_TIERS_MAX * SCOPE_MAX))),
                      PROGRAM_TIERS_MAX, program->tiers, &program->tier_count);
}

DB_SQL(find_tier,
       "SELECT " TIER_COLUMNS "  FROM" TIER_TABLES " WHERE t.merchant_id = $1 AND t.id = $2"
       " ORDER BY o.kind, o.object_id");

enum err
programs_store_find_tier(struct ctx *ctx, tier_id id, struct reward_tier *tier)
{
    int count;

    *tier = (struct reward_tier){0};
    return read_tiers(ctx,
                      db_query(ctx, &find_tier, DB_BIND(db_int(ctx->merchant.v), db_int(id.v))), 1,
                      tier, &count);
}
