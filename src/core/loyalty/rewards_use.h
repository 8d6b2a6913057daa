/* rewards_use — what rewards.c and rewards_use.c share. For this module only. */
#pragma once
#include "core/loyalty/accounts.h"
#include "core/loyalty/rewards_store.h"

/* Errors: ERR_REWARD_UNKNOWN */
MUST_USE enum err rewards_find_row(struct ctx *ctx, reward_id id, struct reward_row *row);
/* Notes an event of a reward that moves no points: of the order it was told, or the event's. */
MUST_USE enum err rewards_note(struct ctx *ctx, const struct reward *reward,
                               struct loyalty_event *event);
/* Uses a reward of kind CREDIT that was just taken: it becomes a credit note. */
MUST_USE enum err rewards_become_credit(struct ctx *ctx, struct reward *reward);
