/* hash_test — known answers, and what must not be accepted. */
#include "base/arena.h"
#include "base/hash.h"
#include "support/test.h"

static struct arena arena;

static struct str
hex(const uint8_t *bytes)
{
    return hash_hex(&arena, bytes, HASH_LEN);
}

TEST(digests_are_those_of_the_standards)
{
    uint8_t out[HASH_LEN];

    arena_open(&arena, 1 << 20);
    hash_sha256(STR("abc"), out);
    EXPECT_STR("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", hex(out));
    hash_sha256((struct str){0}, out);
    EXPECT_STR("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", hex(out));

    struct hash_stream stream;
    hash_begin(&stream);
    hash_add(&stream, "a", 1);
    hash_add(&stream, "bc", 2);
    hash_end(&stream, out);
    EXPECT_STR("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", hex(out));

    /* RFC 4231, test case 2, whole and in two parts; case 6 has a key longer than a block. */
    static const char wanted[] = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    hash_hmac(STR("Jefe"), STR("what do ya want for nothing?"), STR(""), out);
    EXPECT_STR(wanted, hex(out));
    hash_hmac(STR("Jefe"), STR("what do ya want "), STR("for nothing?"), out);
    EXPECT_STR(wanted, hex(out));
    char key[131];
    memset(key, 0xaa, sizeof key);
    hash_hmac((struct str){key, sizeof key},
              STR("Test Using Larger Than Block-Size Key - Hash Key First"), STR(""), out);
    EXPECT_STR("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54", hex(out));
    arena_close(&arena);
}

TEST(bytes_as_text_are_read_back_exactly)
{
    uint8_t out[4];

    arena_open(&arena, 1 << 20);
    EXPECT_STR("00ff10", hash_hex(&arena, (const uint8_t *)"\x00\xff\x10", 3));
    EXPECT_STR("AP8QAQ==", hash_base64(&arena, (const uint8_t *)"\x00\xff\x10\x01", 4));
    EXPECT_TRUE(hash_parse_hex(STR("00ff1001"), out, 4));
    EXPECT_INT(0, memcmp(out, "\x00\xff\x10\x01", 4));
    EXPECT_TRUE(hash_parse_hex(STR("00FF1001"), out, 4));
    EXPECT_TRUE(!hash_parse_hex(STR("00ff10"), out, 4));
    EXPECT_TRUE(!hash_parse_hex(STR("00ff100101"), out, 4));
    EXPECT_TRUE(!hash_parse_hex(STR("00ff100g"), out, 4));
    EXPECT_TRUE(hash_parse_base64(STR("AP8QAQ=="), out, 4));
    EXPECT_TRUE(!hash_parse_base64(STR("AP8QAQ="), out, 4));
    EXPECT_TRUE(!hash_parse_base64(STR("AP8QAQ==x"), out, 4));
    EXPECT_TRUE(!hash_parse_base64(STR("AP8Q"), out, 4));
    EXPECT_TRUE(!hash_parse_base64(STR("AP8QAQEB"), out, 4));
    EXPECT_TRUE(!hash_parse_base64(STR(""), out, 4));
    EXPECT_TRUE(hash_same("abc", "abc", 3));
    EXPECT_TRUE(!hash_same("abc", "abd", 3));
    arena_close(&arena);
}

TEST(tokens_are_long_and_differ)
{
    arena_open(&arena, 1 << 20);
    struct str one = random_token(&arena);
    struct str two = random_token(&arena);
    EXPECT_INT(TOKEN_LEN, (int64_t)one.len);
    EXPECT_TRUE(!str_is(one, two));
    arena_close(&arena);
}

TEST(a_password_matches_its_own_hash_only)
{
    struct str hashed, again;

    arena_open(&arena, 1 << 20);
    EXPECT_OK(password_hash(&arena, STR("correct horse"), &hashed));
    EXPECT_OK(password_hash(&arena, STR("correct horse"), &again));
    EXPECT_TRUE(str_starts(hashed, STR("$argon2id$")));
    EXPECT_TRUE(!str_is(hashed, again)); /* salted */
    EXPECT_TRUE(password_matches(hashed, STR("correct horse")));
    EXPECT_TRUE(!password_matches(hashed, STR("correct horsf")));
    EXPECT_TRUE(!password_matches(STR(""), STR("")));
    EXPECT_TRUE(!password_matches(STR("not a hash"), STR("x")));
    arena_close(&arena);
}

TEST(what_is_sealed_opens_with_its_key_at_its_place_only)
{
    uint8_t key[SEAL_KEY_LEN] = {1};
    uint8_t other[SEAL_KEY_LEN] = {2};
    struct str plain;

    arena_open(&arena, 1 << 20);
    struct str sealed = seal(&arena, key, STR("secret"), STR("mer_1"));
    EXPECT_OK(unseal(&arena, key, sealed, STR("mer_1"), &plain));
    EXPECT_STR("secret", plain);
    EXPECT_TRUE(!str_is(sealed, seal(&arena, key, STR("secret"), STR("mer_1"))));
    EXPECT_ERR(ERR_SECRET_UNREADABLE, unseal(&arena, other, sealed, STR("mer_1"), &plain));
    EXPECT_ERR(ERR_SECRET_UNREADABLE, unseal(&arena, key, sealed, STR("mer_2"), &plain));
    for (size_t len = 0; len < sealed.len; len++) {
        struct str part = {sealed.at, len};
        EXPECT_ERR(ERR_SECRET_UNREADABLE, unseal(&arena, key, part, STR("mer_1"), &plain));
    }
    EXPECT_OK(unseal(&arena, key, seal(&arena, key, STR(""), STR("")), STR(""), &plain));
    EXPECT_STR("", plain);
    arena_close(&arena);
}

TEST(a_signature_holds_for_its_message_and_its_purpose_only)
{
    uint8_t secret[SEAL_KEY_LEN] = {1};
    uint8_t signature[SIGNATURE_LEN];
    struct sign_pair pair, again, other;

    sign_pair_derive(secret, STR("seals"), &pair);
    sign_pair_derive(secret, STR("seals"), &again);
    sign_pair_derive(secret, STR("letters"), &other);
    EXPECT_TRUE(memcmp(&pair, &again, sizeof pair) == 0);
    sign_message(&pair, STR("ten points"), signature);
    EXPECT_TRUE(sign_matches(again.public_key, STR("ten points"), signature));
    EXPECT_TRUE(!sign_matches(again.public_key, STR("two points"), signature));
    EXPECT_TRUE(!sign_matches(other.public_key, STR("ten points"), signature));
    signature[SIGNATURE_LEN / 2] ^= 1;
    EXPECT_TRUE(!sign_matches(again.public_key, STR("ten points"), signature));
    sign_pair_clear(&pair);
    EXPECT_INT(0, pair.secret[0]);
}

TESTS(RUN(digests_are_those_of_the_standards), RUN(bytes_as_text_are_read_back_exactly),
      RUN(tokens_are_long_and_differ), RUN(a_password_matches_its_own_hash_only),
      RUN(what_is_sealed_opens_with_its_key_at_its_place_only),
      RUN(a_signature_holds_for_its_message_and_its_purpose_only))
