"""What programs cost: accumulating by order beside points told, and expiry beside credits."""
import json
import os
import shutil
import time
import urllib.request

from fill import id_number
from fill_orders import count_due, fill_members, fill_orders, make_due
from server import Server, load

# Two ways to say always, so that what is measured is the same at every hour.
EVERY_DAY = "BEGIN:VEVENT\nDTSTART:20260101T000000\nDURATION:PT24H\nRRULE:FREQ=DAILY\nEND:VEVENT"
EVERY_WEEK = ("BEGIN:VEVENT\nDTSTART:20260101T000000\nDURATION:PT24H\n"
              "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU\nEND:VEVENT")
EXPIRY_BEGINS_S = 30  # at the latest, after a server's start


def ask(server, key, method, path, body=None):
    request = urllib.request.Request(
        "http://127.0.0.1:%d%s" % (server.port, path), method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": "Bearer " + key, "Content-Type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        return json.load(reply)


def euros(amount):
    return {"amount": amount, "currency": "EUR"}


def promotion(name, times, more):
    return {"name": name, "available_time": {"time_periods": [times]}, **more}


def times_over(multiplier):
    return {"incentive": {"type": "POINTS_MULTIPLIER",
                          "points_multiplier_data": {"multiplier": multiplier}}}


def added(points):
    return {"incentive": {"type": "POINTS_ADDITION",
                          "points_addition_data": {"points_addition": points}}}


PROMOTIONS = (  # of which program, and what
    (0, promotion("Deux fois", EVERY_DAY, times_over("2.0"))),
    (0, promotion("Cinq de plus", EVERY_WEEK,
                  {**added(5), "minimum_spend_amount_money": euros(1000)})),
    (1, promotion("Un et demi", EVERY_DAY, times_over("1.5"))),
    (2, promotion("Trois fois", EVERY_WEEK, times_over("3.0"))),
    (2, promotion("Deux de plus", EVERY_DAY, added(2))),
)


class Wishes:
    """The requests that make three programs with five promotions of a demo's first merchant."""

    def __init__(self, server, key):
        self.server, self.key, self.number = server, key, 0

    def make(self, path, body):
        self.number += 1
        return ask(self.server, self.key, "POST", path,
                   {**body, "idempotency_key": "bench-%d" % self.number})

    def article(self, number, category):
        item = {"type": "ITEM", "id": "#item", "item_data": {
            "name": "Article %d" % number, "categories": [{"id": category}],
            "variations": [{"type": "ITEM_VARIATION", "id": "#variation", "item_variation_data": {
                "pricing_type": "FIXED_PRICING", "price_money": euros(150)}}]}}
        made = self.make("/v2/catalog/object", {"object": item})["catalog_object"]
        return made["item_data"]["variations"][0]["id"]

    def category(self, name):
        wanted = {"type": "CATEGORY", "id": "#category", "category_data": {"name": name}}
        return self.make("/v2/catalog/object", {"object": wanted})["catalog_object"]["id"]

    def program(self, name, rule):
        wanted = {"name": name, "type": "points", "accrual_rules": [rule],
                  "terminology": {"one": "point", "other": "points"}}
        return self.make("/v2/loyalty/programs", {"program": wanted})["program"]["id"]


def set_up(folder, demo):
    """Gives the programs' ids, the main one first, and the articles as (variation, category)."""
    with Server(folder) as server:
        key = demo["merchants"][0]["api_key"]
        wishes = Wishes(server, key)
        listed = ask(server, key, "GET", "/v2/loyalty/programs")["programs"]
        for other in listed[1:]:
            ask(server, key, "PUT", "/v2/loyalty/programs/" + other["id"],
                {"program": {"status": "INACTIVE"}})
        categories = [wishes.category("Bench %d" % n) for n in range(2)]
        sold = [(wishes.article(n, categories[n % 2]), categories[n % 2]) for n in range(20)]
        programs = [listed[0]["id"], wishes.program("By article", {
            "accrual_type": "ITEM_VARIATION", "points": 1,
            "item_variation_data": {"item_variation_ids": [one for one, _ in sold[::4]]},
        }), wishes.program("By category", {
            "accrual_type": "CATEGORY", "points": 2,
            "category_data": {"category_ids": [categories[0]]},
        })]
        for number, wanted in PROMOTIONS:
            wishes.make("/v2/loyalty/programs/%s/promotions" % programs[number],
                        {"loyalty_promotion": wanted})
    return programs, [(id_number(one), id_number(category)) for one, category in sold]


class OrderShop:
    """A shop with three programs, five promotions, and orders of ten articles that wait."""

    def __init__(self, shop, orders):
        self.shop, self.orders = shop, orders
        programs, articles = set_up(shop.folder, shop.demo)
        for number, program in enumerate(programs[1:], 1):
            fill_members(shop.path, shop.known, program, number)
        self.first_order = fill_orders(shop.path, shop.known, int(time.time() * 1e6), articles,
                                       orders)

    def measure(self, folder, connections, seconds):
        """Accumulates of points, then of orders, on a copy each: the orders are there once."""
        found = {}
        for name, orders in (("points", (0, 0)), ("orders", (self.first_order, self.orders))):
            twin = self.shop.copy(folder, "by-" + name)
            with Server(twin.folder) as server:
                load(server, twin, connections, 2)
                found[name] = load(server, twin, connections, seconds, orders=orders)
            shutil.rmtree(twin.folder)
        return found


def wait_for_expiry(server, twin, connections, began_us):
    """Credits go on until the job has begun to take points."""
    before = count_due(twin.path, twin.known, began_us)
    for _ in range(EXPIRY_BEGINS_S):
        load(server, twin, connections, 1)
        if count_due(twin.path, twin.known, began_us) < before:
            return
    raise RuntimeError("points that are due do not expire")


def measure_expiry(shop, folder, connections, seconds):
    """Credits while points expire in the background, and while there are none that do."""
    found = {}
    for name in ("kept", "due"):
        twin = shop.copy(folder, "lots-" + name)
        began_us = int(time.time() * 1e6)
        if name == "due":
            make_due(twin.path, twin.known, began_us)
        os.sync()
        with Server(twin.folder) as server:
            if name == "due":
                wait_for_expiry(server, twin, connections, began_us)
            else:
                load(server, twin, connections, 2)
            before = count_due(twin.path, twin.known, began_us)
            found[name] = load(server, twin, connections, seconds)
            found[name]["expired"] = before - count_due(twin.path, twin.known, began_us)
        shutil.rmtree(twin.folder)
    if found["due"]["expired"] == 0:
        raise RuntimeError("no points expired while credits were measured")
    return found
