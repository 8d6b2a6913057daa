/*
 * bare_sqlite — the yardstick: the statements of one durable accumulate, in a plain loop over
 * SQLite's own interface, in batches, with nothing around them.
 *
 * bare_sqlite --db PATH --merchant N --program N --location N --first-account N --accounts N
 *             --batch N --warm S --seconds S
 *
 * The statements are not written down here. The program has our own code do one accumulate, which
 * it then takes back, and listens to what SQLite is told: the settings of the connection and the
 * texts of the statements. It knows only how each is bound, and ends when one of them is new to it;
 * so it cannot fall behind what the server does. Savepoints are left out.
 */
#include "base/clock.h"
#include "base/hash.h"
#include "core/loyalty/accounts.h"
#include "db/db.h"
#include "db/write_lane.h"
#include "http/idempotency.h"
#include "measure.h"
#include <inttypes.h>
#include <sqlite3.h>

enum { PARAMETERS_MAX = 16, HEARD_MAX = 64, KEY_LEN = 16 };
enum { ACTOR_KEY_ID = 1, REPLY_LEN = 600 };

/* What a parameter is bound to. */
enum value {
    END, /* there are no more */
    MERCHANT,
    PROGRAM,
    LOCATION,
    ACCOUNT,
    TRANSFER,
    PREVIOUS, /* the account's newest event, as reading the account told it */
    SEQ,
    POINTS,
    MINUS_POINTS,
    EXPIRES,
    NOW,
    FRESH_ID,
    KEY,
    REQUEST,
    REPLY,
    EVENT_BODY,
    TYPE,
    TOPIC,
    EVENT_NAME,
    NO_TEXT,
    NOTHING, /* NULL */
    NUMBER,  /* NUMBER + n is the number n */
};

struct step {
    const char *begins;              /* of the statement's text */
    int values[PARAMETERS_MAX];      /* enum value, of $1, $2 … */
    enum { EACH, FIRST, LAST } when; /* in a batch */
};

/* clang-format off */
static const struct step steps[] = {
    {"SELECT seq",                   {MERCHANT}, FIRST},
    {"SELECT request_hash, reply",   {MERCHANT, KEY}, EACH},
    {"SELECT a.id, g.id",            {MERCHANT, ACCOUNT}, EACH},
    {"SELECT id, name, currency",    {MERCHANT, LOCATION}, EACH},
    {"INSERT INTO ledger_transfer",  {MERCHANT, TRANSFER, SEQ, PROGRAM, NUMBER + 1, NOW}, EACH},
    {"UPDATE ledger_account   SET balance", {MERCHANT, ACCOUNT, NUMBER + 1, POINTS, PROGRAM, NUMBER + 0, POINTS, TRANSFER}, EACH},
    {"INSERT INTO ledger_account",   {MERCHANT, ACCOUNT, EXPIRES, TRANSFER, POINTS, PROGRAM}, EACH},
    {"INSERT INTO ledger_line",      {MERCHANT, TRANSFER, NUMBER + 0, ACCOUNT, NUMBER + 1, POINTS, TRANSFER, EXPIRES,
                                      NUMBER + 1, PROGRAM, NUMBER + 16, MINUS_POINTS, NOTHING, NOTHING}, EACH},
    {"INSERT INTO loyalty_event",    {MERCHANT, TRANSFER, SEQ, ACCOUNT, PROGRAM, TYPE, POINTS, NUMBER + 1, LOCATION,
                                      NOTHING, NOTHING, NO_TEXT, NUMBER + 3, NUMBER + ACTOR_KEY_ID, NOW, PREVIOUS}, EACH},
    {"INSERT INTO live_event",       {MERCHANT, SEQ, TOPIC, EVENT_NAME, EVENT_BODY, NOW}, EACH},
    {"INSERT INTO idempotency",      {MERCHANT, FRESH_ID, KEY, REQUEST, REPLY, NOTHING}, EACH},
    {"INSERT INTO merchant_seq",     {MERCHANT, SEQ}, LAST},
};
/* clang-format on */
enum { STEP_COUNT = sizeof steps / sizeof steps[0] };

/* One for each step. */
static struct {
    sqlite3_stmt *statement;
    int index[PARAMETERS_MAX]; /* SQLite's number of $1, $2 … */
} prepared[STEP_COUNT];

static struct {
    int64_t merchant, program, location, first_account, accounts, batch, warm, seconds;
    const char *path;
} wish;

/* What SQLite was told while we listened. */
static char *heard[HEARD_MAX];
static int heard_count;

/* One accumulate's own values. */
static struct {
    int64_t account, transfer, previous, fresh_id, seq, points, now_us;
    uint8_t key[KEY_LEN];
} now;
static char reply[REPLY_LEN + 1];

/* ---- listening ---- */

static int
hear(unsigned event, void *self, void *statement, void *text)
{
    const char *sql = text;

    (void)event;
    (void)self;
    (void)statement;
    if (heard_count == HEARD_MAX) give_up("too many statements to remember");
    heard[heard_count++] = strdup(sql);
    return 0;
}

