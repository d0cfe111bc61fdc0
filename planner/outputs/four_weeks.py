"""The four weeks as page 1 of the plan prints them: a row for each exercise, its two doses, and a circle for each day it is due."""

from __future__ import annotations

from dataclasses import dataclass

from planner.domain.lines import Line, Plan
from planner.outputs.words import dose_text


@dataclass(frozen=True)
class GridRow:
    """`days`: on how many days it is due, week by week. `later`: the dose of weeks 3 and 4, empty where it stays the same."""

    line: Line
    first: str
    later: str
    days: tuple[int, ...]


def grid_rows(plan: Plan) -> tuple[GridRow, ...]:
    """The exercises in the order of the plan."""
    found = []
    for line in plan.section("exercises"):
        first, last = (dose_text(dose) for dose in (line.doses[0], line.doses[-1])) if line.doses else ("", "")
        days = tuple(sum(line.id in day.exercises or line.item.id in day.exercises for day in week) for week in plan.weeks)
        found.append(GridRow(line, first, last if last != first else "", days))
    return tuple(found)


def massage_days(plan: Plan) -> tuple[int, ...]:
    """How many massages there are in each week; empty without any."""
    count = tuple(sum(day.massage for day in week) for week in plan.weeks)
    return count if any(count) else ()
