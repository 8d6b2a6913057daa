/*
 * email — addresses as people write them. Whether one receives is only known by writing to it.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"

struct arena;

enum { EMAIL_MAX = 254 };

/*
 * Reads an address: "Anna@Example.org " gives "anna@example.org". Two addresses are taken as the
 * same person's when they differ in ASCII case only.
 * Errors:   ERR_EMAIL_INVALID   not one '@' between a name and a domain with a dot in it
 */
MUST_USE enum err email_parse(struct arena *arena, struct str text, struct str *email);
