/* sign_in_codes — one-time codes, sent through the outbox; see sign_in.h. */
#include "base/clock.h"
#include "base/code.h"
#include "base/gsm.h"
#include "base/settings.h"
#include "base/words.h"
#include "core/customers/sign_in_store.h"
#include "core/merchants/merchants.h"

_Static_assert(SIGN_IN_CODE_LEN == (int)CODE_DIGITS, "what is promised is what is made");
enum { SHOP_SIGNS_MAX = 30 };

/* ---- what is stored ---- */

/* With the server's key: a million codes and all telephone numbers of a country are soon tried. */
static void
hash_keyed(struct ctx *ctx, struct str what, struct str text, uint8_t hash[static HASH_LEN])
{
    ASSERT(ctx->merchant.v != 0);
    ASSERT(ctx->settings);
    struct str key = {(const char *)ctx->settings->server_key, sizeof ctx->settings->server_key};

    hash_hmac(key, what, text, hash);
}

static void
hash_address(struct ctx *ctx, const struct sign_in_address *address, uint8_t hash[static HASH_LEN])
{
    const char *channel = address->channel == OUTBOX_SMS ? "sms" : "email";
    struct str what =
        str_format(ctx->arena, "sign-in address %lld %s ", (long long)ctx->merchant.v, channel);

    ASSERT(address->text.len > 0);
    hash_keyed(ctx, what, address->text, hash);
}

/* Bound to the address, so that a row cannot be laid over another one's. */
static void
hash_code(struct ctx *ctx, const uint8_t address_hash[static HASH_LEN], struct str code,
          uint8_t hash[static HASH_LEN])
{
    struct str address = hash_hex(ctx->arena, address_hash, HASH_LEN);

    hash_keyed(ctx, str_format(ctx->arena, "sign-in code %.*s ", STR_ARG(address)), code, hash);
}

static bool
is_live(const struct ctx *ctx, const struct sign_in_code_row *row)
{
    return row->code_hash.len == HASH_LEN && row->expires_us > ctx->now_us &&
           row->tries < SIGN_IN_CODE_TRIES;
}

/* ---- what is sent ---- */

/* The host of a public address that is https; empty otherwise. */
static struct str
secure_host(const struct settings *settings)
{
    struct str url = str_of(settings->public_url), scheme = STR("https://");

    if (!str_starts(url, scheme)) return STR("");
    const char *host = url.at + scheme.len;
    return (struct str){host, strcspn(host, "/:")};
}

/*
 * The last line lets a browser at this host, and no other, fill the code in by itself (origin-bound
 * one-time codes); it is left out where it would make a second message.
 */
static struct str
sms_of(struct ctx *ctx, const struct merchant *merchant, struct str language, struct str code)
{
    struct str shop = gsm_cut(str_trim(gsm_plain(ctx->arena, merchant->name)), SHOP_SIGNS_MAX);
    struct str host = secure_host(ctx->settings);

    if (shop.len == 0) shop = merchant->slug; /* written in another script */
    struct str text = words_text(ctx->arena, language, "sign_in_code.sms",
                                 WORDS_VALUES({"shop", shop}, {"code", code}));
    text = gsm_plain(ctx->arena, text);
    if (host.len == 0) return text;
    struct str whole =
        str_format(ctx->arena, "%.*s\n\n@%.*s #%.*s", STR_ARG(text), STR_ARG(host), STR_ARG(code));
    return gsm_signs(whole) <= GSM_SIGNS_MAX ? whole : text;
}

static enum err
send(struct ctx *ctx, const struct sign_in_code *sent, struct str code)
{
    struct outbox_message message = {
        .customer = sent->customer,
        .channel = sent->to.channel,
        .purpose = STR("sign_in_code"),
        .address = sent->to.text,
        .language = sent->language,
        .expires_us = sent->expires_us,
    };
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    if (message.channel == OUTBOX_SMS) {
        message.body = sms_of(ctx, &merchant, sent->language, code);
        return outbox_add(ctx, &message);
    }
    message.subject = words_text(ctx->arena, sent->language, "sign_in_code.email_subject",
                                 WORDS_VALUES({"shop", merchant.name}, {"code", code}));
    message.body = words_text(ctx->arena, sent->language, "sign_in_code.email",
                              WORDS_VALUES({"shop", merchant.name}, {"code", code}));
    return outbox_add(ctx, &message);
}

