-- 0011_till: what our till gives back, and its days. Conventions: 0001_bones.sql.

-- ---------------------------------------------------------------- giving back
ALTER TABLE order_refund ADD COLUMN reason TEXT NOT NULL DEFAULT ''; -- 'MISTAKE'; '': not told
ALTER TABLE order_refund ADD COLUMN team_member_id BIGINT;           -- who gave it back on our till
ALTER TABLE order_refund ADD COLUMN credit_note_id BIGINT;           -- given instead of money
-- How much of a line, in millionths; 0: not told.
ALTER TABLE order_refund_line ADD COLUMN units BIGINT NOT NULL DEFAULT 0 CHECK (units >= 0);
CREATE INDEX order_refund_by_time ON order_refund (merchant_id, integration_id, at_us);

-- A sale of our till that is void: whoever took it back, and why. That it is, its status says.
CREATE TABLE order_void (
    merchant_id    BIGINT NOT NULL,
    order_id       BIGINT NOT NULL,
    at_us          BIGINT NOT NULL,
    team_member_id BIGINT,                     -- NULL: a program
    reason         TEXT   NOT NULL,            -- 'MISTAKE'; '': not told
    PRIMARY KEY (merchant_id, order_id),
    FOREIGN KEY (merchant_id, order_id) REFERENCES order_head
) /*sqlite:WITHOUT ROWID*/;

-- ---------------------------------------------------------------- days
-- Of a location's till: who was there first, and who read the summary at its end. What is sold
-- later counts all the same: this is no closing of books.
CREATE TABLE till_day (
    merchant_id BIGINT NOT NULL,
    location_id BIGINT NOT NULL,
    day         BIGINT NOT NULL,               -- the location's, as zone_day_at counts them
    opened_us   BIGINT NOT NULL,
    opened_by   BIGINT,                        -- team_member; NULL: a program
    closed_us   BIGINT,                        -- NULL: not yet
    closed_by   BIGINT,                        -- team_member; NULL: not yet, or a program
    PRIMARY KEY (merchant_id, location_id, day)
) /*sqlite:WITHOUT ROWID*/;
