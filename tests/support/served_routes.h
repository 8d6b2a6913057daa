/*
 * served_routes — routes for tests of the http layer that do little more than show their lane:
 * facts are written, counted and refused; things are looked at.
 */
#pragma once
#include "support/served.h"

#define AUTH "Authorization: Bearer good\r\n"
#define HOST "Host: test\r\n"

/* queue_max: 0 is plenty. */
struct served *served_start(int queue_max);
struct served *served_start_behind_proxy(void);
/* Sends a JSON body to a path, with the good token, and reads the reply. */
void served_post(struct served *served, const char *path, const char *body, struct reply *reply);
/* How many facts there are, as a report tells. */
int64_t served_facts(struct served *served);
void served_expect_error(const struct reply *reply, int status, const char *code);
