/* import_rows — see import_rows.h. */
#include "core/catalog/import_rows.h"
#include "base/encoding.h"
#include "base/list.h"
#include "base/money.h"
#include "base/table.h"
#include "core/catalog/categories.h"
#include "core/catalog/taxes.h"
#include <inttypes.h>

const char *const import_column_names[IMPORT_COLUMNS] = {"id",       "name",  "variation", "sku",
                                                         "category", "price", "tax"};

/* ---- the first line ---- */

static const struct table_synonyms synonyms[] = {
    {IMPORT_ID, ",id,identifiant,token,identificador,habitue id,"},
    {IMPORT_NAME, ",name,nom,article,item,item name,nom de l article,nom article,produit,product,"
                  "product name,nom du produit,designation,libelle,title,titre,description,nombre,"
                  "articulo,producto,nombre del articulo,"},
    {IMPORT_VARIATION, ",variation,variation name,nom de la variation,declinaison,variante,variant,"
                       "taille,size,format,formato,variacion,tamano,price point name,option,"},
    {IMPORT_SKU, ",sku,reference,ref,code,code article,code barres,code barre,code a barres,"
                 "barcode,ean,ean13,gtin,upc,plu,referencia,codigo,codigo de barras,"},
    {IMPORT_CATEGORY, ",category,categorie,categories,famille,rayon,family,group,groupe,department,"
                      "departement,reporting category,categoria,familia,"},
    {IMPORT_PRICE, ",price,prix,prix ttc,prix de vente,prix de vente ttc,prix unitaire,tarif,"
                   "unit price,sale price,retail price,selling price,precio,pvp,precio de venta,"},
    {IMPORT_TAX, ",tax,tva,taux,taux tva,taux de tva,vat,vat rate,tax rate,taxe,iva,impuesto,"
                 "tipo de iva,"},
};

enum { SYNONYM_COUNT = sizeof synonyms / sizeof synonyms[0] };

/* Where each column stands in the file; -1: nowhere. */
struct places {
    int at[IMPORT_COLUMNS];
};

static enum err
read_header(struct ctx *ctx, const struct csv_row *header, struct places *places,
            struct import_rows *rows)
{
    for (int i = 0; i < IMPORT_COLUMNS; i++) {
        places->at[i] = -1;
    }
    for (int i = 0; i < header->count; i++) {
        int column;
        bool is_known =
            table_find_column(ctx->arena, synonyms, SYNONYM_COUNT, header->fields[i], &column);

        if (is_known && places->at[column] < 0) {
            places->at[column] = i;
            rows->has[column] = true;
        } else if (str_trim(header->fields[i]).len > 0) {
            LIST_ADD(ctx->arena, rows->unknown, rows->unknown_count, header->fields[i]);
        }
    }
    if (rows->has[IMPORT_NAME]) return OK;
    return fail_field(ctx, ERR_IMPORT_COLUMNS, "line 1");
}

/* ---- cells ---- */

/* The first fault of a row is the one that is told. */
static void
note_fault(struct import_row *row, enum err err, enum import_column column, struct str value)
{
    if (err == OK || row->fault.err != OK) return;
    row->fault = (struct import_fault){err, column, table_cut(value, IMPORT_VALUE_CHARS_MAX)};
}

static void
read_text(struct import_row *row, enum import_column column, struct str cell, size_t chars_max,
          struct str *into)
{
    *into = cell;
    if (!str_is_text(cell))
        note_fault(row, ERR_FIELD_VALUE, column, STR(""));
    else if (str_chars(cell) > chars_max)
        note_fault(row, ERR_FIELD_TOO_LONG, column, cell);
}

/* What people write where the price is told at the till. */
static bool
is_priceless(struct ctx *ctx, struct str cell)
{
    static const char words[] = ",variable,libre,prix libre,open,free price,";
    const char *wanted =
        str_format(ctx->arena, ",%.*s,", STR_ARG(catalog_key(ctx->arena, cell))).at;

    return strstr(words, wanted) != NULL;
}

static void
read_price(struct ctx *ctx, struct import_row *row, struct str cell, int decimals)
{
    if (cell.len == 0) return;
    row->is_priceless = is_priceless(ctx, cell);
    if (row->is_priceless) return;
    enum err err = money_parse(ctx->arena, cell, decimals, &row->price_minor);
    row->has_price = err == OK;
    note_fault(row, err, IMPORT_PRICE, cell);
}

static struct import_row
read_row(struct ctx *ctx, const struct csv_row *told, const struct places *places, int decimals)
{
    struct import_row row = {0};
    struct str cells[IMPORT_COLUMNS];

    for (int i = 0; i < IMPORT_COLUMNS; i++) {
        cells[i] = table_cell(told, places->at[i]);
    }
    if (cells[IMPORT_ID].len > 0) {
        enum err err = id_parse(ID_variation, cells[IMPORT_ID], &row.id.v);
        note_fault(&row, err, IMPORT_ID, cells[IMPORT_ID]);
    }
    read_text(&row, IMPORT_NAME, cells[IMPORT_NAME], CATALOG_NAME_CHARS_MAX, &row.name);
    if (row.name.len == 0) note_fault(&row, ERR_FIELD_REQUIRED, IMPORT_NAME, STR(""));
    read_text(&row, IMPORT_VARIATION, cells[IMPORT_VARIATION], CATALOG_NAME_CHARS_MAX,
              &row.variation);
    read_text(&row, IMPORT_SKU, cells[IMPORT_SKU], CATALOG_SKU_CHARS_MAX, &row.sku);
    read_text(&row, IMPORT_CATEGORY, cells[IMPORT_CATEGORY], CATEGORY_NAME_CHARS_MAX,
              &row.category);
    read_text(&row, IMPORT_TAX, cells[IMPORT_TAX], TAX_NAME_CHARS_MAX, &row.tax);
    read_price(ctx, &row, cells[IMPORT_PRICE], decimals);
    return row;
}

/* ---- the file ---- */

static enum err
next_row(struct ctx *ctx, struct csv *csv, struct csv_row *row)
{
    enum err err = csv_next(ctx, csv, row);

    if (err != ERR_CSV_MALFORMED) return err;
    return fail_field(ctx, err, str_format(ctx->arena, "line %" PRId64, csv->line).at);
}

enum err
import_rows_read(struct ctx *ctx, struct str bytes, int decimals, struct import_rows *rows)
{
    struct csv csv = {.rest = encoding_to_utf8(ctx->arena, bytes)};
    struct places places;
    struct csv_row told;

    *rows = (struct import_rows){0};
    csv.separator = csv_separator_of(csv.rest);
    TRY(next_row(ctx, &csv, &told));
    TRY(read_header(ctx, &told, &places, rows));
    for (;;) {
        int64_t line = csv.line;

        TRY(next_row(ctx, &csv, &told));
        if (told.count == 0) return OK;
        if (table_is_empty(&told)) continue;
        if (rows->count == IMPORT_ROWS_MAX)
            return fail(ctx, ERR_IMPORT_TOO_LONG, "%d rows", IMPORT_ROWS_MAX);
        struct import_row row = read_row(ctx, &told, &places, decimals);
        row.line = line + 1; /* where it begins, when a cell has line ends in it */
        LIST_ADD(ctx->arena, rows->at, rows->count, row);
    }
}
