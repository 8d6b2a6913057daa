#!/usr/bin/env python3
"""Writes the server's words into a C source, so that the binary carries them.

msgfmt reads the catalogues, and refuses a broken one; the program looks texts up by key.
Usage: embed_words.py OUT.c po/en.po po/fr.po …
"""
import gettext
import os
import subprocess
import sys
import tempfile


def texts_of(path):
    """key → text of a catalogue."""
    with tempfile.TemporaryDirectory() as folder:
        compiled = os.path.join(folder, "words.mo")
        subprocess.run(["msgfmt", "--check-format", "-o", compiled, path], check=True)
        with open(compiled, "rb") as file:
            catalogue = gettext.GNUTranslations(file)._catalog
    return {key: text for key, text in catalogue.items() if key}


def c_string(text):
    """A C literal, a line of the text on each line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("?", "\\?")
    return '"%s"' % escaped.replace("\n", '\\n"\n     "')


def main(out, paths):
    # English is for those whose language nobody speaks here.
    names = sorted((os.path.basename(path)[:-len(".po")] for path in paths),
                   key=lambda name: (name != "en", name))
    folder = os.path.dirname(paths[0])
    parts = ["/* Made by tools/embed_words.py from po. Not edited by hand. */",
             '#include "base/words.h"', ""]
    for name in names:
        parts.append("static const struct words_entry %s[] = {" % name)
        for key, text in sorted(texts_of(os.path.join(folder, name + ".po")).items()):
            parts.append("    {%s,\n     %s}," % (c_string(key), c_string(text)))
        parts += ["};", ""]
    parts.append("const struct words_catalogue words_catalogues[] = {")
    for name in names:
        parts.append('    {"%s", %s, sizeof %s / sizeof %s[0]},' % (name, name, name, name))
    parts += ["};", "const int words_catalogue_count = %d;" % len(names), ""]
    text = "\n".join(parts)
    try:
        with open(out, encoding="utf-8") as file:
            if file.read() == text:
                return
    except FileNotFoundError:
        pass
    os.makedirs(os.path.dirname(out), exist_ok=True)
    with open(out, "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
