"""What "Exercise with me" takes its turns from: an exercise of the plan, and the easier one that can stand in for it."""

from __future__ import annotations

from datetime import date, timedelta

from planner.domain.doses import WEEKS, dose_at
from planner.domain.lines import Line, Plan
from planner.domain.model import Library
from planner.outputs.pictures import picture_of

WITHOUT_A_PLACE = "easier:"
"""Begins the id of a turn that is no line of the plan."""


def easier_turn(line: Line, library: Library) -> Line | None:
    """The easier exercise of a line, as one to do instead of it today. Its dose is never above the beginner's."""
    if line.easier is None:
        return None
    item = library.exercises[line.easier.id]
    dose = dose_at(library.doses[item.dose], "half" if line.dose_step == "half" else "start")
    return line._replace(
        id=WITHOUT_A_PLACE + item.id,
        title=item.title,
        item=item,
        doses=(dose,),
        advice=(),
        easier=None,
        harder=None,
        initials="",
        told="",
    )


def days_due(line: Line, plan: Plan) -> str:
    """When a line is due: weekdays of week 1, Monday 0: "0 2"."""
    days = plan.weeks[0] if plan.weeks else ()
    return " ".join(str(number) for number, day in enumerate(days) if line.id in day.exercises)


def due(plan: Plan, on: date) -> tuple[Line, ...]:
    """The exercises of this day in the order in which one gets up from the floor; on a free day, all of them."""
    lines, now = plan.section("exercises"), str(on.weekday())
    return tuple(line for line in lines if now in days_due(line, plan).split()) or lines


def four_weeks(begin: date) -> tuple[date, ...]:
    """The days of a plan that begins on `begin`."""
    return tuple(begin + timedelta(days=number) for number in range(7 * WEEKS))


def moving_picture(line: Line, library: Library) -> str:
    """The file of the moving picture; empty where nothing moves."""
    shown = picture_of(library, line.item)
    return shown.moving if shown else ""
