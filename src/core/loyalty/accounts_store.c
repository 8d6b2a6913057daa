/* accounts_store — see accounts_store.h. */
#include "core/loyalty/accounts_store.h"
#include "core/ledger/ledger.h"
#include "db/db.h"

_Static_assert(BOOK_POINTS == 1, "the joins below name the books by number");
_Static_assert(BOOK_OWED == 2, "the joins below name the books by number");

#define COLUMNS                                                                                    \
    "a.id, g.id, a.customer_id, a.phone, a.enrolled_us, a.created_us, a.updated_us,"               \
    " p.balance, p.carry, p.lifetime, COALESCE(o.balance, 0), g.status = 'ACTIVE', g.version,"     \
    " g.minimum_minor, g.expiry_days, g.on_refund = 'owed', g.ends_on, g.ripen_days,"              \
    " g.notice_days, g.cap_purchase, g.cap_day, g.cap_month, g.visits_day, g.cooldown_minutes,"    \
    " g.closing_us, g.closed_us, g.created_us, g.is_main, p.last_event_id, a.merged_into"
/* An account owes nothing until a refund finds too little: most have no such row. */
#define TABLES                                                                                     \
    " loyalty_account AS a"                                                                        \
    "  JOIN program AS g ON g.merchant_id = a.merchant_id AND g.id = a.program_id"                 \
    "  JOIN ledger_account AS p"                                                                   \
    "    ON p.merchant_id = a.merchant_id AND p.owner_id = a.id AND p.book = 1"                    \
    "   AND p.expires_us = 0 AND p.lot_id = 0"                                                     \
    "  LEFT JOIN ledger_account AS o"                                                              \
    "    ON o.merchant_id = a.merchant_id AND o.owner_id = a.id AND o.book = 2"                    \
    "   AND o.expires_us = 0 AND o.lot_id = 0"

static void
read_membership(struct db_rows *rows, struct membership *found)
{
    struct loyalty_account *account = &found->account;
    struct program *program = &found->program;

    *found = (struct membership){0};
    account->id.v = db_col_int(rows, 0);
    account->program.v = db_col_int(rows, 1);
    account->customer.v = db_col_int(rows, 2);
    account->phone = db_col_text(rows, 3);
    account->enrolled_us = db_col_int(rows, 4);
    account->created_us = db_col_int(rows, 5);
    account->updated_us = db_col_int(rows, 6);
    account->spendable = db_col_int(rows, 7);
    account->carry = db_col_int(rows, 8);
    account->lifetime = db_col_int(rows, 9);
    found->owed = db_col_int(rows, 10);
    account->balance = account->spendable + found->owed;
    program->id = account->program;
    program->active = db_col_bool(rows, 11);
    program->version = db_col_int(rows, 12);
    program->minimum_minor = db_col_int(rows, 13);
    program->expiry_days = db_col_int(rows, 14);
    program->on_refund = db_col_bool(rows, 15) ? REFUND_OWED : REFUND_TO_ZERO;
    program->ends_on = db_col_int(rows, 16);
    program->ripen_days = db_col_int(rows, 17);
    program->notice_days = db_col_int(rows, 18);
    program->cap_purchase = db_col_int(rows, 19);
    program->cap_day = db_col_int(rows, 20);
    program->cap_month = db_col_int(rows, 21);
    program->visits_day = db_col_int(rows, 22);
    program->cooldown_minutes = db_col_int(rows, 23);
    program->closing_us = db_col_int(rows, 24);
    program->closed_us = db_col_int(rows, 25);
    program->created_us = db_col_int(rows, 26);
    program->is_main = db_col_bool(rows, 27);
    account->notice_days = program->notice_days;
    found->last_event.v = db_col_int(rows, 28);
    found->merged_into.v = db_col_int(rows, 29);
}

static enum err
read_all(struct db_rows *rows, struct membership *found, int *count)
{
    *count = 0;
    while (db_next(rows)) {
        read_membership(rows, &found[(*count)++]);
    }
    return db_done(rows);
}

