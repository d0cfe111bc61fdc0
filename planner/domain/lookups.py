"""Lookups: whether one holds for a person, and tables of them, made ready once: a single pass over the words finds every row that holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, compress
from typing import Any, Generic, NamedTuple, TypeVar

from planner.domain.terms import Lookup, Pairs

Words = Mapping[str, Mapping[str, Pairs]]
"""What a person says: key -> word -> the answers that make it true."""
Row = TypeVar("Row")
SIGNS = bytes.maketrans(b"01", b"\0\1")


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
    return each_once(pairs)


def each_once(pairs: Pairs) -> Pairs:
    return tuple(dict.fromkeys(pairs)) if len(pairs) > 1 else pairs


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
    def _lookups(self) -> tuple[Lookup, ...]:
        """The lookup of each bit."""
        return tuple(lookup for _row, lookups in self.rows for lookup in lookups or ({},))

    @cached_property
    def _plain(self) -> tuple[tuple[str, str] | None, ...]:
        """Of each bit whose lookup is one word of one key, that key and word."""
        flat = [[(key, word) for key, words in lookup.items() for word in words] for lookup in self._lookups]
        return tuple(pairs[0] if len(pairs) == 1 else None for pairs in flat)

    @cached_property
    def _row_of(self) -> tuple[int, ...]:
        """The number of the row that each bit belongs to."""
        return tuple(number for number, (_row, lookups) in enumerate(self.rows) for _lookup in lookups or ({},))

    @cached_property
    def _things(self) -> tuple[Row, ...]:
        return tuple(row for row, _lookups in self.rows)

    @cached_property
    def _keys(self) -> tuple[tuple[str, int, Mapping[str, int]], ...]:
        """Each key, with the bits of the lookups that do not ask for it, and word -> these with the bits of those that want it."""
        asked: dict[str, int] = {}
        wanted: dict[str, dict[str, int]] = {}
        for number, lookup in enumerate(self._lookups):
            for key, words in lookup.items():
                asked[key] = asked.get(key, 0) | 1 << number
                bits = wanted.setdefault(key, {})
                bits.update({word: bits.get(word, 0) | 1 << number for word in words})
        every = (1 << len(self._lookups)) - 1
        return tuple((key, every ^ bits, {word: more | every ^ bits for word, more in wanted[key].items()}) for key, bits in asked.items())

    @cached_property
    def asking(self) -> Mapping[str, list[Lookup]]:
        """Every key that is looked up, with the lookups that ask for it."""
        return {key: [lookup for lookup in self._lookups if key in lookup] for key, _rest, _wanted in self._keys}

    @cached_property
    def _thing_of(self) -> tuple[Row, ...]:
        """The row that each bit belongs to."""
        return tuple(self._things[number] for number in self._row_of)

    def holding(self, words: Words) -> Iterator[tuple[Row, Pairs]]:
        """Every row that holds, with the answers of its first lookup that does; in the order of the rows."""
        return self.signed(self.signs(words), words)

    def signed(self, signs: bytes, words: Words) -> Iterator[tuple[Row, Pairs]]:
        """The same, where the signs are known."""
        things, lookups, row_of, plain, before = self._things, self._lookups, self._row_of, self._plain, -1
        for number in compress(range(len(lookups)), signs):
            if (row := row_of[number]) != before:
                before = row
                one = plain[number]
                yield things[row], each_once(words[one[0]][one[1]]) if one else match(lookups[number], words) or ()

    def rows_for(self, words: Words) -> list[Row]:
        """Every row that holds."""
        return self.picked(self.signs(words))

    def picked(self, signs: bytes) -> list[Row]:
        """The same, where the signs are known."""
        if len(self._row_of) == len(self.rows):
            return list(compress(self._things, signs))
        things = self._things
        return [things[row] for row in dict.fromkeys(compress(self._row_of, signs))]

    def first(self, words: Words) -> Row | None:
        """The first row that holds."""
        bits = self.bits(words)
        return self._thing_of[(bits & -bits).bit_length() - 1] if bits else None

    def row_for(self, words: Words) -> Row:
        """The first row that holds, of a table that has one for everybody. LookupError where it has none."""
        if (found := self.first(words)) is None:
            raise LookupError("no row of the table is for this person")
        return found

    def first_picked(self, signs: bytes) -> Row | None:
        """The first row that holds, where the signs are known."""
        at = signs.find(1)
        return self._thing_of[at] if at >= 0 else None

    @cached_property
    def width(self) -> int:
        """How many lookups there are: so many signs."""
        return len(self._lookups)

    def signs(self, words: Words) -> bytes:
        """One byte for each lookup, 0 where it does not hold: what `compress` picks from a list by."""
        return self.signs_of(self.bits(words))

    def signs_of(self, bits: int) -> bytes:
        """The same, where the bits are known."""
        return f"{bits:0{self.width}b}"[::-1].encode().translate(SIGNS)

    def bits(self, words: Words) -> int:
        """The bits of the lookups that hold."""
        bits, get = (1 << self.width) - 1, words.get
        for key, kept, wanted in self._keys:
            said = get(key)
            if not said:
                bits &= kept
            elif len(said) == 1:  # most are: one answer of one question
                for word in said:
                    bits &= wanted.get(word, kept)
            else:
                held = kept
                for word in said:
                    if word in wanted:
                        held |= wanted[word]
                bits &= held
        return bits


@dataclass(frozen=True)
class Joined:
    """Several tables that are looked up together: one pass over the words for all of them."""

    tables: tuple[Table[Any], ...]

    @cached_property
    def whole(self) -> Table[Any]:
        return Table(tuple(row for table in self.tables for row in table.rows))

    @cached_property
    def spans(self) -> Mapping[int, slice]:
        """A table by its place in memory -> its signs among those of the whole. Comparing two tables would take as long as a lookup."""
        ends = list(accumulate(table.width for table in self.tables))
        return {id(table): slice(end - table.width, end) for table, end in zip(self.tables, ends, strict=True)}


class Holding(NamedTuple):
    """What of some joined tables holds for somebody who says these words. KeyError for any other table."""

    spans: Mapping[int, slice]
    words: Words
    signs: bytes

    def rows(self, table: Table[Row]) -> list[Row]:
        """Every row that holds."""
        return table.picked(self.signs[self.spans[id(table)]])

    def first(self, table: Table[Row]) -> Row | None:
        """The first row that holds."""
        return table.first_picked(self.signs[self.spans[id(table)]])

    def with_answers(self, table: Table[Row]) -> list[tuple[Row, Pairs]]:
        """Every row that holds, with the answers of its first lookup that does."""
        return list(table.signed(self.signs[self.spans[id(table)]], self.words))
