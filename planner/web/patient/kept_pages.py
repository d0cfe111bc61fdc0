"""Kept plans: opening one by its code, its files, changing its answers, deleting it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, current_app, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Redirect

from planner.clinic.sheets.handed_out import HandedOut, forget_under, handed_out
from planner.database.engines import Unavailable
from planner.domain.edits import Edits
from planner.domain.journey import Journey
from planner.domain.model import ChangeRow, Library, StaleRow
from planner.domain.staleness import asked_again, changes_for, pages_again, taken_out
from planner.kept import plans
from planner.kept.codes import MistypedCode, grouped, path_of, read_code
from planner.kept.diaries import diary_of
from planner.kept.plans import Kept
from planner.kept.reopen import Reopened
from planner.kept.written_days import written_days
from planner.languages.translate import gettext as _
from planner.outputs.changed import renewed_text
from planner.outputs.forms import links
from planner.outputs.qr import qr
from planner.outputs.renewal import dated, stricter_text
from planner.web import storage as database
from planner.web.draft import Belongs, Draft, store
from planner.web.headers import for_one_person, with_camera
from planner.web.own_day import today_here
from planner.web.patient.code_form import CodeForm
from planner.web.patient.given_exercises import with_given
from planner.web.patient.here import next_url
from planner.web.patient.stop_pages import on_the_phone
from planner.web.patient.thread_view import as_kept, day_page
from planner.web.rate_limits import missed
from planner.web.render import draft, library, page
from planner.web.storage import A_MOMENT

pages = Blueprint("kept", __name__, url_prefix="/kept")
pages.after_request(for_one_person)


class NoPlan(NotFound):
    """Nothing opens with this code."""


@pages.errorhandler(NoPlan)
def no_plan(error: NoPlan) -> Response:
    """One page for codes that never were, expired and deleted: nobody learns that a code was ever in use."""
    missed()
    return page("kept_missing.html", 404, form=CodeForm(), months=database.safe().months)


@pages.get("")
def ask_code() -> Response:
    return find_page(CodeForm())


def find_page(form: CodeForm, status: int = 200) -> Response:
    return with_camera(page("kept_find.html", status, form=form))


@pages.post("")
def open_code() -> Response | Redirect:
    """Only redirects, so it wants no form token: a token would give the start page a cookie."""
    form = CodeForm.sent()
    return redirect(path_of(form.read), 303) if form.validate() else find_page(form, 422)


@pages.get("/<typed>", strict_slashes=False)
def show_kept(typed: str) -> Response | Redirect:
    try:
        code = read_code(typed)
    except MistypedCode:
        form = CodeForm(MultiDict({"code": typed}))
        form.validate()
        return find_page(form, 404)
    if code and (typed != grouped(code) or request.path.endswith("/")):
        return redirect(path_of(code), 303)
    found = open_kept(typed)
    here = reopened(found)
    about: dict[str, Any] = {"code": grouped(found.code), "expires": found.expires, "made": found.body.made, "country": here.country}
    if found.body.stopped:
        return page("kept_halted.html", stopped=found.body.stopped, plan=here.plan, **about)
    if here.plan is None:
        return page("kept_open.html", questions=[library().questions[name] for name in here.journey.missing], **about)
    if here.plan.triage.no_plan:
        return page("kept_stop.html", triage=here.plan.triage, phone=on_the_phone(here.journey), **about)
    if here.stale(today_here()).rows:
        return still_page(here)
    plan = here.plan_to_show(today_here()) or here.plan
    thread = day_page(here, plan, today_here())
    clinic = clinic_of(found)
    told = clinic.says(plan) if clinic else plan
    return page("kept.html", plan=told, clinic=clinic, thread=thread, **about, **shown(here))


def clinic_of(found: Kept) -> HandedOut | None:
    """The clinic whose sheet a kept plan is; None for a plan that a person made."""
    with database.reading() as session:
        return handed_out(session, database.safe(), found)


def sign_rows(content: Library) -> tuple[StaleRow, ...]:
    """The rows of the warning signs: what everybody is asked again, and a list of ticks may renew."""
    return tuple(row for row in content.stale.values() if not row.when and not row.exact)


def still_page(here: Reopened, error: str = "", ticked: Collection[str] = (), status: int = 200) -> Response:
    """What opens before a plan whose answers are old: has anything changed since?"""
    stale, body = here.stale(today_here()), here.kept.body
    about = {"code": grouped(here.kept.code), "expires": here.kept.expires, "made": body.made, "country": here.country}
    rows = changes_for(library(), here.words)
    return page("kept_still.html", status, changes=rows, stale=stale, plan=here.plan, error=error, ticked=ticked, **about)


def open_kept(typed: str) -> Kept:
    """The plan under a code, its last day moved on. NoPlan if there is none."""
    try:
        code = read_code(typed)
    except MistypedCode:
        code = None
    if code is None:
        raise NoPlan
    with database.reading() as session:
        found = plans.find_kept(session, database.safe(), code, today_here())
        diary = diary_of(session, database.safe(), code) if found else None
    if found is None:
        raise NoPlan
    return extended(replace(found, diary=diary))


def extended(found: Kept) -> Kept:
    """Being opened keeps a plan alive. Where that can't be written down the page still opens."""
    until = plans.later(today_here(), database.safe().months)
    if found.expires >= until:
        return found
    try:
        with database.writing(patience=A_MOMENT) as session:
            plans.extend(session, database.safe(), found.code, today_here())
    except Unavailable as fault:
        database.noted(fault)
        return found
    return replace(found, expires=until)


