"""Words of four letters that a patient says to the therapist: easy to read, no words of any language, and none that offends.

Without vowels nothing can be pronounced, so nothing rude is spelled out; what people read into consonants is left out by name."""

from __future__ import annotations

import secrets
import unicodedata
from itertools import pairwise

WORD_ALPHABET = "BCDFGHJKMNPRSTVWXZ"
"""No vowel and no Y; no L, which looks like I and 1; no Q, which looks like O and 0."""
WORD_LETTERS = 4
RUDE = (
    *("FCK", "FKN", "FK", "SHT", "CNT", "DCK", "CCK", "TWT", "WNK", "PSS", "PRN", "BTC", "NGR", "NGG", "KKK", "NZ", "SX", "FG", "WTF"),
    *("BST", "CRP", "SCK", "PNS", "DMN", "HJ", "BJ", "PMS", "PDF", "STD", "DNR", "DTH", "CNC", "RMB", "HDS", "MRD", "KNT", "SPR", "TRD"),
)
"""Rude, or frightening in a clinic, once a reader puts the vowels in."""
SPOKEN = {
    **{"B": "Bravo", "C": "Charlie", "D": "Delta", "F": "Foxtrot", "G": "Golf", "H": "Hotel", "J": "Juliett", "K": "Kilo", "M": "Mike"},
    **{"N": "November", "P": "Papa", "R": "Romeo", "S": "Sierra", "T": "Tango", "V": "Victor", "W": "Whiskey", "X": "X-ray", "Z": "Zulu"},
}
"""The international spelling alphabet, the same in every language."""


def new_word() -> str:
    """A word nobody can foresee. No letter stands twice side by side: that is hard to say."""
    while not may_be_given(word := "".join(secrets.choice(WORD_ALPHABET) for _ in range(WORD_LETTERS))):
        pass
    return word


def may_be_given(word: str) -> bool:
    return all(one != other for one, other in pairwise(word)) and not any(bit in word for bit in RUDE)


def read_word(text: str) -> str | None:
    """The word in what was typed, in capitals; None if it can't be one. Small letters, spaces and hyphens between are all read."""
    if len(text) > 4 * WORD_LETTERS:
        return None
    plain = unicodedata.normalize("NFKC", text).upper()
    kept = "".join(one for one in plain if unicodedata.category(one) not in ("Pd", "Zs", "Cf", "Cc"))
    return kept if len(kept) == WORD_LETTERS and set(kept) <= set(WORD_ALPHABET) else None


def spelled(word: str) -> str:
    """As it is said to somebody who does not see it: "Tango, Romeo, Kilo, Hotel"."""
    return ", ".join(SPOKEN[one] for one in word)
