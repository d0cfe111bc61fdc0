"""The questions, a page at a time. The place in the journey is worked out from the answers at each request."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, redirect, request
from werkzeug.wrappers import Response as Redirect

from planner.domain.answers import Value
from planner.domain.journey import Journey, put
from planner.domain.model import Question
from planner.domain.steps import Steps, Ticks, TicksProblem, is_step, is_ticks, page_called, page_of, ticks_options, ticks_shown
from planner.languages.translate import gettext as _
from planner.web.draft import store
from planner.web.patient.drawing_ahead import begin_documents
from planner.web.patient.here import journey, next_url
from planner.web.patient.question_forms import answers_of, form_for
from planner.web.render import country, draft, library, page

pages = Blueprint("ask", __name__)


@pages.get("/ask")
def first() -> Redirect:
    return redirect(next_url(journey()), 303)


@pages.get("/ask/<step>")
def show_step(step: str) -> Response | Redirect:
    if not is_step(library(), step):
        abort(404)
    here = Steps(journey())
    if not here.can_visit(step) or (here.journey.triage.no_plan and step == here.first_open()):
        return redirect(next_url(here.journey), 303)
    return question_page(here, step, values=dict(draft().answers), errors=cleared(here, step))


@pages.post("/ask/<step>")
def answer(step: str) -> Response | Redirect:
    if not is_step(library(), step):
        abort(404)
    here = Steps(journey())
    if not here.can_visit(step):
        return redirect(next_url(here.journey), 303)
    found = ticks_posted(here, step) if is_ticks(library(), step) else form_posted(here, step)
    return found if isinstance(found, Response) else saved(found)


def ticks_posted(here: Steps, step: str) -> dict[str, Value] | Response:
    """The answers of a page of ticks, or the same page with what is wrong."""
    questions = here.questions_on(step)
    listed = {question.id: request.form.getlist(question.id) for question in questions if ticks_options(question)}
    ticks = Ticks(questions, request.form.getlist("tick"), listed, "none" in request.form)
    if ticks.problem is None:
        return ticks.answers(library(), draft().answers)
    values: dict[str, Any] = dict(draft().answers) | listed
    return question_page(here, step, values=values, errors={"tick": said_wrong(ticks.problem)}, ticked=set(ticks.ticked), status=422)


def said_wrong(problem: TicksProblem) -> str:
    return {
        "unknown": _("Choose from the list on this page"),
        "nothing": _("Tick what is true, or press the last button"),
        "both": _("You ticked something and pressed the last button. Choose one of the two"),
    }[problem]


def form_posted(here: Steps, step: str) -> dict[str, Value] | Response:
    """The answers of a form page, or the same page with what is wrong."""
    questions = here.questions_on(step)
    form = form_for(library(), questions)
    if form.validate():
        return answers_of(form, questions)
    values = {name: field.data for name, field in form._fields.items()}
    errors = {name: str(field.errors[0]) for name, field in form._fields.items() if field.errors}
    return question_page(here, step, values=values, errors=errors, status=422)


def saved(found: dict[str, Value]) -> Redirect:
    """Stores the answers and goes on: to what is open, to the stop page, or back to the answers."""
    answers = put(library(), draft().answers, found)
    after = Journey(library(), answers)
    begin_documents(after)
    return store(redirect(next_url(after), 303), replace(draft(), answers=answers))


def cleared(here: Steps, step: str) -> dict[str, str]:
    """The notice on the first page when a draft was there and can't be used any more."""
    first = step == here.ids[0]
    return {"tick": _("Your answers were cleared. They are kept for one day. Please start again")} if draft().lost and first else {}


def question_page(
    here: Steps,
    step: str,
    *,
    values: dict[str, Any],
    errors: dict[str, str] | None = None,
    ticked: set[str] | None = None,
    status: int = 200,
) -> Response:
    """One step as a page."""
    found = page_called(library(), step) or page_of(library(), step)
    questions = here.questions_on(step)
    open_ones = here.journey.missing
    back = here.previous(step) if open_ones else None
    return page(
        "ask.html",
        status,
        step=step,
        page=found,
        questions=questions,
        ticks=is_ticks(library(), step),
        values=preselected(questions) | values,
        ticked=ticked if ticked is not None else ticks_shown(questions, draft().answers),
        errors=errors or {},
        action=f"/ask/{step}",
        back=f"/ask/{back}" if back else "/" if open_ones else "/answers",
        position=here.position(step),
        section=found.section,
    )


def preselected(questions: tuple[Question, ...]) -> dict[str, Any]:
    """The question that asks for the country begins with the one we took the person to be in."""
    return {question.id: country().id for question in questions if country().id in {option.id for option in question.options}}
