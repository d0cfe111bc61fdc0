"""Keeping a plan: the first time under a new code, later under the code that the answers came from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from secrets import token_urlsafe

from flask import Blueprint, Flask, Response, redirect, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Redirect

from planner.clinic.sheets.handed_out import before_a_change, own_body
from planner.database.engines import Unavailable
from planner.domain.course import Courses
from planner.domain.edits import Edits
from planner.domain.lines import Plan
from planner.domain.moving_on import carried
from planner.kept import plans
from planner.kept.codes import grouped
from planner.kept.diaries import diary_of, write_diary
from planner.kept.plans import Body, ChangedMeanwhile, Gone, Kept
from planner.kept.written_days import read_days
from planner.web import storage as database
from planner.web.draft import Belongs, store
from planner.web.own_day import today_here
from planner.web.patient.drawing_ahead import edits_left, with_theirs
from planner.web.patient.here import journey
from planner.web.patient.kept_pages import reopened
from planner.web.patient.plan_pages import away, finished
from planner.web.patient.shown import mark, pressed_at_once
from planner.web.render import country, draft, library, page

pages = Blueprint("keep", __name__)
LONGEST_ONCE = 64


class Halted(Exception):
    """The kept plan was stopped by a new sign after these answers were opened: they can't take its place."""


@dataclass(frozen=True)
class KeepForm:
    """What the button posts: `once` makes a double click one plan, `shown` says when it was drawn; `code` if there is a plan to change."""

    once: str
    shown: str
    code: str


def offer_keep_form(app: Flask) -> None:
    app.jinja_env.globals["keep_form"] = keep_form


def keep_form() -> KeepForm:
    belongs = draft().belongs
    return KeepForm(token_urlsafe(16), mark("keep"), grouped(belongs.code) if belongs else "")


@pages.get("/keep")
def ask_keep() -> Response | Redirect:
    return keep_page("") if finished() else away()


@pages.post("/keep")
def keep() -> Response | Redirect:
    plan = finished()
    if plan is None:
        return away()
    if pressed_at_once("keep"):  # meant for the last question: nothing is stored before the person asks
        return redirect("/keep", 303)
    try:
        belongs = kept_now(plan)
    except Unavailable as fault:
        database.noted(fault)
        return database.later(keep_page("updating" if fault.updating else "later", 503))
    except ChangedMeanwhile as other:
        return keep_page("changed", 409, version=other.version)
    except Halted:
        return keep_page("halted", 409)
    except Gone:
        return keep_page("gone", 410)
    return store(redirect(f"/kept/{grouped(belongs.code)}", 303), replace(draft(), belongs=belongs))


def kept_now(plan: Plan) -> Belongs:
    """Writes the plan. `how` is "new" for a code of its own, "replace" to overwrite the version that the person was told of."""
    how, belongs, on = request.form.get("how", ""), draft().belongs, today_here()
    with database.writing() as session:
        found = plans.find_kept(session, database.safe(), belongs.code, on) if belongs else None
        if found and belongs and found.body.stopped and found.version != belongs.version:
            raise Halted
        body = body_of(plan) if found is None else (anew if how == "new" else edited)(session, found, body_of(plan))
        if belongs is None or how == "new":
            code = plans.keep(session, database.safe(), body, on, once=request.form.get("once", "")[:LONGEST_ONCE])
            return Belongs(code, 1, belongs.asked if belongs else {})
        if found is None:
            raise Gone
        if not plans.nothing_new(found.body, body):
            before_a_change(session, database.safe(), found, datetime.now(UTC))
        version = request.form.get("version", type=int) if how == "replace" else None
        changed = plans.change(session, database.safe(), belongs.code, body, version or belongs.version, on)
        goes_on(session, found, body)
        return Belongs(changed.code, changed.version, belongs.asked)


def edited(_session: Session, kept: Kept, now: Body) -> Body:
    """What is kept under the code that there is."""
    return own_body(kept.body, now, edits_left(journey(), kept.body.edits))


def anew(session: Session, kept: Kept, now: Body) -> Body:
    """What is kept under a code of its own: the diary stays with the old code, so what the check-ins came to goes into the plan, which
    begins today."""
    diary = diary_of(session, database.safe(), kept.code)
    if diary is None or diary.edits is None:
        return edited(session, kept, now)
    unchosen = replace(kept.body, edits=Edits())  # else the same answers would bring back the plan of before
    return own_body(unchosen, now, edits_left(journey(), diary.edits))


def goes_on(session: Session, kept: Kept, now: Body) -> None:
    """What the check-ins came to goes on with the new answers: they make nothing harder. With the same answers it stays as it is.
    `kept`: the plan before them; `now`: with them, and with what a therapist chose on it as far as they leave room for it."""
    diary = diary_of(session, database.safe(), kept.code)
    if diary is None or dict(kept.body.answers) == dict(now.answers):
        return
    here, rules = reopened(replace(kept, diary=diary)), library().schedule.review_rules
    edits = carried(diary, Courses(here.journey).of(here.edits), Courses(with_theirs(journey(), now.edits)).of(now.edits), rules)
    write_diary(session, database.safe(), kept.code, lambda _old: replace(diary, edits=edits))


def body_of(plan: Plan) -> Body:
    """The answers that count, the days of those that are older, and what else it takes to build the same plan again."""
    belongs = draft().belongs
    asked = read_days(belongs.asked) if belongs else {}
    return Body(dict(journey().reachable), country().id, library().version, plan.made_on, plan.lang, asked=asked, held=plan.tokens)


def keep_page(trouble: str, status: int = 200, version: int = 0) -> Response:
    """The page about keeping, with what went wrong. The answers are in the browser's cookie, and the form is there to try again."""
    once = request.form.get("once", "")[:LONGEST_ONCE] or token_urlsafe(16)
    belongs = draft().belongs
    code = grouped(belongs.code) if belongs else ""
    return page(
        "keep.html", status, trouble=trouble, once=once, shown=mark("keep"), version=version, code=code, how=request.form.get("how", "")
    )
