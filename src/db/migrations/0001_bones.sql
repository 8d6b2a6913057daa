-- 0001_bones: merchants and their people, the ledger, loyalty, orders from the POS.
-- Runs unchanged on SQLite and PostgreSQL. Amounts are smallest units, times UTC microseconds, ids
-- ours (src/base/ids.h). merchant_id is first in every tenant key. Columns that hold personal data
-- are marked "personal:" and are what erasure must empty.
-- WITHOUT ROWID (SQLite) keeps a table inside its primary key: time-ordered keys are appended.

-- ---------------------------------------------------------------- the server's own
CREATE TABLE server_fact (
    name  TEXT NOT NULL PRIMARY KEY,           -- 'instance' (made once), 'restored_us', …
    value TEXT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- ---------------------------------------------------------------- merchants
CREATE TABLE merchant (
    id         BIGINT NOT NULL PRIMARY KEY,
    name       TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    currency   TEXT   NOT NULL CHECK (length(currency) = 3),
    country    TEXT   NOT NULL CHECK (length(country) = 2),
    language   TEXT   NOT NULL,                -- BCP 47: 'fr', 'en'
    time_zone  TEXT   NOT NULL,                -- 'Europe/Paris'
    logo_file_id BIGINT,                       -- NULL: none
    created_us BIGINT NOT NULL
);

CREATE TABLE merchant_seq (                    -- the last sequence given to a committed change
    merchant_id BIGINT NOT NULL PRIMARY KEY,
    seq         BIGINT NOT NULL
);

-- What a merchant gave us to show. Its content never changes: another one is another file.
CREATE TABLE file (
    merchant_id  BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    purpose      TEXT   NOT NULL CHECK (purpose IN ('logo')),
    content_type TEXT   NOT NULL,              -- told by its first bytes: 'image/png'
    size         BIGINT NOT NULL CHECK (size > 0),
    sha256       BYTEA  NOT NULL CHECK (length(sha256) = 32),
    created_us   BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;

-- Rows this long lie better behind their key than in it.
CREATE TABLE file_chunk (
    merchant_id BIGINT NOT NULL,
    file_id     BIGINT NOT NULL,
    number      BIGINT NOT NULL,               -- from 0
    bytes       BYTEA  NOT NULL CHECK (length(bytes) BETWEEN 1 AND 262144),
    PRIMARY KEY (merchant_id, file_id, number)
);

CREATE TABLE location (
    merchant_id BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    name        TEXT   NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    currency    TEXT   NOT NULL,
    country     TEXT   NOT NULL,
    language    TEXT   NOT NULL,
    time_zone   TEXT   NOT NULL,
    status      TEXT   NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
    created_us  BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;

-- ---------------------------------------------------------------- team
CREATE TABLE team_member (
    merchant_id   BIGINT  NOT NULL,
    id            BIGINT  NOT NULL,
    email         TEXT    NOT NULL,            -- personal: normalised
    name          TEXT    NOT NULL,            -- personal
    role          TEXT    NOT NULL CHECK (role IN ('owner', 'manager', 'cashier')),
    password_hash TEXT    NOT NULL,            -- argon2id
    active        BOOLEAN NOT NULL DEFAULT TRUE,
    created_us    BIGINT  NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
-- One e-mail address signs in to one merchant; sign-in finds it before a merchant is known.
CREATE UNIQUE INDEX team_member_by_email ON team_member (email);

CREATE TABLE api_key (
    merchant_id BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    name        TEXT   NOT NULL,
    permissions BIGINT NOT NULL,               -- PERM_* bits
    created_us  BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;

-- What proves who asks: sessions, API keys, device tokens. The token's text is never stored.
CREATE TABLE credential (
    merchant_id BIGINT NOT NULL,
    token_hash  BYTEA  NOT NULL,               -- SHA-256 of the token's text
    kind        TEXT   NOT NULL CHECK (kind IN ('ses', 'key', 'dev', 'cst')),
    subject_id  BIGINT NOT NULL,               -- team_member, api_key, tablet or customer
    csrf_hash   BYTEA,                         -- of the token that a page must send back; cookies only
    created_us  BIGINT NOT NULL,
    expires_us  BIGINT NOT NULL,               -- 9223372036854775807: never
    used_us     BIGINT NOT NULL,               -- about when last used (flushed now and then)
    PRIMARY KEY (merchant_id, token_hash)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX credential_by_subject ON credential (merchant_id, subject_id);

-- Wrong codes and passwords, counted durably. merchant_id 0: before a merchant is known.
CREATE TABLE lockout (
    merchant_id BIGINT NOT NULL,
    scope       TEXT   NOT NULL,               -- 'pairing', 'sign_in'
    subject     BYTEA  NOT NULL,               -- hash of the address or e-mail
    failures    BIGINT NOT NULL,
    since_us    BIGINT NOT NULL,
    until_us    BIGINT NOT NULL,               -- locked until; 0: not locked
    PRIMARY KEY (merchant_id, scope, subject)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX lockout_by_age ON lockout (merchant_id, since_us);

-- ---------------------------------------------------------------- POS integrations, registers, tablets
CREATE TABLE integration (
    merchant_id   BIGINT  NOT NULL,
    id            BIGINT  NOT NULL,
    vendor        TEXT    NOT NULL,            -- registry name: 'feed', 'square'
    active        BOOLEAN NOT NULL DEFAULT TRUE,
    secret_sealed BYTEA   NOT NULL,            -- encrypted with the server key, bound to merchant and id
    created_us    BIGINT  NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
-- A webhook names its integration only; it finds the merchant through this.
CREATE UNIQUE INDEX integration_by_id ON integration (id);

CREATE TABLE integration_location (            -- the vendor's establishment <-> our location
    merchant_id    BIGINT NOT NULL,
    integration_id BIGINT NOT NULL,
    establishment  TEXT   NOT NULL,            -- the vendor's id
    location_id    BIGINT,                     -- NULL: seen in orders, not associated yet
    seen_us        BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, integration_id, establishment)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE register (
    merchant_id    BIGINT NOT NULL,
    id             BIGINT NOT NULL,
    location_id    BIGINT NOT NULL,
    integration_id BIGINT NOT NULL,
    name           TEXT   NOT NULL,
    vendor_register TEXT  NOT NULL,            -- the vendor's id of it; orders are routed strictly by it
    seen_us        BIGINT NOT NULL DEFAULT 0,  -- last order from it
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX register_by_vendor ON register (merchant_id, integration_id, location_id, vendor_register);

CREATE TABLE tablet (
    merchant_id BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    location_id BIGINT NOT NULL,
    register_id BIGINT,                        -- whose orders it shows; NULL: none chosen
    name        TEXT   NOT NULL,
    seen_us     BIGINT NOT NULL DEFAULT 0,
    created_us  BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE pairing_code (                    -- typed on a tablet before any merchant is known
    code_hash   BYTEA  NOT NULL PRIMARY KEY,
    merchant_id BIGINT NOT NULL,
    tablet_id   BIGINT NOT NULL,
    expires_us  BIGINT NOT NULL
) /*sqlite:WITHOUT ROWID*/;

-- ---------------------------------------------------------------- customers
CREATE TABLE customer (
    merchant_id  BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    version      BIGINT NOT NULL,              -- one more at each change
    given_name   TEXT   NOT NULL DEFAULT '',   -- personal
    family_name  TEXT   NOT NULL DEFAULT '',   -- personal
    company_name TEXT   NOT NULL DEFAULT '',   -- personal
    nickname     TEXT   NOT NULL DEFAULT '',   -- personal
    email        TEXT   NOT NULL DEFAULT '',   -- personal: as written
    phone        TEXT   NOT NULL DEFAULT '',   -- personal: E.164
    birthday     TEXT   NOT NULL DEFAULT '',   -- personal: 'YYYY-MM-DD', year 0000 when not told
    address      TEXT   NOT NULL DEFAULT '',   -- personal: JSON object in Square's address shape
    note         TEXT   NOT NULL DEFAULT '',   -- personal
    reference_id TEXT   NOT NULL DEFAULT '',
    source       TEXT   NOT NULL,              -- 'THIRD_PARTY', 'LOYALTY', …: Square's creation_source
    created_us   BIGINT NOT NULL,
    updated_us   BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
);

CREATE TABLE customer_word (                   -- the directory's search: words, e-mail parts, phone endings
    merchant_id BIGINT NOT NULL,
    word        TEXT   NOT NULL,               -- personal: kind letter, ':', normalised text
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, word, customer_id)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE consent (                         -- what was shown and agreed to; rows are only added
    merchant_id    BIGINT NOT NULL,
    id             BIGINT NOT NULL,
    customer_id    BIGINT NOT NULL,
    purpose        TEXT   NOT NULL,            -- 'loyalty_notice', 'card_link'
    state          TEXT   NOT NULL CHECK (state IN ('shown', 'given', 'withdrawn')),
    notice_version TEXT   NOT NULL,
    language       TEXT   NOT NULL,
    actor_kind     BIGINT NOT NULL,
    actor_id       BIGINT NOT NULL,
    at_us          BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX consent_by_customer ON consent (merchant_id, customer_id, id);

CREATE TABLE payment_card (                    -- a card that recognises a customer, linked with consent
    merchant_id      BIGINT NOT NULL,
    fingerprint_hash BYTEA  NOT NULL,          -- personal: keyed hash of the POS's fingerprint
    customer_id      BIGINT NOT NULL,
    brand            TEXT   NOT NULL,
    last_4           TEXT   NOT NULL,
    linked_us        BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, fingerprint_hash)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX payment_card_by_customer ON payment_card (merchant_id, customer_id);

CREATE TABLE customer_link (                   -- the POS's customer id <-> ours
    merchant_id    BIGINT NOT NULL,
    integration_id BIGINT NOT NULL,
    external_id    TEXT   NOT NULL,
    customer_id    BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, integration_id, external_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX customer_link_by_customer ON customer_link (merchant_id, customer_id);

-- ---------------------------------------------------------------- ledger: see src/core/ledger/ledger.h
-- People's accounts with their running balance; contra accounts have no row. The lots of a points
-- account are rows of the same table, beside it: earning changes one page, not two. A lot's row goes
-- when the lot is empty.
CREATE TABLE ledger_account (
    merchant_id BIGINT  NOT NULL,
    owner_id    BIGINT  NOT NULL,              -- loyalty account, wallet …
    book        BIGINT  NOT NULL,              -- enum ledger_book
    expires_us  BIGINT  NOT NULL DEFAULT 0,    -- 0: the account; of a lot: its end, 9223372036854775807 for never
    lot_id      BIGINT  NOT NULL DEFAULT 0,    -- 0: the account; of a lot: the transfer that made it
    unit        BIGINT  NOT NULL,              -- program id for points; a currency's number for money
    balance     BIGINT  NOT NULL DEFAULT 0,    -- the sum of the account's, or the lot's, posted lines
    held        BIGINT  NOT NULL DEFAULT 0,    -- of it, set aside by pending holds
    carry       BIGINT  NOT NULL DEFAULT 0,    -- minor units towards the next point; never money
    lifetime    BIGINT  NOT NULL DEFAULT 0,    -- all that was ever earned
    last_event_id BIGINT NOT NULL DEFAULT 0,   -- points: the newest loyalty event; 0: none yet
    floor       BIGINT  NOT NULL,              -- 0 for people and lots; a large negative for debts
    closed      BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (merchant_id, owner_id, book, expires_us, lot_id),
    CHECK (balance - held >= floor),
    CHECK (held >= 0),
    -- SQLite turns an integer overflow into a REAL without a word; this stops it.
    CHECK (balance BETWEEN -1000000000000000 AND 1000000000000000),
    CHECK (carry BETWEEN -1000000000000000 AND 1000000000000000),
    CHECK (lifetime BETWEEN 0 AND 1000000000000000000),
    CHECK (book <> 2 OR balance <= 0),         -- owed: a debt is never a credit
    CHECK (lot_id = 0 AND expires_us = 0 OR lot_id > 0 AND expires_us > 0 AND book = 1 AND balance > 0)
) /*sqlite:WITHOUT ROWID*/;
-- What will expire; accounts, and lots that never do, are not in it.
CREATE INDEX ledger_lot_by_expiry ON ledger_account (merchant_id, expires_us)
    WHERE expires_us > 0 AND expires_us < 9223372036854775807;

CREATE TABLE ledger_transfer (
    merchant_id BIGINT NOT NULL,
    id          BIGINT NOT NULL,               -- made by the caller; repeating it changes nothing
    seq         BIGINT NOT NULL,               -- merchant_seq: the commit order
    unit        BIGINT NOT NULL,
    reason      BIGINT NOT NULL,               -- enum ledger_reason
    at_us       BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;

-- Seals are made, and checked, in the order of commits. Appended to: no page is looked for.
CREATE UNIQUE INDEX ledger_transfer_by_seq ON ledger_transfer (merchant_id, seq);

CREATE TABLE ledger_line (
    merchant_id BIGINT NOT NULL,
    transfer_id BIGINT NOT NULL,
    line        BIGINT NOT NULL,               -- 0, 1, …
    owner_id    BIGINT NOT NULL,
    book        BIGINT NOT NULL,
    amount      BIGINT NOT NULL CHECK (amount <> 0 AND amount BETWEEN -1000000000000 AND 1000000000000),
    lot_id      BIGINT,                        -- points: which lot grew or shrank (= the transfer that made it)
    expires_us  BIGINT,                        -- of that lot
    PRIMARY KEY (merchant_id, transfer_id, line)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE ledger_hold (                     -- money set aside for a vend: pending, then posted or voided
    merchant_id BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    owner_id    BIGINT NOT NULL,
    book        BIGINT NOT NULL,
    unit        BIGINT NOT NULL,
    amount      BIGINT NOT NULL CHECK (amount > 0),
    state       TEXT   NOT NULL CHECK (state IN ('pending', 'posted', 'voided')),
    posted      BIGINT NOT NULL DEFAULT 0 CHECK (posted BETWEEN 0 AND amount),
    transfer_id BIGINT,                        -- what it was posted as
    created_us  BIGINT NOT NULL,
    expires_us  BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX ledger_hold_pending ON ledger_hold (merchant_id, expires_us) WHERE state = 'pending';

CREATE TABLE ledger_seal (                     -- see src/core/ledger/seal.h; numbers and hashes only
    merchant_id BIGINT NOT NULL,
    number      BIGINT NOT NULL,               -- 1, 2, …
    first_seq   BIGINT NOT NULL,               -- it covers the transfers whose seq is from first_seq …
    last_seq    BIGINT NOT NULL,               -- … to last_seq
    transfers   BIGINT NOT NULL CHECK (transfers > 0),
    root        BYTEA  NOT NULL,               -- of the Merkle tree over them
    previous    BYTEA  NOT NULL,               -- hash of the seal before; zeros in the first
    sealed_us   BIGINT NOT NULL,
    public_key  BYTEA  NOT NULL,               -- Ed25519
    signature   BYTEA  NOT NULL,
    PRIMARY KEY (merchant_id, number)
) /*sqlite:WITHOUT ROWID*/;

-- ---------------------------------------------------------------- loyalty
CREATE TABLE program (
    merchant_id    BIGINT  NOT NULL,
    id             BIGINT  NOT NULL,
    is_main        BOOLEAN NOT NULL,           -- what Square's "main" means
    type           TEXT    NOT NULL CHECK (type IN ('points', 'stamps', 'cashback')),
    name           TEXT    NOT NULL,
    status         TEXT    NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE')),
    term_one       TEXT    NOT NULL,           -- 'point'
    term_other     TEXT    NOT NULL,           -- 'points'
    minimum_minor  BIGINT  NOT NULL,           -- an order below earns nothing (A15)
    expiry_days    BIGINT  NOT NULL,           -- 0: points do not expire
    on_refund      TEXT    NOT NULL CHECK (on_refund IN ('owed', 'to_zero')),
    version        BIGINT  NOT NULL,           -- of its rules
    created_us     BIGINT  NOT NULL,
    updated_us     BIGINT  NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX program_main ON program (merchant_id) WHERE is_main;

CREATE TABLE accrual_rule (                    -- of one version of a program; never changed
    merchant_id  BIGINT NOT NULL,
    program_id   BIGINT NOT NULL,
    version      BIGINT NOT NULL,
    position     BIGINT NOT NULL,
    kind         TEXT   NOT NULL CHECK (kind IN ('VISIT', 'SPEND')),
    points       BIGINT NOT NULL CHECK (points BETWEEN 1 AND 1000000),
    amount_minor BIGINT NOT NULL,              -- SPEND: per this much; VISIT: at least this much
    tax_mode     TEXT   NOT NULL CHECK (tax_mode IN ('BEFORE_TAX', 'AFTER_TAX')),
    PRIMARY KEY (merchant_id, program_id, version, position)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE reward_tier (
    merchant_id BIGINT  NOT NULL,
    id          BIGINT  NOT NULL,
    program_id  BIGINT  NOT NULL,
    name        TEXT    NOT NULL,
    points      BIGINT  NOT NULL CHECK (points > 0),
    active      BOOLEAN NOT NULL DEFAULT TRUE,
    created_us  BIGINT  NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX reward_tier_by_program ON reward_tier (merchant_id, program_id, points);

CREATE TABLE loyalty_account (
    merchant_id  BIGINT NOT NULL,
    id           BIGINT NOT NULL,              -- also the owner of its ledger accounts
    program_id   BIGINT NOT NULL,
    customer_id  BIGINT NOT NULL,
    phone        TEXT   NOT NULL DEFAULT '',   -- personal: E.164, the mapping; '' when by customer only
    enrolled_us  BIGINT NOT NULL,
    created_us   BIGINT NOT NULL,
    updated_us   BIGINT NOT NULL,              -- of this row; balances change in ledger_account
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX loyalty_account_by_phone ON loyalty_account (merchant_id, phone, program_id) WHERE phone <> '';
CREATE UNIQUE INDEX loyalty_account_by_customer ON loyalty_account (merchant_id, customer_id, program_id);

CREATE TABLE loyalty_event (                   -- what happened to an account; its id is the transfer's, when points moved
    merchant_id  BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    seq          BIGINT NOT NULL,              -- merchant_seq
    account_id   BIGINT NOT NULL,
    previous_id  BIGINT NOT NULL DEFAULT 0,    -- the account's event before this one; 0: its first
    program_id   BIGINT NOT NULL,
    type         TEXT   NOT NULL,              -- Square's: ACCUMULATE_POINTS, ADJUST_POINTS, …
    points       BIGINT NOT NULL,
    rule_version BIGINT NOT NULL DEFAULT 0,
    location_id  BIGINT,
    order_id     BIGINT,
    reward_id    BIGINT,
    reason       TEXT   NOT NULL DEFAULT '',   -- personal: free text
    actor_kind   BIGINT NOT NULL,
    actor_id     BIGINT NOT NULL,
    at_us        BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX loyalty_event_by_order ON loyalty_event (merchant_id, order_id) WHERE order_id IS NOT NULL;

CREATE TABLE reward (
    merchant_id      BIGINT NOT NULL,
    id               BIGINT NOT NULL,
    account_id       BIGINT NOT NULL,
    tier_id          BIGINT NOT NULL,
    points           BIGINT NOT NULL,
    status           TEXT   NOT NULL CHECK (status IN ('ISSUED', 'REDEEMED', 'DELETED')),
    order_id         BIGINT,
    transfer_id      BIGINT NOT NULL,          -- that took the points
    give_up_id       BIGINT,                   -- its exact reverse, once given up
    created_us       BIGINT NOT NULL,
    updated_us       BIGINT NOT NULL,
    redeemed_us      BIGINT,
    showing_hash     BYTEA,                    -- of the token of the one device that may show it used
    showing_until_us BIGINT,                   -- server time
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX reward_by_account ON reward (merchant_id, account_id, id);

CREATE TABLE earning (                         -- what an order gave an account, so that refunds never drift
    merchant_id    BIGINT NOT NULL,
    order_id       BIGINT NOT NULL,
    program_id     BIGINT NOT NULL,
    account_id     BIGINT NOT NULL,
    version        BIGINT NOT NULL,            -- of the rules that count, whatever the program's are now
    basis_minor    BIGINT NOT NULL CHECK (basis_minor > 0), -- the order's total, at its largest
    tax_minor      BIGINT NOT NULL,            -- of it
    refunded_minor BIGINT NOT NULL CHECK (refunded_minor BETWEEN 0 AND basis_minor),
    points         BIGINT NOT NULL,            -- what the basis earned,
    spend_points   BIGINT NOT NULL,            -- of that by the SPEND rule that carries,
    spend_minor    BIGINT NOT NULL,            -- which counted this much
    rule_points    BIGINT NOT NULL,            -- and gives points …
    rule_amount    BIGINT NOT NULL,            -- … for each of this amount; 0: no such rule
    taken_back     BIGINT NOT NULL,            -- of the points, by refunds
    dropped        BIGINT NOT NULL,            -- of those, what was spent already and is not owed
    carry_given    BIGINT NOT NULL,            -- what the basis added to the account's carry
    carry_taken    BIGINT NOT NULL,            -- what refunds took from it again
    lot_id         BIGINT,                     -- the lot its points lie in
    created_us     BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, order_id, program_id),
    CHECK (spend_points BETWEEN 0 AND points),
    CHECK (taken_back BETWEEN 0 AND points),
    CHECK (dropped BETWEEN 0 AND taken_back)
) /*sqlite:WITHOUT ROWID*/;

-- ---------------------------------------------------------------- orders
CREATE TABLE order_head (
    merchant_id    BIGINT NOT NULL,
    id             BIGINT NOT NULL,
    integration_id BIGINT NOT NULL,
    vendor_order   TEXT   NOT NULL,            -- the natural key: the same order is never counted twice
    status         TEXT   NOT NULL CHECK (status IN ('OPEN', 'COMPLETED', 'CANCELED')),
    establishment  TEXT   NOT NULL,
    location_id    BIGINT,                     -- NULL: the establishment is not associated
    register_id    BIGINT,
    vendor_register TEXT  NOT NULL DEFAULT '', -- the vendor's id of the till
    currency       TEXT   NOT NULL,
    total_minor    BIGINT NOT NULL,            -- without tip
    tax_minor      BIGINT NOT NULL,
    tip_minor      BIGINT NOT NULL,
    refunded_minor BIGINT NOT NULL DEFAULT 0,
    closed_us      BIGINT NOT NULL,
    updated_us     BIGINT NOT NULL DEFAULT 0,  -- the vendor's: an older telling never overwrites a newer one
    received_us    BIGINT NOT NULL,
    external_customer TEXT NOT NULL DEFAULT '', -- the POS's customer id
    card_hash      BYTEA,                      -- personal: keyed hash of the paying card's fingerprint
    card_brand     TEXT   NOT NULL DEFAULT '',
    card_last_4    TEXT   NOT NULL DEFAULT '',
    claim_state    TEXT   NOT NULL CHECK (claim_state IN ('none', 'waiting', 'claimed', 'expired', 'canceled')),
    claim_until_us BIGINT NOT NULL,
    account_id     BIGINT,                     -- who got the points
    points         BIGINT NOT NULL DEFAULT 0,  -- waiting: what it would give; claimed: what it gave before refunds
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX order_by_vendor ON order_head (merchant_id, integration_id, vendor_order);
CREATE INDEX order_waiting ON order_head (merchant_id, register_id, closed_us) WHERE claim_state = 'waiting';
-- Orders kept until their establishment is associated.
CREATE INDEX order_unplaced ON order_head (merchant_id, integration_id, establishment)
    WHERE location_id IS NULL;
CREATE INDEX order_by_account ON order_head (merchant_id, account_id, id) WHERE account_id IS NOT NULL;

CREATE TABLE order_line (
    merchant_id BIGINT NOT NULL,
    order_id    BIGINT NOT NULL,
    line        BIGINT NOT NULL,
    sku         TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    category    TEXT   NOT NULL,
    quantity    TEXT   NOT NULL,               -- a decimal, as the POS wrote it
    total_minor BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, order_id, line)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE order_payment (                   -- vendors that tell payments, not orders (Square)
    merchant_id    BIGINT NOT NULL,
    integration_id BIGINT NOT NULL,
    vendor_payment TEXT   NOT NULL,
    order_id       BIGINT NOT NULL,
    amount_minor   BIGINT NOT NULL,            -- without tip; 0 unless completed
    tip_minor      BIGINT NOT NULL,
    status         TEXT   NOT NULL,
    updated_us     BIGINT NOT NULL,            -- the vendor's; an older telling never overwrites a newer
    paid_us        BIGINT NOT NULL DEFAULT 0,
    establishment  TEXT   NOT NULL DEFAULT '',
    vendor_register TEXT  NOT NULL DEFAULT '',
    external_customer TEXT NOT NULL DEFAULT '',
    card_hash      BYTEA,                      -- personal: keyed hash
    card_brand     TEXT   NOT NULL DEFAULT '',
    card_last_4    TEXT   NOT NULL DEFAULT '',
    PRIMARY KEY (merchant_id, integration_id, vendor_payment)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX order_payment_by_order ON order_payment (merchant_id, order_id);

CREATE TABLE order_refund (                    -- may arrive before what it refunds: kept until that comes
    merchant_id    BIGINT NOT NULL,
    integration_id BIGINT NOT NULL,
    vendor_refund  TEXT   NOT NULL,
    vendor_order   TEXT   NOT NULL DEFAULT '', -- the order refunded, or
    vendor_payment TEXT   NOT NULL DEFAULT '', -- the payment refunded
    amount_minor   BIGINT NOT NULL CHECK (amount_minor >= 0),
    at_us          BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, integration_id, vendor_refund)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX order_refund_by_order ON order_refund (merchant_id, integration_id, vendor_order);
CREATE INDEX order_refund_by_payment ON order_refund (merchant_id, integration_id, vendor_payment);

-- ---------------------------------------------------------------- live, idempotency
CREATE TABLE live_event (                      -- kept an hour; then a client is told to reload
    merchant_id BIGINT NOT NULL,
    seq         BIGINT NOT NULL,               -- merchant_seq
    topic       TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    body        TEXT   NOT NULL,
    at_us       BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, seq)
) /*sqlite:WITHOUT ROWID*/;

CREATE TABLE idempotency (                     -- replies kept 30 days; appended in time, found by the key's hash
    merchant_id  BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    key_hash     BYTEA  NOT NULL,              -- 16 bytes: actor kind, actor and key
    request_hash BYTEA  NOT NULL,              -- 16 bytes: method, path and body
    reply        TEXT   NOT NULL,              -- personal: the reply's JSON; '' when it was erased
    customer_id  BIGINT,                       -- whose personal data it holds; NULL: nobody's
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX idempotency_by_key ON idempotency (merchant_id, key_hash);
CREATE INDEX idempotency_by_customer ON idempotency (merchant_id, customer_id)
    WHERE customer_id IS NOT NULL;
