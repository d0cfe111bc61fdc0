"""Purging: expired plans and old traces go. One odd reading of the clock deletes nothing."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from time import time

from sqlalchemy import ColumnElement, Date, Engine, String, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from planner.clinic.people.account_requests import forget_old
from planner.clinic.sheets.search import midnight
from planner.database.engines import file_of
from planner.database.rows import BATCH, Base, written
from planner.database.sessions import writing
from planner.kept.health_links import HealthLink
from planner.kept.plans import KeptGone, KeptPlan, later
from planner.upkeep.old_intakes import purge_intakes
from planner.upkeep.old_records import purge_records

DAY = timedelta(days=1)
OLD_COPY = timedelta(days=30)


class Chore(Base):
    """When a job last ran. `doubted`: the day on which it refused, since the clock seemed wrong."""

    __tablename__ = "chore"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    ran: Mapped[date | None] = mapped_column(Date)
    doubted: Mapped[date | None] = mapped_column(Date)


class OddClock(Exception):
    """The day is not the one that follows the last run; the message is one line."""


@dataclass(frozen=True)
class Purged:
    plans: int
    traces: int  # keys of deleted plans, kept as long as a backup could bring the plan back
    charts: int = 0  # texts for a clinic's notes, whose time was over


def purge(engine: Engine, on: date, months: int, *, force: bool = False) -> Purged:
    """Deletes what had its last day before `on`, a batch at a time. Safe to repeat, to interrupt and to run twice at once.

    OddClock if the last run was not today or yesterday, unless `force`: the next day's run goes ahead if the clock still says so."""
    with writing(engine) as session:
        last = _doubt(session, on, months) if not force else None
    if last:
        raise OddClock(f"the last purge or plan was on {last}, and today seems to be {on}; it will go ahead tomorrow, or now with --force")
    plans, charts = _batches(engine, KeptPlan, KeptPlan.expires < on), purge_records(engine, on, months)
    done = Purged(plans, _batches(engine, KeptGone, KeptGone.day < later(on, -months)), charts)
    _batches(engine, HealthLink, HealthLink.expires < on)
    purge_intakes(engine, on)
    with writing(engine) as session:
        forget_old(session, midnight(on))
        _ran(session, on)
    _old_copies(engine)
    return done


def _doubt(session: Session, on: date, months: int) -> date | None:
    """The day of the last run, or of the last plan, if `on` can't be believed yet.

    The doubt is written down: a second reading a day later settles it."""
    chore = session.get(Chore, "purge")
    before = chore.ran if chore and chore.ran else _last_seen(session, on, months)
    if before is None or timedelta() <= on - before <= DAY:
        return None
    if chore is None:
        session.add(chore := Chore(name="purge"))
    if chore.doubted and DAY <= on - chore.doubted <= 2 * DAY:
        return None
    if chore.doubted is None or not timedelta() <= on - chore.doubted <= DAY:
        chore.doubted = on
    return before


def _last_seen(session: Session, on: date, months: int) -> date | None:
    """The day on which a plan was last kept or opened, if on `on` none would be left: before the first purge nothing else holds the
    clock to account. None if some would stay, or there are none."""
    latest = session.scalar(select(func.max(KeptPlan.expires)))
    return later(latest, -months) if latest and latest < on else None


def _ran(session: Session, on: date) -> None:
    ran = {"ran": on, "doubted": None}
    if not written(session.execute(update(Chore).where(Chore.name == "purge").values(ran))):
        with suppress(IntegrityError), session.begin_nested():  # another first run was quicker
            session.add(Chore(name="purge", **ran))


def _batches(engine: Engine, table: type[KeptPlan] | type[KeptGone] | type[HealthLink], due: ColumnElement[bool]) -> int:
    """Many short transactions, so that nobody who opens a plan waits long."""
    done = 0
    while True:
        with writing(engine) as session:
            keys = session.scalars(select(table.key).where(due).limit(BATCH)).all()
            done += written(session.execute(delete(table).where(table.key.in_(keys), due)))
        if len(keys) < BATCH:
            return done


def _old_copies(engine: Engine) -> None:
    """Copies that an upgrade or a restore made of a SQLite file hold plans that were deleted since."""
    file = file_of(engine)
    for copy in file.parent.glob(f"{file.name}.before-*") if file else ():
        if time() - copy.stat().st_mtime > OLD_COPY.total_seconds():
            copy.unlink(missing_ok=True)
