"""The old sheet that a new one follows: opened by its handout, with what came back on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from planner.clinic.sheets.changes import within
from planner.clinic.sheets.follow_up import PAIN, Noted, differences, history, next_edits
from planner.clinic.sheets.handouts import Opened, open_handout
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.sheet_form import Bench, filled
from planner.domain.answers import Value
from planner.domain.edits import Edits
from planner.domain.lines import Plan
from planner.kept.plans import Body
from planner.web import storage as database
from planner.web.clinic.access import clinic, signed_in
from planner.web.clinic.sheet_papers import plan_in
from planner.web.render import library


@dataclass(frozen=True)
class Old:
    """A sheet that can be opened, its plan, and the read-back that was typed in for it."""

    opened: Opened
    body: Body
    plan: Plan
    noted: Noted | None


def opened_handout(handout_id: str) -> Opened | None:
    """A handout of this clinic; None if it has no such one."""
    with database.reading() as rows:
        return open_handout(rows, database.safe(), signed_in().clinic_id, handout_id, date.today())


def old_sheet(handout_id: str) -> Old | None:
    """None if this clinic has no such sheet, if it was revoked or has expired, or if today's content asks more."""
    opened = opened_handout(handout_id)
    if opened is None or opened.kept is None or (plan := plan_in(opened.kept)) is None:
        return None
    body = opened.kept.body
    return Old(opened, body, plan, history(body)[-1] if opened.handout.read_back and history(body) else None)


def repeated(old: Old, once: str, country: str) -> Bench:
    """A bench with the next sheet: the old answers, with the pain of today, and the edits that the review rules give."""
    before = old.body.edits
    edits = next_edits(library().schedule.review_rules, old.plan, old.body, old.noted) if old.noted else replace(before, given="")
    edits = replace(edits, next_weeks=before.next_weeks or clinic().review_weeks)
    answers: Mapping[str, Value] = old.body.answers
    if old.noted and PAIN in answers:
        answers = {**answers, PAIN: old.noted.back.pain}
    bench = filled(library(), answers, pack=old.opened.handout.pack, edits=edits, previous=old.opened.handout.id, once=once)
    bench = replace(bench, reference=old.opened.handout.reference)
    levels = {line.id.partition(":")[2]: line.dose_level for line in old.plan.section("exercises")}
    return replace(bench, edits=within(Proposal(library(), bench, country, date.today()), levels))


def changes(now: Proposal) -> tuple[str, ...]:
    """How the sheet on the bench differs from the one before; empty if it follows none."""
    old = old_sheet(now.bench.previous) if now.bench.previous and not now.stops else None
    return differences(library().schedule.review_rules, old.plan, now.plan, old.noted) if old else ()


def changed_bench(opened: Opened, once: str) -> Bench | None:
    """A bench with a sheet that was printed, to change it under its own code. None once it can't be opened."""
    if opened.kept is None:
        return None
    body, row = opened.kept.body, opened.handout
    bench = filled(library(), body.answers, pack=row.pack, edits=body.edits, note=body.note, reference=row.reference, once=once)
    return replace(bench, previous=row.previous or "", handout=row.id, version=opened.kept.version)


def borrowed(body: Body, bench: Bench) -> Bench:
    """The bench with a plan that is not this clinic's sheet: its answers and exercises, none of the other's notes and initials.
    What was said about the session stays."""
    edits = replace(body.edits, insisted=(), initials="", given=bench.edits.given, next_weeks=bench.edits.next_weeks)
    said = {name: getattr(bench, name) for name in ("checked", "note", "reference", "once")}
    return filled(library(), body.answers, edits=edits, **said)


def fresh(once: str) -> Bench:
    return Bench(edits=Edits(next_weeks=clinic().review_weeks), once=once)
