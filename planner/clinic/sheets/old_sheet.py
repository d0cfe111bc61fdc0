"""The old sheet that a new one follows: opened by its handout, with what came back on it, and the form that begins from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from planner.clinic.sheets.changes import within
from planner.clinic.sheets.follow_up import PAIN, Noted, differences, history, next_edits, pain_base
from planner.clinic.sheets.handouts import OpenedHandout
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.sheet_form import SheetForm, filled
from planner.domain.answers import Value
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.rules import match_any, said_words
from planner.domain.staleness import gone_stale
from planner.kept.plans import Body
from planner.kept.reopen import Reopened


@dataclass(frozen=True)
class OldSheet:
    """A sheet that can be opened, its plan, and the read-back that was typed in for it."""

    opened: OpenedHandout
    body: Body
    plan: Plan
    noted: Noted | None


def plan_in(opened: OpenedHandout | None, library: Library, country: str) -> Plan | None:
    """The plan of a handout under today's content. None if it opens no more, or if today's content asks what was not answered."""
    return Reopened(opened.kept, library, country).plan if opened and opened.kept else None


def old_sheet(opened: OpenedHandout | None, library: Library, country: str) -> OldSheet | None:
    """None if there is no such sheet, if it was revoked or has expired, or if today's content asks more."""
    plan = plan_in(opened, library, country)
    if opened is None or opened.kept is None or plan is None:
        return None
    body = opened.kept.body
    return OldSheet(opened, body, plan, history(body)[-1] if opened.handout.read_back and history(body) else None)


def repeated(old: OldSheet, library: Library, country: str, review_weeks: int, once: str) -> SheetForm:
    """A form with the next sheet: the old answers, with the pain of today, and the edits that the review rules give. What the patient
    answered anew at home counts, and no tick of the old sheet goes by it: adding never opens anything, and taking away is the therapist's.

    What was insisted on stands there to be added again: a therapist's word holds for one visit. Source: clinical safety 7.4."""
    before = old.body.edits
    edits = next_edits(library.schedule.review_rules, old.plan, old.body, old.noted) if old.noted else before
    edits = replace(edits, insisted=(), initials="", given="", next_weeks=before.next_weeks or review_weeks)
    printed = still_counting(old.body, library)
    answers: Mapping[str, Value] = printed | (still_counting(old.opened.own.body, library) if old.opened.own else {})
    if old.noted and PAIN in answers:
        answers = {**answers, PAIN: old.noted.back.pain}
    form = filled(library, answers, pack=old.opened.handout.pack, edits=edits, previous=old.opened.handout.id, once=once)
    ticks = dict.fromkeys((*form.ticks, *filled(library, printed).ticks))
    form = replace(form, reference=old.opened.handout.reference, note=old.body.note, ticks=tuple(ticks))
    levels = {line.item_id: line.dose_step for line in old.plan.section("exercises")}
    return replace(form, edits=within(Proposal(library, form, country, date.today()), levels))


def still_counting(body: Body, library: Library) -> dict[str, Value]:
    """The old answers without a clinician's yes that is too old to count. Source: clinical safety, section 6."""
    old = gone_stale(library.stale, said_words(body.answers, body.answers), body.answered, date.today())
    names = {name for row in old.rows if row.exact for lookup in row.when for name in lookup}
    return {name: value for name, value in body.answers.items() if name not in names}


def days_of_yes(body: Body, library: Library) -> dict[str, date]:
    """The days of a clinician's yes that the next sheet still rests on: copying it does not make it new."""
    words = said_words(still_counting(body, library), body.answers)
    rows = (row for row in library.stale.values() if row.exact and row.when and match_any(row.when, words) is not None)
    return {row.id: body.answered.on(row) for row in rows}


def changes_since(old: OldSheet | None, now: Proposal) -> tuple[str, ...]:
    """How the sheet on the form differs from the one before; empty if it follows none, or if triage stops it."""
    return differences(now.library.schedule.review_rules, old.plan, now.plan, old.noted) if old and not now.stops else ()


def body_to_keep(now: Proposal, old: OldSheet | None, lang: str) -> Body:
    """What is kept of a sheet: the answers that count, the sheet as printed, and the read-backs of the sheets before."""
    return Body(
        dict(now.answers),
        now.plan.country,
        now.library.version,
        now.on,
        lang=lang,
        note=now.form.note,
        edits=now.frozen,
        checked=now.checked,
        readbacks=old.body.readbacks if old else (),
        changes=changes_since(old, now),
        pain_base=pain_base(old.body) if old else None,
        asked=days_of_yes(old.body, now.library) if old else {},
    )


def changed_sheet_form(opened: OpenedHandout, library: Library, once: str) -> SheetForm | None:
    """A form with a sheet that was printed, to change it under its own code. None once it can't be opened."""
    if opened.kept is None:
        return None
    body, row = opened.kept.body, opened.handout
    form = filled(
        library, still_counting(body, library), pack=row.pack, edits=body.edits, note=body.note, reference=row.reference, once=once
    )
    return replace(form, previous=row.previous or "", handout=row.id, version=opened.kept.version)


def borrowed(body: Body, library: Library, form: SheetForm) -> SheetForm:
    """The form with a plan that is not this clinic's sheet: its answers and exercises, none of the other's notes and initials.
    What was said about the session stays, but red flags are asked afresh with the answers. Source: clinical safety, section 6."""
    edits = replace(body.edits, insisted=(), initials="", given=form.edits.given, next_weeks=form.edits.next_weeks)
    said = {name: getattr(form, name) for name in ("note", "reference", "once")}
    return filled(library, still_counting(body, library), edits=edits, **said)
