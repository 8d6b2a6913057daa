#!/usr/bin/env python3
"""Checks that includes go down the layers, never up or sideways, as tools/layers.txt says."""
import re

from sources import files, finish, line_of, read, without_comments

INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|(<[^>]+>))', re.MULTILINE)


def read_layers():
    """Gives the allowed folders of each folder, the level of each core module, library owners."""
    allowed, levels, libraries = {}, {}, {}
    for line in read("tools/layers.txt").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        left, right = line.split(":")
        names = right.split()
        if left.startswith("<"):
            libraries[left] = names
        elif left.startswith("core "):
            levels.update((name, int(left[5:])) for name in names)
        else:
            allowed[left] = [left] + names
    return allowed, levels, libraries


def breach_of(path, wanted, layers):
    """Why this file may not include that one; "" if it may."""
    allowed, levels, libraries = layers
    own = path.split("/")[1:]
    if wanted.startswith("<"):
        owners = None if path.endswith("_test.c") else libraries.get(wanted)
        return "" if not owners or own[0] in owners else "only src/%s knows it" % ", ".join(owners)
    parts = wanted.split("/")
    if parts[0] == "support" and path.endswith("_test.c"):
        return ""
    if own[0] not in allowed:
        return "src/%s is not in tools/layers.txt" % own[0]
    if len(parts) == 1 and wanted.endswith(".h"):
        return "write the whole path, from src"
    if parts[0] not in allowed[own[0]]:
        return "src/%s may include %s" % (own[0], ", ".join(allowed[own[0]]))
    if parts[0] != "core" or own[0] != "core" or parts[1] == own[1]:
        return ""
    for module in (parts[1], own[1]):
        if module not in levels:
            return "core/%s has no level in tools/layers.txt" % module
    if levels[parts[1]] >= levels[own[1]]:
        return "core/%s is on level %d, core/%s on level %d" % (parts[1], levels[parts[1]],
                                                                own[1], levels[own[1]])
    return ""


def main():
    layers = read_layers()
    breaches, count = [], 0
    paths = files(["src"], (".c", ".h", ".cpp", ".def"))
    for path in paths:
        text = without_comments(read(path))
        for match in INCLUDE.finditer(text):
            wanted = match.group(1) or match.group(2)
            why = breach_of(path, wanted, layers)
            count += 1
            if why:
                breaches.append("%s:%d: may not include %s: %s"
                                % (path, line_of(text, match.start(0)), wanted, why))
    finish(breaches, "%d includes in %d files" % (count, len(paths)))


main()
