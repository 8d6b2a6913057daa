-- 0002_orders: what an order's state is made of, so that it comes out the same in whatever order
-- the POS's messages came. Amounts are smallest units, times UTC microseconds.

-- The vendor's version of the order: an older telling never overwrites a newer one.
ALTER TABLE order_head ADD COLUMN updated_us BIGINT NOT NULL DEFAULT 0;
-- The vendor's id of the till, kept while the establishment is not associated with a location.
ALTER TABLE order_head ADD COLUMN vendor_register TEXT NOT NULL DEFAULT '';
-- Waiting: what it would give; claimed: what it gave before refunds; otherwise 0.
ALTER TABLE order_head ADD COLUMN points BIGINT NOT NULL DEFAULT 0;

-- Orders kept until their establishment is associated.
CREATE INDEX order_unplaced ON order_head (merchant_id, integration_id, establishment)
 WHERE location_id IS NULL;

-- What each payment said; the order's own columns are made of its completed payments.
ALTER TABLE order_payment ADD COLUMN paid_us BIGINT NOT NULL DEFAULT 0;
ALTER TABLE order_payment ADD COLUMN establishment TEXT NOT NULL DEFAULT '';
ALTER TABLE order_payment ADD COLUMN vendor_register TEXT NOT NULL DEFAULT '';
ALTER TABLE order_payment ADD COLUMN external_customer TEXT NOT NULL DEFAULT '';
ALTER TABLE order_payment ADD COLUMN card_hash BYTEA;                       -- personal: keyed hash
ALTER TABLE order_payment ADD COLUMN card_brand TEXT NOT NULL DEFAULT '';
ALTER TABLE order_payment ADD COLUMN card_last_4 TEXT NOT NULL DEFAULT '';
