"""How much to walk, or to push, in each week. Source: clinical plan 2.7."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from planner.domain.choose import caveats
from planner.domain.days import Walking
from planner.domain.doses import WEEKS
from planner.domain.rules import Reading
from planner.domain.schedule import WalkingRow
from planner.domain.terms import Pairs


def walking(reading: Reading) -> Walking:
    """The first row that matches. Where a limit shuts walking there are words without minutes."""
    row = row_of(reading)
    then = row.then if reading.limits.tier == "all" else ""  # nobody is told to add while a check or a yes is awaited
    say = " ".join((*said_before(row, reading), row.say))
    return Walking(say, row.minutes, row.bouts, row.days, then, row.seated, row.rests, row.today, row.grows, row.training)


def walked_at(walk: Walking, week: int, most: int) -> Walking:
    """The walk of one week, from 1, for all four; 0 leaves it as it is. After week 4 it grows, where its row says so."""
    if not week or not walk.minutes:
        return walk
    at = min(week, WEEKS) - 1
    minutes = max(walk.minutes[at], min(most, walk.minutes[at] + walk.grows * max(0, week - WEEKS)))
    return replace(walk, minutes=(minutes,) * WEEKS, bouts=(walk.bouts[at],) * WEEKS, days=(walk.days[at],) * WEEKS)


def said_before(row: WalkingRow, reading: Reading) -> tuple[str, ...]:
    """What must be known before the walks: who has no time for both, and who must not stand for an exercise alone."""
    return () if row.seated or not row.minutes else caveats(reading.library.schedule.before_walks, reading)


def row_of(reading: Reading) -> WalkingRow:
    """The first row for this person: `walking` and `effort` are found by the limits, the other words by lookup."""
    words = {"walking": _word(shut(reading)), "effort": _word(effort_shut(reading))}
    return reading.library.schedule.walks.row_for({**reading.words, **words})


def _word(is_shut: bool) -> Mapping[str, Pairs]:
    return {"shut": ()} if is_shut else {"open": ()}


def effort_shut(reading: Reading) -> bool:
    """True while nobody may say "train as usual" or "go faster": only starters, or puffing or jolts barred or on ask. Source: safety 2."""
    return reading.limits.tier != "all" or bool(reading.limits.against(reading.library.training.effort))


def shut(reading: Reading) -> bool:
    """True while nobody may name minutes: breathing only, or walking barred or on a clinician's yes."""
    limits = reading.limits
    return limits.tier in ("none", "breathing") or bool(limits.against(("walking",)))
