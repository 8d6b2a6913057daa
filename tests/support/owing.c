/* owing — see owing.h. */
#include "support/owing.h"
#include "base/zone.h"
#include "support/test.h"
#include <stdio.h>

#define OWING_ZONE STR("Europe/Paris")

struct owing
owing_read(struct club *club, int64_t first, int64_t last)
{
    const struct liability_period period = {.zone = OWING_ZONE, .first = first, .last = last};
    struct owing owing;

    EXPECT_OK(
        liability_read(&club->world.ctx, &period, (program_id){0}, &owing.list, &owing.count));
    return owing;
}

struct liability
owing_between(struct club *club, int64_t first, int64_t last)
{
    struct owing owing = owing_read(club, first, last);

    EXPECT_INT(club->program.id.v, owing.list[0].program.v);
    return owing.list[0];
}

int64_t
owing_day(struct club *club)
{
    return zone_day_at(OWING_ZONE, club->world.ctx.now_us);
}

struct liability
owing_today(struct club *club)
{
    return owing_between(club, owing_day(club), owing_day(club));
}

static enum err
post(struct ctx *ctx, void *arg)
{
    struct ledger_transfer *transfer = arg;

    for (int i = 0; i < transfer->line_count; i++) {
        const struct ledger_line *line = &transfer->lines[i];

        if (line->book >= BOOK_CONTRA) continue;
        TRY(ledger_open_account(ctx, line->owner, line->book, transfer->unit, 0));
    }
    return ledger_post(ctx, transfer);
}

void
owing_post(struct club *club, int64_t unit, enum ledger_reason reason,
           const struct ledger_line lines[static 2])
{
    struct ledger_transfer transfer = {
        .id = {id_next(&club->world.ctx)},
        .unit = unit,
        .reason = reason,
        .lines = lines,
        .line_count = 2,
    };

    EXPECT_OK(world_write(&club->world, post, &transfer));
}

struct counting {
    struct liability_count *prepared;
    bool more;
};

static enum err
count(struct ctx *ctx, void *arg)
{
    struct counting *counting = arg;

    return liability_count_write(ctx, counting->prepared, &counting->more);
}

int
owing_count(struct club *club)
{
    struct counting counting = {.more = true};
    int steps = 0;

    while (counting.more) {
        counting.more = false;
        EXPECT_OK(liability_count_prepare(&club->world.ctx, &counting.prepared));
        if (counting.prepared == NULL) break;
        EXPECT_OK(world_write(&club->world, count, &counting));
        steps++;
    }
    return steps;
}

struct heard {
    char *told;
    size_t size;
};

static void
hear(void *self, const char *sentence)
{
    struct heard *heard = self;

    if (heard->told[0] == '\0') snprintf(heard->told, heard->size, "%s", sentence);
}

int64_t
owing_audit(struct club *club, char *told, size_t size)
{
    struct heard heard = {told, size};
    struct liability_audit found = {0};

    told[0] = '\0';
    EXPECT_OK(liability_audit(&club->world.ctx, hear, &heard, &found));
    return found.differences;
}

void
owing_run(struct club *club, const char *sql)
{
    WORLD_TX(&club->world) EXPECT_OK(db_run_script(&club->world.ctx, sql));
}
