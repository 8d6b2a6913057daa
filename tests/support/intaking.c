/* intaking — see intaking.h. */
#include "support/intaking.h"
#include "core/customers/customers.h"
#include "core/people/people.h"
#include "db/db.h"
#include "jobs/jobs.h"
#include "support/test.h"

enum err
intaking_add(struct ctx *ctx, void *arg)
{
    struct intaking *told = arg;

    told->intake = (struct intake){.name = STR("clients.csv"), .size = (int64_t)told->bytes.len};
    return intake_add(ctx, &told->intake);
}

enum err
intaking_add_parts(struct ctx *ctx, void *arg)
{
    struct intaking *told = arg;

    for (size_t at = 0; at < told->bytes.len; at += INTAKE_PART_LEN) {
        struct str part = {told->bytes.at + at, told->bytes.len - at};

        if (part.len > INTAKE_PART_LEN) part.len = INTAKE_PART_LEN;
        TRY(intake_add_part(ctx, told->intake.id, (int64_t)(at / INTAKE_PART_LEN), part,
                            &told->intake));
    }
    return OK;
}

enum err
intaking_begin_check(struct ctx *ctx, void *arg)
{
    struct intaking *told = arg;

    return intake_begin_check(ctx, told->intake.id, &told->choice, &told->intake);
}

enum err
intaking_change(struct ctx *ctx, void *arg)
{
    struct intaking *told = arg;

    return told->change(ctx, told->intake.id, &told->intake);
}

enum err
intaking_take_step(struct ctx *ctx, void *arg)
{
    struct intaking *told = arg;

    return intake_take_step(ctx, told->step, &told->more);
}

bool
intaking_step(struct world *w)
{
    struct arena *arena = w->ctx.arena, own;
    struct intaking told = {0};
    struct intake_step *prepared;

    arena_open(&own, JOBS_STEP_MEMORY_MAX);
    w->ctx.arena = &own;
    EXPECT_OK(intake_prepare_step(&w->ctx, &prepared));
    told.step = prepared;
    if (prepared != NULL) EXPECT_OK(world_write(w, intaking_take_step, &told));
    EXPECT_TRUE(!arena_outgrown(&own));
    w->ctx.arena = arena;
    arena_close(&own);
    return prepared != NULL;
}

void
intaking_work(struct world *w, struct intaking *told)
{
    while (intaking_step(w))
        ;
    EXPECT_OK(intake_find(&w->ctx, told->intake.id, &told->intake));
}

struct intaking
intaking_upload(struct world *w, struct str bytes)
{
    struct intaking told = {.bytes = bytes};

    EXPECT_OK(world_write(w, intaking_add, &told));
    EXPECT_INT(INTAKE_UPLOADING, told.intake.state);
    EXPECT_OK(world_write(w, intaking_add_parts, &told));
    EXPECT_INT(INTAKE_READING, told.intake.state);
    intaking_work(w, &told);
    EXPECT_INT(INTAKE_READY, told.intake.state);
    return told;
}

void
intaking_check(struct world *w, struct intaking *told, const char *columns)
{
    told->choice.columns = str_of(columns);
    EXPECT_OK(world_write(w, intaking_begin_check, told));
    intaking_work(w, told);
    EXPECT_INT(INTAKE_CHECKED, told->intake.state);
}

void
intaking_run(struct world *w, struct intaking *told)
{
    told->change = intake_begin_run;
    EXPECT_OK(world_write(w, intaking_change, told));
    intaking_work(w, told);
    EXPECT_INT(INTAKE_DONE, told->intake.state);
}

struct intaking
intaking_all(struct world *w, struct str bytes, const char *columns)
{
    struct intaking told = intaking_upload(w, bytes);

    intaking_check(w, &told, columns);
    intaking_run(w, &told);
    return told;
}

DB_SQL(sum_points, "SELECT CAST(COALESCE(SUM(balance), 0) AS BIGINT)"
                   "  FROM ledger_account"
                   " WHERE merchant_id = $1 AND unit = $2 AND book <= 2 AND lot_id = 0");
int64_t
intaking_sum(struct club *club)
{
    struct db_rows *rows =
        db_query(&club->world.ctx, &sum_points,
                 DB_BIND(db_int(club->world.ctx.merchant.v), db_int(club->program.id.v)));
    int64_t sum = db_next(rows) ? db_col_int(rows, 0) : -1;

    EXPECT_OK(db_done(rows));
    return sum;
}

struct customer
intaking_customer(struct world *w, const char *phone)
{
    struct customer customer = {0};
    customer_id id;

    EXPECT_OK(people_find_by_phone(&w->ctx, str_of(phone), &id));
    EXPECT_OK(customers_find(&w->ctx, id, &customer));
    return customer;
}
