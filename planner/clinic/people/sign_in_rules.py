"""What a clinic asks of its people when they sign in: how long they may do nothing, and whether a password alone is enough."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from planner.clinic.lengths import IDLE_MINUTES, LEAST_IDLE
from planner.clinic.people.audit import record
from planner.clinic.tables import Clinic, Therapist
from planner.kept.plans import Gone

IDLE_TIMES = (LEAST_IDLE, 30, 60, 120, 240, 480, IDLE_MINUTES)
"""Minutes to choose from."""


def change_rules(session: Session, by: Therapist, idle_minutes: int, two_factors: bool, now: datetime) -> None:
    """Keeps the rules of the clinic of `by`; they hold from the next request of everybody. ValueError for another time, Gone."""
    if idle_minutes not in IDLE_TIMES:
        raise ValueError(idle_minutes)
    before = session.scalar(select(Clinic).where(Clinic.id == by.clinic_id))
    if before is None:
        raise Gone
    if (before.idle_minutes, before.two_factors) != (idle_minutes, two_factors):
        values = {"idle_minutes": idle_minutes, "two_factors": two_factors}
        session.execute(update(Clinic).where(Clinic.id == by.clinic_id).values(values))
        record(session, now, "sign_in_rules", by=by, about=f"{idle_minutes} min, {2 if two_factors else 1}")
