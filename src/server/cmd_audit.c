/* cmd_audit — `habitue audit`: rebuilds every balance from the ledger and says what differs. */
#include "server/cmd_audit.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/settings.h"
#include "core/insight/liability.h"
#include "core/loyalty/audit.h"
#include "core/orders/discounts_audit.h"
#include "db/db.h"
#include "db/migrate.h"
#include "server/cmd.h"
#include "server/commands.h"
#include <inttypes.h>
#include <stdio.h>

enum { DIFFERENCES_TOLD_MAX = 1000 };

/* Differences are told while they are found; in JSON they wait for the object's end. */
struct telling {
    struct json_out *json; /* NULL: as text, at once */
    int told;
};

static void
tell_difference(void *self, const char *sentence)
{
    struct telling *telling = self;

    if (++telling->told > DIFFERENCES_TOLD_MAX) return;
    if (telling->json != NULL) {
        json_put_text(telling->json, NULL, str_of(sentence));
    } else {
        printf("DIFFERS  %s\n", sentence);
    }
}

struct found {
    struct ledger_audit ledger;
    struct loyalty_audit loyalty;
    struct liability_audit liability;
    struct discounts_audit discounts;
};

static int64_t
differences_of(const struct found *found)
{
    return found->ledger.differences + found->loyalty.differences + found->liability.differences +
           found->discounts.differences;
}

static void
print_found(const struct found *found, int64_t took_us)
{
    const struct ledger_audit *ledger = &found->ledger;
    const struct loyalty_audit *loyalty = &found->loyalty;

    printf("Checked %" PRId64 " merchants in %" PRId64 " ms.\n", ledger->merchants, took_us / 1000);
    printf("  ledger   %" PRId64 " accounts, %" PRId64 " transfers, %" PRId64 " lines, %" PRId64
           " open lots, %" PRId64 " holds\n",
           ledger->accounts, ledger->transfers, ledger->lines, ledger->lots, ledger->holds);
    printf("  loyalty  %" PRId64 " accounts, %" PRId64 " events, %" PRId64 " rewards, %" PRId64
           " orders that earned\n",
           loyalty->accounts, loyalty->events, loyalty->rewards, loyalty->earnings);
    printf("  owed     %" PRId64 " days counted\n", found->liability.days);
    printf("  credit   %" PRId64 " credit notes, %" PRId64 " discounts\n",
           found->discounts.credit_notes, found->discounts.discounts);
    if (differences_of(found) == 0) {
        printf("All balances, lots and events agree with the ledger's lines.\n");
    } else {
        printf("%" PRId64 " things do NOT agree.\n", differences_of(found));
    }
}

static void
put_found(struct json_out *out, const struct found *found)
{
    json_put_int(out, "merchants", found->ledger.merchants);
    json_put_int(out, "accounts", found->ledger.accounts);
    json_put_int(out, "transfers", found->ledger.transfers);
    json_put_int(out, "lines", found->ledger.lines);
    json_put_int(out, "lots", found->ledger.lots);
    json_put_int(out, "holds", found->ledger.holds);
    json_put_int(out, "loyalty_accounts", found->loyalty.accounts);
    json_put_int(out, "events", found->loyalty.events);
    json_put_int(out, "rewards", found->loyalty.rewards);
    json_put_int(out, "earnings", found->loyalty.earnings);
    json_put_int(out, "liability_days", found->liability.days);
    json_put_int(out, "credit_notes", found->discounts.credit_notes);
    json_put_int(out, "discounts", found->discounts.discounts);
    json_put_int(out, "differences", differences_of(found));
    json_put_bool(out, "agrees", differences_of(found) == 0);
}

/* On a reading connection: a server may be running on this database. */
static enum err
audit(struct ctx *ctx, struct telling *telling, struct found *found)
{
    TRY(db_open(ctx, ctx->settings->db, DB_READ_ONLY, &ctx->db));
    TRY(migrate_check(ctx));
    TRY(ledger_audit(ctx, tell_difference, telling, &found->ledger));
    TRY(loyalty_audit(ctx, tell_difference, telling, &found->loyalty));
    TRY(discounts_audit(ctx, tell_difference, telling, &found->discounts));
    return liability_audit(ctx, tell_difference, telling, &found->liability);
}

static int
finish(struct ctx *ctx, enum err err, const struct found *found)
{
    if (err != OK) return cmd_tell(ctx, err, "the audit could not be made");
    return differences_of(found) == 0 ? CMD_OK : CMD_FAILED;
}

int
cmd_audit_print(struct ctx *ctx)
{
    struct telling telling = {0};
    struct found found = {0};
    int64_t begun_us = clock_monotonic_us();

    enum err err = audit(ctx, &telling, &found);
    if (err == OK) print_found(&found, clock_monotonic_us() - begun_us);
    cmd_close_db(ctx);
    return finish(ctx, err, &found);
}

static int
print_json(struct ctx *ctx)
{
    struct json_out out;
    struct telling telling = {.json = &out};
    struct found found = {0};

    json_out_open(&out, ctx->arena);
    json_put_object(&out, NULL);
    json_put_array(&out, "sentences");
    enum err err = audit(ctx, &telling, &found);
    json_end_array(&out);
    put_found(&out, &found);
    json_end_object(&out);
    cmd_close_db(ctx);
    if (err == OK) printf("%.*s\n", STR_ARG(json_out_text(&out)));
    return finish(ctx, err, &found);
}

int
cmd_audit(struct ctx *ctx, int argc, char **argv)
{
    bool as_json = false;
    const struct cmd_flag flags[] = {{.name = "--json", .given = &as_json}};

    if (!cmd_read_flags(argc, argv, CMD_FLAGS(flags), NULL, 0)) return CMD_WRONG_USAGE;
    return as_json ? print_json(ctx) : cmd_audit_print(ctx);
}
