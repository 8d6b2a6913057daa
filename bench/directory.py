#!/usr/bin/env python3
"""Names the customers that bench/fill.py made, as the program would have: words, listing, balances;
and measures searches of them over HTTP.

Some names are very common and most are rare, as in any town: the first of a list is some hundred
times as frequent as the last.
"""
import json
import random
import sqlite3
import statistics
import time
import urllib.error
import urllib.request

from fill import id_number, id_text
from server import Server

GIVEN = """Marie Jean Anne Pierre Michel Nathalie Isabelle Catherine Philippe Sylvie Alain Martine
 Patrick Nicolas Christophe Monique Daniel Bernard Christine Laurent Julie Frédéric Sandrine Olivier
 Stéphane Jacqueline David Sébastien Julien Céline Valérie Françoise Thomas Camille Aurélie Émilie
 Hugo Léa Manon Chloé Lucas Mathis Enzo Inès Zoé Noah Mohamed Fatima Karim Amina Youssef Samira
 Giulia Marco João Beatriz Iñaki Núria Oriol Wouter Femke Björn Zofia Łukasz Đức Adaeze""".split()
ROOTS = """Mar Dup Ber Lef Gar Rob Pet Dur Mor Lau Sim Mic Fon Rou Gir Bon Mer Bla Gue Bou Mul Hen
 Nic Mas Den Lem Phi Che Fra Col Vid Hub Car Ren Arn Lac Fab Bru Roy Cla""".split()
ENDS = """tin ont nard ebvre cia ert it and eau rent on hel taine sel ard net cier nchet rin ret
 ler ry olas son is aire ppe val nçois in al ot pentier aud oux our re nel er vet""".split()
FAMILY = [root + end for end in ENDS for root in ROOTS]

