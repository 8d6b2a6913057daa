/* backup_test — a backup of either engine fills the other, and a damaged one fills nothing. */
#include "base/hash.h"
#include "db/backup.h"
#include "db/db.h"
#include "db/migrate.h"
#include "support/test.h"
#include "support/world.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

DB_SQL(add_customer, "INSERT INTO customer (merchant_id, id, version, given_name, note, source,"
                     "                      created_us, updated_us)"
                     " VALUES ($1, $2, 1, $3, $4, 'TEST', $5, $5)");
DB_SQL(add_card, "INSERT INTO payment_card (merchant_id, fingerprint_hash, customer_id, brand,"
                 "                          last_4, linked_us)"
                 " VALUES ($1, $2, $3, 'visa', '4242', $4)");
DB_SQL(add_tablet, "INSERT INTO tablet (merchant_id, id, location_id, register_id, name,"
                   "                    created_us)"
                   " VALUES ($1, $2, $3, $4, 'counter', $5)");
DB_SQL(list_customers, "SELECT id, given_name, note FROM customer ORDER BY merchant_id, id");
DB_SQL(find_card, "SELECT fingerprint_hash FROM payment_card WHERE merchant_id = $1");
DB_SQL(count_customers, "SELECT CAST(COUNT(*) AS BIGINT) FROM customer");
DB_SQL(remove_customers, "DELETE FROM customer WHERE merchant_id = $1");

enum { CUSTOMERS = 300 };
static const uint8_t fingerprint[] = {0, 1, 2, 0xff, 0, '\'', '\n', 0};

static void
add_customers(struct world *w, int number)
{
    const struct db_arg merchant = db_int(w->ctx.merchant.v);
    const struct db_arg now = db_int(w->ctx.now_us);

    for (int i = 0; i < number; i++) {
        struct str name = str_format(w->ctx.arena, "Zoé %d 🥐", i);
        EXPECT_OK(db_exec(&w->ctx, &add_customer,
                          DB_BIND(merchant, db_int(id_next(&w->ctx)), db_text(name),
                                  db_text(STR("a\tb\n'c'\\")), now)));
    }
}

static void
fill(struct world *w)
{
    const struct db_arg merchant = db_int(w->ctx.merchant.v);
    const struct db_arg now = db_int(w->ctx.now_us);

    EXPECT_OK(db_begin(&w->ctx));
    add_customers(w, CUSTOMERS);
    EXPECT_OK(db_exec(
        &w->ctx, &add_card,
        DB_BIND(merchant, db_bytes(fingerprint, sizeof fingerprint), db_int(INT64_MAX), now)));
    EXPECT_OK(db_exec(&w->ctx, &add_tablet,
                      DB_BIND(merchant, db_int(2), db_int(1), db_int_or_null(0), now)));
    EXPECT_OK(db_commit(&w->ctx));
}

static const char *
path_of(struct world *w, const char *name)
{
    const char *folder = getenv("TMPDIR");

    return str_format(w->ctx.arena, "%s/backup_test.%d.%s", folder ? folder : "/tmp", (int)getpid(),
                      name)
        .at;
}

static struct str
content_of(struct world *w, const char *path)
{
    FILE *file = fopen(path, "rb");
    EXPECT_TRUE(file != NULL);
    char *content = arena_alloc(w->ctx.arena, 1 << 20);
    size_t len = fread(content, 1, 1 << 20, file);
    fclose(file);
    return (struct str){content, len};
}

static void
put_content(const char *path, struct str content)
{
    FILE *file = fopen(path, "wb");
    EXPECT_TRUE(file != NULL);
    EXPECT_INT((int64_t)content.len, (int64_t)fwrite(content.at, 1, content.len, file));
    fclose(file);
}

static int64_t
count(struct ctx *ctx)
{
    struct db_rows *rows = db_query(ctx, &count_customers, NULL, 0);

    EXPECT_TRUE(db_next(rows));
    int64_t found = db_col_int(rows, 0);
    EXPECT_OK(db_done(rows));
    return found;
}

/* ---- there and back ---- */

