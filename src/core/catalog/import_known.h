/* import_known — the catalog in memory while an import is thought through, with what it adds. */
#pragma once
#include "core/catalog/categories.h"
#include "core/catalog/import.h"
#include "core/catalog/taxes.h"

struct known_variation {
    struct catalog_variation variation;
    struct str key;     /* of its name */
    struct str old_sku; /* before the file */
    int item;           /* index of its article */
    int next;           /* index of the article's next one; -1: it is the last */
    int64_t line;       /* of the file, that said what it is; 0: none has */
    bool is_new, is_changed;
};

struct known_item {
    struct catalog_item item; /* without its variations */
    struct str key;
    int first, last;              /* indexes of variations */
    int count;                    /* of them */
    int tax;                      /* index of its tax, counted from 1; 0: none */
    int next_named;               /* index of the next one with this name; -1: there is none */
    int64_t line;                 /* of the file, that said first what it is; 0: none has */
    bool told_category, told_tax; /* by the file */
    bool is_new, is_changed;
};

struct known_category {
    struct category category;
    struct str key;
    bool is_new;
};

struct known_tax {
    struct tax tax;
    struct str key;
    bool is_new;
};

/* From a text to an index, in a table that is made large enough at once. */
struct known_index {
    struct known_slot {
        struct str key;
        int value;
    } * slots;
    size_t mask;
};

struct known {
    struct known_item *items;
    struct known_variation *variations;
    struct known_category *categories;
    struct known_tax *taxes;
    int item_count, variation_count, category_count, tax_count;
    int64_t last_position; /* of the articles */
    struct known_index by_name, by_sku, by_id;
};

/* With room for what so many rows may add. Cost: reads the whole catalog. */
MUST_USE enum err known_read(struct ctx *ctx, int row_count, struct known *known);

/* -1: there is none. by_name: the first of those that have the key. */
int known_find_name(const struct known *known, struct str key);
int known_find_sku(const struct known *known, struct str sku);
int known_find_variation(const struct known *known, variation_id id);
int known_find_category(const struct known *known, struct str key);
/* By its name, else, when the text is a rate, one of that rate. */
int known_find_tax(const struct known *known, struct str key, const int64_t *rate);

/* Each gives the index of what it added. */
int known_add_item(struct ctx *ctx, struct known *known, struct str name);
int known_add_variation(struct known *known, int item);
int known_add_category(struct ctx *ctx, struct known *known, struct str name);
int known_add_tax(struct ctx *ctx, struct known *known, const struct tax *tax);
/* It is found by this name from now on, and no longer by the one it had. */
void known_rename(struct ctx *ctx, struct known *known, int item, struct str name);
/* It is found by this SKU from now on, and no longer by the one it had. */
void known_set_sku(struct known *known, int variation, struct str sku);
