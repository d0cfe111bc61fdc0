"""Which characters our own paper fonts can print. A system font would make the same sheet differ from one server to the next."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from markupsafe import Markup, escape

from planner.folders import STATIC
from planner.languages.translate import gettext as _

FONTS = STATIC / "fonts"
OUR_FONTS = ("atkinson-next-400", "atkinson-next-ext-400")
TYPED = (*OUR_FONTS, "noto-sans-more-400", "noto-sans-hebrew-400", "arabic-letters-400", "noto-emoji-400")
"""The fonts of `.typed` in paper.css."""
ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff]")
UNSEEN = ("Cf", "Zs", "Zl", "Zp", "Cc")


def unprintable(text: str) -> str:
    """Characters of `text` that would come out as empty boxes, each once."""
    return "".join(dict.fromkeys(one for one in text if not printable(one)))


def own_words(words: str) -> Markup:
    """A person's own words on paper: in our fonts of every script, or in a clear word where those have no letters for them. A word that is
    longer than the line is broken."""
    if not words.isascii() and unprintable(words):
        return escape(_("what you wrote on the screen (this paper has no letters for it)"))
    return Markup('<bdi class="own">{}</bdi>').format(words) if words.isascii() else typed(words)


def typed(words: str) -> Markup:
    """Words as somebody typed them. In those that begin in Arabic, signs and spaces are of the Arabic font too: where a line changes its
    font, some readers put together the text of a PDF backwards."""
    first = next(filter(str.isalpha, words), "")
    return Markup('<bdi class="{}">{}</bdi>').format("typed arabic" if ARABIC.match(first) else "typed", words)


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
