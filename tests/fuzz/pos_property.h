/* pos_property — what must hold of every message that a POS's link accepted. */
#pragma once
#include "base/check.h"
#include "core/orders/pos_link.h"

#define POS_AMOUNT_MAX INT64_C(1000000000000)

static inline void
check_amount(int64_t amount)
{
    ASSERT(amount >= 0);
    ASSERT(amount <= POS_AMOUNT_MAX);
}

static inline void
check_message(const struct pos_message *message)
{
    check_amount(message->total_minor);
    check_amount(message->tip_minor);
    check_amount(message->tax_minor);
    ASSERT(message->line_count >= 0);
    ASSERT(message->line_count <= POS_LINES_MAX);
    for (int i = 0; i < message->line_count; i++) {
        ASSERT(message->lines[i].total_minor >= -POS_AMOUNT_MAX);
        ASSERT(message->lines[i].total_minor <= POS_AMOUNT_MAX);
        ASSERT(message->lines[i].quantity.len > 0);
    }
    ASSERT(message->refund_line_count >= 0);
    ASSERT(message->refund_line_count <= POS_LINES_MAX);
    for (int i = 0; i < message->refund_line_count; i++) {
        ASSERT(message->refund_lines[i].line >= 0);
        ASSERT(message->refund_lines[i].line < POS_LINES_MAX);
        check_amount(message->refund_lines[i].amount_minor);
    }
    /* Each kind can be found again by what it is told again with. */
    switch (message->kind) {
    case POS_NOTHING:
        break;
    case POS_PAYMENT:
        ASSERT(message->vendor_payment.len > 0);
        ASSERT(message->vendor_order.len > 0);
        break;
    case POS_ORDER:
    case POS_CANCEL:
        ASSERT(message->vendor_order.len > 0);
        break;
    case POS_REFUND:
        ASSERT(message->vendor_refund.len > 0);
        ASSERT(message->vendor_order.len > 0 || message->vendor_payment.len > 0);
        break;
    }
    ASSERT(str_is_text(message->vendor_order));
    ASSERT(str_is_text(message->establishment));
    ASSERT(str_is_text(message->vendor_register));
    ASSERT(str_is_text(message->external_customer));
}

/* A refusal tells why, and nothing but what a client did can be the reason. */
static inline void
check_refusal(enum err err)
{
    enum err_kind kind = err_kind(err);

    ASSERT(kind == KIND_MALFORMED || kind == KIND_UNAUTHENTICATED || kind == KIND_REFUSED);
}

/*
 * Gives a link a delivery whose signature is right, and the same with the input's first line as
 * its signature, which nobody can have guessed.
 */
static inline void
fuzz_link(struct str vendor, struct str input, struct str secret, struct str url,
          struct str (*sign)(struct arena *arena, struct str url, struct str body))
{
    struct arena arena;
    struct ctx ctx = {.arena = &arena, .now_us = INT64_C(1772449450000000)};
    const struct pos_link *link = pos_link_find(vendor);
    const char *line_end = input.len > 0 ? memchr(input.at, '\n', input.len) : NULL;
    struct pos_message message;

    arena_open(&arena, 64 << 20);
    struct pos_delivery delivery = {.url = url, .body = input};
    delivery.signature = sign(&arena, url, input);
    enum err err = link->read(&ctx, secret, &delivery, &message);
    if (err == OK) {
        check_message(&message);
    } else {
        check_refusal(err);
    }
    if (line_end) {
        delivery.signature = (struct str){input.at, (size_t)(line_end - input.at)};
        delivery.body = (struct str){line_end + 1, input.len - delivery.signature.len - 1};
        ASSERT(link->read(&ctx, secret, &delivery, &message) == ERR_SIGNATURE_WRONG);
    }
    arena_close(&arena);
}
