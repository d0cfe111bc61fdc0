"""Doses in a therapist's own numbers: read from the fields of a row, and kept as they were typed where they can't be right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.clinic.lengths import TOLD_TAKEN
from planner.domain.doses import Numbers
from planner.domain.typed_text import one_line

BOUNDS: Mapping[str, tuple[int, int]] = {
    "sets": (1, 6),
    "repeats": (1, 50),
    "hold_seconds": (0, 120),
    "seconds": (5, 600),
    "sides": (1, 2),
    "times_a_day": (1, 6),
    "days_a_week": (1, 7),
}
"""The least and the most that can be typed: what a sheet can say and a person can do. This person's limits come on top."""
Fields = Mapping[str, Sequence[str]]
"""A form as it was posted: name -> every value."""


@dataclass(frozen=True)
class TypedDoses:
    """By exercise: `numbers` that were typed, lines `told`, and what is `wrong`, by number, as it was typed."""

    numbers: Mapping[str, Numbers]
    told: Mapping[str, str]
    wrong: Mapping[str, Mapping[str, str]]


NONE_TYPED = TypedDoses({}, {}, {})


def field_of(exercise: str, what: str) -> str:
    """The name of a field of a row: `dose-sets-bridge`, `dose-told-bridge`; `dose-was-bridge` for what stood there when it was shown."""
    return f"dose-{what}-{exercise}"


def numbers_shown(numbers: Numbers) -> str:
    """The numbers of a row as it was shown, so that those left as they were are no change."""
    return " ".join(f"{name}={number}" for name, number in numbers.items())


def read_typed(posted: Fields, exercises: Iterable[str], typed: Iterable[str]) -> TypedDoses:
    """`typed`: the exercises whose dose was in the therapist's own numbers before; so it stays, if nothing is wrong with it."""
    numbers: dict[str, Numbers] = {}
    wrong: dict[str, Mapping[str, str]] = {}
    told: dict[str, str] = {}
    before = set(typed)
    for name in exercises:
        if words := one_line(_first(posted, field_of(name, "told")))[:TOLD_TAKEN]:
            told[name] = words
        was = _was(_first(posted, field_of(name, "was")))
        said = {number: _first(posted, field_of(name, number), text).strip() for number, text in was.items()}
        if bad := {number: text for number, text in said.items() if not _fits(text, BOUNDS[number])}:
            wrong[name] = bad
        elif said != was or (said and name in before):
            numbers[name] = {number: int(text) for number, text in said.items()}
    return TypedDoses(numbers, told, wrong)


def _was(text: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in text.split())
    return {name: number for name, _equals, number in pairs if name in BOUNDS}


def _first(posted: Fields, name: str, usual: str = "") -> str:
    return next(iter(posted.get(name, ())), usual)


def _fits(text: str, bounds: tuple[int, int]) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 5 and bounds[0] <= int(text) <= bounds[1]
