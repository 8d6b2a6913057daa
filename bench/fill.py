#!/usr/bin/env python3
"""Fills an SQLite demo database with many customers and past purchases, quickly.

Usage: bench/fill.py DATABASE DEMO.json CUSTOMERS PURCHASES

The rows are those that accounts and purchases made through the API leave (but for the directory's
search words and the live events, which are gone after an hour): `habitue audit` agrees with them.
Customers belong to the first merchant's main program; their accounts have neighbouring ids.
"""
import json
import sqlite3
import sys
import time

ID_EPOCH_MS = 1704067200000  # src/base/ids.h
DAY_MS = 86400000
BOOK_POINTS, BOOK_EARNED, REASON_EARN, ACTOR_KEY = 1, 16, 1, 3  # ledger.h, ctx.h
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
FILLED = ("customer", "customer_listing", "customer_balance", "loyalty_account", "ledger_account",
          "ledger_transfer", "ledger_line", "loyalty_event", "idempotency")

# Typed columns: without a type, SQLite would not use the key to look up an id.
SCHEMA = """
    CREATE TEMP TABLE purchase (n INTEGER, id INTEGER, account INTEGER, points INTEGER,
                                at_us INTEGER);
    CREATE TEMP TABLE earned (account INTEGER PRIMARY KEY, points INTEGER, last INTEGER);
"""
PURCHASES = """INSERT INTO purchase
    WITH RECURSIVE n(n) AS (SELECT 1 WHERE :purchases > 0
                             UNION ALL SELECT n + 1 FROM n WHERE n < :purchases)
    SELECT n, :purchase0 + 2 * n, :account0 + abs(random()) % :customers, 1 + abs(random()) % 20,
           :now_us - (:purchases - n) * 1000
      FROM n"""
EARNED = "INSERT INTO earned SELECT account, SUM(points), MAX(id) FROM purchase GROUP BY account"

STEPS = (
    ("customers", """
        INSERT INTO customer (merchant_id, id, version, phone, source, created_us, updated_us)
        WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < :customers)
        SELECT :merchant, :customer0 + n, 1, printf('+3361%07d', n), 'LOYALTY', :then_us, :then_us
          FROM n"""),
    ("accounts", """INSERT INTO loyalty_account
            (merchant_id, id, program_id, customer_id, phone, enrolled_us, created_us, updated_us)
        SELECT :merchant, :account0 + (id - :customer0), :program, id, phone, :then_us,
               :then_us, :then_us
          FROM customer
         WHERE merchant_id = :merchant AND id >= :customer0 AND id < :customer0 + :customers"""),
    ("balances", """INSERT INTO ledger_account
            (merchant_id, owner_id, book, unit, balance, lifetime, last_event_id, floor)
        SELECT :merchant, a.id, :points_book, :program, COALESCE(e.points, 0),
               COALESCE(e.points, 0), COALESCE(e.last, 0), 0
          FROM loyalty_account AS a
          LEFT JOIN temp.earned AS e ON e.account = a.id
         WHERE a.merchant_id = :merchant AND a.id >= :account0 AND a.id < :account0 + :customers
         ORDER BY a.id"""),
    ("listing", """INSERT INTO customer_listing
            (merchant_id, customer_id, sort_name, source, created_us)
        SELECT merchant_id, id, char(1114109), source, created_us
          FROM customer
         WHERE merchant_id = :merchant AND id >= :customer0 AND id < :customer0 + :customers"""),
    ("listed balances", """INSERT INTO customer_balance
            (merchant_id, customer_id, program_id, balance)
        SELECT :merchant, a.customer_id, :program, COALESCE(e.points, 0)
          FROM loyalty_account AS a
          LEFT JOIN temp.earned AS e ON e.account = a.id
         WHERE a.merchant_id = :merchant AND a.id >= :account0 AND a.id < :account0 + :customers
         ORDER BY a.customer_id"""),
    ("transfers", """INSERT INTO ledger_transfer (merchant_id, id, seq, unit, reason, at_us)
        SELECT :merchant, id, :seq0 + 2 * n, :program, :reason, at_us FROM purchase"""),
    ("lines", """INSERT INTO ledger_line
            (merchant_id, transfer_id, line, owner_id, book, amount, lot_id, expires_us)
        SELECT :merchant, id, 0, account, :points_book, points, id, at_us + :keep_us FROM purchase
         UNION ALL
        SELECT :merchant, id, 1, :program, :earned_book, -points, NULL, NULL FROM purchase
         ORDER BY 2, 3"""),
    ("lots", """INSERT INTO ledger_account
            (merchant_id, owner_id, book, expires_us, lot_id, unit, balance, floor)
        SELECT :merchant, account, :points_book, at_us + :keep_us, id, :program, points, 0
          FROM purchase ORDER BY 2, 4, 5"""),
    ("events", """INSERT INTO loyalty_event
            (merchant_id, id, seq, account_id, previous_id, program_id, type, points, rule_version,
             location_id, actor_kind, actor_id, at_us)
        SELECT :merchant, id, :seq0 + 2 * n, account,
               LAG(id, 1, 0) OVER (PARTITION BY account ORDER BY id), :program,
               'ACCUMULATE_POINTS', points, 1, :location, :actor, :key, at_us
          FROM purchase ORDER BY id"""),
    ("kept replies", """INSERT INTO idempotency (merchant_id, id, key_hash, request_hash, reply)
        SELECT :merchant, id + 1, randomblob(16), randomblob(16), printf('%0600d', n)
          FROM purchase"""),
    ("sequence", """INSERT INTO merchant_seq (merchant_id, seq)
        VALUES (:merchant, :seq0 + 2 * :purchases + 1)
        ON CONFLICT (merchant_id) DO UPDATE SET seq = excluded.seq"""),
    ("what is counted", """INSERT INTO customer_mark (merchant_id, seq)
        VALUES (:merchant, :seq0 + 2 * :purchases + 1)
        ON CONFLICT (merchant_id) DO UPDATE SET seq = excluded.seq"""),
)