STEPS = (
    """UPDATE customer SET given_name = given(id), family_name = family(id)
        WHERE merchant_id = :merchant""",
    """UPDATE customer
          SET email = fold(given_name) || '.' || fold(family_name) || substr(phone, -4)
                      || '@mail' || (id % 40) || '.example.org'
        WHERE merchant_id = :merchant""",
    """INSERT OR IGNORE INTO customer_word (merchant_id, word, customer_id)
       SELECT merchant_id, word, id
         FROM (SELECT merchant_id, id, 'n:' || fold(given_name) AS word FROM customer
               UNION ALL SELECT merchant_id, id, 'n:' || fold(family_name) FROM customer
               UNION ALL SELECT merchant_id, id, 'e:' || email FROM customer
               UNION ALL SELECT merchant_id, id, 'e:' || fold(family_name) || substr(phone, -4)
                 FROM customer
               UNION ALL SELECT merchant_id, id, 'e:' || substr(email, instr(email, '@') + 1)
                 FROM customer
               UNION ALL SELECT merchant_id, id, 'p:' || substr(phone, 2) FROM customer
               UNION ALL SELECT merchant_id, id, 'r:' || backwards(substr(phone, 2)) FROM customer)
        WHERE merchant_id = :merchant
        ORDER BY merchant_id, word, id""",
    """CREATE TEMP TABLE visited (account INTEGER PRIMARY KEY, visits INTEGER, first INTEGER,
                                  last INTEGER)""",
    """INSERT INTO temp.visited SELECT account_id, COUNT(*), MIN(at_us), MAX(at_us)
         FROM loyalty_event WHERE merchant_id = :merchant GROUP BY account_id""",
    """INSERT OR REPLACE INTO customer_listing
              (merchant_id, customer_id, sort_name, birth_month, source, created_us, visits,
               spend_minor, first_visit_us, last_visit_us)
       SELECT c.merchant_id, c.id, fold(c.family_name) || ' ' || fold(c.given_name), 1 + c.id % 12,
              c.source, c.created_us, COALESCE(v.visits, 0),
              COALESCE(v.visits, 0) * (300 + abs(random()) % 2000), COALESCE(v.first, 0),
              COALESCE(v.last - abs(random()) % 250 * 86400000000, 0)
         FROM customer AS c
         LEFT JOIN loyalty_account AS a ON a.merchant_id = c.merchant_id
          AND a.customer_id = c.id AND a.program_id = :program
         LEFT JOIN temp.visited AS v ON v.account = a.id
        WHERE c.merchant_id = :merchant""",
    """INSERT OR REPLACE INTO customer_balance (merchant_id, customer_id, program_id, balance)
       SELECT a.merchant_id, a.customer_id, a.program_id, p.balance
         FROM loyalty_account AS a
         JOIN ledger_account AS p
           ON p.merchant_id = a.merchant_id AND p.owner_id = a.id AND p.book = 1
          AND p.expires_us = 0 AND p.lot_id = 0
        WHERE a.merchant_id = :merchant AND a.program_id = :program""",
    """INSERT INTO customer_mark (merchant_id, seq)
       SELECT merchant_id, seq FROM merchant_seq WHERE merchant_id = :merchant
           ON CONFLICT (merchant_id) DO UPDATE SET seq = excluded.seq""",
    "DELETE FROM customer_touch WHERE merchant_id = :merchant",
    # A tag that a tenth has and one that few have, an agreement of a twentieth, a place of few.
    """INSERT INTO tag (merchant_id, id, name, folded, created_us, updated_us)
       SELECT :merchant, column1, column2, column2, 0, 0
         FROM (VALUES (:program + 1, 'common'), (:program + 2, 'rare'))""",
    """INSERT INTO customer_tag (merchant_id, customer_id, tag_id)
       SELECT merchant_id, customer_id, :program + 1 FROM customer_listing
        WHERE merchant_id = :merchant AND customer_id % 10 = 0""",
    """INSERT INTO customer_tag (merchant_id, customer_id, tag_id)
       SELECT merchant_id, customer_id, :program + 2 FROM customer_listing
        WHERE merchant_id = :merchant AND customer_id % 50000 = 7""",
    """INSERT INTO consent (merchant_id, id, customer_id, purpose, state, notice_version, language,
                            actor_kind, actor_id, at_us)
       SELECT merchant_id, customer_id, customer_id, 'marketing', 'given', '1', 'fr', 1, 0,
              created_us
         FROM customer_listing WHERE merchant_id = :merchant AND customer_id % 20 = 0""",
    """UPDATE customer_listing SET location_id = :location
        WHERE merchant_id = :merchant AND customer_id % 100 = 1""",
)
FOLDS = str.maketrans("éèêëçñïîôöûüąãåłđ", "eeeecniioouuaaald")


def pick(names):
    """The product of two random numbers makes the first names likelier."""
    return names[int(random.random() * random.random() * len(names))]


def fold(text):
    return text.lower().translate(FOLDS)


def fill_directory(path, known):
    db = sqlite3.connect(path, isolation_level=None)
    db.create_function("fold", 1, fold, deterministic=True)
    db.create_function("backwards", 1, lambda text: text[::-1], deterministic=True)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA cache_size = -400000")
    db.execute("PRAGMA temp_store = MEMORY")
    for name, list_of in (("given", GIVEN), ("family", FAMILY)):
        db.create_function(name, 1, lambda _, names=list_of: pick(names))
    values = {name: known[name] for name in ("merchant", "program", "location")}
    db.execute("BEGIN IMMEDIATE")
    for text in STEPS:
        db.execute(text, {k: v for k, v in values.items() if ":" + k in text})
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()



# What somebody types: a name that many have, a rarer one, two, an address, the end of a number.
TYPED = ("marie", "martin", "dupont", "mar", "marie martin", "dupont jean", "lemtin", "anne.ber",
         "0012", "12 34")
TRIES = 7


