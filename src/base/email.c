/* email — see email.h. */
#include "base/email.h"
#include "base/arena.h"

enum { LOCAL_MAX = 64, LABEL_MAX = 63 };

/* Letters of other alphabets (bytes from 0x80) are allowed: RFC 6531. */
static bool
is_local_char(unsigned char c)
{
    return c > ' ' && c != 0x7F && !strchr("@,;:<>()[]\\\"", c);
}

static bool
is_label_char(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c >= 0x80;
}

static bool
is_local_part(struct str local)
{
    if (local.len == 0 || local.len > LOCAL_MAX) return false;
    for (size_t i = 0; i < local.len; i++) {
        if (!is_local_char((unsigned char)local.at[i])) return false;
    }
    return true;
}

static bool
is_domain(struct str domain)
{
    size_t label_len = 0;
    int dots = 0;

    for (size_t i = 0; i < domain.len; i++) {
        if (domain.at[i] == '.') {
            if (label_len == 0) return false;
            label_len = 0;
            dots++;
        } else if (!is_label_char((unsigned char)domain.at[i]) || ++label_len > LABEL_MAX) {
            return false;
        }
    }
    return dots > 0 && label_len > 0;
}

enum err
email_parse(struct arena *arena, struct str text, struct str *email)
{
    text = str_trim(text);
    if (text.len == 0 || text.len > EMAIL_MAX || !str_is_text(text)) return ERR_EMAIL_INVALID;

    char *lower = str_z(arena, text);
    for (char *at = lower; *at; at++)
        if (*at >= 'A' && *at <= 'Z') *at = (char)(*at - 'A' + 'a');

    const char *sign = strchr(lower, '@');
    if (!sign) return ERR_EMAIL_INVALID;
    struct str local = {lower, (size_t)(sign - lower)};
    if (!is_local_part(local) || !is_domain(str_of(sign + 1))) return ERR_EMAIL_INVALID;
    *email = (struct str){lower, text.len};
    return OK;
}
