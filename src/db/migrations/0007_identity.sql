-- 0007_identity: two customers become one, and two again; a credit that moves to another customer.
-- Conventions: 0001_bones.sql.

-- ---------------------------------------------------------------- who is who
CREATE TABLE customer_merge (                  -- one customer's things became another's
    merchant_id BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    survivor_id BIGINT NOT NULL,
    merged_id   BIGINT NOT NULL,               -- has no row in customer while the merge stands
    actor_kind  BIGINT NOT NULL,
    actor_id    BIGINT NOT NULL,
    at_us       BIGINT NOT NULL,
    undone_us   BIGINT,                        -- NULL: it stands
    final_us    BIGINT,                        -- cannot be undone since: its persons are forgotten; NULL: it can
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX customer_merge_by_survivor ON customer_merge (merchant_id, survivor_id, id);
-- Nobody is merged twice.
CREATE UNIQUE INDEX customer_merge_standing ON customer_merge (merchant_id, merged_id)
    WHERE undone_us IS NULL;
CREATE INDEX customer_merge_undoable ON customer_merge (merchant_id, at_us)
    WHERE final_us IS NULL;

-- Where the id of somebody who was merged leads; one step, however often the survivor was merged.
CREATE TABLE customer_alias (
    merchant_id BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX customer_alias_by_customer ON customer_alias (merchant_id, customer_id);

-- Both persons as they were, for as long as a merge can be undone: the columns of customer.
CREATE TABLE customer_merge_person (
    merchant_id  BIGINT NOT NULL,
    merge_id     BIGINT NOT NULL,
    customer_id  BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    given_name   TEXT   NOT NULL,              -- personal
    family_name  TEXT   NOT NULL,              -- personal
    company_name TEXT   NOT NULL,              -- personal
    nickname     TEXT   NOT NULL,              -- personal
    email        TEXT   NOT NULL,              -- personal
    phone        TEXT   NOT NULL,              -- personal
    birthday     TEXT   NOT NULL,              -- personal
    address      TEXT   NOT NULL,              -- personal
    note         TEXT   NOT NULL,              -- personal
    reference_id TEXT   NOT NULL,
    source       TEXT   NOT NULL,
    created_us   BIGINT NOT NULL,
    updated_us   BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, merge_id, customer_id)
) /*sqlite:WITHOUT ROWID*/;

-- What a merge gave the survivor, for as long as it can be undone.
CREATE TABLE customer_merge_part (
    merchant_id BIGINT NOT NULL,
    merge_id    BIGINT NOT NULL,
    kind        TEXT   NOT NULL                -- 'survivor_tag': one that the survivor had before
        CHECK (kind IN ('order', 'reward', 'credit_note', 'tag', 'survivor_tag')),
    object_id   BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, merge_id, kind, object_id)
) /*sqlite:WITHOUT ROWID*/;

-- ---------------------------------------------------------------- loyalty
-- The account that has this one's points since its customer was merged; NULL: this one has them.
ALTER TABLE loyalty_account ADD COLUMN merged_into BIGINT;
CREATE INDEX loyalty_account_merged ON loyalty_account (merchant_id, merged_into)
    WHERE merged_into IS NOT NULL;

CREATE TABLE loyalty_merge (                   -- a merge in one program
    merchant_id  BIGINT  NOT NULL,
    merge_id     BIGINT  NOT NULL,
    from_id      BIGINT  NOT NULL,             -- loyalty accounts
    into_id      BIGINT  NOT NULL,
    from_phone   BOOLEAN NOT NULL,             -- it was known by its customer's number
    into_phone   BOOLEAN NOT NULL,
    owed         BIGINT  NOT NULL CHECK (owed <= 0), -- came with it
    lifetime     BIGINT  NOT NULL CHECK (lifetime >= 0),
    PRIMARY KEY (merchant_id, merge_id, from_id)
) /*sqlite:WITHOUT ROWID*/;

-- What merges brought to, or took from, all the points that an account ever earned.
CREATE TABLE ledger_lifetime (
    merchant_id BIGINT NOT NULL,
    owner_id    BIGINT NOT NULL,
    move_id     BIGINT NOT NULL,               -- the same on both sides
    amount      BIGINT NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (merchant_id, owner_id, move_id)
) /*sqlite:WITHOUT ROWID*/;

-- How often it went to another account: by a merge, its undoing, or a credit moved by hand.
ALTER TABLE earning ADD COLUMN moves BIGINT NOT NULL DEFAULT 0;
ALTER TABLE earning ADD COLUMN kept BIGINT NOT NULL DEFAULT 0; -- of it, by owners before: spent, and not owed
ALTER TABLE reward ADD COLUMN moves BIGINT NOT NULL DEFAULT 0;
