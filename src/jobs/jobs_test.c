/* jobs_test — the jobs' steps, each in a write task. See jobs.h. */
#include "base/clock.h"
#include "core/customers/sign_in.h"
#include "core/ledger/ledger.h"
#include "core/team/team.h"
#include "jobs/jobs.h"
#include "support/test.h"
#include "support/world.h"

DB_SQL(add_event, "INSERT INTO live_event (merchant_id, seq, topic, name, body, at_us)"
                  " VALUES ($1, $2, 'merchant', 'e', '{}', $3)");
DB_SQL(list_events, "SELECT seq, topic FROM live_event WHERE merchant_id = $1 ORDER BY seq");
DB_SQL(add_reply, "INSERT INTO idempotency (merchant_id, id, key_hash, request_hash, reply)"
                  " VALUES ($1, $2, $3, $3, '{}')");
DB_SQL(count_replies, "SELECT COUNT(*) FROM idempotency WHERE merchant_id = $1");
DB_SQL(add_credential, "INSERT INTO credential (merchant_id, token_hash, kind, subject_id,"
                       "                        created_us, expires_us, used_us)"
                       " VALUES ($1, $2, 'ses', 1, 0, $3, 0)");
DB_SQL(count_seals, "SELECT COUNT(*) FROM ledger_seal WHERE merchant_id = $1");
DB_SQL(count_links, "SELECT COUNT(*) FROM sign_in_link WHERE merchant_id = $1");
DB_SQL(count_lockouts, "SELECT COUNT(*) FROM lockout WHERE merchant_id = $1");
DB_SQL(count_credentials, "SELECT COUNT(*) FROM credential WHERE merchant_id = $1");

struct step {
    job_step *run;
    bool more;
};

static enum err
run_step(struct ctx *ctx, void *arg)
{
    struct step *step = arg;

    return step->run(ctx, &step->more);
}

/* Runs a job's step as the lane does; tells whether there is more to do. */
static bool
step(struct world *w, job_step *run)
{
    struct step step = {.run = run};

    EXPECT_OK(world_write(w, run_step, &step));
    return step.more;
}

static int64_t
count(struct world *w, const struct db_sql *sql)
{
    struct db_rows *rows = db_query(&w->ctx, sql, DB_BIND(db_int(w->ctx.merchant.v)));
    int64_t found = db_next(rows) ? db_col_int(rows, 0) : -1;

    EXPECT_OK(db_done(rows));
    return found;
}

static void
put_event(struct world *w, int64_t seq, int64_t age_s)
{
    EXPECT_OK(db_exec(&w->ctx, &add_event,
                      DB_BIND(db_int(w->ctx.merchant.v), db_int(seq),
                              db_int(w->ctx.now_us - age_s * CLOCK_SECOND_US))));
}

static void
put_reply(struct world *w, int64_t number, int64_t age_us)
{
    EXPECT_OK(db_exec(&w->ctx, &add_reply,
                      DB_BIND(db_int(w->ctx.merchant.v),
                              db_int(id_floor_at(w->ctx.now_us - age_us) + number),
                              db_bytes(&number, sizeof number))));
}

TEST(old_events_go_and_the_newest_of_them_becomes_the_mark)
{
    struct world w = world_open();
    int64_t wanted[] = {3, 4, 5};
    int rows_seen = 0;

    world_settings(&w)->live_keep_s = 100;
    WORLD_TX(&w)
    {
        for (int i = 1; i <= 3; i++)
            put_event(&w, i, 200);
        put_event(&w, 4, 50);
        put_event(&w, 5, 10);
    }
    EXPECT_TRUE(!step(&w, job_prune_events));
    struct db_rows *rows = db_query(&w.ctx, &list_events, DB_BIND(db_int(w.ctx.merchant.v)));
    while (db_next(rows)) {
        EXPECT_INT(wanted[rows_seen], db_col_int(rows, 0));
        EXPECT_STR(rows_seen == 0 ? "" : "merchant", db_col_text(rows, 1));
        rows_seen++;
    }
    EXPECT_OK(db_done(rows));
    EXPECT_INT(3, rows_seen);
    EXPECT_TRUE(!step(&w, job_prune_events)); /* repeating it is harmless */
    world_close(&w);
}

TEST(events_go_in_small_steps)
{
    struct world w = world_open();

    world_settings(&w)->live_keep_s = 100;
    WORLD_TX(&w)
    {
        for (int i = 1; i <= 700; i++)
            put_event(&w, i, 200);
    }
    EXPECT_TRUE(step(&w, job_prune_events));
    EXPECT_TRUE(!step(&w, job_prune_events));
    world_close(&w);
}

TEST(kept_replies_go_after_their_days)
{
    struct world w = world_open();

    world_settings(&w)->idempotency_keep_days = 30;
    WORLD_TX(&w)
    {
        put_reply(&w, 1, 31 * CLOCK_DAY_US);
        put_reply(&w, 2, 29 * CLOCK_DAY_US);
        put_reply(&w, 3, 0);
    }
    EXPECT_TRUE(!step(&w, job_prune_replies));
    EXPECT_INT(2, count(&w, &count_replies));
    world_close(&w);
}

static enum err
guess(struct world *w, const char *who)
{
    return lockout_count(&w->ctx, STR("sign_in"), str_of(who), ERR_SIGN_IN_WRONG,
                         ERR_SIGN_IN_LOCKED);
}

