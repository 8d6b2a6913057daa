#!/usr/bin/env python3
"""Checks every SQL statement of the program, on both engines.

1. Migrations run on both, use four types only, and put merchant_id first in each tenant's key.
2. Every DB_SQL text prepares on SQLite and on PostgreSQL against the migrated schema, with the
   parameter types that its DB_BIND names.
3. Statements on a merchant's rows say `merchant_id = $1` (an INSERT: give $1 as merchant_id).
4. None uses what differs between the engines or grows with the table (BANNED).
5. SQL stands in a DB_SQL, in a *_store.c or in src/db, and nowhere else.
6. So do the pieces of statements that are composed (src/db/compose.h): each head of a file is
   joined with its tails, with no filter, with each and with each pair of them, and checked as if
   it were a DB_SQL. A head named …_by_NAME has the tails named NAME_….

Exceptions are lines of tools/sql_exceptions.txt. Needs TEST_PG_URL: tools/with-postgres.
"""
import itertools
import os
import re
import sqlite3
import subprocess
import tempfile

from sources import STRING, TOP, files, finish, line_of, read, without_comments

BANNED = [r"\bI?LIKE\b", r"\bFOR\s+UPDATE\b", r"\bSKIP\s+LOCKED\b", r"::", r"\bnow\s*\(",
          r"\bOFFSET\b", r"\bSELECT\s+\*", r"->", r"\bWITH\b.*\(\s*(?:INSERT|UPDATE|DELETE)\b",
          r"\bnextval\b", r"\bCURRENT_(?:TIME|DATE|TIMESTAMP)\b", r"\brandom\s*\(", r"\bANY\s*\(",
          r"\bINSERT\s+OR\b", r"\bREPLACE\s+INTO\b", r"\bARRAY\b", r"\bCREATE\s+TRIGGER\b"]
LOWER = re.compile(r"\b(select|insert|update|delete|where|values|returning|join|union)\b")
LOOSE = re.compile(r'"\s*(?:SELECT\s|INSERT INTO\s|DELETE FROM\s|UPDATE \w+ SET\b|WITH \w+ AS\b)')
CONTROL = re.compile(r"(?:BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b")
# One engine's own file: what it runs, only that engine has to understand.
SQLITE, POSTGRES = "src/db/sqlite.c", "src/db/postgres.c"
PIECES = "HEAD|FILTER|TAIL|SOURCE|ALONE"
TYPES = {"int": "bigint", "text": "text", "bool": "boolean", "bytes": "bytea"}
MIGRATION_TYPES = {"BIGINT", "TEXT", "BOOLEAN", "BYTEA"}


INCLUDES = subprocess.run(["pkg-config", "--cflags", "libpq"], check=True, text=True,
                          stdout=subprocess.PIPE).stdout.split()


class Statement:
    def __init__(self, path, name, text):
        self.path, self.name, self.text = path, name, text
        source = without_comments(read(path))
        at = re.search(r"DB_SQL\(\s*%s\b" % name, source)
        self.where = "%s:%d" % (path, line_of(source, at.start(0)) if at else 1)
        self.types = types_bound(source, name)


def types_bound(source, name):
    """The parameter types that the DB_BIND after `&name` gives; None if it is not written there."""
    use = re.search(r"&%s\s*,\s*DB_BIND\(" % name, source)
    if not use:
        return None
    depth, parts, part = 1, [], ""
    for char in source[use.end(0):]:
        depth += (char == "(") - (char == ")")
        if depth == 0:
            break
        if char == "," and depth == 1:
            parts.append(part)
            part = ""
        else:
            part += char
    kinds = [re.match(r"\s*db_(int|text|bool|bytes)(?:_or_null)?\(", p) for p in parts + [part]]
    return [TYPES[kind.group(1)] for kind in kinds] if all(kinds) else None


def literal(match_text):
    text = "".join(part[1:-1] for part in re.findall(STRING, match_text))
    return text.encode().decode("unicode_escape")


