-- 0004_catalog: articles with variations, categories and taxes. Conventions: 0001_bones.sql.

-- ---------------------------------------------------------------- names as they are looked up
-- name_key is the name without case, accents and doubled spaces (catalog_key). Here it is made for
-- the letters of French, English, Spanish, German and Portuguese; others follow at the next change.
ALTER TABLE catalog_item ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
ALTER TABLE catalog_item ADD COLUMN category_key TEXT NOT NULL DEFAULT '';
UPDATE catalog_item SET name_key = lower(trim(name)), category_key = lower(trim(category));
UPDATE catalog_item SET
    name_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name_key
       , 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a')
       , 'Ä', 'a'), 'Å', 'a'),
    category_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(category_key
       , 'à', 'a'), 'á', 'a'), 'â', 'a'), 'ã', 'a'), 'ä', 'a'), 'å', 'a'), 'À', 'a'), 'Á', 'a'), 'Â', 'a'), 'Ã', 'a')
       , 'Ä', 'a'), 'Å', 'a');
UPDATE catalog_item SET
    name_key = replace(replace(name_key, 'ç', 'c'), 'Ç', 'c'),
    category_key = replace(replace(category_key, 'ç', 'c'), 'Ç', 'c');
UPDATE catalog_item SET
    name_key = replace(replace(replace(replace(replace(replace(replace(replace(name_key
       , 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'È', 'e'), 'É', 'e'), 'Ê', 'e'), 'Ë', 'e'),
    category_key = replace(replace(replace(replace(replace(replace(replace(replace(category_key
       , 'è', 'e'), 'é', 'e'), 'ê', 'e'), 'ë', 'e'), 'È', 'e'), 'É', 'e'), 'Ê', 'e'), 'Ë', 'e');
UPDATE catalog_item SET
    name_key = replace(replace(replace(replace(replace(replace(replace(replace(name_key
       , 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i'),
    category_key = replace(replace(replace(replace(replace(replace(replace(replace(category_key
       , 'ì', 'i'), 'í', 'i'), 'î', 'i'), 'ï', 'i'), 'Ì', 'i'), 'Í', 'i'), 'Î', 'i'), 'Ï', 'i');
UPDATE catalog_item SET
    name_key = replace(replace(name_key, 'ñ', 'n'), 'Ñ', 'n'),
    category_key = replace(replace(category_key, 'ñ', 'n'), 'Ñ', 'n');
UPDATE catalog_item SET
    name_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(name_key
       , 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'), 'ö', 'o'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'), 'Ö', 'o'),
    category_key = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(category_key
       , 'ò', 'o'), 'ó', 'o'), 'ô', 'o'), 'õ', 'o'), 'ö', 'o'), 'Ò', 'o'), 'Ó', 'o'), 'Ô', 'o'), 'Õ', 'o'), 'Ö', 'o');
UPDATE catalog_item SET
    name_key = replace(replace(replace(replace(replace(replace(replace(replace(name_key
       , 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'Ù', 'u'), 'Ú', 'u'), 'Û', 'u'), 'Ü', 'u'),
    category_key = replace(replace(replace(replace(replace(replace(replace(replace(category_key
       , 'ù', 'u'), 'ú', 'u'), 'û', 'u'), 'ü', 'u'), 'Ù', 'u'), 'Ú', 'u'), 'Û', 'u'), 'Ü', 'u');
UPDATE catalog_item SET
    name_key = replace(replace(replace(replace(name_key, 'ý', 'y'), 'ÿ', 'y'), 'Ý', 'y'), 'Ÿ', 'y'),
    category_key = replace(replace(replace(replace(category_key, 'ý', 'y'), 'ÿ', 'y'), 'Ý', 'y'), 'Ÿ', 'y');
UPDATE catalog_item SET
    name_key = replace(replace(name_key, 'æ', 'ae'), 'Æ', 'ae'),
    category_key = replace(replace(category_key, 'æ', 'ae'), 'Æ', 'ae');
UPDATE catalog_item SET
    name_key = replace(replace(name_key, 'œ', 'oe'), 'Œ', 'oe'),
    category_key = replace(replace(category_key, 'œ', 'oe'), 'Œ', 'oe');
UPDATE catalog_item SET name_key = replace(name_key, '  ', ' '), category_key = replace(category_key, '  ', ' ');

-- ---------------------------------------------------------------- catalog
CREATE TABLE catalog_category (
    merchant_id BIGINT  NOT NULL,
    id          BIGINT  NOT NULL,
    version     BIGINT  NOT NULL,
    name        TEXT    NOT NULL,
    name_key    TEXT    NOT NULL,              -- the name, as it is looked up
    position    BIGINT  NOT NULL,
    deleted     BOOLEAN NOT NULL DEFAULT FALSE, -- its articles keep it, and have none until it is back
    created_us  BIGINT  NOT NULL,
    updated_us  BIGINT  NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX catalog_category_by_name ON catalog_category (merchant_id, name_key) WHERE NOT deleted;
-- What was a text beside the article becomes a row, numbered like the first article that had it.
INSERT INTO catalog_category (merchant_id, id, version, name, name_key, position, created_us, updated_us)
SELECT merchant_id, MIN(id), 1, MIN(trim(category)), category_key, MIN(position), MIN(created_us), MAX(updated_us)
  FROM catalog_item
 WHERE category_key <> ''
 GROUP BY merchant_id, category_key;

CREATE TABLE catalog_tax (
    merchant_id BIGINT  NOT NULL,
    id          BIGINT  NOT NULL,
    version     BIGINT  NOT NULL,
    name        TEXT    NOT NULL,
    rate        BIGINT  NOT NULL CHECK (rate BETWEEN 0 AND 1000000), -- millionths: 55000 is 5.5 %
    included    BOOLEAN NOT NULL,              -- in the prices
    deleted     BOOLEAN NOT NULL DEFAULT FALSE, -- as with categories
    created_us  BIGINT  NOT NULL,
    updated_us  BIGINT  NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;

ALTER TABLE catalog_item ADD COLUMN category_id BIGINT; -- NULL: none
ALTER TABLE catalog_item ADD COLUMN tax_id BIGINT;      -- NULL: none
UPDATE catalog_item SET category_id = (
    SELECT c.id FROM catalog_category c
     WHERE c.merchant_id = catalog_item.merchant_id AND c.name_key = catalog_item.category_key);

-- What has a price: an article has at least one variation.
CREATE TABLE catalog_variation (
    merchant_id BIGINT NOT NULL,
    id          BIGINT NOT NULL,
    item_id     BIGINT NOT NULL,
    name        TEXT   NOT NULL DEFAULT '',    -- 'Grand'; '' where there is one alone
    sku         TEXT   NOT NULL DEFAULT '',    -- how a POS calls it
    price_minor BIGINT CHECK (price_minor >= 0), -- NULL: told at the till
    position    BIGINT NOT NULL,
    removed_in  BIGINT,                        -- the article's version that took it away; NULL: it is there
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
INSERT INTO catalog_variation (merchant_id, id, item_id, price_minor, position, removed_in)
SELECT merchant_id, id, id, price_minor, 0, CASE WHEN deleted THEN version END FROM catalog_item;
CREATE INDEX catalog_variation_by_item ON catalog_variation (merchant_id, item_id, position);
CREATE UNIQUE INDEX catalog_variation_by_sku ON catalog_variation (merchant_id, sku)
    WHERE sku <> '' AND removed_in IS NULL;
ALTER TABLE catalog_item DROP COLUMN category;
ALTER TABLE catalog_item DROP COLUMN category_key;
ALTER TABLE catalog_item DROP COLUMN price_minor;
CREATE INDEX catalog_item_by_name ON catalog_item (merchant_id, name_key) WHERE NOT deleted;
