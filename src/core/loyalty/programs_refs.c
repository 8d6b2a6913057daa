/* programs_refs — articles and categories that rules, tiers and promotions name; see
 * programs_tiers.h. */
#include "core/catalog/categories.h"
#include "core/catalog/match.h"
#include "core/loyalty/programs_tiers.h"
#include <inttypes.h>

enum { LINES_AT_ONCE = 32 };

static bool
has_ref(const struct catalog_ref *refs, int count, const struct catalog_ref *ref)
{
    for (int i = 0; i < count; i++) {
        if (refs[i].id == ref->id && refs[i].is_category == ref->is_category) return true;
    }
    return false;
}

bool
programs_are_same_refs(const struct catalog_ref *a, int a_count, const struct catalog_ref *b,
                       int b_count)
{
    if (a_count != b_count) return false;
    for (int i = 0; i < a_count; i++) {
        if (!has_ref(b, b_count, &a[i])) return false;
    }
    return true;
}

/* As an order's lines that tell their articles are looked up: those that are nothing are emptied.
 */
static enum err
check_articles(struct ctx *ctx, const struct catalog_ref *refs, int count)
{
    struct catalog_line lines[LINES_AT_ONCE] = {0};
    int line_count = 0;

    for (int i = 0; i < count; i++) {
        if (!refs[i].is_category) lines[line_count++].variation.v = refs[i].id;
    }
    if (line_count > 0) TRY(catalog_match(ctx, lines, line_count));
    for (int i = 0; i < line_count; i++) {
        if (lines[i].variation.v == 0) return ERR_VARIATION_UNKNOWN;
    }
    return OK;
}

static bool
is_category(const struct category *categories, int count, int64_t id)
{
    for (int i = 0; i < count; i++) {
        if (categories[i].id.v == id) return true;
    }
    return false;
}

static enum err
check_categories(struct ctx *ctx, const struct catalog_ref *refs, int count)
{
    struct category *categories = NULL;
    int category_count = -1;

    for (int i = 0; i < count; i++) {
        if (!refs[i].is_category) continue;
        if (category_count < 0) TRY(categories_list(ctx, &categories, &category_count));
        if (!is_category(categories, category_count, refs[i].id)) return ERR_CATEGORY_UNKNOWN;
    }
    return OK;
}

enum err
programs_check_refs(struct ctx *ctx, const struct catalog_ref *refs, int count, const char *field)
{
    enum err err = check_categories(ctx, refs, count);

    for (int i = 0; err == OK && i < count; i += LINES_AT_ONCE) {
        int left = count - i;

        err = check_articles(ctx, refs + i, left < LINES_AT_ONCE ? left : LINES_AT_ONCE);
    }
    return err == OK ? OK : fail_field(ctx, err, field);
}
