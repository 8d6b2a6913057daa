/*
 * api — programs that make orders over the API, as a vendor among the others.
 *
 * They ask with a key (src/api/api_orders_api.c), so that nothing is delivered and nothing signed:
 * core/orders/api_orders.h makes the message. A paid order waits until somebody says whose it is.
 */
#include "integrations/registry.h"

const struct pos_link pos_api = {
    .vendor = "api",
    .name = "API",
    .credit = POS_TABLET_CLAIM,
};