TEST(what_was_saved_comes_back)
{
    struct world from = world_open();
    struct world to = world_open_empty();
    struct backup_figures saved, restored;

    fill(&from);
    const char *path = path_of(&from, "a");
    EXPECT_OK(backup_write(&from.ctx, path, NULL, &saved));
    EXPECT_INT(CUSTOMERS + 4, saved.rows); /* and merchant, location, card, tablet */
    EXPECT_INT(migrations[migration_count - 1].number, saved.schema);
    EXPECT_OK(backup_restore(&to.ctx, path, NULL, &restored));
    EXPECT_INT(saved.rows, restored.rows);
    EXPECT_INT(saved.tables, restored.tables);
    EXPECT_INT(saved.file_len, restored.file_len);
    EXPECT_INT(from.ctx.now_us, restored.made_us);
    EXPECT_OK(migrate_check(&to.ctx));

    struct db_rows *a = db_query(&from.ctx, &list_customers, NULL, 0);
    struct db_rows *b = db_query(&to.ctx, &list_customers, NULL, 0);
    for (int i = 0; i < CUSTOMERS; i++) {
        EXPECT_TRUE(db_next(a) && db_next(b));
        EXPECT_INT(db_col_int(a, 0), db_col_int(b, 0));
        EXPECT_STR(db_col_text(a, 1), db_col_text(b, 1));
        EXPECT_STR(db_col_text(a, 2), db_col_text(b, 2));
    }
    EXPECT_OK(db_done(a));
    EXPECT_OK(db_done(b));
    struct db_rows *card = db_query(&to.ctx, &find_card, DB_BIND(db_int(from.ctx.merchant.v)));
    EXPECT_TRUE(db_next(card));
    EXPECT_STR(((struct str){(const char *)fingerprint, sizeof fingerprint}), db_col_text(card, 0));
    EXPECT_OK(db_done(card));
    unlink(path);
    world_close(&to);
    world_close(&from);
}

/* The engine of this run to SQLite, and back from there: the same bytes each time. */
TEST(the_same_content_gives_the_same_file_on_either_engine)
{
    struct world w = world_open();
    struct world back = world_open_empty();
    struct backup_figures figures;

    fill(&w);
    const char *first = path_of(&w, "first");
    const char *second = path_of(&w, "second");
    const char *third = path_of(&w, "third");
    EXPECT_OK(backup_write(&w.ctx, first, NULL, &figures));

    struct ctx other = w.ctx;
    const char *file = path_of(&w, "db");
    EXPECT_OK(
        db_open(&other, str_format(w.ctx.arena, "sqlite:%s", file).at, DB_READ_WRITE, &other.db));
    EXPECT_OK(backup_restore(&other, first, NULL, &figures));
    EXPECT_OK(backup_write(&other, second, NULL, &figures));
    EXPECT_TRUE(str_is(content_of(&w, first), content_of(&w, second)));
    EXPECT_OK(backup_restore(&back.ctx, second, NULL, &figures));
    EXPECT_OK(backup_write(&back.ctx, third, NULL, &figures));
    EXPECT_TRUE(str_is(content_of(&w, first), content_of(&w, third)));

    db_close(other.db);
    unlink(file);
    unlink(first);
    unlink(second);
    unlink(third);
    world_close(&back);
    world_close(&w);
}

/* Changes the database in the middle of its backup, from another connection. */
struct meddler {
    struct ctx ctx;
    int told;
};

static void
meddle(void *self, const struct backup_figures *figures)
{
    struct meddler *meddler = self;

    (void)figures;
    if (meddler->told++ > 0) return;
    EXPECT_OK(db_exec(&meddler->ctx, &remove_customers, DB_BIND(db_int(meddler->ctx.merchant.v))));
}

TEST(a_backup_is_one_state_whatever_happens_meanwhile)
{
    struct world w = world_open();
    struct meddler meddler = {.ctx = w.ctx};
    struct ctx reader = w.ctx;
    struct backup_figures figures;
    const char *path = path_of(&w, "a");

    reader.db = world_connect(&w, DB_READ_ONLY);
    EXPECT_OK(db_begin(&w.ctx));
    add_customers(&w, 25000); /* so many that the watcher is told before the end */
    EXPECT_OK(db_commit(&w.ctx));
    EXPECT_OK(backup_write(&reader, path, &(struct backup_watch){meddle, &meddler}, &figures));
    EXPECT_TRUE(meddler.told >= 2);
    EXPECT_INT(0, count(&w.ctx));
    EXPECT_TRUE(figures.rows > 25000);
    EXPECT_OK(backup_verify(&w.ctx, path, NULL, &figures));
    db_close(reader.db);
    unlink(path);
    world_close(&w);
}

/* ---- what is refused ---- */

TEST(a_database_with_rows_is_not_overwritten)
{
    struct world w = world_open();
    struct backup_figures figures;
    const char *path = path_of(&w, "a");

    fill(&w);
    EXPECT_OK(backup_write(&w.ctx, path, NULL, &figures));
    EXPECT_ERR(ERR_BACKUP_NOT_EMPTY, backup_restore(&w.ctx, path, NULL, &figures));
    EXPECT_INT(CUSTOMERS, count(&w.ctx));
    unlink(path);
    world_close(&w);
}

TEST(a_database_without_schema_has_nothing_to_save)
{
    struct world w = world_open_empty();
    struct backup_figures figures;
    const char *path = path_of(&w, "a");

    EXPECT_ERR(ERR_DB_FAILED, backup_write(&w.ctx, path, NULL, &figures));
    EXPECT_INT(-1, access(path, F_OK));
    EXPECT_INT(-1, access(path_of(&w, "a.part"), F_OK));
    world_close(&w);
}

