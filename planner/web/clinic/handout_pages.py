"""The shelf: every sheet that the clinic printed, one of them with its papers and history, and figures that name nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.people import accounts
from planner.clinic.sheets import search
from planner.clinic.sheets.follow_up import history
from planner.clinic.sheets.handouts import OpenedHandout, open_handout, revoke_handout
from planner.clinic.sheets.papers import chart_of
from planner.kept.codes import grouped
from planner.web import storage as database
from planner.web.clinic.access import clinic, for_therapists, now, page, pages, signed_in
from planner.web.clinic.finding_forms import SearchForm
from planner.web.clinic.opened_sheets import opened_handout
from planner.web.clinic.this_clinic import plan_of_handout
from planner.web.render import library

PERIODS = (12, 26, 52)  # weeks that figures are shown for


@pages.get("/sheets")
@for_therapists
def sheets() -> Response:
    """What is looked for stands in the address, so that pages can be turned; a therapist's reference is no patient's name."""
    form = SearchForm(request.args)
    status = 200 if form.validate() else 422
    with database.reading() as rows:
        mine = signed_in().clinic_id
        found = search.search(rows, mine, form.wanted, request.args.get("page", 1, type=int))
        lists = {"packs": search.packs_used(rows, mine), "people": accounts.people(rows, mine)}
    return page("clinic/shelf.html", status, found=found, form=form, errors=form.wrong, **lists)


@pages.get("/sheets/<handout>")
@for_therapists
def one_sheet(handout: str) -> Response:
    return sheet_page(handout)


def sheet_page(handout: str, status: int = 200, **context: Any) -> Response:
    """One sheet. 404 if this clinic has no such one. What can't be opened any more still has its line in the list."""
    opened = opened_handout(handout)
    if opened is None:
        raise NotFound
    with database.reading() as rows:
        maker = accounts.person(rows, signed_in().clinic_id, opened.handout.therapist_id).name
        near = search.neighbours(rows, opened.handout)
    return page("clinic/handout.html", status, handout=opened.handout, maker=maker, near=near, **{**shown(opened), **context})


def shown(opened: OpenedHandout) -> dict[str, Any]:
    """What is on the sheet; `plan` is None if it can't be printed again."""
    if opened.kept is None:
        return {"body": None, "plan": None, "code": "", "chart": "", "lines": (), "noted": ()}
    plan, body = plan_of_handout(opened), opened.kept.body
    told = {"body": body, "plan": plan, "code": grouped(opened.code), "noted": history(body)}
    return told | {"chart": chart_of(opened, plan, library()) if plan else "", "lines": plan.section("exercises") if plan else ()}


@pages.post("/sheets/<handout>/revoke")
@for_therapists
def revoke_sheet(handout: str) -> Redirect:
    """The patient's code opens nothing from the next request on. Sent twice, it is done once."""
    with database.writing() as rows:
        opened = open_handout(rows, database.safe(), signed_in().clinic_id, handout, date.today())
        if opened is None:
            raise NotFound
        revoke_handout(rows, database.safe(), signed_in(), opened, now())
    return redirect(f"/clinic/sheets/{handout}", 303)


@pages.get("/figures")
@for_therapists
def figures() -> Response:
    weeks = request.args.get("weeks", PERIODS[0], type=int)
    weeks = weeks if weeks in PERIODS else PERIODS[0]
    with database.reading() as rows:
        counted = search.figures(rows, signed_in().clinic_id, date.today(), weeks, clinic().review_weeks)
    return page("clinic/figures.html", counted=counted, weeks=weeks, periods=PERIODS)
