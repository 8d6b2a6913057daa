/* registry — the companies that we can work with: one row each. */
#pragma once
#include "core/orders/pos_link.h"

extern const struct pos_link pos_feed;   /* pos/feed.c: any till that can sign a message */
extern const struct pos_link pos_square; /* pos/square.c */