static int
listen_to_connection(sqlite3 *db, char **error, const void *api)
{
    (void)error;
    (void)api;
    return sqlite3_trace_v2(db, SQLITE_TRACE_STMT, hear, NULL);
}

/* What the write lane and the handler do for one request, without their threads. */
static enum err
accumulate(struct ctx *ctx)
{
    const struct accumulate_order order = {
        .account = {wish.first_account}, .points = 5, .location = {wish.location}};
    const struct once_request request = {.key = STR("bench"), .method = "POST"};
    struct once once;
    struct loyalty_event event;
    struct str kept;
    bool found;

    TRY(db_begin(ctx));
    ctx->batch = write_batch_begin(ctx);
    once_read(ctx, &request, &once);
    TRY(once_find(ctx, &once, &found, &kept));
    TRY(accounts_accumulate(ctx, &order, &event));
    TRY(once_keep(ctx, &once, (customer_id){0}, STR("{}")));
    TRY(write_batch_end(ctx));
    db_rollback(ctx);
    return OK;
}

static void
listen_to_accumulate(void)
{
    struct arena arena;
    struct id_source ids = {0};
    struct ctx ctx = {
        .arena = &arena,
        .ids = &ids,
        .now_us = clock_now_us(),
        .merchant = {wish.merchant},
        .actor = {.kind = ACTOR_KEY, .id = ACTOR_KEY_ID},
    };

    arena_open(&arena, ARENA_REQUEST_MAX);
    sqlite3_auto_extension((void (*)(void))listen_to_connection);
    enum err err =
        db_open(&ctx, str_format(&arena, "sqlite:%s", wish.path).at, DB_READ_WRITE, &ctx.db);
    if (err == OK) err = accumulate(&ctx);
    sqlite3_cancel_auto_extension((void (*)(void))listen_to_connection);
    if (err != OK) {
        fprintf(stderr, "bench: %s: %s\n", err_name(err), ctx.detail);
        exit(1);
    }
    db_close(ctx.db);
    arena_close(&arena);
}

/* ---- preparing ---- */

static bool
starts(const char *text, const char *beginning)
{
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

static int
find_step(const char *text)
{
    for (int i = 0; i < STEP_COUNT; i++) {
        if (starts(text, steps[i].begins)) return i;
    }
    fprintf(stderr, "bench: how is this bound? %s\n", text);
    exit(1);
}

static void
prepare_step(sqlite3 *db, const char *text)
{
    int step = find_step(text);
    sqlite3_stmt **statement = &prepared[step].statement;
    int count = 0;

    if (*statement != NULL) return;
    if (sqlite3_prepare_v3(db, text, -1, SQLITE_PREPARE_PERSISTENT, statement, NULL) != 0) {
        give_up(sqlite3_errmsg(db));
    }
    for (; count < PARAMETERS_MAX && steps[step].values[count] != END; count++) {
        char name[16];

        snprintf(name, sizeof name, "$%d", count + 1);
        prepared[step].index[count] = sqlite3_bind_parameter_index(*statement, name);
    }
    if (sqlite3_bind_parameter_count(*statement) != count) {
        fprintf(stderr, "bench: not %d parameters: %s\n", count, text);
        exit(1);
    }
}

static bool
is_statement(const char *text)
{
    return starts(text, "SELECT ") || starts(text, "INSERT ") || starts(text, "UPDATE ") ||
           starts(text, "DELETE ");
}

/* The same settings and statements, on a connection that nobody listens to. */
static sqlite3 *
prepare(void)
{
    sqlite3 *db;

    if (sqlite3_open(wish.path, &db) != SQLITE_OK) give_up("the database cannot be opened");
    for (int i = 0; i < heard_count; i++) {
        if (starts(heard[i], "PRAGMA ")) sqlite3_exec(db, heard[i], NULL, NULL, NULL);
        if (is_statement(heard[i])) prepare_step(db, heard[i]);
    }
    for (int i = 0; i < STEP_COUNT; i++) {
        if (prepared[i].statement != NULL) continue;
        fprintf(stderr, "bench: the server no longer runs %s …\n", steps[i].begins);
        exit(1);
    }
    return db;
}

/* ---- running ---- */

static void
bind_text(sqlite3_stmt *statement, int index, const char *text)
{
    sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC);
}

static int64_t
number_of(int value)
{
    switch (value) {
    case MERCHANT:
        return wish.merchant;
    case PROGRAM:
        return wish.program;
    case LOCATION:
        return wish.location;
    case ACCOUNT:
        return now.account;
    case TRANSFER:
        return now.transfer;
    case PREVIOUS:
        return now.previous;
    case SEQ:
        return now.seq;
    case POINTS:
        return now.points;
    case MINUS_POINTS:
        return -now.points;
    case EXPIRES:
        return now.now_us + 365 * CLOCK_DAY_US;
    case NOW:
        return now.now_us;
    case FRESH_ID:
        return now.fresh_id;
    default:
        return value - NUMBER;
    }
}

