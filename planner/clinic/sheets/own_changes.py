"""Writing a clinic's own exercises: another, another wording of one, and taking one away."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from planner.clinic.people import audit
from planner.clinic.photos import CleanPicture
from planner.clinic.sealing import seal
from planner.clinic.sheets.own_exercises import OwnExercise, Written, owned, words_place
from planner.clinic.sheets.own_pictures import picture_of, sealed_picture
from planner.clinic.tables import Therapist, new_id
from planner.database.rows import written
from planner.kept.plans import Safe

MOST_OWN = 100


class BadExercise(ValueError):
    """It can't be kept; `reason` is one of: taken, many."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def keep_exercise(
    session: Session, safe: Safe, by: Therapist, said: Written, picture: CleanPicture | None, now: datetime, old: str = ""
) -> str | None:
    """Keeps an exercise, or with `old` another wording of one; its id. None if the clinic has no such one. BadExercise if there are too
    many, or another is called so. Where nothing is new, nothing is kept."""
    current = [one for one in owned(session, safe, by.clinic_id) if one.heir == one.id]
    before = next((one for one in current if one.id == old), None)
    if old and before is None:
        return None
    if any(one.written.title.casefold() == said.title.casefold() for one in current if one is not before):
        raise BadExercise("taken")
    if before is None and len(current) >= MOST_OWN:
        raise BadExercise("many")
    if before and before.written == said and picture_of(session, safe, by.clinic_id, old) == (picture.image if picture else None):
        return old
    name = new_id()
    made = OwnExercise(
        id=name,
        clinic_id=by.clinic_id,
        root=root_of(session, old) if before else name,
        sealed=seal(safe, by.clinic_id, words_place(name), said.to_bytes()),
        picture=sealed_picture(safe, by.clinic_id, name, picture.image) if picture else None,
        made=now,
    )
    if before:
        shelve(session, by, old, now)
    session.add(made)
    session.flush()
    audit.record(session, now, "exercise_changed" if before else "exercise", by=by)
    return name


def root_of(session: Session, row_id: str) -> str:
    return session.get_one(OwnExercise, row_id).root


def shelve(session: Session, by: Therapist, row_id: str, now: datetime) -> bool:
    """False if the clinic has no such exercise now."""
    mine = (OwnExercise.id == row_id, OwnExercise.clinic_id == by.clinic_id, OwnExercise.shelved.is_(None))
    return bool(written(session.execute(update(OwnExercise).where(*mine).values(shelved=now))))


def remove_exercise(session: Session, by: Therapist, row_id: str, now: datetime) -> bool:
    """It is offered no more; sheets that were printed with it keep it. False if the clinic has no such exercise now."""
    if not shelve(session, by, row_id, now):
        return False
    audit.record(session, now, "exercise_removed", by=by)
    return True
