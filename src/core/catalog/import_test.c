/* import_test — tables of articles: read in all their forms, looked at, applied, given out again.
 */
#include "core/catalog/categories.h"
#include "core/catalog/export.h"
#include "core/catalog/import.h"
#include "core/catalog/taxes.h"
#include "support/test.h"
#include "support/world.h"

struct file {
    struct str bytes;
    struct import_outcome outcome;
};

static enum err
apply(struct ctx *ctx, void *arg)
{
    struct file *file = arg;

    return catalog_import_apply(ctx, file->bytes, &file->outcome);
}

static struct import_outcome
import(struct world *w, const char *text)
{
    struct file file = {.bytes = str_of(text)};

    EXPECT_OK(world_write(w, apply, &file));
    return file.outcome;
}

static struct import_outcome
preview(struct world *w, const char *text)
{
    struct import_outcome outcome;

    EXPECT_OK(catalog_import_preview(&w->ctx, str_of(text), &outcome));
    return outcome;
}

static struct str export(struct world *w)
{
    struct str text;

    EXPECT_OK(catalog_export(&w->ctx, &text));
    return text;
}

/* An export without the line of columns and without ids: "Café;Petit;S;Boissons;1,50;10 %|". */
static struct str
goods(struct world *w)
{
    struct str text = export(w);
    const char *at = memchr(text.at, '\n', text.len), *end = text.at + text.len;
    struct str goods = STR("");

    for (at++; at < end;) {
        const char *line_end = memchr(at, '\r', (size_t)(end - at));
        const char *id = line_end - sizeof ";var_0000000000000" + 1;
        goods = str_format(w->ctx.arena, "%.*s%.*s|", STR_ARG(goods), (int)(id - at), at);
        at = line_end + 2;
    }
    return goods;
}

#define EXPECT_COUNTS(out, wanted_added, wanted_changed, wanted_same, wanted_refused)              \
    do {                                                                                           \
        struct import_outcome out_ = (out);                                                        \
        EXPECT_INT((wanted_added), out_.added);                                                    \
        EXPECT_INT((wanted_changed), out_.changed);                                                \
        EXPECT_INT((wanted_same), out_.same);                                                      \
        EXPECT_INT((wanted_refused), out_.refused);                                                \
        EXPECT_INT(out_.rows, out_.added + out_.changed + out_.same + out_.refused);               \
    } while (0)

#define CARD                                                                                       \
    "Nom;Déclinaison;Référence;Famille;Prix TTC (€);TVA;Couleur\r\n"                          \
    "Café;Petit;CAF-S;Boissons;1,50;10 %;noir\r\n"                                                \
    "Café;Grand;;BOISSONS;2,50 €;10;\r\n"                                                       \
    "\r\n"                                                                                         \
    "\"Tarte; au citron\";;;Gâteaux;22,5;5,5 %;jaune\r\n"                                         \
    "Fromage à la coupe;;;;libre;;\r\n"

TEST(a_file_is_looked_at_then_applied_and_once_more_changes_nothing)
{
    struct world w = world_open();
    struct import_outcome seen = preview(&w, CARD), done;

    EXPECT_COUNTS(seen, 4, 0, 0, 0);
    EXPECT_STR("", goods(&w));
    EXPECT_INT(4, seen.sample_count);
    EXPECT_STR("Grand", seen.samples[1].variation);
    EXPECT_STR("Boissons", seen.samples[1].category_name);
    EXPECT_STR("TVA 5,5 %", seen.samples[2].tax_name);
    EXPECT_INT(1, seen.read.unknown_count);
    EXPECT_STR("Couleur", seen.read.unknown[0]);

    EXPECT_COUNTS(import(&w, CARD), 4, 0, 0, 0);
    EXPECT_STR("Café;Petit;CAF-S;Boissons;1,50;10 %|Café;Grand;;Boissons;2,50;10 %|"
               "\"Tarte; au citron\";;;Gâteaux;22,50;5,5 %|Fromage à la coupe;;;;;|",
               goods(&w));
    struct str before = export(&w);
    done = import(&w, CARD);
    EXPECT_COUNTS(done, 0, 0, 4, 0);
    EXPECT_INT(0, done.sample_count);
    EXPECT_TRUE(str_is(before, export(&w)));
    world_close(&w);
}

