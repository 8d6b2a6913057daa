-- 0006_directory: the directory's lists: what customers are filtered and sorted by, tags, segments,
-- and what is done to many of them at once. Conventions: 0001_bones.sql.

-- ---------------------------------------------------------------- what is filtered and sorted by
-- One narrow row for each customer: see src/core/customers/listing.h. The first columns are the
-- customer's own; the others are counted from orders by a job, seconds behind.
CREATE TABLE customer_listing (
    merchant_id   BIGINT NOT NULL,
    customer_id   BIGINT NOT NULL,
    sort_name     TEXT   NOT NULL DEFAULT '',  -- personal: family name first, without case and accents
    birth_month   BIGINT NOT NULL DEFAULT 0,   -- personal: 1 to 12; 0: not told
    source        TEXT   NOT NULL,             -- as customer.source
    created_us    BIGINT NOT NULL,
    visits        BIGINT NOT NULL DEFAULT 0,   -- orders completed, whose points they got
    spend_minor   BIGINT NOT NULL DEFAULT 0    -- of them: without tip, less refunds
        CHECK (spend_minor BETWEEN -1000000000000000 AND 1000000000000000),
    first_visit_us BIGINT NOT NULL DEFAULT 0,  -- 0: none
    last_visit_us BIGINT NOT NULL DEFAULT 0,
    location_id   BIGINT NOT NULL DEFAULT 0,   -- of the last visit; 0: none, or not known
    PRIMARY KEY (merchant_id, customer_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX customer_listing_by_name ON customer_listing (merchant_id, sort_name, customer_id);
CREATE INDEX customer_listing_by_visit ON customer_listing (merchant_id, last_visit_us, customer_id);
CREATE INDEX customer_listing_by_spend ON customer_listing (merchant_id, spend_minor, customer_id);
-- Nothing is listed in these orders: whom few filters find is looked up here.
CREATE INDEX customer_listing_by_visits ON customer_listing (merchant_id, visits, customer_id);
CREATE INDEX customer_listing_by_source ON customer_listing (merchant_id, source, customer_id);
CREATE INDEX customer_listing_by_created ON customer_listing (merchant_id, created_us, customer_id);
CREATE INDEX customer_listing_by_birth ON customer_listing (merchant_id, birth_month, customer_id)
    WHERE birth_month > 0;
CREATE INDEX customer_listing_by_location ON customer_listing (merchant_id, location_id, customer_id)
    WHERE location_id > 0;
CREATE INDEX customer_by_update ON customer (merchant_id, updated_us, id);
INSERT INTO customer_listing (merchant_id, customer_id, birth_month, source, created_us)
SELECT merchant_id, id,
       CASE WHEN birthday = '' THEN 0 ELSE CAST(substr(birthday, 6, 2) AS BIGINT) END, source,
       created_us
  FROM customer;

-- The points a customer has in each program they are in, less what they owe; counted with the above.
CREATE TABLE customer_balance (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    program_id  BIGINT NOT NULL,
    balance     BIGINT NOT NULL CHECK (balance BETWEEN -1000000000000000 AND 1000000000000000),
    PRIMARY KEY (merchant_id, customer_id, program_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX customer_balance_by_balance
    ON customer_balance (merchant_id, program_id, balance, customer_id);

-- Whose orders, accounts or name have changed: appended to, and emptied by the job that counts.
-- Points need no row: that they moved is in ledger_transfer.
CREATE TABLE customer_touch (
    merchant_id BIGINT NOT NULL,
    seq         BIGINT NOT NULL,               -- merchant_seq; below 0: there before this table
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, seq, customer_id)
) /*sqlite:WITHOUT ROWID*/;
INSERT INTO customer_touch (merchant_id, seq, customer_id)
SELECT merchant_id, -ROW_NUMBER() OVER (PARTITION BY merchant_id ORDER BY id), id
  FROM customer;

CREATE TABLE customer_mark (                   -- how far a merchant's changes are counted
    merchant_id BIGINT NOT NULL PRIMARY KEY,
    seq         BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- ---------------------------------------------------------------- tags
CREATE TABLE tag (                             -- what Square calls a customer group
    merchant_id BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    name        TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    folded      TEXT   NOT NULL,               -- the name without case and accents: there is one of each
    created_us  BIGINT NOT NULL,
    updated_us  BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX tag_by_name ON tag (merchant_id, folded);

CREATE TABLE customer_tag (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    tag_id      BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, customer_id, tag_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX customer_tag_by_tag ON customer_tag (merchant_id, tag_id, customer_id);

-- ---------------------------------------------------------------- segments
CREATE TABLE segment (                         -- a search that has a name
    merchant_id BIGINT NOT NULL,
    id          BIGINT NOT NULL,               -- 101 to 104: one that we came with, and the merchant changed
    name        TEXT   NOT NULL,               -- '': ours
    filter      TEXT   NOT NULL,               -- JSON, as in a search; nothing that names a person
    created_us  BIGINT NOT NULL,
    updated_us  BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;

-- ---------------------------------------------------------------- what is done to many at once
CREATE TABLE bulk_task (
    merchant_id BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    kind        TEXT   NOT NULL CHECK (kind IN ('tag', 'untag', 'export')),
    state       TEXT   NOT NULL CHECK (state IN ('running', 'done', 'canceled', 'undoing', 'undone')),
    filter      TEXT   NOT NULL,               -- personal: whom it is for, JSON as in a search; '' once it has ended
    tag_id      BIGINT,
    total       BIGINT NOT NULL DEFAULT 0,     -- how many there were when its first step was taken
    done        BIGINT NOT NULL DEFAULT 0,
    changed     BIGINT NOT NULL DEFAULT 0,     -- of them, those who did not have the tag, or had it
    after_id    BIGINT NOT NULL DEFAULT 0,     -- customers up to this one are done
    size        BIGINT NOT NULL DEFAULT 0,     -- of an export: bytes
    actor_kind  BIGINT NOT NULL,
    actor_id    BIGINT NOT NULL,
    created_us  BIGINT NOT NULL,
    updated_us  BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX bulk_task_running ON bulk_task (merchant_id, id) WHERE state IN ('running', 'undoing');

CREATE TABLE bulk_change (                     -- whom a task gave a tag, or took it from: for undoing it
    merchant_id BIGINT NOT NULL,
    task_id     BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, task_id, customer_id)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE bulk_export (                     -- what an export has gathered; kept for an hour
    merchant_id BIGINT NOT NULL,
    task_id     BIGINT NOT NULL,
    number      BIGINT NOT NULL,               -- from 0
    bytes       BYTEA  NOT NULL CHECK (length(bytes) BETWEEN 1 AND 262144), -- personal: CSV
    PRIMARY KEY (merchant_id, task_id, number)
);
