/* demo_people — who the demo's customers are. Made up; see demo_life.h. */
#include "server/demo_life.h"

static const char *const given_names[] = {
    "Amélie",   "Bastien",  "Chloé",  "Damien", "Élodie",   "Fabrice", "Gaëlle",  "Hélène",
    "Isabelle", "Jérôme",   "Karim",  "Léa",    "Mathieu",  "Noémie",  "Océane",  "Philippe",
    "Quentin",  "Romane",   "Solène", "Théo",   "Ursule",   "Valérie", "William", "Xavier",
    "Yasmine",  "Zacharie", "Agnès",  "Benoît", "Clémence", "Didier",  "Émile",   "Françoise",
};
static const char *const family_names[] = {
    "Aubert", "Bouchard", "Cordier",  "Delmas",   "Évrard",   "Faivre",  "Guérin", "Hébert",
    "Imbert", "Jourdain", "Kerleau",  "Lemaître", "Maréchal", "Nègre",   "Ozanne", "Pélissier",
    "Quéré",  "Raynaud",  "Sénéchal", "Thibault", "Urbain",   "Vasseur", "Weiss",  "Yvon",
    "Zeller", "Bérenger", "Château",  "D’Angelo", "Étienne",
};
/* Screens must cope with these. */
static const struct demo_person unusual[] = {
    {"Marie-Antoinette-Joséphine", "de La Rochefoucauld-Montbazon d’Estissac de Saint-Hilaire",
     NULL, "1961-04-30"},
    {"ליאת", "בן דוד", NULL, "1990-11-24"},
    {"Lucas", "Ferrand", "🦊", NULL},
    {"نور", "الحداد", NULL, NULL},
    {"Zoé", "", "Zouzou ☕️", "0000-12-06"},
    {"Li", "Wu", NULL, NULL},
};
enum {
    GIVEN_COUNT = sizeof given_names / sizeof given_names[0],
    FAMILY_COUNT = sizeof family_names / sizeof family_names[0],
    UNUSUAL_COUNT = sizeof unusual / sizeof unusual[0],
};
_Static_assert(GIVEN_COUNT + UNUSUAL_COUNT == DEMO_PEOPLE, "each is there once");

struct demo_person
demo_person_at(int shop, int n)
{
    static const char *const birthdays[] = {"1958-01-17", "1984-07-02", "0000-11-25", "1996-03-09"};

    ASSERT(n >= 0);
    ASSERT(n < DEMO_PEOPLE);
    /* Every sixth of the first ones, so that they are among those who come often. */
    if (n % 6 == 5 && n / 6 < UNUSUAL_COUNT) return unusual[n / 6];
    int place = n - (n / 6 < UNUSUAL_COUNT ? n / 6 : UNUSUAL_COUNT);

    return (struct demo_person){
        .given = given_names[(place + 11 * shop) % GIVEN_COUNT],
        .family = family_names[(place * 5 + 7 * shop) % FAMILY_COUNT],
        .birthday = n % 5 == 2 ? birthdays[n % 4] : NULL,
    };
}
