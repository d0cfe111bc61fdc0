"""A clinic's sheet as its patient meets it under the code: who printed it and keeps a record of it, and how it was printed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from planner.clinic.people import audit
from planner.clinic.profile import Letterhead, data_uri, letterhead_of, logo_of
from planner.clinic.sheets.papers import next_visit
from planner.clinic.sheets.records import Version, as_printed, changed_at_home, forget_sheets, keep_version, versions_of
from planner.clinic.tables import Clinic, Handout
from planner.domain.edits import Edits
from planner.domain.lines import Plan
from planner.kept.plans import Body, Kept, Safe


@dataclass(frozen=True)
class HandedOut:
    """`clinic`: its name; `years`: how long it keeps the chart text. `printed`: the sheet as the clinic printed it, if the patient has
    changed it since. `earlier`: what the patient had made of it before the clinic printed anew, newest first.

    `head`: its letterhead as it is now. `review`: the next visit, as it stands on the paper; None where the plan's own date counts."""

    clinic: str
    years: int
    printed: Kept | None
    earlier: tuple[Version, ...]
    head: Letterhead
    review: date | None

    def says(self, plan: Plan) -> Plan:
        """The plan with the clinic's day of the review: one truth on page, papers and calendar."""
        return replace(plan, review_on=self.review) if self.review else plan


def handed_out(session: Session, safe: Safe, found: Kept) -> HandedOut | None:
    """What a clinic has to do with a kept plan; None if it is no clinic's sheet."""
    row = handout_under(session, safe, found.code)
    if row is None:
        return None
    clinic = session.get_one(Clinic, row.clinic_id)
    versions = versions_of(session, safe, row)
    now = as_printed(versions)
    changed = now is not None and now.body is not None and changed_at_home(now.body, found.body)
    printed = replace(found, body=now.body, diary=None) if changed and now is not None and now.body is not None else None
    paper = printed.body if printed else found.body
    earlier = tuple(one for one in reversed(versions) if not one.by and one.body)
    head = letterhead_of(clinic, data_uri(logo_of(session, clinic.id)))
    return HandedOut(clinic.name, clinic.keep_years, printed, earlier, head, visit_to_come(paper, date.today()))


def visit_to_come(paper: Body, today: date) -> date | None:
    """The day that the clinic set. Once it is over, the plan's own day counts."""
    visit = next_visit(paper.edits, paper.made)
    return None if visit and visit < today else visit


def handout_under(session: Session, safe: Safe, code: str) -> Handout | None:
    """The handout of whatever clinic under a code."""
    return session.scalars(select(Handout).where(Handout.kept_key.in_(safe.row_keys(code)), Handout.revoked.is_(None))).first()


def before_a_change(session: Session, safe: Safe, found: Kept, now: datetime, *, told: bool = True) -> None:
    """In the transaction in which a patient changes what stands under a code: the sheet as it was printed is put where that change does
    not reach it, if it is not there yet; `told`: the clinic hears that there was one. Nothing happens for a plan of no clinic."""
    row = handout_under(session, safe, found.code)
    if row is None:
        return
    if as_printed(versions_of(session, safe, row)) is None:  # printed before there were records
        keep_version(session, safe, row, found.body, row.made, by=row.therapist_id)
    session.execute(update(Handout).where(Handout.id == row.id).values(kept_key=safe.secrets[0].row_key(found.code)))
    if told:
        audit.record(session, now, "patient_changed", clinic_id=row.clinic_id)


def forget_under(session: Session, safe: Safe, code: str) -> None:
    """In the transaction in which a patient deletes: what was on the sheet goes at once, also where the clinic had it."""
    forget_sheets(session, *session.scalars(select(Handout.id).where(Handout.kept_key.in_(safe.row_keys(code)))))


def own_body(kept: Body, now: Body, edits: Edits) -> Body:
    """What a person makes of a kept plan: `now` with their new answers, and what must not be lost by them. `edits`: what was chosen on
    it, as far as the new answers leave room for it. Who changes no answer changes no sheet, but a sign has been answered by it."""
    if kept.edits and dict(kept.answers) == dict(now.answers):
        return replace(kept, asked=now.asked, held=now.held, stopped=None)
    return replace(now, edits=edits, note=kept.note, readbacks=kept.readbacks, pain_base=kept.pain_base, checked=kept.checked)


def carried(edits: Edits) -> Edits:
    """The exercises, doses and pressure that somebody chose stay, so that nothing gets harder by a change of answers. What was insisted
    on was checked for the answers of before: it goes. Source: clinical safety 7.4."""
    return replace(edits, insisted=(), initials="", given="")
