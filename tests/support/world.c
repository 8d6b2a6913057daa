/* world — see world.h. */
#include "support/world.h"
#include "base/clock.h"
#include "base/hash.h"
#include "db/migrate.h"
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { URL_MAX = 1024, ARENA_MAX = 256 << 20 };

struct world_parts {
    bool has_schema;
    struct arena arena;
    struct id_source ids;
    struct settings settings;
    char url[URL_MAX];
};

DB_SQL(add_merchant, "INSERT INTO merchant (id, name, currency, country, language, time_zone,"
                     "                      created_us)"
                     " VALUES ($1, 'Le Comptoir', 'EUR', 'FR', 'fr', 'Europe/Paris', $2)");
DB_SQL(add_location, "INSERT INTO location (merchant_id, id, name, currency, country, language,"
                     "                      time_zone, status, created_us)"
                     " VALUES ($1, $2, 'Rue des Halles', 'EUR', 'FR', 'fr', 'Europe/Paris',"
                     "         'ACTIVE', $3)");

/* ---- databases ---- */

static bool
on_postgres(void)
{
    const char *engine = getenv("TEST_DB");

    return engine && strcmp(engine, "postgres") == 0;
}

static const char *
server_url(void)
{
    const char *url = getenv("TEST_PG_URL");

    if (url) return url;
    fprintf(stderr, "TEST_PG_URL is not set: run tests/run, or tools/with-postgres\n");
    exit(1);
}

/* Runs one command on the server's own database. */
static void PRINTF_LIKE(1, 2) tell_server(const char *format, ...)
{
    char text[512];
    struct arena arena;
    struct ctx ctx = {.arena = &arena};
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    arena_open(&arena, ARENA_MAX);
    enum err err = db_open(&ctx, server_url(), DB_READ_WRITE, &ctx.db);
    if (err == OK) err = db_run_script(&ctx, text);
    if (err != OK) fprintf(stderr, "%s\n", ctx.detail);
    ASSERT(err == OK);
    db_close(ctx.db);
    arena_close(&arena);
}

/* The server's URL with another database's name in it. */
static void
put_postgres_url(char *url, const char *name)
{
    const char *server = server_url();
    const char *slash = strrchr(server, '/');
    const char *rest = strchr(slash, '?');

    snprintf(url, URL_MAX, "%.*s/%s%s", (int)(slash - server), server, name, rest ? rest : "");
}

struct name {
    char text[64];
};

static struct name
postgres_name(const char *url)
{
    const char *slash = strrchr(url, '/');
    struct name name;

    snprintf(name.text, sizeof name.text, "%.*s", (int)strcspn(slash + 1, "?"), slash + 1);
    return name;
}

static void
put_new_url(char *url)
{
    const char *folder = getenv("TMPDIR");
    char name[40];
    uint64_t random;

    random_bytes(&random, sizeof random);
    snprintf(name, sizeof name, "habitue_%016llx", (unsigned long long)random);
    if (on_postgres()) {
        put_postgres_url(url, name);
    } else {
        snprintf(url, URL_MAX, "sqlite:%s/%s.db", folder ? folder : "/tmp", name);
    }
}

static const char *
sqlite_path(const char *url)
{
    return url + strlen("sqlite:");
}

static void
copy_file(const char *from, const char *to)
{
    char part[65536];
    int in = open(from, O_RDONLY);
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL, 0600);

    ASSERT(in >= 0);
    ASSERT(out >= 0);
    for (ssize_t len; (len = read(in, part, sizeof part)) > 0;) {
        ssize_t written = write(out, part, (size_t)len);
        ASSERT(written == len);
    }
    close(in);
    close(out);
}

static void
make_database(const char *url, const char *model)
{
    if (!on_postgres()) {
        if (model) copy_file(sqlite_path(model), sqlite_path(url));
        return;
    }
    struct name name = postgres_name(url);
    if (model) {
        tell_server("CREATE DATABASE %s TEMPLATE %s", name.text, postgres_name(model).text);
    } else {
        tell_server("CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C'"
                    " LC_CTYPE 'C'",
                    name.text);
    }
}

static void
drop_database(const char *url)
{
    if (on_postgres()) {
        tell_server("DROP DATABASE IF EXISTS %s WITH (FORCE)", postgres_name(url).text);
        return;
    }
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (int i = 0; i < 3; i++) {
        char path[URL_MAX + 8];
        snprintf(path, sizeof path, "%s%s", sqlite_path(url), endings[i]);
        unlink(path);
    }
}

/* ---- the model ---- */

static char model_url[URL_MAX];

static void
drop_model(void)
{
    drop_database(model_url);
}

/* A database with the schema and nothing else, from which each world is copied. */
static const char *
model(void)
{
    struct arena arena;
    struct ctx ctx = {.arena = &arena, .now_us = WORLD_NOW_US};
    int ran;

    if (model_url[0] != '\0') return model_url;
    put_new_url(model_url);
    make_database(model_url, NULL);
    atexit(drop_model);
    arena_open(&arena, ARENA_MAX);
    enum err err = db_open(&ctx, model_url, DB_READ_WRITE, &ctx.db);
    if (err == OK) err = migrate_run(&ctx, &ran);
    if (err != OK) fprintf(stderr, "%s\n", ctx.detail);
    ASSERT(err == OK);
    db_close(ctx.db); /* SQLite writes its log into the file */
    arena_close(&arena);
    return model_url;
}

