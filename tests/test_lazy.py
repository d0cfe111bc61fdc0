"""What is worked out when it is first asked for: once for each object, also for one that can't be changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from planner.domain.lazy import Later, Lazy


@dataclass(frozen=True)
class Sum:
    one: int
    asked: list[int] = field(default_factory=list)

    @Lazy
    def doubled(self) -> int:
        """Twice as much."""
        self.asked.append(self.one)
        if self.one < 0:
            raise ValueError(self.one)
        return 2 * self.one


def test_it_is_worked_out_once_for_each_object() -> None:
    three, four = Sum(3), Sum(4)
    assert [three.doubled, three.doubled, four.doubled] == [6, 6, 8]
    assert three.asked == [3] and four.asked == [4]


def test_what_failed_is_tried_again() -> None:
    less = Sum(-1)
    for _ in range(2):
        with pytest.raises(ValueError, match="-1"):
            _ = less.doubled
    assert less.asked == [-1, -1]


def test_it_says_what_it_is() -> None:
    assert Sum.doubled.__doc__ == "Twice as much."


def test_entries_are_made_when_they_are_first_read_and_once() -> None:
    made: list[int] = []

    def entries() -> Iterator[int]:
        made.append(1)
        yield from (3, 1, 2)

    later, none = Later(entries), Later[int](tuple)
    assert made == []
    assert (later[0], later[1:], len(later), list(later), sorted(later), 2 in later) == (3, (1, 2), 3, [3, 1, 2], [1, 2, 3], True)
    assert later == (3, 1, 2) == Later(lambda: [3, 1, 2]).entries and later == Later(entries) and later != none
    assert (repr(later), hash(later)) == ("(3, 1, 2)", hash((3, 1, 2)))
    assert later and not none and made == [1, 1]
