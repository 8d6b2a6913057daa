/* taxes — see taxes.h. */
#include "core/catalog/taxes.h"
#include "base/quantity.h"
#include "core/catalog/taxes_store.h"
#include "db/write_lane.h"
#include <inttypes.h>

enum { PERCENT = 10000 /* millionths */ };

static void
assert_sane(const struct tax *tax)
{
    ASSERT(tax->name.len > 0);
    ASSERT(tax->rate >= 0);
    ASSERT(tax->rate <= TAX_RATE_MAX);
}

static enum err
tell(struct ctx *ctx)
{
    return write_live_hint(ctx, STR("merchant"), STR("settings"));
}

static enum err
check_room(struct ctx *ctx)
{
    struct tax *taxes;
    int count;

    TRY(taxes_store_list(ctx, &taxes, &count));
    return count < TAXES_MAX ? OK : fail(ctx, ERR_TAXES_FULL, "%d", TAXES_MAX);
}

enum err
taxes_add(struct ctx *ctx, struct tax *tax)
{
    assert_sane(tax);
    TRY(check_room(ctx));
    tax->id.v = id_next(ctx);
    tax->version = 1;
    tax->deleted = false;
    tax->created_us = tax->updated_us = ctx->now_us;
    TRY(taxes_store_add(ctx, tax));
    return tell(ctx);
}

/* Stores what a tax has become, as its next version. */
static enum err
put(struct ctx *ctx, const struct tax *before, struct tax *after)
{
    bool changed;

    after->version = before->version + 1;
    after->created_us = before->created_us;
    after->updated_us = ctx->now_us;
    TRY(taxes_store_change(ctx, before, after, &changed));
    if (!changed) return fail(ctx, ERR_DB_BUSY, "tax of another writer");
    return tell(ctx);
}

enum err
taxes_change(struct ctx *ctx, struct tax *tax)
{
    struct tax before;

    assert_sane(tax);
    TRY(taxes_find(ctx, tax->id, &before));
    if (before.deleted) return fail(ctx, ERR_TAX_UNKNOWN, "it was removed");
    if (tax->version != 0 && tax->version != before.version) {
        return fail(ctx, ERR_ITEM_CHANGED, "version %lld", (long long)before.version);
    }
    tax->deleted = false;
    return put(ctx, &before, tax);
}

enum err
taxes_remove(struct ctx *ctx, tax_id id, struct tax *tax)
{
    struct tax before;

    TRY(taxes_find(ctx, id, &before));
    *tax = before;
    if (before.deleted) return OK;
    tax->deleted = true;
    return put(ctx, &before, tax);
}

enum err
taxes_restore(struct ctx *ctx, tax_id id, struct tax *tax)
{
    struct tax before;

    TRY(taxes_find(ctx, id, &before));
    *tax = before;
    if (!before.deleted) return OK;
    TRY(check_room(ctx));
    tax->deleted = false;
    return put(ctx, &before, tax);
}

enum err
taxes_find(struct ctx *ctx, tax_id id, struct tax *tax)
{
    return taxes_store_find(ctx, id, tax);
}

enum err
taxes_list(struct ctx *ctx, struct tax **taxes, int *count)
{
    return taxes_store_list(ctx, taxes, count);
}

/* ---- rates ---- */

struct str
tax_format_rate(struct arena *arena, int64_t rate)
{
    ASSERT(rate >= 0);
    ASSERT(rate <= TAX_RATE_MAX);
    int64_t behind = rate % PERCENT;
    struct str text = str_format(arena, "%" PRId64 ".%04" PRId64, rate / PERCENT, behind);

    while (text.at[text.len - 1] == '0')
        text.len--;
    if (text.at[text.len - 1] == '.') text.len--;
    return text;
}

enum err
tax_parse_rate(struct str text, int64_t *rate)
{
    int64_t millionths;

    TRY(quantity_parse(text, &millionths));
    if (millionths < 0 || millionths > 100 * QUANTITY_ONE) return ERR_FIELD_VALUE;
    if (millionths % 100 != 0) return ERR_FIELD_VALUE;
    *rate = millionths / 100; /* a hundredth of so many millionths */
    return OK;
}
