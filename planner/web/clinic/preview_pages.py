"""The sheet as it would print now, beside the form of a new sheet, and how the printer makes it one side. Nothing is kept."""

from __future__ import annotations

from typing import Any

from flask import Response

from planner.clinic.sheets.papers import Stationery, beside, preview_of
from planner.clinic.sheets.proposal import Proposal
from planner.outputs.changed import changed_text
from planner.outputs.documents import sheet_html
from planner.web.clinic.access import clinic, for_therapists, pages
from planner.web.clinic.this_clinic import changes_on, for_paper, for_screen, posted_form, proposal_of
from planner.web.downloads import ask_for_room, pressed
from planner.web.own_photos import with_own_photos
from planner.web.rate_limits import FITS, limiter
from planner.web.render import library, page, static_url


@pages.get("/new/preview")
@for_therapists
def empty_preview() -> Response:
    return page("clinic/preview.html", lang="en", size=clinic().paper.lower())


@pages.post("/new/preview")
@for_therapists
def preview() -> Response:
    at = posted_proposal()
    if not shows_sheet(at):
        return empty_preview()
    more = sheet_parts(at, for_screen())
    return Response(preview_of(at.plan, clinic().paper.lower(), static_url=static_url, **more), content_type="text/html; charset=utf-8")


@pages.post("/new/fit")
@for_therapists
@limiter.limit(FITS)
def fit() -> Response:
    """How the printer would lay the sheet out: the step, its classes and lengths, the millimetres that stay blank."""
    at = posted_proposal()
    if not shows_sheet(at):
        return Response(status=204, content_type="application/json")
    ask_for_room("fit")
    html = sheet_html(with_own_photos(at.plan), library(), **sheet_parts(at, for_paper()))
    return Response(pressed(html, "fit", forget=True), content_type="application/json")


def posted_proposal() -> Proposal:
    return proposal_of(posted_form())


def shows_sheet(at: Proposal) -> bool:
    """False before anything is chosen, and where only the safety slip would be printed."""
    return at.ready and at.form.checked != "no"


def sheet_parts(at: Proposal, on: Stationery) -> dict[str, Any]:
    """What stands on the sheet beside the plan, for preview and fit alike."""
    return beside(at.plan, on, at.form.edits) | {"note": at.form.note, "changed": changed_text(changes_on(at))}
