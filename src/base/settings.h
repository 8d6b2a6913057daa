/*
 * settings — everything that can be set, in one table: from a flag (--queue-max 5000), the
 * environment (HABITUE_QUEUE_MAX) or a file (queue_max = 5000), in this order of precedence.
 * `habitue help settings` prints the table.
 */
#pragma once
#include "base/ctx.h"

struct settings {
    const char *db;         /* sqlite:PATH or postgres://… */
    const char *listen;     /* HOST:PORT */
    const char *public_url; /* as browsers and POS vendors reach us; "" = http://<listen> */
    const char
        *key_file; /* the server key that seals integration secrets; made when absent (0600) */
    const char *erasure_file; /* who was erased, by hashes: what a restored backup is told */
    const char *config_file;
    const char *smtp_url, *smtp_user, *smtp_password, *mail_from; /* net/smtp.h; "": no e-mails */
    int64_t threads, report_threads, connections_max, queue_max, batch_max;
    int64_t node; /* 0..1023 */
    int64_t live_keep_s, stream_keepalive_s, idempotency_keep_days, claim_keep_hours;
    int64_t seal_every_s; /* 0: the ledger is not sealed */
    int64_t behind_proxy; /* 1: X-Forwarded-For is believed */
    int64_t smtp_plain;   /* 1: a mail server that cannot encrypt is taken, too */
    int64_t demo;         /* 1: messages are shown to anyone instead of being sent */
    int64_t log_level;
    uint8_t server_key[32]; /* read from key_file by wiring */
};