/* Begins a new hour when the last one is over; refused when this one had its share. */
static enum err
count_sent(struct ctx *ctx, struct sign_in_code_row *row)
{
    if (!row->found || row->since_us + CLOCK_HOUR_US <= ctx->now_us) {
        row->since_us = ctx->now_us;
        row->sent = 0;
    }
    if (row->sent >= SIGN_IN_CODES_AN_HOUR) {
        int64_t left_us = row->since_us + CLOCK_HOUR_US - ctx->now_us;
        ctx->retry_after_s = (int)((left_us + CLOCK_SECOND_US - 1) / CLOCK_SECOND_US);
        return fail(ctx, ERR_CODE_TOO_MANY, "for one address");
    }
    row->sent++;
    return OK;
}

enum err
sign_in_codes_send(struct ctx *ctx, struct sign_in_code *code)
{
    uint8_t address[HASH_LEN], hash[HASH_LEN];
    struct sign_in_code_row row;

    hash_address(ctx, &code->to, address);
    TRY(sign_in_store_find_code(ctx, address, &row));
    if (is_live(ctx, &row) && ctx->now_us < row.created_us + SIGN_IN_CODE_RESEND_US) {
        code->expires_us = row.expires_us;
        code->resend_us = row.created_us + SIGN_IN_CODE_RESEND_US;
        return OK;
    }
    TRY(count_sent(ctx, &row));
    struct str digits = code_digits_new(ctx->arena);
    hash_code(ctx, address, digits, hash);
    row.code_hash = (struct str){(const char *)hash, sizeof hash};
    row.tries = 0;
    row.created_us = ctx->now_us;
    row.expires_us = code->expires_us = ctx->now_us + SIGN_IN_CODE_KEEP_US;
    code->resend_us = ctx->now_us + SIGN_IN_CODE_RESEND_US;
    TRY(sign_in_store_put_code(ctx, address, &row));
    return send(ctx, code, digits);
}

/* ---- what comes back ---- */

enum err
sign_in_codes_take(struct ctx *ctx, const struct sign_in_address *address, struct str code)
{
    uint8_t address_hash[HASH_LEN], hash[HASH_LEN];
    struct sign_in_code_row row;

    hash_address(ctx, address, address_hash);
    TRY(sign_in_store_find_code(ctx, address_hash, &row));
    if (!is_live(ctx, &row)) return fail(ctx, ERR_CODE_EXPIRED, "no code");
    hash_code(ctx, address_hash, code_digits_read(ctx->arena, code), hash);
    if (hash_same(row.code_hash.at, hash, HASH_LEN)) {
        return sign_in_store_end_code(ctx, address_hash);
    }
    TRY(sign_in_store_count_try(ctx, address_hash));
    bool is_last = row.tries + 1 >= SIGN_IN_CODE_TRIES;
    return fail_keep(ctx, is_last ? ERR_CODE_EXPIRED : ERR_CODE_WRONG, "try %lld",
                     (long long)row.tries + 1);
}

enum err
sign_in_codes_remove(struct ctx *ctx, const struct sign_in_address *address)
{
    uint8_t hash[HASH_LEN];

    hash_address(ctx, address, hash);
    return sign_in_store_remove_code(ctx, hash);
}

enum err
sign_in_forget(struct ctx *ctx, int max, int64_t *forgotten)
{
    int64_t codes = 0, links = 0;

    TRY(sign_in_store_forget_codes(ctx, ctx->now_us - CLOCK_HOUR_US, max, &codes));
    TRY(sign_in_store_forget_links(ctx, ctx->now_us, max, &links));
    *forgotten = codes > links ? codes : links;
    return OK;
}
