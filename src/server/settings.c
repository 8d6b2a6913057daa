/* settings — see settings.h. */
#include "server/settings.h"
#include "base/email.h"
#include "base/hash.h"
#include "base/log.h"
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum setting_kind { SETTING_TEXT, SETTING_NUMBER, SETTING_LEVEL };

struct setting {
    const char *name; /* as in the file; flags have "-" for "_", the environment capitals */
    enum setting_kind kind;
    size_t offset;
    const char *first; /* the default */
    int64_t min, max;
    const char *unit, *text;
};

#define TEXT(field)   #field, SETTING_TEXT, offsetof(struct settings, field)
#define NUMBER(field) #field, SETTING_NUMBER, offsetof(struct settings, field)
#define LEVEL(field)  #field, SETTING_LEVEL, offsetof(struct settings, field)

/* clang-format off */
static const struct setting table[] = {
    {TEXT(db), "sqlite:habitue.db", 0, 0, "", "the database: sqlite:PATH or postgres://…"},
    {TEXT(listen), "127.0.0.1:8080", 0, 0, "", "where to serve: HOST:PORT; port 0 is any free one"},
    {TEXT(public_url), "", 0, 0, "", "as browsers and POS vendors reach us; empty: http://<listen>"},
    {TEXT(key_file), "", 0, 0, "", "the server key; empty: beside the database, PATH.key"},
    {TEXT(erasure_file), "", 0, 0, "", "who was erased, by hashes, for restores; empty: beside the database, PATH.erased"},
    {TEXT(config_file), "", 0, 0, "", "a file of settings, a line each: name = value"},
    {TEXT(smtp_url), "", 0, 0, "", "who sends our e-mails: smtp://HOST:587 or smtps://HOST:465"},
    {TEXT(smtp_user), "", 0, 0, "", "how we sign in there; empty: we do not"},
    {TEXT(smtp_password), "", 0, 0, "", "better in a file or the environment than a flag"},
    {TEXT(mail_from), "", 0, 0, "", "the address our e-mails come from"},
    {NUMBER(smtp_plain), "0", 0, 1, "", "1: a mail server that cannot encrypt will do, on this machine"},
    {NUMBER(threads), "2", 1, 64, "", "threads that answer requests"},
    {NUMBER(report_threads), "2", 1, 16, "", "threads for reports and password hashing"},
    {NUMBER(connections_max), "16000", 16, 1000000, "", "connections open at once"},
    {NUMBER(queue_max), "4096", 16, 1000000, "", "requests waiting for the writer; more are told to come back"},
    {NUMBER(batch_max), "0", 0, 256, "", "requests in one transaction; 0: the engine's own"},
    {NUMBER(behind_proxy), "0", 0, 1, "", "1: a proxy in front sets X-Forwarded-For"},
    {NUMBER(node), "0", 0, 1023, "", "this server's number, different on each server of one database"},
    {NUMBER(live_keep_s), "3600", 60, 86400, "s", "how long a stream may be away and miss nothing"},
    {NUMBER(stream_keepalive_s), "20", 1, 60, "s", "between signs of life on idle streams"},
    {NUMBER(idempotency_keep_days), "30", 1, 400, "days", "how long replies are kept for repeated requests"},
    {NUMBER(claim_keep_hours), "24", 1, 720, "hours", "how long points wait on a tablet"},
    {NUMBER(seal_every_s), "60", 0, 86400, "s", "between seals over what was posted; 0: none are made"},
    {NUMBER(demo), "0", 0, 1, "", "1: to play with; messages to customers are shown to anyone, none is sent"},
    {LEVEL(log_level), "info", 0, 0, "", "debug, info, warn or error"},
};
/* clang-format on */
enum { SETTING_COUNT = sizeof table / sizeof table[0], NAME_MAX_LEN = 64, FILE_MAX_LEN = 65536 };

static const char *const level_names[] = {
    [LOG_DEBUG] = "debug", [LOG_INFO] = "info", [LOG_WARN] = "warn", [LOG_ERROR] = "error"};

/* ---- one value ---- */
static enum err
put_value(struct ctx *ctx, struct settings *settings, const struct setting *setting,
          const char *value)
{
    void *at = (char *)settings + setting->offset;
    char *end;

    if (setting->kind == SETTING_TEXT) {
        *(const char **)at = value;
        return OK;
    }
    if (setting->kind == SETTING_LEVEL) {
        for (int64_t i = LOG_DEBUG; i <= LOG_ERROR; i++) {
            if (strcmp(value, level_names[i]) != 0) continue;
            *(int64_t *)at = i;
            return OK;
        }
        return fail(ctx, ERR_SETTING_WRONG, "%s is debug, info, warn or error", setting->name);
    }
    errno = 0;
    long long number = strtoll(value, &end, 10);
    if (errno != 0 || *end != '\0' || end == value || number < setting->min ||
        number > setting->max) {
        return fail(ctx, ERR_SETTING_WRONG,
                    "%s is a whole number from %" PRId64 " to %" PRId64 ", not \"%s\"",
                    setting->name, setting->min, setting->max, value);
    }
    *(int64_t *)at = number;
    return OK;
}

