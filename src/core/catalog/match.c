/* match — see match.h. */
#include "core/catalog/match.h"
#include "core/catalog/match_store.h"

/* What the lines of one batch are looked up by; empty where a line needs no more. */
struct batch {
    struct catalog_line *lines;
    int count;
};

static void
take_told_variations(const struct batch *batch)
{
    for (int i = 0; i < batch->count; i++) {
        struct catalog_line *line = &batch->lines[i];

        line->category.v = 0;
        if (line->variation.v != 0) continue;
        /* What is no id of ours leaves 0, and is looked for as a SKU. */
        if (id_parse(ID_variation, line->sku, &line->variation.v) != OK) line->variation.v = 0;
    }
}

static void
fill_by_variation(const struct batch *batch, const struct matched *found, int count)
{
    for (int i = 0; i < batch->count; i++) {
        struct catalog_line *line = &batch->lines[i];
        bool is_known = false;

        for (int k = 0; k < count && !is_known; k++) {
            is_known = line->variation.v != 0 && found[k].variation.v == line->variation.v;
            if (is_known) line->category = found[k].category;
        }
        if (!is_known) line->variation.v = 0;
    }
}

static void
fill_by_text(const struct batch *batch, const struct str *texts, const struct matched *found,
             int count)
{
    for (int i = 0; i < batch->count; i++) {
        for (int k = 0; k < count && texts[i].len > 0; k++) {
            if (!str_is(found[k].text, texts[i])) continue;
            batch->lines[i].variation = found[k].variation;
            batch->lines[i].category = found[k].category;
        }
    }
}

static enum err
match_variations(struct ctx *ctx, const struct batch *batch)
{
    int64_t ids[MATCH_BATCH] = {0};
    struct matched *found;
    bool wanted = false;
    int count;

    for (int i = 0; i < batch->count; i++) {
        ids[i] = batch->lines[i].variation.v;
        wanted = wanted || ids[i] != 0;
    }
    if (!wanted) return OK;
    TRY(match_store_by_id(ctx, ids, &found, &count));
    fill_by_variation(batch, found, count);
    return OK;
}

typedef enum err match_reader(struct ctx *ctx, const struct str texts[MATCH_BATCH],
                              struct matched **found, int *count);

static enum err
match_texts(struct ctx *ctx, const struct batch *batch, const struct str texts[MATCH_BATCH],
            match_reader *read)
{
    struct matched *found;
    bool wanted = false;
    int count;

    for (int i = 0; i < batch->count; i++) {
        wanted = wanted || texts[i].len > 0;
    }
    if (!wanted) return OK;
    TRY(read(ctx, texts, &found, &count));
    fill_by_text(batch, texts, found, count);
    return OK;
}

static enum err
match_batch(struct ctx *ctx, const struct batch *batch)
{
    struct str skus[MATCH_BATCH] = {0}, names[MATCH_BATCH] = {0}, categories[MATCH_BATCH] = {0};

    take_told_variations(batch);
    TRY(match_variations(ctx, batch));
    for (int i = 0; i < batch->count; i++) {
        const struct catalog_line *line = &batch->lines[i];
        if (line->variation.v == 0) skus[i] = str_trim(line->sku);
    }
    TRY(match_texts(ctx, batch, skus, match_store_by_sku));
    for (int i = 0; i < batch->count; i++) {
        const struct catalog_line *line = &batch->lines[i];
        if (line->variation.v == 0) names[i] = catalog_key(ctx->arena, line->name);
    }
    TRY(match_texts(ctx, batch, names, match_store_by_name));
    for (int i = 0; i < batch->count; i++) {
        const struct catalog_line *line = &batch->lines[i];
        bool is_found = line->variation.v != 0 || line->category.v != 0;
        if (!is_found) categories[i] = catalog_key(ctx->arena, line->category_name);
    }
    return match_texts(ctx, batch, categories, match_store_by_category);
}

enum err
catalog_match(struct ctx *ctx, struct catalog_line *lines, int count)
{
    for (int from = 0; from < count; from += MATCH_BATCH) {
        int left = count - from;
        const struct batch batch = {&lines[from], left < MATCH_BATCH ? left : MATCH_BATCH};
        TRY(match_batch(ctx, &batch));
    }
    return OK;
}
