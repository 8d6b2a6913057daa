/* suspect_store — see suspect_store.h. */
#include "core/insight/suspect_store.h"
#include "base/ctx.h"
#include "base/list.h"
#include "db/db.h"

_Static_assert(ACTOR_STAFF == 2, "the statements name it");

/* An id is made when it happened, so that a time is a range of ids, and a part of it a smaller one
 * of $4 ids. */
#define GIVEN                                                                                      \
    " WHERE t.merchant_id = $1 AND t.id >= $2 AND t.id < $3"                                       \
    "   AND t.kind = 'gave' AND t.actor_kind = 2 AND t.customer_id IS NOT NULL"
#define BY_HAND "   AND t.operation NOT IN ('till_sell', 'till_claim')"

static int64_t
ids_of_part(const struct suspect_span *span)
{
    return id_floor_at(span->from_us + span->part_us) - id_floor_at(span->from_us);
}

static struct db_rows *
query_span(struct ctx *ctx, const struct db_sql *sql, const struct suspect_span *span, int64_t last)
{
    ASSERT(span->from_us < span->until_us);
    return db_query(ctx, sql,
                    DB_BIND(db_int(ctx->merchant.v), db_int(id_floor_at(span->from_us)),
                            db_int(id_floor_at(span->until_us)), db_int(last)));
}

DB_SQL(count_hours, "SELECT t.actor_id, (t.id - $2) / $4, COUNT(*)"
                    "  FROM trail_entry AS t" GIVEN " GROUP BY t.actor_id, (t.id - $2) / $4"
                    " ORDER BY t.actor_id, (t.id - $2) / $4");
DB_SQL(count_hand_hours,
       "SELECT t.actor_id, (t.id - $2) / $4, COUNT(*)"
       "  FROM trail_entry AS t" GIVEN BY_HAND " GROUP BY t.actor_id, (t.id - $2) / $4"
       " ORDER BY t.actor_id, (t.id - $2) / $4");

enum err
suspect_store_count_hours(struct ctx *ctx, const struct suspect_span *span, bool by_hand,
                          struct suspect_count **counts, int *count)
{
    struct db_rows *rows =
        query_span(ctx, by_hand ? &count_hand_hours : &count_hours, span, ids_of_part(span));

    *counts = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct suspect_count found = {.member = {db_col_int(rows, 0)},
                                            .part = db_col_int(rows, 1),
                                            .credits = db_col_int(rows, 2)};

        LIST_ADD(ctx->arena, *counts, *count, found);
    }
    return db_done(rows);
}

DB_SQL(count_customers_of, "SELECT t.actor_id, t.customer_id, COUNT(*)"
                           "  FROM trail_entry AS t" GIVEN " GROUP BY t.actor_id, t.customer_id"
                           " HAVING COUNT(*) > $4"
                           " ORDER BY t.actor_id, t.customer_id");

enum err
suspect_store_count_customers(struct ctx *ctx, const struct suspect_span *span, int64_t more_than,
                              struct suspect_count **counts, int *count)
{
    struct db_rows *rows = query_span(ctx, &count_customers_of, span, more_than);

    *counts = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct suspect_count found = {.member = {db_col_int(rows, 0)},
                                            .customer = {db_col_int(rows, 1)},
                                            .credits = db_col_int(rows, 2)};

        LIST_ADD(ctx->arena, *counts, *count, found);
    }
    return db_done(rows);
}

/* ---- what is usual ---- */
#define BARS " GROUP BY parts.credits ORDER BY parts.credits"

DB_SQL(list_hand_hours, "SELECT parts.credits, COUNT(*), MIN(parts.first_id)"
                        "  FROM (SELECT COUNT(*) AS credits, MIN(t.id) AS first_id"
                        "          FROM trail_entry AS t" GIVEN BY_HAND
                        "         GROUP BY t.actor_id, (t.id - $2) / $4) AS parts" BARS);
DB_SQL(list_customer_weeks, "SELECT parts.credits, COUNT(*), MIN(parts.first_id)"
                            "  FROM (SELECT COUNT(*) AS credits, MIN(t.id) AS first_id"
                            "          FROM trail_entry AS t" GIVEN
                            "         GROUP BY t.customer_id, (t.id - $2) / $4) AS parts" BARS);

static enum err
read_bars(struct ctx *ctx, struct db_rows *rows, struct suspect_bar **bars, int *count)
{
    *bars = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct suspect_bar bar = {.credits = db_col_int(rows, 0),
                                        .parts = db_col_int(rows, 1),
                                        .first = db_col_int(rows, 2)};

        LIST_ADD(ctx->arena, *bars, *count, bar);
    }
    return db_done(rows);
}

enum err
suspect_store_list_hand_hours(struct ctx *ctx, const struct suspect_span *span,
                              struct suspect_bar **bars, int *count)
{
    return read_bars(ctx, query_span(ctx, &list_hand_hours, span, ids_of_part(span)), bars, count);
}

enum err
suspect_store_list_customer_weeks(struct ctx *ctx, const struct suspect_span *span,
                                  struct suspect_bar **bars, int *count)
{
    struct db_rows *rows = query_span(ctx, &list_customer_weeks, span, ids_of_part(span));

    return read_bars(ctx, rows, bars, count);
}

DB_SQL(list_sales, "SELECT (closed_us - $2) / $4, COUNT(*)"
                   "  FROM order_head"
                   " WHERE merchant_id = $1 AND closed_us >= $2 AND closed_us < $3"
                   " GROUP BY (closed_us - $2) / $4");

enum err
suspect_store_list_sales(struct ctx *ctx, const struct suspect_span *span,
                         struct suspect_sales **sales, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_sales,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(span->from_us),
                                            db_int(span->until_us), db_int(span->part_us)));

    *sales = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct suspect_sales found = {db_col_int(rows, 0), db_col_int(rows, 1)};

        LIST_ADD(ctx->arena, *sales, *count, found);
    }
    return db_done(rows);
}

/* ---- who they are ---- */
DB_SQL(find_names, "SELECT m.email, m.name, c.email, c.given_name, c.family_name"
                   "  FROM team_member AS m"
                   "  JOIN customer AS c ON c.merchant_id = m.merchant_id AND c.id = $3"
                   " WHERE m.merchant_id = $1 AND m.id = $2");

enum err
suspect_store_find_names(struct ctx *ctx, team_member_id member, customer_id customer,
                         struct suspect_names *names, bool *found)
{
    struct db_rows *rows = db_query(
        ctx, &find_names, DB_BIND(db_int(ctx->merchant.v), db_int(member.v), db_int(customer.v)));

    *found = db_next(rows);
    if (*found) {
        *names = (struct suspect_names){
            .member_email = db_col_text(rows, 0),
            .member_name = db_col_text(rows, 1),
            .customer_email = db_col_text(rows, 2),
            .given_name = db_col_text(rows, 3),
            .family_name = db_col_text(rows, 4),
        };
    }
    return db_done(rows);
}
