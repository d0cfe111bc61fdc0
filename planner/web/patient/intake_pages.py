"""Beginning to answer for a clinic: the link that it gave, and the start screen of its tablet, which forgets whoever was there before."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, current_app, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.profile import has_logo, logo_of
from planner.clinic.tables import Clinic
from planner.clinic.waiting_room.intakes import Found, find_intake, give_word
from planner.clinic.waiting_room.pick_up_words import spelled
from planner.clinic.waiting_room.tablets import clinic_of_tablet
from planner.kept.codes import MistypedCode, grouped, new_code, read_code
from planner.languages.translate import gettext as _
from planner.outputs.qr import qr
from planner.web import storage as database
from planner.web.at_clinic import (
    ASKED_BEFORE,
    IDLE_SECONDS,
    AtClinic,
    at_clinic,
    forget_person,
    has_person,
    is_tablet,
    no_tablet,
    stay_at,
    tablet_token,
)
from planner.web.clinic.access import now
from planner.web.clinic.shown_once import show_once, shown_once
from planner.web.headers import for_one_person
from planner.web.patient.here import journey, next_url
from planner.web.rate_limits import missed
from planner.web.render import page

pages = Blueprint("intake", __name__, url_prefix="/intake")
pages.after_request(for_one_person)
ASKING = ("ask", "answers", "stop")
"""Blueprints of the pages that a person at a tablet goes through."""
FOR_ALL = ("clinic", "intake", None)
READ_ONLY = ("public.public_page", "public.healthz", "public.readyz")


class NoIntake(NotFound):
    """The link never was, or is over; or this is no tablet of a clinic."""


@pages.errorhandler(NoIntake)
def no_intake(error: NoIntake) -> Response | Redirect:
    if is_tablet() and request.endpoint != "intake.tablet_start":
        return redirect("/intake", 303)
    missed()
    return page("intake_gone.html", 404)


def keep_to_the_tablet(app: Flask) -> None:
    """On a tablet nothing but the questions is open, and those only once somebody has begun."""
    app.jinja_env.globals |= {"spelled_word": spelled, "idle_seconds": lambda: (IDLE_SECONDS, ASKED_BEFORE)}

    @app.before_request
    def kept_there() -> Redirect | None:
        if not is_tablet() or request.blueprint in FOR_ALL or request.endpoint in READ_ONLY:
            return None
        return None if request.blueprint in ASKING and at_clinic() else redirect("/intake", 303)


@pages.get("")
def tablet_start() -> Response | Redirect:
    """The tablet's start screen. Whatever way leads here, nothing is left of the person before. An ended tablet is none any more."""
    if not is_tablet():
        if at_clinic():
            return redirect(next_url(journey()), 303)
        raise NoIntake
    if has_person():
        forget_person()
    clinic = tablets_clinic()
    if clinic is None:
        response = page("intake_gone.html", 410)
        no_tablet(response)
        return response
    return start_page(clinic, "/intake/begin", tablet=True)


def tablets_clinic() -> Clinic | None:
    with database.reading() as rows:
        return clinic_of_tablet(rows, tablet_token(), now())


def start_page(clinic: Clinic, begin: str, *, tablet: bool = False, going_on: bool = False) -> Response:
    with database.reading() as rows:
        logo = has_logo(rows, clinic.id)
    place = f"/intake/logo/{clinic.id}" if logo else ""
    return page("intake_start.html", clinic=clinic, begin=begin, on_tablet=tablet, going_on=going_on, logo=place)


@pages.get("/logo/<clinic>")
def clinic_logo(clinic: str) -> Response:
    """The logo that stands on the clinic's sheets, for whoever knows its long id."""
    with database.reading() as rows:
        found = logo_of(rows, clinic)
    if found is None:
        raise NotFound
    return Response(found, content_type="image/png")


@pages.post("/begin")
def begin_on_tablet() -> Redirect:
    clinic = tablets_clinic()
    if clinic is None:
        return redirect("/intake", 303)
    return begun_at(clinic, new_code(), tablet=True)


def begun_at(clinic: Clinic, code: str, *, tablet: bool = False) -> Redirect:
    """The first question. Answers that were in this browser are nobody's now."""
    forget_person()
    stay_at(AtClinic(code, clinic.id, clinic.name, clinic.country, tablet))
    return redirect("/ask", 303)


@pages.get("/<typed>")
def show_intake(typed: str) -> Response:
    """A clinic's link: where answering begins, or, once it is done, where a word for the day of the visit comes from."""
    found, clinic = found_under(typed)
    if found.ahead is None:
        here = at_clinic()
        return start_page(clinic, f"/intake/{grouped(found.code)}/begin", going_on=here is not None and here.code == found.code)
    word = str(shown_once().get("word", ""))
    return page("intake_in.html", clinic=clinic, code=grouped(found.code), word=word, spelled=spelled(word), expires=found.expires)


def found_under(typed: str) -> tuple[Found, Clinic]:
    """NoIntake if nothing opens with what was typed or scanned."""
    try:
        code = read_code(typed)
    except MistypedCode as fault:
        raise NoIntake from fault
    with database.reading() as rows:
        found = find_intake(rows, database.safe(), code, now()) if code else None
        clinic = rows.get(Clinic, found.clinic_id) if found else None
    if found is None or clinic is None:
        raise NoIntake
    return found, clinic


@pages.post("/<typed>/begin")
def begin_by_link(typed: str) -> Redirect:
    found, clinic = found_under(typed)
    return redirect(f"/intake/{grouped(found.code)}", 303) if found.ahead else begun_at(clinic, found.code)


@pages.post("/<typed>/word")
def new_days_word(typed: str) -> Redirect:
    """A word for today, where the answers were given on another day. The one before opens nothing any more."""
    found, clinic = found_under(typed)
    if found.ahead:
        with database.writing() as rows:
            show_once(word=give_word(rows, database.safe(), clinic.id, found.code, now()))
    return redirect(f"/intake/{grouped(found.code)}", 303)


def scan_of(code: str) -> str:
    """The code as a picture, for a therapist who scans."""
    return qr(f"{current_app.config['BASE_URL']}/intake/{grouped(code)}", _("QR code that opens these answers at the clinic"))
