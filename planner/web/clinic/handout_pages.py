"""The shelf: every sheet that the clinic printed, one of them with its papers and history, and figures that name nobody."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, redirect, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.people import accounts
from planner.clinic.sheets import records, search
from planner.clinic.sheets.follow_up import history
from planner.clinic.sheets.handouts import OpenedHandout, find_by_code, find_handout, open_handout, revoke_handout
from planner.clinic.sheets.of_one_person import thread_of
from planner.clinic.sheets.papers import chart_of
from planner.clinic.waiting_room.consents import consent_of
from planner.kept.codes import grouped
from planner.kept.plans import later
from planner.web import storage as database
from planner.web.clinic.access import clinic, for_therapists, now, page, pages, signed_in
from planner.web.clinic.finding_forms import CodeSearchForm, SearchForm
from planner.web.clinic.opened_sheets import opened_handout
from planner.web.clinic.start_field import no_such_sheet
from planner.web.clinic.this_clinic import clinic_library, homes_of, plan_of_handout, stopped_among, told_of
from planner.web.headers import with_camera
from planner.web.rate_limits import missed

PERIODS = (12, 26, 52)  # weeks that figures are shown for


@pages.get("/sheets")
@for_therapists
def sheets() -> Response:
    """What is looked for stands in the address, so that pages can be turned; a therapist's reference is no patient's name."""
    form = SearchForm(request.args)
    return shelf_page(form, 200 if form.validate() else 422)


def shelf_page(form: SearchForm, status: int = 200, by_code: CodeSearchForm | None = None) -> Response:
    """The list of what `form` looks for, and the field for a code."""
    by_code = by_code or CodeSearchForm()
    with database.reading() as rows:
        mine = signed_in().clinic_id
        found = search.search(rows, mine, form.wanted, request.args.get("page", 1, type=int))
        stops = records.stop_pages(rows, database.safe(), mine, [row.id for row, _name in found.rows])
        lists = {"packs": search.packs_used(rows, mine), "people": accounts.people(rows, mine)}
    wrong = {**by_code.wrong, **form.wrong}
    halted = stopped_among([row for row, _name in found.rows])
    about = {"found": found, "stops": stops, "halted": halted, "form": form, "by_code": by_code, "errors": wrong}
    return with_camera(page("clinic/shelf.html", status, **about, **lists))


@pages.get("/sheets/<handout>")
@for_therapists
def one_sheet(handout: str) -> Response:
    return sheet_page(handout)


def sheet_page(handout: str, status: int = 200, **context: Any) -> Response:
    """One sheet. 404 if this clinic has no such one. What can't be opened any more still has its line in the list, and its chart text."""
    opened = opened_handout(handout)
    if opened is None:
        raise NotFound
    with database.reading() as rows:
        maker = accounts.person(rows, signed_in().clinic_id, opened.handout.therapist_id).name
        near = search.neighbours(rows, opened.handout)
        agreed = consent_of(rows, database.safe(), opened.handout)
    told = {"handout": opened.handout, "maker": maker, "near": near, "agreed": agreed, **recorded(opened), **shown(opened)}
    return page("clinic/handout.html", status, **{**told, **context})


def recorded(opened: OpenedHandout) -> dict[str, Any]:
    """The record of a sheet, which outlasts its code: the newest text for the notes, those before it, and how long they are kept."""
    charts = [one for one in reversed(opened.versions) if one.chart]
    until = later(charts[0].made.astimezone().date(), 12 * clinic().keep_years) if charts else None
    return {"chart": charts[0].chart.text if charts and charts[0].chart else "", "until": until, "earlier": charts[1:]}


def shown(opened: OpenedHandout) -> dict[str, Any]:
    """What is on the sheet, and what the patient made of it; `plan` is None if it can't be printed again."""
    if opened.kept is None:
        return {"body": None, "plan": None, "code": "", "lines": (), "noted": (), "homes": (), **told_of(None, None)}
    plan, body = plan_of_handout(opened), opened.kept.body
    told: dict[str, Any] = {"body": body, "plan": plan, "code": grouped(opened.code), "noted": history(body), "homes": homes_of(opened)}
    told |= told_of(opened, plan)
    return told | ({"chart": chart_of(opened, plan, clinic_library()), "lines": plan.section("exercises")} if plan else {"lines": ()})


@pages.get("/sheets/<handout>/thread")
@for_therapists
def thread(handout: str) -> Response:
    """All sheets of one reference, or of one chain, with the pain of each."""
    opened = opened_handout(handout)
    if opened is None:
        raise NotFound
    with database.reading() as rows:
        whole = thread_of(rows, database.safe(), opened.handout, date.today())
    halted = stopped_among([one.handout for one in whole.sheets])
    return page("clinic/thread.html", handout=opened.handout, thread=whole, halted=halted)


@pages.post("/find")
@for_therapists
def find_sheet() -> Response | Redirect:
    """By the code on its paper. A code that is typed here stands in no address."""
    form = CodeSearchForm.sent()
    if not form.validate():
        return shelf_page(SearchForm(), 422, form)
    with database.reading() as rows:
        found = find_by_code(rows, database.safe(), signed_in().clinic_id, form.read)
    if found is None:
        missed()
        form.refuse(form.code, no_such_sheet())
        return shelf_page(SearchForm(), 422, form)
    return redirect(f"/clinic/sheets/{found.id}", 303)


@pages.get("/sheets/<handout>/revoke")
@for_therapists
def ask_revoke(handout: str) -> Response | Redirect:
    with database.reading() as rows:
        found = find_handout(rows, signed_in().clinic_id, handout)
    if found is None:
        raise NotFound
    return page("clinic/revoke.html", handout=found) if found.revoked is None else redirect(f"/clinic/sheets/{handout}", 303)


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