TEST(credentials_go_when_they_have_ended)
{
    struct world w = world_open();

    WORLD_TX(&w)
    {
        EXPECT_OK(
            db_exec(&w.ctx, &add_credential,
                    DB_BIND(db_int(w.ctx.merchant.v), db_bytes("a", 1), db_int(w.ctx.now_us - 1))));
        EXPECT_OK(db_exec(&w.ctx, &add_credential,
                          DB_BIND(db_int(w.ctx.merchant.v), db_bytes("b", 1),
                                  db_int(w.ctx.now_us + CLOCK_HOUR_US))));
    }
    EXPECT_TRUE(!step(&w, job_prune_credentials));
    EXPECT_INT(1, count(&w, &count_credentials));
    world_close(&w);
}

TEST(ways_in_that_nobody_took_go_when_they_have_ended)
{
    struct world w = world_open();
    struct str token;

    WORLD_TX(&w) EXPECT_OK(sign_in_links_add(&w.ctx, (customer_id){7}, CLOCK_MINUTE_US, &token));
    EXPECT_TRUE(!step(&w, job_prune_sign_ins));
    EXPECT_INT(1, count(&w, &count_links));
    world_advance(&w, CLOCK_MINUTE_US + 1);
    EXPECT_TRUE(!step(&w, job_prune_sign_ins));
    EXPECT_INT(0, count(&w, &count_links));
    world_close(&w);
}

TEST(wrong_guesses_go_when_they_count_no_more)
{
    struct world w = world_open();
    merchant_id merchant = w.ctx.merchant;
    int64_t now_us = w.ctx.now_us;

    w.ctx.merchant = (merchant_id){0};
    WORLD_TX(&w)
    {
        for (int i = 0; i < LOCKOUT_TRIES - 1; i++)
            EXPECT_ERR(ERR_SIGN_IN_WRONG, guess(&w, "locked"));
        EXPECT_ERR(ERR_SIGN_IN_WRONG, guess(&w, "old"));
        w.ctx.now_us += LOCKOUT_US - 1;
        EXPECT_ERR(ERR_SIGN_IN_LOCKED, guess(&w, "locked"));
        EXPECT_ERR(ERR_SIGN_IN_WRONG, guess(&w, "new"));
    }
    w.ctx.now_us = now_us + LOCKOUT_US + 1;
    EXPECT_TRUE(!step(&w, job_prune_lockouts));
    EXPECT_INT(2, count(&w, &count_lockouts));
    EXPECT_ERR(ERR_SIGN_IN_LOCKED,
               lockout_check(&w.ctx, STR("sign_in"), STR("locked"), ERR_SIGN_IN_LOCKED));
    w.ctx.merchant = merchant;
    world_close(&w);
}

TEST(with_nothing_due_expiry_does_nothing)
{
    struct world w = world_open();

    EXPECT_TRUE(!step(&w, job_expire_claims));
    EXPECT_TRUE(!step(&w, job_expire_points));
    EXPECT_TRUE(!step(&w, job_ripen_points));
    world_close(&w);
}

struct sealing {
    void *prepared;
    bool more;
};

static enum err
write_seal(struct ctx *ctx, void *arg)
{
    struct sealing *sealing = arg;

    return job_seal_write(ctx, sealing->prepared, &sealing->more);
}

static enum err
post(struct ctx *ctx, void *arg)
{
    return ledger_post(ctx, arg);
}

TEST(what_was_posted_is_sealed_once)
{
    const struct ledger_line lines[] = {{.owner = 1, .book = BOOK_SALES, .amount = 5},
                                        {.owner = 1, .book = BOOK_TOP_UP, .amount = -5}};
    struct ledger_transfer transfer = {
        .id = {1}, .unit = 978, .reason = REASON_TOP_UP, .lines = lines, .line_count = 2};
    struct world w = world_open();
    struct sealing sealing = {.more = true};

    EXPECT_OK(job_seal_prepare(&w.ctx, &sealing.prepared));
    EXPECT_TRUE(sealing.prepared == NULL);
    EXPECT_OK(world_write(&w, post, &transfer));
    EXPECT_OK(job_seal_prepare(&w.ctx, &sealing.prepared));
    EXPECT_OK(world_write(&w, write_seal, &sealing));
    EXPECT_TRUE(!sealing.more);
    EXPECT_INT(1, count(&w, &count_seals));
    sealing.prepared = NULL;
    EXPECT_OK(job_seal_prepare(&w.ctx, &sealing.prepared));
    EXPECT_TRUE(sealing.prepared == NULL);
    world_close(&w);
}

TEST(jobs_open_and_close_at_once)
{
    struct world w = world_open();
    const struct write_lane_options options = {.db_url = w.url, .queue_max = 10};
    struct write_lane *lane;
    struct jobs *jobs;

    EXPECT_OK(write_lane_open(&w.ctx, &options, &lane));
    EXPECT_OK(jobs_open(&w.ctx, lane, &jobs));
    jobs_close(jobs);
    write_lane_close(lane);
    world_close(&w);
}

TESTS(RUN(old_events_go_and_the_newest_of_them_becomes_the_mark), RUN(events_go_in_small_steps),
      RUN(kept_replies_go_after_their_days), RUN(credentials_go_when_they_have_ended),
      RUN(ways_in_that_nobody_took_go_when_they_have_ended),
      RUN(wrong_guesses_go_when_they_count_no_more), RUN(with_nothing_due_expiry_does_nothing),
      RUN(what_was_posted_is_sealed_once), RUN(jobs_open_and_close_at_once))
