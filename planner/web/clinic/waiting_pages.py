"""The waiting room: links to answer ahead, tablets that ask, and how many wait."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, redirect
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.people import sign_ins
from planner.clinic.waiting_room.intakes import LINK_LIVES, new_link, waiting
from planner.clinic.waiting_room.tablets import end_tablet, set_up, tablets_of
from planner.kept.codes import grouped
from planner.languages.translate import gettext as _
from planner.outputs.qr import qr
from planner.web import storage as database
from planner.web.at_clinic import forget_person, make_tablet
from planner.web.clinic.access import for_therapists, let_out, now, page, pages, signed_in, visit
from planner.web.clinic.shown_once import show_once, shown_once

WAITING_ROOM = "/clinic/waiting-room"


@pages.get("/waiting-room")
@for_therapists
def waiting_room() -> Response:
    """The link that was just made is shown now and never again: it is stored nowhere."""
    me, code = signed_in(), str(shown_once().get("intake", ""))
    link = f"{current_app.config['BASE_URL']}/intake/{code}" if code else ""
    with database.reading() as rows:
        told: dict[str, Any] = {"waiting": waiting(rows, me.clinic_id, now()), "tablets": tablets_of(rows, me.clinic_id, now())}
    picture = qr(link, _("QR code of the intake link")) if link else ""
    return page("clinic/waiting_room.html", link=link, picture=picture, until=now() + LINK_LIVES, **told)


@pages.post("/waiting-room/link")
@for_therapists
def make_intake_link() -> Redirect:
    with database.writing() as rows:
        show_once(intake=grouped(new_link(rows, database.safe(), signed_in(), now())))
    return redirect(WAITING_ROOM, 303)


@pages.post("/waiting-room/tablet")
@for_therapists
def become_tablet() -> Response | Redirect:
    """This browser is a tablet from now on, and nobody is signed in on it any more."""
    with database.writing() as rows:
        token = set_up(rows, signed_in(), now())
        sign_ins.end(rows, visit().token_hash)
    forget_person()
    response = let_out(redirect("/intake", 303))
    make_tablet(response, token)
    return response


@pages.post("/waiting-room/tablets/<tablet>/end")
@for_therapists
def end_one_tablet(tablet: str) -> Redirect:
    """The tablet asks nobody any more. Where it is this browser, it is an ordinary one again."""
    with database.writing() as rows:
        if not end_tablet(rows, signed_in(), tablet, now()):
            raise NotFound
    return redirect(WAITING_ROOM, 303)
