/*
 * addresses — where people find us: absolute addresses for QR codes, messages and screens.
 */
#pragma once
#include "base/ctx.h"

/* As browsers reach the server, without a slash at the end: "https://habitue.example". */
struct str address_of_server(struct ctx *ctx);
/* A merchant's app: "https://habitue.example/app/le-fournil/". */
struct str address_of_app(struct ctx *ctx, struct str slug);
/*
 * What a sign-in QR code says: the app, with a sign_in_links_add token behind the #, which browsers
 * keep to themselves: it is in no log and no Referer.
 */
struct str address_of_sign_in(struct ctx *ctx, struct str slug, struct str token);
/* Where staff choose another password; the token of a passwords_send_link goes behind its #. */
struct str address_of_password_page(struct ctx *ctx);
