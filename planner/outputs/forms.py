"""The forms that a plan can be taken along as. Routes, links, zip, kept plans' files and the command line all read this list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pkgutil import resolve_name

from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.outputs.form import Beside, Form, PlanFailed
from planner.outputs.pdf import PdfFailed, render

PLACES = {
    "pdf": "documents:PLAN_PDF",
    "sheet": "documents:SHEET_PDF",
    "text": "text:TEXT_FILE",
    "ics": "calendar:CALENDAR_FILE",
    "csv": "exercise_table:CSV_FILE",
    "json": "as_json:JSON_FILE",
    "fhir": "fhir.whole:FHIR_FILE",
    "html": "documents:HTML_FILE",
}
"""Form's id, the word for --format -> the module here that defines it, in the order of links and of the zip. A new form is one
module and one line. Loaded when wanted: all of them would make every command a fifth slower to start."""


@cache
def form_called(name: str) -> Form:
    found: Form = resolve_name(f"planner.outputs.{PLACES[name]}")
    return found


def all_forms() -> dict[str, Form]:
    return {name: form_called(name) for name in PLACES}


def served(*, kept: bool = True) -> dict[str, Form]:
    """Those that the site gives: of a kept plan, or of the answers in a browser."""
    return {name: form for name, form in all_forms().items() if form.link and (kept or not form.kept_only)}


@dataclass(frozen=True)
class Link:
    """A form, and where this plan is in it."""

    form: Form
    url: str


def links(home: str = "") -> dict[str, Link]:
    """Form's id -> its link, for the answers in this browser or for the plan kept at `home`."""
    return {name: Link(form, home + form.after_code if home else form.path) for name, form in served(kept=bool(home)).items()}


def make(plan: Plan, library: Library, name: str, *, large: bool = False) -> bytes:
    """The plan in a form, made in this process: not for web workers, since paper loads WeasyPrint. PlanFailed if the renderer
    gives up, or if there is no calendar because triage stopped the plan."""
    form = form_called(name)
    beside = Beside(large=large)
    words = form.words(plan, library, beside)
    try:
        made = render(words, form.pressed) if form.pressed else words.encode()
    except PdfFailed as error:
        raise PlanFailed(str(error)) from error
    return form.whole(plan, library, beside, made)
