/* segments — see segments.h. */
#include "core/directory/segments.h"
#include "base/list.h"
#include "core/customers/filter.h"
#include "core/directory/segments_store.h"
#include "db/write_lane.h"

static const char *const preset_names[SEGMENT_PRESET_COUNT] = {
    [SEGMENT_OWN] = "",    [SEGMENT_NEW] = "new",         [SEGMENT_OCCASIONAL] = "occasional",
    [SEGMENT_VIP] = "vip", [SEGMENT_AT_RISK] = "at_risk",
};

/* What a shop that people come to every week would say; every shop may say otherwise. */
static const struct customer_query preset_queries[SEGMENT_PRESET_COUNT] = {
    [SEGMENT_NEW] = {.joined_days = {.max = 30, .has_max = true}},
    [SEGMENT_OCCASIONAL] = {.visits = {.min = 1, .max = 4, .has_min = true, .has_max = true}},
    [SEGMENT_VIP] = {.visits = {.min = 20, .has_min = true},
                     .last_visit_days = {.max = 90, .has_max = true}},
    [SEGMENT_AT_RISK] = {.visits = {.min = 3, .has_min = true},
                         .last_visit_days = {.min = 60, .has_min = true}},
};

const char *
segment_preset_name(enum segment_preset preset)
{
    ASSERT(preset < SEGMENT_PRESET_COUNT);
    return preset_names[preset];
}

/* Ids are times, and none was made in the first milliseconds there are. */
enum { PRESET_IDS = 100 /* and behind it one for each */ };

segment_id
segment_preset_id(enum segment_preset preset)
{
    ASSERT(preset != SEGMENT_OWN);
    return (segment_id){PRESET_IDS + preset};
}

static enum segment_preset
preset_of(segment_id id)
{
    bool is_preset = id.v > PRESET_IDS && id.v < PRESET_IDS + SEGMENT_PRESET_COUNT;

    return is_preset ? (enum segment_preset)(id.v - PRESET_IDS) : SEGMENT_OWN;
}

static enum err
read_row(struct ctx *ctx, const struct segment_row *row, struct segment *segment)
{
    *segment = (struct segment){
        .id = row->id,
        .preset = preset_of(row->id),
        .name = row->name,
        .is_changed = preset_of(row->id) != SEGMENT_OWN,
        .created_us = row->created_us,
        .updated_us = row->updated_us,
    };
    return filter_parse(ctx, row->filter, &segment->query);
}

enum err
segments_list(struct ctx *ctx, struct segment **segments, int *count)
{
    struct segment_row *rows;
    int row_count, next = 0;

    *segments = NULL;
    *count = 0;
    TRY(segments_store_list(ctx, &rows, &row_count));
    for (int i = SEGMENT_OWN + 1; i < SEGMENT_PRESET_COUNT; i++) {
        struct segment segment = {.id = segment_preset_id((enum segment_preset)i),
                                  .preset = (enum segment_preset)i,
                                  .query = preset_queries[i]};

        if (next < row_count && rows[next].id.v == segment.id.v) {
            TRY(read_row(ctx, &rows[next++], &segment));
        }
        LIST_ADD(ctx->arena, *segments, *count, segment);
    }
    for (; next < row_count; next++) {
        struct segment segment;

        TRY(read_row(ctx, &rows[next], &segment));
        LIST_ADD(ctx->arena, *segments, *count, segment);
    }
    return OK;
}

enum err
segments_find(struct ctx *ctx, segment_id id, struct segment *segment)
{
    struct segment *segments;
    int count;

    TRY(segments_list(ctx, &segments, &count));
    for (int i = 0; i < count; i++) {
        if (segments[i].id.v != id.v) continue;
        *segment = segments[i];
        return OK;
    }
    return fail(ctx, ERR_SEGMENT_UNKNOWN, "segment %lld", (long long)id.v);
}

static enum err
put(struct ctx *ctx, const struct segment *segment)
{
    const struct segment_row row = {
        .id = segment->id,
        .name = segment->name,
        .filter = filter_format(ctx, &segment->query),
        .created_us = segment->created_us,
        .updated_us = segment->updated_us,
    };

    TRY(segments_store_put(ctx, &row));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

static enum err
check(struct ctx *ctx, struct segment *segment)
{
    segment->name = str_trim(segment->name);
    if (segment->preset == SEGMENT_OWN && segment->name.len == 0) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, "segment.name");
    }
    if (!filter_names_somebody(&segment->query)) return OK;
    return fail_field(ctx, ERR_FIELD_VALUE, "segment.filter");
}

enum err
segments_add(struct ctx *ctx, struct segment *segment)
{
    struct segment *segments;
    int count;

    segment->preset = SEGMENT_OWN;
    TRY(check(ctx, segment));
    TRY(segments_list(ctx, &segments, &count));
    if (count - (SEGMENT_PRESET_COUNT - 1) >= SEGMENTS_MAX) {
        return fail(ctx, ERR_SEGMENTS_FULL, "%d segments", count);
    }
    segment->id.v = id_next(ctx);
    segment->created_us = segment->updated_us = ctx->now_us;
    return put(ctx, segment);
}

enum err
segments_change(struct ctx *ctx, struct segment *segment)
{
    struct segment before;

    TRY(segments_find(ctx, segment->id, &before));
    segment->preset = before.preset;
    if (segment->preset != SEGMENT_OWN) segment->name = STR("");
    segment->is_changed = segment->preset != SEGMENT_OWN;
    segment->created_us = before.created_us != 0 ? before.created_us : ctx->now_us;
    segment->updated_us = ctx->now_us;
    TRY(check(ctx, segment));
    return put(ctx, segment);
}

enum err
segments_remove(struct ctx *ctx, segment_id id)
{
    bool removed;

    TRY(segments_store_remove(ctx, id, &removed));
    if (!removed && preset_of(id) == SEGMENT_OWN) {
        return fail(ctx, ERR_SEGMENT_UNKNOWN, "segment %lld", (long long)id.v);
    }
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}
