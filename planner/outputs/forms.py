"""One plan, any form: json, html, text, pdf, sheet or ics, as bytes."""

from __future__ import annotations

import json
from typing import Literal

from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.languages.translate import using_language

FORMATS = {"json": "json", "html": "html", "text": "txt", "pdf": "pdf", "sheet": "pdf", "ics": "ics"}
"""Form -> file name ending."""


class PlanFailed(Exception):
    """The document could not be made; the message is one line."""


def make(plan: Plan, library: Library, form: str, *, large: bool = False) -> bytes:
    """The plan in one of FORMATS. PlanFailed if the renderer gives up, or if there is no calendar because triage stopped the plan."""
    with using_language(plan.lang):
        if form == "json":
            from planner.outputs.as_json import to_json

            return (json.dumps(to_json(plan, library), ensure_ascii=False, indent=1) + "\n").encode()
        if form == "text":
            from planner.outputs.text import to_text

            return to_text(plan, library).encode()
        if form == "ics":
            return _ics(plan, library)
        from planner.outputs import documents

        if form == "html":
            return documents.page_html(plan, library).encode()
        html = documents.sheet_html(plan, library, large=large) if form == "sheet" else documents.plan_html(plan, library, large=large)
        return _pdf(html, "sheet" if form == "sheet" else "plan")


def _ics(plan: Plan, library: Library) -> bytes:
    from planner.outputs.calendar import NoCalendar, to_ics

    try:
        return to_ics(plan, library)
    except NoCalendar as error:
        raise PlanFailed(str(error)) from error


def _pdf(html: str, kind: Literal["plan", "sheet"]) -> bytes:
    from planner.outputs.pdf import PdfFailed, render  # WeasyPrint takes half a second to import

    try:
        return render(html, kind)
    except PdfFailed as error:
        raise PlanFailed(str(error)) from error
