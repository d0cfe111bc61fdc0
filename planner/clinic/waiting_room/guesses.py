"""Wrong words are counted for a whole clinic and day: 4 letters are few, so tries must be fewer still."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from planner.clinic.waiting_room.intake_tables import WrongWords
from planner.database.rows import written

MOST_WRONG = 20  # words a day in one clinic


def may_guess(session: Session, clinic_id: str, now: datetime) -> bool:
    """False once so many words were wrong today that no more are looked at, the right one neither."""
    counted = (WrongWords.clinic_id == clinic_id, WrongWords.day == now.date())
    return (session.scalar(select(WrongWords.tries).where(*counted)) or 0) < MOST_WRONG


def note_wrong(session: Session, clinic_id: str, now: datetime) -> None:
    """Counts one more. The count is made in the database, so two at once are two."""
    today = now.date()
    here = WrongWords.clinic_id == clinic_id
    if written(session.execute(update(WrongWords).where(here, WrongWords.day == today).values(tries=WrongWords.tries + 1))):
        return
    if written(session.execute(update(WrongWords).where(here, WrongWords.day < today).values(day=today, tries=1))):
        return
    with suppress(IntegrityError), session.begin_nested():
        session.add(WrongWords(clinic_id=clinic_id, day=today, tries=1))
        session.flush()
        return
    session.execute(update(WrongWords).where(here, WrongWords.day == today).values(tries=WrongWords.tries + 1))
