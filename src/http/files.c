/* files — see files.h. */
#include "http/files.h"
#include "http/header_values.h"
#include "http/headers.h"
#include <stdio.h>

enum { PATH_LEN_MAX = 256 };

static const char index_name[] = "index.html";
/* Pages take scripts, styles and pictures from here alone, run nothing inline, and are in no frame.
 */
static const char page_policy[] = "default-src 'self'; base-uri 'none'; form-action 'self'; "
                                  "frame-ancestors 'none'; img-src 'self' data:; "
                                  "object-src 'none'";

/* ---- at start ---- */
static struct MHD_Response *
make_response(const struct web_file *file, const unsigned char *body, size_t len,
              const char *encoding)
{
    union {
        const unsigned char *from;
        void *to;
    } bytes = {.from = body}; /* libmicrohttpd does not write to a persistent buffer */
    struct MHD_Response *response =
        MHD_create_response_from_buffer(len, bytes.to, MHD_RESPMEM_PERSISTENT);

    ASSERT(response != NULL);
    headers_put(response, MHD_HTTP_HEADER_ETAG, file->etag);
    headers_put(response, MHD_HTTP_HEADER_VARY, "Accept-Encoding");
    headers_put(response, MHD_HTTP_HEADER_CACHE_CONTROL,
                file->immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (len > 0) {
        headers_put(response, MHD_HTTP_HEADER_CONTENT_TYPE, file->type);
        headers_put_safety(response, page_policy);
        headers_put(response, "Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
        headers_put(response, "Cross-Origin-Opener-Policy", "same-origin");
    }
    if (encoding != NULL) headers_put(response, MHD_HTTP_HEADER_CONTENT_ENCODING, encoding);
    return response;
}

void
files_open(struct files *files, struct arena *arena, const struct web_file *list, int count)
{
    /* Without a web build the list is one empty row. */
    if (count > 0 && list[0].path == NULL) count = 0;
    files->files = list;
    files->count = count;
    files->responses = ARENA_ARRAY(arena, struct file_responses, (size_t)count + 1);
    for (int i = 0; i < count; i++) {
        const struct web_file *file = &list[i];
        struct file_responses *made = &files->responses[i];

        made->plain = make_response(file, file->body, file->body_len, NULL);
        made->unchanged = make_response(file, (const unsigned char *)"", 0, NULL);
        if (file->gzip) made->gzip = make_response(file, file->gzip, file->gzip_len, "gzip");
        if (file->brotli) made->brotli = make_response(file, file->brotli, file->brotli_len, "br");
    }
}

void
files_close(struct files *files)
{
    for (int i = 0; i < files->count; i++) {
        struct file_responses *made = &files->responses[i];

        MHD_destroy_response(made->plain);
        MHD_destroy_response(made->unchanged);
        if (made->gzip) MHD_destroy_response(made->gzip);
        if (made->brotli) MHD_destroy_response(made->brotli);
    }
}

/* ---- choosing ---- */
static int
find(const struct files *files, const char *path)
{
    int low = 0;
    int high = files->count;

    while (low < high) {
        int middle = (low + high) / 2;
        int order = strcmp(path, files->files[middle].path);

        if (order == 0) return middle;
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return -1;
}

static struct str
header(struct MHD_Connection *connection, const char *name)
{
    return str_of(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

static int
send_file(const struct files *files, struct MHD_Connection *connection, int i)
{
    const struct file_responses *made = &files->responses[i];
    struct str accepted = header(connection, MHD_HTTP_HEADER_ACCEPT_ENCODING);
    struct MHD_Response *response = made->plain;
    unsigned status = MHD_HTTP_OK;

    if (header_has_etag(header(connection, MHD_HTTP_HEADER_IF_NONE_MATCH),
                        str_of(files->files[i].etag))) {
        response = made->unchanged;
        status = MHD_HTTP_NOT_MODIFIED;
    } else if (made->brotli != NULL && header_accepts(accepted, STR("br"))) {
        response = made->brotli;
    } else if (made->gzip != NULL && header_accepts(accepted, STR("gzip"))) {
        response = made->gzip;
    }
    return MHD_queue_response(connection, status, response) == MHD_YES ? (int)status : 0;
}

static int
send_there(struct MHD_Connection *connection, const char *path)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);

    ASSERT(response != NULL);
    headers_put(response, MHD_HTTP_HEADER_LOCATION, path);
    MHD_queue_response(connection, MHD_HTTP_MOVED_PERMANENTLY, response);
    MHD_destroy_response(response);
    return MHD_HTTP_MOVED_PERMANENTLY;
}

/*
 * A page inside an app, as somebody kept its address: "/dashboard/customers/cus_…" is for the app
 * to show. -1 when the first folder is no app, or the path names a file.
 */
static int
find_app(const struct files *files, struct str path)
{
    char name[PATH_LEN_MAX + sizeof index_name + 1];
    const char *end = memchr(path.at + 1, '/', path.len - 1);
    size_t last = path.len;

    while (path.at[last - 1] != '/')
        last--;
    if (end == NULL || memchr(path.at + last, '.', path.len - last) != NULL) return -1;
    snprintf(name, sizeof name, "%.*s/%s", (int)(end - path.at), path.at, index_name);
    return find(files, name);
}

int
files_send(const struct files *files, struct MHD_Connection *connection, struct str path)
{
    char name[PATH_LEN_MAX + sizeof index_name + 1];

    if (path.len == 0 || path.len > PATH_LEN_MAX || path.at[0] != '/') return 0;
    bool is_folder = path.at[path.len - 1] == '/';
    snprintf(name, sizeof name, "%.*s%s", STR_ARG(path), is_folder ? index_name : "");
    int i = find(files, name);
    if (i >= 0) return send_file(files, connection, i);
    i = find_app(files, path);
    if (i >= 0) return send_file(files, connection, i);
    if (is_folder) return 0;

    snprintf(name, sizeof name, "%.*s/%s", STR_ARG(path), index_name);
    if (find(files, name) < 0) return 0;
    name[path.len + 1] = '\0';
    return send_there(connection, name);
}
