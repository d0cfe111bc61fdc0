"""The plan and its documents, made from the answers at each request."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.domain.lines import Plan
from planner.outputs import bundle, documents
from planner.outputs.forms import make
from planner.outputs.pdf import Kind
from planner.outputs.pool import pool
from planner.web.downloads import file, rendered
from planner.web.patient.drawing_ahead import plan_now
from planner.web.patient.here import journey, next_url
from planner.web.rate_limits import DOCUMENTS, limiter
from planner.web.render import library, page

pages = Blueprint("plans", __name__)
TYPES = {"json": "application/json", "text": "text/plain; charset=utf-8", "ics": "text/calendar; charset=utf-8"}
FILES = {"pdf": "/plan.pdf", "sheet": "/sheet.pdf", "text": "/plan.txt", "json": "/plan.json", "ics": "/plan.ics", "zip": "/plan.zip"}


@pages.get("/plan")
def show_plan() -> Response | Redirect:
    return page("plan.html", plan=plan, files=FILES, can_keep=True) if (plan := finished()) else away()


@pages.get("/plan.pdf")
@limiter.limit(DOCUMENTS)
def plan_pdf() -> Response | Redirect:
    return document(plan, "plan") if (plan := finished()) else away()


@pages.get("/sheet.pdf")
@limiter.limit(DOCUMENTS)
def sheet_pdf() -> Response | Redirect:
    return document(plan, "sheet") if (plan := finished()) else away()


@pages.get("/plan.txt")
def plan_text() -> Response | Redirect:
    return file(make(plan, library(), "text"), TYPES["text"], "back-plan.txt") if (plan := finished()) else away()


@pages.get("/plan.json")
def plan_json() -> Response | Redirect:
    return file(make(plan, library(), "json"), TYPES["json"], "back-plan.json") if (plan := finished()) else away()


@pages.get("/plan.ics")
def plan_ics() -> Response | Redirect:
    return file(make(plan, library(), "ics"), TYPES["ics"], "back-plan.ics") if (plan := finished()) else away()


@pages.get("/plan.zip")
@limiter.limit(DOCUMENTS, cost=len(bundle.PAPERS))
def plan_zip() -> Response | Redirect:
    return zipped(plan) if (plan := finished()) else away()


def finished() -> Plan | None:
    """The plan, or None while a question is open or triage says stop."""
    here = journey()
    return None if here.missing or here.triage.no_plan else plan_now(here)


def away() -> Redirect:
    return redirect(next_url(journey()), 303)


def document(plan: Plan, kind: Kind) -> Response:
    """A PDF from the pool of renderers; 503 when it can't be made, so that the page stays the way to read the plan."""
    large = request.args.get("large") == "1"
    draw = documents.sheet_html if kind == "sheet" else documents.plan_html
    (made,) = rendered([pool().submit(draw(plan, library(), large=large), kind)])
    return file(made, "application/pdf", f"back-{kind}{'-large' if large else ''}.pdf")


def zipped(plan: Plan) -> Response:
    """Every form of the plan in one file; 503 when one can't be made, since a bundle with a gap would look whole."""
    papers = bundle.papers(plan, library())
    jobs = [pool().submit(html, kind) for html, kind in papers.values()]
    files = {name: make(plan, library(), form) for name, form in bundle.DATA.items()}
    files |= dict(zip(papers, rendered(jobs), strict=True))
    return file(bundle.to_zip(files), "application/zip", "back-plan.zip")
