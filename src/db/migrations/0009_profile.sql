-- 0009_profile: what members of the team set up for themselves, their second factor, and sessions
-- that can be told apart. Conventions: 0001_bones.sql.

-- ---------------------------------------------------------------- files
-- As before, and for pictures of people.
CREATE TABLE file_all (
    merchant_id  BIGINT NOT NULL,
    id           BIGINT NOT NULL,
    purpose      TEXT   NOT NULL CHECK (purpose IN ('logo', 'photo')),
    content_type TEXT   NOT NULL,              -- told by its first bytes: 'image/png'
    size         BIGINT NOT NULL CHECK (size > 0),
    sha256       BYTEA  NOT NULL CHECK (length(sha256) = 32),
    created_us   BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
INSERT INTO file_all SELECT merchant_id, id, purpose, content_type, size, sha256, created_us FROM file;
DROP TABLE file;
ALTER TABLE file_all RENAME TO file;

-- ---------------------------------------------------------------- profiles
-- What a member chose for themselves; no row: nothing yet.
CREATE TABLE team_profile (
    merchant_id    BIGINT NOT NULL,
    team_member_id BIGINT NOT NULL,
    language       TEXT   NOT NULL,            -- of their screens, and of what is written to them; '': the merchant's
    time_zone      TEXT   NOT NULL,            -- that times are shown in; '': the merchant's, which the books always go by
    photo_file_id  BIGINT,                     -- personal: their picture; NULL: none
    PRIMARY KEY (merchant_id, team_member_id)
) /*sqlite:WITHOUT ROWID*/;

-- Another e-mail address, until a code that was sent there proves it; one at a time for each.
CREATE TABLE email_change (
    merchant_id    BIGINT NOT NULL,
    team_member_id BIGINT NOT NULL,
    email          TEXT   NOT NULL,            -- personal: normalised
    code_hash      BYTEA  NOT NULL,            -- keyed hash
    tries          BIGINT NOT NULL,            -- wrong guesses so far
    created_us     BIGINT NOT NULL,
    expires_us     BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, team_member_id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX email_change_by_end ON email_change (merchant_id, expires_us);

-- A single-use way to another password for somebody who forgot theirs; one at a time for each.
CREATE TABLE password_link (
    merchant_id    BIGINT NOT NULL,
    token_hash     BYTEA  NOT NULL,            -- SHA-256 of the token's text
    team_member_id BIGINT NOT NULL,
    expires_us     BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, token_hash)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX password_link_by_member ON password_link (merchant_id, team_member_id);
CREATE INDEX password_link_by_end ON password_link (merchant_id, expires_us);

-- ---------------------------------------------------------------- the second factor
ALTER TABLE merchant ADD COLUMN second_factor_required BOOLEAN NOT NULL DEFAULT FALSE; -- of everybody who works there

-- What a member's authenticator app shares with us.
CREATE TABLE second_factor (
    merchant_id    BIGINT NOT NULL,
    team_member_id BIGINT NOT NULL,
    secret_sealed  BYTEA,                      -- encrypted with the server key, bound to merchant and member; NULL: none in use
    offered_sealed BYTEA,                      -- the same, shown and not confirmed by a code yet
    last_step      BIGINT NOT NULL,            -- of the newest code that was used: none up to it counts again
    since_us       BIGINT NOT NULL,            -- in use since; 0: not
    PRIMARY KEY (merchant_id, team_member_id)
) /*sqlite:WITHOUT ROWID*/;

-- What lets in who has lost the telephone with the app; each goes when it is used.
CREATE TABLE recovery_code (
    merchant_id    BIGINT NOT NULL,
    team_member_id BIGINT NOT NULL,
    code_hash      BYTEA  NOT NULL,            -- keyed hash, bound to the member
    PRIMARY KEY (merchant_id, team_member_id, code_hash)
) /*sqlite:WITHOUT ROWID*/;

-- ---------------------------------------------------------------- sessions
-- Of a member's session: what it is called outside, since its token is a secret; where it is ('Firefox,
-- Windows'); and whether it is good for nothing but setting up the second factor that is required.
ALTER TABLE credential ADD COLUMN id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE credential ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE credential ADD COLUMN limited BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE credential SET id = created_us WHERE kind = 'ses';
CREATE INDEX credential_by_id ON credential (merchant_id, id) WHERE id <> 0;
