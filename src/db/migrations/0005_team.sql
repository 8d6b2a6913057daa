-- 0005_team: roles of a merchant's own, PINs, places and limits; the trail of what staff
-- did. Conventions: 0001_bones.sql.

-- ---------------------------------------------------------------- who may do what
CREATE TABLE team_role (                       -- beside owner, manager and cashier
    merchant_id BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    name        TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    permissions BIGINT NOT NULL,               -- PERM_* bits
    created_us  BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX team_role_by_name ON team_role (merchant_id, name);

-- Keys keep what they could: giving a sale back has a permission of its own now, and who may change the
-- team, as an owner's key may, has those that are new. (32: LOYALTY_ADJUST; 4096: TEAM_WRITE; then
-- SALES_REFUND; TRAIL_READ, CUSTOMERS_BULK and CUSTOMERS_ERASE.)
UPDATE api_key SET permissions = permissions + 524288 WHERE (permissions / 32) % 2 = 1;
UPDATE api_key SET permissions = permissions + 131072 + 262144 + 1048576 WHERE (permissions / 4096) % 2 = 1;

-- SQLite cannot change a CHECK, so that the table is made anew: a role may be one's own.
CREATE TABLE team_member_all (
    merchant_id   BIGINT  NOT NULL,
    id            BIGINT  NOT NULL,
    email         TEXT    NOT NULL,            -- personal: normalised
    name          TEXT    NOT NULL,            -- personal
    role          TEXT    NOT NULL CHECK (role IN ('owner', 'manager', 'cashier', 'own')),
    role_id       BIGINT,                      -- team_role; of 'own' alone
    password_hash TEXT    NOT NULL,            -- argon2id; '': invited, and none chosen yet
    pin_hash      BYTEA,                       -- keyed hash of the merchant and the PIN; NULL: none chosen
    active        BOOLEAN NOT NULL DEFAULT TRUE,
    created_us    BIGINT  NOT NULL,
    PRIMARY KEY (merchant_id, id),
    CHECK ((role = 'own') = (role_id IS NOT NULL))
) /*sqlite:WITHOUT ROWID*/;
INSERT INTO team_member_all (merchant_id, id, email, name, role, password_hash, active, created_us)
SELECT merchant_id, id, email, name, role, password_hash, active, created_us FROM team_member;
DROP TABLE team_member;
ALTER TABLE team_member_all RENAME TO team_member;
-- One e-mail address signs in to one merchant; sign-in finds it before a merchant is known.
CREATE UNIQUE INDEX team_member_by_email ON team_member (email);
-- A PIN says who somebody is: no two of a merchant have the same.
CREATE UNIQUE INDEX team_member_by_pin ON team_member (merchant_id, pin_hash) WHERE pin_hash IS NOT NULL;
CREATE INDEX team_member_by_role ON team_member (merchant_id, role_id) WHERE role_id IS NOT NULL;

-- Who said by PIN that they serve, at a till that somebody else signed in; NULL: that one.
ALTER TABLE credential ADD COLUMN serving_id BIGINT;

-- Where somebody works; no row: everywhere.
CREATE TABLE team_place (
    merchant_id BIGINT NOT NULL,
    member_id   BIGINT NOT NULL,
    location_id BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, member_id, location_id)
) /*sqlite:WITHOUT ROWID*/;

-- How many points somebody of a role may give by hand in a day; no row: any number.
CREATE TABLE team_limit (
    merchant_id  BIGINT NOT NULL,
    role         TEXT   NOT NULL CHECK (role IN ('manager', 'cashier', 'own')),
    role_id      BIGINT NOT NULL DEFAULT 0,    -- team_role; 0: not of 'own'
    points_a_day BIGINT NOT NULL CHECK (points_a_day BETWEEN 0 AND 1000000000),
    PRIMARY KEY (merchant_id, role, role_id)
) /*sqlite:WITHOUT ROWID*/;

-- What each gave by hand on their last day of giving.
CREATE TABLE team_given (
    merchant_id BIGINT NOT NULL,
    member_id   BIGINT NOT NULL,
    day         BIGINT NOT NULL,               -- the merchant's, as zone_day_at counts them
    points      BIGINT NOT NULL CHECK (points BETWEEN 0 AND 1000000000000000),
    PRIMARY KEY (merchant_id, member_id)
) /*sqlite:WITHOUT ROWID*/;

-- ---------------------------------------------------------------- the trail
-- What staff, and programs with a key, changed; whose sheet staff looked at. Ids and names of
-- operations alone: who a customer is stays in the directory, and leaves it with them.
CREATE TABLE trail_entry (
    merchant_id  BIGINT NOT NULL,
    id           BIGINT NOT NULL,              -- made when it happened
    kind         TEXT   NOT NULL CHECK (kind IN ('changed', 'gave', 'looked')),
    operation    TEXT   NOT NULL,              -- the route's name: 'account_adjust'
    actor_kind   BIGINT NOT NULL,              -- enum actor_kind: staff or a key
    actor_id     BIGINT NOT NULL,              -- team_member or api_key
    holder_id    BIGINT,                       -- team_member who had signed in there; NULL: the actor
    subject_kind TEXT   NOT NULL DEFAULT '',   -- an id's prefix, 'acc'; '': nothing in particular
    subject_id   BIGINT,
    customer_id  BIGINT,                       -- whom it concerns; NULL: nobody
    location_id  BIGINT,                       -- where; NULL: at no place in particular
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX trail_entry_by_actor ON trail_entry (merchant_id, actor_id, id);
CREATE INDEX trail_entry_by_customer ON trail_entry (merchant_id, customer_id, id) WHERE customer_id IS NOT NULL;
