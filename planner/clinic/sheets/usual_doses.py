"""A therapist's usual doses: numbers of their own that they keep for an exercise, and put on any sheet with one press. Decision 27."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from dataclasses import replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.typed_doses import BOUNDS
from planner.clinic.tables import Therapist
from planner.domain.doses import Numbers
from planner.domain.edits import Edits

UsualDoses = Mapping[str, Numbers]
"""Exercise id -> numbers."""


def read_usual(text: str | None) -> UsualDoses:
    """What was kept of a therapist; nothing where they kept nothing. No number is outside what can be typed today."""
    held: Mapping[str, Mapping[str, int]] = json.loads(text or "{}")
    return {
        name: {number: min(max(value, BOUNDS[number][0]), BOUNDS[number][1]) for number, value in numbers.items() if number in BOUNDS}
        for name, numbers in held.items()
    }


def usual_for(usual: UsualDoses, exercise: str, now: Numbers) -> Numbers:
    """The numbers of a row with the usual ones in their place; empty where there are none for it, or they say the same."""
    kept = usual.get(exercise, {})
    merged = {name: kept.get(name, number) for name, number in now.items()}
    return merged if merged != dict(now) else {}


def with_usual(now: Proposal, usual: UsualDoses, exercise: str) -> Edits:
    """The usual dose on one row, or on every row where `exercise` is empty. This person's limits hold it down where the plan is built."""
    rows = [row for row in now.rows if not exercise or row.id == exercise]
    found = {row.id: numbers for row in rows if (numbers := usual_for(usual, row.id, row.numbers))}
    return replace(now.form.edits, exercises=now.wanted, typed={**now.form.edits.typed, **found}) if found else now.form.edits


def usual_of(session: Session, by: Therapist) -> UsualDoses:
    return read_usual(session.scalar(select(Therapist.usual_doses).where(Therapist.id == by.id)))


def keep_usual(session: Session, by: Therapist, exercise: str, numbers: Numbers, known: Container[str]) -> None:
    """Keeps a dose as this therapist's usual one of an exercise; empty `numbers`: forgets it. Doses of exercises that are not `known`
    any more go."""
    before = read_usual(session.scalar(select(Therapist.usual_doses).where(Therapist.id == by.id).with_for_update()))
    after = {name: dict(kept) for name, kept in {**before, exercise: numbers}.items() if kept and name in known}
    session.execute(update(Therapist).where(Therapist.id == by.id).values(usual_doses=json.dumps(after, sort_keys=True)))