TEST(what_was_exported_comes_back_as_the_same)
{
    struct world w = world_open();

    import(&w, CARD "=cmd|' /C calc'!A0;;;;1;;\n@x;+y;-z;;2;;\n");
    struct str before = export(&w);
    EXPECT_TRUE(str_starts(before, STR("\xEF\xBB\xBF"
                                       "Article;Déclinaison;Référence;Catégorie;Prix;TVA;")));
    EXPECT_TRUE(strstr(str_z(w.ctx.arena, before), "'=cmd|' /C calc'!A0;") != NULL);
    EXPECT_TRUE(strstr(str_z(w.ctx.arena, before), "'@x;'+y;'-z;") != NULL);
    EXPECT_COUNTS(import(&w, str_z(w.ctx.arena, before)), 0, 0, 6, 0);
    EXPECT_TRUE(str_is(before, export(&w)));
    world_close(&w);
}

TEST(a_changed_export_changes_what_its_ids_name)
{
    struct world w = world_open();
    struct import_outcome outcome;

    import(&w, "nom;sku;prix\nPain;A;1\nFlan;B;2\n");
    char *text = str_z(w.ctx.arena, export(&w));
    memcpy(strstr(text, "Pain"), "Brie", 4);
    *strstr(text, ";A;") = ' '; /* the references change places */
    char *a = strstr(text, " A;"), *b = strstr(text, ";B;");
    a[0] = ';';
    a[1] = 'B';
    b[1] = 'A';
    outcome = preview(&w, text);
    EXPECT_COUNTS(outcome, 0, 0, 0, 2); /* each is still the other's when it is read */
    b[1] = 'C';
    a[1] = 'A';
    outcome = import(&w, text);
    EXPECT_COUNTS(outcome, 0, 2, 0, 0);
    EXPECT_STR("Brie;;A;;1,00;|Flan;;C;;2,00;|", goods(&w));
    world_close(&w);
}

TEST(a_row_is_found_by_its_sku_or_its_names_and_empty_cells_leave_what_is)
{
    struct world w = world_open();

    import(&w, CARD);
    EXPECT_COUNTS(import(&w, "sku,name,price\nCAF-S,Petit noir,1.60\n"), 0, 1, 0, 0);
    EXPECT_COUNTS(import(&w, "name,variation,price\npetit  NOIR,grand,\n"), 0, 1, 0, 0);
    EXPECT_COUNTS(import(&w, "name,category,tax,price\n\"tarte; au CITRON\",,,23\n"), 0, 1, 0, 0);
    EXPECT_COUNTS(import(&w, "name,price\nFromage à la coupe,12\n"), 0, 1, 0, 0);
    EXPECT_COUNTS(import(&w, "name,price\nFromage à la coupe,variable\n"), 0, 1, 0, 0);
    EXPECT_STR("petit  NOIR;Petit;CAF-S;Boissons;1,60;10 %|petit  NOIR;grand;;Boissons;2,50;10 %|"
               "\"tarte; au CITRON\";;;Gâteaux;23,00;5,5 %|Fromage à la coupe;;;;;|",
               goods(&w));
    world_close(&w);
}

TEST(articles_of_one_name_are_told_apart_by_their_skus)
{
    struct world w = world_open();
    static const char two[] = "nom;ref;prix\nRoses;R1;5\nRoses;R2;9\n";

    EXPECT_COUNTS(import(&w, two), 2, 0, 0, 0);
    EXPECT_COUNTS(import(&w, two), 0, 0, 2, 0);
    EXPECT_COUNTS(import(&w, "nom;prix\nRoses;6\n"), 0, 0, 0, 1);
    EXPECT_STR("Roses;;R1;;5,00;|Roses;;R2;;9,00;|", goods(&w));
    world_close(&w);
}

TEST(what_is_wrong_is_told_row_by_row_and_the_rest_is_taken)
{
    struct world w = world_open();
    struct import_outcome outcome = import(&w, "id;nom;variante;sku;famille;prix;tva\n"
                                               ";;;;;1;\n"
                                               ";Pain;;P;Pains;un euro;\n"
                                               ";Pain;;P;Pains;-1;\n"
                                               ";Pain;;P;Pains;1,20;5,5 %\n"
                                               ";Pain;;P;Pains;1,30;\n"
                                               "var_0000000000001;Brie;;;;3;\n"
                                               "itm_1;Brie;;;;3;\n"
                                               ";Brie;;;;3;beaucoup\n"
                                               ";Thé;Vert;;Thés;2;\n"
                                               ";Thé;Noir;;Cafés;2;\n"
                                               ";Thé;Noir;;;2;20\n");
    static const struct {
        int64_t line;
        enum err err;
        const char *column, *value;
    } wanted[] = {
        {2, ERR_FIELD_REQUIRED, "name", ""},
        {3, ERR_FIELD_VALUE, "price", "un euro"},
        {4, ERR_FIELD_RANGE, "price", "-1"},
        {6, ERR_IMPORT_TWICE, "name", "Pain"},
        {7, ERR_VARIATION_UNKNOWN, "id", "var_0000000000001"},
        {8, ERR_ID_MALFORMED, "id", "itm_1"},
        {9, ERR_FIELD_VALUE, "tax", "beaucoup"},
        {11, ERR_IMPORT_DIFFERS, "category", "Cafés"},
    };

    EXPECT_COUNTS(outcome, 3, 0, 0, 8);
    for (int i = 0; i < outcome.refusal_count; i++) {
        EXPECT_INT(wanted[i].line, outcome.refusals[i].line);
        EXPECT_INT(wanted[i].err, outcome.refusals[i].fault.err);
        EXPECT_STR(wanted[i].column, str_of(import_column_names[outcome.refusals[i].fault.column]));
        EXPECT_STR(wanted[i].value, outcome.refusals[i].fault.value);
    }
    EXPECT_STR("Pain;;P;Pains;1,20;5,5 %|Thé;Vert;;Thés;2,00;20 %|Thé;Noir;;Thés;2,00;20 %|",
               goods(&w));
    EXPECT_COUNTS(import(&w, "nom;prix\nThé;3\n"), 0, 0, 0, 1); /* which of them? */
    world_close(&w);
}

