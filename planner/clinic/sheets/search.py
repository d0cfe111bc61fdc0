"""The shelf: a clinic's handouts, the newest first, searched by reference, day, pack and person; and figures that name nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from planner.clinic.tables import Handout, Therapist
from planner.database.paging import PageOfRows, one_page

HANDOUTS_A_PAGE = 25


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty fields take everything. `since` and `until` are days, both included; `therapist` is an id."""

    reference: str = ""
    since: date | None = None
    until: date | None = None
    pack: str = ""
    therapist: str = ""

    @property
    def anything(self) -> bool:
        return bool(self.reference or self.since or self.until or self.pack or self.therapist)


def search(session: Session, clinic_id: str, wanted: Wanted, number: int = 1) -> PageOfRows[Handout, str]:
    """One page of the shelf: handouts with the names of who made them, the newest first."""
    here = _named().where(*conditions(clinic_id, wanted))
    return one_page(session, here.order_by(Handout.made.desc(), Handout.id), number, HANDOUTS_A_PAGE)


def conditions(clinic_id: str, wanted: Wanted) -> list[ColumnElement[bool]]:
    here = [Handout.clinic_id == clinic_id]
    if wanted.reference:
        here.append(Handout.reference.icontains(wanted.reference, autoescape=True))
    if wanted.since:
        here.append(Handout.made >= midnight(wanted.since))
    if wanted.until:
        here.append(Handout.made < midnight(wanted.until + timedelta(days=1)))
    if wanted.pack:
        here.append(Handout.pack == wanted.pack)
    if wanted.therapist:
        here.append(Handout.therapist_id == wanted.therapist)
    return here


def midnight(day: date) -> datetime:
    """When a day begins where the clinic's server is."""
    return datetime.combine(day, time()).astimezone()


def _named() -> Select[Handout, str]:
    return select(Handout, Therapist.name).join(Therapist, Therapist.id == Handout.therapist_id)


def packs_used(session: Session, clinic_id: str) -> list[str]:
    """Titles of the packs that sheets of this clinic began with."""
    found = session.scalars(select(Handout.pack).where(Handout.clinic_id == clinic_id, Handout.pack != "").distinct())
    return sorted(found, key=str.casefold)


def neighbours(session: Session, handout: Handout) -> list[tuple[Handout, str]]:
    """The sheet before this one and those that follow it, oldest first, each with the name of who made it."""
    near = (Handout.previous == handout.id) | (Handout.id == (handout.previous or ""))
    rows = session.execute(_named().where(Handout.clinic_id == handout.clinic_id, near).order_by(Handout.made, Handout.id))
    return [(one, name) for one, name in rows]


@dataclass(frozen=True)
class Week:
    """A week that begins on a Monday, and how many sheets were made in it."""

    begins: date
    sheets: int


@dataclass(frozen=True)
class Figures:
    """Counts for a clinic; nothing in them belongs to one person. `due`: sheets old enough that somebody could have come back."""

    weeks: tuple[Week, ...]  # oldest first, without gaps
    packs: tuple[tuple[str, int], ...]  # most used first; "" for sheets that began without one
    due: int
    followed: int  # of those: their digits were typed in, or a next sheet was made

    @property
    def sheets(self) -> int:
        return sum(week.sheets for week in self.weeks)

    @property
    def percent(self) -> int:
        return round(100 * self.followed / self.due) if self.due else 0


def figures(session: Session, clinic_id: str, today: date, weeks: int, review_weeks: int) -> Figures:
    """Of the last so many weeks, this one included."""
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=weeks - 1)
    rows = _counted(session, clinic_id, midnight(first))
    days = [row.made.astimezone().date() for row in rows]
    begun = Counter(day - timedelta(days=day.weekday()) for day in days)
    all_weeks = (first + timedelta(weeks=number) for number in range(weeks))
    packs = sorted(Counter(row.pack for row in rows).items(), key=lambda one: (-one[1], one[0].casefold()))
    due = [row for row, day in zip(rows, days, strict=True) if day <= today - timedelta(weeks=review_weeks)]
    followed = sum(row.read_back or row.next is not None for row in due)
    return Figures(tuple(Week(day, begun[day]) for day in all_weeks), tuple(packs), len(due), followed)


@dataclass(frozen=True)
class Counted:
    made: datetime
    pack: str
    read_back: bool
    next: str | None


def _counted(session: Session, clinic_id: str, since: datetime) -> Sequence[Counted]:
    after = aliased(Handout)
    follows = select(func.min(after.id)).where(after.previous == Handout.id).scalar_subquery()
    wanted = select(Handout.made, Handout.pack, Handout.read_back, follows).where(Handout.clinic_id == clinic_id, Handout.made >= since)
    return [Counted(*row) for row in session.execute(wanted)]