DB_SQL(find_account, "SELECT " COLUMNS "  FROM " TABLES " WHERE a.merchant_id = $1 AND a.id = $2");

enum err
accounts_store_find(struct ctx *ctx, account_id id, struct membership *found)
{
    struct db_rows *rows =
        db_query(ctx, &find_account, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    *found = (struct membership){0};
    if (db_next(rows)) read_membership(rows, found);
    return db_done(rows);
}

/* Every program, and the account in it if there is one, of the customer whose account is $2. */
DB_SQL(list_earning, "SELECT " COLUMNS ","
                     "       EXISTS (SELECT 1 FROM loyalty_promotion AS q"
                     "         WHERE q.merchant_id = g.merchant_id AND q.program_id = g.id"
                     "           AND (q.canceled_us IS NULL OR q.canceled_us > $4))"
                     "  FROM loyalty_account AS x"
                     "  JOIN program AS g ON g.merchant_id = x.merchant_id"
                     "  LEFT JOIN loyalty_account AS a"
                     "    ON a.merchant_id = x.merchant_id AND a.customer_id = x.customer_id"
                     "   AND a.program_id = g.id"
                     "  LEFT JOIN ledger_account AS p"
                     "    ON p.merchant_id = a.merchant_id AND p.owner_id = a.id AND p.book = 1"
                     "   AND p.expires_us = 0 AND p.lot_id = 0"
                     "  LEFT JOIN ledger_account AS o"
                     "    ON o.merchant_id = a.merchant_id AND o.owner_id = a.id AND o.book = 2"
                     "   AND o.expires_us = 0 AND o.lot_id = 0"
                     " WHERE x.merchant_id = $1 AND x.id = $2 AND x.merged_into IS NULL"
                     "   AND (g.closed_us IS NULL OR g.id = x.program_id)"
                     " LIMIT $3");

enum err
accounts_store_list_earning(struct ctx *ctx, account_id id, int64_t at_us, struct membership *found,
                            int *count)
{
    struct db_rows *rows = db_query(ctx, &list_earning,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(id.v),
                                            db_int(ACCOUNTS_EARNING_MAX), db_int(at_us)));

    *count = 0;
    while (db_next(rows)) {
        read_membership(rows, &found[*count]);
        found[*count].has_promotions = db_col_bool(rows, 30);
        (*count)++;
    }
    return db_done(rows);
}

/* Of a program that is closed, those who have a reward left to use. */
#define NOT_OVER                                                                                   \
    "   AND (g.closed_us IS NULL"                                                                  \
    "        OR EXISTS (SELECT 1 FROM reward AS r"                                                 \
    "                    WHERE r.merchant_id = a.merchant_id AND r.account_id = a.id"              \
    "                      AND r.status = 'ISSUED'))"

/* phone <> '' repeats the index's condition, or the engines would not use it. */
DB_SQL(list_by_phone, "SELECT " COLUMNS "  FROM " TABLES
                      " WHERE a.merchant_id = $1 AND a.phone = $2 AND a.phone <> ''" NOT_OVER
                      " ORDER BY g.is_main DESC, a.id DESC"
                      " LIMIT $3");

enum err
accounts_store_list_by_phone(struct ctx *ctx, struct str phone, struct membership *found,
                             int *count)
{
    return read_all(
        db_query(ctx, &list_by_phone,
                 DB_BIND(db_int(ctx->merchant.v), db_text(phone), db_int(PROGRAMS_MAX))),
        found, count);
}

DB_SQL(list_by_customer,
       "SELECT " COLUMNS "  FROM " TABLES " WHERE a.merchant_id = $1 AND a.customer_id = $2"
       "   AND a.merged_into IS NULL" NOT_OVER " ORDER BY g.is_main DESC, a.id DESC"
       " LIMIT $3");

enum err
accounts_store_list_by_customer(struct ctx *ctx, customer_id customer, struct membership *found,
                                int *count)
{
    return read_all(
        db_query(ctx, &list_by_customer,
                 DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(PROGRAMS_MAX))),
        found, count);
}

