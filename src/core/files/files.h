/*
 * files — pictures that a merchant gave us, kept in the database in chunks of 256 KB.
 *
 * In the database, so that a backup and a second node need nothing else; in chunks, so that who
 * sends one out holds no more than a chunk of it. A file never changes: another content is another
 * file, so whoever has one may keep it for ever. What a file is is told by its first bytes, never
 * by who sent it. SVG is refused: it is a program as much as a picture.
 */
#pragma once
#include "base/ctx.h"
#include "base/hash.h"

enum {
    FILES_CHUNK_LEN = 256 << 10,
    FILES_SIZE_MAX = 2 << 20,
};

struct file {
    file_id id;
    struct str purpose;      /* what it is kept for: "logo" */
    struct str content_type; /* "image/png", "image/jpeg", "image/webp" */
    int64_t size;            /* bytes */
    uint8_t sha256[HASH_LEN];
    int64_t created_us;
};

/*
 * Tells what a content is: content_type, size, sha256. Needs no database.
 *
 * Errors:   ERR_BODY_TOO_LARGE   more than FILES_SIZE_MAX
 *           ERR_FILE_TYPE        neither PNG, JPEG nor WebP; also when it is empty
 */
MUST_USE enum err files_parse(struct ctx *ctx, struct str content, struct file *file);
/*
 * Keeps a content that files_parse described, for a purpose. Fills id and created_us.
 * Within: a transaction. Repeat: adds another.
 */
MUST_USE enum err files_add(struct ctx *ctx, struct str content, struct file *file);
/* Errors: ERR_FILE_UNKNOWN */
MUST_USE enum err files_find(struct ctx *ctx, file_id id, struct file *file);
/*
 * One chunk, counted from 0: FILES_CHUNK_LEN bytes, the last one fewer.
 * Errors:   ERR_FILE_UNKNOWN   there is no such file, or it has no such chunk
 */
MUST_USE enum err files_read_chunk(struct ctx *ctx, file_id id, int64_t number, struct str *chunk);
/* With its chunks. Within: a transaction. Errors: ERR_FILE_UNKNOWN */
MUST_USE enum err files_remove(struct ctx *ctx, file_id id);

/* ---- what comes, or is made, bit by bit ----
 * Chunks without a file's row: nobody is given them but by whoever has the id, and says what they
 * are. All chunks but the last have FILES_CHUNK_LEN bytes. */
/* Puts bytes behind the first `size` of them, which becomes larger. Within: a transaction. */
MUST_USE enum err files_append(struct ctx *ctx, file_id id, struct str bytes, int64_t *size);
/* Removes chunks from this one on. Within: a transaction. Repeat: harmless */
MUST_USE enum err files_cut(struct ctx *ctx, file_id id, int64_t first);
