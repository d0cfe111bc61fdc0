"""The papers of a handout: the sheet as HTML for the PDF and for the preview, the safety slip, and the text for the chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from planner.clinic.profile import Letterhead
from planner.clinic.sheets.follow_up import pain_said
from planner.clinic.sheets.handouts import OpenedHandout
from planner.clinic.sheets.library_panel import signs_of
from planner.clinic.sheets.records import Chart, Version
from planner.clinic.tables import LETTER, Clinic
from planner.domain.edits import Edits
from planner.domain.lines import Plan
from planner.domain.model import Country, Library
from planner.kept.codes import grouped, path_of
from planner.kept.plans import Body
from planner.languages.translate import gettext as _
from planner.languages.translate import library_in, offered, using_language
from planner.outputs import documents
from planner.outputs.arrange import country_of
from planner.outputs.changed import changed_text
from planner.outputs.chart import ChartEntry, code_line, to_chart
from planner.outputs.qr import qr
from planner.outputs.words import date_text

NO_CODE = "0000-0000-0000-0000-0"  # holds its place on the preview


@dataclass(frozen=True)
class Stationery:
    """What a clinic's papers are printed with: its letterhead, and the address of this site for codes to lead to."""

    head: Letterhead
    site: str


def language_of(clinic: Clinic) -> str:
    return clinic.lang if clinic.lang in offered() else "en"


def sheet_of(opened: OpenedHandout, plan: Plan, on: Stationery, *, large: bool = False) -> str:
    """The HTML of a handout's sheet, for the PDF. `plan`: what the kept plan comes to today."""
    body = opened.there.body
    more = beside(plan, on, body.edits, opened.there.code) | {"note": body.note, "changed": changed_text(body.changes)}
    return documents.sheet_html(plan, library_in(plan.lang), large=large, **more)


def beside(plan: Plan, on: Stationery, edits: Edits, code: str = "") -> dict[str, Any]:
    """What a clinic's sheet has beside the plan: its letterhead and paper. Without a code, signs of the same size hold its place."""
    visit = next_visit(edits, plan.made_on)
    return {
        "clinic": on.head,
        "country": on_clinics_paper(country_of(plan, library_in("en")), on.head),
        "code": grouped(code) if code else NO_CODE,
        "qr": qr(on.site + (path_of(code) if code else "/kept"), _("QR code that opens this plan")),
        "site": urlsplit(on.site).netloc + "/kept",
        "list_at": urlsplit(on.site).netloc + documents.SOURCES_PAGE,
        "next_visit": date_text(visit) if visit else "",
        "given": given_today(plan, edits),
    }


def given_today(plan: Plan, edits: Edits) -> str:
    """The title of the massage that was given in this session. Empty where there was none, or where it is not for this person: what
    a limit leaves out stands on no paper."""
    style = library_in(plan.lang).massages.get(edits.given)
    if style is None or plan.massage is None or not plan.massage.recommended:
        return ""
    return "" if f"massage:{style.id}" in {one.id for one in plan.left_out} else style.title


def on_clinics_paper(country: Country, clinic: Letterhead) -> Country:
    """The country's numbers, on the paper that the clinic has."""
    return replace(country, paper="Letter" if clinic.paper == LETTER else "A4")


def next_visit(edits: Edits, made: date) -> date | None:
    return made + timedelta(weeks=edits.next_weeks) if edits.next_weeks else None


def slip_of(clinic: Letterhead, library: Library, country: Country, on: date) -> str:
    """The HTML of the safety slip."""
    return documents.slip_html(library, on_clinics_paper(country, clinic), on, clinic=clinic)


def preview_of(plan: Plan, size: str, **more: Any) -> str:
    """The sheet as a page for the frame: the same template as the PDF in another layout. `more`: as in `beside`, and `static_url`."""
    look: dict[str, Any] = {"layout": "clinic/preview.html", "lang": plan.lang, "size": size}
    return documents.sheet_html(plan, library_in(plan.lang), **look, **more)


def chart_of(opened: OpenedHandout, plan: Plan, library: Library) -> str:
    """The text for the therapist's own notes: as it was when the sheet was printed, with the code."""
    noted = latest_chart(opened.versions)
    with using_language("en"):
        line = code_line(grouped(opened.code))
        text = noted.text if noted else chart_to_keep(opened.there.body, plan, library, opened.handout.pack).text
        return f"{text.rstrip()}\n{line}\n"


def latest_chart(versions: Sequence[Version]) -> Chart | None:
    return next((one.chart for one in reversed(versions) if one.chart), None)


def chart_to_keep(body: Body, plan: Plan, library: Library, pack: str, home: str = "") -> Chart:
    """What the clinic keeps of a sheet when its code opens nothing any more. It has no code in it, for the same reason. `home`: lines
    about what was told at home since the sheet before."""
    pain = pain_said(body)
    with using_language("en"):
        entry = ChartEntry(
            pack=pack,
            edits=body.edits,
            note=body.note,
            changed=changed_text(body.changes),
            next_on=next_visit(body.edits, body.made),
            found=tuple(box.label for box in signs_of(library, body.answers)) if body.checked == "found" else (),
            pain=pain,
            home=home,
        )
        return Chart(to_chart(plan, library, entry), pain, stops=plan.triage.no_plan)
