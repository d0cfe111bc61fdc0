"""The plan and its forms, made from the answers at each request."""

from __future__ import annotations

from flask import Blueprint, Response
from werkzeug.wrappers import Response as Redirect

from planner.domain.lines import Plan
from planner.outputs.bundle import entries, to_zip
from planner.outputs.forms import form_called, links, served
from planner.web.at_clinic import at_clinic
from planner.web.downloads import ask_for_room, begun, file, form_of, large_asked, of_this_site, rendered
from planner.web.patient.drawing_ahead import draft_tag, plan_now
from planner.web.patient.here import journey, to_open
from planner.web.rate_limits import DOCUMENTS, limiter
from planner.web.render import draft, library, page

pages = Blueprint("plans", __name__)
ZIP = "/plan.zip"


@pages.get("/plan")
def show_plan() -> Response | Redirect:
    return page("plan.html", plan=plan, files=links(), zipped=ZIP, can_keep=True) if (plan := finished()) else away()


@limiter.limit(DOCUMENTS)
def plan_on_paper(name: str) -> Response | Redirect:
    return plan_as(name)


def plan_as(name: str) -> Response | Redirect:
    """The plan in the form of this name."""
    plan = finished()
    if plan is None:
        return away()
    return form_of(plan, library(), form_called(name), of_this_site(large=large_asked()), draft=draft_tag(draft()))


for name, form in served(kept=False).items():
    pages.add_url_rule(form.path, name, plan_on_paper if form.pressed else plan_as, defaults={"name": name})


@pages.get(ZIP)
@limiter.limit(DOCUMENTS, cost=sum(1 for entry in entries() if entry.form.kind))
def plan_zip() -> Response | Redirect:
    return bundled(plan) if (plan := finished()) else away()


def finished() -> Plan | None:
    """The plan, or None while a question is open or triage says stop. Whoever answers for a clinic gets theirs from its therapist."""
    here = journey()
    return None if here.missing or here.triage.no_plan or at_clinic() else plan_now(here)


def away() -> Redirect:
    return to_open(journey())


def bundled(plan: Plan) -> Response:
    """Every form of the plan in one file; 503 when one can't be made, since a bundle with a gap would look whole."""
    ask_for_room("plan", draft_tag(draft()))
    besides = [of_this_site(large=entry.large) for entry in entries()]
    jobs = [begun(plan, library(), entry.form, beside, draft_tag(draft())) for entry, beside in zip(entries(), besides, strict=True)]
    made = zip(entries(), besides, rendered(jobs), strict=True)
    files = {entry.name: entry.form.whole(plan, library(), beside, body) for entry, beside, body in made}
    return file(to_zip(files), "application/zip", "back-plan.zip")
