"""The sheets of one person as one thread: those with the same reference or, without one, those that follow each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from planner.clinic.sheets.follow_up import history, pain_said
from planner.clinic.sheets.handouts import OpenedHandout, opened_row
from planner.clinic.sheets.papers import latest_chart
from planner.clinic.tables import Handout, Therapist
from planner.domain.thread import MOST_PAIN
from planner.kept.plans import Safe

MOST_SHEETS = 100
DRAWN_WIDE, DRAWN_HIGH, DRAWN_EDGE = 360, 180, 30  # of the drawing, in its own units


@dataclass(frozen=True)
class ThreadSheet:
    """One sheet of a thread. `by`: the name of who printed it; `pain`: of its day, 0 to 10, None where nobody said or it is over;
    `stops`: only the stop page was printed."""

    handout: Handout
    by: str
    pain: int | None
    stops: bool = False


@dataclass(frozen=True)
class PainPoint:
    """Pain on a day, 0 to 10, and where it stands in the drawing."""

    day: date
    pain: int
    x: int
    y: int


@dataclass(frozen=True)
class Thread:
    """Sheets and pain, oldest first; where a day has two pains, the higher."""

    sheets: tuple[ThreadSheet, ...]
    points: tuple[PainPoint, ...]


def thread_of(session: Session, safe: Safe, handout: Handout, on: date) -> Thread:
    """The thread that a handout belongs to: at most its newest MOST_SHEETS sheets."""
    wanted = select(Handout, Therapist.name).join(Therapist, Therapist.id == Handout.therapist_id)
    here = wanted.where(Handout.clinic_id == handout.clinic_id, same_person(session, handout))
    rows = session.execute(here.order_by(Handout.made.desc(), Handout.id).limit(MOST_SHEETS)).all()
    sheets: list[ThreadSheet] = []
    pains: dict[date, int] = {}
    for row, by in reversed(rows):
        opened = opened_row(session, safe, row, on)
        day, pain = row.made.astimezone().date(), pain_of(opened)
        chart = latest_chart(opened.versions)
        sheets.append(ThreadSheet(row, by, pain, bool(chart and chart.stops)))
        told = [(day, pain)] if pain is not None else []
        told += [(one.on, one.back.pain) for one in (history(opened.kept.body) if opened.kept else ())]
        told += [(entry.on, entry.said.pain) for entry in (opened.diary.entries if opened.diary else ())]
        for then, points in told:
            pains[then] = max(points, pains.get(then, 0))
    return Thread(tuple(sheets), drawn(pains))


def same_person(session: Session, handout: Handout) -> ColumnElement[bool]:
    if handout.reference:
        return func.lower(Handout.reference) == func.lower(handout.reference)
    return Handout.id.in_(chain(session, handout))


def chain(session: Session, handout: Handout) -> set[str]:
    """Ids of the sheets before a handout and of those that follow it, by their links."""
    found, edge = {handout.id}, {handout.id}
    while edge and len(found) < MOST_SHEETS:
        near = select(Handout.id, Handout.previous).where(
            Handout.clinic_id == handout.clinic_id, Handout.id.in_(edge) | Handout.previous.in_(edge)
        )
        edge = {name for row in session.execute(near) for name in row if name} - found
        found |= edge
    return found


def pain_of(opened: OpenedHandout) -> int | None:
    """The pain on the day of a sheet: from its record, which outlasts its code."""
    chart = latest_chart(opened.versions)
    if chart is not None:
        return chart.pain
    return pain_said(opened.kept.body) if opened.kept else None


def drawn(pains: Mapping[date, int]) -> tuple[PainPoint, ...]:
    """Each day in its place: days to scale from left to right, pain from the foot up."""
    if not pains:
        return ()
    days = sorted(pains)
    span = max(1, (days[-1] - days[0]).days)
    return tuple(
        PainPoint(
            day,
            pains[day],
            round(DRAWN_EDGE + (DRAWN_WIDE - 2 * DRAWN_EDGE) * (day - days[0]).days / span),
            round(DRAWN_HIGH - DRAWN_EDGE - (DRAWN_HIGH - 2 * DRAWN_EDGE) * min(pains[day], MOST_PAIN) / MOST_PAIN),
        )
        for day in days
    )
