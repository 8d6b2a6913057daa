-- 0008_rights: what people may ask of their data, and what they are told: who was erased, who was
-- heard of when, how long a merchant keeps people, its legal pages. Conventions: 0001_bones.sql.

-- Who was erased, as a hash alone: what is restored from before is erased by it once more.
CREATE TABLE erasure (
    merchant_id BIGINT  NOT NULL,
    hash        BYTEA   NOT NULL CHECK (length(hash) = 32), -- SHA-256 of the merchant's and the customer's id
    cause       TEXT    NOT NULL CHECK (cause IN ('person', 'staff', 'retention', 'restored')),
    at_us       BIGINT  NOT NULL,
    filed       BOOLEAN NOT NULL DEFAULT FALSE, -- it is in the journal's file, too
    rewritten   BOOLEAN NOT NULL DEFAULT FALSE, -- the database's file has no trace of it any more
    PRIMARY KEY (merchant_id, hash)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX erasure_to_file ON erasure (at_us) WHERE NOT filed;
CREATE INDEX erasure_to_rewrite ON erasure (at_us) WHERE NOT rewritten;

-- When a customer last did something that leaves no other trace: opened the app, showed their card.
CREATE TABLE customer_contact (
    merchant_id BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    at_us       BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, customer_id)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE retention (                       -- no row: customers are kept until they are erased
    merchant_id BIGINT NOT NULL PRIMARY KEY,
    months      BIGINT NOT NULL CHECK (months BETWEEN 1 AND 120), -- since they were last heard of
    active      BOOLEAN NOT NULL,              -- FALSE: looked at, and nobody is erased
    checked_id  BIGINT NOT NULL DEFAULT 0,     -- how far today's look has come: a customer's id
    changed_us  BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- Who a merchant is before the law; '' where it was not told yet.
CREATE TABLE legal_identity (
    merchant_id     BIGINT NOT NULL PRIMARY KEY,
    company         TEXT   NOT NULL,           -- 'SARL Le Fournil'
    registration    TEXT   NOT NULL,           -- 'RCS Lyon 123 456 789'
    address         TEXT   NOT NULL,           -- in lines
    email           TEXT   NOT NULL,           -- where people write to
    phone           TEXT   NOT NULL,           -- as it is written
    publisher       TEXT   NOT NULL,           -- who answers for what is published
    privacy_officer TEXT   NOT NULL,           -- who answers for personal data, by name
    privacy_contact TEXT   NOT NULL,           -- how they are reached
    host            TEXT   NOT NULL,           -- who runs the server: name and address, in lines
    changed_us      BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- A merchant's own wording of a text. Never changed: another wording is another number, because a
-- consent names the one that was shown. An empty text takes the default again.
CREATE TABLE legal_text (
    merchant_id BIGINT NOT NULL,
    kind        TEXT   NOT NULL CHECK (kind IN ('notice', 'privacy', 'terms', 'legal')),
    language    TEXT   NOT NULL CHECK (length(language) = 2),
    number      BIGINT NOT NULL CHECK (number > 0),
    text        TEXT   NOT NULL CHECK (length(text) <= 20000),
    actor_kind  BIGINT NOT NULL,
    actor_id    BIGINT NOT NULL,
    created_us  BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, kind, language, number)
) /*sqlite:WITHOUT ROWID*/;
