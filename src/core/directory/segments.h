/*
 * segments — searches that have a name: the four that everybody has, whose thresholds a merchant
 * may change, and those they save themselves.
 *
 * A segment is a filter and nothing else: who is in it follows from what customers do, and so does
 * how many there are. It names nobody, so that it outlives whoever is in it.
 */
#pragma once
#include "core/customers/search.h"

enum segment_preset {
    SEGMENT_OWN,
    SEGMENT_NEW,        /* joined in the last 30 days */
    SEGMENT_OCCASIONAL, /* came 1 to 4 times */
    SEGMENT_VIP,        /* came 20 times or more, last in the last 90 days */
    SEGMENT_AT_RISK,    /* came 3 times or more, last 60 days ago or longer */
    SEGMENT_PRESET_COUNT
};
const char *segment_preset_name(enum segment_preset preset); /* "at_risk"; own: "" */
segment_id segment_preset_id(enum segment_preset preset);

enum { SEGMENTS_MAX = 20 /* a merchant's own */, SEGMENT_NAME_MAX = 60 /* characters */ };

struct segment {
    segment_id id; /* of a preset, the same for every merchant */
    enum segment_preset preset;
    struct str name;                /* of a merchant's own */
    struct customer_query query;    /* its filter */
    bool is_changed;                /* a preset whose thresholds are the merchant's */
    int64_t created_us, updated_us; /* 0: a preset that nobody changed */
};
/* The presets, then the merchant's own by age. */
MUST_USE enum err segments_list(struct ctx *ctx, struct segment **segments, int *count);
/* Errors: ERR_SEGMENT_UNKNOWN */
MUST_USE enum err segments_find(struct ctx *ctx, segment_id id, struct segment *segment);
/*
 * Within:   a transaction
 * Errors:   ERR_FIELD_REQUIRED   no name
 *           ERR_FIELD_VALUE      the filter names a person, by words, an address or a number
 *           ERR_SEGMENTS_FULL    SEGMENTS_MAX are there
 */
MUST_USE enum err segments_add(struct ctx *ctx, struct segment *segment);
/* Another name and filter; of a preset, another filter. Errors: those of segments_find and _add */
MUST_USE enum err segments_change(struct ctx *ctx, struct segment *segment);
/* A preset becomes again what it was. Errors: ERR_SEGMENT_UNKNOWN */
MUST_USE enum err segments_remove(struct ctx *ctx, segment_id id);
