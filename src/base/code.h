/*
 * code — a random code that a person can carry: shown as a QR code, read out, typed.
 *
 * 26 characters of the alphabet of ids, each of 5 random bits, in upper case: more than 128 bits,
 * so nobody guesses one. What it opens is its owner's to say (card, reward, credit note).
 */
#pragma once
#include "base/str.h"
#include <stdbool.h>

struct arena;

enum { CODE_LEN = 26 };

struct str code_new(struct arena *arena);
/*
 * The code in its one form: read by a scanner or typed, with or without the prefix, in any case of
 * letters, with spaces and dashes, O for 0 and I or L for 1. False: it is none.
 */
bool code_parse(struct str text, struct str prefix, char code[static CODE_LEN]);

/* ---- six digits, for what is sent to somebody and typed within minutes ---- */
enum { CODE_DIGITS = 6 };

struct str code_digits_new(struct arena *arena);
/* As people type it: spaces and dashes between, and the digits of their own script. Empty when
 * there is anything else. */
struct str code_digits_read(struct arena *arena, struct str typed);

/* ---- ten signs of the alphabet of ids, for what is kept on paper: "4kd2m-9zq7w" ---- */
enum { CODE_SHORT_LEN = 10 };

struct str code_short_new(struct arena *arena);
/* The same without the dash, read as generously as code_parse does. */
bool code_short_parse(struct str text, char code[static CODE_SHORT_LEN]);
