/* cookies_test — the cookies that prove who a browser is. */
#include "api/cookies.h"
#include "base/clock.h"
#include "support/test.h"
#include "support/world.h"

TEST(no_script_reads_it_and_no_other_site_sends_it)
{
    struct world w = world_open();

    world_settings(&w)->public_url = "http://localhost:8080";
    EXPECT_STR("habitue_session=ses_x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax",
               cookie_format(&w.ctx, COOKIE_SESSION, STR("ses_x"), CLOCK_MINUTE_US));
    EXPECT_STR("habitue_device=dev_x; Path=/v2/tablet; Max-Age=3600; HttpOnly; SameSite=Lax",
               cookie_format(&w.ctx, COOKIE_DEVICE, STR("dev_x"), CLOCK_HOUR_US));
    EXPECT_STR("habitue_customer=cst_x; Path=/v2/app/le-fournil; Max-Age=3600; HttpOnly; "
               "SameSite=Lax",
               cookie_format_customer(&w.ctx, STR("le-fournil"), STR("cst_x"), CLOCK_HOUR_US));
    world_close(&w);
}

TEST(behind_tls_it_never_leaves_it)
{
    struct world w = world_open();

    world_settings(&w)->public_url = "https://shop.example";
    EXPECT_STR("habitue_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure",
               cookie_format(&w.ctx, COOKIE_SESSION, STR(""), 0));
    world_close(&w);
}

TESTS(RUN(no_script_reads_it_and_no_other_site_sends_it), RUN(behind_tls_it_never_leaves_it))
