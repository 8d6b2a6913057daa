/* files_store — the rows of files.h. */
#pragma once
#include "core/files/files.h"

MUST_USE enum err files_store_add(struct ctx *ctx, const struct file *file);
MUST_USE enum err files_store_add_chunk(struct ctx *ctx, file_id id, int64_t number,
                                        struct str chunk);
MUST_USE enum err files_store_find(struct ctx *ctx, file_id id, struct file *file);
MUST_USE enum err files_store_read_chunk(struct ctx *ctx, file_id id, int64_t number,
                                         struct str *chunk);
/* With its chunks; removed is false when there was no such file. */
MUST_USE enum err files_store_remove(struct ctx *ctx, file_id id, bool *removed);
/* Also where there is one: it is replaced. */
MUST_USE enum err files_store_put_chunk(struct ctx *ctx, file_id id, int64_t number,
                                        struct str chunk);
MUST_USE enum err files_store_cut(struct ctx *ctx, file_id id, int64_t first);
