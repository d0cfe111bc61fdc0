"""The forms of a kept plan, on paper with its code. And its exercises, one at a time."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, current_app, redirect
from werkzeug.wrappers import Response as Redirect

from planner.kept.codes import path_of
from planner.kept.plans import Kept
from planner.languages.translate import using_language
from planner.outputs.form import Beside
from planner.outputs.forms import form_called, served
from planner.outputs.turns import due
from planner.web.downloads import file, form_of, large_asked
from planner.web.own_day import today_here
from planner.web.patient.kept_pages import clinic_of, open_kept, pages, reopened
from planner.web.rate_limits import DOCUMENTS, limiter
from planner.web.render import library, page

__all__ = ["pages"]  # the blueprint of kept plans, with these routes on it


@limiter.limit(DOCUMENTS)
def paper(typed: str, name: str) -> Response | Redirect:
    return kept_as(typed, name)


def data(typed: str, name: str) -> Response | Redirect:
    return kept_as(typed, name)


for name, form in served().items():
    pages.add_url_rule(f"/<typed>{form.after_code}", view_func=paper if form.pressed else data, defaults={"name": name})


def kept_as(typed: str, name: str) -> Response | Redirect:
    """The plan under a code in the form of this name."""
    found = open_kept(typed)
    here = reopened(found)
    plan = here.plan_to_show(today_here())
    beside = Beside(found.code, str(current_app.config["BASE_URL"]), found.body.note, large_asked(), changes=changes_of(found))
    form = form_called(name)
    if plan is None and form.takes_back and here.stopped:
        with using_language(found.body.lang):
            return file(form.takes_back(found.body.made, beside).encode(), form.type, form.download())
    if plan is None:
        return redirect(path_of(found.code), 303)
    clinic = clinic_of(found)
    if clinic:
        plan = clinic.says(plan)
        beside = replace(beside, clinic=clinic.head, changed_on=found.body.made if clinic.printed else None)
    return form_of(plan, library(), form, beside, forget=True)


def changes_of(found: Kept) -> int:
    """A number that is larger after each saved change and each check-in. A change of answers may begin the check-ins anew."""
    return 1000 * (found.version - 1) + len(found.diary.entries if found.diary else ())


@pages.get("/<typed>/session")
def session(typed: str) -> Response | Redirect:
    found = open_kept(typed)
    home = path_of(found.code)
    plan = reopened(found).plan_to_show(today_here())
    return page("session.html", plan=plan, lines=due(plan, today_here()), home=home) if plan else redirect(home, 303)


@pages.post("/<typed>/session")
def felt(typed: str) -> Redirect:
    return redirect(f"{path_of(open_kept(typed).code)}/session/done", 303)


@pages.get("/<typed>/session/done")
def session_done(typed: str) -> Response:
    return page("session_done.html", home=path_of(open_kept(typed).code))
