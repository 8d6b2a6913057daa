/* merge_rights_test — what a person may ask for who was merged: all that is known, and to be
 * erased, also in what is restored from when they were one. */
#include "core/customers/merges.h"
#include "core/customers/search.h"
#include "core/people/erasure.h"
#include "core/people/export.h"
#include "core/people/merge.h"
#include "core/people/people.h"
#include "support/test.h"
#include "support/world.h"

struct family {
    struct world w;
    customer_id anna, bea, cleo;
};

static customer_id
add(struct world *w, const char *name, const char *phone)
{
    struct customer customer = {.given_name = str_of(name), .phone = str_of(phone)};

    WORLD_TX(w) EXPECT_OK(customers_add(&w->ctx, &customer));
    return customer.id;
}

static struct family
open_family(void)
{
    struct family family = {.w = world_open()};

    family.anna = add(&family.w, "Anna", "+33612345601");
    family.bea = add(&family.w, "Beatrix", "+33612345602");
    family.cleo = add(&family.w, "Cleopatra", "+33612345603");
    return family;
}

struct joining {
    customer_id survivor, merged;
    struct merge_done done;
};

static enum err
run_merge(struct ctx *ctx, void *arg)
{
    struct joining *joining = arg;
    const struct merge_order order = {joining->survivor, joining->merged, STR("")};

    return people_merge(ctx, &order, &joining->done);
}

static merge_id
merge(struct family *family, customer_id survivor, customer_id merged)
{
    struct joining joining = {survivor, merged, {{{0}}}};

    EXPECT_OK(world_write(&family->w, run_merge, &joining));
    return joining.done.merge.id;
}

static enum err
run_unmerge(struct ctx *ctx, void *arg)
{
    struct merge_done done;

    return people_unmerge(ctx, *(merge_id *)arg, &done);
}

/* ---- erased again ---- */

static enum err
run_replay(struct ctx *ctx, void *arg)
{
    int64_t after = 0;

    return erasure_replay(ctx, arg, &after);
}

/* What was erased after the backup that this world is; gives how many are erased again. */
static int64_t
replay(struct family *family, const customer_id *erased, int count)
{
    struct erasure journal[3];
    struct erasure_replay replay = {.journal = journal, .count = count};

    for (int i = 0; i < count; i++) {
        journal[i] = (struct erasure){.merchant = family->w.ctx.merchant, .at_us = 1};
        erasure_hash(family->w.ctx.merchant, erased[i], journal[i].hash);
    }
    EXPECT_OK(world_write(&family->w, run_replay, &replay));
    return replay.erased;
}

static const char *
name_of(struct family *family, customer_id id)
{
    struct customer customer;

    enum err err = customers_find(&family->w.ctx, id, &customer);
    return err == OK ? str_z(family->w.ctx.arena, customer.given_name) : err_name(err);
}

static int
count_persons(struct family *family, customer_id id)
{
    struct customer *persons;
    int count;

    EXPECT_OK(customer_merges_list_persons(&family->w.ctx, id, &persons, &count));
    return count;
}

TEST(who_was_erased_alone_goes_from_a_backup_in_which_they_are_a_part)
{
    struct family family = open_family();

    merge(&family, family.anna, family.bea);
    world_advance(&family.w, 40 * INT64_C(86400000000)); /* a backup may be old */
    EXPECT_INT(1, replay(&family, &family.bea, 1));
    EXPECT_STR("Anna", str_of(name_of(&family, family.anna)));
    EXPECT_STR("CUSTOMER_UNKNOWN", str_of(name_of(&family, family.bea)));
    EXPECT_INT(0, count_persons(&family, family.anna));
    world_close(&family.w);
}

TEST(a_part_of_a_part_comes_apart_from_both)
{
    struct family family = open_family();

    merge(&family, family.bea, family.cleo);
    merge(&family, family.anna, family.bea);
    EXPECT_INT(1, replay(&family, &family.cleo, 1));
    EXPECT_STR("Anna", str_of(name_of(&family, family.anna)));
    EXPECT_STR("Beatrix", str_of(name_of(&family, family.bea)));
    EXPECT_STR("CUSTOMER_UNKNOWN", str_of(name_of(&family, family.cleo)));
    EXPECT_INT(0, count_persons(&family, family.bea));
    world_close(&family.w);
}

