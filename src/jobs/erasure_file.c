/* erasure_file — see erasure_file.h. */
#include "jobs/erasure_file.h"
#include "base/clock.h"
#include "base/list.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { LINE_MAX = 160 };

static enum err
file_failed(struct ctx *ctx, const char *path)
{
    return fail(ctx, ERR_FILE_FAILED, "%s: %s", path, strerror(errno));
}

bool
erasure_file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

/* ---- adding ---- */

/* Behind the last whole line. */
static bool
cut_broken_line(int fd)
{
    char tail[LINE_MAX];
    off_t end = lseek(fd, 0, SEEK_END);
    off_t from = end > LINE_MAX ? end - LINE_MAX : 0;

    if (end < 0) return false;
    ssize_t len = pread(fd, tail, (size_t)(end - from), from);
    if (len != end - from) return false;
    while (len > 0 && tail[len - 1] != '\n')
        len--;
    return from + len == end || ftruncate(fd, from + len) == 0;
}

static struct str
line_of(struct arena *arena, const struct erasure *erasure)
{
    struct str at = clock_format(arena, erasure->at_us);
    struct str merchant = id_format(arena, ID_merchant, erasure->merchant.v);
    struct str hash = hash_hex(arena, erasure->hash, HASH_LEN);

    return str_format(arena, "%.*s %.*s %.*s\n", STR_ARG(at), STR_ARG(merchant), STR_ARG(hash));
}

enum err
erasure_file_add(struct ctx *ctx, const char *path, const struct erasure *erasures, int count)
{
    enum err err = OK;

    int fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (fd < 0) return file_failed(ctx, path);
    if (!cut_broken_line(fd)) err = file_failed(ctx, path);
    for (int i = 0; i < count && err == OK; i++) {
        struct str line = line_of(ctx->arena, &erasures[i]);
        if (write(fd, line.at, line.len) != (ssize_t)line.len) err = file_failed(ctx, path);
    }
    if (err == OK && fsync(fd) != 0) err = file_failed(ctx, path);
    close(fd);
    return err;
}

/* ---- reading ---- */

/* The words of a line, without its end; false: there are more or fewer. */
static bool
split(struct str line, struct str words[static 3])
{
    size_t from = 0;
    int count = 0;

    for (size_t i = 0; i <= line.len; i++) {
        if (i < line.len && line.at[i] != ' ') continue;
        if (count == 3) return false;
        words[count++] = (struct str){line.at + from, i - from};
        from = i + 1;
    }
    return count == 3;
}

static bool
parse_line(struct str line, struct erasure *erasure)
{
    struct str words[3];

    return split(line, words) && clock_parse(words[0], &erasure->at_us) == OK &&
           id_parse(ID_merchant, words[1], &erasure->merchant.v) == OK &&
           hash_parse_hex(words[2], erasure->hash, HASH_LEN);
}

/* The last line may be half of one: what a crash left. It is not noted as filed then. */
static enum err
read_lines(struct ctx *ctx, FILE *file, const char *path, struct erasure **erasures, int *count)
{
    char text[LINE_MAX];

    for (int number = 1; fgets(text, sizeof text, file) != NULL; number++) {
        struct erasure erasure;
        size_t len = strlen(text);

        if (len < sizeof text - 1 && text[len - 1] != '\n') break;
        if (!parse_line((struct str){text, len - 1}, &erasure)) {
            return fail(ctx, ERR_JOURNAL_UNREADABLE, "%s, line %d", path, number);
        }
        LIST_ADD(ctx->arena, *erasures, *count, erasure);
    }
    return ferror(file) == 0 ? OK : file_failed(ctx, path);
}

enum err
erasure_file_read(struct ctx *ctx, const char *path, struct erasure **erasures, int *count)
{
    FILE *file = fopen(path, "re");

    *erasures = NULL;
    *count = 0;
    if (file == NULL) return file_failed(ctx, path);
    enum err err = read_lines(ctx, file, path, erasures, count);
    fclose(file);
    return err;
}
