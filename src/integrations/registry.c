/* registry — see registry.h. To add a POS: docs/recipes/add-a-pos-vendor.md. */
#include "integrations/registry.h"

static const struct pos_link *const pos_links[] = {
    &pos_feed,
    &pos_square,
    &pos_till,
    &pos_api,
};

const struct pos_link *
pos_link_find(struct str vendor)
{
    for (size_t i = 0; i < sizeof pos_links / sizeof pos_links[0]; i++) {
        if (str_is(str_of(pos_links[i]->vendor), vendor)) return pos_links[i];
    }
    return NULL;
}

/* The first that is set up is the one: a demo sends nothing, whatever else is set. */
static const struct outbox_sender *const senders[] = {
    &sender_shown_sms,
    &sender_shown_email,
    &sender_smtp,
};

const struct outbox_sender *
outbox_sender_find(const struct settings *settings, enum outbox_channel channel)
{
    for (size_t i = 0; i < sizeof senders / sizeof senders[0]; i++) {
        if (senders[i]->channel == channel && senders[i]->is_set_up(settings)) return senders[i];
    }
    return NULL;
}
