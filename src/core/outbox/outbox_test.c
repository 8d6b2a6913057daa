/* outbox_test — messages are left in a transaction, and delivered after it. */
#include "base/clock.h"
#include "base/settings.h"
#include "core/outbox/outbox.h"
#include "db/db.h"
#include "support/test.h"
#include "support/world.h"

enum { MAX = 10 };

/* A world whose server shows its messages. */
static struct world
open_demo(void)
{
    struct world w = world_open();

    world_settings(&w)->demo = 1;
    return w;
}

static enum err
leave(struct ctx *ctx, void *arg)
{
    return outbox_add(ctx, arg);
}

static struct outbox_message
a_message(const struct world *w, const char *address)
{
    return (struct outbox_message){
        .channel = OUTBOX_SMS,
        .purpose = STR("sign_in_code"),
        .address = str_of(address),
        .language = STR("fr"),
        .body = STR("123456"),
        .expires_us = w->ctx.now_us + CLOCK_HOUR_US,
    };
}

static struct outbox_message
leave_one(struct world *w, const char *address, customer_id customer)
{
    struct outbox_message message = a_message(w, address);

    message.customer = customer;
    EXPECT_OK(world_write(w, leave, &message));
    return message;
}

struct taking {
    struct outbox_message *messages;
    int count;
};

static enum err
take(struct ctx *ctx, void *arg)
{
    struct taking *taking = arg;

    return outbox_take(ctx, MAX, &taking->messages, &taking->count);
}

static enum err
settle(struct ctx *ctx, void *arg)
{
    const struct taking *taking = arg;

    return outbox_settle(ctx, taking->messages, taking->count);
}

/* As the job does; tells how many were handed over. */
static int
deliver(struct world *w)
{
    struct taking taking;

    EXPECT_OK(world_write(w, take, &taking));
    for (int i = 0; i < taking.count; i++)
        outbox_send(&w->ctx, &taking.messages[i]);
    EXPECT_OK(world_write(w, settle, &taking));
    return taking.count;
}

static struct outbox_message *
list(struct world *w, int wanted)
{
    struct outbox_message *messages;
    int count;

    EXPECT_OK(outbox_list(&w->ctx, (message_id){0}, MAX, &messages, &count));
    EXPECT_INT(wanted, count);
    return messages;
}

TEST(a_message_is_delivered_once)
{
    struct world w = open_demo();
    struct outbox_message left = leave_one(&w, "+33612345678", (customer_id){7});
    merchant_id due;

    EXPECT_OK(outbox_find_due_merchant(&w.ctx, &due));
    EXPECT_INT(w.ctx.merchant.v, due.v);
    EXPECT_INT(1, deliver(&w));
    EXPECT_INT(0, deliver(&w));
    EXPECT_OK(outbox_find_due_merchant(&w.ctx, &due));
    EXPECT_INT(0, due.v);

    const struct outbox_message *sent = list(&w, 1);
    EXPECT_INT(left.id.v, sent->id.v);
    EXPECT_INT(OUTBOX_SENT, sent->state);
    EXPECT_INT(1, sent->attempts);
    EXPECT_INT(7, sent->customer.v);
    EXPECT_TRUE(str_is(STR("123456"), sent->body));
    world_close(&w);
}

TEST(a_message_of_no_use_any_more_is_not_sent)
{
    struct world w = open_demo();

    leave_one(&w, "+33612345678", (customer_id){0});
    w.ctx.now_us += CLOCK_HOUR_US;
    EXPECT_INT(0, deliver(&w));
    EXPECT_INT(OUTBOX_FAILED, list(&w, 1)->state);
    EXPECT_TRUE(str_is(STR("EXPIRED"), list(&w, 1)->reason));
    world_close(&w);
}

TEST(without_a_way_out_nothing_is_left)
{
    struct world w = open_demo();
    struct outbox_message message = a_message(&w, "+33612345678");

    leave_one(&w, "+33612345679", (customer_id){0});
    world_settings(&w)->demo = 0; /* a real server, since */
    EXPECT_TRUE(!outbox_has_channel(w.ctx.settings, OUTBOX_EMAIL));
    EXPECT_ERR(ERR_CHANNEL_OFF, world_write(&w, leave, &message));
    EXPECT_INT(1, deliver(&w));
    EXPECT_INT(OUTBOX_FAILED, list(&w, 1)->state);
    world_close(&w);
}