static void
bind_value(sqlite3_stmt *statement, int index, int value)
{
    switch (value) {
    case KEY:
    case REQUEST:
        sqlite3_bind_blob(statement, index, now.key, KEY_LEN, SQLITE_STATIC);
        break;
    case REPLY:
        bind_text(statement, index, reply);
        break;
    case EVENT_BODY:
        bind_text(statement, index, reply + REPLY_LEN - 80);
        break;
    case TYPE:
        bind_text(statement, index, "ACCUMULATE_POINTS");
        break;
    case TOPIC:
        bind_text(statement, index, "merchant");
        break;
    case EVENT_NAME:
        bind_text(statement, index, "loyalty");
        break;
    case NO_TEXT:
        bind_text(statement, index, "");
        break;
    case NOTHING:
        sqlite3_bind_null(statement, index);
        break;
    default:
        sqlite3_bind_int64(statement, index, number_of(value));
        break;
    }
}

/* What later statements need of a row. */
static void
read_row(sqlite3_stmt *statement, const struct step *step)
{
    if (step->when == FIRST) now.seq = sqlite3_column_int64(statement, 0);
    for (int i = 0; i < sqlite3_column_count(statement); i++) {
        if (strcmp(sqlite3_column_name(statement, i), "last_event_id") != 0) continue;
        now.previous = sqlite3_column_int64(statement, i);
    }
}

static void
run_step(sqlite3 *db, int step)
{
    sqlite3_stmt *statement = prepared[step].statement;
    int code;

    for (int i = 0; i < PARAMETERS_MAX && steps[step].values[i] != END; i++) {
        bind_value(statement, prepared[step].index[i], steps[step].values[i]);
    }
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        read_row(statement, &steps[step]);
    sqlite3_reset(statement);
    if (code != SQLITE_DONE) give_up(sqlite3_errmsg(db));
}

static void
run_steps(sqlite3 *db, int when)
{
    for (int i = 0; i < STEP_COUNT; i++) {
        if ((int)steps[i].when != when) continue;
        /* Each event takes a sequence of its own. */
        if (starts(steps[i].begins, "INSERT INTO ledger_transfer")) now.seq++;
        if (starts(steps[i].begins, "INSERT INTO live_event")) now.seq++;
        run_step(db, i);
    }
}

static void
next_accumulate(void)
{
    uint64_t random;

    random_bytes(&random, sizeof random);
    random_bytes(now.key, sizeof now.key);
    now.account = wish.first_account + (int64_t)(random % (uint64_t)wish.accounts);
    now.points = 1 + (int64_t)(random >> 40) % 20;
    now.transfer += 2;
    now.fresh_id = now.transfer + 1;
    now.now_us = clock_now_us();
}

static void
execute(sqlite3 *db, const char *text)
{
    if (sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK) give_up(sqlite3_errmsg(db));
}

/* Gives how many accumulates were done in so many seconds. */
static int64_t
run(sqlite3 *db, int64_t seconds)
{
    int64_t until_us = clock_monotonic_us() + seconds * CLOCK_SECOND_US;
    int64_t done = 0;

    now.transfer = id_floor_at(clock_now_us());
    while (clock_monotonic_us() < until_us) {
        execute(db, "BEGIN IMMEDIATE");
        run_steps(db, FIRST);
        for (int64_t i = 0; i < wish.batch; i++) {
            next_accumulate();
            run_steps(db, EACH);
            done++;
        }
        run_steps(db, LAST);
        execute(db, "COMMIT");
    }
    return done;
}

int
main(int argc, char **argv)
{
    wish.path = arg_text(argc, argv, "--db");
    wish.merchant = arg_number(argc, argv, "--merchant");
    wish.program = arg_number(argc, argv, "--program");
    wish.location = arg_number(argc, argv, "--location");
    wish.first_account = arg_number(argc, argv, "--first-account");
    wish.accounts = arg_number(argc, argv, "--accounts");
    wish.batch = arg_number(argc, argv, "--batch");
    wish.warm = arg_number(argc, argv, "--warm");
    wish.seconds = arg_number(argc, argv, "--seconds");
    memset(reply, 'r', REPLY_LEN);

    listen_to_accumulate();
    sqlite3 *db = prepare();
    run(db, wish.warm);
    int64_t begun_us = clock_monotonic_us();
    int64_t done = run(db, wish.seconds);
    int64_t took_us = clock_monotonic_us() - begun_us;
    for (int i = 0; i < STEP_COUNT; i++)
        sqlite3_finalize(prepared[i].statement);
    sqlite3_close(db);
    printf("{\"done\":%" PRId64 ",\"per_s\":%" PRId64 "}\n", done,
           done * CLOCK_SECOND_US / took_us);
    return 0;
}
