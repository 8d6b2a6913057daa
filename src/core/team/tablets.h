/*
 * tablets — the counter tablets: what each one is, and which device is it at the moment.
 *
 * A tablet is a configuration on the server: a name, a location, the register whose orders it
 * shows. A device becomes it by a code that is typed on it, or by a member of the team who signs in
 * on it; then it holds the tablet's token, until another device takes its place or it leaves. What
 * one tablet alone must hear is told on tablets_topic, what all of them must on LIVE_TABLETS.
 */
#pragma once
#include "core/team/team.h"

struct tablet {
    tablet_id id;
    location_id location;
    register_id reg; /* whose orders it shows, of that location; 0: not chosen yet */
    struct str name;
    bool paired; /* a device is it; when read */
    int64_t seen_us, created_us;
};
/* Its device's last sign of life is noted once a minute. */
#define TABLET_ONLINE_US (2 * INT64_C(60000000))
/* Whether its device was there a moment ago. */
bool tablets_is_online(const struct ctx *ctx, const struct tablet *tablet);
/* Where its device listens: "tablet:tab_…". */
struct str tablets_topic(struct arena *arena, tablet_id id);

/*
 * Fills id and created_us when 0.
 * Within:   a write batch
 * Errors:   ERR_LOCATION_UNKNOWN, ERR_REGISTER_UNKNOWN
 *           ERR_FIELD_VALUE   (tablet.register_id) the register is another location's
 */
MUST_USE enum err tablets_add(struct ctx *ctx, struct tablet *tablet);
/* Errors: ERR_TABLET_UNKNOWN */
MUST_USE enum err tablets_find(struct ctx *ctx, tablet_id id, struct tablet *tablet);
/* All of ctx->merchant, oldest first. */
MUST_USE enum err tablets_list(struct ctx *ctx, struct tablet **tablets, int *count);
/*
 * Gives it another name, location and register; its device is told to read what it shows again.
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_TABLET_UNKNOWN and those of tablets_add
 */
MUST_USE enum err tablets_change(struct ctx *ctx, const struct tablet *tablet);
/*
 * Takes it away; the device that was it is nobody from now on.
 * Within:   a write batch
 * Errors:   ERR_TABLET_UNKNOWN
 */
MUST_USE enum err tablets_remove(struct ctx *ctx, tablet_id id);

/* ---- becoming one ---- */
/*
 * A code that makes a device this tablet, once: "7KQ2-M9XD", valid for keep_us. Its older codes
 * end.
 * Within:   a transaction
 * Errors:   ERR_TABLET_UNKNOWN
 */
MUST_USE enum err tablets_make_code(struct ctx *ctx, tablet_id id, int64_t keep_us,
                                    struct str *code);
/*
 * Makes whoever typed the code the tablet: fills ctx->merchant, the tablet and its credential. The
 * device that was it before is it no longer.
 *
 * Within:   a write batch
 * Errors:   ERR_PAIRING_CODE_WRONG   wrong, used or too old; KEEP, counted for ctx->remote
 *           ERR_PAIRING_LOCKED       too many from ctx->remote; the last one is KEEP
 */
MUST_USE enum err tablets_activate(struct ctx *ctx, struct str code, struct tablet *tablet,
                                   struct credential *credential);
/*
 * Makes the device of whoever asks the tablet; they may, the caller has seen to it.
 * Within:   a write batch
 * Errors:   ERR_TABLET_UNKNOWN
 */
MUST_USE enum err tablets_appoint(struct ctx *ctx, tablet_id id, struct tablet *tablet,
                                  struct credential *credential);
/* Ends a device's token: it is the tablet no longer. Within: a write batch. Repeat: harmless. */
MUST_USE enum err tablets_leave(struct ctx *ctx, struct str token);

/* ---- while it is one ---- */
/* Never goes back in time. */
MUST_USE enum err tablets_note_seen(struct ctx *ctx, tablet_id id, int64_t at_us);
/*
 * Makes its device show which one it is: the live event "identify" with the time when it stops, so
 * that one who hears of it too late shows nothing.
 *
 * Within:   a write batch
 * Errors:   ERR_TABLET_UNKNOWN
 */
#define TABLET_IDENTIFY_US (10 * INT64_C(1000000))
MUST_USE enum err tablets_identify(struct ctx *ctx, tablet_id id);
