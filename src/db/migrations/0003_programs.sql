-- 0003_programs: programs, accrual and rewards in full. Conventions: 0001_bones.sql.

-- ---------------------------------------------------------------- orders
-- What of the catalog a line was, found when the order came; NULL: nothing that we know.
ALTER TABLE order_line ADD COLUMN variation_id BIGINT;
ALTER TABLE order_line ADD COLUMN category_id BIGINT;
ALTER TABLE order_line ADD COLUMN tax_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_line ADD COLUMN discount_minor BIGINT NOT NULL DEFAULT 0; -- its part of what was taken off the order
ALTER TABLE order_head ADD COLUMN discount_minor BIGINT NOT NULL DEFAULT 0; -- taken off before the total

CREATE TABLE order_refund_line (               -- which lines a refund gave back, where it is told
    merchant_id    BIGINT NOT NULL,
    integration_id BIGINT NOT NULL,
    vendor_refund  TEXT   NOT NULL,
    line           BIGINT NOT NULL,            -- of the order
    amount_minor   BIGINT NOT NULL CHECK (amount_minor >= 0),
    PRIMARY KEY (merchant_id, integration_id, vendor_refund, line)
) /*sqlite:WITHOUT ROWID*/;

-- What customers paid with that was not money: each given back when the order is undone.
CREATE TABLE order_discount (
    merchant_id  BIGINT NOT NULL,
    order_id     BIGINT NOT NULL,
    position     BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('reward', 'credit', 'credit_note')),
    subject_id   BIGINT NOT NULL,              -- reward, loyalty account, credit note
    amount_minor BIGINT NOT NULL CHECK (amount_minor >= 0),
    transfer_id  BIGINT,                       -- that spent it; NULL for a reward
    returned_id  BIGINT,                       -- its reverse, when the order was undone
    returned_us  BIGINT,
    PRIMARY KEY (merchant_id, order_id, position)
) /*sqlite:WITHOUT ROWID*/;

-- ---------------------------------------------------------------- programs
ALTER TABLE program ADD COLUMN ends_on BIGINT NOT NULL DEFAULT 0;        -- the last day it earns, days since 1970; 0: none
ALTER TABLE program ADD COLUMN closing_us BIGINT;                        -- being deleted: what is left expires then
ALTER TABLE program ADD COLUMN closed_us BIGINT;                         -- deleted
ALTER TABLE program ADD COLUMN emptied_id BIGINT NOT NULL DEFAULT 0;     -- while it closes: accounts up to this one have no points left
ALTER TABLE program ADD COLUMN ripen_days BIGINT NOT NULL DEFAULT 0;     -- points are pending for so long
ALTER TABLE program ADD COLUMN notice_days BIGINT NOT NULL DEFAULT 30;   -- told so long before points expire
ALTER TABLE program ADD COLUMN cap_purchase BIGINT NOT NULL DEFAULT 0;   -- points at most; 0: any
ALTER TABLE program ADD COLUMN cap_day BIGINT NOT NULL DEFAULT 0;
ALTER TABLE program ADD COLUMN cap_month BIGINT NOT NULL DEFAULT 0;
ALTER TABLE program ADD COLUMN visits_day BIGINT NOT NULL DEFAULT 0;     -- earnings a day at most; 0: any
ALTER TABLE program ADD COLUMN cooldown_minutes BIGINT NOT NULL DEFAULT 0; -- from one earning to the next
ALTER TABLE program ADD COLUMN value_minor BIGINT NOT NULL DEFAULT 0;    -- what value_points are worth, for the books;
ALTER TABLE program ADD COLUMN value_points BIGINT NOT NULL DEFAULT 0;   -- 0: by its best reward

CREATE TABLE accrual_rule_all (                -- of one version of a program; never changed
    merchant_id  BIGINT NOT NULL,
    program_id   BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    position     BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('VISIT', 'SPEND', 'ITEM_VARIATION', 'CATEGORY')),
    points       BIGINT NOT NULL CHECK (points BETWEEN 1 AND 1000000),
    amount_minor BIGINT NOT NULL,              -- SPEND: per this much; VISIT: at least this much
    tax_mode     TEXT   NOT NULL CHECK (tax_mode IN ('BEFORE_TAX', 'AFTER_TAX')),
    PRIMARY KEY (merchant_id, program_id, version, position)
) /*sqlite:WITHOUT ROWID*/;
INSERT INTO accrual_rule_all SELECT merchant_id, program_id, version, position, kind, points, amount_minor, tax_mode
  FROM accrual_rule;
DROP TABLE accrual_rule;
ALTER TABLE accrual_rule_all RENAME TO accrual_rule;

