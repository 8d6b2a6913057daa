/*
 * fuzz_quantity — a text that quantity_parse accepts is a number of millionths within its limits;
 * written with all its digits and read again it is the same.
 */
#include "base/check.h"
#include "base/quantity.h"
#include <inttypes.h>
#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str text = {(const char *)data, size};
    int64_t value, again;
    char written[40];

    if (size > 64) return 0;
    if (quantity_parse(text, &value) != OK) return 0;
    ASSERT(size <= QUANTITY_LEN_MAX);
    ASSERT(value > -1000000000 * QUANTITY_ONE);
    ASSERT(value < 1000000000 * QUANTITY_ONE);

    int64_t size_of = value < 0 ? -value : value;
    int len = snprintf(written, sizeof written, "%s%" PRId64 ".%06" PRId64, value < 0 ? "-" : "",
                       size_of / QUANTITY_ONE, size_of % QUANTITY_ONE);
    ASSERT(quantity_parse((struct str){written, (size_t)len}, &again) == OK);
    ASSERT(again == value);
    return 0;
}
