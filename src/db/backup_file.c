/* backup_file — see backup_file.h. */
#include "db/backup_file.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <unistd.h>

static const char magic[] = "HABITUE BACKUP 1\n";

enum { PREFIX_LEN = 5, STREAM_ROOM = 1 << 20, FIRST_ROOM = 4096 };

static enum err
fail_file(struct ctx *ctx, const struct backup_file *file)
{
    return fail(ctx, ERR_FILE_FAILED, "%s: %s", file->path, strerror(errno));
}

static void
make_room(struct backup_file *file, size_t room)
{
    if (room <= file->room) return;
    size_t larger = file->room ? file->room : FIRST_ROOM;
    while (larger < room)
        larger *= 2;
    file->content = realloc(file->content, larger);
    ASSERT(file->content);
    file->room = larger;
}

/* Lowest byte first, on every machine. */
static void
put_low_first(uint8_t *at, uint64_t number, int len)
{
    for (int i = 0; i < len; i++)
        at[i] = (uint8_t)(number >> (8 * i));
}

static uint64_t
get_low_first(const uint8_t *at, int len)
{
    uint64_t number = 0;

    for (int i = len - 1; i >= 0; i--)
        number = number << 8 | at[i];
    return number;
}

void
backup_file_close(struct backup_file *file)
{
    if (file->stream) fclose(file->stream);
    if (file->stream && file->part_path) unlink(file->part_path);
    free(file->part_path);
    free(file->path);
    free(file->content);
    *file = (struct backup_file){0};
}

/* ---- writing ---- */

static enum err
write_bytes(struct ctx *ctx, struct backup_file *file, const void *at, size_t len)
{
    hash_add(&file->digest, at, len);
    file->file_len += (int64_t)len;
    return fwrite(at, 1, len, file->stream) == len ? OK : fail_file(ctx, file);
}

enum err
backup_file_create(struct ctx *ctx, const char *path, struct backup_file *file)
{
    *file = (struct backup_file){.path = strdup(path)};
    ASSERT(file->path);
    file->part_path = strdup(str_format(ctx->arena, "%s.part", path).at);
    ASSERT(file->part_path);

    /* For its owner's eyes only: it holds everybody's personal data. */
    int fd = open(file->part_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd >= 0) file->stream = fdopen(fd, "wb");
    if (!file->stream) return fail_file(ctx, file);
    setvbuf(file->stream, NULL, _IOFBF, STREAM_ROOM);
    hash_begin(&file->digest);
    return write_bytes(ctx, file, magic, sizeof magic - 1);
}

void
backup_file_begin(struct backup_file *file, enum backup_record kind)
{
    file->kind = kind;
    file->len = 0;
}

void
backup_file_put_byte(struct backup_file *file, uint8_t byte)
{
    make_room(file, file->len + 1);
    file->content[file->len++] = byte;
}

void
backup_file_put_number(struct backup_file *file, int64_t number)
{
    make_room(file, file->len + 8);
    put_low_first(file->content + file->len, (uint64_t)number, 8);
    file->len += 8;
}

void
backup_file_put_text(struct backup_file *file, struct str text)
{
    make_room(file, file->len + 4 + text.len);
    put_low_first(file->content + file->len, text.len, 4);
    if (text.len > 0) memcpy(file->content + file->len + 4, text.at, text.len);
    file->len += 4 + text.len;
}

enum err
backup_file_end(struct ctx *ctx, struct backup_file *file)
{
    uint8_t prefix[PREFIX_LEN] = {(uint8_t)file->kind};

    if (file->len > BACKUP_RECORD_MAX) {
        return fail(ctx, ERR_FILE_FAILED, "a row has more than %d bytes", BACKUP_RECORD_MAX);
    }
    put_low_first(prefix + 1, file->len, PREFIX_LEN - 1);
    TRY(write_bytes(ctx, file, prefix, sizeof prefix));
    return write_bytes(ctx, file, file->content, file->len);
}

/* A new name is durable once the folder that holds it is. */
static bool
sync_folder(const char *path)
{
    char *copy = strdup(path);
    ASSERT(copy);
    int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_durable = fd >= 0 && fsync(fd) == 0;

    if (fd >= 0) close(fd);
    free(copy);
    return is_durable;
}

