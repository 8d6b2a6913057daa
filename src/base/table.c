/* table — see table.h. */
#include "base/table.h"
#include "base/fold.h"

struct str
table_key(struct arena *arena, struct str name)
{
    struct str folded = fold(arena, name);
    char *key = arena_alloc(arena, folded.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < folded.len; i++) {
        char c = folded.at[i];
        bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

        if (is_word) key[len++] = c;
        if (!is_word && len > 0 && key[len - 1] != ' ') key[len++] = ' ';
    }
    return str_trim((struct str){key, len});
}

bool
table_find_column(struct arena *arena, const struct table_synonyms *synonyms, int count,
                  struct str name, int *column)
{
    struct str key = table_key(arena, name);
    const char *wanted = str_format(arena, ",%.*s,", STR_ARG(key)).at;

    for (int i = 0; i < count && key.len > 0; i++) {
        if (strstr(synonyms[i].names, wanted) == NULL) continue;
        *column = synonyms[i].column;
        return true;
    }
    return false;
}

struct str
table_cell(const struct csv_row *row, int place)
{
    struct str cell = place >= 0 && place < row->count ? str_trim(row->fields[place]) : STR("");

    if (cell.len >= 2 && cell.at[0] == '\'' && strchr("=+-@", cell.at[1]) != NULL) {
        return (struct str){cell.at + 1, cell.len - 1};
    }
    return cell;
}

bool
table_is_empty(const struct csv_row *row)
{
    for (int i = 0; i < row->count; i++) {
        if (str_trim(row->fields[i]).len > 0) return false;
    }
    return true;
}

struct str
table_cut(struct str text, size_t chars_max)
{
    size_t len = 0;

    for (size_t i = 0; i < chars_max && len < text.len; i++) {
        len += str_char_len((struct str){text.at + len, text.len - len});
    }
    return (struct str){text.at, len};
}
