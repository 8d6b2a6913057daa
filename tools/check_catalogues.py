#!/usr/bin/env python3
"""Checks the server's words, po/*.po: every key that the code names is in every language with the
same places, and every key there is named by the code.
"""
import glob
import os
import re
import subprocess

from embed_words import texts_of
from sources import TOP, files, finish


def keys_in_code():
    paths = [os.path.join(TOP, path) for path in files(["src"], (".c",))
             if not path.endswith("_test.c")]
    found = subprocess.run(
        ["xgettext", "--language=C", "--keyword", "--keyword=words_text:3", "--keyword=WORDS_KEY",
         "--from-code=UTF-8", "--no-location", "-o", "-", *paths],
        check=True, capture_output=True, text=True).stdout
    return set(re.findall(r'^msgid "(.+)"$', found, re.MULTILINE))


def places(text):
    return set(re.findall(r"{\w+}", text))


def complaints():
    used = keys_in_code()
    catalogues = {os.path.basename(path): texts_of(path)
                  for path in sorted(glob.glob(os.path.join(TOP, "po", "*.po")))}
    everywhere = set.union(*(set(texts) for texts in catalogues.values()))
    for key in sorted(used | everywhere):
        if key not in used:
            yield "po: %s is used nowhere" % key
        for name, texts in catalogues.items():
            if not texts.get(key):
                yield "po/%s: %s is missing" % (name, key)
            elif places(texts[key]) != places(catalogues["en.po"].get(key, "")):
                yield "po/%s: %s has other places than in English" % (name, key)


finish(list(complaints()), "%d keys" % len(keys_in_code()))
