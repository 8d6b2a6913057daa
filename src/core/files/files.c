/* files — see files.h. */
#include "core/files/files.h"
#include "base/calc.h"
#include "core/files/files_store.h"

/* The first bytes of each format: some that are always the same, and more behind a length. */
struct format {
    const char *content_type;
    struct str first, more;
    size_t more_at;
};

static const struct format *
find_format(struct str content)
{
    static const struct format formats[] = {
        {"image/png", {"\x89PNG\r\n\x1a\n", 8}, {"IHDR", 4}, 12},
        {"image/jpeg", {"\xff\xd8\xff", 3}, {"", 0}, 3},
        {"image/webp", {"RIFF", 4}, {"WEBP", 4}, 8},
    };

    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        const struct format *format = &formats[i];
        if (content.len < format->more_at + format->more.len) continue;
        const struct str more = {content.at + format->more_at, content.len - format->more_at};
        if (str_starts(content, format->first) && str_starts(more, format->more)) return format;
    }
    return NULL;
}

enum err
files_parse(struct ctx *ctx, struct str content, struct file *file)
{
    if (content.len > FILES_SIZE_MAX) {
        return fail(ctx, ERR_BODY_TOO_LARGE, "a file of %zu bytes", content.len);
    }
    const struct format *format = find_format(content);
    if (format == NULL) return fail(ctx, ERR_FILE_TYPE, "%zu bytes of something", content.len);
    file->content_type = str_of(format->content_type);
    file->size = (int64_t)content.len;
    hash_sha256(content, file->sha256);
    return OK;
}

enum err
files_add(struct ctx *ctx, struct str content, struct file *file)
{
    ASSERT(ctx->merchant.v != 0);
    ASSERT(file->size == (int64_t)content.len);
    ASSERT(file->purpose.len > 0);
    file->id.v = id_next(ctx);
    file->created_us = ctx->now_us;
    TRY(files_store_add(ctx, file));
    for (size_t at = 0; at < content.len; at += FILES_CHUNK_LEN) {
        struct str chunk = {content.at + at, content.len - at};
        if (chunk.len > FILES_CHUNK_LEN) chunk.len = FILES_CHUNK_LEN;
        TRY(files_store_add_chunk(ctx, file->id, (int64_t)(at / FILES_CHUNK_LEN), chunk));
    }
    return OK;
}

enum err
files_find(struct ctx *ctx, file_id id, struct file *file)
{
    return files_store_find(ctx, id, file);
}

enum err
files_read_chunk(struct ctx *ctx, file_id id, int64_t number, struct str *chunk)
{
    ASSERT(number >= 0);
    return files_store_read_chunk(ctx, id, number, chunk);
}

enum err
files_remove(struct ctx *ctx, file_id id)
{
    bool removed;

    TRY(files_store_remove(ctx, id, &removed));
    if (!removed) return fail(ctx, ERR_FILE_UNKNOWN, "file %lld", (long long)id.v);
    return OK;
}

enum err
files_append(struct ctx *ctx, file_id id, struct str bytes, int64_t *size)
{
    int64_t number = *size / FILES_CHUNK_LEN;
    size_t used = (size_t)(*size % FILES_CHUNK_LEN), taken = 0;
    char *chunk = arena_alloc(ctx->arena, FILES_CHUNK_LEN);

    ASSERT(*size >= 0);
    if (used > 0) {
        struct str last;

        TRY(files_store_read_chunk(ctx, id, number, &last));
        ASSERT(last.len == used);
        memcpy(chunk, last.at, used);
    }
    while (taken < bytes.len) {
        size_t len =
            (size_t)calc_min(FILES_CHUNK_LEN - (int64_t)used, (int64_t)(bytes.len - taken));

        memcpy(chunk + used, bytes.at + taken, len);
        TRY(files_store_put_chunk(ctx, id, number++, (struct str){chunk, used + len}));
        taken += len;
        used = 0;
    }
    *size += (int64_t)bytes.len;
    return OK;
}

enum err
files_cut(struct ctx *ctx, file_id id, int64_t first)
{
    ASSERT(first >= 0);
    return files_store_cut(ctx, id, first);
}
