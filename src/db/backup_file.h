/*
 * backup_file — the records of a backup (backup.h), in a file that tells whether it is whole.
 *
 *   "HABITUE BACKUP 1\n", then records, then 32 bytes: the SHA-256 of everything before them.
 *   A record is its kind (1 byte), the length of its content (4 bytes) and that content:
 *
 *   H  made_us, number of the last migration, its SHA-256 in hex
 *   T  a table: its name, the number of its columns, and of each its name and type (1 byte)
 *   R  a row: for each column a tag (1 byte) and its value
 *   E  the end of a table: how many rows it had
 *   Z  the end: how many tables and rows there were
 *
 * Numbers are 8 bytes, the lowest first; texts and bytes are their length (4 bytes) and content.
 * Used inside src/db only.
 */
#pragma once
#include "base/hash.h"
#include "db/db.h"
#include <stdio.h>

enum backup_record {
    RECORD_HEAD = 'H',
    RECORD_TABLE = 'T',
    RECORD_ROW = 'R',
    RECORD_TABLE_END = 'E',
    RECORD_END = 'Z',
};

enum {
    BACKUP_NAME_MAX = 63,
    BACKUP_RECORD_MAX = 64 << 20, /* a damaged length must not cost more memory than this */
};

struct backup_file {
    FILE *stream;
    char *path, *part_path; /* part_path: where it is written until it is whole; NULL: reading */
    struct hash_stream digest;
    int64_t file_len;
    /* The record being made, or taken apart. */
    enum backup_record kind;
    uint8_t *content;
    size_t len, room, taken;
    bool is_bad; /* something was taken that is not there */
};

/* ---- writing ---- */
/* Errors of all: ERR_FILE_FAILED */
MUST_USE enum err backup_file_create(struct ctx *ctx, const char *path, struct backup_file *file);
void backup_file_begin(struct backup_file *file, enum backup_record kind);
void backup_file_put_number(struct backup_file *file, int64_t number);
void backup_file_put_text(struct backup_file *file, struct str text);
void backup_file_put_byte(struct backup_file *file, uint8_t byte);
MUST_USE enum err backup_file_end(struct ctx *ctx, struct backup_file *file);
/* Writes the checksum, makes it durable and gives it its name. */
MUST_USE enum err backup_file_finish(struct ctx *ctx, struct backup_file *file);

/* ---- reading ---- */
/* Errors of all: ERR_FILE_FAILED, ERR_BACKUP_UNREADABLE */
MUST_USE enum err backup_file_open(struct ctx *ctx, const char *path, struct backup_file *file);
/* The next record: its kind and content. */
MUST_USE enum err backup_file_next(struct ctx *ctx, struct backup_file *file);
/* What is not there is 0 or empty, and noted in is_bad. Texts live until the next record. */
int64_t backup_file_take_number(struct backup_file *file);
struct str backup_file_take_text(struct backup_file *file);
uint8_t backup_file_take_byte(struct backup_file *file);
/* Whether the record was taken apart exactly, to its end. */
bool backup_file_taken_whole(const struct backup_file *file);
/* Behind the last record: the checksum is right, and nothing follows. */
MUST_USE enum err backup_file_check_end(struct ctx *ctx, struct backup_file *file);

/* Frees it; what was not finished is removed. */
void backup_file_close(struct backup_file *file);
