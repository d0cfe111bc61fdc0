"""Parts of a plan as JSON that are of the content alone: the same for everybody whose plan has them."""

from __future__ import annotations

from typing import Any

from planner.domain.general import Source
from planner.domain.items import Dose
from planner.domain.lines import Line
from planner.outputs.words import dose_text


def source(one: Source) -> dict[str, Any]:
    return {
        "id": one.id,
        "title": one.title,
        "publisher": one.publisher,
        "year": one.year,
        "url": one.url,
        "checked": one.checked.isoformat(),
    }


def doses(one: Line) -> list[dict[str, Any]]:
    """The dose of each week; of weeks alike it is written once."""
    weeks = [(id(week), week, step) for week, step in zip(one.doses, one.dose_steps, strict=True)]
    said = {(place, step): {**dose(week), "text": dose_text(week), "step": step} for place, week, step in weeks}
    return [said[place, step] for place, _week, step in weeks]


def dose(one: Dose) -> dict[str, Any]:
    return {
        "sets": one.sets,
        "repeats": one.repeats,
        "hold_seconds": one.hold_seconds,
        "seconds": one.seconds,
        "sides": one.sides,
        "ways": one.ways,
        "times_a_day": one.times_a_day,
        "days_a_week": one.days_a_week,
        "note": one.note,
    }
