/* programs_store — see programs_store.h. */
#include "core/loyalty/programs_store.h"
#include "base/list.h"
#include "db/db.h"

/* As the columns' CHECKs write them. */
static const char *const type_names[] = {"points", "stamps", "cashback"};
static const char *const kind_names[] = {"VISIT", "SPEND", "ITEM_VARIATION", "CATEGORY"};
static const char *const policy_names[] = {"owed", "to_zero"};

/* ---- programs ---- */

DB_SQL(add_program,
       "INSERT INTO program"
       "  (merchant_id, id, is_main, type, name, status, term_one, term_other,"
       "   minimum_minor, expiry_days, on_refund, version, created_us, updated_us,"
       "   ends_on, ripen_days, notice_days, cap_purchase, cap_day, cap_month, visits_day,"
       "   cooldown_minutes, value_minor, value_points)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
       "         $19, $20, $21, $22, $23, $24)");

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
                db_int(program->created_us), db_int(program->updated_us), db_int(program->ends_on),
                db_int(program->ripen_days), db_int(program->notice_days),
                db_int(program->cap_purchase), db_int(program->cap_day), db_int(program->cap_month),
                db_int(program->visits_day), db_int(program->cooldown_minutes),
                db_int(program->value_minor), db_int(program->value_points)));
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
                       "       expiry_days = $7, status = $8, version = $9, updated_us = $10,"
                       "       on_refund = $11, ends_on = $12, ripen_days = $13, notice_days = $14,"
                       "       cap_purchase = $15, cap_day = $16, cap_month = $17,"
                       "       visits_day = $18, cooldown_minutes = $19, value_minor = $20,"
                       "       value_points = $21"
                       " WHERE merchant_id = $1 AND id = $2");

