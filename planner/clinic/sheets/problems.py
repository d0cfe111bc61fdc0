"""What stands in the way of printing a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from planner.clinic.lengths import TOLD
from planner.clinic.sheets.exercise_row import ExerciseRow
from planner.outputs.glyphs import unprintable

NAMED_LETTERS = 12  # that are named when they can't be printed


def dose_field(exercise: str) -> str:
    """Where what is wrong with a typed dose is said."""
    return f"dose-{exercise}"


@dataclass(frozen=True)
class Problem:
    """Something in the way of printing: the field it belongs to, a short id, and what its words need."""

    field: str
    what: str
    number: int = 0
    words: str = ""


def dose_problems(row: ExerciseRow) -> Iterator[Problem]:
    """What is wrong with what was typed on a row."""
    at = dose_field(row.id)
    if row.wrong:
        yield Problem(at, "dose", words=next(iter(row.wrong)))
    if len(row.told) > TOLD:
        yield Problem(at, "told", len(row.told) - TOLD)
    if letters := unprintable(row.told):
        yield Problem(at, "told_letters", words=letters[:NAMED_LETTERS])
