/* programs_store — see programs_store.h. */
#include "core/loyalty/programs_store.h"
#include "db/db.h"

/* As the columns' CHECKs write them. */
static const char *const type_names[] = {"points", "stamps", "cashback"};
static const char *const kind_names[] = {"VISIT", "SPEND"};
static const char *const policy_names[] = {"owed", "to_zero"};

/* The place of a word among the count that a column may hold. */
static int
place_of(struct str word, const char *const *words, int count)
{
    for (int i = 0; i < count; i++) {
        if (str_is(word, str_of(words[i]))) return i;
    }
    ASSERT(!"the column's CHECK allows no other word");
    return 0;
}

DB_SQL(add_program, "INSERT INTO program"
                    "  (merchant_id, id, is_main, type, name, status, term_one, term_other,"
                    "   minimum_minor, expiry_days, on_refund, version, created_us, updated_us)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)");

enum err
programs_store_add(struct ctx *ctx, const struct program *program)
{
    return db_exec(
        ctx, &add_program,
        DB_BIND(db_int(ctx->merchant.v), db_int(program->id.v), db_bool(program->is_main),
                db_text(str_of(type_names[program->type])), db_text(program->name),
                db_text(program->active ? STR("ACTIVE") : STR("INACTIVE")),
                db_text(program->term_one), db_text(program->term_other),
                db_int(program->minimum_minor), db_int(program->expiry_days),
                db_text(str_of(policy_names[program->on_refund])), db_int(program->version),
                db_int(program->created_us), db_int(program->updated_us)));
}

DB_SQL(add_rule, "INSERT INTO accrual_rule"
                 "  (merchant_id, program_id, version, position, kind, points, amount_minor,"
                 "   tax_mode)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");

enum err
programs_store_add_rule(struct ctx *ctx, const struct program *program, int position,
                        const struct accrual_rule *rule)
{
    return db_exec(ctx, &add_rule,
                   DB_BIND(db_int(ctx->merchant.v), db_int(program->id.v), db_int(program->version),
                           db_int(position), db_text(str_of(kind_names[rule->kind])),
                           db_int(rule->points), db_int(rule->amount_minor),
                           db_text(rule->before_tax ? STR("BEFORE_TAX") : STR("AFTER_TAX"))));
}

DB_SQL(add_tier, "INSERT INTO reward_tier"
                 "  (merchant_id, id, program_id, name, points, active, created_us)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7)");

enum err
programs_store_add_tier(struct ctx *ctx, const struct reward_tier *tier)
{
    return db_exec(ctx, &add_tier,
                   DB_BIND(db_int(ctx->merchant.v), db_int(tier->id.v), db_int(tier->program.v),
                           db_text(tier->name), db_int(tier->points), db_bool(tier->active),
                           db_int(tier->created_us)));
}

DB_SQL(change_version, "UPDATE program"
                       "   SET version = $3, updated_us = $4"
                       " WHERE merchant_id = $1 AND id = $2");

enum err
programs_store_change_version(struct ctx *ctx, program_id id, int64_t version)
{
    return db_exec(
        ctx, &change_version,
        DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(version), db_int(ctx->now_us)));
}

DB_SQL(change_status, "UPDATE program"
                      "   SET status = $3, updated_us = $4"
                      " WHERE merchant_id = $1 AND id = $2");

enum err
programs_store_change_status(struct ctx *ctx, program_id id, bool active, bool *changed)
{
    int64_t count = 0;

    TRY(db_change(ctx, &change_status,
                  DB_BIND(db_int(ctx->merchant.v), db_int(id.v),
                          db_text(active ? STR("ACTIVE") : STR("INACTIVE")), db_int(ctx->now_us)),
                  &count));
    *changed = count == 1;
    return OK;
}

DB_SQL(change_program, "UPDATE program"
                       "   SET name = $3, term_one = $4, term_other = $5, minimum_minor = $6,"
                       "       expiry_days = $7, status = $8, version = $9, updated_us = $10"
                       " WHERE merchant_id = $1 AND id = $2");

enum err
programs_store_change(struct ctx *ctx, const struct program *program)
{
    return db_exec(ctx, &change_program,
                   DB_BIND(db_int(ctx->merchant.v), db_int(program->id.v), db_text(program->name),
                           db_text(program->term_one), db_text(program->term_other),
                           db_int(program->minimum_minor), db_int(program->expiry_days),
                           db_text(program->active ? STR("ACTIVE") : STR("INACTIVE")),
                           db_int(program->version), db_int(program->updated_us)));
}

DB_SQL(withdraw_tier, "UPDATE reward_tier"
                      "   SET active = FALSE"
                      " WHERE merchant_id = $1 AND id = $2");

