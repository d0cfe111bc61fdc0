"""Cuts the screen fonts down to what English needs: `python -m scripts.subset_fonts`, after the fonts were replaced. The rest of the
Latin letters stays in files of its own, which a browser fetches only for a page that has such a letter."""

from __future__ import annotations

import sys

from fontTools import subset

from planner.folders import STATIC

FOLDER = STATIC / "fonts"
LETTERS = [
    *map(ord, " !%&'()+,-./:;?"),
    *range(0x30, 0x3A),
    *range(0x41, 0x5B),
    *range(0x61, 0x7B),
    *map(ord, "\u00a0\u00a3\u00b0\u00b7\u00bd\u00d7\u2013\u2018\u2019\u201c\u201d\u2022\u2026\u2212"),
]
"""Letters, digits, and the marks that our sentences have. The other marks of ASCII come with the rest of the Latin letters: a page of
questions has none, and each would be fetched with the first view. `unicode-range` in tokens.css says the same."""
FACES = {
    "young-serif-latin-400": ("young-serif-en-400", ["kern", "lnum", "tnum"]),
    "atkinson-next-400": ("atkinson-next-en-400", ["lnum", "tnum"]),
    "atkinson-next-600": ("atkinson-next-en-600", ["lnum", "tnum"]),
}
"""Whole file -> the cut one, and what of it the stylesheets turn on. Pairs of letters are moved together in headings alone: in small
type nobody sees it, and it is a fifth of the file."""


def main() -> int:
    for whole, (part, features) in FACES.items():
        options = subset.Options(flavor="woff2", hinting=False, layout_features=features, name_IDs=[0, 1, 2])
        options.drop_tables += ["GDEF", "STAT", "gasp"]
        font = subset.load_font(str(FOLDER / f"{whole}.woff2"), options)
        cut = subset.Subsetter(options)
        cut.populate(unicodes=LETTERS)
        cut.subset(font)
        subset.save_font(font, str(FOLDER / f"{part}.woff2"), options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
