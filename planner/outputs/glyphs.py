"""Which characters our own paper fonts can print. A system font would make the same sheet differ from one server to the next."""

from __future__ import annotations

import unicodedata
from functools import cache

from planner.folders import STATIC

FONTS = STATIC / "fonts"
OUR_FONTS = ("atkinson-next-400", "atkinson-next-ext-400")
TYPED = (*OUR_FONTS, "noto-sans-more-400", "noto-sans-hebrew-400", "noto-sans-arabic-400", "noto-emoji-400")
"""The fonts of `.typed` in paper.css."""
UNSEEN = ("Cf", "Zs", "Zl", "Zp", "Cc")


def unprintable(text: str) -> str:
    """Characters of `text` that would come out as empty boxes, each once."""
    return "".join(dict.fromkeys(one for one in text if not printable(one)))


def printable(character: str) -> bool:
    selects = 0xFE00 <= ord(character) <= 0xFE0F  # how an emoji is drawn, not a mark of its own
    return selects or unicodedata.category(character) in UNSEEN or ord(character) in covered()


@cache
def covered() -> frozenset[int]:
    """Every code point that one of the fonts can draw."""
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for name in TYPED:
        with TTFont(FONTS / f"{name}.ttf", lazy=True) as font:
            found |= set(font.getBestCmap())
    return frozenset(found)
