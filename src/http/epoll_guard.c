/* epoll_guard — see epoll_guard.h. */
#include "http/epoll_guard.h"
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>
#include <sys/epoll.h>

int
epoll_wait(int epoll, struct epoll_event *events, int events_max, int timeout_ms)
{
    static _Thread_local bool was_full;

    int count = epoll_pwait(epoll, events, events_max, was_full ? 0 : timeout_ms, NULL);
    was_full = count == events_max;
    return count;
}

bool
epoll_guard_is_used(void)
{
    int (*ours)(int, struct epoll_event *, int, int) = epoll_wait;
    void *program = dlopen(NULL, RTLD_NOW);
    void *found = program == NULL ? NULL : dlsym(program, "epoll_wait");
    bool is_ours = memcmp(&ours, &found, sizeof found) == 0;

    if (program != NULL) dlclose(program);
    return is_ours;
}
