/* search — see search.h. */
#include "core/catalog/search.h"
#include "base/list.h"
#include "core/catalog/catalog_store.h"
#include "core/catalog/item_names_store.h"

enum { WORDS_MAX = 8 };

struct words {
    struct str at[WORDS_MAX];
    int count;
};

/* Letters of other scripts are bytes of 0x80 and more. */
static bool
is_part(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/* The next word of folded text; empty when there is none. */
static struct str
take_word(struct str *rest)
{
    while (rest->len > 0 && !is_part(*rest->at)) {
        rest->at++;
        rest->len--;
    }
    struct str word = {rest->at, 0};
    while (rest->len > 0 && is_part(*rest->at)) {
        word.len++;
        rest->at++;
        rest->len--;
    }
    return word;
}

static struct words
split(struct ctx *ctx, struct str text)
{
    struct str rest = catalog_key(ctx->arena, text);
    struct words words = {.count = 0};

    while (words.count < WORDS_MAX) {
        struct str word = take_word(&rest);
        if (word.len == 0) break;
        words.at[words.count++] = word;
    }
    return words;
}

static bool
has_word(struct str key, struct str wanted)
{
    for (struct str word = take_word(&key); word.len > 0; word = take_word(&key)) {
        if (str_starts(word, wanted)) return true;
    }
    return false;
}

/* The variations of one article, of which the first carries what they share. */
struct group {
    const struct named_variation *at;
    int count;
};

static bool
has_word_anywhere(struct ctx *ctx, const struct group *group, struct str wanted)
{
    if (has_word(group->at->name_key, wanted)) return true;
    if (has_word(group->at->category_key, wanted)) return true;
    for (int i = 0; i < group->count; i++) {
        const struct named_variation *named = &group->at[i];
        if (named->sku.len > 0 && has_word(catalog_key(ctx->arena, named->sku), wanted))
            return true;
        if (named->variation.len == 0) continue;
        if (has_word(catalog_key(ctx->arena, named->variation), wanted)) return true;
    }
    return false;
}

static bool
is_in(const struct catalog_query *query, category_id category)
{
    for (int i = 0; i < query->category_count; i++) {
        if (query->categories[i] == category.v) return true;
    }
    return query->category_count == 0;
}

static bool
is_found(struct ctx *ctx, const struct catalog_query *query, const struct words *words,
         const struct group *group)
{
    if (!is_in(query, group->at->category)) return false;
    for (int i = 0; i < words->count; i++) {
        if (!has_word_anywhere(ctx, group, words->at[i])) return false;
    }
    return true;
}

enum err
catalog_search(struct ctx *ctx, const struct catalog_query *query, struct catalog_item **items,
               int *count)
{
    const struct words words = split(ctx, query->text);
    struct catalog_item item = {.position = -1};
    struct named_variation *names;
    int name_count;

    ASSERT(query->limit >= 1);
    ASSERT(query->limit <= SEARCH_LIMIT_MAX);
    *items = NULL;
    *count = 0;
    if (query->after.v != 0) TRY(catalog_store_find(ctx, query->after, &item));
    TRY(item_names_store_list(ctx, &item, &names, &name_count));
    for (int i = 0; i < name_count && *count < query->limit;) {
        struct group group = {&names[i], 0};

        while (i < name_count && names[i].item.v == group.at->item.v) {
            group.count++;
            i++;
        }
        if (!is_found(ctx, query, &words, &group)) continue;
        TRY(catalog_store_find(ctx, group.at->item, &item));
        LIST_ADD(ctx->arena, *items, *count, item);
    }
    return OK;
}
