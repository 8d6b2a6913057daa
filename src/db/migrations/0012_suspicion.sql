-- 0012_suspicion: what of the trail is unusual for the shop it happened in, until somebody looked
-- into it. Conventions: 0001_bones.sql.
CREATE TABLE suspicion (
    merchant_id BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    kind        TEXT   NOT NULL CHECK (kind IN ('own', 'burst', 'after_hours')),
    member_id   BIGINT NOT NULL,               -- team_member who gave
    day         BIGINT NOT NULL,               -- the merchant's (zone_day_at) on which the counted time begins
    customer_id BIGINT,                        -- own: their own record; NULL: of several people
    from_us     BIGINT NOT NULL,               -- counted from here
    until_us    BIGINT NOT NULL,               -- to here, exclusive
    counted     BIGINT NOT NULL CHECK (counted > 0), -- how often they gave
    usual       BIGINT NOT NULL,               -- own, burst: what 95 of 100 did not pass; after_hours: sales around that hour
    known       BIGINT NOT NULL,               -- of so many that the usual is told from
    closed_us   BIGINT,                        -- somebody looked into it; NULL: not yet
    closed_by   BIGINT,                        -- team_member; NULL: not yet, or a program
    word        TEXT   NOT NULL DEFAULT '' CHECK (length(word) <= 300), -- personal: free text, what they found
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
-- One of a kind for each person and day: counted again, it grows.
CREATE UNIQUE INDEX suspicion_by_person ON suspicion (merchant_id, kind, member_id, day);
CREATE INDEX suspicion_by_customer ON suspicion (merchant_id, customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX suspicion_open ON suspicion (merchant_id, id) WHERE closed_us IS NULL;
