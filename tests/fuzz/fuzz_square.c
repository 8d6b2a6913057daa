/*
 * fuzz_square — no body and no signature makes Square's webhook crash; what it accepts has bounded
 * amounts and can be found again; a guessed signature is refused.
 */
#include "base/hash.h"
#include "pos_property.h"

#define KEY STR("k3yForDocsOnly-Square")
#define URL STR("https://fidelite.example/hooks/square/7f3a")

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct str
sign(struct arena *arena, struct str url, struct str body)
{
    uint8_t code[HASH_LEN];

    hash_hmac(KEY, url, body, code);
    return hash_base64(arena, code, HASH_LEN);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_link(STR("square"), (struct str){(const char *)data, size}, KEY, URL, sign);
    return 0;
}
