/* db_listen — see db_listen.h. The notices are written by write_batch.c. */
#include "db/db_listen.h"
#include <errno.h>
#include <inttypes.h>
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

struct db_listen {
    PGconn *connection;
};

enum err
db_listen_open(struct ctx *ctx, const char *url, struct db_listen **listen)
{
    PGconn *connection = PQconnectdb(url);
    PGresult *result = NULL;
    enum err err = OK;

    if (PQstatus(connection) == CONNECTION_OK) result = PQexec(connection, "LISTEN habitue_live");
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        err = fail(ctx, ERR_DB_FAILED, "listen: %s", PQerrorMessage(connection));
    }
    PQclear(result);
    if (err != OK) {
        PQfinish(connection);
        return err;
    }
    *listen = malloc(sizeof **listen);
    ASSERT(*listen != NULL);
    (*listen)->connection = connection;
    return OK;
}

void
db_listen_close(struct db_listen *listen)
{
    PQfinish(listen->connection);
    free(listen);
}

/* Another program may NOTIFY on our channel, too; what is not ours is passed over. */
static bool
read_notice(const char *text, struct db_notice *notice)
{
    char *end;

    errno = 0;
    notice->merchant.v = strtoll(text, &end, 10);
    notice->first = strtoll(end, &end, 10);
    notice->last = strtoll(end, &end, 10);
    return errno == 0 && *end == '\0' && notice->merchant.v > 0 && notice->first > 0 &&
           notice->last >= notice->first;
}

static bool
take_notice(struct db_listen *listen, struct db_notice *notice)
{
    PGnotify *told;
    bool got = false;

    while (!got && (told = PQnotifies(listen->connection)) != NULL) {
        got = read_notice(told->extra, notice);
        PQfreemem(told);
    }
    return got;
}

enum err
db_listen_wait(struct ctx *ctx, struct db_listen *listen, int timeout_ms, struct db_notice *notice,
               bool *got)
{
    struct pollfd socket = {.fd = PQsocket(listen->connection), .events = POLLIN};

    *got = take_notice(listen, notice);
    if (*got) return OK;
    if (poll(&socket, 1, timeout_ms) < 0 && errno != EINTR) {
        return fail(ctx, ERR_DB_FAILED, "poll: %d", errno);
    }
    if (PQconsumeInput(listen->connection) != 1) {
        return fail(ctx, ERR_DB_FAILED, "listen: %s", PQerrorMessage(listen->connection));
    }
    *got = take_notice(listen, notice);
    return OK;
}
