"""The four-week schedule: which day has which exercises, a massage, and how much walking."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.days import Day, Today, Walking
from planner.domain.doses import DAYS_FOR, WALKS_FOR, WEEKS
from planner.domain.lines import Line, MassagePart

MASSAGE_DAY = 3
MASSAGE_WEEKS = {"weekly": (0, 1, 2, 3), "fortnightly": (0, 2), "monthly": (0,)}


@dataclass(frozen=True)
class Begin:
    """Where four weeks begin: the weekday on which the plan is made, Monday 0, and the day of the exercises' round that it is."""

    weekday: int
    first: int = 0


ON_MONDAY = Begin(0)


def begun(on: date, lines: tuple[Line, ...], today: tuple[Today, ...]) -> Begin:
    """A plan begins with what it says to do today: the round of its exercises starts on a day on which that one is due."""
    named = {one.line for one in today}
    return Begin(on.weekday(), next((first_due(line) for line in lines if line.id in named and line.section == "exercises"), 0))


def first_due(line: Line) -> int:
    """The first day of the round on which an exercise is due."""
    return DAYS_FOR[line.doses[0].days_a_week][0] if line.doses else 0


def due_with(line: Line, other: Line) -> bool:
    """Whether `line` is due on the first day of `other`."""
    return not line.doses or first_due(other) in DAYS_FOR[line.doses[0].days_a_week]


def four_weeks(
    lines: tuple[Line, ...], massage: MassagePart | None, walk: Walking, start: Begin = ON_MONDAY
) -> tuple[tuple[Day, ...], ...]:
    """Four weeks of seven days. Exercises have the dose of their week; walking grows; massage keeps to the block of its row."""
    exercises = [line for line in lines if line.section == "exercises" and line.doses]
    weeks_with = massage_weeks(massage)
    due = [tuple([(line.id, DAYS_FOR[line.doses[week].days_a_week]) for line in exercises]) for week in range(WEEKS)]
    rounds = {one: round_of(one) for one in due}
    found: dict[tuple[object, ...], tuple[Day, ...]] = {}  # weeks alike are one
    plan: list[tuple[Day, ...]] = []
    for week in range(WEEKS):
        alike = (due[week], walk.days[week] if walk.days else 0, walk.on(week), week in weeks_with)
        if alike not in found:
            found[alike] = week_of(week, rounds[due[week]], walk, start, massage=week in weeks_with)
        plan.append(found[alike])
    return tuple(plan)


def round_of(due: Iterable[tuple[str, Collection[int]]]) -> tuple[tuple[str, ...], ...]:
    """The exercises of each day of a round. `due`: an exercise and its days."""
    return tuple([tuple([name for name, days in due if turn in days]) for turn in range(7)])


def week_of(week: int, names: Sequence[tuple[str, ...]], walk: Walking, start: Begin, *, massage: bool) -> tuple[Day, ...]:
    """One week (from 0), Monday first. A plan made on a Friday has its first day there, and its seventh on Thursday. `names`: the exercises
    of each day of a round."""
    walks, minutes = WALKS_FOR[walk.days[week]] if walk.days else (), walk.on(week)
    found: list[Day] = []
    for day in range(7):
        since = (day - start.weekday) % 7
        on = names[(since + start.first) % 7]
        found.append(Day(on, massage and day == MASSAGE_DAY, minutes if since in walks else 0))
    return tuple(found)


def massage_weeks(massage: MassagePart | None) -> tuple[int, ...]:
    """Weeks (from 0) with a massage, at most as many as the row's block of sessions."""
    if massage is None or massage.row is None or not massage.recommended:
        return ()
    return MASSAGE_WEEKS.get(massage.freq, ())[: massage.row.block or WEEKS]
