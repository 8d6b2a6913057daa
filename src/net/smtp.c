/* smtp — see smtp.h. */
#include "net/smtp.h"
#include "base/hash.h"
#include <curl/curl.h>
#include <stdio.h>
#include <time.h>

enum {
    CONNECT_MS = 10000,
    TIMEOUT_MS = 30000,
    WORD_BYTES = 42, /* of text in one encoded word, which may be 75 characters long */
    LINE_BYTES = 54, /* of a body in one line of 72 characters */
};

/* ---- the message ---- */
static bool
is_plain(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < ' ' || text.at[i] > '~') return false;
    }
    return text.len <= WORD_BYTES;
}

static struct str
base64(struct arena *arena, struct str text)
{
    return hash_base64(arena, (const uint8_t *)text.at, text.len);
}

/* At most so many bytes from the beginning, and no character cut in two. */
static struct str
take_characters(struct str *rest, size_t max)
{
    size_t len = rest->len < max ? rest->len : max;

    while (len < rest->len && ((unsigned char)rest->at[len] & 0xc0) == 0x80)
        len--;
    struct str taken = {rest->at, len};
    rest->at += len;
    rest->len -= len;
    return taken;
}

/* Words of base64, each on a line of its own. */
static struct str
encode_header(struct arena *arena, struct str text)
{
    struct str out = STR("");

    if (is_plain(text)) return text;
    while (text.len > 0) {
        struct str word = base64(arena, take_characters(&text, WORD_BYTES));

        out = str_format(arena, "%.*s%s=?UTF-8?B?%.*s?=", STR_ARG(out), out.len > 0 ? "\r\n " : "",
                         STR_ARG(word));
    }
    return out;
}

static struct str
encode_body(struct arena *arena, struct str text)
{
    size_t lines = text.len / LINE_BYTES + 1;
    char *out = arena_alloc(arena, lines * (LINE_BYTES / 3 * 4 + 2) + 1);
    size_t len = 0;

    while (text.len > 0) {
        size_t count = text.len < LINE_BYTES ? text.len : LINE_BYTES;
        struct str line = base64(arena, (struct str){text.at, count});

        memcpy(out + len, line.at, line.len);
        memcpy(out + len + line.len, "\r\n", 2);
        len += line.len + 2;
        text.at += count;
        text.len -= count;
    }
    return (struct str){out, len};
}

/* "Sun, 22 Nov 2026 01:30:00 +0000"; strftime would speak the machine's language. */
static struct str
format_date(struct arena *arena, int64_t at_us)
{
    static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t at = (time_t)(at_us / 1000000);
    struct tm tm;

    gmtime_r(&at, &tm);
    return str_format(arena, "%s, %d %s %d %02d:%02d:%02d +0000", days[tm.tm_wday], tm.tm_mday,
                      months[tm.tm_mon], tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static struct str
domain_of(struct str address)
{
    const char *at = memchr(address.at, '@', address.len);

    ASSERT(at != NULL); /* email_parse let it through */
    return (struct str){at + 1, address.len - (size_t)(at + 1 - address.at)};
}

struct str
smtp_format(struct arena *arena, const struct smtp_mail *mail)
{
    struct str date = format_date(arena, mail->created_us);
    struct str domain = domain_of(mail->from);
    struct str subject = encode_header(arena, mail->subject);
    struct str body = encode_body(arena, mail->body);

    return str_format(arena,
                      "From: <%.*s>\r\nTo: <%.*s>\r\nSubject: %.*s\r\nDate: %.*s\r\n"
                      "Message-ID: <%.*s@%.*s>\r\nAuto-Submitted: auto-generated\r\n"
                      "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                      "Content-Transfer-Encoding: base64\r\n\r\n%.*s",
                      STR_ARG(mail->from), STR_ARG(mail->to), STR_ARG(subject), STR_ARG(date),
                      STR_ARG(mail->id), STR_ARG(domain), STR_ARG(body));
}

/* ---- handing it over ---- */
static size_t
read_text(char *into, size_t size, size_t count, void *self)
{
    struct str *rest = self;
    size_t len = size * count < rest->len ? size * count : rest->len;

    memcpy(into, rest->at, len);
    rest->at += len;
    rest->len -= len;
    return len;
}

static struct curl_slist *
prepare(struct ctx *ctx, CURL *curl, const struct smtp_server *server, const struct smtp_mail *mail,
        struct str *text)
{
    const char *from = str_z(ctx->arena, str_format(ctx->arena, "<%.*s>", STR_ARG(mail->from)));
    const char *to = str_z(ctx->arena, str_format(ctx->arena, "<%.*s>", STR_ARG(mail->to)));
    struct curl_slist *recipients = curl_slist_append(NULL, to);
    long tls = server->may_be_plain ? CURLUSESSL_TRY : CURLUSESSL_ALL;

    curl_easy_setopt(curl, CURLOPT_URL, server->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL, tls);
    if (server->user[0] != '\0') {
        curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password);
    }
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, read_text);
    curl_easy_setopt(curl, CURLOPT_READDATA, text);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)TIMEOUT_MS);
    return recipients;
}

enum err
smtp_send(struct ctx *ctx, const struct smtp_server *server, const struct smtp_mail *mail)
{
    struct str text = smtp_format(ctx->arena, mail);
    CURL *curl = curl_easy_init();
    long status = 0;

    if (curl == NULL) return fail(ctx, ERR_PEER_UNREACHABLE, "libcurl could not be started");
    struct curl_slist *recipients = prepare(ctx, curl, server, mail, &text);
    CURLcode code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(recipients);
    curl_easy_cleanup(curl);

    if (code == CURLE_OK) return OK;
    /* A wrong password is not this message's fault: somebody will mend it. */
    bool is_final = status >= 500 && code != CURLE_LOGIN_DENIED && code != CURLE_USE_SSL_FAILED;
    return fail(ctx, is_final ? ERR_MESSAGE_REJECTED : ERR_PEER_UNREACHABLE, "%s, status %ld",
                curl_easy_strerror(code), status);
}
