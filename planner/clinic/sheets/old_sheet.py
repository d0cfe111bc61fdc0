"""The old sheet that a new one follows: opened by its handout, with what came back on it, and the form that begins from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from planner.clinic.sheets.changes import within
from planner.clinic.sheets.follow_up import PAIN, Noted, differences, history, next_edits, pain_base, weeks_unmoved
from planner.clinic.sheets.handouts import OpenedHandout
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.records import as_printed
from planner.clinic.sheets.sheet_form import SheetForm, Signer, filled, signed_by
from planner.clinic.sheets.told_at_home import has_moved, joined, noted_at_home, readbacks_to_keep
from planner.domain.answers import Value
from planner.domain.edits import Edits
from planner.domain.from_clinic import heir_of, in_the_words_of_today
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.domain.rules import match_any, said_words
from planner.domain.staleness import gone_stale
from planner.kept.plans import Body, Kept
from planner.kept.reopen import Reopened


@dataclass(frozen=True)
class OldSheet:
    """A sheet that can be opened, its plan, and the last that came back on it: the read-back that was typed in for it, or a check-in at
    home. `edits`: what the next sheet begins with, by both."""

    opened: OpenedHandout
    body: Body
    plan: Plan
    noted: Noted | None
    edits: Edits
    pain: int | None = None  # of the last telling


def plan_in(opened: OpenedHandout | None, library: Library, country: str) -> Plan | None:
    """The plan of a handout under today's content. None if it opens no more, or if today's content asks what was not answered."""
    return Reopened(opened.kept, library, country).plan if opened and opened.kept else None


def old_sheet(opened: OpenedHandout | None, library: Library, country: str) -> OldSheet | None:
    """None if there is no such sheet, if it was revoked or has expired, or if today's content asks more."""
    plan = plan_in(opened, library, country)
    if opened is None or opened.kept is None or plan is None:
        return None
    body, home = opened.kept.body, noted_at_home(opened.diary, plan)
    digits = history(body)[-1] if opened.handout.read_back and history(body) else None
    if has_moved(opened.diary):
        before = replace(body, readbacks=body.readbacks[:-1]) if digits else body
        diary = joined(opened, before, plan, digits, library, country)
        last = diary.entries[-1]
        return OldSheet(opened, body, plan, noted_at_home(diary, plan)[-1], diary.edits or body.edits, last.said.pain)
    edits = next_edits(library.schedule.review_rules, plan, body, digits, home) if digits else body.edits
    return OldSheet(opened, body, plan, digits, edits, digits.back.pain if digits else None)


def repeated(old: OldSheet, library: Library, country: str, review_weeks: int, once: str) -> SheetForm:
    """A form with the next sheet: the old answers, with the pain told last, and the edits that the review rules give, from the digits
    on the paper and from the check-ins at home. What the patient answered anew at home counts, and no tick of the old sheet goes by it:
    adding never opens anything, and taking away is the therapist's.

    What was insisted on stands there to be added again: a therapist's word holds for one visit. Source: clinical safety 7.4."""
    weeks = old.body.edits.next_weeks or review_weeks
    edits = replace(old.edits, insisted=(), initials="", given="", next_weeks=weeks, **as_today(library, old.edits))
    printed = still_counting(old.body, library)
    answers: Mapping[str, Value] = printed | (still_counting(old.opened.own.body, library) if old.opened.own else {})
    if old.pain is not None and PAIN in answers:
        answers = {**answers, PAIN: old.pain}
    form = filled(library, answers, pack=old.opened.handout.pack, edits=edits, previous=old.opened.handout.id, once=once)
    ticks = dict.fromkeys((*form.ticks, *filled(library, printed).ticks))
    form = replace(form, reference=old.opened.handout.reference, note=old.body.note, ticks=tuple(ticks))
    levels = {line.item_id: line.dose_step for line in old.plan.section("exercises")}
    return replace(form, edits=within(Proposal(library, form, country, date.today()), levels))


def as_today(library: Library, edits: Edits) -> dict[str, Any]:
    """The exercises and doses of a sheet, with the clinic's own as it writes them today; one that it removed is not on the next sheet."""
    named = {part: in_the_words_of_today(library, getattr(edits, part)) for part in ("doses", "typed", "told")}
    return {"exercises": tuple(in_the_words_of_today(library, dict.fromkeys(edits.exercises, ""))), **named}


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
    if old is None or now.stops:
        return ()
    rules, home = now.library.schedule.review_rules, noted_at_home(old.opened.diary, old.plan)
    weeks = weeks_unmoved(rules, old.body, old.noted, home) if old.noted else None
    return differences(rules, old.plan, now.plan, old.noted, weeks)


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
        readbacks=readbacks_to_keep(old.opened, old.plan) if old else (),
        changes=changes_since(old, now),
        pain_base=pain_base(old.body) if old else None,
        asked=days_of_yes(old.body, now.library) if old else {},
    )


def changed_sheet_form(opened: OpenedHandout, library: Library, once: str, signer: Signer, on: date) -> SheetForm | None:
    """A form with a sheet that was printed, to change it under its own code. None once it can't be opened.

    What was insisted on stays only for who printed it, on the day it was printed: another day is another visit."""
    if opened.kept is None:
        return None
    body, row = opened.kept.body, opened.handout
    edits = signed_by(signer, printed_by(opened) if body.made == on else "", body.edits)
    said = {"note": body.note, "reference": row.reference, "once": once, "signer": signer}
    form = filled(library, still_counting(body, library), pack=row.pack, edits=edits, **said)
    return replace(form, previous=row.previous or "", handout=row.id, version=opened.kept.version)


def printed_by(opened: OpenedHandout) -> str:
    """Id of the therapist who printed it as it is now."""
    printed = as_printed(opened.versions)
    return printed.by if printed else opened.handout.therapist_id


def insisted_before(opened: OpenedHandout | None, library: Library) -> Mapping[str, str]:
    """Line id -> initials of who insisted on it, on a sheet that this one follows or changes: it has to be asked again. A clinic's own
    exercise also by the wording that stands in its place now."""
    edits = opened.kept.body.edits if opened and opened.kept else Edits()
    parts = (one.partition(":") for one in edits.insisted)
    heirs = (f"exercise:{heir}" for family, _, name in parts if family == "exercise" and (heir := heir_of(library, name)))
    return dict.fromkeys((*edits.insisted, *heirs), edits.initials)


def borrowed(kept: Kept, library: Library, form: SheetForm) -> SheetForm:
    """The form with a plan that is not this clinic's sheet: its answers, and its exercises as check-ins left them; none of the other's
    notes and initials, and no exercise that another clinic wrote. What was said about the session stays, but red flags are asked afresh
    with the answers. Source: clinical safety, section 6."""
    body, last = kept.body, kept.diary.last if kept.diary else None
    before = kept.diary.edits if kept.diary and kept.diary.edits else body.edits
    ours = replace(before, **as_today(library, before))
    edits = replace(ours, insisted=(), initials="", given=form.edits.given, next_weeks=form.edits.next_weeks)
    said = {name: getattr(form, name) for name in ("note", "reference", "once")}
    answers = still_counting(body, library)
    if last and PAIN in answers:
        answers[PAIN] = last.said.pain
    return filled(library, answers, edits=edits, **said)
