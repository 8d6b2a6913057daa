/* outbox_store — see outbox_store.h. */
#include "core/outbox/outbox_store.h"
#include "db/db.h"

static const char *const channel_names[] = {[OUTBOX_SMS] = "sms", [OUTBOX_EMAIL] = "email"};
static const char *const state_names[] = {[OUTBOX_WAITING] = "waiting",
                                          [OUTBOX_SENT] = "sent",
                                          [OUTBOX_FAILED] = "failed",
                                          [OUTBOX_UNKNOWN] = "unknown"};

const char *
outbox_channel_name(enum outbox_channel channel)
{
    return channel_names[channel];
}

const char *
outbox_state_name(enum outbox_state state)
{
    return state_names[state];
}

/* The place of a stored name in its list; the table's CHECK holds that it is there. */
static int
place_of(const char *const *names, int count, struct str name)
{
    for (int i = 0; i < count; i++) {
        if (str_is(name, str_of(names[i]))) return i;
    }
    ASSERT(!"a name that the table refuses");
    return 0;
}

DB_SQL(add_message, "INSERT INTO outbox_message (merchant_id, id, customer_id, purpose, channel,"
                    "                            address, language, subject, body, state,"
                    "                            attempts, next_us, expires_us, created_us,"
                    "                            updated_us)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12, $11, $11)");

enum err
outbox_store_add(struct ctx *ctx, const struct outbox_message *message)
{
    return db_exec(
        ctx, &add_message,
        DB_BIND(db_int(ctx->merchant.v), db_int(message->id.v), db_int_or_null(message->customer.v),
                db_text(message->purpose), db_text(str_of(channel_names[message->channel])),
                db_text(message->address), db_text(message->language), db_text(message->subject),
                db_text(message->body), db_text(str_of(state_names[message->state])),
                db_int(message->created_us), db_int(message->expires_us)));
}

#define MESSAGE                                                                                    \
    "id, COALESCE(customer_id, 0), purpose, channel, address, language, subject, body, state,"     \
    " attempts, expires_us, reason, created_us, updated_us, next_us"

static struct outbox_message
read_message(struct db_rows *rows)
{
    return (struct outbox_message){
        .id = {db_col_int(rows, 0)},
        .customer = {db_col_int(rows, 1)},
        .purpose = db_col_text(rows, 2),
        .channel = (enum outbox_channel)place_of(channel_names, 2, db_col_text(rows, 3)),
        .address = db_col_text(rows, 4),
        .language = db_col_text(rows, 5),
        .subject = db_col_text(rows, 6),
        .body = db_col_text(rows, 7),
        .state = (enum outbox_state)place_of(state_names, 4, db_col_text(rows, 8)),
        .attempts = db_col_int(rows, 9),
        .expires_us = db_col_int(rows, 10),
        .reason = db_col_text(rows, 11),
        .created_us = db_col_int(rows, 12),
        .updated_us = db_col_int(rows, 13),
        .next_us = db_col_int(rows, 14),
    };
}

static enum err
read_messages(struct ctx *ctx, struct db_rows *rows, int limit, struct outbox_message **messages,
              int *count)
{
    *messages = ARENA_ARRAY(ctx->arena, struct outbox_message, (size_t)limit);
    *count = 0;
    while (db_next(rows))
        (*messages)[(*count)++] = read_message(rows);
    return db_done(rows);
}

DB_SQL(list_messages, "SELECT " MESSAGE "  FROM outbox_message"
                      " WHERE merchant_id = $1 AND id < $2"
                      " ORDER BY merchant_id DESC, id DESC"
                      " LIMIT $3");

enum err
outbox_store_list(struct ctx *ctx, message_id before, int limit, struct outbox_message **messages,
                  int *count)
{
    int64_t below = before.v == 0 ? INT64_MAX : before.v;

    return read_messages(ctx,
                         db_query(ctx, &list_messages,
                                  DB_BIND(db_int(ctx->merchant.v), db_int(below), db_int(limit))),
                         limit, messages, count);
}

