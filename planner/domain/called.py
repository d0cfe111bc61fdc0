"""How something is called: names as they are typed, whatever their case, accents, apostrophes and hyphens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar
from unicodedata import combining, normalize

APOSTROPHES = re.compile("['’‘ʼ`´]")
WORD = re.compile(r"[^\W_]+")
Thing = TypeVar("Thing")


def spelled(text: str) -> tuple[str, ...]:
    """The words of a name: "McKenzie’s Press-Up" and "mckenzies press up" are one."""
    plain = APOSTROPHES.sub("", normalize("NFKD", text))
    return tuple(WORD.findall("".join(one for one in plain if not combining(one)).casefold()))


def called(typed: str, things: Iterable[Thing], names: Callable[[Thing], Iterable[str]]) -> list[Thing]:
    """Those of whose names every word that was typed begins a word; a name typed in full goes first, then whole words."""
    wanted = spelled(typed)
    found = [(closeness(wanted, [spelled(name) for name in names(one)]), one) for one in things]
    return [one for close, one in sorted(found, key=lambda pair: pair[0]) if close < NOT_CALLED]


NOT_CALLED = 3


def closeness(wanted: tuple[str, ...], names: Sequence[tuple[str, ...]]) -> int:
    """0 for a name in full, 1 for whole words of names, 2 for their beginnings. "pressup" begins "press up" too."""
    if wanted in names:
        return 0
    begins = ["".join(words[at:]) for words in names for at in range(len(words))]
    if not all(any(one.startswith(word) for one in begins) for word in wanted):
        return NOT_CALLED
    every = {word for words in names for word in words}
    return 1 if every.issuperset(wanted) else 2
