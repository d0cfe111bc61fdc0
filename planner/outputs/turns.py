"""What "Do it with me" takes its turns from: an exercise of the plan, and the easier one that can stand in for it."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.doses import dose_at
from planner.domain.lines import Line
from planner.domain.model import Library
from planner.outputs.pictures import picture

WITHOUT_A_PLACE = "easier:"
"""Begins the id of a turn that is no line of the plan."""


def easier_turn(line: Line, library: Library) -> Line | None:
    """The easier exercise of a line, as one to do instead of it today. Its dose is never above the beginner's."""
    if line.easier is None:
        return None
    item = library.exercises[line.easier.id]
    dose = dose_at(library.doses[item.dose], "half" if line.dose_step == "half" else "start")
    return replace(
        line, id=WITHOUT_A_PLACE + item.id, title=item.title, item=item, doses=(dose,), advice=(), easier=None, harder=None, initials=""
    )


def weekdays(line: Line, weeks: tuple[tuple[object, ...], ...]) -> str:
    """The weekdays of week 1 on which a line is due, Monday 0: "0 2 4"."""
    days = weeks[0] if weeks else ()
    return " ".join(str(number) for number, day in enumerate(days) if line.id in getattr(day, "exercises", ()))


def moving_picture(line: Line, library: Library) -> str:
    """The file of the moving picture; empty where nothing moves."""
    shown = picture(library, line.item.id)
    return shown.moving if shown else ""
