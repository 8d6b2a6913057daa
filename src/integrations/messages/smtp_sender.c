/* smtp_sender — e-mails by the server's mail submission service: see net/smtp.h. */
#include "base/settings.h"
#include "integrations/registry.h"
#include "net/smtp.h"

static bool
is_set_up(const struct settings *settings)
{
    return settings->smtp_url[0] != '\0' && settings->mail_from[0] != '\0';
}

static enum err
send(struct ctx *ctx, const struct outbox_message *message)
{
    const struct settings *settings = ctx->settings;
    const struct smtp_server server = {
        .url = settings->smtp_url,
        .user = settings->smtp_user,
        .password = settings->smtp_password,
        .may_be_plain = settings->smtp_plain != 0,
    };
    const struct smtp_mail mail = {
        .from = str_of(settings->mail_from),
        .to = message->address,
        .subject = message->subject,
        .body = message->body,
        /* A message that is tried again is the same one to its reader's mailbox. */
        .id = id_format(ctx->arena, ID_message, message->id.v),
        .created_us = message->created_us,
    };

    return smtp_send(ctx, &server, &mail);
}

const struct outbox_sender sender_smtp = {"smtp", OUTBOX_EMAIL, is_set_up, send};
