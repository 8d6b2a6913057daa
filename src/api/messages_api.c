/* messages_api — what the server wrote to customers, for the merchant; and in a demo for anyone. */
#include "api/cursors.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/settings.h"
#include "core/outbox/outbox.h"

enum { MESSAGE_PAGE_MAX = 50, DEMO_MESSAGES_MAX = 30 };

/*
 * A code opens its customer's card, a link a colleague's account: staff have no business knowing
 * them, so that only what holds no secret is shown. A demo, where nothing is sent, is the only
 * place to read the rest.
 */
static bool
may_show(const struct settings *settings, const struct outbox_message *message)
{
    static const char *const open[] = {"email_changed", "password_changed", "second_factor_reset"};

    for (size_t i = 0; i < sizeof open / sizeof open[0]; i++) {
        if (str_is(message->purpose, str_of(open[i]))) return true;
    }
    return settings->demo != 0;
}

static void
put_message(struct ctx *ctx, struct json_out *out, const struct outbox_message *message)
{
    bool shown = may_show(ctx->settings, message);

    json_put_id(out, "id", ID_message, message->id.v);
    json_put_text(out, "channel", str_of(outbox_channel_name(message->channel)));
    json_put_text(out, "purpose", message->purpose);
    json_put_text(out, "state", str_of(outbox_state_name(message->state)));
    json_put_text_if(out, "reason", message->reason);
    json_put_text_if(out, "address", message->address);
    json_put_id(out, "customer_id", ID_customer, message->customer.v);
    if (shown) json_put_text_if(out, "subject", message->subject);
    if (shown) json_put_text_if(out, "body", message->body);
    json_put_time(out, "created_at", message->created_us);
    json_put_time(out, "updated_at", message->updated_us);
}

enum err
api_message_list_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return cursor_parse(ctx, "messages", http_query(ctx, req, "cursor"), into);
}

enum err
api_message_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *before = parsed;
    struct outbox_message *messages;
    int count = 0;

    TRY(outbox_list(ctx, (message_id){*before}, MESSAGE_PAGE_MAX, &messages, &count));
    json_put_array(&reply->out, "messages");
    for (int i = 0; i < count; i++) {
        json_put_object(&reply->out, NULL);
        put_message(ctx, &reply->out, &messages[i]);
        json_end_object(&reply->out);
    }
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "messages",
                                          .count = count,
                                          .limit = MESSAGE_PAGE_MAX,
                                          .last = count > 0 ? messages[count - 1].id.v : 0});
    return OK;
}

/* GET /v2/demo/messages: those of every shop of the demo. Elsewhere there is no such address. */
enum err
api_demo_messages(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct merchant *merchants;
    int merchant_count;

    (void)parsed;
    if (ctx->settings->demo == 0) return fail(ctx, ERR_PATH_UNKNOWN, "this is no demo");
    TRY(merchants_list(ctx, &merchants, &merchant_count));
    json_put_array(&reply->out, "messages");
    for (int i = 0; i < merchant_count; i++) {
        struct outbox_message *messages;
        int count;

        ctx->merchant = merchants[i].id;
        TRY(outbox_list(ctx, (message_id){0}, DEMO_MESSAGES_MAX, &messages, &count));
        for (int m = 0; m < count; m++) {
            json_put_object(&reply->out, NULL);
            json_put_text(&reply->out, "merchant", merchants[i].name);
            put_message(ctx, &reply->out, &messages[m]);
            json_end_object(&reply->out);
        }
    }
    json_end_array(&reply->out);
    return OK;
}
