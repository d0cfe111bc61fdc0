"""The programme of a pack: exercises in their order, doses, massage, minutes and note. It is kept sealed, as a note is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from planner.clinic.lengths import NOTE, TOLD
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.sheet_form import MOST_POSTED_EXERCISES
from planner.clinic.sheets.typed_doses import BOUNDS
from planner.domain.doses import Numbers
from planner.domain.edits import DOSES, OLD_DOSES


@dataclass(frozen=True)
class Programme:
    """What a therapist chose. A dose or pressure that was only proposed is not in it: the next person gets their own."""

    exercises: tuple[str, ...]
    doses: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, Numbers] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    style: str = ""
    pressure: int = 0
    minutes: str = ""
    note: str = ""

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self), separators=(",", ":"), sort_keys=True).encode()


def programme_of(now: Proposal) -> Programme | None:
    """What is on the sheet. None where nothing is: triage stops it, or no exercise is left."""
    kept, massage = now.frozen, now.plan.massage
    if now.stops or not kept.exercises:
        return None
    usual = {line.item_id: line.dose_step for line in now.plan_with(replace(kept, doses={}, typed={})).section("exercises")}
    return Programme(
        exercises=kept.exercises,
        doses={name: step for name, step in kept.doses.items() if name not in kept.typed and usual.get(name) != step},
        typed=kept.typed,
        told=kept.told,
        style=massage.styles[0].item_id if massage and massage.recommended else "",
        pressure=massage.pressure_ask if massage and massage.recommended and kept.pressure else 0,
        minutes=str(now.plan.minutes_offered),
        note=now.form.note,
    )


def read_programme(text: bytes) -> Programme | None:
    """What was kept, in the words of today; ids that are no more stay, so that they can be named. None if it can't be read."""
    try:
        data = json.loads(text)
    except ValueError:
        return None
    if not isinstance(data, dict):
        return None
    exercises = tuple(dict.fromkeys(_texts(data.get("exercises"))))[:MOST_POSTED_EXERCISES]
    doses = {name: OLD_DOSES.get(str(step), str(step)) for name, step in _named(data, "doses", exercises)}
    pressure = data.get("pressure", 0)
    return Programme(
        exercises=exercises,
        doses={name: step for name, step in doses.items() if step in DOSES},
        typed={name: numbers for name, value in _named(data, "typed", exercises) if (numbers := _numbers(value))},
        told={name: str(words)[:TOLD] for name, words in _named(data, "told", exercises)},
        style=str(data.get("style", "")),
        pressure=pressure if isinstance(pressure, int) and pressure > 0 else 0,
        minutes=str(data.get("minutes", "")),
        note=str(data.get("note", ""))[:NOTE],
    )


def _texts(values: Any) -> Iterable[str]:
    return (one for one in values if isinstance(one, str)) if isinstance(values, list) else ()


def _named(data: Mapping[str, Any], part: str, exercises: tuple[str, ...]) -> Iterable[tuple[str, Any]]:
    """What a part says of the exercises of the programme."""
    held = data.get(part)
    return [(name, held[name]) for name in exercises if name in held] if isinstance(held, dict) else []


def _numbers(value: Any) -> Numbers:
    """The numbers of a typed dose, none outside what can be typed today."""
    if not isinstance(value, dict):
        return {}
    found = {name: number for name, number in value.items() if name in BOUNDS and isinstance(number, int)}
    return {name: min(max(number, BOUNDS[name][0]), BOUNDS[name][1]) for name, number in found.items()}
