/* letters — see letters.h. */
#include "core/team/letters.h"
#include "core/merchants/merchants.h"
#include "core/outbox/outbox.h"
#include "core/team/profile.h"

enum err
letters_send(struct ctx *ctx, const struct letter *letter)
{
    struct outbox_message message = {
        .channel = OUTBOX_EMAIL,
        .purpose = letter->purpose,
        .address = letter->to,
        .expires_us = ctx->now_us + letter->keep_us,
    };
    struct merchant merchant;
    struct profile profile;

    TRY(merchants_find(ctx, &merchant));
    TRY(profile_find(ctx, letter->member, &profile));
    const struct words_value values[] = {{"shop", merchant.name}, letter->value};
    message.language = profile.language.len > 0 ? profile.language : merchant.language;
    message.language = str_of(words_language(message.language));
    message.subject = words_text(ctx->arena, message.language, letter->subject, values, 2);
    message.body = words_text(ctx->arena, message.language, letter->body, values, 2);
    return outbox_add(ctx, &message);
}

enum err
letters_tell(struct ctx *ctx, const struct letter *letter)
{
    if (!outbox_has_channel(ctx->settings, OUTBOX_EMAIL)) return OK;
    return letters_send(ctx, letter);
}
