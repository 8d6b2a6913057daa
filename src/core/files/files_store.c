/* files_store — see files_store.h. */
#include "core/files/files_store.h"
#include "db/db.h"

DB_SQL(add_file, "INSERT INTO file (merchant_id, id, purpose, content_type, size, sha256,"
                 "                  created_us)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7)");

enum err
files_store_add(struct ctx *ctx, const struct file *file)
{
    return db_exec(ctx, &add_file,
                   DB_BIND(db_int(ctx->merchant.v), db_int(file->id.v), db_text(file->purpose),
                           db_text(file->content_type), db_int(file->size),
                           db_bytes(file->sha256, HASH_LEN), db_int(file->created_us)));
}

DB_SQL(add_chunk, "INSERT INTO file_chunk (merchant_id, file_id, number, bytes)"
                  " VALUES ($1, $2, $3, $4)");

enum err
files_store_add_chunk(struct ctx *ctx, file_id id, int64_t number, struct str chunk)
{
    return db_exec(ctx, &add_chunk,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(number),
                           db_bytes(chunk.at, chunk.len)));
}

DB_SQL(find_file, "SELECT id, purpose, content_type, size, sha256, created_us"
                  "  FROM file"
                  " WHERE merchant_id = $1 AND id = $2");

static struct file
read_file(struct db_rows *rows)
{
    struct str sha256 = db_col_text(rows, 4);
    struct file file = {
        .id = {db_col_int(rows, 0)},
        .purpose = db_col_text(rows, 1),
        .content_type = db_col_text(rows, 2),
        .size = db_col_int(rows, 3),
        .created_us = db_col_int(rows, 5),
    };

    ASSERT(sha256.len == HASH_LEN); /* the table's CHECK */
    memcpy(file.sha256, sha256.at, HASH_LEN);
    return file;
}

enum err
files_store_find(struct ctx *ctx, file_id id, struct file *file)
{
    struct db_rows *rows =
        db_query(ctx, &find_file, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *file = read_file(rows);
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_FILE_UNKNOWN, "file %lld", (long long)id.v);
}

DB_SQL(read_chunk, "SELECT bytes"
                   "  FROM file_chunk"
                   " WHERE merchant_id = $1 AND file_id = $2 AND number = $3");

enum err
files_store_read_chunk(struct ctx *ctx, file_id id, int64_t number, struct str *chunk)
{
    struct db_rows *rows =
        db_query(ctx, &read_chunk, DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(number)));
    bool found = db_next(rows);

    if (found) *chunk = db_col_text(rows, 0);
    TRY(db_done(rows));
    if (found) return OK;
    return fail(ctx, ERR_FILE_UNKNOWN, "chunk %lld of file %lld", (long long)number,
                (long long)id.v);
}

DB_SQL(remove_file, "DELETE FROM file"
                    " WHERE merchant_id = $1 AND id = $2");
DB_SQL(remove_chunks, "DELETE FROM file_chunk"
                      " WHERE merchant_id = $1 AND file_id = $2");

enum err
files_store_remove(struct ctx *ctx, file_id id, bool *removed)
{
    int64_t changed;

    TRY(db_change(ctx, &remove_file, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)), &changed));
    *removed = changed > 0;
    return db_exec(ctx, &remove_chunks, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
}

DB_SQL(put_chunk, "INSERT INTO file_chunk (merchant_id, file_id, number, bytes)"
                  " VALUES ($1, $2, $3, $4)"
                  "     ON CONFLICT (merchant_id, file_id, number) DO UPDATE SET bytes = $4");

enum err
files_store_put_chunk(struct ctx *ctx, file_id id, int64_t number, struct str chunk)
{
    return db_exec(ctx, &put_chunk,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(number),
                           db_bytes(chunk.at, chunk.len)));
}

DB_SQL(cut_chunks, "DELETE FROM file_chunk"
                   " WHERE merchant_id = $1 AND file_id = $2 AND number >= $3");

enum err
files_store_cut(struct ctx *ctx, file_id id, int64_t first)
{
    return db_exec(ctx, &cut_chunks, DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(first)));
}
