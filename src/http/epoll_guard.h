/*
 * epoll_guard — keeps a thread of libmicrohttpd from sleeping while it has work.
 *
 * libmicrohttpd 0.9.75 (Debian 12) asks epoll for at most 128 events. When it is given exactly as
 * many, it asks for more before it looks at any, and waits for them as long as the first time: for
 * ever, if all its connections are waiting for it. A burst of 128 requests on one thread does that.
 *
 * So the program has an epoll_wait of its own, which the library finds before the C library's: it
 * does not wait when the same thread's last call gave as many events as there was room for.
 */
#pragma once
#include <stdbool.h>

/* Whether the library's calls come to our epoll_wait; that hangs on how the program was linked. */
bool epoll_guard_is_used(void);
