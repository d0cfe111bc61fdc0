"""Choosing: drop what may not be shown (saying why), rank the rest by points, explain each choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from planner.domain.answers import Pairs
from planner.domain.lines import FAMILIES, Because, LeftOut, Line
from planner.domain.model import Adapt, Item
from planner.domain.rules import Reading, match, match_any

T = TypeVar("T", bound=Item)


@dataclass(frozen=True)
class Ranked(Generic[T]):
    """An item that may be shown, with its points and why it has them."""

    item: T
    points: int
    because: tuple[Because, ...]


def eligible(item: Item, reading: Reading) -> bool:
    """True when the item is meant for this person at all."""
    return match_any(item.when, reading.words) is not None


def barred(item: Item, reading: Reading, more: Iterable[str] = ()) -> tuple[Because, ...]:
    """Why an `avoid` fact (or one of `more`) excludes the item; empty if none does."""
    for name in (*item.avoid, *more):
        if said := reading.words.get(name):
            pairs: Pairs = tuple(pair for found in said.values() for pair in found)
            return reading.because(reading.library.facts[name].because, pairs)
    return ()


def ranked(items: Iterable[T], reading: Reading) -> list[Ranked[T]]:
    """Items by points, highest first; ties by file order."""
    found = [rank(item, reading) for item in items]
    return sorted(found, key=lambda one: (-one.points, one.item.order))


def rank(item: T, reading: Reading) -> Ranked[T]:
    """An item's points for this person. The reasons printed are the two that weigh most."""
    hits = [(suit, pairs) for suit in item.suits if (pairs := match(suit.when, reading.words)) is not None]
    points = sum(suit.points for suit, _ in hits)
    own = [hit for hit in hits if hit[1]] or hits
    best = sorted(own, key=lambda hit: -hit[0].points)[:2]
    because = tuple(line for suit, pairs in best for line in reading.because(suit.because, pairs))
    return Ranked(item, points, once(because) or (Because(item.because or item.evidence),))


def once(because: tuple[Because, ...]) -> tuple[Because, ...]:
    """At most three reasons, each answer quoted once."""
    kept: dict[tuple[str, str], Because] = {}
    for one in because:
        kept.setdefault((one.question, one.answer), one)
    return tuple(kept.values())[:3]


def advice(adapts: Iterable[Adapt], reading: Reading) -> tuple[str, ...]:
    """The adaptations that hold for this person, in words."""
    return tuple(dict.fromkeys(one.say for one in adapts if match(one.when, reading.words) is not None))


def line_of(one: Ranked[Any], section: str, reading: Reading, **more: Any) -> Line:
    """An item as a line of the plan. `more`: what only lines of its section have."""
    item = one.item
    return Line(
        id=f"{FAMILIES[section]}:{item.id}",
        section=section,
        title=item.title,
        item=item,
        because=one.because,
        certainty=item.certainty,
        sources=item.sources,
        advice=advice(item.adapt, reading),
        points=one.points,
        **more,
    )


@dataclass(frozen=True)
class Split(Generic[T]):
    """Items parted into those that may be shown, ranked, and those left out with the reason."""

    allowed: list[Ranked[T]]
    left_out: list[LeftOut]


def split(items: Mapping[str, T], reading: Reading, section: str, excluded: Mapping[str, tuple[Because, ...]] | None = None) -> Split[T]:
    """Parts the items meant for this person by `avoid` and by `excluded` (id -> why)."""
    allowed: list[T] = []
    left_out: list[LeftOut] = []
    for item in items.values():
        if not eligible(item, reading):
            continue
        why = (excluded or {}).get(item.id, ()) or barred(item, reading)
        if why:
            left_out.append(LeftOut(f"{FAMILIES[section]}:{item.id}", item.title, why))
        else:
            allowed.append(item)
    return Split(ranked(allowed, reading), left_out)


def excluded_by_cautions(reading: Reading, field: str) -> dict[str, tuple[Because, ...]]:
    """Ids that the cautions' `field` (exclude_selfcare, exclude_therapies) takes away, with the caution's words."""
    found: dict[str, tuple[Because, ...]] = {}
    for one in reading.cautions:
        for name in getattr(one.caution, field):
            found.setdefault(name, reading.because(one.caution.say, one.pairs))
    return found
