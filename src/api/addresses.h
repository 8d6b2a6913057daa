/*
 * addresses — where people find us: absolute addresses for QR codes, messages and screens.
 */
#pragma once
#include "base/ctx.h"

/* As browsers reach the server, without a slash at the end: "https://habitue.example". */
struct str address_of_server(struct ctx *ctx);
/* A merchant's app: "https://habitue.example/app/le-fournil/". */
struct str address_of_app(struct ctx *ctx, struct str slug);
