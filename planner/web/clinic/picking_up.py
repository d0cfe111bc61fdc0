"""Picking up what a patient answered ahead: by the word that they say, or by the code that they show."""

from __future__ import annotations

from planner.clinic.sheets.sheet_form import SheetForm
from planner.clinic.waiting_room.guesses import may_guess, note_wrong
from planner.clinic.waiting_room.intakes import find_intake, leads_to, note_opened
from planner.clinic.waiting_room.opened_ahead import form_ahead
from planner.languages.translate import gettext as _
from planner.web import storage as database
from planner.web.clinic.access import now, signed_in
from planner.web.rate_limits import missed
from planner.web.render import library


def code_of_word(word: str) -> str:
    """The code that a word leads to in this clinic today; empty if to none, or if too many were wrong."""
    if not word:
        return ""
    me = signed_in()
    with database.reading() as rows:
        return (may_guess(rows, me.clinic_id, now()) and leads_to(rows, database.safe(), me.clinic_id, word, now())) or ""


def wrong_word() -> str:
    """Counts a word that led nowhere; what to say of it."""
    me = signed_in()
    missed()
    with database.writing() as rows:
        allowed = may_guess(rows, me.clinic_id, now())
        if allowed:
            note_wrong(rows, me.clinic_id, now())
    if allowed:
        return _("No answers wait under this word, and no pack or sheet is called that. Compare the letters: a word lasts 12 hours")
    return _("Too many words were wrong in your clinic today. Scan the code on the patient’s screen, or ask the questions here")


def opened_ahead(form: SheetForm, code: str) -> SheetForm | None:
    """The form with what waits under a code in this clinic. None if nothing does; another clinic's is nothing."""
    me = signed_in()
    with database.reading() as rows:
        found = find_intake(rows, database.safe(), code, now(), me.clinic_id)
    if found is None or found.ahead is None:
        return None
    with database.writing() as rows:
        note_opened(rows, database.safe(), me, code, now())
    return form_ahead(found.ahead, code, library(), form)
