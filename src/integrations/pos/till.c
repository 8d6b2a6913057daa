/*
 * till — our own till, as a vendor among the others.
 *
 * Staff ring up its sales over a session (src/api/till_api.c), so that nothing is delivered and
 * nothing signed: core/orders/tills.h makes the message. A sale that names a customer is credited
 * at once, one that names nobody waits to be claimed.
 */
#include "integrations/registry.h"

const struct pos_link pos_till = {
    .vendor = "till",
    .name = "Habitué",
    .credit = POS_DIRECT,
};
