"""The clinic of the person who is signed in, as its sheets need it: opened handouts, letterhead and paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from flask import current_app, g, request

from planner.clinic.profile import data_uri, letterhead_of, logo_of
from planner.clinic.sheets.at_home import AtHome, at_home
from planner.clinic.sheets.handouts import OpenedHandout
from planner.clinic.sheets.home_weeks import chart_line, home_thread, stopped_text
from planner.clinic.sheets.old_sheet import OldSheet, changes_since, old_sheet, plan_in
from planner.clinic.sheets.own_exercises import as_exercise, owned
from planner.clinic.sheets.papers import Stationery
from planner.clinic.sheets.proposal import Proposal
from planner.clinic.sheets.sheet_form import SheetForm, Signer, read_sheet_form
from planner.clinic.sheets.stopped_at_home import stopped_at_home
from planner.clinic.tables import Handout
from planner.domain.from_clinic import with_own
from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.kept.plans import Kept
from planner.kept.reopen import Reopened
from planner.web import storage as database
from planner.web.clinic.access import clinic, signed_in
from planner.web.clinic.opened_sheets import opened_handout
from planner.web.render import library


def usual_country() -> str:
    """Whose numbers the clinic's sheets have: its profile says it, or until then the site's settings."""
    said = clinic().country
    return said if said in library().countries else str(current_app.config["COUNTRY"])


def clinic_library() -> Library:
    """The content with what the clinic wrote itself; read once a request."""
    if "clinic_library" not in g:
        with database.reading() as rows:
            own = owned(rows, database.safe(), signed_in().clinic_id)
        g.clinic_library = with_own(library(), (as_exercise(one, library(), picture_url) for one in own))
    found: Library = g.clinic_library
    return found


def picture_url(row_id: str) -> str:
    """Where the clinic sees a picture of its own."""
    return f"/clinic/exercises/{row_id}/picture"


def signer() -> Signer:
    return Signer(signed_in().id, signed_in().initials)


def posted_form() -> SheetForm:
    """The new sheet's form as it was sent, by the person who is signed in."""
    return read_sheet_form(clinic_library(), request.form.to_dict(flat=False), signer())


def proposal_of(form: SheetForm) -> Proposal:
    """What a form comes to today."""
    return Proposal(clinic_library(), form, usual_country(), date.today())


def plan_of_handout(opened: OpenedHandout) -> Plan | None:
    return plan_in(opened, clinic_library(), usual_country())


def plan_of_kept(kept: Kept) -> Plan | None:
    """The plan of what stands under a code; None if today's content asks what was not answered."""
    return Reopened(kept, clinic_library(), usual_country()).plan


def homes_of(opened: OpenedHandout) -> tuple[AtHome, ...]:
    """The patient's own versions, the one that their code opens now first."""
    kept, before = opened.there, [one.body for one in reversed(opened.versions) if not one.by and one.body]
    bodies = ([opened.own.body] if opened.own else []) + before
    return tuple(at_home(clinic_library(), kept.body, one, plan_of_kept(replace(kept, body=one))) for one in bodies)


def told_of(opened: OpenedHandout | None, plan: Plan | None) -> dict[str, Any]:
    """What a page says of home: the check-ins under a sheet's code, and whether its patient has stopped the plan."""
    if opened is None or opened.kept is None:
        return {"told": None, "stopped": ""}
    told = home_thread(opened, plan, clinic_library(), usual_country()) if plan else None
    return {"told": told, "stopped": stopped_text(opened, clinic_library(), usual_country())}


def stopped_among(handouts: Iterable[Handout]) -> set[str]:
    """Ids of those of the clinic's sheets whose patient has stopped the plan."""
    own, country = clinic_library(), usual_country()
    with database.reading() as rows:
        return stopped_at_home(rows, database.safe(), handouts, own, country, date.today())


def told_on(opened: OpenedHandout | None) -> dict[str, Any]:
    """The same, of a sheet that is about to be followed or changed."""
    return told_of(opened, plan_of_handout(opened) if opened else None)


def said_at_home(old: OldSheet | None) -> str:
    """The line of the notes about what was told at home since the sheet before; empty where nothing was."""
    return chart_line(old.opened, clinic_library(), usual_country()) if old else ""


def old_sheet_called(handout_id: str) -> OldSheet | None:
    """A sheet of this clinic with its plan; None if it can't be opened."""
    return old_sheet(opened_handout(handout_id), clinic_library(), usual_country()) if handout_id else None


def changes_on(now: Proposal) -> tuple[str, ...]:
    """How the sheet on the form differs from the one that it follows."""
    return changes_since(old_sheet_called(now.form.previous), now)


def for_paper() -> Stationery:
    """For a PDF: the logo is inside."""
    with database.reading() as rows:
        return Stationery(letterhead_of(clinic(), data_uri(logo_of(rows, clinic().id))), str(current_app.config["BASE_URL"]))


def for_screen() -> Stationery:
    """For the preview, where the logo is a file of ours."""
    with database.reading() as rows:
        png = logo_of(rows, clinic().id)
    head = letterhead_of(clinic(), f"/clinic/logo?v={sha256(png).hexdigest()[:8]}" if png else "")
    return Stationery(head, str(current_app.config["BASE_URL"]))
