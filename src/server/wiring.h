/*
 * wiring — puts the serving program together, and takes it apart in the order that loses nothing.
 *
 * Opened: schema, write lane, HTTP, jobs. Stopped: jobs, HTTP (which answers what was accepted
 * and ends the streams), write lane.
 */
#pragma once
#include "base/ctx.h"

struct wiring;

/* Errors: ERR_DB_FAILED, ERR_SETTING_WRONG, with the reason in the detail */
MUST_USE enum err wiring_open(struct ctx *ctx, struct wiring **wiring);
int wiring_port(const struct wiring *wiring);
void wiring_close(struct wiring *wiring);
