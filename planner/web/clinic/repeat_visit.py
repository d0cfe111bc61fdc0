"""Same as last time: the old sheet by its code or from today's list, the digits from its foot, then the new sheet filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import Response, redirect
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.sheets.handed_out import handout_under
from planner.clinic.sheets.handouts import find_by_code, note_read_back, todays
from planner.clinic.sheets.old_sheet import OldSheet
from planner.clinic.sheets.told_at_home import judged_with_home
from planner.domain.review import BadReadBack, ReadBack, read_back
from planner.kept import plans
from planner.kept.plans import ChangedMeanwhile, Gone
from planner.languages.translate import gettext as _
from planner.web import storage as database
from planner.web.clinic.access import for_therapists, now, page, pages, signed_in
from planner.web.clinic.finding_forms import DigitsForm, RepeatForm
from planner.web.clinic.start_field import no_such_sheet, unreadable
from planner.web.clinic.this_clinic import clinic_library, homes_of, old_sheet_called, stopped_among, told_of, usual_country
from planner.web.headers import with_camera
from planner.web.rate_limits import missed

LATELY = timedelta(weeks=12)
"""How old a sheet is listed that somebody may come back with."""


def repeat_page(form: DigitsForm, status: int = 200, old: OldSheet | None = None) -> Response:
    """The form: for a code and its digits, or for the digits of a sheet that is open."""
    shown: dict[str, Any] = {"form": form, "errors": form.wrong, "old": None, "today": [], "lines": (), "made": None, "homes": ()}
    shown |= told_of(old.opened, old.plan) if old else told_of(None, None)
    if old:
        shown |= {"homes": homes_of(old.opened), "old": old.opened, "lines": old.plan.section("exercises"), "made": old.body.made}
    else:
        with database.reading() as rows:
            shown["today"] = todays(rows, signed_in().clinic_id, now() - LATELY)
        shown["halted"] = stopped_among(shown["today"])
    response = page("clinic/repeat.html", status, **shown)
    return response if old else with_camera(response)


@pages.get("/repeat")
@for_therapists
def repeat() -> Response:
    return repeat_page(RepeatForm())


@pages.post("/repeat")
@for_therapists
def by_code() -> Response | Redirect:
    """A code with its digits leads straight to the new sheet; a code alone to the old one."""
    form = RepeatForm.sent()
    if not form.validate():
        return repeat_page(form, 422)
    with database.reading() as rows:
        handout = find_by_code(rows, database.safe(), signed_in().clinic_id, form.read)
        sheet_of_any = handout or handout_under(rows, database.safe(), form.read)  # another clinic's sheet is nobody's own plan
        theirs = sheet_of_any is None and plans.find_kept(rows, database.safe(), form.read, date.today()) is not None
    if theirs:
        form.refuse(form.code, _("This is a patient's own plan. Type its code in the first field of the new sheet"))
        return repeat_page(form, 422)
    if handout is None or (old := old_sheet_called(handout.id)) is None:
        missed()
        form.refuse(form.code, unreadable() if handout else no_such_sheet())
        return repeat_page(form, 422)
    return answered(old, form) if form.digits.data.strip() else redirect(f"/clinic/repeat/{handout.id}", 303)


@pages.get("/repeat/<handout>")
@for_therapists
def sheet(handout: str) -> Response:
    return repeat_page(DigitsForm(), old=old_or_404(handout))


@pages.post("/repeat/<handout>")
@for_therapists
def digits(handout: str) -> Response | Redirect:
    return answered(old_or_404(handout), DigitsForm.sent())


def old_or_404(handout: str) -> OldSheet:
    """404 if this clinic has no such sheet, or if it can't be opened any more."""
    old = old_sheet_called(handout)
    if old is None:
        raise NotFound
    return old


def answered(old: OldSheet, form: DigitsForm) -> Response | Redirect:
    """Keeps the read-back on the old sheet, then shows the new one. Without digits the old sheet is simply used again."""
    to = redirect(f"/clinic/new?again={old.opened.handout.id}", 303)
    if not form.digits.data.strip():
        return to
    try:
        back = read_back(form.digits.data, len(old.plan.section("exercises")))
    except BadReadBack as fault:
        form.refuse(form.digits, digit_fault(fault))
        return repeat_page(form, 422, old)
    try:
        keep_read_back(old, back)
    except ChangedMeanwhile:
        form.refuse(form.digits, _("The sheet changed just now. Look, and send the digits again"))
        return repeat_page(form, 409, old_sheet_called(old.opened.handout.id))
    except Gone as fault:
        raise NotFound from fault
    return to


def keep_read_back(old: OldSheet, back: ReadBack) -> None:
    """Keeps the read-back at the end of the old sheet's; typed again, it takes the place of the first try."""
    again = old.opened.handout.read_back
    before = replace(old.body, readbacks=old.body.readbacks[:-1]) if again else old.body
    noted = judged_with_home(old.opened, before, old.plan, back, clinic_library(), usual_country())
    body = replace(before, readbacks=(*before.readbacks, noted.text))
    with database.writing() as rows:
        note_read_back(rows, database.safe(), old.opened, body, date.today())


def digit_fault(fault: BadReadBack) -> str:
    return {
        "digits": _("Type the 4 digits of the boxes, or 5 with the check digit"),
        "days": _("The first digit is days done, from 0 to 7"),
        "item": _("The third and fourth digit are numbers of exercises on this sheet"),
        "check": _("The check digit does not fit. Compare the digits with the paper"),
    }[fault.reason]
