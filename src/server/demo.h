/*
 * demo — three shops to play with: what they have (demo_shops.c), and how they are made (demo.c).
 */
#pragma once
#include "core/loyalty/programs.h"
#include "core/merchants/merchants.h"

enum {
    DEMO_LOCATIONS_MAX = 3,
    DEMO_REGISTERS_MAX = 3,
    DEMO_TIERS_MAX = 4,
    DEMO_STAFF_MAX = 3,
    DEMO_TABLETS_MAX = 3,
    DEMO_POS_MAX = 2,
};
#define DEMO_CODE_KEEP_US (30 * INT64_C(86400000000)) /* tablets' pairing codes */

/* What a shop is to have; a list ends at the first entry without a name. */
struct demo_shop {
    const char *name, *currency, *country, *language, *time_zone;
    const char *slug, *brand_color;
    struct demo_staff {
        const char *name, *email, *role;
    } staff[DEMO_STAFF_MAX];
    struct demo_location {
        const char *name;
    } locations[DEMO_LOCATIONS_MAX];
    struct demo_pos {
        const char *vendor;
        const char *establishment;                 /* the vendor's id of the location */
        int location;                              /* its place in locations */
        const char *registers[DEMO_REGISTERS_MAX]; /* the vendor's ids of them */
    } pos[DEMO_POS_MAX];
    struct demo_tablet {
        const char *name;
        int location, pos, reg; /* places in the lists above */
    } tablets[DEMO_TABLETS_MAX];
    struct demo_program {
        const char *name, *term_one, *term_other;
        enum program_type type;
        int64_t minimum_minor, expiry_days;
        struct accrual_rule rule;
        struct demo_tier {
            const char *name;
            int64_t points;
        } tiers[DEMO_TIERS_MAX];
    } program; /* the main one */
};
extern const struct demo_shop demo_shops[];
extern const int demo_shop_count;

/* What was made of it. Lists are as long as the shop's; texts are in the ctx's arena. */
struct demo_made {
    merchant_id id;
    struct str api_key;
    location_id locations[DEMO_LOCATIONS_MAX];
    struct program program;
    struct {
        integration_id id;
        struct str secret;
        register_id registers[DEMO_REGISTERS_MAX];
    } pos[DEMO_POS_MAX];
    struct {
        tablet_id id;
        struct str pairing_code;
    } tablets[DEMO_TABLETS_MAX];
};
struct demo {
    bool with_history;      /* told: sixty days have passed in the shops (demo_life.h) */
    struct str password;    /* of all staff: made new each time, shown by the command */
    struct demo_made *made; /* one for each of demo_shops */
};

/* With a history, what staff type to leave a tablet's screen. */
#define DEMO_TABLET_PIN "2580"

/*
 * Fills an empty database with the shops, in one transaction. With a history, they have articles, a
 * PIN for their tablets, and sixty days behind them.
 * Within:   no transaction
 * Errors:   ERR_DB_CONSTRAINT   there is a merchant already
 */
MUST_USE enum err demo_fill(struct ctx *ctx, struct demo *demo);
