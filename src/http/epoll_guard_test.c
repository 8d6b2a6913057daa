/* epoll_guard_test — see epoll_guard.h. */
#include "http/epoll_guard.h"
#include "support/test.h"
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { FOR_EVER = -1 };

struct waiting {
    int epoll, event;
};

static struct waiting
open_waiting(void)
{
    struct waiting w = {.epoll = epoll_create1(EPOLL_CLOEXEC), .event = eventfd(1, EFD_CLOEXEC)};
    /* Told once, as libmicrohttpd asks to be told. */
    struct epoll_event wish = {.events = EPOLLIN | EPOLLET};

    EXPECT_INT(0, epoll_ctl(w.epoll, EPOLL_CTL_ADD, w.event, &wish));
    return w;
}

static void
close_waiting(struct waiting *w)
{
    close(w->event);
    close(w->epoll);
}

TEST(libraries_find_our_epoll_wait)
{
    EXPECT_TRUE(epoll_guard_is_used());
}

TEST(after_as_many_events_as_there_is_room_for_nothing_is_waited_for)
{
    struct waiting w = open_waiting();
    struct epoll_event events[1];

    EXPECT_INT(1, epoll_wait(w.epoll, events, 1, FOR_EVER));
    EXPECT_INT(0, epoll_wait(w.epoll, events, 1, FOR_EVER));
    close_waiting(&w);
}

TEST(after_fewer_events_it_waits)
{
    struct waiting w = open_waiting();
    struct epoll_event events[2];
    uint64_t one = 1;

    EXPECT_INT(1, epoll_wait(w.epoll, events, 2, FOR_EVER));
    EXPECT_INT(0, epoll_wait(w.epoll, events, 2, 1));
    EXPECT_INT(sizeof one, write(w.event, &one, sizeof one));
    EXPECT_INT(1, epoll_wait(w.epoll, events, 2, FOR_EVER));
    close_waiting(&w);
}

TESTS(RUN(libraries_find_our_epoll_wait),
      RUN(after_as_many_events_as_there_is_room_for_nothing_is_waited_for),
      RUN(after_fewer_events_it_waits))
