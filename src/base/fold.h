/*
 * fold — text as people look for it: without case, accents and widths.
 *
 * "Lefèvre", "LEFEVRE" and "Ｌｅｆｅｖｒｅ" all fold to "lefevre". Letters of other scripts stay
 * what they are. Takes any UTF-8; what is not becomes U+FFFD.
 */
#pragma once
#include "base/str.h"

struct str fold(struct arena *arena, struct str text);
