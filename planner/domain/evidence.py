"""How strong the evidence is for this person: one level lower, and said so, outside of whom it was tested in. Source: clinical plan 9.1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from planner.domain.items import Evidence, Exercise, Supported, Tested
from planner.domain.lookups import Words, match, match_any
from planner.domain.terms import Certainty

NAMED = ("pregnant", "teen")  # whom the plan names where something was not tested in them
ONLY = "tested_"  # before the one region in which something was tested
LOWER: tuple[Certainty, ...] = ("high", "moderate", "low", "very_low")


class Strength(NamedTuple):
    """What is known, in words, and how sure it is for this person. `not_tested`: phases or regions of theirs it was not tested in."""

    say: str
    certainty: Certainty
    sources: tuple[str, ...]
    not_tested: str = ""


def outside(tested: Tested, words: Words) -> str:
    """The first word of this person's (a pregnancy, a phase, then a region) that the test did not cover; empty if it covered them. Of a
    test in one region alone that region is named instead: "tested_low". Words of clinical safety 7, row 9."""
    others = bool(tested.groups) and match_any(tested.groups, words) is None
    if others and (named := next((one for one in NAMED if one in words), "")):
        return named
    phases = words.get("phase", {})
    if tested.phases and phases and not set(phases) & set(tested.phases):
        return next(iter(phases))
    regions = words.get("regions", {})
    if tested.regions and "whole" not in tested.regions and regions and not set(regions) & set(tested.regions):
        return f"{ONLY}{tested.regions[0]}" if len(tested.regions) == 1 else next(iter(regions))
    return "group" if others else ""


def strength_of(item: Supported, words: Words) -> Strength:
    """The evidence of an item that has its own: what is known in people like this one, or else in others."""
    for known in item.known_for:
        if match(known.when, words) is not None:
            return judged(known.say, known.certainty, known.sources, outside(known.tested, words))
    return judged(item.evidence, item.certainty, item.sources, outside(item.tested, words))


def strength_of_exercise(item: Exercise, rows: Mapping[str, Sequence[Evidence]], words: Words) -> Strength:
    """The first row about such exercises that was tested in people like this one; else the first, one level lower. A row about this
    exercise alone goes before all others. `rows`: purpose -> those that hold for this person. An exercise works on the first of its places
    that hurts: what is known of another says little about it."""
    hurt = words.get("regions", {})
    mine = [one for one in item.regions if one in hurt][:1] or [one for one in item.regions if one == "whole"] or item.regions
    places = frozenset(mine)
    alike = [row for row in rows.get(item.purpose, ()) if not places.isdisjoint(row.regions)]
    fitting = [row for row in alike if item.id in row.exercises] or [row for row in alike if not row.exercises]
    best = next((row for row in fitting if not outside(row.tested, words)), fitting[0] if fitting else None)
    if best is None:
        return Strength("", "very_low", item.sources)
    missing = outside(best.tested, words)
    return judged(best.say, best.certainty, tuple(dict.fromkeys((*best.sources, *item.sources))), missing)


def by_purpose(rows: Iterable[Evidence]) -> Mapping[str, list[Evidence]]:
    """Purpose -> the rows about exercises of it."""
    found: dict[str, list[Evidence]] = {}
    for row in rows:
        for purpose in row.purposes:
            found.setdefault(purpose, []).append(row)
    return found


def judged(say: str, certainty: Certainty, sources: tuple[str, ...], missing: str) -> Strength:
    if not missing:
        return Strength(say, certainty, sources)
    lower = LOWER[min(LOWER.index(certainty) + 1, len(LOWER) - 1)]
    return Strength(say, lower, sources, missing)
