"""Choosing: drop what a limit bars (saying why), rank the rest by points, explain each choice."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from planner.domain.active import Active
from planner.domain.evidence import Strength, strength_of
from planner.domain.items import Caveat, Item, Suit, Supported
from planner.domain.lazy import Lazy
from planner.domain.lines import FAMILIES, Because, LeftOut, Line
from planner.domain.rules import Reading, Words, match, suited_by
from planner.domain.terms import Pairs

T = TypeVar("T", bound=Item)
Hit = tuple[int, str, Pairs]
"""Points, the reason in words, and the answers it rests on."""


class Ranked(ABC, Generic[T]):
    """An item that may be shown, with its points. What it has them for is put into words only where it is shown."""

    def __init__(self, item: T, points: int, reading: Reading) -> None:
        self.item, self.points, self.reading = item, points, reading

    @property
    @abstractmethod
    def hits(self) -> tuple[Hit, ...]:
        """All that it has points for."""

    @Lazy
    def because(self) -> tuple[Because, ...]:
        """The two hits that weigh most, in words. Hits on the person's own answers are printed first."""
        hits = self.hits
        own = [hit for hit in hits if hit[2] and hit[0] > 0] or [hit for hit in hits if hit[0] > 0]
        best = sorted(own, key=lambda hit: -hit[0])[:2]
        because = tuple([line for _, say, pairs in best for line in self.reading.because(say, pairs)])
        if because:
            return once(because) if len(because) > 1 else because
        return (Because(self.item.because or (self.item.evidence if isinstance(self.item, Supported) else "")),)


class SuitRanked(Ranked[T]):
    """An item with what suits it to somebody who says `words`."""

    def __init__(self, item: T, points: int, reading: Reading, suits: Sequence[Suit], words: Words) -> None:
        super().__init__(item, points, reading)
        self.suits, self.words = suits, words

    @property
    def hits(self) -> tuple[Hit, ...]:
        return tuple((suit.points, suit.because, match(suit.when, self.words) or ()) for suit in self.suits)


class HitRanked(Ranked[T]):
    """An item with its hits."""

    def __init__(self, item: T, points: int, reading: Reading, hits: tuple[Hit, ...]) -> None:
        super().__init__(item, points, reading)
        self.held = hits

    @property
    def hits(self) -> tuple[Hit, ...]:
        return self.held


def because_of_condition(active: Active, reading: Reading) -> tuple[Because, ...]:
    return reading.because(active.condition.say, active.pairs)


def ranked(items: Iterable[T], section: str, reading: Reading, words: Words | None = None) -> list[Ranked[T]]:
    """Items of a section by points, highest first; ties by file order. `words`: what is said for this, where it is not what the reading
    says."""
    said = reading.words if words is None else words
    table = reading.library.tables.suits[section]
    suited = reading.suited(section) if said is reading.words else suited_by(table.rows_for(said))
    found: list[Ranked[T]] = []
    for item in items:
        suits = suited.get(item.id, ())
        found.append(SuitRanked(item, sum([suit.points for suit in suits]), reading, suits, said))
    return sorted(found, key=lambda one: (-one.points, one.item.order))


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
    for item in reading.meant(section):
        why = (excluded and excluded.get(item.id)) or reading.why_barred(item.demands)
        if why:
            left_out.append(LeftOut(f"{FAMILIES[section]}:{item.id}", item.title, why))
        else:
            allowed.append(item)
    return Split(ranked(allowed, section, reading), left_out)
