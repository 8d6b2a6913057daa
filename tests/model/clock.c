/*
 * clock — the time of a server under test, preloaded (LD_PRELOAD) into an unchanged habitue.
 *
 * The file that TEST_CLOCK names holds two numbers, in microseconds: what the clock on the wall
 * shows, and how far the clock that only counts is ahead. A test writes them to let days pass;
 * while the first is 0 all clocks are the system's. Waiting for a moment looks at the clock again
 * every few milliseconds, so that what is due after a jump is done at once.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum { SLICE_NS = 5000000, SECOND_NS = 1000000000, SECOND_US = 1000000 };
/* No machine has been up since 2001: a later moment is one of the clock on the wall. */
enum { WALL_FROM_S = 1000000000 };

struct shown {
    int64_t wall_us, ahead_us;
};
static const volatile struct shown *shown;

/* Found when first needed: other libraries ask for the time before we are told to begin. */
static int
system_gettime(clockid_t clock, struct timespec *now)
{
    static int (*found)(clockid_t, struct timespec *);

    if (found == NULL)
        found = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    return found(clock, now);
}

__attribute__((constructor)) static void
open_clock(void)
{
    const char *path = getenv("TEST_CLOCK");

    if (path == NULL) return;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) abort();
    void *page = mmap(NULL, sizeof *shown, PROT_READ, MAP_SHARED, fd, 0);
    if (page == MAP_FAILED) abort();
    close(fd);
    shown = page;
}

int
clock_gettime(clockid_t clock, struct timespec *now)
{
    int result = system_gettime(clock, now);

    if (result != 0 || shown == NULL || shown->wall_us == 0) return result;
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) {
        int64_t wall_us = shown->wall_us;
        now->tv_sec = wall_us / SECOND_US;
        now->tv_nsec = wall_us % SECOND_US * 1000;
    } else if (clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_COARSE) {
        now->tv_sec += shown->ahead_us / SECOND_US;
    }
    return result;
}

static int
is_past(const struct timespec *until)
{
    struct timespec now;

    clock_gettime(until->tv_sec >= WALL_FROM_S ? CLOCK_REALTIME : CLOCK_MONOTONIC, &now);
    return now.tv_sec > until->tv_sec ||
           (now.tv_sec == until->tv_sec && now.tv_nsec >= until->tv_nsec);
}

int
pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *until)
{
    while (!is_past(until)) {
        struct timespec slice;

        system_gettime(CLOCK_MONOTONIC, &slice);
        slice.tv_nsec += SLICE_NS;
        if (slice.tv_nsec >= SECOND_NS) {
            slice.tv_sec++;
            slice.tv_nsec -= SECOND_NS;
        }
        int result = pthread_cond_clockwait(cond, mutex, CLOCK_MONOTONIC, &slice);
        if (result != ETIMEDOUT) return result;
    }
    return ETIMEDOUT;
}
