"""The HTML of documents: the plan and the sheet for paper, and the plan as one file for a screen."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup

from planner.domain.lines import Plan
from planner.domain.model import Country, Library
from planner.folders import STATIC
from planner.kept.codes import grouped, path_of
from planner.languages.translate import N_, using_language
from planner.languages.translate import gettext as _
from planner.outputs.arrange import country_of
from planner.outputs.environment import make_environment
from planner.outputs.form import ALONE, Beside, Form
from planner.outputs.packed import file_scripts, packed_drawings
from planner.outputs.pictures import as_data
from planner.outputs.qr import qr
from planner.outputs.words import date_text

PLAN_PDF = Form(
    ending="pdf",
    type="application/pdf",
    kind="plan",
    link=N_("Download PDF"),
    large_link=N_("PDF in large print"),
    large_in_zip=True,
    write=lambda plan, library, beside: plan_html(plan, library, **printed_beside(beside)),
)
SHEET_PDF = Form(
    stem="sheet",
    ending="pdf",
    type="application/pdf",
    kind="sheet",
    link=N_("One-page sheet"),
    large_link=N_("Sheet in large print"),
    write=lambda plan, library, beside: sheet_html(plan, library, **printed_beside(beside)),
)
HTML_FILE = Form(
    ending="html",
    type="text/html; charset=utf-8",
    link=N_("Save on this phone"),
    place="phone",
    kept_only=True,
    write=lambda plan, library, beside: page_html(plan, library, beside=beside),
)
SOURCES_PAGE = "/sources"
STYLESHEETS = ("tokens.css", "base.css", "parts.css", "plan.css", "pictures.css", "session.css")


def printed_beside(beside: Beside) -> dict[str, Any]:
    """What stands beside the plan on paper, as the templates call it: an address with its QR code, that of the plan if it is kept."""
    changed = date_text(beside.changed_on) if beside.changed_on else ""
    about = {"large": beside.large, "note": beside.note, "clinic": beside.clinic, "changed_on": changed}
    if not beside.site:
        return about
    host = urlsplit(beside.site).netloc
    about |= {"list_at": host + SOURCES_PAGE, "list_qr": qr(beside.site + SOURCES_PAGE, _("QR code that opens our sources"))}
    if not beside.code:
        return about | {"qr": qr(beside.site, _("QR code that opens Backplan")), "site": host}
    url = beside.site + path_of(beside.code)
    return about | {"code": grouped(beside.code), "qr": qr(url, _("QR code that opens this plan")), "site": f"{host}/kept"}


def plan_html(plan: Plan, library: Library, large: bool = False, **more: object) -> str:
    """The whole plan, for paper. `more`: what a clinic or a kept plan adds (`code`, `clinic`, `note`)."""
    return draw("paper/plan.html", plan, library, large=large, **more)


def sheet_html(plan: Plan, library: Library, large: bool = False, **more: object) -> str:
    """The one-page sheet."""
    return draw("paper/sheet.html", plan, library, large=large, **more)


@dataclass(frozen=True)
class Slip:
    """What the print layout wants to know of a paper that has no plan."""

    made_on: date
    lang: str = "en"


def slip_html(library: Library, country: Country, on: date, **more: object) -> str:
    """The safety slip: when to stop and whom to call, and nothing about anybody. `more`: `clinic`."""
    with using_language("en"):
        page = environment().get_template("clinic/slip_print.html")
        return page.render({"paper": True, "large": False, "clinic": None, "plan": Slip(on), "library": library, "country": country} | more)


def page_html(plan: Plan, library: Library, beside: Beside = ALONE) -> str:
    """The plan as a single file that needs no other: styles, scripts and drawings are inside, and it may ask for nothing."""
    script = Markup(file_scripts())  # noqa: S704  our own files, and nothing that anybody typed
    inside = {"styles": screen_styles(), "script": script, "static_url": as_data, "still_only": True, "hash_of": hash_of}
    inside |= {"pack": "" if plan.triage.no_plan else packed_drawings(plan, library)}
    return draw("plan_file.html", plan, library, paper=False, large=False, **inside, **address_of(beside))


def hash_of(text: str) -> str:
    """A style or script element's words as a content policy names them."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"


def address_of(beside: Beside) -> dict[str, Any]:
    """The code of a kept plan, where it opens, and a note that a therapist wrote on it."""
    where = {"code": grouped(beside.code), "url": beside.site + path_of(beside.code)} if beside.code else {}
    return where | {"note": beside.note, "clinic": beside.clinic}


def draw(template: str, plan: Plan, library: Library, **more: object) -> str:
    country = country_of(plan, library)
    if paper := getattr(more.get("clinic"), "paper", ""):  # a clinic's sheet is on the clinic's paper, wherever it is printed
        country = replace(country, paper=cast(Literal["A4", "Letter"], paper))
    context = {
        "paper": True,
        "code": "",
        "qr": "",
        "clinic": None,
        "changed_on": "",
        "note": "",
        "next_visit": "",
        "given": "",
        "list_at": "",
        "list_qr": "",
    }
    with using_language(plan.lang):
        page = environment().get_template(template)
        return page.render(context | {"plan": plan, "library": library, "country": country} | more)


@cache
def environment() -> Environment:
    return make_environment()


@cache
def screen_styles(folder: Path = STATIC / "css") -> Markup:
    """The screen's stylesheets in one, without the fonts that would have to be fetched."""
    text = "\n".join((folder / name).read_text("utf-8") for name in STYLESHEETS if (folder / name).exists())
    return Markup(re.sub(r"@font-face\s*{[^}]*}", "", text))  # noqa: S704  our own files, and nothing that anybody typed