/* Nothing listens on port 1: tried again later, until it is of no use. */
TEST(an_email_that_cannot_leave_now_is_tried_again_later)
{
    struct world w = world_open();
    struct outbox_message message = a_message(&w, "anne@example.org");

    world_settings(&w)->smtp_url = "smtp://127.0.0.1:1";
    world_settings(&w)->mail_from = "shop@example.org";
    world_settings(&w)->smtp_user = world_settings(&w)->smtp_password = "";
    message.channel = OUTBOX_EMAIL;
    EXPECT_OK(world_write(&w, leave, &message));
    EXPECT_INT(1, deliver(&w));
    EXPECT_INT(0, deliver(&w));
    EXPECT_INT(OUTBOX_WAITING, list(&w, 1)->state);
    EXPECT_TRUE(str_is(str_of(err_name(ERR_PEER_UNREACHABLE)), list(&w, 1)->reason));
    for (int tries = 2; tries <= 4; tries++) {
        w.ctx.now_us = list(&w, 1)->next_us;
        EXPECT_INT(1, deliver(&w));
        EXPECT_INT(tries, list(&w, 1)->attempts);
    }
    /* 0, 30 s, 2.5 min, 10.5 min; the next would be after its hour. */
    EXPECT_INT(OUTBOX_WAITING, list(&w, 1)->state);
    w.ctx.now_us = list(&w, 1)->next_us;
    EXPECT_INT(1, deliver(&w));
    EXPECT_INT(OUTBOX_FAILED, list(&w, 1)->state);
    world_close(&w);
}

/* The server died while it was handed over: nobody knows, and it is not sent again. */
TEST(a_message_in_flight_when_the_server_died_is_unknown)
{
    struct world w = open_demo();
    struct taking taking;

    leave_one(&w, "+33612345678", (customer_id){0});
    EXPECT_OK(world_write(&w, take, &taking));
    EXPECT_INT(1, taking.count);
    EXPECT_INT(0, deliver(&w));
    EXPECT_INT(OUTBOX_UNKNOWN, list(&w, 1)->state);
    world_close(&w);
}

static enum err
erase(struct ctx *ctx, void *arg)
{
    const customer_id *customer = arg;

    return outbox_erase_customer(ctx, *customer, STR("+33612345678"), STR("anne@example.org"));
}

TEST(an_erased_customers_messages_are_emptied_and_never_leave)
{
    struct world w = open_demo();
    customer_id erased = {7};

    leave_one(&w, "+33711111111", erased);           /* a number they had before */
    leave_one(&w, "+33612345678", (customer_id){0}); /* before they were known */
    leave_one(&w, "anne@example.org", (customer_id){0});
    leave_one(&w, "+33722222222", (customer_id){8}); /* somebody else's */
    EXPECT_OK(world_write(&w, erase, &erased));
    EXPECT_INT(1, deliver(&w));

    const struct outbox_message *messages = list(&w, 4);
    EXPECT_INT(OUTBOX_SENT, messages[0].state);
    EXPECT_TRUE(str_is(STR("+33722222222"), messages[0].address));
    for (int i = 1; i < 4; i++) {
        EXPECT_INT(OUTBOX_FAILED, messages[i].state);
        EXPECT_INT(0, messages[i].address.len + messages[i].body.len + messages[i].subject.len);
    }
    world_close(&w);
}

static enum err
forget(struct ctx *ctx, void *arg)
{
    return outbox_forget(ctx, ctx->now_us - CLOCK_DAY_US, MAX, arg);
}

TEST(old_messages_are_forgotten)
{
    struct world w = open_demo();
    int64_t forgotten = 0;

    leave_one(&w, "+33612345678", (customer_id){0});
    w.ctx.now_us += CLOCK_DAY_US + CLOCK_SECOND_US;
    leave_one(&w, "+33612345679", (customer_id){0});
    EXPECT_OK(world_write(&w, forget, &forgotten));
    EXPECT_INT(1, forgotten);
    EXPECT_TRUE(str_is(STR("+33612345679"), list(&w, 1)->address));
    world_close(&w);
}

TESTS(RUN(a_message_is_delivered_once), RUN(a_message_of_no_use_any_more_is_not_sent),
      RUN(without_a_way_out_nothing_is_left),
      RUN(an_email_that_cannot_leave_now_is_tried_again_later),
      RUN(a_message_in_flight_when_the_server_died_is_unknown),
      RUN(an_erased_customers_messages_are_emptied_and_never_leave),
      RUN(old_messages_are_forgotten))