/* Whether a flag's or a line's name is the setting's; "-" and "_" are the same. */
static bool
is_named(const struct setting *setting, struct str name)
{
    if (strlen(setting->name) != name.len) return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.at[i] == '-' ? '_' : name.at[i];
        if (c != setting->name[i]) return false;
    }
    return true;
}

static const struct setting *
find_setting(struct str name)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        if (is_named(&table[i], name)) return &table[i];
    }
    return NULL;
}

/* ---- where values come from, the weakest first ---- */
static enum err
read_defaults(struct ctx *ctx, struct settings *settings)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        TRY(put_value(ctx, settings, &table[i], table[i].first));
    }
    return OK;
}

static enum err
read_line(struct ctx *ctx, struct settings *settings, struct str line, int number)
{
    line = str_trim(line);
    if (line.len == 0 || line.at[0] == '#') return OK;
    const char *equals = memchr(line.at, '=', line.len);
    if (equals == NULL) {
        return fail(ctx, ERR_SETTING_WRONG, "line %d of the file is not name = value", number);
    }
    struct str name = str_trim((struct str){line.at, (size_t)(equals - line.at)});
    struct str value =
        str_trim((struct str){equals + 1, (size_t)(line.at + line.len - equals - 1)});
    const struct setting *setting = find_setting(name);
    if (setting == NULL) {
        return fail(ctx, ERR_SETTING_WRONG, "line %d of the file: there is no setting %.*s", number,
                    STR_ARG(name));
    }
    return put_value(ctx, settings, setting, str_z(ctx->arena, value));
}

static enum err
read_file(struct ctx *ctx, struct settings *settings, const char *path)
{
    FILE *file = fopen(path, "re");
    char *text = arena_alloc(ctx->arena, FILE_MAX_LEN + 1);

    if (file == NULL) return fail(ctx, ERR_SETTING_WRONG, "%s: %s", path, strerror(errno));
    size_t len = fread(text, 1, FILE_MAX_LEN + 1, file);
    fclose(file);
    if (len > FILE_MAX_LEN) return fail(ctx, ERR_SETTING_WRONG, "%s is too long", path);
    char *save = NULL;
    int number = 0;
    /* Empty lines are passed over by strtok_r, so the number counts the others. */
    for (char *line = strtok_r(text, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        TRY(read_line(ctx, settings, str_of(line), ++number));
    }
    return OK;
}

static enum err
read_environment(struct ctx *ctx, struct settings *settings)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        char name[NAME_MAX_LEN];
        size_t len = (size_t)snprintf(name, sizeof name, "HABITUE_%s", table[i].name);

        ASSERT(len < sizeof name);
        for (size_t j = 0; j < len; j++)
            name[j] = (char)toupper((unsigned char)name[j]);
        const char *value = getenv(name);
        if (value != NULL) TRY(put_value(ctx, settings, &table[i], value));
    }
    return OK;
}

/* The setting whose flag argv[i] is, and its value; NULL: it is none. */
static const struct setting *
match_flag(int argc, char **argv, int *i, const char **value)
{
    if (strncmp(argv[*i], "--", 2) != 0) return NULL;
    const char *name = argv[*i] + 2;
    size_t len = strcspn(name, "=");
    const struct setting *setting = find_setting((struct str){name, len});

    *value = NULL;
    if (setting == NULL) return NULL;
    if (name[len] == '=') {
        *value = name + len + 1;
    } else if (*i + 1 < argc) {
        *value = argv[++*i];
    }
    return setting;
}

/* Takes the settings' flags out of the arguments. */
static enum err
read_flags(struct ctx *ctx, struct settings *settings, int *argc, char **argv)
{
    int kept = 0;

    for (int i = 0; i < *argc; i++) {
        const char *value;
        int at = i;
        const struct setting *setting = match_flag(*argc, argv, &i, &value);

        if (setting == NULL) {
            argv[kept++] = argv[at];
            continue;
        }
        if (value == NULL) return fail(ctx, ERR_SETTING_WRONG, "%s needs a value", argv[at]);
        TRY(put_value(ctx, settings, setting, value));
    }
    argv[kept] = NULL;
    *argc = kept;
    return OK;
}

static const char *
find_config_file(int argc, char **argv)
{
    const char *value;

    for (int i = 0; i < argc; i++) {
        const struct setting *setting = match_flag(argc, argv, &i, &value);
        if (setting != NULL && strcmp(setting->name, "config_file") == 0) return value;
    }
    return getenv("HABITUE_CONFIG_FILE");
}

