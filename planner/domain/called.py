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


def nearly_called(typed: str, things: Iterable[Thing], names: Callable[[Thing], Iterable[str]]) -> list[Thing]:
    """Those that would be called that but for a slip of the fingers: a letter too many, missing or wrong, or two that changed places;
    two slips in a word of TWO_SLIPS letters. For where nothing is called that."""
    wanted, named = spelled(typed), [(one, [spelled(name) for name in names(one)]) for one in things]
    near = [(not is_near(wanted, words), one) for one, words in named if nearly(wanted, words)]
    return [one for _other, one in sorted(near, key=lambda pair: pair[0])]


NOT_CALLED = 3
ONE_SLIP, TWO_SLIPS = 3, 8  # letters of a word in which one slip is forgiven, and of one in which two are


def closeness(wanted: tuple[str, ...], names: Sequence[tuple[str, ...]]) -> int:
    """0 for a name in full, 1 for whole words of names, 2 for their beginnings. "pressup" begins "press up" too, and two words
    begin a name of one."""
    if wanted in names:
        return 0
    begins = beginnings(names)
    whole = "".join(wanted)
    if not all(any(one.startswith(word) for one in begins) for word in wanted) and not any(one.startswith(whole) for one in begins):
        return NOT_CALLED
    every = {word for words in names for word in words}
    return 1 if every.issuperset(wanted) else 2


def beginnings(names: Sequence[tuple[str, ...]]) -> list[str]:
    """Each word of each name, with all that follows it."""
    return ["".join(words[at:]) for words in names for at in range(len(words))]


def nearly(wanted: tuple[str, ...], names: Sequence[tuple[str, ...]]) -> bool:
    """True if each word that was typed would begin a word of the names but for a slip. A first letter is right, or changed places."""
    begins = beginnings(names)
    return bool(wanted) and all(any(slips(word, one) for one in begins if one[:1] in word[:2] or word[:1] in one[:2]) for word in wanted)


def is_near(wanted: tuple[str, ...], names: Sequence[tuple[str, ...]]) -> bool:
    """True if it would be one of the names in full but for a slip."""
    same = (words for words in names if len(words) == len(wanted))
    return any(all(slips(word, one) and slips(one, word) for word, one in zip(wanted, words, strict=True)) for words in same)


def slips(typed: str, meant: str) -> bool:
    """True if `meant` begins with what was typed, but for as many slips as its length forgives."""
    most = 0 if len(typed) < ONE_SLIP else 1 if len(typed) < TWO_SLIPS else 2
    if not most:
        return meant.startswith(typed)
    before, row = [0] * 0, list(range(len(typed) + 1))
    for at, letter in enumerate(meant[: len(typed) + most], 1):
        older, before, row = before, row, [at]
        for place, one in enumerate(typed, 1):
            cost = min(before[place] + 1, row[-1] + 1, before[place - 1] + (one != letter))
            if place > 1 and at > 1 and one == meant[at - 2] and typed[place - 2] == letter:
                cost = min(cost, older[place - 2] + 1)
            row.append(cost)
        if row[-1] <= most:
            return True
    return False
