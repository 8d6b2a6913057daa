"""What the checkers share: finding source files, reading C without its comments and strings."""
import os
import re
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NOT_OURS = {"node_modules", "dist", "build", "__pycache__", ".svelte-kit", "corpus"}


def files(folders, endings):
    """Paths below TOP, in order, of files in these folders with these endings."""
    found = []
    for folder in folders:
        for parent, names, file_names in os.walk(os.path.join(TOP, folder)):
            names[:] = [name for name in names if name not in NOT_OURS]
            found += [os.path.relpath(os.path.join(parent, name), TOP)
                      for name in file_names if name.endswith(endings)]
    return sorted(found)


def read(path):
    with open(os.path.join(TOP, path), encoding="utf-8") as file:
        return file.read()


def line_of(text, position):
    return text.count("\n", 0, position) + 1


def blank(match):
    """The same number of lines, so that positions stay true."""
    return re.sub(r"[^\n]", " ", match.group(0))


COMMENT = r"/\*.*?\*/|//[^\n]*"
STRING = r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''


def without_comments(text):
    return re.sub(r"(%s)|(%s)" % (STRING, COMMENT),
                  lambda m: m.group(0) if m.group(1) else blank(m), text, flags=re.DOTALL)


def code_only(text):
    return re.sub(COMMENT + "|" + STRING, blank, text, flags=re.DOTALL)


def finish(breaches, looked_at):
    """Prints what was found; the exit status tells whether all is well."""
    for breach in breaches:
        print(breach)
    print(looked_at)
    sys.exit(1 if breaches else 0)
