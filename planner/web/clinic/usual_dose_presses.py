"""The presses of the new sheet that use, keep and forget the usual dose of whoever is signed in."""

from __future__ import annotations

from dataclasses import replace

from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.sheet_form import SheetForm
from planner.clinic.sheets.usual_doses import keep_usual, usual_of, with_usual
from planner.languages.translate import gettext as _
from planner.web import storage as database
from planner.web.clinic.access import signed_in
from planner.web.clinic.this_clinic import proposal_of


def put_usual(form: SheetForm, what: str) -> SheetForm:
    """The form with the usual dose of an exercise; of every one that has one where `what` is empty."""
    with database.reading() as rows:
        usual = usual_of(rows, signed_in())
    return replace(form, edits=with_usual(proposal_of(form), usual, what))


def kept_usual(at: Proposal, name: str) -> str:
    """Keeps the dose of a row, as it was typed and not as this person's limits leave it. What the page says of it: nothing if there is
    no such row."""
    row = next((one for one in at.rows if one.id == name), None)
    if row is None:
        return ""
    with database.writing() as rows:
        keep_usual(rows, signed_in(), name, at.form.edits.typed.get(name, row.numbers), at.library.exercises)
    return _("Kept as your usual dose: %(title)s.") % {"title": row.title}


def forgotten_usual(at: Proposal, name: str) -> str:
    with database.writing() as rows:
        keep_usual(rows, signed_in(), name, {}, at.library.exercises)
    title = at.library.exercises[name].title if name in at.library.exercises else ""
    return _("Forgotten: your usual dose of %(title)s.") % {"title": title} if title else ""
