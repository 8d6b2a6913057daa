#!/usr/bin/env python3
"""Checks that no statement reads more of a table than it must, by SQLite's own query plans.

A plan that goes through a whole table, or through all of a merchant's rows, is a breach unless
tools/plan_exceptions.txt names the statement and says why: it is fast in a test, and stands still
with a million rows. What is composed (src/db/compose.h) is checked with each of its filters, and
must come out in its order without being sorted, unless it goes through the few rows of a source,
in which case each must be found by its key. The planner is told of the rows by
src/db/planner.c, as in the program.
"""
import re
import sqlite3

from check_sql import composed_of, for_sqlite, statements_of
from sources import STRING, files, finish, read

SCAN = re.compile(r"^SCAN (\w+)(?!.*CONSTANT)")
# A merchant has few integrations: all rows of one are as good as all of the merchant's.
MERCHANT_WIDE = re.compile(
    r"USING .*?(\w+) \(merchant_id=\?(?: AND integration_id=\?)?\)(?: LEFT-JOIN)?$|AUTOMATIC")


def planner_script():
    """The SQL text of src/db/planner.c."""
    text = read("src/db/planner.c")
    strings = re.findall(STRING, text[text.index("tell_planner[]"):].split(";\n\n")[0])
    return "".join(part[1:-1] for part in strings).encode().decode("unicode_escape")


def open_schema():
    sqlite = sqlite3.connect(":memory:")
    for path in files(["src/db/migrations"], (".sql",)):
        sqlite.executescript(for_sqlite(read(path)))
    sqlite.executescript(planner_script())
    return sqlite


def read_exceptions():
    rows = [line.split(None, 1) for line in read("tools/plan_exceptions.txt").splitlines()
            if line.strip() and not line.startswith("#")]
    return {row[0]: False for row in rows if len(row) == 2}


def is_table(statement, name):
    """Whether a name in a plan is a table's; false for a subquery's or a recursion's own rows."""
    recursion = re.search(r"WITH RECURSIVE (\w+)", statement.text)
    if recursion:
        own = re.findall(r"FROM %s AS (\w+)" % recursion.group(1), statement.text)
        if name in [recursion.group(1)] + own:
            return False
    return not re.search(r"\)\s+(?:AS\s+)?%s\b" % name, statement.text)


def is_one_row(sqlite, index):
    """Whether an index has merchant_id alone, and once: then it finds one row."""
    columns = [row[2] for row in sqlite.execute("SELECT * FROM pragma_index_info(?)", (index,))]
    return columns == ["merchant_id"] and index is not None


def is_whole(sqlite, statement, step):
    scan, wide = SCAN.search(step), MERCHANT_WIDE.search(step)
    return (scan is not None and is_table(statement, scan.group(1))
            or wide is not None and not is_one_row(sqlite, wide.group(1)))


def plan_of(sqlite, statement):
    count = max([int(n) for n in re.findall(r"\$(\d+)", statement.text)] or [0])
    try:
        plan = sqlite.execute("EXPLAIN QUERY PLAN " + statement.text,
                              {str(n + 1): None for n in range(count)})
    except sqlite3.Error:
        return []  # not for SQLite, or check_sql.py tells
    return [row[3] for row in plan]


def whole_reads(sqlite, statement):
    return [step for step in plan_of(sqlite, statement) if is_whole(sqlite, statement, step)]


def sorts(sqlite, statement):
    return [step for step in plan_of(sqlite, statement) if "TEMP B-TREE FOR ORDER BY" in step]


def composed_breaches(sqlite, path, exceptions):
    for statement in composed_of(path, filters_max=1):
        few = "(" in statement.pieces[0]
        steps = whole_reads(sqlite, statement) + ([] if few else sorts(sqlite, statement))
        excuses = [name for name in statement.pieces if name in exceptions]
        for name in excuses if steps else []:
            exceptions[name] = True
        for step in [] if excuses else steps:
            yield "%s: %s: %s" % (path, statement.name, step)


def main():
    sqlite = open_schema()
    exceptions = read_exceptions()
    breaches, count = [], 0
    for path in files(["src"], (".c",)):
        if path.endswith("_test.c") or path.startswith("src/db/"):
            continue
        for statement in statements_of(path):
            count += 1
            for step in whole_reads(sqlite, statement):
                if statement.name in exceptions:
                    exceptions[statement.name] = True
                else:
                    breaches.append("%s: %s: %s" % (statement.where, statement.name, step))
        count += sum(1 for _ in composed_of(path, filters_max=1))
        breaches += composed_breaches(sqlite, path, exceptions)
    breaches += ["tools/plan_exceptions.txt: %s: nothing needs it" % name
                 for name, used in exceptions.items() if not used]
    finish(breaches, "%d plans" % count)


main()
