"""Choosing: drop what a limit bars (saying why), rank the rest by points, explain each choice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from planner.domain.active import Active
from planner.domain.evidence import Strength, strength_of
from planner.domain.items import Caveat, Item, Supported
from planner.domain.lazy import Later
from planner.domain.lines import FAMILIES, Because, ConditionNote, LeftOut, Line
from planner.domain.rules import Reading, Words, match, suited_by
from planner.domain.terms import Pairs

T = TypeVar("T", bound=Item)
Hit = tuple[int, str, Pairs]
"""Points, the reason in words, and the answers it rests on."""
NO_NAMES: Mapping[str, tuple[Because, ...]] = {}
"""Nothing that is left out by its name."""


class Ranked(Generic[T]):
    """An item that may be shown, with its points. What it has them for is looked up, and put into words, only where it is shown: many are
    ranked, and few are shown. `why`: all that it has points for."""

    __slots__ = ("_hits", "item", "points", "reading", "why")

    def __init__(self, item: T, points: int, reading: Reading, why: Callable[[T], Sequence[Hit]]) -> None:
        self.item, self.points, self.reading, self.why = item, points, reading, why
        self._hits: Sequence[Hit] | None = None

    @property
    def hits(self) -> Sequence[Hit]:
        if self._hits is None:
            self._hits = self.why(self.item)
        return self._hits

    @property
    def because(self) -> tuple[Because, ...]:
        """The two hits that weigh most, in words. Hits on the person's own answers are printed first."""
        hits = self.hits
        own = [hit for hit in hits if hit[2] and hit[0] > 0] or [hit for hit in hits if hit[0] > 0]
        best = sorted(own, key=lambda hit: -hit[0])[:2]
        because = tuple([line for _, say, pairs in best for line in self.reading.because(say, pairs)])
        if because:
            return once(because) if len(because) > 1 else because
        return (Because(self.item.because or (self.item.evidence if isinstance(self.item, Supported) else "")),)


def because_of_condition(active: Active, reading: Reading) -> tuple[Because, ...]:
    return reading.because(active.condition.say, active.pairs)


def notes_of(reading: Reading) -> Sequence[ConditionNote]:
    """Every condition that applies, with what led to it."""
    held = reading.conditions
    return Later(lambda: [ConditionNote(one.condition, reading.because(one.condition.say, one.pairs), one.held) for one in held])


def ranked(items: Iterable[T], section: str, reading: Reading, words: Words | None = None) -> list[Ranked[T]]:
    """Items of a section by points, highest first; ties by file order. `words`: what is said for this, where it is not what the reading
    says."""
    said = reading.words if words is None else words
    table = reading.library.tables.suits[section]
    suited = reading.suited(section) if said is reading.words else suited_by(table.rows_for(said))

    def why(item: T) -> list[Hit]:
        return [(suit.points, suit.because, match(suit.when, said) or ()) for suit in suited.get(item.id, ())]

    found = [Ranked(item, sum([suit.points for suit in suited.get(item.id, ())]), reading, why) for item in items]
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
        because=Later(lambda: one.because),
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
    left_out: Sequence[LeftOut]


def left_out_of(
    section: str, reading: Reading, items: Iterable[Item], named: Mapping[str, tuple[Because, ...]] = NO_NAMES
) -> Later[LeftOut]:
    """Items of a section that are left out, each for the reason that is `named` or else for a limit. They are many, and few forms of a plan
    name them."""
    family = FAMILIES[section]
    return Later(lambda: [LeftOut(f"{family}:{one.id}", one.title, named.get(one.id) or reading.why_barred(one.demands)) for one in items])


def split(section: str, reading: Reading, excluded: Mapping[str, tuple[Because, ...]] = NO_NAMES) -> Split[Any]:
    """The items of a section that are meant for this person, parted by the limits and by `excluded` (id -> why)."""
    off, items = reading.barred(section).union(excluded), reading.meant(section)
    left_out = left_out_of(section, reading, [one for one in items if one.id in off], excluded)
    return Split(ranked([one for one in items if one.id not in off], section, reading), left_out)