TEST(a_file_that_is_no_table_of_articles_is_refused_as_a_whole)
{
    struct world w = world_open();
    struct file file;

    file.bytes = STR("Prix;Famille\n1;Pains\n");
    EXPECT_ERR(ERR_IMPORT_COLUMNS, world_write(&w, apply, &file));
    EXPECT_STR("line 1", str_of(w.ctx.field));
    file.bytes = STR("nom;prix\nPain;1\n\"Flan;2\n");
    EXPECT_ERR(ERR_CSV_MALFORMED, world_write(&w, apply, &file));
    EXPECT_STR("line 3", str_of(w.ctx.field));
    char *many = arena_alloc(w.ctx.arena, 4 + 2 * (IMPORT_ROWS_MAX + 1) + 1);
    memcpy(many, "nom\n", 4);
    for (int i = 0; i <= IMPORT_ROWS_MAX; i++) {
        memcpy(many + 4 + 2 * i, "x\n", 2);
    }
    file.bytes = str_of(many);
    EXPECT_ERR(ERR_IMPORT_TOO_LONG, world_write(&w, apply, &file));
    EXPECT_STR("", goods(&w));
    world_close(&w);
}

TEST(old_spreadsheets_write_another_encoding)
{
    struct world w = world_open();

    EXPECT_COUNTS(import(&w, "Nom\tPrix\nCaf\xE9 cr\xE8me\t2,80 \x80\n"), 1, 0, 0, 0);
    EXPECT_COUNTS(import(&w, "\xEF\xBB\xBFnom;prix\nCafé crème;2,80\n"), 0, 0, 1, 0);
    EXPECT_STR("Café crème;;;;2,80;|", goods(&w));
    world_close(&w);
}

TEST(a_large_catalog_is_imported_at_once)
{
    struct world w = world_open();
    struct str text = STR("nom;ref;famille;prix\n");
    char *all = arena_alloc(w.ctx.arena, (size_t)IMPORT_ROWS_MAX * 40);
    size_t len = 0;

    memcpy(all, text.at, text.len);
    len = text.len;
    for (int i = 0; i < IMPORT_ROWS_MAX; i++) {
        struct str row =
            str_format(w.ctx.arena, "Article %d;R%d;Famille %d;%d,5\n", i, i, i % 90, i);
        memcpy(all + len, row.at, row.len);
        len += row.len;
    }
    EXPECT_COUNTS(import(&w, all), IMPORT_ROWS_MAX, 0, 0, 0);
    EXPECT_COUNTS(import(&w, all), 0, 0, IMPORT_ROWS_MAX, 0);
    EXPECT_COUNTS(import(&w, "nom\nUn de trop\n"), 0, 0, 0, 1);
    world_close(&w);
}

TESTS(RUN(a_file_is_looked_at_then_applied_and_once_more_changes_nothing),
      RUN(what_was_exported_comes_back_as_the_same),
      RUN(a_changed_export_changes_what_its_ids_name),
      RUN(a_row_is_found_by_its_sku_or_its_names_and_empty_cells_leave_what_is),
      RUN(articles_of_one_name_are_told_apart_by_their_skus),
      RUN(what_is_wrong_is_told_row_by_row_and_the_rest_is_taken),
      RUN(a_file_that_is_no_table_of_articles_is_refused_as_a_whole),
      RUN(old_spreadsheets_write_another_encoding), RUN(a_large_catalog_is_imported_at_once))
