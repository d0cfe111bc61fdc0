"""JSON text as `json.dumps(…, ensure_ascii=False, indent=1)` writes it, many times as fast: in Python 3.11 an indent turns its
C encoder off, and most texts of a plan are those of every other plan."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, partial
from json.encoder import encode_basestring as quoted_text
from typing import Any

from planner.domain.model import Country
from planner.outputs.words import numbers

MOST_SAID = 20_000  # texts of a country and language that are kept ready
NEW_LINE = ["\n" + " " * depth for depth in range(16)]
PLAIN = {None: "null", True: "true", False: "false"}


class AsTyped(str):
    """Somebody's own words: no number is filled in."""

    __slots__ = ()


class Typed(str):
    """A therapist's own words: they are not kept ready, as they are of one sheet."""

    __slots__ = ()


class OfContent:
    """A part that is of the content alone: the same for everybody of whose plan it is a part, so it is written once. `key`: what makes it,
    compared by value. Without `make` it is the list of what is in the key."""

    __slots__ = ("key", "make")

    def __init__(self, key: tuple[Hashable, ...], make: Callable[[], Any] | None = None) -> None:
        self.key, self.make = key, make

    @property
    def plain(self) -> Any:
        return self.make() if self.make else list(self.key)


class Quoted(dict[str, str]):
    """Texts as they stand between quotation marks. Of a hundred thousand plans nearly every text was there before, so each is done once."""

    def __init__(self, filled: Callable[[str], str] = str, most: int = 0) -> None:
        """`filled`: a text with what it leaves open. `most`: so many are kept."""
        super().__init__()
        self.filled, self.most = filled, most
        self.parts: dict[tuple[tuple[Hashable, ...], int], str] = {}

    def part(self, one: OfContent, depth: int) -> str:
        """A part of the content as it stands `depth` spaces from the left."""
        place = (one.key, depth)
        if (known := self.parts.get(place)) is None:
            known = _written(one.plain, self, depth, {})
            if len(self.parts) < self.most:
                self.parts[place] = known
        return known

    def __missing__(self, text: str) -> str:
        known = quoted_text(self.filled(text))
        if len(self) < self.most:
            self[text] = known
        return known

    def typed(self, text: str) -> str:
        """Words of somebody's own, which are never kept."""
        return quoted_text(text if isinstance(text, AsTyped) else self.filled(text))


@lru_cache(16)
def quoted_for(country: Country, _lang: str) -> Quoted:
    """Texts with the country's numbers."""
    return Quoted(partial(numbers, country), MOST_SAID)


KEYS_WRITTEN = Quoted(most=1000)
NOT_FILLED = Quoted()


Seen = dict[tuple[int, int], str]
"""What was written already of one document, by its place in memory and its depth: a list that stands there twice is written once."""


def indented(part: Any, quoted: Quoted = NOT_FILLED) -> str:
    """`part` as JSON."""
    return _written(part, quoted, 1, {})


def _written(part: Any, quoted: Quoted, depth: int, seen: Seen) -> str:
    """A part, what it holds beginning `depth` spaces from the left. Texts and whole numbers, which are most, are written where they stand:
    a call for each would cost more than all else."""
    kind = type(part)
    if kind is not dict and kind is not list and kind is not tuple:
        if isinstance(part, str):
            return quoted[part] if kind is str else quoted.typed(part)
        if kind is OfContent:
            return quoted.part(part, depth)
        return PLAIN[part] if part is None or kind is bool else str(part)
    if not part:
        return "{}" if kind is dict else "[]"
    place = (id(part), depth)
    if place in seen:
        return seen[place]
    line = NEW_LINE[depth]
    if kind is dict:
        rows = [
            f"{KEYS_WRITTEN[key]}: "
            f"{quoted[one] if (kind := type(one)) is str else repr(one) if kind is int else _written(one, quoted, depth + 1, seen)}"
            for key, one in part.items()
        ]
        text = f"{{{line}{f',{line}'.join(rows)}{NEW_LINE[depth - 1]}}}"
    else:
        rows = [
            quoted[one] if (kind := type(one)) is str else repr(one) if kind is int else _written(one, quoted, depth + 1, seen)
            for one in part
        ]
        text = f"[{line}{f',{line}'.join(rows)}{NEW_LINE[depth - 1]}]"
    seen[place] = text
    return text
