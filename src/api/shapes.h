/*
 * shapes — how each object looks in JSON: one function per object, used by every reply that has it.
 *
 * Square's fields with Square's names where Square has the object; what is ours is added, never
 * renamed. key may be NULL inside an array. Empty texts and absent times are left out.
 */
#pragma once
#include "base/json.h"
#include "core/credit/credit.h"
#include "core/customers/customers.h"
#include "core/files/files.h"
#include "core/loyalty/accounts.h"
#include "core/loyalty/promotions.h"
#include "core/loyalty/rewards.h"
#include "core/merchants/merchants.h"
#include "core/orders/orders.h"
#include "core/orders/sheets.h"
#include "core/team/tablets.h"
#include "core/team/team.h"

void json_put_customer_fields(struct json_out *out, const struct customer *customer);
/* The array "cards" of a customer. */
MUST_USE enum err json_put_cards(struct ctx *ctx, struct json_out *out, customer_id customer);
void json_put_customer(struct json_out *out, const char *key, const struct customer *customer);

/* A location's business is its merchant. */
void json_put_location(struct json_out *out, const char *key, const struct merchant *merchant,
                       const struct location *location);
/* files: where the reader finds the merchant's files, "/v2/files" or "/v2/tablet/files". */
void json_put_merchant(struct json_out *out, const char *key, const struct merchant *merchant,
                       const char *files);
/* The same into an object that has more. */
void json_put_merchant_fields(struct json_out *out, const struct merchant *merchant,
                              const char *files);
void json_put_file(struct json_out *out, const char *key, const struct file *file);
/* Where those find files who are not tablets, and where tablets do: their cookie is sent there. */
#define FILES_PATH        "/v2/files"
#define TABLET_FILES_PATH "/v2/tablet/files"

/* Where a program counts and in which currency: what its JSON needs besides itself. */
struct program_place {
    struct str currency;
    const struct location *locations;
    int location_count;
};
void json_put_program(struct json_out *out, const char *key, const struct program *program,
                      const struct program_place *place);
void json_put_accrual_rule(struct json_out *out, const char *key, const struct accrual_rule *rule,
                           struct str currency);
/* points, promotion_points and the array "explanation", inside an object. */
struct earning_told;
void json_put_earning_fields(struct json_out *out, const struct earning_told *told,
                             struct str currency);
/* "program": what there is now under this id, 0 being the main one. Errors: ERR_PROGRAM_UNKNOWN */
MUST_USE enum err json_put_program_found(struct ctx *ctx, struct json_out *out, program_id id);
/* One of its tiers. */
void json_put_tier(struct json_out *out, const char *key, const struct reward_tier *tier,
                   struct str currency);
/* What a reward of a tier is good for, inside an object: kind, percentage, amount_money … */
void json_put_tier_terms(struct json_out *out, const struct reward_tier *tier, struct str currency);
/* What a promotion's JSON needs besides itself: its status is of the day. */
struct promotion_place {
    struct str currency;
    int64_t today; /* of zone.h, where the merchant is */
};
void json_put_promotion(struct json_out *out, const char *key, const struct promotion *promotion,
                        const struct promotion_place *place);
const char *promotion_status_name(enum promotion_status status); /* "ACTIVE" */
struct str program_type_name(enum program_type type);            /* "stamps" */
void json_put_terminology(struct json_out *out, const struct program *program);

/* What expires or is pending is read here. Cost: two queries, three with what is pending.
 * Errors: those of ledger_list_deadlines */
MUST_USE enum err json_put_account(struct ctx *ctx, struct json_out *out, const char *key,
                                   const struct loyalty_account *account);
/* The same, inside an object that has more. */
MUST_USE enum err json_put_account_fields(struct ctx *ctx, struct json_out *out,
                                          const struct loyalty_account *account);