TEST(who_is_named_with_their_parts_goes_as_one)
{
    struct family family = open_family();

    merge(&family, family.bea, family.anna);
    merge(&family, family.bea, family.cleo);
    EXPECT_INT(1, replay(&family, (customer_id[]){family.anna, family.bea, family.cleo}, 3));
    EXPECT_STR("CUSTOMER_UNKNOWN", str_of(name_of(&family, family.anna)));
    EXPECT_STR("CUSTOMER_UNKNOWN", str_of(name_of(&family, family.bea)));
    EXPECT_STR("CUSTOMER_UNKNOWN", str_of(name_of(&family, family.cleo)));
    world_close(&family.w);
}

/* ---- told ---- */

static bool
is_told(struct family *family, customer_id id, const char *what)
{
    struct dossier dossier;

    EXPECT_OK(people_export_customer(&family->w.ctx, id, STR("fr"), &dossier));
    return strstr(str_z(family->w.ctx.arena, dossier_json(&dossier)), what) != NULL;
}

TEST(who_was_merged_is_told_as_they_were_while_that_is_kept)
{
    struct family family = open_family();
    merge_id id = merge(&family, family.anna, family.bea);

    EXPECT_TRUE(is_told(&family, family.anna, "Beatrix"));
    EXPECT_TRUE(is_told(&family, family.anna, "+33612345602"));
    EXPECT_TRUE(is_told(&family, family.bea, "+33612345601")); /* their id leads to Anna */
    EXPECT_OK(world_write(&family.w, run_unmerge, &id));
    EXPECT_TRUE(!is_told(&family, family.anna, "Beatrix"));
    EXPECT_TRUE(!is_told(&family, family.anna, "+33612345602"));
    EXPECT_TRUE(!is_told(&family, family.bea, "+33612345601"));
    world_close(&family.w);
}

/* ---- asked ---- */

static void
say(struct family *family, customer_id id, const char *state)
{
    const struct consent consent = {.customer = id,
                                    .purpose = STR("marketing"),
                                    .state = str_of(state),
                                    .notice_version = STR("1"),
                                    .language = STR("fr")};

    WORLD_TX(&family->w) EXPECT_OK(consents_add(&family->w.ctx, &consent));
}

/* How many are found who last said so. */
static int
count_who_said(struct family *family, const char *state)
{
    const struct customer_query query = {
        .consent_purpose = STR("marketing"), .consent_state = str_of(state), .limit = 10};
    customer_id *found;
    int count;

    EXPECT_OK(customers_list_ids(&family->w.ctx, &query, 10, &found, &count));
    return count;
}

TEST(who_withdrew_as_a_part_is_not_among_those_who_agreed)
{
    struct family family = open_family();

    say(&family, family.anna, "given");
    say(&family, family.bea, "withdrawn");
    say(&family, family.cleo, "given");
    EXPECT_INT(2, count_who_said(&family, "given"));
    merge_id id = merge(&family, family.anna, family.bea);
    EXPECT_INT(1, count_who_said(&family, "given")); /* Cleo */
    say(&family, family.anna, "given");              /* by now, knowing */
    EXPECT_INT(2, count_who_said(&family, "given"));
    EXPECT_OK(world_write(&family.w, run_unmerge, &id));
    EXPECT_INT(2, count_who_said(&family, "given"));
    EXPECT_INT(1, count_who_said(&family, "withdrawn"));
    world_close(&family.w);
}

TESTS(RUN(who_withdrew_as_a_part_is_not_among_those_who_agreed),
      RUN(who_was_erased_alone_goes_from_a_backup_in_which_they_are_a_part),
      RUN(a_part_of_a_part_comes_apart_from_both), RUN(who_is_named_with_their_parts_goes_as_one),
      RUN(who_was_merged_is_told_as_they_were_while_that_is_kept))