enum err
programs_store_change(struct ctx *ctx, const struct program *program)
{
    return db_exec(ctx, &change_program,
                   DB_BIND(db_int(ctx->merchant.v), db_int(program->id.v), db_text(program->name),
                           db_text(program->term_one), db_text(program->term_other),
                           db_int(program->minimum_minor), db_int(program->expiry_days),
                           db_text(program->active ? STR("ACTIVE") : STR("INACTIVE")),
                           db_int(program->version), db_int(program->updated_us),
                           db_text(str_of(policy_names[program->on_refund])),
                           db_int(program->ends_on), db_int(program->ripen_days),
                           db_int(program->notice_days), db_int(program->cap_purchase),
                           db_int(program->cap_day), db_int(program->cap_month),
                           db_int(program->visits_day), db_int(program->cooldown_minutes),
                           db_int(program->value_minor), db_int(program->value_points)));
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

DB_SQL(clear_main, "UPDATE program"
                   "   SET is_main = FALSE"
                   " WHERE merchant_id = $1 AND is_main");

DB_SQL(set_main, "UPDATE program"
                 "   SET is_main = TRUE"
                 " WHERE merchant_id = $1 AND id = $2");

enum err
programs_store_set_main(struct ctx *ctx, program_id id)
{
    TRY(db_exec(ctx, &clear_main, DB_BIND(db_int(ctx->merchant.v))));
    return db_exec(ctx, &set_main, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
}

/* What read_program reads. */
#define PROGRAM_COLUMNS                                                                            \
    "id, is_main, type, name, status, term_one, term_other, minimum_minor, expiry_days,"           \
    " on_refund, version, created_us, updated_us, ends_on, ripen_days, notice_days, cap_purchase," \
    " cap_day, cap_month, visits_day, cooldown_minutes, value_minor, value_points, closing_us,"    \
    " closed_us"

static void
read_program(struct db_rows *rows, struct program *program)
{
    *program = (struct program){
        .id = {db_col_int(rows, 0)},
        .is_main = db_col_bool(rows, 1),
        .type = (enum program_type)programs_store_word(db_col_text(rows, 2), type_names, 3),
        .name = db_col_text(rows, 3),
        .active = str_is(db_col_text(rows, 4), STR("ACTIVE")),
        .term_one = db_col_text(rows, 5),
        .term_other = db_col_text(rows, 6),
        .minimum_minor = db_col_int(rows, 7),
        .expiry_days = db_col_int(rows, 8),
        .on_refund = (enum refund_policy)programs_store_word(db_col_text(rows, 9), policy_names, 2),
        .version = db_col_int(rows, 10),
        .created_us = db_col_int(rows, 11),
        .updated_us = db_col_int(rows, 12),
        .ends_on = db_col_int(rows, 13),
        .ripen_days = db_col_int(rows, 14),
        .notice_days = db_col_int(rows, 15),
        .cap_purchase = db_col_int(rows, 16),
        .cap_day = db_col_int(rows, 17),
        .cap_month = db_col_int(rows, 18),
        .visits_day = db_col_int(rows, 19),
        .cooldown_minutes = db_col_int(rows, 20),
        .value_minor = db_col_int(rows, 21),
        .value_points = db_col_int(rows, 22),
        .closing_us = db_col_int(rows, 23),
        .closed_us = db_col_int(rows, 24),
    };
}

DB_SQL(find_program, "SELECT " PROGRAM_COLUMNS "  FROM program"
                     " WHERE merchant_id = $1 AND id = $2");

enum err
programs_store_find(struct ctx *ctx, program_id id, struct program *program)
{
    struct db_rows *rows =
        db_query(ctx, &find_program, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    *program = (struct program){0};
    if (db_next(rows)) read_program(rows, program);
    return db_done(rows);
}

DB_SQL(list_programs, "SELECT " PROGRAM_COLUMNS "  FROM program"
                      " WHERE merchant_id = $1 AND ($3 OR closed_us IS NULL)"
                      " ORDER BY is_main DESC, id"
                      " LIMIT $2");

enum err
programs_store_list(struct ctx *ctx, enum programs_wanted wanted, int max, struct program *programs,
                    int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_programs,
                 DB_BIND(db_int(ctx->merchant.v), db_int(max), db_bool(wanted == PROGRAMS_ALL)));

    *count = 0;
    while (db_next(rows)) {
        read_program(rows, &programs[(*count)++]);
    }
    return db_done(rows);
}

/* ---- rules ---- */

DB_SQL(add_rule, "INSERT INTO accrual_rule"
                 "  (merchant_id, program_id, version, position, kind, points, amount_minor,"
                 "   tax_mode)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");

DB_SQL(add_scope, "INSERT INTO accrual_scope"
                  "  (merchant_id, program_id, version, position, kind, object_id, excluded)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7)");

enum err
programs_store_add_rule(struct ctx *ctx, const struct program *program, int position,
                        const struct accrual_rule *rule)
{
    TRY(db_exec(ctx, &add_rule,
                DB_BIND(db_int(ctx->merchant.v), db_int(program->id.v), db_int(program->version),
                        db_int(position), db_text(str_of(kind_names[rule->kind])),
                        db_int(rule->points), db_int(rule->amount_minor),
                        db_text(rule->before_tax ? STR("BEFORE_TAX") : STR("AFTER_TAX")))));
    for (int i = 0; i < rule->scope_count; i++) {
        TRY(db_exec(ctx, &add_scope,
                    DB_BIND(db_int(ctx->merchant.v), db_int(program->id.v),
                            db_int(program->version), db_int(position),
                            programs_store_ref_kind(&rule->scope[i]), db_int(rule->scope[i].id),
                            db_bool(rule->scope_excludes))));
    }
    return OK;
}

/* What read_rules reads: a row for each thing in a rule's scope, one for a rule without. */
#define RULE_COLUMNS                                                                               \
    "r.program_id, r.position, r.kind, r.points, r.amount_minor, r.tax_mode, s.kind,"              \
    " s.object_id, s.excluded"
#define WITH_SCOPE                                                                                 \
    "  LEFT JOIN accrual_scope AS s"                                                               \
    "    ON s.merchant_id = r.merchant_id AND s.program_id = r.program_id"                         \
    "   AND s.version = r.version AND s.position = r.position"

static struct program *
find_among(struct program *programs, int count, int64_t id)
{
    for (int i = 0; i < count; i++) {
        if (programs[i].id.v == id) return &programs[i];
    }
    return NULL;
}

/* Reads a row into the rule it belongs to, which the row before may have begun. */
static void
read_rule(struct ctx *ctx, struct db_rows *rows, struct program *program)
{
    int position = (int)db_col_int(rows, 1);
    struct accrual_rule *rule = &program->rules[position];

    ASSERT(position < PROGRAM_RULES_MAX);
    if (position == program->rule_count) {
        program->rule_count++;
        *rule = (struct accrual_rule){
            .kind = (enum accrual_kind)programs_store_word(db_col_text(rows, 2), kind_names, 4),
            .points = db_col_int(rows, 3),
            .amount_minor = db_col_int(rows, 4),
            .before_tax = str_is(db_col_text(rows, 5), STR("BEFORE_TAX")),
        };
    }
    if (db_col_is_null(rows, 7)) return;
    rule->scope_excludes = db_col_bool(rows, 8);
    LIST_ADD(ctx->arena, rule->scope, rule->scope_count, programs_store_ref(rows, 6, 7));
}

static enum err
read_rules(struct ctx *ctx, struct db_rows *rows, struct program *programs, int count)
{
    for (int i = 0; i < count; i++)
        programs[i].rule_count = 0;
    while (db_next(rows)) {
        struct program *program = find_among(programs, count, db_col_int(rows, 0));

        if (program != NULL) read_rule(ctx, rows, program);
    }
    return db_done(rows);
}

DB_SQL(list_rules, "SELECT " RULE_COLUMNS "  FROM accrual_rule AS r" WITH_SCOPE
                   " WHERE r.merchant_id = $1 AND r.program_id = $2 AND r.version = $3"
                   " ORDER BY r.position"
                   " LIMIT $4");

enum err
programs_store_list_rules(struct ctx *ctx, struct program *program, int64_t version)
{
    return read_rules(ctx,
                      db_query(ctx, &list_rules,
                               DB_BIND(db_int(ctx->merchant.v), db_int(program->id.v),
                                       db_int(version), db_int(PROGRAM_RULES_MAX * SCOPE_MAX))),
                      program, 1);
}

DB_SQL(list_all_rules,
       "SELECT " RULE_COLUMNS "  FROM program AS p"
       "  JOIN accrual_rule AS r"
       "    ON r.merchant_id = p.merchant_id AND r.program_id = p.id"
       "   AND r.version = p.version" WITH_SCOPE " WHERE p.merchant_id = $1 AND p.closed_us IS NULL"
       " ORDER BY p.id, r.position"
       " LIMIT $2");

enum err
programs_store_list_all_rules(struct ctx *ctx, struct program *programs, int count)
{
    return read_rules(ctx,
                      db_query(ctx, &list_all_rules,
                               DB_BIND(db_int(ctx->merchant.v),
                                       db_int(PROGRAMS_MAX * PROGRAM_RULES_MAX * SCOPE_MAX))),
                      programs, count);
}
