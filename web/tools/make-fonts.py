"""Makes web/shared/fonts/*.woff2: our two families as the apps show them, and nothing more.

Fraunces is for the big moments: one weight at large sizes (17 KB of 67). Figtree is for everything
else: its weights from 400 to 700. Both with the signs of Western European languages. Run again only
when a family, a weight or the signs change; needs Debian's python3-fonttools and python3-brotli.

Usage: python3 web/tools/make-fonts.py     (after tools/npm-ci web)
"""
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

WEB = Path(__file__).resolve().parent.parent
SOURCES = WEB / "node_modules/@fontsource-variable"
MADE = WEB / "shared/fonts"
SIGNS = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153, 0x178,
         0x2009, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E,
         0x2022, 0x2026, 0x202F, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2212]


def make(name, source, axes):
    font = instancer.instantiateVariableFont(TTFont(SOURCES / source), axes)
    options = subset.Options()
    options.layout_features = ["ccmp", "kern", "liga", "lnum", "mark", "pnum", "rvrn", "tnum"]
    options.hinting = False
    options.name_IDs = [1, 2, 4, 6, 13, 14]  # its names and its licence
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=SIGNS)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(MADE / name)
    print(MADE / name, (MADE / name).stat().st_size)


make("fraunces-moment.woff2", "fraunces/files/fraunces-latin-opsz-normal.woff2",
     {"opsz": 48, "wght": 500})
make("figtree-text.woff2", "figtree/files/figtree-latin-wght-normal.woff2", {"wght": (400, 700)})