/* What a screen calls a program, inside an object: id, name, type, terminology. */
void json_put_program_fields(struct json_out *out, const struct program *program);
const char *api_actor_kind_name(enum actor_kind kind); /* "STAFF" */
void json_put_event(struct json_out *out, const char *key, const struct loyalty_event *event);
/* What else staff are told of an event. */
struct event_beside {
    struct str actor_name; /* empty: not told */
    bool is_return;        /* an order took points back: */
    struct order_return back;
};
void json_put_event_seen(struct json_out *out, const char *key, const struct loyalty_event *event,
                         const struct event_beside *beside);

/* ---- rewards, credit notes: reward_shapes.c ---- */
void json_put_reward(struct json_out *out, const char *key, const struct reward *reward,
                     struct str currency);
/* "reward", and the "credit_note" that it became just now. Errors: those of merchants_find */
MUST_USE enum err json_put_reward_done(struct ctx *ctx, struct json_out *out,
                                       const struct reward *reward);
const char *reward_status_name(enum reward_status status);
void json_put_credit_note(struct json_out *out, const char *key, const struct credit_note *note,
                          struct str currency);
/* "credit_notes": of a customer. */
MUST_USE enum err json_put_credit_notes(struct ctx *ctx, struct json_out *out, customer_id customer,
                                        enum credit_which which);

/* "pending_points" of an account and, where there are any, "pending". */
MUST_USE enum err json_put_pending(struct ctx *ctx, struct json_out *out, account_id account);

/* What a claimer may see, inside an object: their points, never who they are. */
void json_put_claim_fields(struct json_out *out, const struct claim *claim);
/* "pending_until" and "others", inside an object: each left out when there is nothing to tell. */
void json_put_settled(struct json_out *out, const struct settled *settled);
/* next_reward and reward_available, inside an object; null where there is none. */
void json_put_reach(struct json_out *out, const struct claim *claim);
/* An order as staff see it, inside an object; our till is named in this language. */
void json_put_order_fields(struct json_out *out, const struct order_sheet *sheet,
                           struct str language);
/* An order as member "order"; whose it is. Errors: ERR_ORDER_UNKNOWN */
MUST_USE enum err json_put_order(struct ctx *ctx, struct json_out *out, order_id id,
                                 customer_id *about);
/* Inside an order: "undo_until" where ctx->actor may, and who made it "void", and why. */
MUST_USE enum err json_put_order_undoing(struct ctx *ctx, struct json_out *out,
                                         const struct order_sheet *sheet);
/* One of an order's refunds, as Square has them, or "refunds", all of them. */
MUST_USE enum err json_put_refund(struct ctx *ctx, struct json_out *out, const struct order *order,
                                  const struct order_refund_seen *refund);
MUST_USE enum err json_put_refunds(struct ctx *ctx, struct json_out *out,
                                   const struct order *order);
/* How much of which lines refunds gave back, or would. */
void json_put_returned(struct json_out *out, const char *key, const struct pos_refund_line *lines,
                       int count, struct str currency);
/* What was taken off an order, or would be, inside an object. */
void json_put_discount_fields(struct json_out *out, const struct order_discount *discount,
                              struct str currency);
/* "notice": what a new customer is shown, in the merchant's language. */
/* What a new customer is told, in this language. */
MUST_USE enum err json_put_notice(struct ctx *ctx, struct json_out *out, struct str language);

/* As the counter tablet sees it: no name, no goods. */
void json_put_waiting_order(struct json_out *out, const char *key, const struct order *order);
/* Where a tablet stands, and the register whose orders it shows; 0: none. */
struct tablet_place {
    struct location location;
    struct shop_register reg;
};
/* Errors: those of locations_find, registers_find */
MUST_USE enum err tablet_place_find(struct ctx *ctx, const struct tablet *tablet,
                                    struct tablet_place *place);
/* Its members, inside an object. */
void json_put_tablet_fields(struct json_out *out, const struct tablet *tablet,
                            const struct tablet_place *place);
/* With its location and register read. Errors: those of locations_find, registers_find */
MUST_USE enum err json_put_tablet(struct ctx *ctx, struct json_out *out, const char *key,
                                  const struct tablet *tablet);
/* An array of the names of these PERM_* bits. */
void json_put_permissions(struct json_out *out, const char *key, uint64_t permissions);
