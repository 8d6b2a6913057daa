/* header_values — see header_values.h. */
#include "http/header_values.h"
#include <strings.h>

struct str
header_bearer(struct str value)
{
    const struct str scheme = STR("Bearer ");

    if (value.len < scheme.len || strncasecmp(value.at, scheme.at, scheme.len) != 0) return STR("");
    return str_trim((struct str){value.at + scheme.len, value.len - scheme.len});
}

/* Takes the next member of a list like "gzip, br;q=0" off it, without spaces around it. */
static struct str
take_member(struct str *list)
{
    const char *comma = memchr(list->at, ',', list->len);
    struct str member = {list->at, comma == NULL ? list->len : (size_t)(comma - list->at)};

    list->at += comma == NULL ? list->len : member.len + 1;
    list->len -= comma == NULL ? list->len : member.len + 1;
    return str_trim(member);
}

bool
header_accepts(struct str value, struct str coding)
{
    while (value.len > 0) {
        struct str member = take_member(&value);

        if (!str_starts(member, coding)) continue;
        struct str rest = str_trim((struct str){member.at + coding.len, member.len - coding.len});
        if (rest.len == 0) return true;
        if (rest.at[0] != ';') continue;
        rest = str_trim((struct str){rest.at + 1, rest.len - 1});
        return !str_is(rest, STR("q=0")) && !str_starts(rest, STR("q=0.0"));
    }
    return false;
}

bool
header_has_etag(struct str value, struct str etag)
{
    while (value.len > 0) {
        struct str member = take_member(&value);

        if (str_starts(member, STR("W/"))) member = (struct str){member.at + 2, member.len - 2};
        if (str_is(member, etag) || str_is(member, STR("*"))) return true;
    }
    return false;
}
