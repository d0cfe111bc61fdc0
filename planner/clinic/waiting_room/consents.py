"""What a patient agreed to, kept with the record of the sheet that was printed for them; the intake itself ends there."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from planner.clinic.sealing import seal, unseal
from planner.clinic.tables import Handout
from planner.clinic.waiting_room.answered_ahead import Agreed
from planner.clinic.waiting_room.intake_tables import Consent
from planner.clinic.waiting_room.intakes import find_intake, forget_intake
from planner.kept.plans import Safe


def consent_place(handout_id: str) -> str:
    return f"consent:{handout_id}"


def visit_printed(session: Session, safe: Safe, made: Handout, code: str, now: datetime) -> None:
    """The sheet of an intake was printed: what its patient agreed to goes with the sheet, and the intake is gone. Safe to repeat."""
    found = find_intake(session, safe, code, now, made.clinic_id) if code else None
    if found is None:
        return
    if found.ahead and found.ahead.agreed and session.get(Consent, made.id) is None:
        sealed = seal(safe, made.clinic_id, consent_place(made.id), found.ahead.agreed.to_bytes())
        session.add(Consent(handout_id=made.id, made=now, sealed=sealed))
    forget_intake(session, safe, made.clinic_id, code)


def consent_of(session: Session, safe: Safe, row: Handout) -> Agreed | None:
    """What the patient of a handout agreed to. The caller has seen to it that it is this clinic's."""
    kept = session.get(Consent, row.id)
    opened = unseal(safe, row.clinic_id, consent_place(row.id), kept.sealed) if kept else None
    return Agreed.from_bytes(opened) if opened else None
