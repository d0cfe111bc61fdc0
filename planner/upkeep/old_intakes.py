"""Old intakes: answers given ahead whose time is over, their words, tablets, and what patients agreed to once its clinic's time is over."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Engine, delete, select

from planner.clinic.lengths import MOST_YEARS
from planner.clinic.sheets.search import midnight
from planner.clinic.tables import Clinic, Handout
from planner.clinic.waiting_room.intake_tables import Consent, Intake, PickUpWord, Tablet
from planner.database.sessions import writing
from planner.kept.plans import later
from planner.upkeep.old_records import AS_IS


def purge_intakes(engine: Engine, on: date) -> None:
    """Deletes what was over before this moment or the day `on`, whichever is later; what patients agreed to lives as long as their
    clinic keeps the text of a sheet. Safe to repeat."""
    now = max(datetime.now(UTC), midnight(on).astimezone(UTC))
    with writing(engine) as session:
        for table in (PickUpWord, Intake, Tablet):
            session.execute(delete(table).where(table.expires <= now), execution_options=AS_IS)
        for years in range(1, MOST_YEARS + 1):
            theirs = select(Handout.id).join(Clinic, Clinic.id == Handout.clinic_id).where(Clinic.keep_years == years)
            old = (Consent.made < midnight(later(on, -12 * years)), Consent.handout_id.in_(theirs))
            session.execute(delete(Consent).where(*old), execution_options=AS_IS)
