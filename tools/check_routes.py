#!/usr/bin/env python3
"""Checks that src/api/routes.c and openapi/openapi.yaml name the same methods and paths, and
that the dashboard has words for all that the trail may say one of the team did."""
import os
import re

from sources import TOP, finish, line_of, read, without_comments

ROUTES, OPENAPI = "src/api/routes.c", "openapi/openapi.yaml"
ROW = re.compile(r"\b(?:READ|WRITE|REPORT)\s*,\s*(GET|POST|PUT|DELETE)_?\s*,\s*\"([^\"]+)\"")
WORDS = "web/dashboard/src/features/trail/operations.ts"
TRACED = re.compile(r"^ {4}\{(?:WRITE|.*TRACE_(?:LOOKED|GAVE))")
# Done before anybody is known, or by customers and tablets: never by one of the team.
NOT_STAFF = re.compile(r"PERM_(?:NOTHING|TABLET|CUSTOMER)\b|TRACE_NOTHING")
HANDLER = re.compile(r"\b(PARSED_BY|BY_ID|PARSED|PREPARED|PROVED|PLAIN)\(([^)]*)\)")
METHODS = ("get", "post", "put", "delete", "patch", "head", "options")


def routes():
    """(METHOD, path) → line, of each row of the route table."""
    text = without_comments(read(ROUTES))
    return {(m.group(1), m.group(2)): line_of(text, m.start(0)) for m in ROW.finditer(text)}


def described():
    """The same, of the `paths:` of openapi.yaml: paths are indented by 2, methods by 4."""
    found, path, in_paths = {}, None, False
    for number, line in enumerate(read(OPENAPI).splitlines(), 1):
        if re.match(r"\S", line) and not line.startswith("#"):
            in_paths = line.startswith("paths:")
        if not in_paths:
            continue
        match = re.match(r"  [\"']?(/[^\"':]*)[\"']?:", line)
        if match:
            path = match.group(1)
        match = re.match(r"    (\w+):", line)
        if match and path and match.group(1) in METHODS:
            found[(match.group(1).upper(), path)] = number
    return found


def untold():
    """(line, name) of each handler that the trail may name and the dashboard has no words for."""
    words = set(re.findall(r"^  '(\w+)',$", read(WORDS), re.MULTILINE))
    for number, row in enumerate(read(ROUTES).splitlines(), 1):
        if TRACED.match(row) and not NOT_STAFF.search(row):
            how, names = HANDLER.search(row).groups()
            parts = [name.strip() for name in names.split(",")]
            name = parts[-1] if how in ("PARSED_BY", "BY_ID") else parts[0]
            if name not in words:
                yield number, name


def main():
    for path in (ROUTES, OPENAPI):
        if not os.path.exists(os.path.join(TOP, path)):
            finish([], "there is no %s yet" % path)
    in_code, in_text = routes(), described()
    breaches = ["%s:%d: %s %s is not in %s" % (ROUTES, line, *route, OPENAPI)
                for route, line in in_code.items() if route not in in_text]
    breaches += ["%s:%d: %s %s is not in %s" % (OPENAPI, line, *route, ROUTES)
                 for route, line in in_text.items() if route not in in_code]
    breaches += ["%s:%d: the trail may say %s: no words in %s" % (ROUTES, line, name, WORDS)
                 for line, name in untold()]
    if not in_code:
        breaches.append("%s: no rows were understood" % ROUTES)
    finish(breaches, "%d routes, %d described" % (len(in_code), len(in_text)))


main()
