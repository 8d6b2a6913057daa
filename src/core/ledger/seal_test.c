/* seal_test — what is sealed is found again as it was; every change behind its back is told. */
#include "core/ledger/seal.h"
#include "core/ledger/seal_store.h"
#include "core/ledger/verify.h"
#include "db/write_lane.h"
#include "support/test.h"
#include "support/world.h"

enum { UNIT = 77, SHOP = 900, ALICE = 1001 };

static enum err
post(struct ctx *ctx, void *arg)
{
    return ledger_post(ctx, arg);
}

/* Gives Alice points of a lot of their own. */
static void
give(struct world *w, int64_t id, int64_t amount)
{
    const struct ledger_line lines[] = {
        {ALICE, BOOK_POINTS, amount, 0, LEDGER_NEVER},
        {.owner = SHOP, .book = BOOK_EARNED, .amount = -amount},
    };
    struct ledger_transfer transfer = {
        .id = {id}, .unit = UNIT, .reason = REASON_EARN, .lines = lines, .line_count = 2};

    EXPECT_OK(world_write(w, post, &transfer));
}

static struct world
shop(void)
{
    struct world w = world_open();

    WORLD_TX(&w) EXPECT_OK(ledger_open_account(&w.ctx, ALICE, BOOK_POINTS, UNIT, 0));
    return w;
}

struct adding {
    struct ledger_seal seal;
    bool added;
};

static enum err
add_body(struct ctx *ctx, void *arg)
{
    struct adding *adding = arg;

    return ledger_seal_add(ctx, &adding->seal, &adding->added);
}

static bool
add(struct world *w, const struct ledger_seal *seal)
{
    struct adding adding = {.seal = *seal};

    EXPECT_OK(world_write(w, add_body, &adding));
    return adding.added;
}

/* Seals once; gives how many transfers. */
static int64_t
seal_now(struct world *w)
{
    struct ledger_seal prepared;

    EXPECT_OK(ledger_seal_prepare(&w->ctx, &prepared));
    if (prepared.number == 0) return 0;
    EXPECT_TRUE(add(w, &prepared));
    return prepared.transfers;
}

struct heard {
    struct ledger_verified of[2];
    char differences[2][256];
    int count;
};

static void
hear(void *self, struct ctx *ctx, const struct ledger_verified *found)
{
    struct heard *heard = self;

    (void)ctx;
    EXPECT_TRUE(heard->count < 2);
    heard->of[heard->count] = *found;
    if (found->difference != NULL) {
        strncpy(heard->differences[heard->count], found->difference, 255);
    }
    heard->count++;
}

/* The wish of one who has the server key. */
static struct ledger_verify_wish
with_server_key(struct world *w)
{
    struct ledger_verify_wish wish = {.key_count = 1};
    struct sign_pair pair;

    ledger_seal_pair(world_settings(w)->server_key, &pair);
    memcpy(wish.keys[0], pair.public_key, SIGN_PUBLIC_LEN);
    return wish;
}

static struct heard
verify(struct world *w)
{
    struct ledger_verify_wish wish = with_server_key(w);
    struct heard heard = {0};

    EXPECT_OK(ledger_verify(&w->ctx, &wish, hear, &heard));
    return heard;
}

/* Five transfers under three seals, and a sixth under none. */
static struct world
sealed_shop(void)
{
    struct world w = shop();

    give(&w, 100, 10);
    give(&w, 101, 20);
    EXPECT_INT(2, seal_now(&w));
    give(&w, 102, 30);
    give(&w, 103, 40);
    EXPECT_INT(2, seal_now(&w));
    give(&w, 104, 50);
    EXPECT_INT(1, seal_now(&w));
    give(&w, 105, 60);
    return w;
}

/* Breaks something, and expects that it is told. */
static void
expect_told(const char *damage, const char *sentence)
{
    struct world w = sealed_shop();

    WORLD_TX(&w) EXPECT_OK(db_run_script(&w.ctx, damage));
    struct heard heard = verify(&w);
    EXPECT_INT(1, heard.count);
    EXPECT_STR(sentence, heard.differences[0]);
    world_close(&w);
}