enum err
backup_file_finish(struct ctx *ctx, struct backup_file *file)
{
    uint8_t digest[HASH_LEN];

    hash_end(&file->digest, digest);
    file->file_len += HASH_LEN;
    if (fwrite(digest, 1, HASH_LEN, file->stream) != HASH_LEN) return fail_file(ctx, file);
    if (fflush(file->stream) != 0) return fail_file(ctx, file);
    if (fsync(fileno(file->stream)) != 0) return fail_file(ctx, file);
    if (rename(file->part_path, file->path) != 0) return fail_file(ctx, file);
    free(file->part_path);
    file->part_path = NULL;
    return sync_folder(file->path) ? OK : fail_file(ctx, file);
}

/* ---- reading ---- */

static enum err
read_bytes(struct ctx *ctx, struct backup_file *file, void *at, size_t len)
{
    if (fread(at, 1, len, file->stream) != len) {
        if (ferror(file->stream)) return fail_file(ctx, file);
        return fail(ctx, ERR_BACKUP_UNREADABLE, "%s is cut short", file->path);
    }
    file->file_len += (int64_t)len;
    return OK;
}

enum err
backup_file_open(struct ctx *ctx, const char *path, struct backup_file *file)
{
    char start[sizeof magic - 1];

    *file = (struct backup_file){.path = strdup(path), .stream = fopen(path, "rbe")};
    ASSERT(file->path);
    if (!file->stream) return fail_file(ctx, file);
    setvbuf(file->stream, NULL, _IOFBF, STREAM_ROOM);
    TRY(read_bytes(ctx, file, start, sizeof start));
    if (memcmp(start, magic, sizeof start) != 0) {
        return fail(ctx, ERR_BACKUP_UNREADABLE, "%s is not a backup of this kind", path);
    }
    hash_begin(&file->digest);
    hash_add(&file->digest, start, sizeof start);
    return OK;
}

enum err
backup_file_next(struct ctx *ctx, struct backup_file *file)
{
    uint8_t prefix[PREFIX_LEN];

    TRY(read_bytes(ctx, file, prefix, sizeof prefix));
    size_t len = (size_t)get_low_first(prefix + 1, PREFIX_LEN - 1);
    if (len > BACKUP_RECORD_MAX) {
        return fail(ctx, ERR_BACKUP_UNREADABLE, "a record of %zu bytes", len);
    }
    make_room(file, len + 1);
    TRY(read_bytes(ctx, file, file->content, len));
    hash_add(&file->digest, prefix, sizeof prefix);
    hash_add(&file->digest, file->content, len);
    file->kind = (enum backup_record)prefix[0];
    file->len = len;
    file->taken = 0;
    file->is_bad = false;
    return OK;
}

static const uint8_t *
take(struct backup_file *file, size_t len)
{
    if (file->is_bad || file->len - file->taken < len) {
        file->is_bad = true;
        return NULL;
    }
    file->taken += len;
    return file->content + file->taken - len;
}

uint8_t
backup_file_take_byte(struct backup_file *file)
{
    const uint8_t *at = take(file, 1);

    return at ? *at : 0;
}

int64_t
backup_file_take_number(struct backup_file *file)
{
    const uint8_t *at = take(file, 8);

    return at ? (int64_t)get_low_first(at, 8) : 0;
}

struct str
backup_file_take_text(struct backup_file *file)
{
    const uint8_t *len_at = take(file, 4);
    size_t len = len_at ? (size_t)get_low_first(len_at, 4) : 0;
    const uint8_t *at = len_at ? take(file, len) : NULL;

    return at ? (struct str){(const char *)at, len} : STR("");
}

bool
backup_file_taken_whole(const struct backup_file *file)
{
    return !file->is_bad && file->taken == file->len;
}

enum err
backup_file_check_end(struct ctx *ctx, struct backup_file *file)
{
    uint8_t noted[HASH_LEN], digest[HASH_LEN];

    TRY(read_bytes(ctx, file, noted, sizeof noted));
    hash_end(&file->digest, digest);
    if (!hash_same(noted, digest, HASH_LEN)) {
        return fail(ctx, ERR_BACKUP_UNREADABLE, "%s: the checksum is wrong", file->path);
    }
    if (fgetc(file->stream) != EOF) {
        return fail(ctx, ERR_BACKUP_UNREADABLE, "%s: something follows the end", file->path);
    }
    return OK;
}
