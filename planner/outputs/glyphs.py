"""Which characters our own paper fonts can print. A system font would make the same sheet differ from one server to the next."""

from __future__ import annotations

import unicodedata
from functools import cache

from markupsafe import Markup, escape

from planner.folders import STATIC
from planner.languages.translate import gettext as _

FONTS = STATIC / "fonts"
OUR_FONTS = ("atkinson-next-400", "atkinson-next-ext-400")
TYPED = (*OUR_FONTS, "noto-sans-more-400", "noto-sans-hebrew-400", "noto-sans-arabic-400", "noto-emoji-400")
"""The fonts of `.typed` in paper.css."""
UNSEEN = ("Cf", "Zs", "Zl", "Zp", "Cc")


def unprintable(text: str) -> str:
    """Characters of `text` that would come out as empty boxes, each once."""
    return "".join(dict.fromkeys(one for one in text if not printable(one)))


def own_words(words: str) -> Markup:
    """A person's own words on paper: in our fonts of every script, or in a clear word where those have no letters for them. A word that is
    longer than the line is broken."""
    if not words.isascii() and unprintable(words):
        return escape(_("what you wrote on the screen (this paper has no letters for it)"))
    return Markup('<bdi class="{}">{}</bdi>').format("own" if words.isascii() else "typed", words)


def with_own_words(sentence: str, words: str) -> Markup:
    """A sentence that a person's own words stand in."""
    return own_words(words).join(escape(part) for part in sentence.split(words))


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
