#!/usr/bin/env python3
"""Checks that src/api/routes.c and openapi/openapi.yaml name the same methods and paths."""
import os
import re

from sources import TOP, finish, line_of, read, without_comments

ROUTES, OPENAPI = "src/api/routes.c", "openapi/openapi.yaml"
ROW = re.compile(r"\b(?:READ|WRITE|REPORT)\s*,\s*(GET|POST|PUT|DELETE)_?\s*,\s*\"([^\"]+)\"")
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


def main():
    for path in (ROUTES, OPENAPI):
        if not os.path.exists(os.path.join(TOP, path)):
            finish([], "there is no %s yet" % path)
    in_code, in_text = routes(), described()
    breaches = ["%s:%d: %s %s is not in %s" % (ROUTES, line, *route, OPENAPI)
                for route, line in in_code.items() if route not in in_text]
    breaches += ["%s:%d: %s %s is not in %s" % (OPENAPI, line, *route, ROUTES)
                 for route, line in in_text.items() if route not in in_code]
    if not in_code:
        breaches.append("%s: no rows were understood" % ROUTES)
    finish(breaches, "%d routes, %d described" % (len(in_code), len(in_text)))


main()
