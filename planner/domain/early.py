"""What answers and facts say of every lookup, in one pass: they stay the same while all the rest of a plan is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from planner.domain.lookups import Table, Words

FLAGGED = frozenset({"flag", "hold"})
READ = FLAGGED | {"condition", "clearance", "may", "limited"}
"""What a reading adds to answers and facts."""
ASKED_LATE = READ | {"checkable"}
"""What a question may rest on that is neither an answer nor a fact."""
PLANNED = READ | {"level", "massage", "holds", "load", "eases", "heard"}
"""And what a plan adds, or says otherwise."""


@dataclass(frozen=True)
class Early:
    """Tables, each with the keys of which something is said later than the answers, or something else. A lookup holds where what it asks of
    answers and facts is so, which is looked up here for all tables at once, and what it asks of these few keys."""

    parts: tuple[tuple[Table[Any], frozenset[str]], ...]

    @cached_property
    def whole(self) -> Table[Any]:
        """What can be looked up early, of all tables."""
        return Table(tuple(row for table, late in self.parts for row in keys_of(table, late, wanted=False).rows))

    @cached_property
    def places(self) -> Mapping[int, tuple[int, int, Table[Any]]]:
        """A table by its place in memory -> where its bits begin among those of the whole, all of them set, and what is looked up late."""
        found, begin = {}, 0
        for table, late in self.parts:
            found[id(table)] = begin, (1 << table.width) - 1, keys_of(table, late, wanted=True)
            begin += table.width
        return found

    def told(self, words: Words) -> int:
        """The bits of all lookups that may hold for somebody with these answers and facts."""
        return self.whole.bits(words)

    def signs(self, table: Table[Any], told: int, words: Words) -> bytes:
        """The signs of one table, as the table itself would give them. `words`: those that were `told`, and what came since."""
        begin, every, late = self.places[id(table)]
        return table.signs_of(told >> begin & every & late.bits(words))


def keys_of(table: Table[Any], names: frozenset[str], *, wanted: bool) -> Table[Any]:
    """The same lookups with these keys alone, or with the others alone."""
    rows = ((row, lookups or ({},)) for row, lookups in table.rows)
    return Table(
        tuple(
            (row, tuple({key: words for key, words in lookup.items() if (key in names) == wanted} for lookup in lookups))
            for row, lookups in rows
        )
    )
