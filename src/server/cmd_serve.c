/* cmd_serve — `habitue serve`: serves until it is told to stop. */
#include "base/log.h"
#include "base/settings.h"
#include "server/cmd.h"
#include "server/commands.h"
#include "server/version.h"
#include "server/wiring.h"
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>

/* Each connection is a file. The soft limit is often 1,024, the hard one what the system can bear.
 */
static void
raise_file_limit(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) LOG(LOG_WARN, "file_limit_stays", LOG_INT("of", 0));
}

int
cmd_serve(struct ctx *ctx, int argc, char **argv)
{
    struct wiring *wiring;
    sigset_t stop;
    int which = 0;

    if (!cmd_read_flags(argc, argv, NULL, 0, NULL, 0)) return CMD_WRONG_USAGE;
    raise_file_limit();
    /* Blocked before any thread is made, so that only sigwait gets them. */
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);

    enum err err = wiring_open(ctx, &wiring);
    if (err != OK) return cmd_tell(ctx, err, "serve");
    LOG(LOG_INFO, "serving", LOG_TEXT("version", HABITUE_VERSION),
        LOG_TEXT("listen", ctx->settings->listen), LOG_INT("port", wiring_port(wiring)));
    sigwait(&stop, &which);
    LOG(LOG_INFO, "stopping", LOG_INT("signal", which));
    wiring_close(wiring);
    LOG(LOG_INFO, "stopped", LOG_INT("signal", which));
    return CMD_OK;
}