DB_SQL(list_accounts, "SELECT " COLUMNS "  FROM " TABLES
                      " WHERE a.merchant_id = $1 AND a.id < $2 AND a.merged_into IS NULL"
                      " ORDER BY a.id DESC"
                      " LIMIT $3");

enum err
accounts_store_list(struct ctx *ctx, int64_t before, int max, struct membership *found, int *count)
{
    return read_all(db_query(ctx, &list_accounts,
                             DB_BIND(db_int(ctx->merchant.v),
                                     db_int(before == 0 ? INT64_MAX : before), db_int(max))),
                    found, count);
}

/* No conflict target: the phone's index and the customer's may both object. */
DB_SQL(add_account, "INSERT INTO loyalty_account"
                    "  (merchant_id, id, program_id, customer_id, phone, enrolled_us, created_us,"
                    "   updated_us)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
                    " ON CONFLICT DO NOTHING");

enum err
accounts_store_add(struct ctx *ctx, const struct loyalty_account *account, bool *added)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &add_account,
                  DB_BIND(db_int(ctx->merchant.v), db_int(account->id.v),
                          db_int(account->program.v), db_int(account->customer.v),
                          db_text(account->phone), db_int(account->enrolled_us),
                          db_int(account->created_us), db_int(account->updated_us)),
                  &changed));
    *added = changed == 1;
    return OK;
}

DB_SQL(follow_phone,
       "UPDATE loyalty_account"
       "   SET phone = CASE WHEN EXISTS (SELECT 1"
       "                                   FROM loyalty_account AS o"
       "                                  WHERE o.merchant_id = $1 AND o.phone = $3"
       "                                    AND o.phone <> ''"
       "                                    AND o.program_id = loyalty_account.program_id)"
       "                    THEN '' ELSE $3 END,"
       "       updated_us = $4"
       " WHERE merchant_id = $1 AND customer_id = $2 AND phone <> '' AND phone <> $3");

enum err
accounts_store_follow_phone(struct ctx *ctx, customer_id customer, struct str phone)
{
    return db_exec(
        ctx, &follow_phone,
        DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_text(phone), db_int(ctx->now_us)));
}

DB_SQL(take_phone, "UPDATE loyalty_account"
                   "   SET phone = $3, updated_us = $4"
                   " WHERE merchant_id = $1 AND customer_id = $2 AND merged_into IS NULL"
                   "   AND phone <> $3");

enum err
accounts_store_take_phone(struct ctx *ctx, customer_id customer, struct str phone)
{
    return db_exec(
        ctx, &take_phone,
        DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_text(phone), db_int(ctx->now_us)));
}

DB_SQL(erase_reasons, "UPDATE loyalty_event"
                      "   SET reason = ''"
                      " WHERE merchant_id = $1 AND reason <> ''"
                      "   AND id IN ("
                      "WITH RECURSIVE history AS ("
                      "SELECT e.id, e.previous_id"
                      "  FROM loyalty_account AS a"
                      "  JOIN ledger_account AS l"
                      "    ON l.merchant_id = a.merchant_id AND l.owner_id = a.id AND l.book = 1"
                      "   AND l.expires_us = 0 AND l.lot_id = 0"
                      "  JOIN loyalty_event AS e"
                      "    ON e.merchant_id = a.merchant_id AND e.id = l.last_event_id"
                      " WHERE a.merchant_id = $1 AND a.customer_id = $2"
                      " UNION ALL "
                      "SELECT e.id, e.previous_id"
                      "  FROM history AS h"
                      "  JOIN loyalty_event AS e ON e.merchant_id = $1 AND e.id = h.previous_id)"
                      " SELECT id FROM history)");
DB_SQL(erase_phones, "UPDATE loyalty_account"
                     "   SET phone = '', updated_us = $3"
                     " WHERE merchant_id = $1 AND customer_id = $2");

enum err
accounts_store_erase(struct ctx *ctx, customer_id customer)
{
    TRY(db_exec(ctx, &erase_reasons, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v))));
    return db_exec(ctx, &erase_phones,
                   DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(ctx->now_us)));
}