def id_number(text):
    """The number of an id such as mer_0c4n8k2m7q9zv."""
    number = 0
    for character in text.split("_")[1]:
        number = number * 32 + ALPHABET.index(character)
    return number


def id_text(prefix, number):
    """The other way round."""
    digits = ""
    for _ in range(13):
        digits = ALPHABET[number % 32] + digits
        number //= 32
    return prefix + "_" + digits


def id_at(ms):
    return (ms - ID_EPOCH_MS) << 22


def parameters(demo, customers, purchases):
    merchant = demo["merchants"][0]
    now_ms = int(time.time() * 1000)
    return {
        "merchant": id_number(merchant["id"]),
        "program": id_number(merchant["programs"][0]["id"]),
        "location": id_number(merchant["locations"][0]["id"]),
        "key": 1, "customers": customers, "purchases": purchases,
        "customer0": id_at(now_ms - 3 * DAY_MS), "account0": id_at(now_ms - 2 * DAY_MS),
        "purchase0": id_at(now_ms - DAY_MS),
        "now_us": now_ms * 1000, "then_us": (now_ms - 3 * DAY_MS) * 1000,
        "keep_us": 365 * DAY_MS * 1000, "seq0": 1000000, "points_book": BOOK_POINTS,
        "earned_book": BOOK_EARNED, "reason": REASON_EARN, "actor": ACTOR_KEY,
    }


def fill(path, demo, customers, purchases):
    """Gives what a load needs to know: merchant, program, location, first account, as numbers."""
    values = parameters(demo, customers, purchases)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -400000")
    db.execute("PRAGMA temp_store = MEMORY")
    marks = ",".join("?" * len(FILLED))
    indexes = db.execute("SELECT name, sql FROM sqlite_master"
                         " WHERE type = 'index' AND sql IS NOT NULL"
                         "   AND tbl_name IN (%s)" % marks, FILLED).fetchall()
    db.executescript(SCHEMA)
    db.execute("BEGIN IMMEDIATE")
    for text in (PURCHASES, EARNED):
        db.execute(text, values)
    for name, _ in indexes:
        db.execute('DROP INDEX "%s"' % name)  # made again at the end, sorted: many times faster
    for _, text in STEPS:
        db.execute(text, values)
    for _, text in indexes:
        db.execute(text)
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return {"merchant": values["merchant"], "program": values["program"],
            "location": values["location"], "first_account": values["account0"],
            "accounts": customers}


def main(path, demo_path, customers, purchases):
    with open(demo_path, encoding="utf-8") as file:
        demo = json.load(file)
    print(json.dumps(fill(path, demo, int(customers), int(purchases))))


if __name__ == "__main__":
    main(*sys.argv[1:])
