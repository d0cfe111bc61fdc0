"""What happened: sign-ins and changes, for the clinic's owners. Never a health answer, and never what somebody typed in vain."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from planner.clinic.tables import Audit, Therapist
from planner.database.paging import PageOfRows, one_page

EVENTS_A_PAGE = 50
SAME_LOOK = timedelta(minutes=15)  # in which opening a sheet again is no other event
NOBODYS_FAILURES = timedelta(days=30)  # how long failures without an account are kept


def record(
    session: Session, now: datetime, what: str, *, by: Therapist | None = None, clinic_id: str | None = None, about: str = ""
) -> None:
    """Notes `what` (a short id such as `sign_in`) in the same transaction as what it tells of. `about` is a name, never about health.

    The clinic is that of the person; `clinic_id` where there is no person."""
    clinic = by.clinic_id if by else clinic_id
    session.add(Audit(clinic_id=clinic, at=now, therapist_id=by.id if by else None, what=what, about=about[:254]))


def record_failure(session: Session, now: datetime, person: Therapist | None) -> None:
    """Notes a sign-in that failed. An unknown address takes the same work as a known one."""
    record(session, now, "sign_in_failed", by=person)
    session.execute(delete(Audit).where(Audit.clinic_id.is_(None), Audit.at < now - NOBODYS_FAILURES))


def is_noted(session: Session, now: datetime, by: Therapist, what: str, about: str) -> bool:
    """True if this person did the same a moment ago."""
    same = (Audit.clinic_id == by.clinic_id, Audit.at > now - SAME_LOOK, Audit.therapist_id == by.id, Audit.what == what)
    return session.scalar(select(Audit.id).where(*same, Audit.about == about).limit(1)) is not None


def events(session: Session, clinic_id: str, number: int) -> PageOfRows[Audit, str | None]:
    """One page of a clinic's events, newest first, each with the name of the person."""
    wanted = select(Audit, Therapist.name).outerjoin(Therapist, Therapist.id == Audit.therapist_id).where(Audit.clinic_id == clinic_id)
    return one_page(session, wanted.order_by(Audit.at.desc(), Audit.id), number, EVENTS_A_PAGE)