TEST(leaves_and_a_root_are_as_documented)
{
    struct ledger_line earned[] = {{1001, BOOK_POINTS, 10, 100, LEDGER_NEVER},
                                   {.owner = 900, .book = BOOK_EARNED, .amount = -10}};
    struct ledger_line taken[] = {{1001, BOOK_POINTS, -4, 100, LEDGER_NEVER},
                                  {.owner = 900, .book = BOOK_TAKEN, .amount = 4}};
    const struct ledger_posting postings[] = {
        {{100}, 5, 77, REASON_EARN, INT64_C(1772445600000000), earned, 2},
        {{101}, 6, 77, REASON_TAKE, INT64_C(1772445600000001), taken, 2},
        {{102}, 9, 77, REASON_EARN, INT64_C(1772445600000002), NULL, 0},
    };
    /* Computed by another program from the words of seal.h alone. */
    static const char *const leaves[] = {
        "39b8d8d4ce7b6e6346fa18ed38917a28c5d490ed975078a2587b7e9fcfbf8bbc",
        "9b990791efbd4e1008983dcdc96869b0174d8cd1b7825ae03f72e215b60ea41b",
        "8996ff1711fee3fbac4f2933ce23470d12675aff768242d222c454a01e7bc8e2"};
    struct ledger_seal_tree tree = {0};
    uint8_t hash[HASH_LEN];
    struct arena arena;

    arena_open(&arena, 1 << 20);
    for (int i = 0; i < 3; i++) {
        ledger_seal_leaf((merchant_id){1}, &postings[i], hash);
        EXPECT_STR(leaves[i], hash_hex(&arena, hash, sizeof hash));
        ledger_seal_tree_add(&tree, hash);
    }
    ledger_seal_tree_root(&tree, hash);
    EXPECT_STR("9166abc49fca9e2701333702ae8af8f6ec72233b51e09804e2343eec4d6cf512",
               hash_hex(&arena, hash, sizeof hash));
    arena_close(&arena);
}

TEST(trees_of_every_shape_are_those_of_rfc_6962)
{
    /* Of 1 … 7 leaves, the SHA-256 of the bytes 1 … 7; computed by another program. */
    static const char *const roots[] = {
        "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",
        "bf8d1abb1be057fe7aa5f2b563025bf80bf401998db094e9318aa956bfd584bd",
        "18c447704c90c15381df6f703d364a1a0adebe830264d4e238441d735038f957",
        "0525d2198463d8828bd52cfcb26fe3c7453dbf883520a73db5c5f2c835b24d30",
        "f869ed6684aa26791693a2a3bb0c7eca72d0bedb695a7f43b5bd74d05b929264",
        "d02c157479d29fda6fc27398627c61eb16da7cf3147488f19ae035d3a0b06fba",
        "c2e4fcea47166dad170b538296fff80b35a2b26ff5d389712dca92aa18f95020"};
    struct ledger_seal_tree tree = {0};
    uint8_t hash[HASH_LEN];
    struct arena arena;

    arena_open(&arena, 1 << 20);
    for (char i = 1; i <= 7; i++) {
        hash_sha256((struct str){&i, 1}, hash);
        ledger_seal_tree_add(&tree, hash);
        ledger_seal_tree_root(&tree, hash);
        EXPECT_STR(roots[i - 1], hash_hex(&arena, hash, sizeof hash));
    }
    arena_close(&arena);
}

TEST(an_honest_chain_agrees)
{
    struct world w = sealed_shop();
    struct heard heard = verify(&w);

    EXPECT_INT(1, heard.count);
    EXPECT_STR("", heard.differences[0]);
    EXPECT_INT(3, heard.of[0].seals);
    EXPECT_INT(5, heard.of[0].transfers);
    EXPECT_INT(1, heard.of[0].unsealed);
    EXPECT_INT(3, heard.of[0].last.number);
    world_close(&w);
}

TEST(sealing_again_adds_nothing)
{
    struct world w = shop();

    EXPECT_INT(0, seal_now(&w));
    give(&w, 100, 10);
    EXPECT_INT(1, seal_now(&w));
    EXPECT_INT(0, seal_now(&w));
    EXPECT_INT(1, verify(&w).of[0].seals);
    world_close(&w);
}

TEST(a_seal_prepared_twice_is_added_once)
{
    struct world w = shop();
    struct ledger_seal mine, theirs;

    give(&w, 100, 10);
    EXPECT_OK(ledger_seal_prepare(&w.ctx, &mine));
    give(&w, 101, 10);
    EXPECT_OK(ledger_seal_prepare(&w.ctx, &theirs));
    EXPECT_TRUE(add(&w, &theirs));
    EXPECT_TRUE(!add(&w, &mine));
    EXPECT_TRUE(!add(&w, &theirs));
    struct heard heard = verify(&w);
    EXPECT_STR("", heard.differences[0]);
    EXPECT_INT(2, heard.of[0].transfers);
    world_close(&w);
}

