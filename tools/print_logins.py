#!/usr/bin/env python3
"""Prints the links and logins of a demo database, as `habitue demo --json` told them.

Usage: print_logins.py LOGINS.json http://localhost:8080
"""
import json
import sys

WHAT = {"dashboard": "for owners and managers", "till": "for whoever sells",
        "tablet": "for the counter", "app": "for customers"}


def print_merchant(merchant, address):
    print("\n%s" % merchant["name"])
    for name, app in merchant.get("apps", {}).items():
        if app:
            print("  %-12s %s  %s" % (name, address + app, WHAT.get(name, "")))
    for member in merchant.get("staff", []):
        print("  %-12s %s  %s" % (member["role"], member["email"], member["password"]))
    for tablet in merchant.get("tablets", []):
        print("  %-12s pairing code %s  %s" % ("tablet", tablet["pairing_code"], tablet["name"]))
    if "tablet_pin" in merchant:
        print("  %-12s %s  leaves a tablet's screen" % ("PIN", merchant["tablet_pin"]))
    print("  %-12s %s" % ("api key", merchant["api_key"]))


def main(path, address):
    with open(path, encoding="utf-8") as file:
        demo = json.load(file)
    for merchant in demo["merchants"]:
        print_merchant(merchant, address)
    print("\nWhere to begin          %s/" % address)
    print("What would be sent      %s/demo/messages\n" % address)


main(sys.argv[1], sys.argv[2])
