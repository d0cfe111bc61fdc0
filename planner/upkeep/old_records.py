"""Old records of clinics: chart texts whose time is over, and what was on sheets that open no more."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Engine, Select, and_, delete, or_, select, update

from planner.clinic.lengths import MOST_YEARS
from planner.clinic.sheets.search import midnight
from planner.clinic.tables import Clinic, Handout, Printed
from planner.database.rows import BATCH, written
from planner.database.sessions import writing
from planner.kept.plans import KeptGone, KeptPlan, later

AS_IS = {"synchronize_session": False}


def purge_records(engine: Engine, on: date, months: int) -> int:
    """Deletes the chart texts that their clinics keep no longer; returns how many. What was on a sheet goes once its code was deleted,
    or can have expired. A handout of which nothing is left, and whose time is over, goes with its reference. Safe to repeat."""
    erased(engine, Printed.sheet.is_not(None), Printed.handout_id.in_(opens_no_more(on, months)), sheet=None)
    done = sum(erased(engine, Printed.chart.is_not(None), over(years, on), chart=None) for years in range(1, MOST_YEARS + 1))
    with writing(engine) as session:
        session.execute(delete(Printed).where(Printed.sheet.is_(None), Printed.chart.is_(None)))
        session.execute(delete(Handout).where(nothing_left(on)), execution_options=AS_IS)
    return done


def erased(engine: Engine, *due: ColumnElement[bool], **values: None) -> int:
    """Many short transactions, so that nobody waits long."""
    done = 0
    while True:
        with writing(engine) as session:
            keys = session.execute(select(Printed.handout_id, Printed.number).where(*due).limit(BATCH)).all()
            for name, number in keys:
                this = (Printed.handout_id == name, Printed.number == number)
                done += written(session.execute(update(Printed).where(*this, *due).values(values), execution_options=AS_IS))
        if len(keys) < BATCH:
            return done


def opens_no_more(on: date, months: int) -> Select[str]:
    """Ids of handouts whose code was deleted, or that are so old that it must have expired and is not there."""
    gone = Handout.kept_key.in_(select(KeptGone.key))
    expired = and_(Handout.made < midnight(later(on, -months)), Handout.kept_key.not_in(select(KeptPlan.key)))
    return select(Handout.id).where(or_(gone, expired))


def over(years: int, on: date) -> ColumnElement[bool]:
    """Printed longer ago than the clinics keep it that keep theirs for so many years."""
    theirs = select(Handout.id).join(Clinic, Clinic.id == Handout.clinic_id).where(Clinic.keep_years == years)
    return and_(Printed.made < midnight(later(on, -12 * years)), Printed.handout_id.in_(theirs))


def nothing_left(on: date) -> ColumnElement[bool]:
    """Handouts whose clinic keeps no record of them any more, and whose code opens nothing."""
    old = (
        and_(Handout.made < midnight(later(on, -12 * years)), Handout.clinic_id.in_(select(Clinic.id).where(Clinic.keep_years == years)))
        for years in range(1, MOST_YEARS + 1)
    )
    left = Handout.id.in_(select(Printed.handout_id)), Handout.kept_key.in_(select(KeptPlan.key))
    return and_(or_(*old), ~or_(*left))