TEST(a_seal_that_was_prepared_and_lost_is_made_again_after_a_restart)
{
    struct world w = sealed_shop();
    struct ledger_seal lost;

    EXPECT_OK(ledger_seal_prepare(&w.ctx, &lost));
    struct db *before = w.ctx.db;
    w.ctx.db = world_connect(&w, DB_READ_WRITE);
    EXPECT_INT(1, seal_now(&w));
    EXPECT_TRUE(!add(&w, &lost));
    EXPECT_STR("", verify(&w).differences[0]);
    EXPECT_INT(0, verify(&w).of[0].unsealed);
    db_close(w.ctx.db);
    w.ctx.db = before;
    world_close(&w);
}

TEST(a_transfer_committed_late_with_an_older_id_is_in_the_next_seal)
{
    struct world w = shop();

    give(&w, 100, 10);
    give(&w, 102, 10);
    EXPECT_INT(2, seal_now(&w));
    give(&w, 101, 10);
    give(&w, 50, 10);
    EXPECT_INT(2, seal_now(&w));
    struct heard heard = verify(&w);
    EXPECT_STR("", heard.differences[0]);
    EXPECT_INT(4, heard.of[0].transfers);
    EXPECT_INT(0, heard.of[0].unsealed);
    world_close(&w);
}

TEST(merchants_have_chains_of_their_own)
{
    struct world w = sealed_shop();
    merchant_id first = w.ctx.merchant;

    w.ctx.merchant = world_add_merchant(&w);
    WORLD_TX(&w) EXPECT_OK(ledger_open_account(&w.ctx, ALICE, BOOK_POINTS, UNIT, 0));
    give(&w, 100, 10);
    EXPECT_INT(1, seal_now(&w));
    WORLD_TX(&w)
    {
        struct str damage = str_format(w.ctx.arena,
                                       "UPDATE ledger_line SET amount = amount * 2"
                                       " WHERE merchant_id = %lld AND transfer_id = 102",
                                       (long long)first.v);
        EXPECT_OK(db_run_script(&w.ctx, str_z(w.ctx.arena, damage)));
    }
    struct heard heard = verify(&w);
    EXPECT_INT(2, heard.count);
    EXPECT_STR("a transfer or its lines were changed under seal 2 (sequence 3 to 4): it sealed 2,"
               " there are 2",
               heard.differences[0]);
    EXPECT_INT(1, heard.of[0].seals);
    EXPECT_STR("", heard.differences[1]);
    EXPECT_INT(1, heard.of[1].transfers);
    world_close(&w);
}

TEST(a_seal_has_a_limit_and_the_next_goes_on)
{
    struct world w = shop();

    WORLD_TX(&w)
    EXPECT_OK(db_run_script(
        &w.ctx, "INSERT INTO ledger_transfer (merchant_id, id, seq, unit, reason, at_us)"
                "  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5003)"
                " SELECT (SELECT MIN(id) FROM merchant), 10000 - i, 2 * i, 77, 1, 0 FROM n"));
    EXPECT_INT(LEDGER_SEAL_MAX, seal_now(&w));
    EXPECT_INT(3, seal_now(&w));
    EXPECT_INT(0, seal_now(&w));
    struct heard heard = verify(&w);
    EXPECT_STR("", heard.differences[0]);
    EXPECT_INT(5003, heard.of[0].transfers);
    world_close(&w);
}

TEST(every_changed_column_is_told)
{
    static const char *const damages[] = {
        "UPDATE ledger_transfer SET unit = 78 WHERE id = 102",
        "UPDATE ledger_transfer SET reason = 2 WHERE id = 102",
        "UPDATE ledger_transfer SET at_us = at_us + 1 WHERE id = 102",
        "UPDATE ledger_transfer SET id = 1020 WHERE id = 102;"
        "UPDATE ledger_line SET transfer_id = 1020 WHERE transfer_id = 102",
        "UPDATE ledger_transfer SET seq = 99 WHERE id = 102;"
        "UPDATE ledger_transfer SET seq = 3 WHERE id = 103;"
        "UPDATE ledger_transfer SET seq = 4 WHERE id = 102",
        "UPDATE ledger_line SET amount = amount * 2 WHERE transfer_id = 102",
        "UPDATE ledger_line SET owner_id = 1002 WHERE transfer_id = 102 AND line = 0",
        "UPDATE ledger_line SET book = 17 WHERE transfer_id = 102 AND line = 1",
        "UPDATE ledger_line SET lot_id = 100 WHERE transfer_id = 102 AND line = 0",
        "UPDATE ledger_line SET expires_us = 1 WHERE transfer_id = 102 AND line = 0",
        "DELETE FROM ledger_line WHERE transfer_id = 102 AND line = 1",
        "DELETE FROM ledger_line WHERE transfer_id = 102",
        "INSERT INTO ledger_line (merchant_id, transfer_id, line, owner_id, book, amount)"
        " SELECT merchant_id, transfer_id, 2, 900, 16, 5 FROM ledger_line"
        "  WHERE transfer_id = 102 AND line = 1",
        "UPDATE ledger_line SET line = 9 WHERE transfer_id = 102 AND line = 0",
    };

    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        expect_told(damages[i], "a transfer or its lines were changed under seal 2"
                                " (sequence 3 to 4): it sealed 2, there are 2");
    }
}

