/* legal — see legal.h. */
#include "core/legal/legal.h"
#include "base/email.h"
#include "base/words.h"
#include "core/legal/legal_store.h"
#include "core/legal/notices.h"
#include "core/merchants/merchants.h"
#include "db/write_lane.h"
#include <inttypes.h>

/* As in the table's CHECK. Another wording of a default is another notice, too (notices.h), so that
 * a consent's version tells both. */
static const struct {
    const char *name, *key;
} kinds[LEGAL_KIND_COUNT] = {
    [LEGAL_NOTICE] = {"notice", NULL}, /* notices.h */
    [LEGAL_PRIVACY] = {"privacy", WORDS_KEY("legal.privacy")},
    [LEGAL_TERMS] = {"terms", WORDS_KEY("legal.terms")},
    [LEGAL_IMPRINT] = {"legal", WORDS_KEY("legal.imprint")},
};

const char *
legal_kind_name(enum legal_kind kind)
{
    ASSERT(kind < LEGAL_KIND_COUNT);
    return kinds[kind].name;
}

/* ---- who it is ---- */

enum err
legal_read_identity(struct ctx *ctx, struct legal_identity *identity)
{
    return legal_store_find_identity(ctx, identity);
}

/* What tablets, tills and apps show is another. */
static enum err
tell_changed(struct ctx *ctx)
{
    TRY(write_live_hint(ctx, LIVE_TABLETS, LIVE_SETTINGS));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

enum err
legal_change_identity(struct ctx *ctx, const struct legal_identity *identity)
{
    struct legal_identity changed = *identity;
    struct str normal;

    ASSERT(ctx->batch != NULL);
    if (changed.email.len > 0 && email_parse(ctx->arena, changed.email, &normal) != OK) {
        return fail_field(ctx, ERR_EMAIL_INVALID, "email");
    }
    changed.changed_us = ctx->now_us;
    TRY(legal_store_put_identity(ctx, &changed));
    return tell_changed(ctx);
}

/* ---- defaults ---- */

static struct str
or_missing(struct ctx *ctx, struct str language, struct str value)
{
    if (value.len > 0) return value;
    return words_text(ctx->arena, language, WORDS_KEY("legal.missing"), NULL, 0);
}

static struct str
first_of(struct str a, struct str b)
{
    return a.len > 0 ? a : b;
}

/* Whoever has told no company is called as the shop is; who has told no officer answers as a whole.
 */
static enum err
fill(struct ctx *ctx, const char *key, struct str language, struct str *text)
{
    struct legal_identity who;
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    TRY(legal_read_identity(ctx, &who));
    struct str company = first_of(who.company, merchant.name);
    struct str contact = first_of(who.email, who.phone);
    *text =
        words_text(ctx->arena, language, key,
                   WORDS_VALUES({"merchant", merchant.name}, {"company", company},
                                {"registration", or_missing(ctx, language, who.registration)},
                                {"address", or_missing(ctx, language, who.address)},
                                {"contact", or_missing(ctx, language, contact)},
                                {"publisher", first_of(who.publisher, company)},
                                {"officer", first_of(who.privacy_officer, company)},
                                {"officer_contact",
                                 or_missing(ctx, language, first_of(who.privacy_contact, contact))},
                                {"host", or_missing(ctx, language, who.host)}));
    return OK;
}

/* notice: which of ours; empty: the newest. */
static enum err
fill_default(struct ctx *ctx, enum legal_kind kind, struct str notice, struct legal_text *text)
{
    struct str language = str_of(text->language);
    struct merchant merchant;

    if (kind != LEGAL_NOTICE) return fill(ctx, kinds[kind].key, language, &text->text);
    TRY(merchants_find(ctx, &merchant));
    text->text = notice_of(ctx->arena, notice, language, merchant.name).text;
    return OK;
}

/* ---- the texts ---- */

/* Which wording was the newest, and which of our notices there was then; empty: the newest. */
struct moment {
    int64_t number;
    struct str notice;
};

static enum err
find_at(struct ctx *ctx, enum legal_kind kind, struct str language, const struct moment *moment,
        struct legal_text *text)
{
    struct wording wording;

    *text = (struct legal_text){
        .kind = kind, .language = words_language(language), .number = moment->number};
    TRY(legal_store_find(ctx, str_of(kinds[kind].name), str_of(text->language), moment->number,
                         &wording));
    if (wording.text.len == 0) return fill_default(ctx, kind, moment->notice, text);
    text->is_own = true;
    text->text = wording.text;
    text->created_us = wording.created_us;
    return OK;
}

enum err
legal_find(struct ctx *ctx, enum legal_kind kind, struct str language, struct legal_text *text)
{
    struct moment now = {0};

    TRY(legal_store_find_number(ctx, &now.number));
    return find_at(ctx, kind, language, &now, text);
}

enum err
legal_find_shown(struct ctx *ctx, enum legal_kind kind, struct str language, struct str version,
                 struct legal_text *text)
{
    struct moment then = {.notice = version};

    if (!notice_exists(version, str_of(words_language(language))) ||
        !notice_split(&then.notice, &then.number)) {
        return fail_field(ctx, ERR_FIELD_VALUE, "version");
    }
    return find_at(ctx, kind, language, &then, text);
}

enum err
legal_write(struct ctx *ctx, enum legal_kind kind, struct str language, struct str text)
{
    struct wording wording = {.text = str_trim(text), .created_us = ctx->now_us};
    struct legal_text shown;

    ASSERT(ctx->batch != NULL);
    if (!str_is(language, str_of(words_language(language)))) {
        return fail_field(ctx, ERR_FIELD_VALUE, "language");
    }
    if (str_chars(wording.text) > LEGAL_TEXT_MAX) {
        return fail_field(ctx, ERR_FIELD_TOO_LONG, "text");
    }
    TRY(legal_find(ctx, kind, language, &shown));
    if (str_is(wording.text, shown.is_own ? shown.text : STR(""))) return OK;
    wording.number = shown.number + 1;
    TRY(legal_store_add(ctx, str_of(kinds[kind].name), language, &wording));
    return tell_changed(ctx);
}

/* ---- the notice ---- */

enum err
legal_find_notice(struct ctx *ctx, struct str language, struct legal_notice *notice)
{
    struct legal_text text;

    TRY(legal_find(ctx, LEGAL_NOTICE, language, &text));
    const char *base = text.is_own ? NOTICE_OWN : notice_newest();
    *notice = (struct legal_notice){.language = text.language, .text = text.text};
    notice->version =
        text.number == 0 ? str_of(base) : str_format(ctx->arena, "%s/%" PRId64, base, text.number);
    return OK;
}
