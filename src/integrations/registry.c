/* registry — see registry.h. To add a POS: docs/recipes/add-a-pos-vendor.md. */
#include "integrations/registry.h"

static const struct pos_link *const pos_links[] = {
    &pos_feed,
    &pos_square,
};

const struct pos_link *
pos_link_find(struct str vendor)
{
    for (size_t i = 0; i < sizeof pos_links / sizeof pos_links[0]; i++) {
        if (str_is(str_of(pos_links[i]->vendor), vendor)) return pos_links[i];
    }
    return NULL;
}
