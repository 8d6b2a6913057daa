#!/usr/bin/env python3
"""Writes the built web apps into a C source, so that the binary serves them by itself.

Usage: embed_web.py OUT.c FOLDER

The bodies are taken in by the assembler (.incbin); the C source holds the table. Each file also
comes compressed where that is smaller: with gzip, made here, and with brotli, when the web build
left a FILE.br beside it. A file whose name carries a hash never changes and may be cached forever.
"""
import gzip
import hashlib
import os
import re
import sys

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
HASHED = re.compile(r"[-.][A-Za-z0-9_-]{8,}\.[a-z0-9]+$")
HEAD = """/* Made by tools/embed_web.py from web/dist. Not edited by hand. */
#include "http/web_files.h"
#include <stddef.h>

#define FILE_BODY(symbol, path)                                                             \\
    __asm__(".section .rodata\\n.balign 16\\n" #symbol ":\\n"                                \\
            ".incbin \\"" path "\\"\\n.byte 0\\n.text\\n");                                    \\
    extern const unsigned char symbol[]
"""


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write_if_changed(path, content):
    if os.path.exists(path) and read(path) == content:
        return
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def files_of(folder):
    for parent, _, names in os.walk(folder):
        for name in names:
            if not name.endswith((".br", ".gz")):
                yield os.path.join(parent, name)


def is_hashed(path):
    """Vite's names: assets/main-DWk3v9aB.js. A word such as `-settings` has no digit or capital."""
    match = HASHED.search(os.path.basename(path))
    if not match or "/assets/" not in path:
        return False
    return any(c.isdigit() or c.isupper() for c in match.group(0))


def embed(number, path, folder, packed_folder):
    """The C lines of one file: its bodies, and its row in the table."""
    body = read(path)
    etag = hashlib.sha256(body).hexdigest()[:32]
    address = "/" + os.path.relpath(path, folder)
    type_name = TYPES.get(os.path.splitext(path)[1], "application/octet-stream")
    # The hash stands in the symbol, so that a changed body changes this source and recompiles it.
    symbol = "web_%d_%s" % (number, etag[:8])
    bodies = ['FILE_BODY(%s, "%s");' % (symbol, os.path.abspath(path))]
    row = ['.path = "%s"' % address, '.type = "%s"' % type_name,
           '.etag = "\\"%s\\""' % etag, ".immutable = %s" % str(is_hashed(path)).lower(),
           ".body = %s" % symbol, ".body_len = %d" % len(body)]

    packed = gzip.compress(body, 9, mtime=0)
    if len(packed) < len(body) * 0.95:
        packed_path = os.path.join(packed_folder, etag + ".gz")
        write_if_changed(packed_path, packed)
        bodies.append('FILE_BODY(%s_gz, "%s");' % (symbol, os.path.abspath(packed_path)))
        row += [".gzip = %s_gz" % symbol, ".gzip_len = %d" % len(packed)]
    if os.path.exists(path + ".br") and os.path.getsize(path + ".br") < len(body):
        bodies.append('FILE_BODY(%s_br, "%s");' % (symbol, os.path.abspath(path + ".br")))
        row += [".brotli = %s_br" % symbol, ".brotli_len = %d" % os.path.getsize(path + ".br")]
    return bodies, "    {" + ",\n     ".join(row) + "},"


def main(out, folder):
    bodies, rows = [], []
    packed_folder = os.path.join(os.path.dirname(out), "web")
    for number, path in enumerate(sorted(files_of(folder))):
        file_bodies, row = embed(number, path, folder, packed_folder)
        bodies += file_bodies
        rows.append(row)
    text = "\n".join(
        [HEAD] + bodies
        + ["", "/* Sorted by path. */", "const struct web_file web_files[] = {"]
        + (rows or ["    {0},"])
        + ["};", "const int web_file_count = %d;" % len(rows), ""])
    write_if_changed(out, text.encode())


main(sys.argv[1], sys.argv[2])
