"""Lookups: whether one holds for a person, and tables of them, made ready once: a single pass over the words finds every row that holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from planner.domain.terms import Lookup, Pairs

Words = Mapping[str, Mapping[str, Pairs]]
"""What a person says: key -> word -> the answers that make it true."""
Row = TypeVar("Row")


def match(lookup: Lookup, words: Words) -> Pairs | None:
    """The answers that make `lookup` hold, or None. An empty lookup always holds, on no answers."""
    pairs: Pairs = ()
    for key, wanted in lookup.items():
        said = words.get(key)
        if not said:
            return None
        hit = False
        for word in wanted:
            if word in said:
                pairs += said[word]
                hit = True
        if not hit:
            return None
    return tuple(dict.fromkeys(pairs))


def match_any(lookups: Sequence[Lookup], words: Words) -> Pairs | None:
    """The answers of the first lookup that holds; no lookups at all hold for everybody."""
    if not lookups:
        return ()
    for lookup in lookups:  # a plain loop: this is asked for every flag and every condition, and a generator costs as much as the match
        if (pairs := match(lookup, words)) is not None:
            return pairs
    return None


@dataclass(frozen=True)
class Table(Generic[Row]):
    """Rows, each with lookups of which any must hold; without lookups a row holds for everybody.

    Every lookup is one bit of a number. A key clears the bits of the lookups that want another word of it than is said."""

    rows: tuple[tuple[Row, tuple[Lookup, ...]], ...]

    @classmethod
    def of(cls, rows: Iterable[Any]) -> Table[Any]:
        """A table of things of the content by their `when`."""
        return cls(tuple((row, row.when) for row in rows))

    @classmethod
    def single(cls, rows: Iterable[Any]) -> Table[Any]:
        """A table of things whose `when` is one lookup."""
        return cls(tuple((row, (row.when,)) for row in rows))

    @cached_property
    def _lookups(self) -> tuple[tuple[Row, Lookup, int], ...]:
        """Of each bit its row, its lookup, and the bits of all later rows."""
        found: list[tuple[Row, Lookup, int]] = []
        for row, lookups in self.rows:
            later = -1 << (len(found) + max(1, len(lookups)))
            found += [(row, lookup, later) for lookup in lookups or ({},)]
        return tuple(found)

    @cached_property
    def _all(self) -> int:
        return (1 << len(self._lookups)) - 1

    @cached_property
    def _keys(self) -> Mapping[str, tuple[int, Mapping[str, int]]]:
        """Key -> the bits of the lookups that do not ask for it, and word -> the bits of those that want it."""
        asked: dict[str, int] = {}
        wanted: dict[str, dict[str, int]] = {}
        for number, (_row, lookup, _later) in enumerate(self._lookups):
            for key, words in lookup.items():
                asked[key] = asked.get(key, 0) | 1 << number
                bits = wanted.setdefault(key, {})
                bits.update({word: bits.get(word, 0) | 1 << number for word in words})
        return {key: (self._all ^ bits, wanted[key]) for key, bits in asked.items()}

    def holding(self, words: Words) -> Iterator[tuple[Row, Pairs]]:
        """Every row that holds, with the answers of its first lookup that does; in the order of the rows."""
        bits = self._bits(words)
        while bits:
            row, lookup, later = self._lookups[(bits & -bits).bit_length() - 1]
            yield row, match(lookup, words) or ()
            bits &= later

    def rows_for(self, words: Words) -> list[Row]:
        """Every row that holds."""
        bits, found = self._bits(words), []
        while bits:
            row, _lookup, later = self._lookups[(bits & -bits).bit_length() - 1]
            found.append(row)
            bits &= later
        return found

    def _bits(self, words: Words) -> int:
        """The bits of the lookups that hold."""
        bits = self._all
        for key, (rest, wanted) in self._keys.items():
            kept = rest
            for word in words.get(key, ()):
                if word in wanted:
                    kept |= wanted[word]
            bits &= kept
        return bits
