"""The papers of a handout: the sheet as HTML for the PDF and for the preview, the safety slip, and the text for the chart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from planner.clinic.profile import Letterhead, data_uri, letterhead_of, logo_of
from planner.clinic.sheets.handouts import Opened
from planner.clinic.tables import LETTER, Clinic
from planner.domain.edits import Edits
from planner.domain.lines import Plan
from planner.domain.model import Country
from planner.kept.codes import grouped
from planner.kept.plans import Kept
from planner.languages.translate import gettext as _
from planner.languages.translate import library_in, offered, using_language
from planner.outputs import documents
from planner.outputs.arrange import country_of
from planner.outputs.changed import changed_text
from planner.outputs.chart import Session, to_chart
from planner.outputs.qr import qr
from planner.outputs.words import date_text
from planner.web import storage as database
from planner.web.clinic.access import clinic
from planner.web.patient.kept_pages import address, journey_of, plan_of
from planner.web.render import library, static_url

NO_CODE = "0000-0000-0000-0000-0"  # holds its place on the preview


def language_of(clinic: Clinic) -> str:
    return clinic.lang if clinic.lang in offered() else "en"


def plan_in(found: Kept) -> Plan | None:
    """The plan of a handout, built again under today's content; None if that asks something that was not answered."""
    here = journey_of(found)
    return None if here.missing else plan_of(found, here)


def sheet_of(opened: Opened, clinic: Letterhead, *, large: bool = False) -> str | None:
    """The HTML of a handout's sheet, for the PDF. None once it can't be opened."""
    if opened.kept is None or (plan := plan_in(opened.kept)) is None:
        return None
    body = opened.kept.body
    more = on_sheet(plan, clinic, body.edits, code=opened.kept.code) | {"note": body.note, "changed": changed_text(body.changes)}
    return documents.sheet_html(plan, library_in(plan.lang), large=large, **more)


def printed_head() -> Letterhead:
    """The letterhead of the clinic that is signed in, with its logo inside: for a PDF."""
    with database.reading() as rows:
        return letterhead_of(clinic(), data_uri(logo_of(rows, clinic().id)))


def shown_head() -> Letterhead:
    """The same for the preview, where the logo is a file of ours."""
    with database.reading() as rows:
        png = logo_of(rows, clinic().id)
    return letterhead_of(clinic(), f"/clinic/logo?v={sha256(png).hexdigest()[:8]}" if png else "")


def on_sheet(plan: Plan, clinic: Letterhead, edits: Edits, code: str = "") -> dict[str, Any]:
    """What a clinic's sheet has beside the plan: its letterhead and paper. Without a code, signs of the same size hold its place."""
    base = str(current_app.config["BASE_URL"])
    return {
        "clinic": clinic,
        "country": on_paper(country_of(plan, library()), clinic),
        "code": grouped(code) if code else NO_CODE,
        "qr": qr(base + (address(code) if code else "/kept"), _("QR code that opens this plan")),
        "site": urlsplit(base).netloc + "/kept",
        "next_visit": date_text(on) if (on := next_on(edits, plan.made_on)) else "",
    }


def on_paper(country: Country, clinic: Letterhead) -> Country:
    """The country's numbers, on the paper that the clinic has."""
    return replace(country, paper="Letter" if clinic.paper == LETTER else "A4")


def next_on(edits: Edits, made: date) -> date | None:
    return made + timedelta(weeks=edits.next_weeks) if edits.next_weeks else None


def slip_of(clinic: Letterhead, country: Country, on: date) -> str:
    """The HTML of the safety slip."""
    return documents.slip_html(library(), on_paper(country, clinic), on, clinic=clinic)


def preview_of(plan: Plan, size: str, **more: Any) -> str:
    """The sheet as a page for the frame: the same template as the PDF in another layout."""
    look: dict[str, Any] = {"layout": "clinic/preview.html", "static_url": static_url, "lang": plan.lang, "size": size}
    return documents.sheet_html(plan, library_in(plan.lang), **look, **more)


def chart_of(opened: Opened, plan: Plan) -> str:
    """The text for the therapist's own notes."""
    assert opened.kept is not None  # noqa: S101  there is a plan
    body = opened.kept.body
    with using_language("en"):
        session = Session(
            pack=opened.handout.pack,
            edits=body.edits,
            note=body.note,
            changed=changed_text(body.changes),
            code=grouped(opened.code),
            next_on=next_on(body.edits, body.made),
        )
        return to_chart(plan, library(), session)
