"""What is worked out when it is first asked for: once for each object, also for one that can't be changed."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from planner.domain.lazy import Lazy


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
