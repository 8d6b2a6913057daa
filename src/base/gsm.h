/*
 * gsm — text as an SMS carries it: GSM 03.38's alphabet, 160 signs in a message.
 *
 * One sign outside that alphabet makes a network count a message in parts of 70 instead, and so
 * costs the shop two messages or three.
 */
#pragma once
#include "base/str.h"

struct arena;

enum { GSM_SIGNS_MAX = 160 };

/*
 * The text with each sign that is not in the alphabet written with those that are ("Crêperie Œil’"
 * gives "Creperie OEil'"), or left out where there is no such way. Takes any UTF-8.
 */
struct str gsm_plain(struct arena *arena, struct str text);
/* The beginning of a plain text that has at most so many signs, without a space at its end. */
struct str gsm_cut(struct str plain, size_t signs_max);
/* How many signs of an SMS a plain text takes. */
size_t gsm_signs(struct str plain);