TEST(a_removed_transfer_is_told)
{
    expect_told("DELETE FROM ledger_line WHERE transfer_id = 101;"
                "DELETE FROM ledger_transfer WHERE id = 101",
                "a transfer was removed under seal 1 (sequence 1 to 2): it sealed 2, there are 1");
    expect_told("DELETE FROM ledger_transfer WHERE id = 104",
                "a transfer was removed under seal 3 (sequence 5 to 5): it sealed 1, there are 0");
    expect_told("UPDATE ledger_transfer SET seq = 70 WHERE id = 100",
                "a transfer was removed under seal 1 (sequence 1 to 2): it sealed 2, there are 1");
}

TEST(an_added_transfer_is_told)
{
    expect_told("INSERT INTO ledger_transfer (merchant_id, id, seq, unit, reason, at_us)"
                " SELECT merchant_id, 99, 0, unit, reason, at_us FROM ledger_transfer"
                "  WHERE id = 100",
                "a transfer was added under seal 1 (sequence 1 to 2): it sealed 2, there are 3");
}

TEST(a_transfer_added_between_two_of_a_seal_is_told)
{
    struct world w = shop();
    int64_t unused;

    give(&w, 100, 10);
    WORLD_TX(&w) EXPECT_OK(write_next_seq(&w.ctx, &unused));
    give(&w, 101, 10);
    EXPECT_INT(2, seal_now(&w));
    EXPECT_STR("", verify(&w).differences[0]);
    WORLD_TX(&w)
    EXPECT_OK(db_run_script(
        &w.ctx, "INSERT INTO ledger_transfer (merchant_id, id, seq, unit, reason, at_us)"
                " SELECT merchant_id, 99, 2, unit, reason, at_us FROM ledger_transfer"
                "  WHERE id = 100"));
    EXPECT_STR("a transfer was added under seal 1 (sequence 1 to 3): it sealed 2, there are 3",
               verify(&w).differences[0]);
    world_close(&w);
}

TEST(a_changed_seal_is_told)
{
    expect_told("UPDATE ledger_seal SET transfers = 3 WHERE number = 2",
                "seal 2 has a wrong signature");
    expect_told("UPDATE ledger_seal SET sealed_us = sealed_us - 1 WHERE number = 2",
                "seal 2 has a wrong signature");
    expect_told("UPDATE ledger_seal SET last_seq = 5 WHERE number = 2",
                "seal 2 has a wrong signature");
    expect_told("UPDATE ledger_seal SET root = (SELECT s.root FROM ledger_seal AS s"
                "                                WHERE s.number = 1) WHERE number = 2",
                "seal 2 has a wrong signature");
    expect_told("UPDATE ledger_seal SET signature = (SELECT s.signature FROM ledger_seal AS s"
                "                                     WHERE s.number = 1) WHERE number = 2",
                "seal 2 has a wrong signature");
    expect_told("UPDATE ledger_seal SET signature = root WHERE number = 2",
                "seal 2 has a wrong signature");
    expect_told("UPDATE ledger_seal SET previous = root WHERE number = 2",
                "seal 2 does not follow seal 1");
    expect_told("UPDATE ledger_seal SET public_key = signature WHERE number = 1",
                "seal 1 was made with another key: "
                "0000000000000000000000000000000000000000000000000000000000000000");
}

