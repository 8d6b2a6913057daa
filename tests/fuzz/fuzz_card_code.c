/*
 * fuzz_card_code — what card_code_parse accepts has one form, and read again gives itself, with the
 * prefix of the QR code and without.
 */
#include "core/customers/card_codes.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
expect_same(const char *text, size_t len, const char code[static CARD_CODE_LEN])
{
    char again[CARD_CODE_LEN];

    ASSERT(card_code_parse((struct str){text, len}, again));
    ASSERT(memcmp(again, code, CARD_CODE_LEN) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { PREFIX_LEN = sizeof CARD_CODE_PREFIX - 1 };
    char code[CARD_CODE_LEN], whole[PREFIX_LEN + CARD_CODE_LEN];

    if (size > 200) return 0;
    if (!card_code_parse((struct str){(const char *)data, size}, code)) return 0;
    for (int i = 0; i < CARD_CODE_LEN; i++) {
        ASSERT((code[i] >= '0' && code[i] <= '9') || (code[i] >= 'A' && code[i] <= 'Z'));
        ASSERT(strchr("ILOU", code[i]) == NULL);
    }
    expect_same(code, CARD_CODE_LEN, code);
    memcpy(whole, CARD_CODE_PREFIX, PREFIX_LEN);
    memcpy(whole + PREFIX_LEN, code, CARD_CODE_LEN);
    expect_same(whole, sizeof whole, code);
    return 0;
}
