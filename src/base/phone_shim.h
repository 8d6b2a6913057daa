/* phone_shim — libphonenumber, which is C++, as one C function. See phone.h. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif
/* Both texts are checked by the caller. Puts a NUL-ended E.164 number at e164; false: not one. */
bool phone_shim_parse(const char *text, size_t len, const char region[2], char *e164, size_t room);
#ifdef __cplusplus
}
#endif
