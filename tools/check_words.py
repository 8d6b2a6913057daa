#!/usr/bin/env python3
"""Checks names and words.

1. No banned word is part of a name of ours; they say nothing.
2. No float or double in src/core: amounts are whole numbers.
3. Every ERR_ is raised somewhere, and each one named under a header's `Errors:` has a test.
4. Every table and every module of core is a word of docs/glossary.md.
5. Nothing is marked as left to be done.
"""
import os
import re

from sources import TOP, code_only, files, finish, line_of, read

BANNED = {"util", "utils", "common", "helper", "helpers", "misc", "manager", "handle", "data",
          "info", "process", "do"}
# Names that libraries gave, and C's own words.
NOT_OURS = re.compile(r"^(do$|MHD_|sqlite3|PQ|PG|curl_|CURL|json_|crypto_|sodium_|[A-Z]{2,}_|"
                      r"ucol|u_|uloc|udat|unum|ucal)")


def banned_names():
    for path in files(["src", "bench"], (".c", ".h", ".cpp")):
        if path.endswith("_test.c"):  # their names are sentences
            continue
        text = code_only(read(path))
        # Not after . or ->: a member of ours is found where it is declared.
        for match in re.finditer(r"(?<![.>\w])[A-Za-z_]\w*\b", text):
            name = match.group(0)
            bad = BANNED.intersection(name.lower().split("_"))
            if bad and not NOT_OURS.match(name):
                yield "%s:%d: %s: `%s` is a banned word" % (
                    path, line_of(text, match.start(0)), name, bad.pop())
    for path in files(["src", "bench", "tools", "tests"], (".c", ".h", ".cpp", ".py", ".mjs")):
        bad = BANNED.intersection(re.split(r"[_.\W]", os.path.basename(path)))
        if bad:
            yield "%s: `%s` is a banned word" % (path, bad.pop())


def floats_in_core():
    for path in files(["src/core"], (".c", ".h")):
        text = code_only(read(path))
        for match in re.finditer(r"\b(float|double)\b", text):
            yield "%s:%d: %s: amounts are whole numbers" % (
                path, line_of(text, match.start(0)), match.group(0))


def promised_errors():
    """ERR_… → where a header promises it, of the lines under `Errors:` in comments."""
    promised = {}
    for path in files(["src"], (".h",)):
        text = read(path)
        for comment in re.finditer(r"/\*.*?\*/", text, re.DOTALL):
            body = comment.group(0)
            at = body.find("Errors:")
            for match in re.finditer(r"\bERR_[A-Z0-9_]*[A-Z0-9]\b", body[at:] if at >= 0 else ""):
                promised.setdefault(match.group(0), path)
    return promised


def untested_errors():
    listed = set(re.findall(r"^ERR\((ERR_\w+)", read("src/base/err.def"), re.MULTILINE))
    tests = "\n".join(read(path) for path in files(["src"], ("_test.c",))
                      + files(["tests"], (".c", ".mjs", ".txt")))
    if not tests.count("TEST("):
        return
    mentioned = set(re.findall(r"\b[A-Z][A-Z0-9_]+\b", tests))
    for name, path in sorted(promised_errors().items()):
        if name not in listed:
            yield "%s: %s is not in src/base/err.def" % (path, name)
        elif not {name, name[len("ERR_"):]} & mentioned:
            yield "%s: %s is promised, and no test mentions it" % (path, name)


def unraised_errors():
    sources = [path for path in files(["src"], (".c", ".cpp", ".h"))
               if not path.endswith("_test.c")]
    if not os.path.exists(os.path.join(TOP, "src/server/main.c")):
        return
    raised = set(re.findall(r"\bERR_\w+\b", "\n".join(code_only(read(path)) for path in sources)))
    for name in re.findall(r"^ERR\((ERR_\w+)", read("src/base/err.def"), re.MULTILINE):
        if name not in raised:
            yield "src/base/err.def: %s is never given" % name


def words_missing_from_glossary():
    if not os.path.exists(os.path.join(TOP, "docs/glossary.md")):
        print("there is no docs/glossary.md yet")
        return
    text = read("docs/glossary.md").lower()
    known = set(re.findall(r"[a-z][a-z0-9_]*", text))
    # A row's first cell; "account (ledger)" is the word account.
    terms = set(re.findall(r"^\| ([a-z][a-z ]*?)(?: \(.*?\))? \|", text, re.MULTILINE))
    for path in files(["src/db/migrations"], (".sql",)):
        renamed = dict(re.findall(r"^ALTER TABLE (\w+) RENAME TO (\w+)", read(path), re.MULTILINE))
        for table in re.findall(r"^CREATE TABLE (\w+)", read(path), re.MULTILINE):
            table = renamed.get(table, table)
            # ledger_line: the word line, of the module ledger
            without_module = table.split("_", 1)[-1]
            if table not in known and not terms & {w.replace("_", " ")
                                                   for w in (table, without_module)}:
                yield "%s: the table %s is not in docs/glossary.md" % (path, table)
    for module in sorted({path.split("/")[2] for path in files(["src/core"], (".c", ".h"))}):
        if module not in known:
            yield "src/core/%s: the module is not in docs/glossary.md" % module


def unfinished():
    for path in files(["src", "box", "bench", "tests", "tools", "web"],
                      (".c", ".h", ".cpp", ".def", ".sql", ".py", ".mjs", ".ts", ".svelte")):
        text = read(path)
        for match in re.finditer(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b", text):
            yield "%s:%d: %s: finish it, or write an issue" % (
                path, line_of(text, match.start(0)), match.group(0))


def main():
    checks = [banned_names, floats_in_core, untested_errors, unraised_errors,
              words_missing_from_glossary, unfinished]
    breaches = [breach for check in checks for breach in check()]
    finish(breaches, "%d sources" % len(files(["src"], (".c", ".h", ".cpp"))))


main()
