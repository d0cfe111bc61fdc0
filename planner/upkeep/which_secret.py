"""Which secret a database is sealed with: a mark in it says so, from which nobody comes back to the secret. The server asks it, too."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine, exists, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from planner.clinic.people.account_requests import AccountRequest
from planner.clinic.sheets.own_exercises import OwnExercise
from planner.clinic.tables import ClinicPack, Handout, Note, OutgoingMail, Therapist
from planner.clinic.waiting_room.intake_tables import Intake
from planner.database.sessions import writing
from planner.kept.plans import KeptPlan, Safe
from planner.kept.seal import Secret, derived
from planner.upkeep.backup import SEAL_MARK
from planner.upkeep.purge import Chore

SEALED_COLUMNS: tuple[InstrumentedAttribute[Any], ...] = (
    *(KeptPlan.sealed, Handout.sealed_code, Note.sealed, ClinicPack.programme, OwnExercise.sealed),
    *(Therapist.totp, Intake.sealed, OutgoingMail.sealed, AccountRequest.sealed),
)
"""What a machine with another secret can't open: where none of these is there, none of what hangs on them is."""


def opens_what_is_sealed(session: Session, safe: Safe) -> bool:
    """By the marks alone, which costs next to nothing: the newest is among ours, or none is written down."""
    marks = marks_in(session)
    return not marks or bool(newest_of(marks) & {mark_of(secret) for secret in safe.secrets})


def is_anything_sealed(session: Session) -> bool:
    return bool(session.scalar(select(or_(*(exists().where(kind.is_not(None)) for kind in SEALED_COLUMNS)))))


def know_secret(engine: Engine, safe: Safe, on: date, *, accept: bool = False) -> bool:
    """Writes down which secret a database is sealed with, unless it was another and none of ours; then it is False. `accept`: even so.
    Where nothing is sealed yet, nothing can be lost by another.

    Of two secrets the newer has the later day, also where both came on one: a machine that still seals with the older can tell."""
    with writing(engine) as session:
        marks, mine = marks_in(session), [mark_of(secret) for secret in safe.secrets]
        fits = accept or not marks or bool(marks.keys() & set(mine)) or not is_anything_sealed(session)
        if fits and (accept or mine[0] not in marks):
            with suppress(IntegrityError), session.begin_nested():  # another first run was quicker
                session.merge(Chore(name=mine[0], ran=on))
            older = Chore.name.in_(marks.keys() - {mine[0]})
            session.execute(update(Chore).where(older, Chore.ran >= on).values(ran=on - timedelta(days=1)))
    return fits


def newest_of(marks: dict[str, date]) -> set[str]:
    """More than one only where a program wrote them down that gave both the same day."""
    return {name for name, ran in marks.items() if ran == max(marks.values())}


def mark_of(secret: Secret) -> str:
    """The same for the same secret. Nobody can go from it to the secret."""
    return f"{SEAL_MARK}{derived(secret.text.encode(), b'', b'backplan: which secret')[:16].hex()}"


def marks_in(session: Session) -> dict[str, date]:
    """Each mark, with the day on which it was written down."""
    found = session.execute(select(Chore.name, Chore.ran).where(Chore.name.startswith(SEAL_MARK, autoescape=True)))
    return {name: ran for name, ran in found if ran}