def preprocessed(path):
    done = subprocess.run(["gcc", "-std=c17", "-E", "-P", "-Isrc", "-Itests", *INCLUDES, path],
                          cwd=TOP, check=False, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        finish(["%s: does not compile" % path], "stopped")
    return done.stdout


def statements_of(path):
    """The DB_SQL constants of a file, as the preprocessor sees them."""
    if "DB_SQL(" not in read(path):
        return
    shape = r"struct db_sql (\w+) = \{\s*\"\w+\"\s*,((?:\s*%s)+)\s*\}" % STRING
    for match in re.finditer(shape, preprocessed(path)):
        yield Statement(path, match.group(1), literal(match.group(2)))


class Composed(Statement):
    """Pieces joined as src/db/compose.c joins them."""

    def __init__(self, path, where, pieces):  # pylint: disable=super-init-not-called
        self.path, self.where, self.types = path, where, None
        self.pieces = [name for name, _ in pieces]
        self.name = "+".join(self.pieces)
        parts = "".join(text for _, text in pieces).split("@")
        self.text = parts[0] + "".join("$%d%s" % (n + 2, part)
                                       for n, part in enumerate(parts[1:]))


def pieces_of(path):
    """The pieces of a file by kind, each a name and a text."""
    source = without_comments(read(path))
    kinds = {name: kind
             for kind, name in re.findall(r"\bDB_(%s)\((\w+)" % PIECES, source)}
    found = {kind: [] for kind in PIECES.split("|")}
    shape = r"struct db_piece (\w+) = \{\s*\"\w+\"\s*,((?:\s*%s)+)\s*\}" % STRING
    for match in re.finditer(shape, preprocessed(path)):
        found[kinds[match.group(1)]].append((match.group(1), literal(match.group(2))))
    return found


def with_sources(head, sources):
    """A head that has a # once with each source there; any other as it is."""
    if "#" not in head[1]:
        return [head]
    return [("%s(%s)" % (head[0], name), head[1].replace("#", text)) for name, text in sources]


def composed_of(path, filters_max=2):
    """What a file's pieces can be joined to, with so many filters."""
    if path.startswith("src/db/") or "DB_HEAD(" not in read(path):
        return
    found = pieces_of(path)
    for alone in found["ALONE"]:
        for one in with_sources(alone, found["SOURCE"]):
            yield Composed(path, "%s: %s" % (path, alone[0]), [one])
    for head in found["HEAD"]:
        order = head[0].partition("_by_")[2]
        tails = [tail for tail in found["TAIL"] if order and tail[0].startswith(order + "_")]
        for one in with_sources(head, found["SOURCE"]):
            for count in range(min(filters_max, 1 if one is not head else 2) + 1):
                for filters in itertools.combinations(found["FILTER"], count):
                    for tail in tails or [None]:
                        pieces = [one, *filters, *([tail] if tail else [])]
                        yield Composed(path, "%s: %s" % (path, head[0]), pieces)


def tables_of_db():
    """The tables that src/db makes for itself, before any migration."""
    for path in files(["src/db"], (".c",)):
        if "CREATE TABLE" in read(path):
            for match in re.finditer(r"= ((?:\s*%s)+);" % STRING, preprocessed(path)):
                if literal(match.group(1)).startswith("CREATE TABLE"):
                    yield literal(match.group(1))


def read_exceptions():
    rows = [line.split(None, 2) for line in read("tools/sql_exceptions.txt").splitlines()
            if line.strip() and not line.startswith("#")]
    return {(row[0], row[1]): False for row in rows if len(row) == 3}


def excused(exceptions, name, rule):
    key = (name, rule)
    if key in exceptions:
        exceptions[key] = True
    return key in exceptions


def for_sqlite(sql):
    return re.sub(r"/\*sqlite:(.*?)\*/", r"\1", sql, flags=re.DOTALL)


def psql(script, database="check_sql"):
    """Runs a script that goes on after errors; gives what it complained of."""
    server = os.environ["TEST_PG_URL"].rsplit("/", 1)[0]
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        done = subprocess.run(["psql", server + "/" + database, "-qXAt", "-f", file.name],
                              check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              text=True)
    return done.stderr


def check_migrations(sqlite, exceptions):
    """Makes the schema on both engines; gives the breaches and the tenant tables."""
    breaches = []
    for text in tables_of_db():
        sqlite.execute(text)
        psql(text + ";")
    for path in files(["src/db/migrations"], (".sql",)):
        text = read(path)
        try:
            sqlite.executescript(for_sqlite(text))
        except sqlite3.Error as error:
            breaches.append("%s: SQLite: %s" % (path, error))
        errors = psql("\\set ON_ERROR_STOP 1\nBEGIN;\n%s\nCOMMIT;\n" % text)
        breaches += ["%s: PostgreSQL: %s" % (path, line.split(": ", 1)[-1])
                     for line in errors.splitlines() if "ERROR" in line]
        breaches += strange_types(path, text)
    tenants = {}
    for (table,) in sqlite.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
        columns = list(sqlite.execute("SELECT name, pk FROM pragma_table_info(?)", (table,)))
        key = dict(columns).get("merchant_id")
        tenants[table] = key is not None
        if key is not None and key != 1 and not excused(exceptions, table, "key"):
            breaches.append("%s: merchant_id must be first in its primary key" % table)
    return breaches, tenants


def strange_types(path, text):
    text = re.sub(r"--[^\n]*", "", for_sqlite(text))
    for table in re.finditer(r"CREATE TABLE (\w+) \((.*?)\n\)", text, re.DOTALL):
        for column in re.finditer(r"^\s+([a-z]\w*)\s+([A-Z]+)", table.group(2), re.MULTILINE):
            if column.group(2) not in MIGRATION_TYPES:
                yield "%s: %s.%s is %s" % (path, table.group(1), *column.groups())


def names_merchant(text):
    if re.search(r"\bmerchant_id = \$1\b", text):
        return True
    insert = r"INSERT INTO \w+\s*\(\s*merchant_id\b[^)]*\)\s*(?:VALUES\s*\(|SELECT)\s*\$1\b"
    return re.search(insert, text) is not None


def check_rules(statement, tenants, exceptions):
    text = statement.text
    plain = re.sub(r"'[^']*'", "''", text)
    for pattern in BANNED:
        found = re.search(pattern, plain, re.DOTALL)
        if found and not excused(exceptions, statement.name, "words"):
            yield "%s: %s uses %s" % (statement.where, statement.name, found.group(0)[:30])
    found = LOWER.search(plain)
    if found:
        yield "%s: %s writes `%s` in lower case" % (statement.where, statement.name, found.group(0))
    tables = re.findall(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)", plain)
    if any(tenants.get(table) for table in tables) and not names_merchant(plain):
        if not excused(exceptions, statement.name, "merchant"):
            yield "%s: %s does not say merchant_id = $1" % (statement.where, statement.name)


def check_sqlite(sqlite, statement):
    count = max([int(n) for n in re.findall(r"\$(\d+)", statement.text)] or [0])
    if statement.types is not None and len(statement.types) != count:
        yield "%s: %s has %d parameters, %d are bound" % (
            statement.where, statement.name, count, len(statement.types))
    try:
        sqlite.execute("EXPLAIN " + statement.text, {str(n + 1): None for n in range(count)})
    except sqlite3.Error as error:
        yield "%s: %s: SQLite: %s" % (statement.where, statement.name, error)


def check_postgres(statements):
    """One psql for all of them, a line each: the line of an error tells which one it was."""
    script = []
    for number, statement in enumerate(statements):
        if CONTROL.match(statement.text):  # PREPARE takes none of these
            script.append("")
            continue
        types = "(%s)" % ", ".join(statement.types) if statement.types else ""
        text = statement.text.replace("\n", " ")
        script.append("PREPARE s%d%s AS %s;" % (number, types, text))
    errors = psql("\n".join(script) + "\n")
    for line_number, text in re.findall(r":(\d+): ERROR:\s+(.*)", errors):
        statement = statements[int(line_number) - 1]  # one line each
        yield "%s: %s: PostgreSQL: %s" % (statement.where, statement.name, text)


def loose_sql():
    for path in files(["src"], (".c", ".h", ".cpp")):
        text = without_comments(read(path))
        if path.endswith("_test.c") or path.startswith("src/db/"):
            continue
        may = path.endswith("_store.c")
        inside = [] if not may else [m.span() for m in re.finditer(
            r"DB_(?:SQL|%s)\((?:[^()\"]|%s|\([^()]*\))*\)" % (PIECES, STRING), text)]
        for match in LOOSE.finditer(text):
            if not any(start <= match.start(0) < end for start, end in inside):
                yield "%s:%d: SQL outside of a DB_SQL in a *_store.c" % (
                    path, line_of(text, match.start(0)))


def main():
    if not files(["src/db/migrations"], (".sql",)):
        finish([], "there are no migrations yet")
    sqlite = sqlite3.connect(":memory:")
    psql("DROP DATABASE IF EXISTS check_sql;\nCREATE DATABASE check_sql;", "postgres")
    exceptions = read_exceptions()
    breaches, tenants = check_migrations(sqlite, exceptions)
    statements = [s for path in files(["src"], (".c",)) if not path.endswith("_test.c")
                  for s in statements_of(path)]
    statements += [s for path in files(["src"], (".c",)) for s in composed_of(path)]
    breaches += loose_sql()
    on_postgres = []
    for statement in statements:
        breaches += check_rules(statement, tenants, exceptions)
        if statement.path != POSTGRES and not excused(exceptions, statement.name, "postgres"):
            breaches += check_sqlite(sqlite, statement)
        if statement.path != SQLITE and not excused(exceptions, statement.name, "sqlite"):
            on_postgres.append(statement)
    breaches += check_postgres(on_postgres)
    breaches += ["tools/sql_exceptions.txt: %s %s: nothing needs it" % key
                 for key, used in exceptions.items() if not used]
    finish(breaches, "%d statements on both engines" % len(statements))


if __name__ == "__main__":
    main()
