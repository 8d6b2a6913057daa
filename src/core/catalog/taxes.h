/*
 * taxes — the rates that articles are sold at: "TVA 5,5 %", in the price or on top of it.
 *
 * A tax that is removed leaves its articles as they are; they have none until it comes back.
 */
#pragma once
#include "core/catalog/catalog.h"

enum { TAXES_MAX = 50, TAX_NAME_CHARS_MAX = 100 };
#define TAX_RATE_MAX INT64_C(1000000)

struct tax {
    tax_id id;
    int64_t version; /* 1, then one more at each change */
    struct str name;
    int64_t rate;  /* millionths: 55000 is 5.5 % */
    bool included; /* in the prices; false: on top of them */
    bool deleted;
    int64_t created_us, updated_us;
};

/*
 * Adds a tax. Fills id, version and times.
 *
 * Within:   a write batch
 * Requires: a name, a rate of 0 … TAX_RATE_MAX
 * Errors:   ERR_TAXES_FULL   TAXES_MAX are there
 */
MUST_USE enum err taxes_add(struct ctx *ctx, struct tax *tax);
/*
 * Replaces name, rate and kind; fills the rest.
 *
 * Within:   a write batch
 * Errors:   ERR_TAX_UNKNOWN    also one that was removed
 *           ERR_ITEM_CHANGED   version is not 0, and not the one that is stored
 */
MUST_USE enum err taxes_change(struct ctx *ctx, struct tax *tax);
/* Within: a write batch. Repeat: harmless. Gives: it, removed at updated_us.
 * Errors: ERR_TAX_UNKNOWN */
MUST_USE enum err taxes_remove(struct ctx *ctx, tax_id id, struct tax *tax);
/* Within: a write batch. Repeat: harmless. Errors: ERR_TAX_UNKNOWN, ERR_TAXES_FULL */
MUST_USE enum err taxes_restore(struct ctx *ctx, tax_id id, struct tax *tax);
/* Also one that was removed. Errors: ERR_TAX_UNKNOWN */
MUST_USE enum err taxes_find(struct ctx *ctx, tax_id id, struct tax *tax);
/* Those not removed, by rate, then name. */
MUST_USE enum err taxes_list(struct ctx *ctx, struct tax **taxes, int *count);

/* "5.5" for 55000, as Square writes it. */
struct str tax_format_rate(struct arena *arena, int64_t rate);
/* Reads "5.5" or "20": 0 to 100 with at most four decimals. Errors: ERR_FIELD_VALUE */
MUST_USE enum err tax_parse_rate(struct str text, int64_t *rate);
