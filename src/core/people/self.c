/* self — see self.h. */
#include "core/people/self.h"
#include "base/email.h"
#include "core/people/joining.h"

#define FIELD(field) (1U << (field))
#define FIELDS_OF_SELF                                                                             \
    (FIELD(CUSTOMER_GIVEN_NAME) | FIELD(CUSTOMER_FAMILY_NAME) | FIELD(CUSTOMER_BIRTHDAY) |         \
     FIELD(CUSTOMER_EMAIL))

/* Empty when there is none. */
static struct str
normal_email(struct arena *arena, struct str email)
{
    struct str normal;

    return email_parse(arena, email, &normal) == OK ? normal : STR("");
}

static enum err
check_new_email(struct ctx *ctx, const struct self_change *change, struct str email)
{
    const struct sign_in_address address = {OUTBOX_EMAIL, email};

    if (change->proof != PROOF_CODE) return fail(ctx, ERR_PROOF_REQUIRED, "a link's session");
    if (email.len == 0) return OK;
    if (change->code.len == 0) return fail_field(ctx, ERR_CODE_REQUIRED, "code");
    return joining_take_code(ctx, &address, change->code);
}

/* Whether the e-mail address may become what is told. */
static enum err
check_email(struct ctx *ctx, const struct self_change *change)
{
    struct str told = str_trim(change->customer.email), email = STR("");
    struct customer before;

    if (told.len > 0 && email_parse(ctx->arena, told, &email) != OK) {
        return fail_field(ctx, ERR_EMAIL_INVALID, "email_address");
    }
    TRY(customers_find(ctx, change->customer.id, &before));
    if (str_is(email, normal_email(ctx->arena, before.email))) return OK;
    if (email.len == 0 && before.phone.len == 0) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, "email_address");
    }
    return check_new_email(ctx, change, email);
}

enum err
self_change(struct ctx *ctx, const struct self_change *change, struct customer *after)
{
    ASSERT((change->fields & ~FIELDS_OF_SELF) == 0);
    if (change->fields & FIELD(CUSTOMER_EMAIL)) TRY(check_email(ctx, change));
    return customers_change(ctx, &change->customer, change->fields, after);
}
