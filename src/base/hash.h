/*
 * hash — digests, signatures, tokens and passwords, all by libsodium.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"
#include <stdbool.h>
#include <stdint.h>

struct arena;

enum { HASH_LEN = 32, HASH_HEX_LEN = 64 };

void hash_sha256(struct str content, uint8_t out[static HASH_LEN]);
/* The same of content that comes in pieces: begin, add … add, end. */
struct hash_stream {
    _Alignas(8) uint8_t state[128];
};
void hash_begin(struct hash_stream *stream);
void hash_add(struct hash_stream *stream, const void *at, size_t len);
void hash_end(struct hash_stream *stream, uint8_t out[static HASH_LEN]);
/* HMAC-SHA256 over two parts one after the other (the second may be empty). */
void hash_hmac(struct str key, struct str first, struct str second, uint8_t out[static HASH_LEN]);
bool hash_same(const void *a, const void *b, size_t len); /* in constant time */

struct str hash_hex(struct arena *arena, const uint8_t *bytes, size_t len);
struct str hash_base64(struct arena *arena, const uint8_t *bytes, size_t len);
/* False when the text is not exactly that. */
MUST_USE bool hash_parse_hex(struct str text, uint8_t *out, size_t len);
MUST_USE bool hash_parse_base64(struct str text, uint8_t *out, size_t len);

void random_bytes(void *out, size_t len);
enum { TOKEN_LEN = 26 };
/* 26 characters of base 32, each of 5 random bits: more than 128. */
struct str random_token(struct arena *arena);

/*
 * argon2id; slow by design (about 100 ms, 64 MiB): worker pool only.
 * Errors: ERR_BUSY   there was no memory for it just now
 */
MUST_USE enum err password_hash(struct arena *arena, struct str password, struct str *hashed);
bool password_matches(struct str hashed, struct str password);

/* XChaCha20-Poly1305 with a random nonce in front; what binds the text to its place goes in
 * bound_to. */
enum { SEAL_KEY_LEN = 32 };
struct str seal(struct arena *arena, const uint8_t key[static SEAL_KEY_LEN], struct str plain,
                struct str bound_to);
/* Errors: ERR_SECRET_UNREADABLE   wrong key, or not what was sealed here */
MUST_USE enum err unseal(struct arena *arena, const uint8_t key[static SEAL_KEY_LEN],
                         struct str sealed, struct str bound_to, struct str *plain);

/*
 * Ed25519. The pair is made from a secret and from what it is for, and is always the same for the
 * same two; nothing learned of it tells anything of the secret.
 */
enum { SIGN_PUBLIC_LEN = 32, SIGN_PAIR_LEN = 64, SIGNATURE_LEN = 64 };
struct sign_pair {
    uint8_t public_key[SIGN_PUBLIC_LEN];
    uint8_t secret[SIGN_PAIR_LEN]; /* cleared by sign_pair_clear */
};
void sign_pair_derive(const uint8_t secret[static SEAL_KEY_LEN], struct str purpose,
                      struct sign_pair *pair);
void sign_pair_clear(struct sign_pair *pair);
void sign_message(const struct sign_pair *pair, struct str message,
                  uint8_t out[static SIGNATURE_LEN]);
bool sign_matches(const uint8_t public_key[static SIGN_PUBLIC_LEN], struct str message,
                  const uint8_t signature[static SIGNATURE_LEN]);
