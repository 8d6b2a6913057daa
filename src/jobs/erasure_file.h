/*
 * erasure_file — the journal of erasures (core/people/erasure.h) as a file: a line for each.
 *
 *     2026-11-22T10:04:09.120Z mer_0c4n8k2m7q9zv 9f86d081884c7d65…
 *
 * The time, the merchant, and the hash in hex. Lines are only added, and one may be there twice.
 */
#pragma once
#include "core/people/erasure.h"

/*
 * Adds lines, and makes them durable; the file is made when absent, for its owner alone. What a
 * crash left of a line is taken away first.
 * Errors:   ERR_FILE_FAILED
 */
MUST_USE enum err erasure_file_add(struct ctx *ctx, const char *path,
                                   const struct erasure *erasures, int count);
/*
 * All of a file.
 * Errors:   ERR_FILE_FAILED           it cannot be read
 *           ERR_JOURNAL_UNREADABLE    a line is not one of ours
 */
MUST_USE enum err erasure_file_read(struct ctx *ctx, const char *path, struct erasure **erasures,
                                    int *count);
bool erasure_file_exists(const char *path);