def ask_ms(server, key, body):
    """How long one search takes, the client's part included."""
    request = urllib.request.Request(
        "http://127.0.0.1:%d/v2/customers/search" % server.port, json.dumps(body).encode(),
        {"Authorization": "Bearer " + key, "Content-Type": "application/json"})
    begun = time.perf_counter()
    try:
        with urllib.request.urlopen(request) as reply:
            json.load(reply)
    except urllib.error.HTTPError as refusal:
        if refusal.code != 503:  # it took longer than a search may, and that is its time
            raise
    return (time.perf_counter() - begun) * 1000


def filters_of(merchant):
    """Each kind of filter, one that finds many and one that finds few; and several at once."""
    program, location = merchant["programs"][0]["id"], merchant["locations"][0]["id"]
    common, rare = (id_text("tag", id_number(program) + number) for number in (1, 2))
    return {
        "many by visits": {"visits": {"min": 2}},
        "few by visits": {"visits": {"min": 7}},
        "many by spending": {"spend": {"min": 1000}},
        "few by spending": {"spend": {"min": 12000}},
        "many by last visit": {"last_visit_days": {"max": 90}},
        "at risk": {"last_visit_days": {"min": 60}, "visits": {"min": 3}},
        "many by joining": {"joined_days": {"max": 30}},
        "nobody by joining": {"joined_days": {"min": 400}},
        "a birthday month": {"birth_month": 5},
        "many by balance": {"balance": {"program_id": program, "min": 10}},
        "few by balance": {"balance": {"program_id": program, "min": 80}},
        "a common tag": {"group_ids": {"all": [common]}},
        "a rare tag": {"group_ids": {"all": [rare]}},
        "without a tag": {"group_ids": {"none": [common]}},
        "two tags": {"group_ids": {"all": [common, rare]}},
        "a source": {"creation_source": {"values": ["LOYALTY"]}},
        "a source of nobody": {"creation_source": {"values": ["DIRECTORY"]}},
        "a place of few": {"location_id": location},
        "agreed": {"consent": {"purpose": "marketing", "state": "given"}},
        "not asked": {"consent": {"purpose": "marketing", "state": "none"}},
        "four at once": {"visits": {"min": 2}, "birth_month": 5, "last_visit_days": {"max": 90},
                         "balance": {"program_id": program, "min": 10}},
        "a word, and visits": {"text": {"fuzzy": "martin"}, "visits": {"min": 3}},
        "a rare word, and a month": {"text": {"fuzzy": "lemtin"}, "birth_month": 5},
    }


def measure_filters(merchant, median):
    """In each order; one that takes too long for an answer is told as the server's limit."""
    found = {}
    for name, narrowed in filters_of(merchant).items():
        for field in ("CREATED_AT", "LAST_VISIT", "SPEND", "NAME"):
            found["%s, %s" % (name, field)] = median(
                {"filter": narrowed, "sort": {"field": field, "order": "DESC"}})
    return found


def measure_directory(shop):
    """Medians in milliseconds: of each thing typed, of pages in each order, of counting."""
    fill_directory(shop.path, shop.known)
    merchant = shop.demo["merchants"][0]
    with Server(shop.folder) as server:
        def median(query, **more):
            body = {"query": query, "limit": 30, **more}
            return statistics.median(ask_ms(server, merchant["api_key"], body)
                                     for _ in range(TRIES))

        newest = {"field": "CREATED_AT", "order": "DESC"}
        narrowed = {"visits": {"min": 2}, "birth_month": 5, "last_visit_days": {"max": 90},
                    "balance": {"program_id": merchant["programs"][0]["id"], "min": 10}}
        return {
            "typed": {words: median({"filter": {"text": {"fuzzy": words}}, "sort": newest})
                      for words in TYPED},
            "filtered": measure_filters(merchant, median),
            "pages": {field: median({"sort": {"field": field, "order": "DESC"}})
                      for field in ("LAST_VISIT", "SPEND", "NAME")},
            "narrowed": median({"filter": narrowed, "sort": newest}),
            "counted": median({"filter": narrowed}, count=True),
        }