-- What of an order a rule counts: these articles and categories, or all but these; no rows: all.
CREATE TABLE accrual_scope (
    merchant_id BIGINT  NOT NULL,
    program_id  BIGINT  NOT NULL,
    version     BIGINT  NOT NULL,
    position    BIGINT  NOT NULL,              -- the rule's
    kind        TEXT    NOT NULL CHECK (kind IN ('variation', 'category')),
    object_id   BIGINT  NOT NULL,
    excluded    BOOLEAN NOT NULL,
    PRIMARY KEY (merchant_id, program_id, version, position, kind, object_id)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE loyalty_promotion (
    merchant_id    BIGINT NOT NULL,
    id             BIGINT NOT NULL,
    program_id     BIGINT NOT NULL,
    name           TEXT   NOT NULL,
    incentive      TEXT   NOT NULL CHECK (incentive IN ('POINTS_MULTIPLIER', 'POINTS_ADDITION')),
    multiplier     BIGINT NOT NULL,            -- thousandths: 3000 is three times; 0: an addition
    addition       BIGINT NOT NULL,
    start_on       BIGINT NOT NULL,            -- days where the merchant is, since 1970
    end_on         BIGINT NOT NULL DEFAULT 0,  -- the last day; 0: none
    minimum_minor  BIGINT NOT NULL DEFAULT 0,
    limit_times    BIGINT NOT NULL DEFAULT 0,  -- for each customer; 0: any
    limit_interval TEXT   NOT NULL DEFAULT '' CHECK (limit_interval IN ('', 'ALL_TIME', 'DAY')),
    canceled_us    BIGINT,
    created_us     BIGINT NOT NULL,
    updated_us     BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX loyalty_promotion_by_program ON loyalty_promotion (merchant_id, program_id, id);

CREATE TABLE promotion_period (                -- times of the week; no rows: always
    merchant_id  BIGINT NOT NULL,
    promotion_id BIGINT NOT NULL,
    position     BIGINT NOT NULL,
    starts_us    BIGINT NOT NULL,              -- the first time, local: what an iCalendar VEVENT calls DTSTART
    lasts_us     BIGINT NOT NULL,              -- DURATION
    days         BIGINT NOT NULL,              -- RRULE: of the week that it comes back on, bit 0 is Monday; 0: once
    until_us     BIGINT NOT NULL,              -- RRULE's UNTIL, local; 0: no end
    PRIMARY KEY (merchant_id, promotion_id, position)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE promotion_scope (                 -- what has to be bought; no rows: anything
    merchant_id  BIGINT NOT NULL,
    promotion_id BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('variation', 'category')),
    object_id    BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, promotion_id, kind, object_id)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE promotion_use (                   -- counted where a promotion has a limit
    merchant_id  BIGINT NOT NULL,
    promotion_id BIGINT NOT NULL,
    account_id   BIGINT NOT NULL,
    day          BIGINT NOT NULL,              -- 20261122; 0: all time
    times        BIGINT NOT NULL CHECK (times >= 0),
    PRIMARY KEY (merchant_id, promotion_id, account_id, day)
) /*sqlite:WITHOUT ROWID*/;

-- ---------------------------------------------------------------- what an order earned, and why
ALTER TABLE earning ADD COLUMN ripe_us BIGINT;                            -- its points are pending until then; NULL: they are not
ALTER TABLE earning ADD COLUMN promotion_id BIGINT;                       -- that gave points, too
ALTER TABLE earning ADD COLUMN promotion_points BIGINT NOT NULL DEFAULT 0; -- of the points
ALTER TABLE earning ADD COLUMN counted_day BIGINT NOT NULL DEFAULT 0;     -- whose limits it counts for, 20261122; 0: none
CREATE INDEX earning_pending ON earning (merchant_id, ripe_us) WHERE ripe_us IS NOT NULL;
CREATE INDEX earning_pending_of ON earning (merchant_id, account_id, ripe_us) WHERE ripe_us IS NOT NULL;

CREATE TABLE earning_part (                    -- what each rule, and the promotion, made of the order
    merchant_id   BIGINT NOT NULL,
    order_id      BIGINT NOT NULL,
    program_id    BIGINT NOT NULL,
    position      BIGINT NOT NULL,
    rule_position BIGINT,                      -- of the earning's version; NULL: the promotion
    basis         BIGINT NOT NULL,             -- what it counted: minor units, or articles
    refunded      BIGINT NOT NULL,             -- of that
    points        BIGINT NOT NULL,             -- after caps
    capped        BIGINT NOT NULL,             -- what caps took off
    reason        TEXT   NOT NULL DEFAULT '',  -- why it gave nothing, or less: 'CAP_DAY'; enum accrual_reason
    PRIMARY KEY (merchant_id, order_id, program_id, position)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE earning_count (                   -- where a program has caps or a cooldown
    merchant_id BIGINT NOT NULL,
    account_id  BIGINT NOT NULL,
    period      BIGINT NOT NULL,               -- a day 20261122, or a month 202611
    points      BIGINT NOT NULL,               -- earned less taken back
    times       BIGINT NOT NULL,
    last_us     BIGINT NOT NULL,               -- when the last of its orders was closed
    PRIMARY KEY (merchant_id, account_id, period)
) /*sqlite:WITHOUT ROWID*/;

-- ---------------------------------------------------------------- rewards
ALTER TABLE reward_tier ADD COLUMN kind TEXT NOT NULL DEFAULT 'other'
    CHECK (kind IN ('other', 'percentage', 'amount', 'item', 'credit'));
ALTER TABLE reward_tier ADD COLUMN value BIGINT NOT NULL DEFAULT 0;         -- percentage: millionths; amount, credit: minor units
ALTER TABLE reward_tier ADD COLUMN max_minor BIGINT NOT NULL DEFAULT 0;     -- percentage, item: at most this much off; 0: any
ALTER TABLE reward_tier ADD COLUMN minimum_minor BIGINT NOT NULL DEFAULT 0; -- of the purchase it is used on
ALTER TABLE reward_tier ADD COLUMN valid_days BIGINT NOT NULL DEFAULT 0;    -- after taking; 0: without end
ALTER TABLE reward_tier ADD COLUMN stock BIGINT CHECK (stock >= 0);         -- left; NULL: any
ALTER TABLE reward_tier ADD COLUMN per_customer BIGINT NOT NULL DEFAULT 0;  -- taken at most; 0: any

CREATE TABLE reward_tier_object (              -- what is free, or what a discount is for; no rows: all
    merchant_id BIGINT NOT NULL,
    tier_id     BIGINT NOT NULL,
    kind        TEXT   NOT NULL CHECK (kind IN ('variation', 'category')),
    object_id   BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, tier_id, kind, object_id)
) /*sqlite:WITHOUT ROWID*/;

ALTER TABLE reward ADD COLUMN code TEXT NOT NULL DEFAULT '';       -- 26 characters of base 32: 128 random bits; '': made before there were
ALTER TABLE reward ADD COLUMN expires_us BIGINT;                   -- NULL: never
ALTER TABLE reward ADD COLUMN expired_us BIGINT;                   -- DELETED by that
ALTER TABLE reward ADD COLUMN used_order_id BIGINT;                -- the order it was used on
CREATE UNIQUE INDEX reward_by_code ON reward (merchant_id, code) WHERE code <> '';
CREATE INDEX reward_by_used_order ON reward (merchant_id, used_order_id) WHERE used_order_id IS NOT NULL;
CREATE INDEX reward_by_end ON reward (merchant_id, expires_us) WHERE expires_us IS NOT NULL AND status = 'ISSUED';

CREATE TABLE credit_note (                     -- an "avoir"; its balance is in the ledger, book money, owner id
    merchant_id  BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    customer_id  BIGINT,                       -- NULL: whoever has the code
    code         TEXT   NOT NULL,              -- 26 characters of base 32: 128 random bits
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    reason       TEXT   NOT NULL CHECK (reason IN ('refund', 'reward', 'gesture')),
    note         TEXT   NOT NULL DEFAULT '',   -- personal: free text
    order_id     BIGINT,                       -- that was refunded
    reward_id    BIGINT,                       -- that became it
    expires_us   BIGINT,                       -- NULL: never
    ended_us     BIGINT,                       -- expired or withdrawn; NULL: it counts
    created_us   BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX credit_note_by_code ON credit_note (merchant_id, code);
CREATE INDEX credit_note_by_customer ON credit_note (merchant_id, customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX credit_note_by_end ON credit_note (merchant_id, expires_us) WHERE expires_us IS NOT NULL AND ended_us IS NULL;

-- ---------------------------------------------------------------- what a shop owes its customers
-- Counted from the ledger, and nowhere else: see src/core/insight/liability.h. All of a merchant's
-- transfers up to liability_mark.seq are in these days; audit counts them anew.
CREATE TABLE liability_day (
    merchant_id BIGINT NOT NULL,
    unit        BIGINT NOT NULL,               -- a program's points; a currency's number: credit notes
    day         BIGINT NOT NULL,               -- days since 1970-01-01 in the mark's zone
    issued      BIGINT NOT NULL,               -- issued - redeemed - expired - returned + adjusted
    redeemed    BIGINT NOT NULL,               -- is how the balances moved that day
    expired     BIGINT NOT NULL,
    returned    BIGINT NOT NULL,
    adjusted    BIGINT NOT NULL,
    owed        BIGINT NOT NULL,               -- growth of what customers owe; in the balances
    pending     BIGINT NOT NULL,               -- growth of what is pending; not in them
    PRIMARY KEY (merchant_id, unit, day)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE liability_mark (                  -- how far a merchant's transfers are counted
    merchant_id BIGINT NOT NULL PRIMARY KEY,
    seq         BIGINT NOT NULL,               -- merchant_seq of the last one
    time_zone   TEXT   NOT NULL                -- whose days: when the merchant's is another, it is begun anew
) /*sqlite:WITHOUT ROWID*/;
