"""Makes web/shared/fonts/fraunces-moment.woff2: Fraunces as the big moments use it, and nothing more.

The family has two axes and many signs; we show one weight at large sizes in Western European
languages. Fixing weight 500 and optical size 72 makes 17 KB of 67. Run again only when the family, the
weight or the signs change; needs Debian's python3-fonttools and python3-brotli.

Usage: python3 web/tools/make-fonts.py     (after tools/npm-ci web)
"""
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

WEB = Path(__file__).resolve().parent.parent
SOURCE = WEB / "node_modules/@fontsource-variable/fraunces/files/fraunces-latin-opsz-normal.woff2"
MADE = WEB / "shared/fonts/fraunces-moment.woff2"
SIGNS = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x152, 0x153, 0x178,
         0x2009, 0x2011, 0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E,
         0x2022, 0x2026, 0x202F, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2212]


def main():
    font = instancer.instantiateVariableFont(TTFont(SOURCE), {"opsz": 72, "wght": 500})
    options = subset.Options()
    options.layout_features += ["lnum", "pnum", "tnum"]
    options.hinting = False
    options.name_IDs = [1, 2, 4, 6, 13, 14]  # its names and its licence
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=SIGNS)
    subsetter.subset(font)
    font.flavor = "woff2"
    font.save(MADE)
    print(MADE, MADE.stat().st_size)


main()
