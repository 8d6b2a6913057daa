"""Fills what fill.py leaves out: accounts in more programs, waiting orders, points that are due."""
import sqlite3

from fill import ALPHABET, ID_EPOCH_MS, id_at, id_number

LINES = 10
LINE_MINOR = 150
ORDER_KEEP_US = 86400 * 1000000
LONG_AGO_US = 86400 * 1000000

MEMBERS = ("""INSERT INTO loyalty_account
            (merchant_id, id, program_id, customer_id, phone, enrolled_us, created_us, updated_us)
        SELECT merchant_id, id + :apart, :program, customer_id, phone, enrolled_us, created_us,
               updated_us
          FROM loyalty_account WHERE merchant_id = :merchant AND program_id = :main""",
           """INSERT INTO ledger_account
            (merchant_id, owner_id, book, unit, balance, lifetime, last_event_id, floor)
        SELECT merchant_id, id, 1, program_id, 0, 0, 0, 0
          FROM loyalty_account WHERE merchant_id = :merchant AND program_id = :program""")

ORDERS = ("""INSERT INTO order_head
            (merchant_id, id, integration_id, vendor_order, status, establishment, location_id,
             currency, total_minor, tax_minor, tip_minor, closed_us, received_us, claim_state,
             claim_until_us, points)
        WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n + 1 < :orders)
        SELECT :merchant, :order0 + n, 1, printf('%d', n), 'COMPLETED', '', :location, 'EUR',
               :lines * :line_minor, 0, 0, :now_us, :now_us, 'waiting', :now_us + :keep_us,
               :lines * :line_minor / 100
          FROM n""",
          """INSERT INTO order_line
            (merchant_id, order_id, line, sku, name, category, quantity, total_minor, variation_id,
             category_id)
        WITH RECURSIVE l(l) AS (SELECT 0 UNION ALL SELECT l + 1 FROM l WHERE l + 1 < :lines)
        SELECT :merchant, o.id, l.l, '', 'Article', '', '1', :line_minor, a.variation, a.category
          FROM order_head AS o
          JOIN l
          JOIN temp.article AS a ON a.n = (o.id + l.l) % :articles
         WHERE o.merchant_id = :merchant AND o.id >= :order0""")


def id_text(kind, number):
    """The text of an id, as id_number reads it."""
    digits = ""
    for _ in range(13):
        digits = ALPHABET[number % 32] + digits
        number //= 32
    return kind + "_" + digits


def change(path, steps, values, articles=()):
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -400000")
    db.execute("CREATE TEMP TABLE article (n INTEGER PRIMARY KEY, variation INTEGER,"
               " category INTEGER)")
    db.executemany("INSERT INTO temp.article VALUES (?, ?, ?)",
                   [(n, *article) for n, article in enumerate(articles)])
    db.execute("BEGIN IMMEDIATE")
    for text in steps:
        db.execute(text, values)
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def fill_members(path, known, program, number):
    """Every customer's account in one more program, the number-th."""
    change(path, MEMBERS, {"merchant": known["merchant"], "main": known["program"],
                           "program": id_number(program), "apart": number * (1 << 40)})


def fill_orders(path, known, now_us, articles, orders):
    """Closed orders of ten lines that nobody has claimed; gives the first one's number."""
    order0 = id_at(now_us // 1000)
    assert order0 > id_at(ID_EPOCH_MS)
    change(path, ORDERS, {
        "merchant": known["merchant"], "location": known["location"], "orders": orders,
        "order0": order0, "now_us": now_us, "keep_us": ORDER_KEEP_US, "lines": LINES,
        "line_minor": LINE_MINOR, "articles": len(articles),
    }, articles)
    return order0


def make_due(path, known, now_us):
    """All lots there are have expired: ends of lots are moved, in the lines that made them, too."""
    change(path, (
        "UPDATE ledger_account SET expires_us = :due WHERE merchant_id = :merchant AND lot_id > 0",
        "UPDATE ledger_line SET expires_us = :due WHERE merchant_id = :merchant"
        " AND lot_id IS NOT NULL",
    ), {"merchant": known["merchant"], "due": now_us - LONG_AGO_US})


def count_due(path, known, now_us):
    db = sqlite3.connect("file:%s?mode=ro" % path, uri=True, timeout=30)
    (count,) = db.execute("SELECT COUNT(*) FROM ledger_account WHERE merchant_id = ?"
                          " AND expires_us > 0 AND expires_us < ?",
                          (known["merchant"], now_us)).fetchone()
    db.close()
    return count
