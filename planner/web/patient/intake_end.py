"""The end of answering for a clinic: what is agreed to, the word, and nothing left in the browser."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from flask import Response, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.clinic.tables import Clinic
from planner.clinic.waiting_room.answered_ahead import MOST_DRAWN, SIGN_HEIGHT, SIGN_WIDTH, Agreed, agreed_to
from planner.clinic.waiting_room.intakes import forget_intake
from planner.clinic.waiting_room.pick_up_words import spelled
from planner.database.engines import Unavailable
from planner.kept.plans import Gone
from planner.languages.translate import gettext as _
from planner.web import storage as database
from planner.web.at_clinic import AtClinic, at_clinic, forget_person
from planner.web.patient.handing_in import hand_over, is_handed_in
from planner.web.patient.here import journey, to_open
from planner.web.patient.intake_pages import NoIntake, pages, scan_of
from planner.web.render import draft, page

__all__ = ["pages"]  # the blueprint of intakes, with these routes on it


def here_or_away() -> AtClinic:
    """NoIntake in a browser that answers for no clinic."""
    here = at_clinic()
    if here is None:
        raise NoIntake
    return here


def text_of(here: AtClinic) -> str:
    """What the clinic wants to be agreed to, as it stands now; empty for nothing. NoIntake if the clinic is gone."""
    with database.reading() as rows:
        clinic = rows.get(Clinic, here.clinic_id)
    if clinic is None:
        raise NoIntake
    return clinic.consent


@pages.get("/consent")
def ask_consent() -> Response | Redirect:
    here, asked = here_or_away(), journey()
    if not asked.complete or asked.triage.no_plan:
        return to_open(asked)
    if is_handed_in(here, draft().answers):
        return redirect("/intake/word", 303)
    return consent_page(text_of(here))


def consent_page(text: str, status: int = 200, **context: Any) -> Response:
    usual = {"errors": {}, "name": "", "agree": False, "wide": SIGN_WIDTH, "high": SIGN_HEIGHT, "most": MOST_DRAWN}
    return page("intake_consent.html", status, text=text, mark=text_mark(text), **{**usual, **context})


def text_mark(text: str) -> str:
    """So that nobody agrees to a text that was changed while they read."""
    return sha256(text.encode()).hexdigest()[:16]


@pages.post("/consent")
def give_consent() -> Response | Redirect:
    here, asked = here_or_away(), journey()
    if not asked.complete or asked.triage.no_plan:
        return to_open(asked)
    text = text_of(here)
    typed = {"name": request.form.get("signed", "")[:200], "agree": "agree" in request.form}
    if text and (wrong := wrong_consent(text)):
        return consent_page(text, 422, errors={"agree": wrong}, **typed)
    try:
        hand_over(here, draft().answers, agreed_now(text))
    except Gone as fault:
        raise NoIntake from fault
    except Unavailable as fault:
        database.noted(fault)
        later = _("We could not hand your answers in just now. They are still here. Try again in a minute")
        return database.later(consent_page(text, 503, errors={"agree": later}, **typed))
    return redirect("/intake/word", 303)


def wrong_consent(text: str) -> str:
    if request.form.get("mark") != text_mark(text):
        return _("The clinic has just changed this text. Read it again, then tick")
    return "" if "agree" in request.form else _("Tick the box if you agree. If not, talk to the people at the desk")


def agreed_now(text: str) -> Agreed | None:
    signed, drawn = request.form.get("signed", ""), request.form.get("drawn", "")
    return agreed_to(text, datetime.now(UTC), signed, drawn) if text else None


@pages.get("/word")
def show_word() -> Response | Redirect:
    here = here_or_away()
    if not is_handed_in(here, draft().answers):
        return to_open(journey())
    return page("intake_word.html", here=here, spelled=spelled(here.word), scan=scan_of(here.code))


@pages.get("/over")
def ask_over() -> Response:
    here = here_or_away()
    return page("intake_over.html", here=here, back="/intake/word" if is_handed_in(here, draft().answers) else "/ask")


@pages.post("/over")
def person_done() -> Redirect:
    """This browser forgets the person; what they handed in waits for its word."""
    here = at_clinic()
    forget_person()
    return redirect("/intake" if here and here.tablet else "/", 303)


@pages.post("/take-back")
def take_back() -> Redirect:
    """What was handed in is deleted, and the browser forgets it too."""
    here = here_or_away()
    with database.writing() as rows:
        forget_intake(rows, database.safe(), here.clinic_id, here.code)
    forget_person()
    return redirect("/intake" if here.tablet else "/", 303)
