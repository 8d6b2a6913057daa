-- 0002_apps: what the four apps for people need: the merchant's look and address, customers who
-- sign in, what leaves the server, the till's articles. Conventions: 0001_bones.sql.

-- ---------------------------------------------------------------- merchants
ALTER TABLE merchant ADD COLUMN slug TEXT NOT NULL DEFAULT '';            -- in addresses: 'le-fournil'
ALTER TABLE merchant ADD COLUMN brand_color TEXT NOT NULL DEFAULT '';     -- '#8a3b12'; '': ours
ALTER TABLE merchant ADD COLUMN tablet_pin_hash TEXT NOT NULL DEFAULT ''; -- argon2id; '': none chosen yet
UPDATE merchant SET slug = 'm' || CAST(id AS TEXT);
-- A page of the app names its merchant only.
CREATE UNIQUE INDEX merchant_by_slug ON merchant (slug) WHERE slug <> '';

-- ---------------------------------------------------------------- customers who sign in
-- What proved a customer's session: 'code', or 'link', which ends when a code proves who they are.
ALTER TABLE credential ADD COLUMN proof TEXT NOT NULL DEFAULT '';
-- Where it was agreed to, as far as we were told: 'tablet'; '': not told.
ALTER TABLE consent ADD COLUMN source TEXT NOT NULL DEFAULT '';

-- A one-time code on its way to a phone or an address; one at a time for each.
CREATE TABLE sign_in_code (
    merchant_id  BIGINT NOT NULL,
    address_hash BYTEA  NOT NULL,              -- keyed hash of the channel and the address
    code_hash    BYTEA  NOT NULL,
    tries        BIGINT NOT NULL,              -- wrong guesses so far
    sent         BIGINT NOT NULL,              -- codes sent to it since since_us
    since_us     BIGINT NOT NULL,
    created_us   BIGINT NOT NULL,
    expires_us   BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, address_hash)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX sign_in_code_by_end ON sign_in_code (merchant_id, expires_us);

-- A single-use way in, shown as a QR code by a tablet or a till.
CREATE TABLE sign_in_link (
    merchant_id BIGINT NOT NULL,
    token_hash  BYTEA  NOT NULL,               -- SHA-256 of the token's text
    customer_id BIGINT NOT NULL,
    expires_us  BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, token_hash)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX sign_in_link_by_customer ON sign_in_link (merchant_id, customer_id);
CREATE INDEX sign_in_link_by_end ON sign_in_link (merchant_id, expires_us);

-- What the QR code of a customer's card says. It tells a till who stands there, and opens nothing.
CREATE TABLE card_code (
    merchant_id BIGINT NOT NULL,
    code        TEXT   NOT NULL,               -- 26 characters of base 32: 128 random bits
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, code)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX card_code_by_customer ON card_code (merchant_id, customer_id);

-- ---------------------------------------------------------------- what leaves the server
CREATE TABLE outbox_message (
    merchant_id BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    customer_id BIGINT,                        -- who it is for, when already known
    purpose     TEXT   NOT NULL,               -- 'sign_in_code'
    channel     TEXT   NOT NULL CHECK (channel IN ('sms', 'email')),
    address     TEXT   NOT NULL,               -- personal: E.164 or an e-mail address
    language    TEXT   NOT NULL,
    subject     TEXT   NOT NULL,               -- personal; '' for an SMS
    body        TEXT   NOT NULL,               -- personal
    state       TEXT   NOT NULL CHECK (state IN ('waiting', 'sent', 'failed', 'unknown')),
    attempts    BIGINT NOT NULL,
    next_us     BIGINT NOT NULL,               -- waiting: not tried before
    expires_us  BIGINT NOT NULL,               -- of no use after
    reason      TEXT   NOT NULL DEFAULT '',    -- failed: an error's name
    created_us  BIGINT NOT NULL,
    updated_us  BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX outbox_message_waiting ON outbox_message (merchant_id, next_us) WHERE state = 'waiting';
CREATE INDEX outbox_message_by_customer ON outbox_message (merchant_id, customer_id)
    WHERE customer_id IS NOT NULL;
CREATE INDEX outbox_message_by_address ON outbox_message (merchant_id, address) WHERE address <> '';

-- ---------------------------------------------------------------- the till
-- What a merchant sells, with a key on the till.
CREATE TABLE catalog_item (
    merchant_id BIGINT  NOT NULL,
    id          BIGINT  NOT NULL,
    version     BIGINT  NOT NULL,
    name        TEXT    NOT NULL,
    category    TEXT    NOT NULL DEFAULT '',
    price_minor BIGINT  NOT NULL CHECK (price_minor >= 0),
    position    BIGINT  NOT NULL,              -- among the till's keys
    deleted     BOOLEAN NOT NULL DEFAULT FALSE,
    created_us  BIGINT  NOT NULL,
    updated_us  BIGINT  NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX catalog_item_by_position ON catalog_item (merchant_id, position, id) WHERE NOT deleted;

ALTER TABLE order_head ADD COLUMN team_member_id BIGINT; -- who closed it on our till; NULL: a POS's
-- The list of sales: by day, by the card that paid, by customer.
DROP INDEX order_by_account;
CREATE INDEX order_by_account ON order_head (merchant_id, account_id, closed_us)
    WHERE account_id IS NOT NULL;
CREATE INDEX order_by_closing ON order_head (merchant_id, closed_us);
CREATE INDEX order_by_card ON order_head (merchant_id, card_last_4, closed_us) WHERE card_last_4 <> '';
