"""Tablets of a waiting room: browsers that show the start screen of an intake and forget each person."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from planner.clinic.people import audit
from planner.clinic.tables import Clinic, Therapist
from planner.clinic.waiting_room.intake_tables import Tablet
from planner.database.rows import written

TABLET_LIVES = timedelta(days=180)


def set_up(session: Session, by: Therapist, now: datetime) -> str:
    """The token of a new tablet of the clinic, which is stored nowhere."""
    token = secrets.token_urlsafe(32)
    session.add(Tablet(clinic_id=by.clinic_id, token_hash=hash_of(token), made=now, expires=now + TABLET_LIVES))
    audit.record(session, now, "tablet_on", by=by)
    return token


def hash_of(token: str) -> bytes:
    return sha256(token.encode(errors="replace")).digest()


def clinic_of_tablet(session: Session, token: str, now: datetime) -> Clinic | None:
    """Whose tablet this is; None if it was ended, or is too old."""
    wanted = select(Clinic).join(Tablet, Tablet.clinic_id == Clinic.id)
    return session.scalars(wanted.where(Tablet.token_hash == hash_of(token), Tablet.expires > now)).first()


def tablets_of(session: Session, clinic_id: str, now: datetime) -> list[Tablet]:
    """Oldest first."""
    wanted = select(Tablet).where(Tablet.clinic_id == clinic_id, Tablet.expires > now)
    return list(session.scalars(wanted.order_by(Tablet.made, Tablet.id)))


def end_tablet(session: Session, by: Therapist, name: str, now: datetime) -> bool:
    """From now on it asks nobody. False if the clinic has no such tablet."""
    if not written(session.execute(delete(Tablet).where(Tablet.id == name, Tablet.clinic_id == by.clinic_id))):
        return False
    audit.record(session, now, "tablet_off", by=by)
    return True
