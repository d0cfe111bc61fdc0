"""Kept plans: opening one by its code, its files, changing its answers, deleting it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from flask import Blueprint, Response, current_app, g, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.database.sessions import Unavailable
from planner.domain.journey import Journey
from planner.domain.lines import Plan
from planner.domain.model import Country
from planner.domain.plan import build
from planner.kept import plans
from planner.kept.codes import MistypedCode, grouped, read_code
from planner.kept.plans import Kept
from planner.languages.translate import gettext as _
from planner.outputs.qr import qr
from planner.web import storage as database
from planner.web.draft import Belongs, Draft, from_data, store
from planner.web.patient.questions import next_url
from planner.web.rate_limits import MISSES, limiter
from planner.web.render import draft, library, page

pages = Blueprint("kept", __name__, url_prefix="/kept")
ENDINGS = {"pdf": ".pdf", "sheet": "-sheet.pdf", "ics": ".ics", "json": ".json", "text": ".txt"}
A_MOMENT = 0.2  # seconds that a page waits to note that it was opened
misses = limiter.shared_limit(MISSES, scope="misses", deduct_when=lambda response: "missed" in g, override_defaults=False)


class NoPlan(NotFound):
    """Nothing opens with this code."""


@pages.after_request
def private(response: Response) -> Response:
    """What a code opens is for one person: no cache keeps it and no search engine lists it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@pages.errorhandler(NoPlan)
def missing(error: NoPlan) -> Response:
    """One page for codes that never were, expired and deleted: nobody learns that a code was ever in use."""
    g.missed = True
    return page("kept_missing.html", 404, months=database.safe().months)


@pages.get("")
def ask() -> Response:
    return page("kept_find.html", typed="", error="")


@pages.post("")
def open_code() -> Response | Redirect:
    """Only redirects, so it wants no form token: a token would give the start page a cookie."""
    typed = request.form.get("code", "")
    try:
        code = read_code(typed)
    except MistypedCode:
        return mistyped(typed, 422)
    if code is None:
        return page("kept_find.html", 422, typed=typed[:100], error=_("A code has 17 letters and numbers. Check the code on your paper"))
    return redirect(address(code), 303)


def mistyped(typed: str, status: int) -> Response:
    return page("kept_find.html", status, typed=typed[:100], error=_("One character is wrong. Compare the code with your paper"))


def address(code: str) -> str:
    return f"/kept/{grouped(code)}"


@pages.get("/<typed>")
@misses
def show(typed: str) -> Response | Redirect:
    try:
        code = read_code(typed)
    except MistypedCode:
        return mistyped(typed, 404)
    if code and typed != grouped(code):
        return redirect(address(code), 303)
    found = opened(typed)
    here = journey_of(found)
    about: dict[str, Any] = {"code": grouped(found.code), "expires": found.expires, "made": found.body.made, "country": country_of(found)}
    if here.missing:
        return page("kept_open.html", questions=[library().questions[name] for name in here.missing], **about)
    if here.triage.no_plan:
        return page("kept_stop.html", triage=here.triage, **about)
    return page("kept.html", plan=plan_of(found, here), **about, **shown(found))


def opened(typed: str) -> Kept:
    """The plan under a code, its last day moved on. NoPlan if there is none."""
    try:
        code = read_code(typed)
    except MistypedCode:
        code = None
    if code is None:
        raise NoPlan
    with database.reading() as session:
        found = plans.find(session, database.safe(), code, date.today())
    if found is None:
        raise NoPlan
    return extended(found)


def extended(found: Kept) -> Kept:
    """Being opened keeps a plan alive. Where that can't be written down the page still opens."""
    until = plans.later(date.today(), database.safe().months)
    if found.expires >= until:
        return found
    try:
        with database.writing(patience=A_MOMENT) as session:
            plans.extend(session, database.safe(), found.code, date.today())
    except Unavailable as fault:
        database.noted(fault)
        return found
    return replace(found, expires=until)


def journey_of(found: Kept) -> Journey:
    """The answers under today's content: what it no longer knows is asked again."""
    return Journey(library(), from_data(library(), dict(found.body.answers)).answers)


def country_of(found: Kept) -> Country:
    countries = library().countries
    return countries.get(found.body.country) or countries[current_app.config["COUNTRY"]]


def plan_of(found: Kept, here: Journey) -> Plan:
    """Built anew, and dated as it was kept: the four weeks began on that day."""
    body = found.body
    return build(library(), here.reachable, on=body.made, country=country_of(found).id, edits=body.edits)


def shown(found: Kept) -> dict[str, Any]:
    """What the page and the documents say about the code."""
    url = current_app.config["BASE_URL"] + address(found.code)
    return {
        "files": {name: address(found.code) + ending for name, ending in ENDINGS.items()},
        "home": address(found.code),
        "share_url": url,
        "qr": qr(url, _("QR code that opens this plan")),
        "updated": found.body.content_version != library().version,
        "note": found.body.note,
    }


@pages.post("/<typed>/change")
@misses
def change(typed: str) -> Response | Redirect:
    """The kept answers become this browser's draft, which remembers where they belong. Other answers are not put away unasked."""
    found = opened(typed)
    mine = draft().belongs
    if draft().answers and (mine is None or mine.code != found.code) and "sure" not in request.form:
        return page("kept_change.html", 409, code=grouped(found.code))
    here = journey_of(found)
    answers = Draft(dict(here.answers), belongs=Belongs(found.code, found.version))
    return store(redirect(next_url(here), 303), answers)


@pages.get("/<typed>/delete")
@misses
def ask_delete(typed: str) -> Response:
    return page("kept_delete.html", code=grouped(opened(typed).code))


@pages.post("/<typed>/delete")
@misses
def delete(typed: str) -> Response | Redirect:
    code = opened(typed).code
    with database.writing() as session:
        plans.delete(session, database.safe(), code, date.today())
    done = redirect("/kept/deleted", 303)
    mine = draft().belongs
    return store(done, replace(draft(), belongs=None)) if mine and mine.code == code else done


@pages.get("/deleted")
def deleted() -> Response:
    return page("kept_deleted.html")