TEST(a_file_that_cannot_be_written_or_read_is_told)
{
    struct world w = world_open();
    struct backup_figures figures;

    EXPECT_ERR(ERR_FILE_FAILED, backup_write(&w.ctx, "/nowhere/at/all", NULL, &figures));
    EXPECT_ERR(ERR_FILE_FAILED, backup_verify(&w.ctx, "/nowhere/at/all", NULL, &figures));
    EXPECT_ERR(ERR_FILE_FAILED, backup_restore(&w.ctx, "/nowhere/at/all", NULL, &figures));
    world_close(&w);
}

TEST(a_backup_is_readable_by_its_owner_only)
{
    struct world w = world_open();
    struct backup_figures figures;
    struct stat status;
    const char *path = path_of(&w, "a");

    EXPECT_OK(backup_write(&w.ctx, path, NULL, &figures));
    EXPECT_INT(0, stat(path, &status));
    EXPECT_INT(0600, status.st_mode & 0777);
    EXPECT_INT(figures.file_len, status.st_size);
    unlink(path);
    world_close(&w);
}

TEST(a_backup_cut_short_anywhere_is_refused)
{
    struct world w = world_open();
    struct backup_figures figures;
    const char *path = path_of(&w, "a");
    const char *cut = path_of(&w, "cut");

    EXPECT_OK(backup_write(&w.ctx, path, NULL, &figures));
    struct str whole = content_of(&w, path);
    for (size_t len = 0; len < whole.len; len += len < 400 ? 1 : 211) {
        put_content(cut, (struct str){whole.at, len});
        EXPECT_ERR(ERR_BACKUP_UNREADABLE, backup_verify(&w.ctx, cut, NULL, &figures));
    }
    put_content(cut, str_format(w.ctx.arena, "x%.*s", 3, "abc"));
    EXPECT_ERR(ERR_BACKUP_UNREADABLE, backup_verify(&w.ctx, cut, NULL, &figures));
    unlink(path);
    unlink(cut);
    world_close(&w);
}

TEST(a_changed_byte_anywhere_is_found)
{
    struct world w = world_open();
    struct backup_figures figures;
    const char *path = path_of(&w, "a");

    EXPECT_OK(backup_write(&w.ctx, path, NULL, &figures));
    struct str whole = content_of(&w, path);
    char *changed = arena_alloc(w.ctx.arena, whole.len + 1);
    memcpy(changed, whole.at, whole.len);
    for (size_t i = 0; i < whole.len; i += 13) {
        changed[i] ^= 0x20;
        put_content(path, (struct str){changed, whole.len});
        EXPECT_ERR(ERR_BACKUP_UNREADABLE, backup_verify(&w.ctx, path, NULL, &figures));
        changed[i] ^= 0x20;
    }
    put_content(path, (struct str){changed, whole.len + 1});
    EXPECT_ERR(ERR_BACKUP_UNREADABLE, backup_verify(&w.ctx, path, NULL, &figures));
    unlink(path);
    world_close(&w);
}

TEST(a_damaged_backup_leaves_the_database_empty)
{
    struct world from = world_open();
    struct world to = world_open_empty();
    struct backup_figures figures;
    const char *path = path_of(&from, "a");

    fill(&from);
    EXPECT_OK(backup_write(&from.ctx, path, NULL, &figures));
    struct str whole = content_of(&from, path);
    char *changed = arena_alloc(from.ctx.arena, whole.len);
    memcpy(changed, whole.at, whole.len);
    changed[whole.len - 1] ^= 1; /* the checksum, at the very end */
    put_content(path, (struct str){changed, whole.len});
    EXPECT_ERR(ERR_BACKUP_UNREADABLE, backup_restore(&to.ctx, path, NULL, &figures));
    EXPECT_INT(0, count(&to.ctx));
    put_content(path, whole);
    EXPECT_OK(backup_restore(&to.ctx, path, NULL, &figures));
    EXPECT_INT(CUSTOMERS, count(&to.ctx));
    unlink(path);
    world_close(&to);
    world_close(&from);
}

TESTS(RUN(what_was_saved_comes_back), RUN(the_same_content_gives_the_same_file_on_either_engine),
      RUN(a_backup_is_one_state_whatever_happens_meanwhile),
      RUN(a_database_with_rows_is_not_overwritten),
      RUN(a_database_without_schema_has_nothing_to_save),
      RUN(a_file_that_cannot_be_written_or_read_is_told),
      RUN(a_backup_is_readable_by_its_owner_only), RUN(a_backup_cut_short_anywhere_is_refused),
      RUN(a_changed_byte_anywhere_is_found), RUN(a_damaged_backup_leaves_the_database_empty))
