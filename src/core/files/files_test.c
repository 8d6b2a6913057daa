/* files_test — contents of every length around a chunk's, whose they are, and what is refused. */
#include "core/files/files.h"
#include "support/test.h"
#include "support/world.h"

/* A PNG of so many bytes: its first ones are right, the rest is a pattern without a period that
 * divides a chunk. */
static struct str
picture(struct world *w, size_t len)
{
    static const char first[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    char *bytes = arena_alloc(w->ctx.arena, len + 1);

    for (size_t i = 0; i < len; i++)
        bytes[i] = (char)(i % 251);
    memcpy(bytes, first, len < sizeof first - 1 ? len : sizeof first - 1);
    return (struct str){bytes, len};
}

struct adding {
    struct str content;
    struct file file;
};

static enum err
add(struct ctx *ctx, void *arg)
{
    struct adding *adding = arg;

    adding->file.purpose = STR("logo");
    TRY(files_parse(ctx, adding->content, &adding->file));
    return files_add(ctx, adding->content, &adding->file);
}

static struct file
add_picture(struct world *w, size_t len)
{
    struct adding adding = {.content = picture(w, len)};

    EXPECT_OK(world_write(w, add, &adding));
    return adding.file;
}

/* Reads all chunks, and fails unless they are the content, each but the last one full. */
static void
expect_content(struct world *w, file_id id, struct str content)
{
    struct str chunk;
    size_t at = 0;

    for (int64_t number = 0; at < content.len; number++) {
        EXPECT_OK(files_read_chunk(&w->ctx, id, number, &chunk));
        size_t wanted = content.len - at < FILES_CHUNK_LEN ? content.len - at : FILES_CHUNK_LEN;
        EXPECT_INT(wanted, chunk.len);
        EXPECT_TRUE(memcmp(content.at + at, chunk.at, wanted) == 0);
        at += wanted;
    }
    EXPECT_ERR(ERR_FILE_UNKNOWN,
               files_read_chunk(&w->ctx, id, (int64_t)((at - 1) / FILES_CHUNK_LEN) + 1, &chunk));
}

TEST(a_file_comes_back_as_it_was_given)
{
    static const size_t lens[] = {16,
                                  FILES_CHUNK_LEN - 1,
                                  FILES_CHUNK_LEN,
                                  FILES_CHUNK_LEN + 1,
                                  2 * FILES_CHUNK_LEN,
                                  FILES_SIZE_MAX - 1,
                                  FILES_SIZE_MAX};
    struct world w = world_open();

    for (size_t i = 0; i < sizeof lens / sizeof lens[0]; i++) {
        struct file added = add_picture(&w, lens[i]);
        struct str content = picture(&w, lens[i]);
        uint8_t sha256[HASH_LEN];
        struct file found;

        EXPECT_OK(files_find(&w.ctx, added.id, &found));
        hash_sha256(content, sha256);
        EXPECT_TRUE(memcmp(sha256, found.sha256, HASH_LEN) == 0);
        EXPECT_INT(lens[i], found.size);
        EXPECT_STR("image/png", found.content_type);
        EXPECT_STR("logo", found.purpose);
        EXPECT_INT(w.ctx.now_us, found.created_us);
        expect_content(&w, added.id, content);
    }
    world_close(&w);
}

TEST(a_content_is_told_by_its_first_bytes)
{
    static const struct {
        struct str content;
        const char *type;
    } known[] = {
        {{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16}, "image/png"},
        {{"\xff\xd8\xff\xe0", 4}, "image/jpeg"},
        {{"RIFF\x24\0\0\0WEBPVP8 ", 16}, "image/webp"},
    };
    struct world w = world_open();

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        struct file file = {0};

        EXPECT_OK(files_parse(&w.ctx, known[i].content, &file));
        EXPECT_STR(known[i].type, file.content_type);
        EXPECT_INT(known[i].content.len, file.size);
    }
    world_close(&w);
}

TEST(what_is_no_picture_is_refused)
{
    static const struct str unknown[] = {
        {"", 0},
        {"\x89", 1},
        {"\x89PNG\r\n\x1a\n\0\0\0\rIHD", 15}, /* ends too soon */
        {"\x89PNG\n\x1a\n\0\0\0\rIHDR", 15},  /* what a text transfer leaves of it */
        {"\xff\xd8", 2},
        {"RIFF\x24\0\0\0WAVEfmt ", 16},
        {"GIF89a\1\0\1\0\0\0", 12},
        {"<svg xmlns='http://www.w3.org/2000/svg'/>", 41},
        {"<?xml version='1.0'?><svg/>", 27},
        {"<!doctype html>", 15},
    };
    struct world w = world_open();
    struct file file;

    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        EXPECT_ERR(ERR_FILE_TYPE, files_parse(&w.ctx, unknown[i], &file));
    }
    world_close(&w);
}

TEST(a_byte_too_many_is_too_many)
{
    struct world w = world_open();
    struct file file;

    EXPECT_OK(files_parse(&w.ctx, picture(&w, FILES_SIZE_MAX), &file));
    EXPECT_ERR(ERR_BODY_TOO_LARGE, files_parse(&w.ctx, picture(&w, FILES_SIZE_MAX + 1), &file));
    world_close(&w);
}

TEST(a_removed_files_chunks_are_gone_and_the_others_are_not)
{
    struct world w = world_open();
    struct file kept = add_picture(&w, FILES_CHUNK_LEN + 1);
    struct file removed = add_picture(&w, FILES_CHUNK_LEN + 1);
    struct file found;
    struct str chunk;

    WORLD_TX(&w) EXPECT_OK(files_remove(&w.ctx, removed.id));
    EXPECT_ERR(ERR_FILE_UNKNOWN, files_find(&w.ctx, removed.id, &found));
    EXPECT_ERR(ERR_FILE_UNKNOWN, files_read_chunk(&w.ctx, removed.id, 0, &chunk));
    EXPECT_ERR(ERR_FILE_UNKNOWN, files_read_chunk(&w.ctx, removed.id, 1, &chunk));
    WORLD_TX(&w) EXPECT_ERR(ERR_FILE_UNKNOWN, files_remove(&w.ctx, removed.id));
    expect_content(&w, kept.id, picture(&w, FILES_CHUNK_LEN + 1));
    world_close(&w);
}

TEST(another_merchants_file_is_unknown)
{
    struct world w = world_open();
    struct file file = add_picture(&w, 100);
    merchant_id owner = w.ctx.merchant;
    struct file found;
    struct str chunk;

    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_ERR(ERR_FILE_UNKNOWN, files_find(&w.ctx, file.id, &found));
    EXPECT_ERR(ERR_FILE_UNKNOWN, files_read_chunk(&w.ctx, file.id, 0, &chunk));
    WORLD_TX(&w) EXPECT_ERR(ERR_FILE_UNKNOWN, files_remove(&w.ctx, file.id));
    w.ctx.merchant = owner;
    expect_content(&w, file.id, picture(&w, 100));
    world_close(&w);
}

TESTS(RUN(a_file_comes_back_as_it_was_given), RUN(a_content_is_told_by_its_first_bytes),
      RUN(what_is_no_picture_is_refused), RUN(a_byte_too_many_is_too_many),
      RUN(a_removed_files_chunks_are_gone_and_the_others_are_not),
      RUN(another_merchants_file_is_unknown))
