"""A new sheet that begins with what a patient answered ahead, and what a therapist makes of an answer that was "not sure"."""

from __future__ import annotations

from dataclasses import replace

from planner.clinic.sheets.sheet_form import SheetForm, filled, options, tickable
from planner.clinic.waiting_room.answered_ahead import AnsweredAhead
from planner.domain.answers import TICKED, Value, remembered
from planner.domain.edits import Edits
from planner.domain.model import Library, Question
from planner.domain.renewed import most_severe


def form_ahead(ahead: AnsweredAhead, code: str, library: Library, form: SheetForm) -> SheetForm:
    """The form with a patient's answers. What was said about the session stays, but red flags are asked afresh: what somebody ticked in
    a waiting room is no examination. Source: clinical safety, section 7.9."""
    edits = Edits(given=form.edits.given, next_weeks=form.edits.next_weeks)
    said = {name: getattr(form, name) for name in ("note", "reference", "once")}
    return filled(library, as_boxes(ahead, library), edits=edits, intake=code, **said)


def as_boxes(ahead: AnsweredAhead, library: Library) -> dict[str, Value]:
    """The answers of today's questions. A tick whose exact question was never reached counts as not sure, or as the gravest answer."""
    answers = remembered(library, ahead.answers)
    return {name: stricter(library, library.questions[name]) if value == TICKED else value for name, value in answers.items()}


def stricter(library: Library, question: Question) -> Value:
    known = [option.id for option in question.options if option.id != question.default]
    unsure = next((name for name in known if name in library.new_sheet.not_sure), "")
    found = unsure or most_severe(question, known)
    return (found,) if question.kind == "many" else found


def settled(form: SheetForm, library: Library, what: str) -> SheetForm:
    """The form with one answer to a question that the patient was not sure about. `what`: question:option."""
    name, _, option = what.partition(":")
    question = next((one for one in tickable(library) if one.id == name), None)
    if question is None or option not in {one.id for one in question.options}:
        return form
    others = tuple(one for one in form.ticks if one.partition(":")[0] != name)
    return replace(form, ticks=(*others, what) if option in options(question) else others)
