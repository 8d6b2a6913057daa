/* see notices.h */
#include "api/notices.h"

/* The newest version of each language first. */
static const struct notice notices[] = {
    {"2026-11", "fr",
     "{merchant} enregistre votre numéro de téléphone, vos achats et vos points pour tenir votre "
     "compte de fidélité, et pour rien d'autre. Nous ne vous envoyons pas de publicité sans vous "
     "le demander, et nous ne vendons ni ne donnons vos données. Elles sont effacées quand vous "
     "quittez le programme : demandez-le au comptoir, quand vous voulez. Vous pouvez aussi les "
     "consulter, les corriger, ou vous adresser à l'autorité de protection des données."},
    {"2026-11", "en",
     "{merchant} stores your telephone number, your purchases and your points to keep your loyalty "
     "account, and for nothing else. We send no advertising without asking you, and we neither "
     "sell your data nor give it away. It is erased when you leave the program: ask at the "
     "counter, whenever you like. You may also see it, have it corrected, or turn to the data "
     "protection authority."},
};
enum { NOTICE_COUNT = sizeof notices / sizeof notices[0] };

/* "fr" and "fr-CH" are both "fr". */
static bool
is_language(const struct notice *notice, struct str language)
{
    struct str ours = str_of(notice->language);

    if (!str_starts(language, ours)) return false;
    return language.len == ours.len || language.at[ours.len] == '-';
}

const struct notice *
notice_for(struct str language)
{
    for (int i = 0; i < NOTICE_COUNT; i++) {
        if (is_language(&notices[i], language)) return &notices[i];
    }
    ASSERT(!str_is(language, STR("en")));
    return notice_for(STR("en"));
}

const struct notice *
notice_find(struct str version, struct str language)
{
    for (int i = 0; i < NOTICE_COUNT; i++) {
        if (!str_is(version, str_of(notices[i].version))) continue;
        if (str_is(language, str_of(notices[i].language))) return &notices[i];
    }
    return NULL;
}

struct str
notice_text(struct arena *arena, const struct notice *notice, struct str merchant)
{
    static const char place[] = "{merchant}";
    const char *found = strstr(notice->text, place);

    ASSERT(found != NULL);
    return str_format(arena, "%.*s%.*s%s", (int)(found - notice->text), notice->text,
                      STR_ARG(merchant), found + sizeof place - 1);
}
