/* err_test — names, kinds and notes of failures. */
#include "base/ctx.h"
#include "base/err.h"
#include "support/test.h"

TEST(every_error_has_a_name_a_kind_and_a_sentence)
{
    EXPECT_STR("OK", err_name(OK));
    EXPECT_STR("LEDGER_SHORT", err_name(ERR_LEDGER_SHORT));
    EXPECT_INT(KIND_REFUSED, err_kind(ERR_LEDGER_SHORT));
    for (int i = OK + 1; i < ERR_COUNT; i++) {
        EXPECT_TRUE(err_name((enum err)i)[0] != '\0');
        EXPECT_TRUE(err_text((enum err)i)[0] != '\0');
        EXPECT_TRUE(err_kind((enum err)i) != KIND_NONE);
    }
}

TEST(a_failure_notes_its_detail_and_its_field)
{
    struct ctx ctx = {0};

    EXPECT_ERR(ERR_DB_FAILED, fail(&ctx, ERR_DB_FAILED, "disk %d", 3));
    EXPECT_STR("disk 3", ctx.detail);
    EXPECT_ERR(ERR_FIELD_TYPE, fail_field(&ctx, ERR_FIELD_TYPE, "reward.id"));
    EXPECT_STR("reward.id", ctx.field);
    EXPECT_TRUE(!ctx.keep);
    EXPECT_ERR(ERR_SIGN_IN_WRONG, fail_keep(&ctx, ERR_SIGN_IN_WRONG, "try %d", 1));
    EXPECT_TRUE(ctx.keep);
    EXPECT_TRUE(ctx.field == NULL);
}

TEST(a_detail_that_is_too_long_is_cut)
{
    struct ctx ctx = {0};

    EXPECT_ERR(ERR_DB_FAILED, fail(&ctx, ERR_DB_FAILED, "%0500d", 1));
    EXPECT_INT(sizeof ctx.detail - 1, (int64_t)strlen(ctx.detail));
}

TESTS(RUN(every_error_has_a_name_a_kind_and_a_sentence),
      RUN(a_failure_notes_its_detail_and_its_field), RUN(a_detail_that_is_too_long_is_cut))