/*
 * Making and dropping a database takes PostgreSQL a quarter of a second, emptying one a few
 * milliseconds: so a world that is closed leaves its database to the next of its kind.
 */
enum { SPARE_EMPTY, SPARE_WITH_SCHEMA, SPARE_KINDS };
static char spare_urls[SPARE_KINDS][URL_MAX];

DB_SQL(list_emptying, "SELECT CAST(string_agg('DELETE FROM ' || tablename, ';') AS TEXT)"
                      "  FROM pg_tables"
                      " WHERE schemaname = 'public' AND tablename <> 'schema_migration'");

static void
drop_spares(void)
{
    for (int i = 0; i < SPARE_KINDS; i++) {
        if (spare_urls[i][0] != '\0') drop_database(spare_urls[i]);
    }
}

static enum err
empty_tables(struct ctx *ctx)
{
    struct db_rows *rows = db_query(ctx, &list_emptying, NULL, 0);
    struct str text = db_next(rows) ? db_col_text(rows, 0) : STR("");

    TRY(db_done(rows));
    TRY(db_run_script(ctx, "SET session_replication_role = replica")); /* foreign keys rest */
    return db_run_script(ctx, str_z(ctx->arena, text));
}

static enum err
empty_database(struct world *w)
{
    if (w->in->has_schema) return empty_tables(&w->ctx);
    return db_run_script(&w->ctx, "DROP SCHEMA public CASCADE; CREATE SCHEMA public");
}

static bool
take_spare(bool has_schema, char *url)
{
    char *spare = spare_urls[has_schema ? SPARE_WITH_SCHEMA : SPARE_EMPTY];

    if (spare[0] == '\0') return false;
    memcpy(url, spare, URL_MAX);
    spare[0] = '\0';
    return true;
}

/* False when it must be dropped. */
static bool
leave_spare(struct world *w)
{
    static bool is_registered;
    char *spare = spare_urls[w->in->has_schema ? SPARE_WITH_SCHEMA : SPARE_EMPTY];

    if (!on_postgres() || spare[0] != '\0') return false;
    if (db_in_tx(w->ctx.db) || empty_database(w) != OK) return false;
    memcpy(spare, w->url, URL_MAX);
    if (!is_registered) atexit(drop_spares);
    is_registered = true;
    return true;
}

/* ---- worlds ---- */

static void
must(struct world *w, enum err err)
{
    if (err != OK) fprintf(stderr, "%s: %s\n", err_name(err), w->ctx.detail);
    ASSERT(err == OK);
}

merchant_id
world_add_merchant(struct world *w)
{
    merchant_id merchant = {id_next(&w->ctx)};

    must(w, db_exec(&w->ctx, &add_merchant, DB_BIND(db_int(merchant.v), db_int(WORLD_NOW_US))));
    return merchant;
}

static struct world
open_on(const char *from_model)
{
    struct world w = {.in = calloc(1, sizeof *w.in)};

    ASSERT(w.in);
    arena_open(&w.in->arena, ARENA_MAX);
    w.in->has_schema = from_model != NULL;
    if (!take_spare(w.in->has_schema, w.in->url)) {
        put_new_url(w.in->url);
        make_database(w.in->url, from_model);
    }
    w.url = w.in->url;
    w.in->settings = (struct settings){
        .db = w.url, .listen = "127.0.0.1:0", .public_url = "", .smtp_url = "", .mail_from = ""};
    memset(w.in->settings.server_key, 7, sizeof w.in->settings.server_key);
    w.ctx = (struct ctx){
        .arena = &w.in->arena,
        .ids = &w.in->ids,
        .now_us = WORLD_NOW_US,
        .actor = {.kind = ACTOR_SYSTEM, .permissions = UINT64_MAX},
        .settings = &w.in->settings,
    };
    must(&w, db_open(&w.ctx, w.url, DB_READ_WRITE, &w.ctx.db));
    return w;
}

struct world
world_open_empty(void)
{
    return open_on(NULL);
}

struct world
world_open(void)
{
    struct world w = open_on(model());

    w.ctx.merchant = world_add_merchant(&w);
    w.location = (location_id){id_next(&w.ctx)};
    must(&w,
         db_exec(&w.ctx, &add_location,
                 DB_BIND(db_int(w.ctx.merchant.v), db_int(w.location.v), db_int(WORLD_NOW_US))));
    return w;
}

void
world_close(struct world *w)
{
    bool is_left = leave_spare(w);

    db_close(w->ctx.db);
    if (!is_left) drop_database(w->url);
    arena_close(&w->in->arena);
    free(w->in);
    *w = (struct world){0};
}

void
world_advance(struct world *w, int64_t us)
{
    ASSERT(us >= 0);
    w->ctx.now_us += us;
}

struct settings *
world_settings(struct world *w)
{
    return &w->in->settings;
}

struct db *
world_connect(struct world *w, enum db_mode mode)
{
    struct db *db = NULL;

    must(w, db_open(&w->ctx, w->url, mode, &db));
    return db;
}