def reopened(found: Kept) -> Reopened:
    """A kept plan under today's content, with the day of what is no longer new, and with what its clinic wrote itself."""
    today = dated(library(), found.body.answered, today_here())
    return Reopened(found, with_given(today, found.code, *edits_of(found)), str(current_app.config["COUNTRY"]))


def edits_of(found: Kept) -> tuple[Edits, ...]:
    """What was chosen on a kept plan, and what check-ins made of it."""
    return (found.body.edits, *([found.diary.edits] if found.diary and found.diary.edits is not None else []))


def shown(here: Reopened) -> dict[str, Any]:
    """What the page says about the code."""
    home = path_of(here.kept.code)
    url = current_app.config["BASE_URL"] + home
    return {
        "files": links(home),
        "home": home,
        "share_url": url,
        "qr": qr(url, _("QR code that opens this plan")),
        "updated": here.updated,
        "stricter": stricter_text(here.library, here.kept.body.held, old) if here.updated and (old := as_kept(here).plan) else "",
        "renamed": renewed_text(here.library, here.kept.body.answers, here.kept.body.edits.exercises),
        "confirmed": here.kept.body.confirmed,
        "note": here.kept.body.note,
    }


@pages.post("/<typed>/change")
def change(typed: str) -> Response | Redirect:
    return begun_again(open_kept(typed))


def begun_again(found: Kept, ticked: Collection[ChangeRow] = ()) -> Response | Redirect:
    """The kept answers become this browser's draft, which remembers where they belong; what is old, or may have changed, is asked
    again. Other answers are not put away unasked."""
    mine = draft().belongs
    if draft().answers and (mine is None or mine.code != found.code) and "sure" not in request.form:
        return page("kept_change.html", 409, code=grouped(found.code), ticked=ticked)
    here, today = reopened(found), today_here()
    signs = sign_rows(library()) if found.body.stopped else ()
    again = () if here.journey.triage.no_plan else pages_again(replace(stale := here.stale(today), rows=(*signs, *stale.rows)), ticked)
    answers, before = taken_out(library(), here.journey.answers, again)
    asked = written_days(asked_again(library(), found.body.answered, again, today))
    draft_now = Draft(answers, belongs=Belongs(found.code, found.version, asked), before=before, remembered=draft().remembered)
    return store(redirect(next_url(Journey(library(), answers), done="/answers"), 303), draft_now)


@pages.get("/<typed>/delete")
def ask_delete(typed: str) -> Response:
    found = open_kept(typed)
    return page("kept_delete.html", code=grouped(found.code), clinic=clinic_of(found))


@pages.post("/<typed>/delete")
def delete(typed: str) -> Response | Redirect:
    code = open_kept(typed).code
    with database.writing() as session:
        plans.delete(session, database.safe(), code, today_here())
        forget_under(session, database.safe(), code)
    done = redirect("/kept/deleted", 303)
    mine = draft().belongs
    return store(done, replace(draft(), belongs=None)) if mine and mine.code == code else done


@pages.get("/deleted")
def deleted() -> Response:
    return page("kept_deleted.html")