/* Where a file is that nobody chose a place for: beside the database. */
static void
choose_file(struct ctx *ctx, const struct settings *settings, const char *ending, const char **path)
{
    struct str db = str_of(settings->db);
    struct str scheme = STR("sqlite:");

    if ((*path)[0] != '\0') return;
    const char *place = str_starts(db, scheme) ? settings->db + scheme.len : "habitue";
    *path = str_z(ctx->arena, str_format(ctx->arena, "%s.%s", place, ending));
}

static enum err
check_mail(struct ctx *ctx, struct settings *settings)
{
    struct str from;

    if ((settings->smtp_url[0] == '\0') != (settings->mail_from[0] == '\0')) {
        return fail(ctx, ERR_SETTING_WRONG, "smtp_url and mail_from go together");
    }
    if (settings->mail_from[0] == '\0') return OK;
    if (email_parse(ctx->arena, str_of(settings->mail_from), &from) != OK) {
        return fail(ctx, ERR_SETTING_WRONG, "mail_from is an address, not \"%s\"",
                    settings->mail_from);
    }
    settings->mail_from = str_z(ctx->arena, from);
    return OK;
}

enum err
settings_read(struct ctx *ctx, int *argc, char **argv, struct settings *settings)
{
    const char *file = find_config_file(*argc, argv);

    *settings = (struct settings){0};
    TRY(read_defaults(ctx, settings));
    if (file != NULL && file[0] != '\0') TRY(read_file(ctx, settings, file));
    TRY(read_environment(ctx, settings));
    TRY(read_flags(ctx, settings, argc, argv));
    choose_file(ctx, settings, "key", &settings->key_file);
    choose_file(ctx, settings, "erased", &settings->erasure_file);
    return check_mail(ctx, settings);
}

/* ---- the server key ---- */
/* Makes the file whole or not at all; somebody else may be making it at this moment. */
static enum err
make_key(struct ctx *ctx, const char *path)
{
    uint8_t key[SEAL_KEY_LEN];
    bool written = false;

    random_bytes(key, sizeof key);
    struct str text =
        str_format(ctx->arena, "%.*s\n", STR_ARG(hash_hex(ctx->arena, key, sizeof key)));
    const char *part = str_z(ctx->arena, str_format(ctx->arena, "%s.%d", path, (int)getpid()));
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) return fail(ctx, ERR_FILE_FAILED, "%s: %s", part, strerror(errno));
    written = write(fd, text.at, text.len) == (ssize_t)text.len && fsync(fd) == 0;
    close(fd);
    /* link refuses to replace, unlike rename: the first key made is the key. */
    if (written && link(part, path) != 0 && errno != EEXIST) written = false;
    if (!written) fail(ctx, ERR_FILE_FAILED, "%s: %s", path, strerror(errno));
    unlink(part);
    return written ? OK : ERR_FILE_FAILED;
}

enum err
settings_read_key(struct ctx *ctx, struct settings *settings)
{
    const char *path = settings->key_file;
    char text[HASH_HEX_LEN + 2] = "";

    if (access(path, F_OK) != 0) TRY(make_key(ctx, path));
    FILE *file = fopen(path, "re");
    if (file == NULL) return fail(ctx, ERR_FILE_FAILED, "%s: %s", path, strerror(errno));
    size_t len = fread(text, 1, sizeof text, file);
    fclose(file);
    struct str hex = str_trim((struct str){text, len});
    if (!hash_parse_hex(hex, settings->server_key, sizeof settings->server_key)) {
        return fail(ctx, ERR_SETTING_WRONG, "%s is not a server key: 64 hexadecimal digits", path);
    }
    return OK;
}

/* ---- the help ---- */
void
settings_print(void)
{
    printf(
        "A setting is a flag (--queue-max 5000), a variable (HABITUE_QUEUE_MAX=5000) or a line\n"
        "of the file that --config-file names (queue_max = 5000). The first of them counts.\n\n");
    for (int i = 0; i < SETTING_COUNT; i++) {
        const struct setting *setting = &table[i];
        char flag[NAME_MAX_LEN];

        int len = snprintf(flag, sizeof flag, "--%s", setting->name);
        for (int j = 2; j < len; j++) {
            if (flag[j] == '_') flag[j] = '-';
        }
        printf("%-24s %s\n%24s ", flag, setting->text, "");
        printf("default: %s%s%s", setting->first[0] == '\0' ? "none" : setting->first,
               setting->unit[0] == '\0' ? "" : " ", setting->unit);
        if (setting->kind == SETTING_NUMBER) {
            printf("; %" PRId64 " to %" PRId64, setting->min, setting->max);
        }
        printf("\n");
    }
}
