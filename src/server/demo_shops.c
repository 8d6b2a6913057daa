/* demo_shops — the shops of the demo, as a table. See demo.h. */
#include "server/demo.h"

/*
 * The bakery is first: scripts and tests play with its main program, which counts points. Its first
 * location has a till with the generic feed on two registers, its second one Square.
 */
const struct demo_shop demo_shops[] = {
    {
        .name = "Le Fournil",
        .currency = "EUR",
        .country = "FR",
        .language = "fr",
        .time_zone = "Europe/Paris",
        .slug = "le-fournil",
        .brand_color = "#9a4a16",
        .staff =
            {
                {"Camille Moreau", "camille@fournil.example", "owner"},
                {"Hugo Lambert", "hugo@fournil.example", "manager"},
                {"Inès Garnier", "ines@fournil.example", "cashier"},
            },
        .locations = {{"Le Fournil, rue des Martyrs"}, {"Le Fournil, place du Marché"}},
        .pos =
            {
                {"feed", "fournil-martyrs", 0, {"caisse-1", "caisse-2"}},
                {"square", "LFOURNILMARCHE", 1, {"marche-1"}},
            },
        .tablets =
            {
                {"Comptoir, caisse 1", 0, 0, 0},
                {"Comptoir, caisse 2", 0, 0, 1},
                {"Marché", 1, 1, 0},
            },
        .program =
            {
                .name = "Les Habitués du Fournil",
                .term_one = "point",
                .term_other = "points",
                .type = PROGRAM_POINTS,
                .expiry_days = 365,
                .rule = {.kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 100},
                .tiers =
                    {
                        {"Un café offert", 20},
                        {"Une viennoiserie et un café offerts", 50},
                        {"Une tarte pour six offerte", 150},
                    },
            },
    },
    {
        .name = "Salon Nova",
        .currency = "EUR",
        .country = "FR",
        .language = "fr",
        .time_zone = "Europe/Paris",
        .slug = "salon-nova",
        .brand_color = "#8a2f6b",
        .staff =
            {
                {"Nora Petit", "nora@nova.example", "owner"},
                {"Jules Fabre", "jules@nova.example", "manager"},
                {"Lina Roche", "lina@nova.example", "cashier"},
            },
        .locations = {{"Salon Nova, Lyon"}},
        .pos = {{"feed", "nova-lyon", 0, {"accueil"}}},
        .tablets = {{"Accueil", 0, 0, 0}},
        .program =
            {
                .name = "Carte Nova",
                .term_one = "tampon",
                .term_other = "tampons",
                .type = PROGRAM_STAMPS,
                .rule = {.kind = ACCRUAL_VISIT, .points = 1, .amount_minor = 1500},
                .tiers = {{"Un soin offert", 5}, {"Une coupe offerte", 10}},
            },
    },
    {
        .name = "Distri Nord",
        .currency = "EUR",
        .country = "FR",
        .language = "fr",
        .time_zone = "Europe/Paris",
        .slug = "distri-nord",
        .brand_color = "#0f5c8c",
        .staff =
            {
                {"Sacha Lefort", "sacha@distri.example", "owner"},
                {"Maud Carpentier", "maud@distri.example", "manager"},
                {"Théo Vasseur", "theo@distri.example", "cashier"},
            },
        .locations = {{"Gare de Lille, hall"}, {"Faculté des sciences, bâtiment B"}},
        .pos = {{"feed", "distri-gare", 0, {"automate-12"}}},
        .program =
            {
                .name = "Pause Distri",
                .term_one = "point",
                .term_other = "points",
                .type = PROGRAM_POINTS,
                .expiry_days = 180,
                .rule = {.kind = ACCRUAL_SPEND, .points = 10, .amount_minor = 100},
                .tiers = {{"Une boisson chaude offerte", 100}, {"Un en-cas offert", 180}},
            },
    },
};
const int demo_shop_count = sizeof demo_shops / sizeof demo_shops[0];
