"""The files of a kept plan: PDF and sheet with the code on them, calendar, text and data. And its exercises, one at a time."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from flask import Response, current_app, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.domain.lines import Plan
from planner.kept.codes import grouped, path_of
from planner.kept.plans import Kept
from planner.outputs import documents
from planner.outputs.calendar import to_ics
from planner.outputs.forms import make
from planner.outputs.pdf import Kind
from planner.outputs.pool import pool
from planner.web.downloads import file, rendered
from planner.web.patient.exercise_pages import due
from planner.web.patient.kept_pages import open_kept, pages, reopened, shown
from planner.web.patient.plan_pages import TYPES
from planner.web.rate_limits import DOCUMENTS, limiter, misses
from planner.web.render import library, page

__all__ = ["pages"]  # the blueprint of kept plans, with these routes on it
NAMES = {"ics": ("ics", "back-plan.ics"), "json": ("json", "back-plan.json"), "txt": ("text", "back-plan.txt")}


@pages.get("/<typed>.pdf")
@limiter.limit(DOCUMENTS)
@misses
def paper(typed: str) -> Response | Redirect:
    """The plan, or the sheet for `<code>-sheet.pdf`."""
    kind: Kind = "sheet" if typed.endswith("-sheet") else "plan"
    found = open_kept(typed.removesuffix("-sheet"))
    plan = reopened(found).plan_to_show
    return document(found, plan, kind) if plan else redirect(path_of(found.code), 303)


@pages.get("/<typed>.<any(ics,json,txt):ending>")
@misses
def data(typed: str, ending: str) -> Response | Redirect:
    found = open_kept(typed)
    plan = reopened(found).plan_to_show
    if plan is None:
        return redirect(path_of(found.code), 303)
    form, name = NAMES[ending]
    made = to_ics(plan, library(), code=found.code) if form == "ics" else make(plan, library(), form)
    return file(made, TYPES[form], name)


def document(found: Kept, plan: Plan, kind: Kind) -> Response:
    """A PDF with the code. It leaves no copy in the renderer's memory, so that nothing is left once the plan is deleted."""
    large = request.args.get("large") == "1"
    draw = documents.sheet_html if kind == "sheet" else documents.plan_html
    about = shown(reopened(found))
    site = urlsplit(current_app.config["BASE_URL"]).netloc + "/kept"
    html = draw(plan, library(), large=large, code=grouped(found.code), qr=about["qr"], site=site, note=about["note"])
    try:
        (made,) = rendered([pool().submit(html, kind)])
    finally:
        pool().forget(html, kind)
    return file(made, "application/pdf", f"back-{kind}{'-large' if large else ''}.pdf")


@pages.get("/<typed>/session")
@misses
def session(typed: str) -> Response | Redirect:
    found = open_kept(typed)
    home = path_of(found.code)
    plan = reopened(found).plan_to_show
    return page("session.html", plan=plan, lines=due(plan, date.today()), home=home) if plan else redirect(home, 303)


@pages.post("/<typed>/session")
@misses
def felt(typed: str) -> Redirect:
    return redirect(f"{path_of(open_kept(typed).code)}/session/done", 303)


@pages.get("/<typed>/session/done")
@misses
def session_done(typed: str) -> Response:
    return page("session_done.html", home=path_of(open_kept(typed).code))