enum err
programs_store_withdraw_tier(struct ctx *ctx, tier_id id)
{
    return db_exec(ctx, &withdraw_tier, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
}

DB_SQL(find_main, "SELECT id"
                  "  FROM program"
                  " WHERE merchant_id = $1 AND is_main");

enum err
programs_store_find_main(struct ctx *ctx, program_id *id)
{
    struct db_rows *rows = db_query(ctx, &find_main, DB_BIND(db_int(ctx->merchant.v)));

    id->v = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(find_program, "SELECT is_main, type, name, status, term_one, term_other, minimum_minor,"
                     "       expiry_days, on_refund, version, created_us, updated_us"
                     "  FROM program"
                     " WHERE merchant_id = $1 AND id = $2");

enum err
programs_store_find(struct ctx *ctx, program_id id, struct program *program)
{
    struct db_rows *rows =
        db_query(ctx, &find_program, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    *program = (struct program){0};
    if (db_next(rows)) {
        program->id = id;
        program->is_main = db_col_bool(rows, 0);
        program->type = (enum program_type)place_of(db_col_text(rows, 1), type_names, 3);
        program->name = db_col_text(rows, 2);
        program->active = str_is(db_col_text(rows, 3), STR("ACTIVE"));
        program->term_one = db_col_text(rows, 4);
        program->term_other = db_col_text(rows, 5);
        program->minimum_minor = db_col_int(rows, 6);
        program->expiry_days = db_col_int(rows, 7);
        program->on_refund = (enum refund_policy)place_of(db_col_text(rows, 8), policy_names, 2);
        program->version = db_col_int(rows, 9);
        program->created_us = db_col_int(rows, 10);
        program->updated_us = db_col_int(rows, 11);
    }
    return db_done(rows);
}

DB_SQL(list_rules, "SELECT kind, points, amount_minor, tax_mode"
                   "  FROM accrual_rule"
                   " WHERE merchant_id = $1 AND program_id = $2 AND version = $3"
                   " ORDER BY position"
                   " LIMIT $4");

enum err
programs_store_list_rules(struct ctx *ctx, struct program *program, int64_t version)
{
    struct db_rows *rows = db_query(ctx, &list_rules,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(program->id.v),
                                            db_int(version), db_int(PROGRAM_RULES_MAX)));

    program->rule_count = 0;
    while (db_next(rows)) {
        program->rules[program->rule_count++] = (struct accrual_rule){
            .kind = (enum accrual_kind)place_of(db_col_text(rows, 0), kind_names, 2),
            .points = db_col_int(rows, 1),
            .amount_minor = db_col_int(rows, 2),
            .before_tax = str_is(db_col_text(rows, 3), STR("BEFORE_TAX")),
        };
    }
    return db_done(rows);
}

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
    };
}

DB_SQL(list_tiers, "SELECT id, program_id, name, points, active, created_us"
                   "  FROM reward_tier"
                   " WHERE merchant_id = $1 AND program_id = $2 AND active"
                   " ORDER BY points, id"
                   " LIMIT $3");

enum err
programs_store_list_tiers(struct ctx *ctx, struct program *program)
{
    struct db_rows *rows = db_query(
        ctx, &list_tiers,
        DB_BIND(db_int(ctx->merchant.v), db_int(program->id.v), db_int(PROGRAM_TIERS_MAX)));

    program->tiers = ARENA_ARRAY(ctx->arena, struct reward_tier, PROGRAM_TIERS_MAX);
    program->tier_count = 0;
    while (db_next(rows)) {
        read_tier(rows, &program->tiers[program->tier_count++]);
    }
    return db_done(rows);
}

DB_SQL(list_programs, "SELECT id"
                      "  FROM program"
                      " WHERE merchant_id = $1"
                      " ORDER BY is_main DESC, id"
                      " LIMIT $2");

enum err
programs_store_list(struct ctx *ctx, program_id *ids, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_programs, DB_BIND(db_int(ctx->merchant.v), db_int(PROGRAMS_MAX)));

    *count = 0;
    while (db_next(rows)) {
        ids[(*count)++].v = db_col_int(rows, 0);
    }
    return db_done(rows);
}

DB_SQL(find_tier, "SELECT id, program_id, name, points, active, created_us"
                  "  FROM reward_tier"
                  " WHERE merchant_id = $1 AND id = $2");

enum err
programs_store_find_tier(struct ctx *ctx, tier_id id, struct reward_tier *tier)
{
    struct db_rows *rows =
        db_query(ctx, &find_tier, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    *tier = (struct reward_tier){0};
    if (db_next(rows)) read_tier(rows, tier);
    return db_done(rows);
}
