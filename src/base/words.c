/* words — see words.h. */
#include "base/words.h"
#include "base/arena.h"
#include "base/check.h"
#include <stdlib.h>

/* "fr" and "fr-CH" are both "fr". */
static bool
speaks(const struct words_catalogue *catalogue, struct str language)
{
    struct str ours = str_of(catalogue->language);

    if (!str_starts(language, ours)) return false;
    return language.len == ours.len || language.at[ours.len] == '-';
}

static const struct words_catalogue *
find_catalogue(struct str language)
{
    for (int i = 0; i < words_catalogue_count; i++) {
        if (speaks(&words_catalogues[i], language)) return &words_catalogues[i];
    }
    return &words_catalogues[0];
}

const char *
words_language(struct str language)
{
    return find_catalogue(language)->language;
}

static int
compare_keys(const void *a, const void *b)
{
    const struct words_entry *left = a;
    const struct words_entry *right = b;

    return strcmp(left->key, right->key);
}

static struct str
value_of(const struct words_value *values, int count, struct str name)
{
    for (int i = 0; i < count; i++) {
        if (str_is(name, str_of(values[i].name))) return values[i].value;
    }
    ASSERT(!"a place without a value");
    return STR("");
}

struct str
words_text(struct arena *arena, struct str language, const char *key,
           const struct words_value *values, int count)
{
    const struct words_catalogue *catalogue = find_catalogue(language);
    const struct words_entry *entry =
        bsearch(&(struct words_entry){.key = key}, catalogue->entries, (size_t)catalogue->count,
                sizeof *entry, compare_keys);
    struct str text = STR("");

    ASSERT(entry != NULL);
    for (const char *rest = entry->text; *rest != '\0';) {
        size_t plain = strcspn(rest, "{");
        const char *end = strchr(rest + plain, '}');

        text = str_format(arena, "%.*s%.*s", STR_ARG(text), (int)plain, rest);
        if (end == NULL) break;
        struct str name = {rest + plain + 1, (size_t)(end - rest) - plain - 1};
        text = str_format(arena, "%.*s%.*s", STR_ARG(text), STR_ARG(value_of(values, count, name)));
        rest = end + 1;
    }
    return text;
}
