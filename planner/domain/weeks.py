"""The four-week schedule: which day has which exercises, a massage, and how much walking."""

from __future__ import annotations

from collections.abc import Iterable

from planner.domain.days import Day, Walking
from planner.domain.doses import DAYS_FOR, WEEKS
from planner.domain.lines import Line, MassagePart

MASSAGE_DAY = 3
MASSAGE_WEEKS = {"weekly": (0, 1, 2, 3), "fortnightly": (0, 2), "monthly": (0,)}


def four_weeks(lines: tuple[Line, ...], massage: MassagePart | None, walk: Walking) -> tuple[tuple[Day, ...], ...]:
    """Four weeks of seven days. Exercises have the dose of their week; walking grows; massage keeps to the block of its row."""
    exercises = [line for line in lines if line.section == "exercises" and line.doses]
    weeks_with = massage_weeks(massage)
    return tuple(week_of(week, exercises, walk, massage=week in weeks_with) for week in range(WEEKS))


def week_of(week: int, exercises: Iterable[Line], walk: Walking, *, massage: bool) -> tuple[Day, ...]:
    """One week (from 0), Monday first."""
    due = [(line.id, DAYS_FOR[line.doses[week].days_a_week]) for line in exercises]
    walks = DAYS_FOR[walk.days[week]] if walk.days else ()
    return tuple(
        Day(
            exercises=tuple([name for name, days in due if day in days]),
            massage=massage and day == MASSAGE_DAY,
            walk=walk.on(week) if day in walks else 0,
        )
        for day in range(7)
    )


def massage_weeks(massage: MassagePart | None) -> tuple[int, ...]:
    """Weeks (from 0) with a massage, at most as many as the row's block of sessions."""
    if massage is None or massage.row is None or not massage.recommended:
        return ()
    return MASSAGE_WEEKS.get(massage.freq, ())[: massage.row.block or WEEKS]
