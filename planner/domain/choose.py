"""Choosing: drop what a limit bars (saying why), rank the rest by points, explain each choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from planner.domain.active import Active
from planner.domain.evidence import Strength, strength_of
from planner.domain.items import Caveat, Item, Supported
from planner.domain.limits import Against
from planner.domain.lines import FAMILIES, Because, LeftOut, Line
from planner.domain.rules import Reading, match
from planner.domain.terms import Pairs

T = TypeVar("T", bound=Item)
Hit = tuple[int, str, Pairs]
"""Points, the reason in words, and the answers it rests on."""


@dataclass(frozen=True)
class Ranked(Generic[T]):
    """An item that may be shown, with its points and all that it has them for."""

    item: T
    points: int
    hits: tuple[Hit, ...]
    reading: Reading

    @cached_property
    def because(self) -> tuple[Because, ...]:
        """The two hits that weigh most, in words. Hits on the person's own answers are printed first."""
        own = [hit for hit in self.hits if hit[2] and hit[0] > 0] or [hit for hit in self.hits if hit[0] > 0]
        best = sorted(own, key=lambda hit: -hit[0])[:2]
        because = tuple(line for _, say, pairs in best for line in self.reading.because(say, pairs))
        plain = self.item.because or (self.item.evidence if isinstance(self.item, Supported) else "")
        return once(because) or (Because(plain),)


def barred(item: Item, reading: Reading) -> tuple[Because, ...]:
    """Why a limit leaves the item out: the strictest demand's reason and the person's answer; empty if none does."""
    against = reading.limits.strictest(item.demands, massage="touch" in item.demands)
    return because_of(against, reading) if against else ()


def because_of(against: Against, reading: Reading) -> tuple[Because, ...]:
    """The demand's own reason, with the answers behind the condition."""
    reason, until = reading.library.demands[against.demand].reason, against.active.condition.soft_until
    return reading.because(f"{reason}: {until}" if until and against.force == "soft" else reason, against.active.pairs)


def because_of_condition(active: Active, reading: Reading) -> tuple[Because, ...]:
    return reading.because(active.condition.say, active.pairs)


def ranked(items: Iterable[T], reading: Reading) -> list[Ranked[T]]:
    """Items by points, highest first; ties by file order."""
    found = [rank(item, reading) for item in items]
    return sorted(found, key=lambda one: (-one.points, one.item.order))


def rank(item: T, reading: Reading) -> Ranked[T]:
    """An item's points for this person: the sum over all that suits them."""
    hits = tuple((suit.points, suit.because, pairs) for suit in item.suits if (pairs := match(suit.when, reading.words)) is not None)
    return Ranked(item, sum(points for points, _, _ in hits), hits, reading)


def once(because: tuple[Because, ...]) -> tuple[Because, ...]:
    """At most three reasons, each answer quoted once."""
    kept: list[Because] = []
    for one in because:
        if not any(other.question == one.question and one.answer in other.answer for other in kept):
            kept.append(one)
    return tuple(kept)[:3]


def caveats(found: Iterable[Caveat], reading: Reading) -> tuple[str, ...]:
    """The extra sentences that hold for this person."""
    return tuple(dict.fromkeys(one.say for one in found if match(one.when, reading.words) is not None))


def line_of(one: Ranked[Any], section: str, reading: Reading, strength: Strength | None = None, **more: Any) -> Line:
    """An item as a line of the plan. `more`: what only lines of its section have."""
    item = one.item
    known = strength or strength_of(item, reading.words)
    return Line(
        id=f"{FAMILIES[section]}:{item.id}",
        section=section,
        title=item.title,
        item=item,
        because=one.because,
        certainty=known.certainty,
        sources=known.sources,
        evidence=known.say,
        not_tested=known.not_tested,
        advice=caveats(item.caveats, reading) if isinstance(item, Supported) else (),
        points=one.points,
        **more,
    )


@dataclass(frozen=True)
class Split(Generic[T]):
    """Items parted into those that may be shown, ranked, and those left out with the reason."""

    allowed: list[Ranked[T]]
    left_out: list[LeftOut]


def split(section: str, reading: Reading, excluded: Mapping[str, tuple[Because, ...]] | None = None) -> Split[Any]:
    """The items of a section that are meant for this person, parted by the limits and by `excluded` (id -> why)."""
    allowed: list[Any] = []
    left_out: list[LeftOut] = []
    for item in reading.meant[section]:
        why = (excluded or {}).get(item.id, ()) or barred(item, reading)
        if why:
            left_out.append(LeftOut(f"{FAMILIES[section]}:{item.id}", item.title, why))
        else:
            allowed.append(item)
    return Split(ranked(allowed, reading), left_out)
