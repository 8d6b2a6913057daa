#!/usr/bin/env python3
"""Writes the migrations into a C source, so that the binary carries them.

Usage: embed_migrations.py OUT.c 0001_first.sql 0002_second.sql …
"""
import os
import re
import sys


def c_string(text):
    """One C literal for each line, so that a compiler's message points at a readable place."""
    lines = []
    for line in text.splitlines():
        escaped = line.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?")
        lines.append('        "%s\\n"' % escaped)
    return "\n".join(lines)


def rows(paths):
    before = 0
    for path in paths:
        match = re.fullmatch(r"(\d{4})_([a-z0-9_]+)\.sql", os.path.basename(path))
        if not match:
            sys.exit("%s: a migration is named NNNN_what_it_does.sql" % path)
        number = int(match.group(1))
        if number <= before:
            sys.exit("%s: migrations count up, the one before is %d" % (path, before))
        before = number
        with open(path, encoding="utf-8") as file:
            text = file.read()
        yield '    {%d, "%s",\n%s},' % (number, match.group(2), c_string(text))


def main(out, paths):
    body = list(rows(sorted(paths)))
    text = "\n".join(
        ["/* Made by tools/embed_migrations.py from src/db/migrations. Not edited by hand. */",
         '#include "db/migrate.h"',
         "",
         "const struct migration migrations[] = {"]
        + (body or ["    {0},"])
        + ["};", "const int migration_count = %d;" % len(body), ""])
    os.makedirs(os.path.dirname(out), exist_ok=True)
    try:
        with open(out, encoding="utf-8") as file:
            if file.read() == text:
                return
    except FileNotFoundError:
        pass
    with open(out, "w", encoding="utf-8") as file:
        file.write(text)


main(sys.argv[1], sys.argv[2:])