TEST(removed_and_reordered_seals_are_told)
{
    expect_told("DELETE FROM ledger_seal WHERE number = 2", "seal 2 is missing");
    expect_told("DELETE FROM ledger_seal WHERE number = 1", "seal 1 is missing");
    expect_told("UPDATE ledger_seal SET number = 9 WHERE number = 2;"
                "UPDATE ledger_seal SET number = 2 WHERE number = 3;"
                "UPDATE ledger_seal SET number = 3 WHERE number = 9",
                "seal 2 does not follow seal 1");
    expect_told("DELETE FROM ledger_seal WHERE number = 2;"
                "UPDATE ledger_seal SET number = 2 WHERE number = 3",
                "seal 2 does not follow seal 1");
}

/* Without the noted hash, it is as if nothing behind seal 2 had been sealed yet. */
TEST(a_chain_cut_short_is_told_by_a_noted_hash)
{
    struct world w = sealed_shop();
    struct ledger_verify_wish wish = with_server_key(&w);
    struct heard heard = verify(&w);

    memcpy(wish.noted, heard.of[0].last_hash, HASH_LEN);
    heard = (struct heard){0};
    EXPECT_OK(ledger_verify(&w.ctx, &wish, hear, &heard));
    EXPECT_TRUE(heard.of[0].has_noted);
    WORLD_TX(&w) EXPECT_OK(db_run_script(&w.ctx, "DELETE FROM ledger_seal WHERE number = 3"));
    EXPECT_INT(2, seal_now(&w));
    heard = (struct heard){0};
    EXPECT_OK(ledger_verify(&w.ctx, &wish, hear, &heard));
    EXPECT_STR("", heard.differences[0]);
    EXPECT_TRUE(!heard.of[0].has_noted);
    world_close(&w);
}

TEST(seals_of_another_server_key_are_told_unless_it_is_known)
{
    struct world w = sealed_shop();
    struct ledger_verify_wish wish = with_server_key(&w);
    struct heard heard = {0};
    uint8_t noted[SIGN_PUBLIC_LEN];
    bool found;

    EXPECT_OK(ledger_seal_find_key(&w.ctx, noted, &found));
    EXPECT_TRUE(found);
    EXPECT_TRUE(memcmp(noted, wish.keys[0], sizeof noted) == 0);
    memset(world_settings(&w)->server_key, 8, sizeof world_settings(&w)->server_key);
    EXPECT_INT(1, seal_now(&w));
    EXPECT_TRUE(
        str_starts(str_of(verify(&w).differences[0]), STR("seal 1 was made with another key: ")));
    EXPECT_OK(ledger_seal_find_key(&w.ctx, wish.keys[1], &found));
    EXPECT_TRUE(memcmp(noted, wish.keys[1], sizeof noted) != 0);
    wish.key_count = 2;
    EXPECT_OK(ledger_verify(&w.ctx, &wish, hear, &heard));
    EXPECT_STR("", heard.differences[0]);
    EXPECT_INT(4, heard.of[0].seals);
    world_close(&w);
}

TEST(before_the_first_seal_all_is_unsealed)
{
    struct world w = shop();
    uint8_t key[SIGN_PUBLIC_LEN];
    bool found;

    give(&w, 100, 10);
    struct heard heard = verify(&w);
    EXPECT_STR("", heard.differences[0]);
    EXPECT_INT(1, heard.of[0].unsealed);
    EXPECT_INT(0, heard.of[0].last.number);
    EXPECT_OK(ledger_seal_find_key(&w.ctx, key, &found));
    EXPECT_TRUE(!found);
    world_close(&w);
}

TESTS(RUN(leaves_and_a_root_are_as_documented), RUN(trees_of_every_shape_are_those_of_rfc_6962),
      RUN(an_honest_chain_agrees), RUN(sealing_again_adds_nothing),
      RUN(a_seal_prepared_twice_is_added_once),
      RUN(a_seal_that_was_prepared_and_lost_is_made_again_after_a_restart),
      RUN(a_transfer_committed_late_with_an_older_id_is_in_the_next_seal),
      RUN(merchants_have_chains_of_their_own), RUN(a_seal_has_a_limit_and_the_next_goes_on),
      RUN(every_changed_column_is_told), RUN(a_removed_transfer_is_told),
      RUN(an_added_transfer_is_told), RUN(a_transfer_added_between_two_of_a_seal_is_told),
      RUN(a_changed_seal_is_told), RUN(removed_and_reordered_seals_are_told),
      RUN(a_chain_cut_short_is_told_by_a_noted_hash),
      RUN(seals_of_another_server_key_are_told_unless_it_is_known),
      RUN(before_the_first_seal_all_is_unsealed))
