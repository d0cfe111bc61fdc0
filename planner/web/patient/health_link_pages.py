"""Giving a kept plan to a clinic's program: a SMART Health Link, made when asked for, and ended when asked for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect
from werkzeug.wrappers import Response as Redirect

from planner.domain.lines import Plan
from planner.kept import health_links
from planner.kept.codes import path_of
from planner.kept.diaries import as_opened
from planner.kept.health_links import DAYS_ALIVE, PATH, Shared
from planner.kept.plans import Kept
from planner.languages.translate import gettext as _
from planner.outputs.fhir.whole import FHIR_FILE, to_fhir
from planner.outputs.form import Beside
from planner.outputs.qr import qr
from planner.web import storage as database
from planner.web.downloads import ask_for_room, pressed
from planner.web.headers import for_one_person
from planner.web.own_day import today_here
from planner.web.own_photos import with_own_photos
from planner.web.patient.kept_files import pages
from planner.web.patient.kept_pages import open_kept, reopened
from planner.web.rate_limits import DOCUMENTS, limiter, missed
from planner.web.render import library, page

__all__ = ["pages"]  # the blueprint of kept plans, with these routes on it

files = Blueprint("health_links", __name__)
files.after_request(for_one_person)


@pages.get("/<typed>/health-link")
def show_link(typed: str) -> Response | Redirect:
    found = open_kept(typed)
    if plan_of(found) is None:
        return redirect(path_of(found.code), 303)
    with database.reading() as session:
        here = health_links.shared(session, database.safe(), found, today_here())
    about: dict[str, Any] = {"home": path_of(found.code), "days": DAYS_ALIVE, "link": "", "qr": "", "expires": None}
    if here:
        link = here.link(str(current_app.config["BASE_URL"]), _("Back pain plan"))
        about |= {"link": link, "qr": qr(link, _("QR code of the health link"), error="m"), "expires": here.expires}
    return page("health_link.html", **about)


def plan_of(found: Kept) -> Plan | None:
    return reopened(found).plan_to_show(today_here())


@pages.post("/<typed>/health-link")
@limiter.limit(DOCUMENTS)
def make_link(typed: str) -> Redirect:
    """Makes the link, unless there is one to this version of the plan."""
    found, on = open_kept(typed), today_here()
    plan = plan_of(found)
    if plan is None:
        return redirect(path_of(found.code), 303)
    with database.reading() as session:
        there = health_links.shared(session, database.safe(), found, on)
        drawn = None if there else health_links.new_link(session, database.safe(), found, on)
    if drawn:
        body = bundle(plan, drawn.link, found.body.note)
        with database.writing() as session:
            if as_opened(session, database.safe(), found):  # drawing takes seconds, and the plan may have moved meanwhile
                health_links.share(session, found, drawn, body, FHIR_FILE.type, on)
    return redirect(f"{path_of(found.code)}/health-link", 303)


def bundle(plan: Plan, link: Shared, note: str) -> bytes:
    """What the link gives away: the plan without its code, which would let a reader change or delete it."""
    ask_for_room("plan")
    beside = Beside(site=str(current_app.config["BASE_URL"]), note=note)
    pdf = pressed(FHIR_FILE.words(with_own_photos(plan), library(), beside), "plan", forget=True)
    return to_fhir(plan, library(), pdf, whose=link.name)


@pages.post("/<typed>/health-link/end")
def end_link(typed: str) -> Redirect:
    code = open_kept(typed).code
    with database.writing() as session:
        health_links.unshare(session, database.safe(), code)
    return redirect(f"{path_of(code)}/health-link", 303)


@files.get(f"{PATH}<name>")
def fetch_link(name: str) -> Response:
    """The encrypted file, for a reader on any site: it asks with its own name (`recipient`), which we do not write down."""
    with database.reading() as session:
        body = health_links.fetched(session, name, today_here())
    if body is None:
        missed()
        abort(404)
    return Response(body, content_type="application/jose")


@files.after_request
def for_any_site(response: Response) -> Response:
    """A reader in a browser is told of a file, and of a link that is over, wherever it comes from."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
