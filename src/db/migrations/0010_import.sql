-- 0010_import: customers and their points taken in from files of other systems: see
-- src/core/people/intake.h. Conventions: 0001_bones.sql.

-- A file, and how far it has come. What is in the file lies in file_chunk, and is gone once it was
-- taken in; the rows that were refused lie there, too, for a day.
CREATE TABLE customer_import (
    merchant_id   BIGINT  NOT NULL,
    id            BIGINT  NOT NULL,
    state         TEXT    NOT NULL CHECK (state IN ('uploading', 'reading', 'ready', 'checking',
                                                    'checked', 'running', 'done', 'canceled', 'failed')),
    name          TEXT    NOT NULL CHECK (length(name) BETWEEN 1 AND 255), -- the file's
    file_id       BIGINT  NOT NULL,            -- of its chunks
    refused_id    BIGINT  NOT NULL,            -- of the chunks of what was refused, a table of its own
    size          BIGINT  NOT NULL CHECK (size BETWEEN 1 AND 67108864),
    received      BIGINT  NOT NULL CHECK (received BETWEEN 0 AND size),
    refused_size  BIGINT  NOT NULL,
    refused_until_us BIGINT NOT NULL,          -- then its chunks go; 0: not yet known
    sha256        BYTEA   NOT NULL,            -- of the whole file; empty until it was read
    utf8          BOOLEAN NOT NULL,            -- FALSE: Windows-1252
    columns       TEXT    NOT NULL,            -- what each column of the file is: 'phone,,points'
    mode          TEXT    NOT NULL CHECK (mode IN ('add', 'replace')),
    program_id    BIGINT  NOT NULL,            -- whose points; 0: none are in the file
    country       TEXT    NOT NULL CHECK (length(country) = 2), -- of numbers without a country
    consent       TEXT    NOT NULL CHECK (length(consent) <= 255), -- how customers agreed to marketing; '': that is left out
    source_id     BIGINT  NOT NULL,            -- the first import of the same file into the same program; 0: not yet known
    round         BIGINT  NOT NULL,            -- how often it was checked
    failure       TEXT    NOT NULL,            -- an error's name, when it failed
    cleared       BOOLEAN NOT NULL,            -- it is over, and its chunks and keys are gone
    actor_kind    BIGINT  NOT NULL,
    actor_id      BIGINT  NOT NULL,
    created_us    BIGINT  NOT NULL,
    updated_us    BIGINT  NOT NULL,
    PRIMARY KEY (merchant_id, id)
) /*sqlite:WITHOUT ROWID*/;
CREATE INDEX customer_import_open ON customer_import (merchant_id, id) WHERE NOT cleared;
CREATE INDEX customer_import_refused ON customer_import (merchant_id, refused_until_us)
    WHERE refused_until_us > 0;
CREATE INDEX customer_import_by_file ON customer_import (merchant_id, sha256, program_id, id);

-- Going through a file once: to see what it would do, then to do it.
CREATE TABLE customer_import_pass (
    merchant_id   BIGINT NOT NULL,
    import_id     BIGINT NOT NULL,
    kind          TEXT   NOT NULL CHECK (kind IN ('check', 'run')),
    at_byte       BIGINT NOT NULL,             -- what is before this is done
    at_line       BIGINT NOT NULL,
    rows_read     BIGINT NOT NULL,             -- the sum of the next seven
    added         BIGINT NOT NULL,
    by_phone      BIGINT NOT NULL,             -- customers who were here, by what they were known
    by_email      BIGINT NOT NULL,
    by_reference  BIGINT NOT NULL,
    again         BIGINT NOT NULL,             -- taken in already, from the same file
    twice         BIGINT NOT NULL,             -- the same customer as an earlier row
    refused       BIGINT NOT NULL,
    points        BIGINT NOT NULL,             -- what the rows say that were not refused
    points_before BIGINT NOT NULL,             -- on the accounts of these rows
    points_moved  BIGINT NOT NULL,
    points_after  BIGINT NOT NULL CHECK (points_after = points_before + points_moved),
    PRIMARY KEY (merchant_id, import_id, kind)
) /*sqlite:WITHOUT ROWID*/;

-- What the rows of a file are known by, while it is checked and taken in: nobody is in it twice.
CREATE TABLE customer_import_key (
    merchant_id BIGINT NOT NULL,
    import_id   BIGINT NOT NULL,
    round       BIGINT NOT NULL,
    hash        BIGINT NOT NULL,               -- keyed with the file's: of a number, an address …
    line        BIGINT NOT NULL,               -- the first that has it
    PRIMARY KEY (merchant_id, import_id, round, hash)
) /*sqlite:WITHOUT ROWID*/;

-- Rows that were taken in, for ever: the same file once more gives nobody anything twice.
CREATE TABLE customer_import_row (
    merchant_id BIGINT NOT NULL,
    source_id   BIGINT NOT NULL,               -- a file and a program: customer_import.source_id
    line        BIGINT NOT NULL,
    customer_id BIGINT NOT NULL,
    PRIMARY KEY (merchant_id, source_id, line)
) /*sqlite:WITHOUT ROWID*/;
CREATE UNIQUE INDEX customer_import_row_by_customer
    ON customer_import_row (merchant_id, source_id, customer_id);

-- What the columns of a file were said to be, for the next one with the same first line.
CREATE TABLE customer_import_columns (
    merchant_id BIGINT NOT NULL,
    header_hash BYTEA  NOT NULL CHECK (length(header_hash) = 32),
    columns     TEXT   NOT NULL,
    PRIMARY KEY (merchant_id, header_hash)
) /*sqlite:WITHOUT ROWID*/;
