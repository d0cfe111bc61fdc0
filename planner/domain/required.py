"""What the plan of a person must hold. Source: clinical plan 2.3 and 8."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from planner.domain.items import Exercise
from planner.domain.lazy import Lazy
from planner.domain.rules import Reading
from planner.domain.terms import Pairs
from planner.domain.training import Requirement


@dataclass(frozen=True)
class Required:
    """What the plan of this person must hold: the first requirement that fits, with those that add to it."""

    rows: tuple[Requirement, ...]
    bound: frozenset[str] = frozenset()  # the ladder of a goal that binds
    asked: Mapping[str, Pairs] = field(default_factory=dict)  # exercise -> the answers behind the first need that names it

    @classmethod
    def of(cls, reading: Reading) -> Required:
        training = reading.library.training
        fitting = reading.holds.with_answers(training.requirements)
        first = next(one for one in fitting if not one[0].plus)
        rows = [first, *(one for one in fitting if one[0].plus and reading.limits.tier == "all")]
        goal = reading.holds.first(training.goals)
        bound = training.towards[goal.id][0] if goal and goal.bound else frozenset()
        asked = {name: said for row, said in reversed(rows) if said for need in row.needs for name in need}
        return cls(tuple(row for row, _said in rows), bound, asked)

    @Lazy
    def needs(self) -> tuple[tuple[str, ...], ...]:
        return tuple(need for row in self.rows for need in row.needs)

    @property
    def steps_of_needs(self) -> Iterator[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]]:
        """Each need, with the lists to try one after another: one by one where the order counts, then all that are left at once."""
        for row in self.rows:
            for need in row.needs:
                one_by_one = need if row.in_order else [name for name in row.sooner if name in need]
                yield need, (*((name,) for name in one_by_one), *(() if row.in_order else (need,)))

    @Lazy
    def never(self) -> frozenset[str]:
        return frozenset(name for row in self.rows for name in row.never)

    @Lazy
    def only(self) -> frozenset[str]:
        """The only exercises there may be; none = no such limit."""
        return frozenset(name for row in self.rows for name in row.only)

    @Lazy
    def strength_only(self) -> frozenset[str]:
        """The only strength there may be, with what a need or the goal asks for; none = no such limit."""
        named = frozenset(name for row in self.rows for name in row.strength_only)
        return named and named.union(self.bound, *self.needs)

    def allowed(self, items: Iterable[Exercise]) -> list[Exercise]:
        """Those above no level, none that are never given, and of each `only` those alone where there is such a list."""
        most, never, only, strong = self.level_most, self.never, self.only, self.strength_only
        found = [one for one in items if one.level <= most and one.id not in never and (not only or one.id in only)]
        return [one for one in found if one.purpose != "strength" or one.id in strong] if strong else found

    @Lazy
    def level_most(self) -> int:
        return min(row.level_most for row in self.rows)

    @Lazy
    def ease(self) -> int:
        return max(row.ease for row in self.rows)

    @Lazy
    def use_minutes(self) -> bool:
        return all(row.use_minutes for row in self.rows)

    def least(self, purpose: str, places: int) -> int:
        """Fewest exercises of movement or strength; a share of the places is rounded up."""
        return max(_count(row.span(purpose)[0], places) for row in self.rows)

    def most(self, purpose: str, places: int) -> int:
        return min(_count(row.span(purpose)[1], places) for row in self.rows)


def _count(number: float, places: int) -> int:
    return math.ceil(number * places) if 0 < number < 1 else int(number)
