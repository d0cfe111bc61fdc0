"""Printing: a form becomes a handout, and its papers. What was not checked prints the safety slip alone, and nothing is kept."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from flask import Response, current_app, redirect
from werkzeug.exceptions import Gone as GoneStatus
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.sheets import notes
from planner.clinic.sheets.handouts import OpenedHandout, Sheet, change_handout, make_handout, open_handout
from planner.clinic.sheets.old_sheet import body_to_keep
from planner.clinic.sheets.papers import chart_of, chart_to_keep, language_of, sheet_of, slip_of
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.waiting_room.consents import visit_printed
from planner.kept.codes import grouped, path_of
from planner.kept.plans import Gone
from planner.languages.translate import gettext as _
from planner.outputs.chart import unchecked_chart
from planner.outputs.documents import SHEET_PDF
from planner.outputs.qr import qr
from planner.settings_together import LOCAL
from planner.web import storage as database
from planner.web.clinic.access import clinic, for_therapists, now, page, pages, signed_in
from planner.web.clinic.opened_sheets import opened_handout
from planner.web.clinic.this_clinic import (
    clinic_library,
    for_paper,
    old_sheet_called,
    plan_of_handout,
    said_at_home,
    told_of,
    usual_country,
)
from planner.web.downloads import ask_for_room, file, large_asked, pressed
from planner.web.own_photos import with_own_photos
from planner.web.rate_limits import DOCUMENTS, limiter
from planner.web.render import library


def printed(proposal: Proposal, version: int = 0) -> Redirect:
    """Keeps the sheet and shows it. `version`: of the printed sheet that is changed, 0 for a new one.

    ChangedMeanwhile or Gone if that one is not there any more."""
    form = proposal.form
    if form.checked == "no":
        return redirect("/clinic/slip", 303)
    old, me, safe = old_sheet_called(form.previous), signed_in(), database.safe()
    body = body_to_keep(proposal, old, language_of(clinic()))
    chart = chart_to_keep(body, proposal.plan, clinic_library(), form.pack, said_at_home(old))
    sheet = Sheet(body, form.pack, form.reference, form.previous, chart)
    with database.writing() as rows:
        if form.handout:
            opened = open_handout(rows, safe, me.clinic_id, form.handout, date.today())
            if opened is None:
                raise Gone
            change_handout(rows, safe, me, opened, sheet, version, now())
            name = opened.handout.id
        else:
            new = make_handout(rows, safe, me, sheet, now(), once=form.once)
            visit_printed(rows, safe, new, form.intake, now())
            name = new.id
        notes.remember(rows, safe, me, form.note, now())
    return redirect(f"/clinic/sheets/{name}/made", 303)


@pages.get("/sheets/<handout>/made")
@for_therapists
def made(handout: str) -> Response:
    """The sheet that was just printed: its PDF, its code, the text for the notes."""
    opened = alive(handout)
    plan = plan_of_handout(opened)
    if plan is None:
        raise GoneStatus
    return page(
        "clinic/made.html",
        handout=opened.handout,
        code=grouped(opened.code),
        chart=chart_of(opened, plan, clinic_library()),
        stops=plan.triage.no_plan,
        share_url=(url := str(current_app.config["BASE_URL"]) + path_of(opened.code)),
        qr=qr(url, _("QR code that opens this plan")),
        stopped=told_of(opened, None)["stopped"],
        here_only=urlsplit(str(current_app.config["BASE_URL"])).hostname in LOCAL,
    )


@pages.get("/sheets/<handout>/sheet.pdf")
@for_therapists
@limiter.limit(DOCUMENTS)
def sheet_pdf(handout: str) -> Response:
    """The PDF. It leaves no copy in the renderer's memory, so that nothing is left once the sheet is revoked."""
    opened = alive(handout)
    plan = plan_of_handout(opened)
    if plan is None:
        raise GoneStatus
    ask_for_room("sheet")
    html = sheet_of(opened, with_own_photos(plan), for_paper(), large=large_asked())
    body = pressed(html, "sheet", forget=True)
    if (now_there := opened_handout(handout)) is None or now_there.kept is None:  # revoked or deleted while it was drawn
        raise GoneStatus
    return file(body, SHEET_PDF.type, SHEET_PDF.download())


def alive(handout: str) -> OpenedHandout:
    """404 if this clinic has no such handout, 410 if it opens no more."""
    opened = opened_handout(handout)
    if opened is None:
        raise NotFound
    if opened.kept is None:
        raise GoneStatus
    return opened


@pages.get("/slip")
@for_therapists
def slip() -> Response:
    return page("clinic/slip.html", chart=unchecked_chart(date.today()))


@pages.get("/slip.pdf")
@for_therapists
@limiter.limit(DOCUMENTS)
def slip_pdf() -> Response:
    ask_for_room("sheet")
    country = library().countries[usual_country()]
    body = pressed(slip_of(for_paper().head, library(), country, date.today()), "sheet")
    return file(body, "application/pdf", "safety-slip.pdf")