/* Also what was written to who has become a part of them. */
DB_SQL(list_of_customer, "SELECT " MESSAGE "  FROM outbox_message"
                         " WHERE merchant_id = $1"
                         "   AND (customer_id = $2"
                         "        OR customer_id IN (SELECT id FROM customer_alias"
                         "                            WHERE merchant_id = $1 AND customer_id = $2))"
                         " ORDER BY id DESC"
                         " LIMIT $3");

enum err
outbox_store_list_of_customer(struct ctx *ctx, customer_id customer, int limit,
                              struct outbox_message **messages, int *count)
{
    return read_messages(
        ctx,
        db_query(ctx, &list_of_customer,
                 DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(limit))),
        limit, messages, count);
}

DB_SQL(list_due, "SELECT " MESSAGE "  FROM outbox_message"
                 " WHERE merchant_id = $1 AND state = 'waiting' AND next_us <= $2"
                 " ORDER BY next_us"
                 " LIMIT $3");

enum err
outbox_store_list_due(struct ctx *ctx, int limit, struct outbox_message **messages, int *count)
{
    return read_messages(
        ctx,
        db_query(ctx, &list_due,
                 DB_BIND(db_int(ctx->merchant.v), db_int(ctx->now_us), db_int(limit))),
        limit, messages, count);
}

/* Looks through the waiting ones only: they are an index of their own. */
DB_SQL(find_due_merchant, "SELECT merchant_id"
                          "  FROM outbox_message"
                          " WHERE state = 'waiting' AND next_us <= $1"
                          " ORDER BY merchant_id"
                          " LIMIT 1");

enum err
outbox_store_find_due_merchant(struct ctx *ctx, merchant_id *merchant)
{
    struct db_rows *rows = db_query(ctx, &find_due_merchant, DB_BIND(db_int(ctx->now_us)));

    merchant->v = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

/* One that was erased or taken by another node meanwhile stays as that left it; one that was erased
 * is never tried again. */
DB_SQL(change_message, "UPDATE outbox_message"
                       "   SET state = CASE WHEN address = '' AND $3 = 'waiting' THEN 'failed'"
                       "                    ELSE $3 END,"
                       "       attempts = $4, reason = $5, next_us = $6, updated_us = $7"
                       " WHERE merchant_id = $1 AND id = $2 AND state = $8");

enum err
outbox_store_change(struct ctx *ctx, const struct outbox_message *message, enum outbox_state before)
{
    return db_exec(ctx, &change_message,
                   DB_BIND(db_int(ctx->merchant.v), db_int(message->id.v),
                           db_text(str_of(state_names[message->state])), db_int(message->attempts),
                           db_text(message->reason), db_int(message->next_us), db_int(ctx->now_us),
                           db_text(str_of(state_names[before]))));
}

#define EMPTIED                                                                                    \
    "   SET address = '', subject = '', body = '',"                                                \
    "       reason = CASE state WHEN 'waiting' THEN 'ERASED' ELSE reason END,"                     \
    "       state = CASE state WHEN 'waiting' THEN 'failed' ELSE state END"

DB_SQL(erase_by_customer, "UPDATE outbox_message" EMPTIED " WHERE merchant_id = $1"
                          "   AND customer_id = $2");
DB_SQL(erase_by_address, "UPDATE outbox_message" EMPTIED " WHERE merchant_id = $1"
                         "   AND address = $2 AND address <> ''");

enum err
outbox_store_erase_customer(struct ctx *ctx, customer_id customer)
{
    return db_exec(ctx, &erase_by_customer, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));
}

enum err
outbox_store_erase_address(struct ctx *ctx, struct str address)
{
    return db_exec(ctx, &erase_by_address, DB_BIND(db_int(ctx->merchant.v), db_text(address)));
}

DB_SQL(remove_messages, "DELETE FROM outbox_message"
                        " WHERE merchant_id = $1"
                        "   AND id IN (SELECT id"
                        "                FROM outbox_message"
                        "               WHERE merchant_id = $1 AND id < $2"
                        "               ORDER BY id"
                        "               LIMIT $3)");

enum err
outbox_store_remove(struct ctx *ctx, int64_t before_id, int max, int64_t *removed)
{
    return db_change(ctx, &remove_messages,
                     DB_BIND(db_int(ctx->merchant.v), db_int(before_id), db_int(max)), removed);
}
