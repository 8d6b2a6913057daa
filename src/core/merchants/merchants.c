/* merchants — see merchants.h. */
#include "core/merchants/merchants.h"
#include "base/clock.h"
#include "base/words.h"
#include "base/zone.h"
#include "core/merchants/merchants_store.h"
#include "core/merchants/slugs.h"
#include "db/write_lane.h"

/* When a register was last seen is for people; a minute is exact enough, and saves a write. */
#define SEEN_STEP_US CLOCK_MINUTE_US

/* More shops of one name than this have to choose theirs. */
enum { SLUG_TRIES = 100 };

/* The name's slug, or with the first number that is free behind it. */
static enum err
choose_slug(struct ctx *ctx, struct merchant *merchant)
{
    struct str wanted = slug_of_name(ctx->arena, merchant->name);

    merchant->slug = wanted;
    for (int number = 2; number < SLUG_TRIES; number++) {
        struct merchant other = {0};

        TRY(merchants_store_find_by_slug(ctx, merchant->slug, &other));
        if (other.id.v == 0) return OK;
        merchant->slug = slug_with_number(ctx->arena, wanted, number);
    }
    return fail(ctx, ERR_DB_CONSTRAINT, "too many merchants are called the same");
}

enum err
merchants_add(struct ctx *ctx, struct merchant *merchant)
{
    if (merchant->slug.len == 0) TRY(choose_slug(ctx, merchant));
    ASSERT(slug_is_valid(merchant->slug));
    if (merchant->id.v == 0) merchant->id.v = id_next(ctx);
    if (merchant->created_us == 0) merchant->created_us = ctx->now_us;
    return merchants_store_add(ctx, merchant);
}

enum err
merchants_find(struct ctx *ctx, struct merchant *merchant)
{
    return merchants_store_find(ctx, merchant);
}

enum err
merchants_find_by_slug(struct ctx *ctx, struct str slug, struct merchant *merchant)
{
    *merchant = (struct merchant){0};
    TRY(merchants_store_find_by_slug(ctx, slug, merchant));
    if (merchant->id.v == 0) return fail(ctx, ERR_MERCHANT_UNKNOWN, "no merchant of this slug");
    return OK;
}

/* A language that the server's own texts are written in. */
static bool
is_language(struct str language)
{
    for (int i = 0; i < words_catalogue_count; i++) {
        if (str_is(language, str_of(words_catalogues[i].language))) return true;
    }
    return false;
}

static bool
is_color(struct str color)
{
    if (color.len != 7 || color.at[0] != '#') return false;
    for (size_t i = 1; i < color.len; i++) {
        char c = color.at[i];
        if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) return false;
    }
    return true;
}

static enum err
check_change(struct ctx *ctx, const struct merchant_change *change)
{
    if (change->name.len > 0 && str_trim(change->name).len == 0) {
        return fail_field(ctx, ERR_FIELD_VALUE, "name");
    }
    if (change->language.len > 0 && !is_language(change->language)) {
        return fail_field(ctx, ERR_FIELD_VALUE, "language");
    }
    if (change->time_zone.len > 0 && !zone_is_known(change->time_zone)) {
        return fail_field(ctx, ERR_FIELD_VALUE, "time_zone");
    }
    if (change->brand_color.len > 0 && !is_color(change->brand_color)) {
        return fail_field(ctx, ERR_FIELD_VALUE, "brand_color");
    }
    if (change->slug.len > 0 && !slug_is_valid(change->slug)) {
        return fail_field(ctx, ERR_FIELD_VALUE, "slug");
    }
    return OK;
}

static void
replace(struct str *text, struct str by)
{
    if (by.len > 0) *text = by;
}

/* Its people's screens and its tablets show what it looks like now. */
static enum err
tell_changed(struct ctx *ctx)
{
    TRY(write_live_hint(ctx, LIVE_TABLETS, LIVE_SETTINGS));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

enum err
merchants_change(struct ctx *ctx, const struct merchant_change *change, struct merchant *merchant)
{
    TRY(check_change(ctx, change));
    TRY(merchants_store_find(ctx, merchant));
    replace(&merchant->name, str_trim(change->name));
    replace(&merchant->language, change->language);
    replace(&merchant->time_zone, change->time_zone);
    replace(&merchant->slug, change->slug);
    replace(&merchant->tablet_pin_hash, change->tablet_pin_hash);
    replace(&merchant->brand_color, change->brand_color);
    if (change->without_color) merchant->brand_color = STR("");
    if (change->changes_second_factor) {
        merchant->second_factor_required = change->second_factor_required;
    }

    enum err err = merchants_store_change(ctx, merchant);
    if (err == ERR_DB_CONSTRAINT) return fail_field(ctx, ERR_SLUG_TAKEN, "slug");
    TRY(err);
    return tell_changed(ctx);
}

enum err
merchants_change_logo(struct ctx *ctx, file_id logo)
{
    TRY(merchants_store_change_logo(ctx, logo));
    return tell_changed(ctx);
}

enum err
merchants_list(struct ctx *ctx, struct merchant **merchants, int *count)
{
    return merchants_store_list(ctx, merchants, count);
}

enum err
merchants_read_seq(struct ctx *ctx, int64_t *seq)
{
    return merchants_store_read_seq(ctx, seq);
}

enum err
locations_add(struct ctx *ctx, struct location *location)
{
    ASSERT(ctx->merchant.v != 0);
    if (location->id.v == 0) location->id.v = id_next(ctx);
    if (location->created_us == 0) location->created_us = ctx->now_us;
    return merchants_store_add_location(ctx, location);
}

enum err
locations_find(struct ctx *ctx, location_id id, struct location *location)
{
    return merchants_store_find_location(ctx, id, location);
}

enum err
locations_list(struct ctx *ctx, struct location **locations, int *count)
{
    return merchants_store_list_locations(ctx, locations, count);
}

enum err
registers_add(struct ctx *ctx, struct shop_register *reg)
{
    bool added;

    ASSERT(ctx->merchant.v != 0);
    if (reg->id.v == 0) reg->id.v = id_next(ctx);
    TRY(merchants_store_add_register(ctx, reg, &added));
    if (!added) return fail(ctx, ERR_DB_CONSTRAINT, "the location has this register");
    return OK;
}

enum err
registers_find(struct ctx *ctx, register_id id, struct shop_register *reg)
{
    return merchants_store_find_register(ctx, id, reg);
}

enum err
registers_list(struct ctx *ctx, struct shop_register **registers, int *count)
{
    return merchants_store_list_registers(ctx, registers, count);
}

enum err
registers_match(struct ctx *ctx, integration_id integration, location_id location,
                struct str vendor_register, struct shop_register *reg)
{
    *reg = (struct shop_register){
        .integration = integration, .location = location, .vendor_register = vendor_register};
    return merchants_store_match_register(ctx, reg);
}

enum err
registers_see(struct ctx *ctx, integration_id integration, location_id location,
              struct str vendor_register, register_id *id)
{
    struct shop_register reg = {
        .integration = integration, .location = location, .vendor_register = vendor_register};

    ASSERT(location.v != 0);
    TRY(merchants_store_match_register(ctx, &reg));
    if (reg.id.v == 0) {
        /* Until somebody names it, it is called what its vendor calls it. */
        reg.name = vendor_register;
        reg.seen_us = ctx->now_us;
        TRY(registers_add(ctx, &reg));
    } else if (ctx->now_us - reg.seen_us > SEEN_STEP_US) {
        TRY(merchants_store_note_register_seen(ctx, reg.id, ctx->now_us));
    }
    *id = reg.id;
    return OK;
}
