/* hash — see hash.h. */
#include "base/hash.h"
#include "base/arena.h"
#include "base/ids.h"
#include <sodium.h>

_Static_assert(HASH_LEN == crypto_hash_sha256_BYTES, "SHA-256 has 32 bytes");
_Static_assert(HASH_LEN == crypto_auth_hmacsha256_BYTES, "and so has its HMAC");
_Static_assert(SEAL_KEY_LEN == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key length");
_Static_assert(SIGN_PUBLIC_LEN == crypto_sign_PUBLICKEYBYTES, "Ed25519's public key");
_Static_assert(SIGN_PAIR_LEN == crypto_sign_SECRETKEYBYTES, "its secret key holds the public one");
_Static_assert(SIGNATURE_LEN == crypto_sign_BYTES, "and its signature");
_Static_assert(HASH_LEN == crypto_sign_SEEDBYTES, "a digest seeds a pair");

enum {
    NONCE_LEN = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG_LEN = crypto_aead_xchacha20poly1305_ietf_ABYTES,
};

/* Before main, while there is one thread: picks the fastest code for this processor. */
static void __attribute__((constructor)) start_sodium(void)
{
    ASSERT(sodium_init() >= 0);
}

static const unsigned char *
bytes_of(struct str s)
{
    return (const unsigned char *)s.at;
}

void
hash_sha256(struct str content, uint8_t out[static HASH_LEN])
{
    crypto_hash_sha256(out, bytes_of(content), content.len);
}

_Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof(struct hash_stream), "room");

static crypto_hash_sha256_state *
state_of(struct hash_stream *stream)
{
    return (crypto_hash_sha256_state *)stream->state;
}

void
hash_begin(struct hash_stream *stream)
{
    crypto_hash_sha256_init(state_of(stream));
}

void
hash_add(struct hash_stream *stream, const void *at, size_t len)
{
    crypto_hash_sha256_update(state_of(stream), at, len);
}

void
hash_end(struct hash_stream *stream, uint8_t out[static HASH_LEN])
{
    crypto_hash_sha256_final(state_of(stream), out);
}

void
hash_hmac(struct str key, struct str first, struct str second, uint8_t out[static HASH_LEN])
{
    crypto_auth_hmacsha256_state state;

    crypto_auth_hmacsha256_init(&state, bytes_of(key), key.len);
    crypto_auth_hmacsha256_update(&state, bytes_of(first), first.len);
    crypto_auth_hmacsha256_update(&state, bytes_of(second), second.len);
    crypto_auth_hmacsha256_final(&state, out);
    sodium_memzero(&state, sizeof state);
}

bool
hash_same(const void *a, const void *b, size_t len)
{
    return sodium_memcmp(a, b, len) == 0;
}

struct str
hash_hex(struct arena *arena, const uint8_t *bytes, size_t len)
{
    char *text = arena_alloc(arena, len * 2 + 1);

    sodium_bin2hex(text, len * 2 + 1, bytes, len);
    return (struct str){text, len * 2};
}

struct str
hash_base64(struct arena *arena, const uint8_t *bytes, size_t len)
{
    size_t room = sodium_base64_encoded_len(len, sodium_base64_VARIANT_ORIGINAL);
    char *text = arena_alloc(arena, room);

    sodium_bin2base64(text, room, bytes, len, sodium_base64_VARIANT_ORIGINAL);
    return (struct str){text, room - 1};
}

bool
hash_parse_hex(struct str text, uint8_t *out, size_t len)
{
    size_t found = 0;

    if (text.len != len * 2) return false;
    return sodium_hex2bin(out, len, text.at, text.len, NULL, &found, NULL) == 0 && found == len;
}

bool
hash_parse_base64(struct str text, uint8_t *out, size_t len)
{
    const char *end = NULL;
    size_t found = 0;

    if (sodium_base642bin(out, len, text.at, text.len, NULL, &found, &end,
                          sodium_base64_VARIANT_ORIGINAL) != 0) {
        return false;
    }
    return found == len && end == text.at + text.len;
}

void
random_bytes(void *out, size_t len)
{
    randombytes_buf(out, len);
}

struct str
random_token(struct arena *arena)
{
    char *token = arena_alloc(arena, TOKEN_LEN + 1);

    random_bytes(token, TOKEN_LEN);
    for (int i = 0; i < TOKEN_LEN; i++)
        token[i] = ID_ALPHABET[token[i] & 31];
    return (struct str){token, TOKEN_LEN};
}

enum err
password_hash(struct arena *arena, struct str password, struct str *hashed)
{
    char *text = arena_alloc(arena, crypto_pwhash_STRBYTES);

    /* Fails only when 64 MiB cannot be had at this moment. */
    if (crypto_pwhash_str(text, password.at, password.len, crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
        return ERR_BUSY;
    }
    *hashed = str_of(text);
    return OK;
}

bool
password_matches(struct str hashed, struct str password)
{
    char text[crypto_pwhash_STRBYTES] = {0};

    if (hashed.len == 0 || hashed.len >= sizeof text) return false;
    memcpy(text, hashed.at, hashed.len);
    return crypto_pwhash_str_verify(text, password.at, password.len) == 0;
}

struct str
seal(struct arena *arena, const uint8_t key[static SEAL_KEY_LEN], struct str plain,
     struct str bound_to)
{
    size_t len = NONCE_LEN + plain.len + TAG_LEN;
    unsigned char *sealed = arena_alloc(arena, len);

    /* 24 random bytes: too many for two nonces ever to meet. */
    random_bytes(sealed, NONCE_LEN);
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE_LEN, NULL, bytes_of(plain), plain.len,
                                               bytes_of(bound_to), bound_to.len, NULL, sealed, key);
    return (struct str){(const char *)sealed, len};
}

enum err
unseal(struct arena *arena, const uint8_t key[static SEAL_KEY_LEN], struct str sealed,
       struct str bound_to, struct str *plain)
{
    if (sealed.len < NONCE_LEN + TAG_LEN) return ERR_SECRET_UNREADABLE;
    size_t len = sealed.len - NONCE_LEN - TAG_LEN;
    unsigned char *opened = arena_alloc(arena, len + 1);

    if (crypto_aead_xchacha20poly1305_ietf_decrypt(opened, NULL, NULL, bytes_of(sealed) + NONCE_LEN,
                                                   sealed.len - NONCE_LEN, bytes_of(bound_to),
                                                   bound_to.len, bytes_of(sealed), key) != 0) {
        return ERR_SECRET_UNREADABLE;
    }
    *plain = (struct str){(const char *)opened, len};
    return OK;
}

void
sign_pair_derive(const uint8_t secret[static SEAL_KEY_LEN], struct str purpose,
                 struct sign_pair *pair)
{
    uint8_t seed[HASH_LEN];

    hash_hmac((struct str){(const char *)secret, SEAL_KEY_LEN}, purpose, STR(""), seed);
    crypto_sign_seed_keypair(pair->public_key, pair->secret, seed);
    sodium_memzero(seed, sizeof seed);
}

void
sign_pair_clear(struct sign_pair *pair)
{
    sodium_memzero(pair, sizeof *pair);
}

void
sign_message(const struct sign_pair *pair, struct str message, uint8_t out[static SIGNATURE_LEN])
{
    crypto_sign_detached(out, NULL, bytes_of(message), message.len, pair->secret);
}

bool
sign_matches(const uint8_t public_key[static SIGN_PUBLIC_LEN], struct str message,
             const uint8_t signature[static SIGNATURE_LEN])
{
    return crypto_sign_verify_detached(signature, bytes_of(message), message.len, public_key) == 0;
}
