#!/usr/bin/env python3
"""Checks that files, functions and lines stay small enough to be read.

A file has at most 600 lines, a header 200, a Svelte component 150, a function 60, a line 100
columns (JavaScript and markup: 120, where prettier finds no place to break). Tables may be wider:
where clang-format is switched off, and in .def files.
"""
import ast
import re

from sources import files, finish, read

FILE_MAX, HEADER_MAX, COMPONENT_MAX, FUNCTION_MAX = 600, 200, 150, 60
COLUMNS_MAX, WEB_COLUMNS_MAX = 100, 120
WEB_ENDINGS = (".mjs", ".ts", ".svelte", ".js", ".css")
FOLDERS = ["src", "box", "tests", "bench", "tools", "web"]
C_ENDINGS = (".c", ".h", ".cpp")
ENDINGS = C_ENDINGS + (".py", ".mjs", ".ts", ".svelte", ".js", ".css")


def lines_max(path):
    if path.endswith(".h"):
        return HEADER_MAX
    return COMPONENT_MAX if path.endswith(".svelte") else FILE_MAX


def c_functions(lines):
    """The name, line and length of each function: a body opens and closes at the left margin."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line.startswith("}") and start:
            name = "?"
            for above in range(start - 2, -1, -1):
                match = re.match(r"(\w+)\(", lines[above])
                if match:
                    name = match.group(1)
                    break
                if not lines[above].strip():
                    break
            yield name, start, number - start + 1
            start = None


def python_functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node.lineno, node.end_lineno - node.lineno + 1


def wide_lines(path, lines):
    in_table = False
    most = WEB_COLUMNS_MAX if path.endswith(WEB_ENDINGS) else COLUMNS_MAX
    for number, line in enumerate(lines, 1):
        if "/* clang-format off */" in line:
            in_table = True
        elif "/* clang-format on */" in line:
            in_table = False
        elif not in_table and len(line.expandtabs(4)) > most:
            yield "%s:%d: %d columns, at most %d" % (path, number, len(line.expandtabs(4)), most)


def check(path):
    text = read(path)
    lines = text.splitlines()
    if len(lines) > lines_max(path):
        yield "%s: %d lines, at most %d" % (path, len(lines), lines_max(path))
    functions = []
    if path.endswith(C_ENDINGS):
        functions = c_functions(lines)
    elif path.endswith(".py") or text.startswith("#!/usr/bin/env python3"):
        functions = python_functions(text)
    for name, number, length in functions:
        if length > FUNCTION_MAX:
            yield "%s:%d: %s has %d lines, at most %d" % (path, number, name, length, FUNCTION_MAX)
    yield from wide_lines(path, lines)


def main():
    paths = files(FOLDERS, ENDINGS)
    commands = [path for path in files(["tools", "tests", "bench", ".ci"], ("",))
                if "." not in path.split("/")[-1]] + ["Makefile"]
    paths = sorted(set(paths + commands))
    breaches = [breach for path in paths for breach in check(path)]
    finish(breaches, "%d files" % len(paths))


main()
