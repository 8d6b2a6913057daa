/*
 * fuzz_feed — no body and no signature makes the generic feed crash; what it accepts has bounded
 * amounts and can be found again; a guessed signature is refused.
 */
#include "base/hash.h"
#include "pos_property.h"

#define SECRET STR("feed secret")

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct str
sign(struct arena *arena, struct str url, struct str body)
{
    uint8_t code[HASH_LEN];

    (void)url;
    hash_hmac(SECRET, body, STR(""), code);
    return hash_hex(arena, code, HASH_LEN);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_link(STR("feed"), (struct str){(const char *)data, size}, SECRET, STR(""), sign);
    return 0;
}
