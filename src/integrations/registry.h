/* registry — the companies that we can work with: one row each. */
#pragma once
#include "core/orders/pos_link.h"
#include "core/outbox/outbox_sender.h"

extern const struct pos_link pos_feed;   /* pos/feed.c: any till that can sign a message */
extern const struct pos_link pos_square; /* pos/square.c */
extern const struct pos_link pos_till;   /* pos/till.c: our own */
extern const struct pos_link pos_api;    /* pos/api.c: programs */

extern const struct outbox_sender sender_shown_sms,
    sender_shown_email;                        /* messages/shown.c: a demo */
extern const struct outbox_sender sender_smtp; /* messages/smtp_sender.c */
