"""Notes that a therapist printed lately, offered again. Each is sealed for the clinic; the oldest make room for new ones."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from planner.clinic.sealing import seal, unseal
from planner.clinic.tables import Note, Therapist, new_id
from planner.kept.plans import Safe

OFFERED = 5


def recent(session: Session, safe: Safe, by: Therapist) -> list[str]:
    """The last notes of this therapist, newest first, each once."""
    return [text for _, text in _opened(session, safe, by)][:OFFERED]


def remember(session: Session, safe: Safe, by: Therapist, text: str, now: datetime) -> None:
    """Puts a note first. A note that was there before moves up; more than OFFERED are not kept."""
    if not text:
        return
    known = _opened(session, safe, by)
    gone = [row.id for row, other in known if other == text] + [row.id for row, other in known if other != text][OFFERED - 1 :]
    session.execute(delete(Note).where(Note.id.in_(gone), Note.therapist_id == by.id))
    name = new_id()
    sealed = seal(safe, by.clinic_id, note_place(name), text.encode())
    session.add(Note(id=name, clinic_id=by.clinic_id, therapist_id=by.id, sealed=sealed, used=now))


def _opened(session: Session, safe: Safe, by: Therapist) -> list[tuple[Note, str]]:
    wanted = select(Note).where(Note.clinic_id == by.clinic_id, Note.therapist_id == by.id)
    rows = session.scalars(wanted.order_by(Note.used.desc(), Note.id))
    return [(row, (unseal(safe, by.clinic_id, note_place(row.id), row.sealed) or b"").decode()) for row in rows]


def note_place(note_id: str) -> str:
    return f"note:{note_id}"
